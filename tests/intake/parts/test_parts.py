"""An import in parts: the lines, the heads and the refusals of an import as a whole."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from factledger import Ledger, Refused
from factledger.errors import FieldError, WriteRefused
from factledger.index.memory import MemoryIndex
from factledger.intake import Map, Survey, import_rows, survey
from factledger.intake.maps.map_file import parse_map
from factledger.intake.parts import preparing
from factledger.intake.parts.importing import PreparedRows, import_in_parts, prepare_rows
from factledger.intake.reading.row import FileRow
from factledger.intake.row_steps import row_steps_of
from factledger.records.codec import Body
from factledger.records.vocabulary import shipped
from factledger.scaling import on, workers
from factledger.scaling.dask_cluster import cluster
from factledger.scaling.sealing import IMPORTING
from factledger.testing import FixedClock

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
MAP = """
[ledger]
origin = "terms"

[[source]]
id = "list"
title = "A list"

[row]
key = "t-{id}"
operation = "{op}"
retraction = "taken from the list"

[[row.actor]]
id = "{who:id}"
category = "person"
names = ["{who}"]

[[row.actor]]
id = "town"
category = "organization"
names = "{town}"

[row.claim]
kind = "state"
type = "membership"
holder = "{who:id}"
party = "town"
since = "{since}"
until = "{until}"
"""
RECORDED = MAP.replace("[row]\n", '[row]\nrecorded = "{at}"\n')
SERIES = MAP.replace("[row]\n", '[row]\nseries = "{town}"\n').replace('"{until}"', '"next"')
ONCE = MAP.replace("[row]\n", '[row]\nrepeated = "skip"\n')
HISTORICAL = 'dates = "historical"\n' + MAP.replace("[row]\n", '[row]\napproximate = "2 years"\n')
EVENTS = """
[[row]]
key = "e-{id}"
operation = "{op}"
disputed = [{ if = { who = "Bob" }, is = "it was somebody else" }]

[row.claim]
kind = "event"
type = "CONSULT"
actor = "{who:id}"
recipient = "town"
when = "{since}"
"""
RULES = MAP.replace("[row]", "[[row]]").replace("[[row.actor", "[[row.actor") + EVENTS.replace(
    'operation = "{op}"', 'operation = [{ if = { op = "retract" }, is = "skip" }, { is = "{op}" }]'
)
FOOTNOTES = MAP + 'locator = "note {id}"\n'
MAPS = {
    "plain": MAP,
    "footnotes": FOOTNOTES,
    "recorded": RECORDED,
    "series": SERIES,
    "once": ONCE,
    "historical": HISTORICAL,
    "rules": RULES,
}
HEAD = "id,op,who,town,since,until,at"
ROWS = (
    "1,assert,Ann,Town,2001,,2020-01-01",
    "2,assert,Bob,Town,2002-03,2003,2020-01-01",
    "3,assert,Ann,Town,c. 2010,,2020-01-02",
    "4,assert,Cleo,Town,2011,2012,2020-01-02",
    "4,assert,Cleo,Town,2011,2012,2020-01-03",
    "1,correct,Ann,Town,2000,,2020-01-04",
    "1,retract,Ann,Town,,,2020-01-05",
    "5,assert,Dora,Town,2013-02-01,,2020-01-05",
)
GOOD = {
    "plain": (0, 1, 3, 5, 6, 7),
    "footnotes": (0, 1, 3, 5, 6, 7),
    "recorded": (0, 1, 3, 5, 6, 7),
    "series": (0, 1, 3, 7),
    "once": (0, 1, 3, 4, 7),
    "historical": (0, 2, 3, 5, 6, 7),
    "rules": (0, 1, 3, 5, 7),
}


class Counted:
    """Salts that follow from how many were drawn: two ledgers of the same records are the same."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, size: int) -> bytes:
        """Return that many bytes."""
        self.drawn += 1
        return self.drawn.to_bytes(size, "big")


def made(address: Path | str = "memory:") -> Ledger:
    """Return a new ledger in which only the records decide about the lines."""
    given = {"clock": FixedClock(NOW), "entropy": Counted(), "backfilled": "2019-01-01"}
    return Ledger.create(address, origin="terms", **given)  # type: ignore[arg-type]


