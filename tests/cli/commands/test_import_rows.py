"""`factledger import`: what it says, and where it makes a ledger."""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from cli_tools import inside, run
from factledger.cli.commands import import_rows

CONGRESS = Path(__file__).parents[2] / "data" / "congress"
MAP = str(CONGRESS / "terms.toml")
TERMS = str(CONGRESS / "terms.csv")


def test_ledger_is_made_and_then_gone_on_with(tmp_path: Path) -> None:
    """The first run makes the ledger, with what git must know; the second has nothing to add."""
    words = ("import", "--map", MAP, TERMS, "-l", str(tmp_path / "l"))
    assert run(*words).out == "added #2-#311 from 201 of 205 rows\n"
    assert "merge=binary" in (tmp_path / "l/.gitattributes").read_text()
    assert run(*words).out == "nothing new in 205 rows\n"
    assert run("check", "-l", str(tmp_path / "l")).code == 0


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """A dry run says what a run would do, also where there is no ledger yet."""
    said = run("import", "-m", MAP, TERMS, "-l", str(tmp_path / "l"), "--dry-run")
    assert (said.code, said.out) == (0, "would import 201 of 205 rows\n")
    assert list(tmp_path.iterdir()) == []


def test_file_that_grew(tmp_path: Path) -> None:
    """Of a file that was extended at its end only the new rows are added."""
    lines = Path(TERMS).read_bytes().splitlines(keepends=True)
    (tmp_path / "terms.csv").write_bytes(b"".join(lines[:101]))
    words = ("import", "--map", MAP, str(tmp_path / "terms.csv"), "-l", str(tmp_path / "l"))
    assert run(*words).code == 0
    (tmp_path / "terms.csv").write_bytes(b"".join(lines))
    assert run(*words).out.endswith("from 105 of 205 rows\n")


@pytest.mark.parametrize("dry", [("--dry-run",), ()])
def test_bad_rows_are_told_and_no_ledger_made(tmp_path: Path, dry: tuple[str, ...]) -> None:
    """What is wrong is told by line, in a dry run and a run alike, and nothing is left behind."""
    (tmp_path / "terms.csv").write_text(Path(TERMS).read_text().replace("1865-04-15", "1865-15-04"))
    with inside(tmp_path):
        said = run("import", "--map", MAP, "terms.csv", "-l", "l", *dry)
    assert (said.code, said.out) == (1, "")
    assert all(line.startswith("terms.csv:") for line in said.err.splitlines())
    assert not (tmp_path / "l").exists()


def test_standard_input(tmp_path: Path) -> None:
    """A dash reads standard input, whose format the map has to say."""
    stated = '[input]\nformat = "csv"\n' + Path(MAP).read_text()
    (tmp_path / "map.toml").write_text(stated)
    words = ("import", "--map", str(tmp_path / "map.toml"), "-", "-l", str(tmp_path / "l.db"))
    assert run(*words, stdin=Path(TERMS).read_bytes()).out.startswith("added #2-#311")
    said = run(*words, stdin=b"id,name\n")
    assert (said.code, said.out) == (0, "nothing new in 0 rows\n")
    said = run(*words, stdin=b"id,name\nx\n")
    assert said.err == "<stdin>:2: import-readable: it has 1 cells, and the header 2 columns\n"


@pytest.mark.parametrize(("descriptors", "named"), [("/proc/self/fd", 0), ("nowhere", 1)])
def test_what_was_read_from_standard_input_is_not_left_behind(
    descriptors: str, named: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system allows it, the copy has no name: a killed import leaves nothing of it."""
    monkeypatch.setattr(import_rows, "_DESCRIPTORS", descriptors)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id\n1\n")))
    with import_rows.read_twice("-") as (file, name):
        assert len(list(tmp_path.iterdir())) == named
        assert [Path(file).read_bytes() for _ in range(2)] == [b"id\n1\n"] * 2
        assert name == "<stdin>"
    assert list(tmp_path.iterdir()) == []


def test_ledger_found_upward(tmp_path: Path) -> None:
    """Without -l the ledger of the folder is meant; where there is none, the command says so."""
    shutil.copytree(CONGRESS, tmp_path, dirs_exist_ok=True)
    with inside(tmp_path):
        said = run("import", "--map", "terms.toml", "terms.csv")
        assert (said.code, "a ledger: not found" in said.err) == (2, True)
        run("init", "ledgers/congress")
        assert run("import", "--map", "terms.toml", "terms.csv").code == 0
        assert "Abraham Lincoln" in run("asof", "1862", "--long", "--actor", "us-president").out


def test_hash_of_a_row_is_cut_short_for_people(tmp_path: Path) -> None:
    """`asof` shows the beginning of a row's hash, `why` all of it."""
    run("import", "--map", MAP, TERMS, "-l", str(tmp_path))
    said = run("asof", "1862", "--long", "--actor", "us-president", "-l", str(tmp_path)).out
    assert re.search(r"line \d+, sha256 [0-9a-f]{12}…", said)
    assert re.search(r"line \d+, sha256 [0-9a-f]{64}\b", run("why", "166", "-l", str(tmp_path)).out)
