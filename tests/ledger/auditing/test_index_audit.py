"""The index of a store held against its lines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from factledger import Actor, Ledger
from factledger.errors import Busy, Problem, WriteRefused
from factledger.ledger.auditing import index_audit
from factledger.ledger.auditing.index_audit import index_faults
from factledger.ledger.index_build import fill
from factledger.log.stores import open_store
from ledger.tables import changed, small


def test_an_index_that_differs_is_told_row_by_row(tmp_path: Path) -> None:
    """What is too much and what is missing in a table is said, with what the row holds."""
    path = small(tmp_path)
    changed(path, "UPDATE pairing SET gone = 5")
    changed(path, "DELETE FROM posting WHERE list = 'declared:actor' AND key = 'a'")
    changed(path, "INSERT INTO bearing VALUES (1, 5, 9)")
    with open_store(str(path)) as store:
        found = index_faults(store)
    assert {problem.check for problem in found} == {"index-agrees"}
    assert {problem.where for problem in found} == {str(path)}
    told = [problem.message for problem in found]
    assert told[0] == "posting: missing: declared:actor a 3"
    assert told[1].startswith("pairing: too much: a b 0 ")
    assert told[2].startswith("pairing: missing: a b 0 ")
    assert told[3:] == ["bearing: too much: a b 5 9"]
    with Ledger.open(path) as ledger:
        ledger.reindex()
    with open_store(str(path)) as store:
        assert index_faults(store) == []


def test_a_search_table_that_differs_is_told_term_by_term(tmp_path: Path) -> None:
    """What a search would find too much or not at all is said, a few terms of each."""
    path = small(tmp_path)
    changed(path, "INSERT INTO found (rowid, terms) VALUES (4, 'quandry of the lost')")
    changed(path, "UPDATE term SET word = 'quandry' WHERE word = 'consult'")
    with open_store(str(path)) as store:
        told = [problem.message for problem in index_faults(store)]
    assert told == [
        "term: too much: quandry",
        "term: missing: consult",
        *(f"found: too much: {word} 4" for word in ("lost", "of", "quandry")),
    ]
    changed(path, "INSERT INTO found (found) VALUES ('delete-all')")
    with open_store(str(path)) as store:
        *_, last = [problem.message for problem in index_faults(store)]
    assert last.startswith("found: missing: ")


def test_verifying_asks_whether_the_index_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that ends far before the log is a problem of the ledger; one of another is none."""
    path = small(tmp_path)
    monkeypatch.setattr("factledger.ledger.indexed_store._BEHIND", 1)
    advice = "'factledger reindex' brings it up"
    for statement, fault in (
        (
            "UPDATE progress SET hash = zeroblob(32)",
            "the index ends at entry 0, the log at entry 5",
        ),
        ("UPDATE progress SET indexed = 3", "the index ends at entry 0, the log at entry 5"),
        ("UPDATE progress SET indexed = 9", "the index ends at entry 0, the log at entry 5"),
        ("DELETE FROM progress", "the index ends at entry 0, the log at entry 5"),
    ):
        changed(path, statement)
        with Ledger.open(path, behind=True) as ledger:
            assert ledger.verify() == (Problem(str(path), "index-complete", f"{fault}; {advice}"),)
            assert ledger.reindex() == 5
            assert ledger.verify() == ()


def test_what_a_killed_comparison_leaves(tmp_path: Path) -> None:
    """Nothing has a name on the disk while the index is made anew, so nothing is left of it."""
    path, spare = small(tmp_path), tmp_path / "tmp"
    spare.mkdir()
    program = """
import os, signal, sys
from factledger.index import comparison
from factledger.ledger.auditing import index_audit
from factledger.log.stores import open_store
def kill(connection, address):
    assert connection.execute("SELECT count(*) FROM pairing").fetchone()[0]
    os.kill(os.getpid(), signal.SIGKILL)
index_audit.differences = kill
index_audit.index_faults(open_store(sys.argv[1]))
"""
    made = {name: str(spare) for name in ("TMPDIR", "SQLITE_TMPDIR")}
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], env={**os.environ, **made}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert list(spare.iterdir()) == []
    assert {file.name for file in tmp_path.iterdir()} <= {"tmp", *(f"x.db{end}" for end in ENDS)}


ENDS = ("", "-journal", ".lock")