def file(folder: Path, rows: list[str]) -> str:
    """Return the path of a CSV file with these rows."""
    (folder / "f.csv").write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return str(folder / "f.csv")


def good(folder: Path, kind: str) -> tuple[Map, str]:
    """Return a map and a file of rows that can all be imported under it."""
    return parse_map(MAPS[kind], "m.toml"), file(folder, [ROWS[n] for n in GOOD[kind]])


def lines(ledger: Ledger) -> list[bytes]:
    """Return the lines of a ledger."""
    return [*ledger.lines()]


@pytest.mark.parametrize("kind", MAPS)
@pytest.mark.parametrize("store", ["l.jsonl", "l.db"])
def test_parts_are_the_whole(kind: str, store: str, tmp_path: Path) -> None:
    """Line for line the ledger is that of an import as a whole, and nothing is left of the parts."""
    given, path = good(tmp_path, kind)
    with made(tmp_path / f"whole-{store}") as whole, made(tmp_path / store) as ledger:
        wanted = import_rows(whole, given, path)
        with ThreadPoolExecutor(2) as pool:
            steps = prepare_rows(ledger, given, path, tmp_path / "parts", on(pool), size=2)
        done = import_rows(ledger, given, path, steps=steps.steps)
        steps.forget()
        assert (lines(ledger), done) == (lines(whole), wanted)
        assert [*(tmp_path / "parts").iterdir()] == []


def test_processes_make_the_same_lines(tmp_path: Path) -> None:
    """What processes map is what one maps."""
    given, path = good(tmp_path, "plain")
    whole, ledger = made(), made()
    wanted = import_rows(whole, given, path)
    with workers(2) as run:
        assert import_in_parts(ledger, given, path, tmp_path / "parts", run) == wanted
    assert lines(ledger) == lines(whole)
    assert not (tmp_path / "parts" / IMPORTING).exists()


def test_files_of_others_in_the_folder_stay(tmp_path: Path) -> None:
    """A folder of a project has rows of its own, under the names of our rooms, and keeps them; so does one behind a link."""
    given, path = good(tmp_path, "plain")
    parts = tmp_path / "parts"
    mine = [
        parts / room / "mine.csv" for room in ("import/rows", "import/steps", "rows", "declared")
    ]
    for file in mine:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("mine")
    import_in_parts(made(), given, path, parts)
    assert [file.exists() for file in mine] == [True] * 4
    (parts / IMPORTING).symlink_to(parts / "import")
    with pytest.raises(WriteRefused, match="it is a symbolic link; name another folder"):
        import_in_parts(made(), given, path, parts)
    assert [file.exists() for file in mine] == [True] * 4


def test_a_cluster_makes_the_same_lines(tmp_path: Path) -> None:
    """What the workers of a cluster map is what one process maps."""
    from distributed import LocalCluster

    start: Any = LocalCluster  # it has no types
    given, path = good(tmp_path, "rules")
    whole, ledger = made(), made()
    wanted = import_rows(whole, given, path)
    alone = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with start(**alone) as scheduler, cluster(scheduler.scheduler_address) as run:
        assert import_in_parts(ledger, given, path, tmp_path / "parts", run) == wanted
    assert lines(ledger) == lines(whole)


def test_what_is_sound_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A survey of rows that were tried in parts tries none of them; one of a doubtful part does."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("tried again")

    given, path = good(tmp_path, "plain")
    found = prepared(made(), given, path, tmp_path)
    two_towns = file(tmp_path, [ROWS[0], ROWS[1].replace("Town", "Burg")])
    doubtful = prepared(made(), given, two_towns, tmp_path / "other")
    ledger = made()
    monkeypatch.setattr(Ledger, "try_append", never)
    assert survey(ledger, given, path, steps=found.steps).new == 6
    with pytest.raises(AssertionError, match="tried again"):
        survey(ledger, given, path, steps=doubtful.steps)


def prepared(ledger: Ledger, given: Map, path: str, folder: Path, size: int = 3) -> PreparedRows:
    """Return the rows of a file in parts."""
    return prepare_rows(ledger, given, path, folder / "parts", name="f.csv", size=size)


def surveys(ledger: Ledger, given: Map, path: str, folder: Path) -> tuple[Survey, Survey]:
    """Return what is found by a survey as a whole, and by one in parts."""
    steps = prepared(ledger, given, path, folder).steps
    whole = survey(ledger, given, path, name="f.csv")
    return whole, survey(ledger, given, path, name="f.csv", steps=steps)


