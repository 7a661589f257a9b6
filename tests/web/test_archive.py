"""The site of a large ledger: each claim, actor and entry once, and all of time on each page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath

import pytest

from factledger import Day, FieldError, Ledger
from factledger.web import archive as archives
from factledger.web.archive import archive, archive_row, day_number
from web_tools import ARTICLE, dangers, hostile, plain, well_formed


def written(ledger: Ledger, day: Day | None = None) -> dict[str, str]:
    """Return the files of a site by their paths, as text."""
    return {path: data.decode() for path, data in archive(ledger, day)}


def test_every_link_of_a_large_site_leads_to_a_file() -> None:
    """Pages are HTML without an error, and lead to pages and places in them; links out are no part of it."""
    with Ledger.open(ARTICLE) as ledger:
        files = written(ledger)
    for path, text in files.items():
        if path.endswith(".html"):
            well_formed(text)
            for link in map(unescape, re.findall(r'(?:href|src)="([^"#][^"]*)"', text)):
                if not link.startswith("http"):
                    there, _, place = link.partition("#")
                    target = normpath(f"{dirname(path)}/{there}").lstrip("/")
                    assert target in files, (path, link)
                    assert not place or f'id="{place}"' in files[target]


def test_each_claim_is_told_with_all_its_days() -> None:
    """The first page has every claim that ever stands; a script reads the same stretches."""
    with Ledger.open(ARTICLE) as ledger:
        files = written(ledger)
        view = ledger.as_of("2024")
        rows = [archive_row(view, track) for track in view.tracks]
    said = plain(files["index.html"])
    assert all(row.sentence in said for row in rows if row.stretches)
    assert "possible up to 2024-11-30; ◐ presumed from" not in said
    (visit,) = (row for row in rows if row.number == 56)
    assert [status for status, _, _ in visit.stretches] == ["possible", "definite"]
    assert visit.turns == "x-1000000000 o20230301 d20230331"
    assert "Fumio Kishida visited Ukraine" in plain(files["actor/kishida-fumio.html"])
    assert "New Eastern Outlook" in plain(files["entries/1.html"])
    assert files["ledger.jsonl"].count("\n") == 75


def test_hostile_text_stays_text_in_a_large_site(tmp_path: Path) -> None:
    """Nothing of a ledger becomes markup in any file."""
    with hostile(tmp_path) as ledger:
        files = written(ledger, Day.parse("2023-01-01"))
    assert all(dangers(text) == [] for path, text in files.items() if path.endswith(".html"))


def test_a_ledger_can_be_too_large_for_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so before it writes a file; entries are parted into pages."""
    monkeypatch.setattr(archives, "A_FILE", 40)
    with Ledger.open(ARTICLE) as ledger:
        assert {"entries/1.html", "entries/41.html"} <= written(ledger).keys()
        monkeypatch.setattr(archives, "LARGEST", 10)
        with pytest.raises(FieldError, match="too large"):
            next(archive(ledger))


@pytest.mark.parametrize(("day", "number"), [("0001-01-01", 10101), ("-0043-03-15", -429685)])
def test_days_are_numbers_in_their_order(day: str, number: int) -> None:
    """Also before the year 0."""
    assert day_number(Day.parse(day)) == number
