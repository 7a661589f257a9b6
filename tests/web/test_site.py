"""The pages as files: complete, the same each time, leading only to one another, and inside a folder."""

from __future__ import annotations

import json
import posixpath
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from cli_tools import run
from effort import some
from factledger import FieldError, Ledger
from factledger.dates.days import Day
from factledger.dates.wording.told import date_words
from factledger.web import site as sites
from factledger.web.site import site
from factledger.web.urls import date_file
from ledgers import event, ledger, source
from web_tools import ARTICLE, dangers, hostile, well_formed


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, by path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def article() -> dict[str, bytes]:
    """Give the site of the article."""
    with Ledger.open(ARTICLE) as found:
        return dict(site(found))


def leads(path: str, text: str) -> set[str]:
    """Return the files to which a page leads."""
    found = re.findall(r'(?:href|src)="([^"]*)"', text)
    found += [f for files in re.findall(r'data-files="([^"]*)"', text) for f in files.split()]
    folder = posixpath.dirname(path)
    named = {unquote(unescape(to)).partition("#")[0] for to in found}
    return {posixpath.normpath(posixpath.join(folder, to)) for to in named if to}


def test_every_page_is_there_and_leads_only_to_files_that_are(article: dict[str, bytes]) -> None:
    """No link of the site is broken or leaves it, and each page is HTML without an error."""
    pages = [path for path in article if path.endswith(".html")]
    for path in pages:
        text = article[path].decode()
        assert leads(path, text) <= set(article), path
        assert not re.search(r'(?:href|src)="(?:/|[a-z]+:)', text), path
    for path in some(pages, 4):
        well_formed(article[path].decode())


def test_every_change_day_has_a_page(article: dict[str, bytes]) -> None:
    """Each day on which something turns has a page, of all, of an actor and of a relationship."""
    with Ledger.open(ARTICLE) as found:
        view = found.as_of("2023-04-01")
        for sides, within in (
            ((), view),
            (("JPN",), view.involving("JPN")),
            (("JPN", "UKR"), view.between("JPN", "UKR")),
        ):
            days = {c.day for c in within.changes() if c.day.year > 0}
            wanted = {date_file(sides, day) for day in days}
            folder = posixpath.dirname(date_file(sides, Day(1)))
            assert wanted == {
                p for p in article if posixpath.dirname(p) == folder and p.endswith(".html")
            }
        assert {f"entry/{n}.html" for n in range(1, len(found) + 1)} <= set(article)
    assert b"special global partnership" in article["between/JPN/UKR/2014-01-01.html"]


def test_json_beside_each_page_says_the_same(article: dict[str, bytes]) -> None:
    """Each page has a twin as JSON, the same that the commands print."""
    pages = {path for path in article if path.endswith(".html")}
    assert {path.removesuffix("html") + "json" for path in pages} <= set(article)
    printed = run("asof", "2022-12-31", "-l", str(ARTICLE), "--format", "json").out
    assert json.loads(article["asof/2022-12-31.json"]) == json.loads(printed)


def test_first_page_is_that_of_the_last_change(article: dict[str, bytes]) -> None:
    """`index.html` shows what stood from the last change on."""
    last = max(p for p in article if p.startswith("asof/") and p.endswith(".html"))
    day = posixpath.basename(last).removesuffix(".html")
    assert f"on {date_words(day)}</span></h1>".encode() in article["index.html"]


def test_site_is_the_same_each_time_and_stays_in_its_folder(tmp_path: Path) -> None:
    """The same ledger gives the same bytes, and nothing is written outside the folder."""
    (tmp_path / "beside").mkdir()
    for name in ("one", "two"):
        said = run(
            "site", str(tmp_path / name), "-l", str(ARTICLE), "--from", "2022", "--to", "2023-06"
        )
        assert (said.code, said.err) == (0, "")
    found = files_of(tmp_path / "one")
    assert found == files_of(tmp_path / "two")
    assert set(files_of(tmp_path)) == {f"{n}/{p}" for n in ("one", "two") for p in found}
    assert re.search(
        rf"wrote {len(found)} files, \d+\.\d MB; open .*index\.html in a browser", said.out
    )


def test_window_keeps_the_days_within_and_begins_with_its_first(article: dict[str, bytes]) -> None:
    """`--from` and `--to` leave the days between, and there is a page of the first for all."""
    first, last = Day.parse("2022-06-01"), Day.parse("2023-06-30")
    with Ledger.open(ARTICLE) as found:
        window = dict(site(found, first, last))
    days = sorted(
        posixpath.basename(p)[:10] for p in window if p.startswith("asof/") and p.endswith("html")
    )
    assert days[0] == "2022-06-01"
    assert days[-1] <= "2023-06-30"
    assert "actor/xi/2022-06-01.html" in window
    text = window["asof/2022-06-01.html"].decode()
    assert "no change before" in text
    for path, data in window.items():
        if path.endswith(".html"):
            assert leads(path, data.decode()) <= set(window)


def test_hostile_names_and_texts_stay_inside(tmp_path: Path) -> None:
    """Actors named like paths make files of the folder, and their texts stay text."""
    with hostile(tmp_path / "ledger") as evil:
        made = dict(site(evil))
    for path, data in made.items():
        assert re.fullmatch(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]+", path)
        assert ".." not in path
        if path.endswith(".html"):
            assert dangers(data.decode()) == []
    assert any(path.startswith("actor/_2e_2e_2f") for path in made)


def test_ledger_without_claims_has_a_first_page() -> None:
    """An empty ledger makes a site, of the day of its newest entry."""
    made = dict(site(ledger(source())))
    assert "asof/2024-01-01.html" in made
    assert b"The ledger holds no claim yet" in made["index.html"]
    assert b'href="asof/' in made["actors.html"]


def test_what_never_turns_has_a_page_all_the_same() -> None:
    """A claim that holds from before all record has a page for those who take part."""
    found = ledger(source(), event("CONSULT", "[..2021]", actor="p1", recipient="p2"))
    made = dict(site(found, Day.parse("2023-01-01"), Day.parse("2023-12-31")))
    assert "between/p1/p2/2023-01-01.html" in made


def test_of_a_larger_ledger_each_page_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no page for each day; one that is too large for that as well is refused."""
    monkeypatch.setattr(sites, "BY_DAY", 10)
    with Ledger.open(ARTICLE) as ledger:
        paths = {path for path, _ in sites.site(ledger)}
        assert {"index.html", "actor/JPN.html", "entries/1.html", "actors.html"} <= paths
        assert not any(path.startswith(("asof/", "between/")) for path in paths)
        monkeypatch.setattr("factledger.web.archive.LARGEST", 10)
        with pytest.raises(FieldError, match="look at it with serve"):
            next(sites.site(ledger))