CELLS = (
    st.sampled_from("1234"),
    st.sampled_from(["assert", "assert", "assert", "correct", "retract", "skip", "delete"]),
    st.sampled_from(["Ann", "Bob", "", " "]),
    st.sampled_from(["Town", "Town", "Town", "Burg", ""]),
    st.sampled_from(["2001", "2002-02", "2002-13", "1/2/2003", "c. 1999", "", "2030"]),
    st.sampled_from(["", "", "1990", "2005", ".."]),
    st.sampled_from(["2020-01-01", "2020-01-01", "2020-01-02", "2030-01-01", "x"]),
)
ROW = st.tuples(*CELLS).map(",".join) | st.sampled_from(["1,2", 'a"b,"', "\udcff,1"])


@drawn(
    kind=st.sampled_from([*MAPS]), before=st.lists(ROW, max_size=4), rows=st.lists(ROW, max_size=9)
)
def test_parts_are_refused_as_the_whole(kind: str, before: list[str], rows: list[str]) -> None:
    """Whatever the rows, and whatever the ledger holds, a survey in parts finds what one as a whole finds."""
    given = parse_map(MAPS[kind], "m.toml")
    with TemporaryDirectory() as name:
        folder = Path(name)
        ledger = made()
        with suppress(Refused):
            import_rows(ledger, given, written(folder, before))
        whole, parts = surveys(ledger, given, written(folder, [*before, *rows]), folder)
    assert parts == whole


def written(folder: Path, rows: list[str]) -> str:
    """Return the path of a file with rows that may be no UTF-8."""
    (folder / "f.csv").write_bytes("\n".join([HEAD, *rows, ""]).encode(errors="surrogateescape"))
    return str(folder / "f.csv")


@pytest.mark.parametrize("cut", range(5))
def test_an_import_that_was_killed_goes_on(cut: int, tmp_path: Path) -> None:
    """Wherever it was cut off, the same import brings in the rest, maps no row again, and nothing twice."""
    given, path = good(tmp_path, "recorded")
    whole, ledger = made(), made()
    wanted = lines(whole) if import_rows(whole, given, path) else []

    def stop(_: int) -> None:
        nonlocal cut
        cut -= 1
        if cut < 0:
            raise KeyboardInterrupt

    steps = prepared(ledger, given, path, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        import_rows(ledger, given, path, on_rows=stop, steps=steps.steps)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "parts" / IMPORTING / "steps").iterdir()}
    again = prepared(ledger, given, path, tmp_path)
    assert {
        p: p.stat().st_mtime_ns for p in (tmp_path / "parts" / IMPORTING / "steps").iterdir()
    } == before
    import_rows(ledger, given, path, steps=again.steps)
    assert bodies(ledger) == bodies(whole)
    assert len(wanted) == len(ledger)
    assert import_in_parts(ledger, given, path, tmp_path / "parts").found.new == 0


def bodies(ledger: Ledger) -> list[object]:
    """Return what the entries of a ledger say."""
    return [ledger.index.body(n) for n in range(1, len(ledger) + 1)]


def test_rows_that_are_no_more_leave_nothing(tmp_path: Path) -> None:
    """What was made of a file before it was changed is deleted when it is prepared again."""
    given, path = good(tmp_path, "plain")
    prepared(made(), given, path, tmp_path)
    prepared(made(), given, file(tmp_path, [ROWS[0]]), tmp_path)
    left = [p.name for p in (tmp_path / "parts" / IMPORTING).rglob("*.gz")]
    assert len(left) == 3  # rows, steps and what is declared


def test_a_map_may_hold_what_no_record_may(tmp_path: Path) -> None:
    """A date in the place of a text is refused in parts as it is as a whole, though JSON has none."""
    given = parse_map(MAP + "value = 2020-01-01\n", "m.toml")
    whole, parts = surveys(made(), given, file(tmp_path, [*ROWS[:2]]), tmp_path)
    assert parts == whole
    assert len(whole.problems) == 2


def test_a_file_that_lacks_a_column_is_refused_at_once(tmp_path: Path) -> None:
    """No row is mapped of a file that the map is not of."""
    (tmp_path / "f.csv").write_text("id,op\n1,assert\n")
    with pytest.raises(Refused, match="has no column"):
        prepared(made(), parse_map(MAP, "m.toml"), str(tmp_path / "f.csv"), tmp_path)


