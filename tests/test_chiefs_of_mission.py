"""The archive of chiefs of mission, imported: right at every point of its history."""

from __future__ import annotations

import json
import lzma
import runpy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from effort import LONG
from factledger import Claim, Day, Event, Ledger, State, Status
from factledger.dates.instants import as_instant
from factledger.intake import import_rows, new_ledger, read_map, survey

pytestmark = pytest.mark.skipif(not LONG, reason="takes its time: only in a long run")
HERE = Path(__file__).parent.parent / "ledgers" / "us-chiefs-of-mission"
FILE = str(HERE / "chiefs_history.jsonl.xz")
Change: TypeAlias = dict[str, str]
Archive: TypeAlias = dict[str, tuple[int, Change]]

# Named by the map: what the archive says of these terms cannot be so, or was not yet when it said so.
END_BEFORE_START = {"la-1975-robe-01", "tr-2019-satt-01"}
NOT_YET = ("ni-2015-dogu-01", "2016-10-06", "37b1096d7b00a40d6940bcc94c4edae8b0d5247a")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Give the ledger that the one command of the README builds."""
    chiefs = read_map(str(HERE / "map.toml"))
    folder = tmp_path_factory.mktemp("chiefs")
    with new_ledger(chiefs, str(folder), FILE) as made:
        import_rows(made, chiefs, FILE)
        yield made


def changes() -> list[Change]:
    """Return the changes of the archive, in the order in which they were recorded."""
    with lzma.open(FILE) as file:
        return [json.loads(line) for line in file]


def archives() -> Iterator[tuple[str, Archive]]:
    """Yield each instant with what the archive held then, by a dictionary alone: key → line, row."""
    held: Archive = {}
    rows = changes()
    for number, row in enumerate(rows, start=1):
        territory = row["territory"]
        if territory.startswith("saint-kitts-"):
            territory = "saint-kitts-nevis"  # the file was renamed
        key = f"{territory}.{row['id']}"
        if row["op"] == "retract":
            del held[key]
        else:
            held[key] = (number, row)
        if number == len(rows) or rows[number]["recorded_at"] != row["recorded_at"]:
            yield as_instant(row["recorded_at"]), held


def test_archive_is_read_whole(ledger: Ledger) -> None:
    """All 12,619 changes of 199 instants are in the ledger, and no check finds a problem."""
    rows = changes()
    assert (len(rows), len({row["recorded_at"] for row in rows})) == (12619, 199)
    found = survey(ledger, read_map(str(HERE / "map.toml")), FILE)
    assert (found.entered, found.new, found.problems) == (12619, 0, ())
    kinds = [ledger.index.kind(n) for n in range(1, len(ledger) + 1)]
    asserted = 6344 - 13  # terms that the archive wrote anew while they stood
    assert kinds.count("state") + kinds.count("event") == asserted
    assert kinds.count("correct") == 5909 + 13
    assert kinds.count("retract") == 366
    assert kinds.count("source") == 199


def said(claim: Claim) -> tuple[Any, ...]:
    """Return what a claim says, as far as the archive has it."""
    if isinstance(claim, Event):
        dates: tuple[str, ...] = ("named", str(claim.when))
    else:
        assert isinstance(claim, State)
        dates = (str(claim.since), str(claim.until))
    return claim.actors("holder")[0], claim.actors("post")[0], claim.value, claim.modality, dates


def expected(row: Change) -> tuple[Any, ...]:
    """Return what the claim of a row of the archive should say."""
    started, ended, arrived, appointed = (
        row[name] for name in ("started", "ended", "arrived", "appointed")
    )
    modality = "actual"
    if (row["id"], started, row["commit"]) == NOT_YET:
        modality = "planned"
    if not started and not ended and not arrived:
        dates: tuple[str, ...] = ("named", appointed or f"[..{row['recorded_at'][:10]}]")
    else:
        since = started
        first = arrived or appointed
        if not started and first and not (row["id"] in END_BEFORE_START and ended):
            since = f"[{first}..]"
        serving = not ended and (started or arrived)[:3] >= "201"
        dates = (since, ".." if serving else ended)
    post = f"us-chief-of-mission-{row['territory']}"
    return row["person_id"], post, row["role"] or None, modality, dates


def test_after_each_change_the_ledger_holds_what_the_archive_held(ledger: Ledger) -> None:
    """At the 199 instants the live claims are those of the archive, and cite its rows.

    Looked at is every instant in a long run, else the first, every twentieth, and the last.
    """
    compared: dict[str, tuple[int, Claim]] = {}  # most of it stays as it was
    cuts = 0
    for cuts, (at, archive) in enumerate(archives(), start=1):
        if not LONG and cuts % 20 != 1 and cuts != 199:
            continue
        live = {found.claim.label: found.claim for found in ledger.belief(ledger._cut(at)).claims()}
        assert live.keys() == archive.keys()
        for key, (number, row) in archive.items():
            if compared.get(key) == (number, live[key]):
                continue
            compared[key] = number, live[key]
            (citation,) = live[key].citations
            assert (citation.locator or "").startswith(f"line {number}, ")
            assert citation.source == f"pocom-{row['commit'][:7]}"
            assert said(live[key]) == expected(row), key
    assert cuts == 199


def in_office(row: Change, day: str) -> bool | None:
    """Return whether the dates of a row put its person in office on a day; None where they are partial."""
    started, ended = row["started"], row["ended"]
    if len(started) < 10 or (ended and len(ended) < 10):
        return None
    if day < started or (ended and day > ended):
        return False
    return True if ended else None


MOMENTS = ["2016-03-31", "2026"]
MORE = ["2015-12-31", "2017-06-30", "2019-12-31"] if LONG else []


@pytest.mark.parametrize("recorded", [*MOMENTS, *MORE])
def test_who_held_office_is_what_the_dates_say(ledger: Ledger, recorded: str) -> None:
    """On sampled days the definite holders are those whose dates the archive had whole."""
    until = f"{recorded}-12-31" if recorded == "2026" else recorded
    archive: Archive = {}
    for at, held in archives():
        if at > as_instant(until):
            break
        archive = dict(held)
    for day in ("1797-03-04", "1862-07-01", "1917-04-06", "1945-08-15", "1989-11-09", "2014-02-20"):
        view = ledger.as_of(day, recorded=until)
        found = {s.claim.label for s in view.standings if s.claim.type == "chief-of-mission"
                 and s.status is Status.DEFINITE}  # fmt: skip
        for key, (_, row) in archive.items():
            sure = in_office(row, day)
            if sure is not None:
                assert (key in found) is sure, (key, day)


def test_open_term_is_attested_up_to_the_commit_that_it_was_read_in(ledger: Ledger) -> None:
    """Who was in office when the archive spoke is presumed to be so afterwards, not said to be."""
    view = ledger.as_of("2015-12-31", recorded="2016-03-31")
    (kennedy,) = (s for s in view.standings if s.claim.label == "japan.jp-2013-kenn-01")
    assert (kennedy.status, kennedy.attested) == (Status.PRESUMED, Day.from_date(date(2015, 9, 22)))


def test_what_would_have_been_answered_in_march_2016(ledger: Ledger) -> None:
    """Who was in Tokyo on a day of 2016: presumed, until the archive had her last day; and why."""
    day, post = "2016-03-15", "us-chief-of-mission-japan"
    found = [
        (v.at[:10], sorted((s.claim.actors("holder")[0], str(s.status)) for s in v.answer.standings
                           if s.claim.type == "chief-of-mission"))
        for v in ledger.vintages(day, involving=post)
    ]  # fmt: skip
    presumed = ("kennedy-caroline-bouvier", "presumed")
    assert found == [
        ("2015-09-22", [("de-long-charles-e", "possible"), presumed]),
        ("2016-03-07", [presumed]),
        ("2017-08-23", [("kennedy-caroline-bouvier", "definite")]),
    ]
    changed = ledger.difference((day, "2016-03-31"), (day, "2019-12-31"), involving=post)
    assert changed.steps == changed.corrected
    (step,) = changed.corrected
    assert (step.kind, step.reason) == ("now definite", "source-corrected")
    assert [s and str(s.until) for s in (step.before, step.after)] == ["..", "2017-01-18"]
    correction = step.by[0].number
    steps = ledger.steps(ledger.find("japan.jp-2013-kenn-01").number, day)
    assert [(s.by[0].number, s.kind) for s in steps][1:] == [(correction, "now definite")]


@pytest.mark.parametrize("territory", ["france", "nicaragua", "turkey"])
def test_what_changed_about_a_post(ledger: Ledger, territory: str) -> None:
    """What the archive changed about a day in four years leads from the one answer to the other."""
    post = f"us-chief-of-mission-{territory}"
    ends = [("2016-03-15", "2015-12-31"), ("2016-03-15", "2019-12-31")]
    found = ledger.difference(*ends, involving=post)
    before, after = (ledger.as_of(d, recorded=r).involving(post).standings for d, r in ends)
    assert found.apply(before) == set(after)
    assert all(step.by for step in found.steps)


EXPECTED = runpy.run_path(str(HERE / "make_expected.py"))["answers"]


def test_answers_are_those_written_down(ledger: Ledger) -> None:
    """The views of the archive are those of its folder `expected`, and no others are there."""
    written = {p.name: p.read_text(encoding="utf-8") for p in (HERE / "expected").iterdir()}
    assert dict(EXPECTED(ledger.address)) == written
