"""Maps that come with factledger: what rows of others become, and what of them is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from effort import few_examples
from factledger import Actor, Dispute, Event, Ledger, Refused, State
from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.errors import DateError, Problem
from factledger.intake import import_rows, new_ledger, read_map, survey
from factledger.intake.batches import row_steps
from factledger.intake.row_steps import row_declarations
from factledger.intake.shipped.ftm import STATEMENT_COLUMNS
from factledger.intake.shipped.gdelt import GDELT_1, GDELT_2, event_day
from factledger.intake.shipped.shipped_maps import SHIPPED_MAPS, shipped_map
from factledger.intake.shipped.wikidata import wikidata_date

DATA = Path(__file__).parents[2] / "data" / "shipped"
FILES = {"gdelt": "gdelt.csv", "icews": "icews.tsv", "polecat": "polecat.tsv", "wikidata": "wikidata.json", "ftm": "statements.csv"}  # fmt: skip


def imported(name: str, path: Path) -> Ledger:
    """Return a ledger with what a shipped map makes of a file, but for rows that are wrong."""
    map_, file = read_map(name), str(path)
    into = new_ledger(map_, "memory:", file)
    found = survey(into, map_, file, reject=True)
    assert found.problems == ()
    import_rows(into, map_, file, found=found)
    assert into.check() == ()
    again = survey(into, map_, file, reject=True)
    assert (again.new, again.entered) == (0, found.new)
    return into


def events(ledger: Ledger) -> list[tuple[str, str | None, str, str, str]]:
    """Return type, mode, date, actor and recipient of each event."""
    found = [e.record for e in ledger.entries() if isinstance(e.record, Event)]
    return [(e.type, e.mode, str(e.when), e.participants[0].actor, e.participants[1].actor) for e in found]  # fmt: skip


def test_gdelt() -> None:
    """A visit and its mirror are one event, a made-up day is a window, other rows are left out."""
    into = imported("gdelt", DATA / "gdelt.csv")
    assert events(into) == [
        ("CONSULT", "visit", "2024-03-01", "VES", "OMB"),
        ("ACCUSE", "disapprove", "2024-02-29", "VES", "OMB"),
        ("AGREE", None, "[2024-02-19..2024-03-01]", "VES", "OMB"),
        ("AID", None, "[2024-02-01..2024-03-01]", "VES", "OMB"),
        ("COOPERATE", None, "[2023-01-01..2024-03-01]", "VES", "AFR"),
        ("ASSAULT", None, "[2010-01-01..2024-03-01]", "VES", "OMB"),
    ]
    inferred = [e.record.inferred for e in into.entries() if isinstance(e.record, Event)]
    assert [i[0].reason if i else "" for i in inferred][1:3] == [
        "", "GDELT gives the day 7 days before its article for 'last week'"
    ]  # fmt: skip
    claim = next(e.record for e in into.entries() if isinstance(e.record, Event))
    assert (claim.citations[0].locator or "").startswith("GDELT event 1, sha256 ")
    actors = [e.record for e in into.entries() if isinstance(e.record, Actor)]
    categories = {actor.id: actor.category for actor in actors}
    assert categories == {"VES": "country", "OMB": "country", "AFR": "group"}


def test_gdelt_of_either_version_with_or_without_a_header(tmp_path: Path) -> None:
    """How many cells a line has tells the version; a header that somebody wrote is one."""
    lines = (DATA / "gdelt.csv").read_text().splitlines()
    one = [dict(zip(GDELT_2, line.split("\t"), strict=True)) for line in lines]
    older = "\n".join("\t".join(row[c] for c in GDELT_1) for row in one)
    (tmp_path / "one.csv").write_text(older + "\n")
    (tmp_path / "headed.csv").write_text("\n".join(["\t".join(GDELT_2), *lines, ""]))
    (tmp_path / "bad.csv").write_text("\n".join([*lines, "1\t2\t3", ""]))
    (tmp_path / "empty.csv").write_text("")
    plain = imported("gdelt", DATA / "gdelt.csv")
    for name in ("one", "headed", "bad"):
        assert events(imported("gdelt", tmp_path / f"{name}.csv")) == events(plain)
    assert survey(plain, read_map("gdelt"), str(tmp_path / "empty.csv")).rows == 0


@given(st.dates().map(Day.from_date), st.integers(0, 4000))
def test_a_day_of_gdelt_is_within_what_it_may_mean(seen: Day, lag: int) -> None:
    """The day that was made up lies in the window, which ends with the article."""
    day = Day(max(seen - lag, Day.of(1, 1, 1)))
    texts = (str(d).replace("-", "") for d in (day, seen))
    date, reason = event_day(*texts)
    low, high = parse(date).earliest, parse(date).latest
    assert isinstance(low, Day)
    assert isinstance(high, Day)
    assert low <= day <= high <= seen
    assert bool(reason) == (low != high)


def test_what_is_no_day_of_gdelt() -> None:
    """A row without days is left out."""
    assert event_day("", "20240301") == event_day("2024030x", "20240301") == ("", "")


def test_icews_and_polecat() -> None:
    """Both sides of a visit are one event; days are approximate; rows without two countries are left out."""
    into = imported("icews", DATA / "icews.tsv")
    assert events(into) == [
        ("CONSULT", "visit", "2015-03-02~", "Vessia", "Ombra"),
        ("ACCUSE", None, "2015-03-03~", "Vessia", "Ombra"),
    ]
    assert events(imported("polecat", DATA / "polecat.tsv")) == [
        ("CONSULT", "visit", "2022-05-01~", "VES", "OMB"),
        ("AID", None, "2022-05-01~", "VES", "OMB"),
    ]


def test_wikidata() -> None:
    """Dates are as precise as they are said, days Gregorian; what is deprecated is disputed; the source is the revision."""
    into = imported("wikidata", DATA / "wikidata.json")
    states = [e.record for e in into.entries() if isinstance(e.record, State)]
    assert [(s.type, str(s.since), str(s.until)) for s in states] == [
        ("office", "1999-12-31", "2008-05-07"),
        ("office", "2012-05", ".."),
        ("office", "1990", ""),
        ("office", "198X~", ""),
        ("office", "[1401..1500]", ""),
        ("office", "1700-03-11", ""),
        ("office", "1991", ""),
        ("office", "-0042", "-0042"),
        ("membership", "1975", ""),
    ]
    (dispute,) = (e.record for e in into.entries() if isinstance(e.record, Dispute))
    assert dispute.note == "deprecated; error in the source"
    assert into.entry(dispute.target).record.label == "Q900001_24a7"  # type: ignore[union-attr]
    source = into.entry(3).record
    assert (source.id, str(source.published)) == ("wikidata-Q900001-77", "2026-04-01")  # type: ignore[union-attr]
    assert (states[0].citations[0].locator or "").startswith("statement Q900001$a1 (reference https://news.example/elected), sha256 ")  # fmt: skip
    (wrong,) = survey(into, read_map("wikidata"), str(DATA / "wikidata.json"), name="w").problems
    assert str(wrong) == "w:9: import-readable: statement Q900001$a9: '1000' is not a date: its precision, 6, is less than a century"  # fmt: skip


def test_wikidata_as_a_dump(tmp_path: Path) -> None:
    """An item a line, in brackets or not, gives the same claims, without the names of other items."""
    whole = json.loads((DATA / "wikidata.json").read_text())
    item = json.dumps(whole["entities"]["Q900001"])
    plain = [e.record for e in imported("wikidata", DATA / "wikidata.json").entries() if isinstance(e.record, State)]  # fmt: skip
    for i, text in enumerate((f"[\n{item},\n\n]\n", f"{item}\n", json.dumps(whole))):
        path = tmp_path / f"{i}.json"
        path.write_text(text)
        found = [
            e.record for e in imported("wikidata", path).entries() if isinstance(e.record, State)
        ]
        assert [s.label for s in found] == [s.label for s in plain]
    for text in ("nix", "{", '{"entities": 5}', "[\n5\n]"):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(Refused, match="no items of Wikidata"):
            survey(
                Ledger.create("memory:", origin="x"), read_map("wikidata"), str(tmp_path / "x.json")
            )
    (tmp_path / "x.json").write_text("\n")
    assert survey(Ledger.create("memory:", origin="x"), read_map("wikidata"), str(tmp_path / "x.json")).rows == 0  # fmt: skip


@few_examples
@example(9901, 1, 1, 7)
@given(
    st.integers(-9998, 9999).filter(bool),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 11),
)
def test_no_day_of_wikidata_is_made_up(year: int, month: int, day: int, precision: int) -> None:
    """A time as precise as a year is a year, and so on; what is less precise than a century is refused."""
    time = f"{'+' if year > 0 else '-'}{abs(year):04}-{month:02}-{day:02}T00:00:00Z"
    value = {"time": time, "precision": precision, "calendarmodel": "http://x/Q1985727"}
    if precision < 7 or (precision == 7 and year < 0):
        with pytest.raises(DateError):
            wikidata_date(value)
        return
    date = parse(wikidata_date(value))
    here = Day.of(year if year > 0 else year + 1, month, day)
    low, high = date.earliest, date.latest
    assert isinstance(low, Day)
    assert isinstance(high, Day)
    assert low <= here <= high
    most = {11: 1, 10: 31, 9: 366, 8: 3653, 7: 36525}[precision]
    assert most // 2 < high - low + 1 <= most


@pytest.mark.parametrize("change", [{"before": 1}, {"after": 1}, {"time": "+12000-01-01T00:00:00Z"}, {"time": "1952"}])  # fmt: skip
def test_times_of_wikidata_that_are_not_read(change: dict[str, Any]) -> None:
    """A time with a margin, or beyond the years of the profile, is refused."""
    with pytest.raises(DateError):
        wikidata_date({"time": "+1952-10-07T00:00:00Z", "precision": 11, "calendarmodel": "Q1985727", **change})  # fmt: skip


def test_statements_and_entities_of_followthemoney_say_the_same() -> None:
    """Both forms give the same claims; other schemata are left out."""
    found = []
    for name in ("statements.csv", "entities.ftm.json"):
        states = [
            e.record for e in imported("ftm", DATA / name).entries() if isinstance(e.record, State)
        ]
        found.append([(s.label, s.type, str(s.since), str(s.until)) for s in states])
    assert found[0] == found[1] == [("occ-1", "office", "2010-05", "2014"), ("mem-1", "membership", "2001", "")]  # fmt: skip


def test_a_statement_that_cannot_be_read(tmp_path: Path) -> None:
    """The entity that it is of is told, and the others are read."""
    text = (DATA / "statements.csv").read_text()
    (tmp_path / "s.csv").write_text(text + "x,y\n")
    found = survey(Ledger.create("memory:", origin="x"), read_map("ftm"), str(tmp_path / "s.csv"), name="s.csv")  # fmt: skip
    assert [str(p) for p in found.problems] == ["s.csv:14: import-readable: it has 2 cells, and the header 14 columns"]  # fmt: skip
    assert text.splitlines()[0] == ",".join(STATEMENT_COLUMNS)


def test_a_shipped_map_is_named_by_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of that name goes before it; another word is no map."""
    assert all(read_map(name).rules for name in SHIPPED_MAPS)
    assert shipped_map("nix") is None
    monkeypatch.chdir(tmp_path)
    Path("ftm").write_text("x")
    with pytest.raises(Refused, match="ftm: import-map: not TOML"):
        read_map("ftm")