def test_texts_beside_the_ledger_are_looked_at(tmp_path: Path) -> None:
    """Where texts are kept, which tasks do not see, rows are tried in the ledger."""
    given, path = good(tmp_path, "plain")
    with made(tmp_path / "l.jsonl") as ledger:
        assert prepared(ledger, given, path, tmp_path).trusted
        (tmp_path / "l.jsonl.texts").mkdir()
        assert not prepared(ledger, given, path, tmp_path).trusted


UNDOING: dict[str, Callable[[Ledger], object]] = {
    "a source that was withdrawn": lambda ledger: ledger.append(
        {"kind": "withdraw", "source": "list", "reason": "forged"}
    ),
    "a source that was published before all that": lambda ledger: ledger.append(
        {
            "kind": "correct",
            "target": 2,
            "reason": "refined",
            "record": {**(ledger.index.body(2) or {}), "published": "1990"},
        }
    ),
    "a source that is no longer withdrawn": lambda ledger: ledger.append(
        {"kind": "withdraw", "source": "list", "reason": "forged"},
        {"kind": "retract", "target": len(ledger) + 1, "reason": "it is genuine"},
    ),
}


@pytest.mark.parametrize("what", UNDOING)
def test_what_the_ledger_declares_is_known_to_the_tasks(what: str, tmp_path: Path) -> None:
    """Rows that name what was declared, and undone, before are refused and taken as they are as a whole."""
    given = parse_map(MAP, "m.toml")
    ledger = made()
    import_rows(ledger, given, file(tmp_path, [ROWS[0]]))
    UNDOING[what](ledger)
    whole, parts = surveys(ledger, given, good(tmp_path, "plain")[1], tmp_path)
    assert parts == whole
    assert bool(whole.problems) == (what == "a source that was published before all that")


def test_a_command_that_is_killed_goes_on(tmp_path: Path) -> None:
    """Killed while it writes, the same command brings in the rest: all rows once, in their order."""
    rows = [f"{n},assert,P{n % 50},Town,2001,,2020-01-{1 + n // 100:02}" for n in range(2_500)]
    (tmp_path / "m.toml").write_text(RECORDED)
    map_, path, address = str(tmp_path / "m.toml"), file(tmp_path, rows), tmp_path / "l.jsonl"
    given = [path, "--map", map_, "--workers", "1"]
    command = ["scale", "import", str(address), str(tmp_path / "parts"), *given]
    with subprocess.Popen([sys.executable, "-m", "factledger", *command]) as process:
        while process.poll() is None and (not address.exists() or address.stat().st_size < 200_000):
            time.sleep(0.005)
        process.kill()
    before = len(address.read_bytes().splitlines())
    subprocess.run([sys.executable, "-m", "factledger", *command], check=True)
    whole = made()
    import_rows(whole, parse_map(RECORDED, "m.toml"), path)
    with Ledger.open(address) as ledger:
        assert before < len(ledger) == len(whole)
        assert [_without_times(body) for body in bodies(ledger)][1:] == [
            _without_times(body) for body in bodies(whole)
        ][1:]


def _without_times(body: Any) -> dict[str, object]:
    """Return a body without the instant at which it was written, which no two imports share."""
    return {name: held for name, held in body.items() if name not in ("backfilled", "recorded_by")}


def test_a_row_that_was_recorded_later_than_now_is_tried_in_the_ledger() -> None:
    """A task does not know the clock of the ledger, so what is ahead of its own is not certain."""
    assert not preparing._fits(MemoryIndex(shipped()), "2999-01-01T00:00:00.000000Z", [])


def test_a_row_whose_declarations_cannot_be_made_is_tried_in_the_ledger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is wrong with them is told there, with the place of the row."""

    def refuse(*_: object) -> list[Body]:
        raise FieldError("id", "wanted a name")

    given = parse_map(MAP, "map.toml")
    row = FileRow(2, "0" * 64, dict(zip(HEAD.split(","), ROWS[0].split(","), strict=True)))
    monkeypatch.setattr(preparing, "row_declarations", refuse)
    assert not preparing.are_fit(
        MemoryIndex(shipped()), given, [*row_steps_of(given, row, "f.csv")]
    )