def meanwhile(monkeypatch: pytest.MonkeyPatch, path: Path, act: Callable[[Ledger], object]) -> None:
    """Let another program act once that the lines are read, before the tables are compared."""
    begun = iter([True])

    def fill_beside(*given: Any) -> None:
        fill(*given)
        if next(begun, False):
            with Ledger.open(path) as other:
                act(other)

    monkeypatch.setattr(index_audit, "fill", fill_beside)


@pytest.mark.parametrize("act", ["append", "redact"])
def test_who_compares_keeps_nobody_from_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Others append and erase while the index is made anew, at once, and no difference is told."""
    path, done = small(tmp_path), list[int]()

    def write(other: Ledger) -> None:
        if act == "append":
            late = Actor(id="late", category="group", names=["L"])
            written = other.append(late, timeout=0)
        else:
            written = other.redact(5, reason="r", authority="a", timeout=0)
        done.extend(entry.number for entry in written)

    meanwhile(monkeypatch, path, write)
    with open_store(str(path)) as store:
        assert index_faults(store) == []
    assert done == [6]


def test_a_difference_is_told_beside_a_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What differs before anybody writes differs at the second look as well."""
    path = small(tmp_path)
    changed(path, "UPDATE pairing SET gone = 5")
    meanwhile(
        monkeypatch,
        path,
        lambda other: other.append(Actor(id="late", category="group", names=["L"])),
    )
    with open_store(str(path)) as store:
        found = index_faults(store)
    assert [problem.message.partition(" a b")[0] for problem in found] == [
        "pairing: too much:",
        "pairing: missing:",
    ]


def test_who_compares_does_not_wait_for_the_right_to_write(tmp_path: Path) -> None:
    """A healthy index is found healthy while another holds on to the right to write, as an import does."""
    path = small(tmp_path)
    with open_store(str(path)) as other, other.writing(), open_store(str(path)) as store:
        assert index_faults(store) == []


def test_an_index_that_cannot_be_written_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written to compare, so a medium that nobody can write to will do."""
    path = small(tmp_path)

    def refused(*_: object, **__: object) -> None:
        raise WriteRefused(str(path), "read-only file system")

    with open_store(str(path)) as store:
        monkeypatch.setattr(store, "writing", refused)
        assert index_faults(store) == []


def test_no_index_is_none_that_differs(tmp_path: Path) -> None:
    """A file whose index is that of another log, or was never made, has none to compare."""
    path = small(tmp_path)
    changed(path, "DELETE FROM progress")
    with open_store(str(path)) as store:
        assert index_faults(store) == []


def test_where_others_make_the_index_anew_all_the_while_they_are_kept_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At last the index is compared while nobody writes; where one holds on, it is said that it was not."""
    path = small(tmp_path)
    made = list[bool]()

    def fill_beside(*given: Any) -> None:
        fill(*given)
        with Ledger.open(path) as other, suppress(Busy):
            with other._kept.store.writing(timeout=0):
                pass
            other.reindex()
            made.append(True)

    monkeypatch.setattr(index_audit, "fill", fill_beside)
    with open_store(str(path)) as store:
        assert index_faults(store) == []
        assert len(made) == 3
        monkeypatch.setattr(index_audit, "LONGEST_WAIT", 0)
        monkeypatch.setattr(index_audit, "_LOOKS", 0)
        with (
            open_store(str(path)) as other,
            other.writing(),
            pytest.raises(Busy, match=r"waited 0 s\); the index was not compared; verify again"),
        ):
            index_faults(store)


def test_where_others_append_all_the_while_they_are_kept_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that is always further on than the lines that were read is compared while nobody writes."""
    path = small(tmp_path)
    changed(path, "UPDATE pairing SET gone = 5")
    kept_out = list[bool]()

    def fill_beside(*given: Any) -> None:
        fill(*given)
        with Ledger.open(path) as other:
            try:
                number = len(kept_out)
                other.append(Actor(id=f"late{number}", category="group", names=["L"]), timeout=0)
                kept_out.append(False)
            except Busy:
                kept_out.append(True)

    monkeypatch.setattr(index_audit, "fill", fill_beside)
    monkeypatch.setattr(index_audit, "_MEETINGS", 2)
    with open_store(str(path)) as store:
        found = index_faults(store)
    assert kept_out == [*[False] * 6, True]
    assert [problem.message.partition(" a b")[0] for problem in found] == [
        "pairing: too much:",
        "pairing: missing:",
    ]