def test_a_statement_of_wikidata_that_says_two_ends(tmp_path: Path) -> None:
    """Two dates for one thing are a fault of the row; a reference to nothing known is none."""
    document = json.loads((DATA / "wikidata.json").read_text())
    first, second, *_ = document["entities"]["Q900001"]["claims"]["P39"]
    first["qualifiers"]["P582"] *= 2
    second["references"] = [{"snaks": {"P248": [{"snaktype": "somevalue", "property": "P248"}]}}]
    path = tmp_path / "w.json"
    path.write_text(json.dumps(document))
    into = Ledger.create("memory:", origin="x")
    told = survey(into, read_map("wikidata"), str(path), name="w").problems[0]
    assert str(told) == (
        "w:1: import-readable: statement Q900001$a1: '2008-05-07, 2008-05-07' is not a date: "
        "a statement has one such date"
    )
    claim = imported("wikidata", path).find("Q900001_24a2").record
    assert isinstance(claim, State)
    assert (claim.citations[0].locator or "").startswith("statement Q900001$a2, sha256 ")


# --- what is lost


def told(name: str, text: str, folder: Path) -> list[object]:
    """Return all that a map makes of a file: claims, labels and declarations, without their place."""
    path = folder / FILES[name]
    path.write_text(text, encoding="utf-8")
    found: list[object] = []
    map_ = read_map(name)
    for step in row_steps(map_, str(path), "f"):
        if isinstance(step, Problem) or step is None:
            found.append(str(step))
            continue
        claim = {k: v for k, v in (step.claim or {}).items() if k != "citations"}
        declared = [*row_declarations(map_.rules[step.rule], step, lambda kind, name: False)]
        found.append((step.label, claim, declared, step.disputed))
    return found


def variants(name: str) -> Iterator[tuple[str, str]]:
    """Yield, for each column of a table, its name and the file with another value in each row."""
    text = (DATA / FILES[name]).read_text()
    delimiter = "," if name == "ftm" else "\t"
    rows = [line.split(delimiter) for line in text.splitlines()]
    columns = GDELT_2 if name == "gdelt" else rows[0]
    first = 0 if name == "gdelt" else 1
    for i, column in enumerate(columns):
        changed = [[*row[:i], f"7{row[i][1:]}", *row[i + 1 :]] for row in rows[first:]]
        yield column, "\n".join(delimiter.join(row) for row in (*rows[:first], *changed)) + "\n"


def lost_columns(name: str, folder: Path) -> list[str]:
    """Return the columns of a table that make no difference to what a map makes of it."""
    plain = told(name, (DATA / FILES[name]).read_text(), folder)
    return [column for column, text in variants(name) if told(name, text, folder) == plain]


def without(document: Any, drop: Callable[[dict[str, Any]], None]) -> str:
    """Return the items with something of each statement dropped."""
    document = json.loads(json.dumps(document))
    for item in document["entities"].values():
        for statements in item["claims"].values():
            for statement in statements:
                drop(statement)
    return json.dumps(document)


def lost_of_wikidata(folder: Path) -> list[str]:
    """Return the parts of statements that make no difference, and the properties that are left out."""
    document = json.loads((DATA / "wikidata.json").read_text())
    plain = told("wikidata", json.dumps(document), folder)
    parts = {f"qualifier {p}" for item in document["entities"].values() for c in item["claims"].values() for s in c for p in s.get("qualifiers", ())}  # fmt: skip
    lost = []
    for part in sorted(parts):
        prop = part.split()[1]
        text = without(document, lambda s, prop=prop: s.get("qualifiers", {}).pop(prop, None))  # type: ignore[misc]
        lost += [part] if told("wikidata", text, folder) == plain else []
    for part in ("references", "rank", "type"):
        text = without(document, lambda s, part=part: s.pop(part, None))  # type: ignore[misc]
        lost += [part] if told("wikidata", text, folder) == plain else []
    taken = {"P39", "P102", "P463", "P54"}
    return [*lost, *sorted({f"property {p}" for i in document["entities"].values() for p in i["claims"]} - {f"property {p}" for p in taken})]  # fmt: skip


def test_what_each_map_loses_is_listed(tmp_path: Path) -> None:
    """`lost.json` names every column and part that a shipped map does not read, so that no loss grows unseen."""
    lost = {name: lost_columns(name, tmp_path) for name in ("gdelt", "icews", "polecat", "ftm")}
    lost["wikidata"] = lost_of_wikidata(tmp_path)
    assert lost == json.loads((DATA / "lost.json").read_text())
