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


def test_what_was_erased_is_not_known_again(tmp_path: Path) -> None:
    """A row whose claim was erased comes back with the next import of its file, and that is said."""
    words = ("import", "--map", MAP, TERMS, "-l", str(tmp_path / "l"))
    assert run(*words).err == ""
    gone = ("--reason", "r", "--authority", "a", "--yes", "--leave-traces")
    assert run("redact", "311", "-l", str(tmp_path / "l"), *gone).code == 0
    said = run(*words)
    assert said.out.startswith("added #313-")
    assert (
        "1 entry was erased here, and a row of the file that said the same is taken for new"
        in said.err
    )


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


# --- everyday dates, rows left out, editions

REGISTER = """
{dates}
[ledger]
origin = "register"
[[source]]
id = "register"
title = "Town register"
[[actor]]
id = "town"
category = "organization"
names = ["Town"]
[edition]
gone = "{gone}"
{until}
[row]
key = "r{{id}}"
[[row.actor]]
id = "{{who:id}}"
category = "person"
names = "{{who}}"
[row.claim]
kind = "state"
type = "membership"
holder = "{{who:id}}"
party = "town"
since = "{{from}}"
until = "{{to}}"
"""


def register(folder: Path, *rows: str, dates: str = 'dates = "historical"', gone: str = "retract", until: str = "") -> tuple[str, ...]:  # fmt: skip
    """Return the words that import rows of a register."""
    text = REGISTER.format(dates=dates, gone=gone, until=until)
    (folder / "map.toml").write_text(text, encoding="utf-8")
    (folder / "f.csv").write_text("\n".join(["id,who,from,to", *rows, ""]), encoding="utf-8")
    return ("import", "-m", "map.toml", "f.csv", "-l", "l")


def test_a_dry_run_tells_how_dates_are_read(tmp_path: Path) -> None:
    """Few dates are told one by one, many one of each form; doubts are told in any case."""
    with inside(tmp_path):
        words = register(tmp_path, "1,Ann,c. 1383,1936-39", "2,Bob,c. 1383,1950-53")
        said = run(*words, "--dry-run")
        assert said.out == (
            "dates are read so:\n"
            "  'c. 1383' is about 1383 (about: year; 2 rows, the first f.csv:2)\n"
            "  '1936-39' is between 1936 and 1939 (years, the last cut short; 1 row, the first f.csv:2)\n"
            "  '1950-53' is between 1950 and 1953 (years, the last cut short; 1 row, the first f.csv:3)\n"
            "would import 2 of 2 rows\n"
        )
        note = "note: f.csv:2: '1936-39' is read as the years 1936 to 1939, and 1 more like it\n"
        assert said.err == note
        many = [f"{i},Ann,{1500 + i},c. {1600 + i}" for i in range(20)]
        said = run(*register(tmp_path, *many), "--dry-run")
        assert said.out == (
            "dates are read so, one of each form:\n"
            "  '1500' is 1500 (year; 20 rows, the first f.csv:2)\n"
            "  'c. 1600' is about 1600 (about: year; 20 rows, the first f.csv:2)\n"
            "would import 20 of 20 rows\n"
        )
        assert run(*words).out == "added #2-#24 from 20 of 20 rows\n"
        assert run(*words, "--dry-run").out.endswith("nothing new in 20 rows\n")


def test_wrong_rows_go_to_a_new_file(tmp_path: Path) -> None:
    """The others are imported; a file that is there is never written over, and a dry run makes none."""
    with inside(tmp_path):
        words = (
            *register(tmp_path, "1,Ann,1383,", "2,Bob,nix,", "3,Cy,nix,"),
            "--reject",
            "wrong.csv",
        )
        left = "2 rows would go to wrong.csv with the reasons\n"
        assert run(*words, "--dry-run").out.endswith(f"would import 1 of 3 rows; {left}")
        assert not Path("wrong.csv").exists()
        said = run(*words)
        assert (
            said.out == "added #2-#5 from 1 of 3 rows; 2 rows went to wrong.csv with the reasons\n"
        )
        lines = Path("wrong.csv").read_text().splitlines()
        assert (len(lines), lines[0]) == (3, "id,who,from,to,reason")
        said = run(*words)
        assert (said.code, said.err.splitlines()[-1]) == (2, "Error: wrong.csv is there already; name a new file for the rows left out ('factledger import --help' tells more)")  # fmt: skip
        said = run(*words[:-1], "again.csv")
        assert said.out == "nothing new in 3 rows; 2 rows went to again.csv with the reasons\n"
        assert sorted(p.name for p in tmp_path.iterdir()) == ["again.csv", "f.csv", "l", "map.toml", "wrong.csv"]  # fmt: skip
        words = (*register(tmp_path, "1,Ann,1383,", "2,Bob,nix,"), "--reject", "no/folder.csv")
        assert run(*words).err == "no/folder.csv: cannot write: no such file or directory; nothing was written\n"  # fmt: skip


def test_rows_that_are_all_right_make_no_file(tmp_path: Path) -> None:
    """Where nothing is left out, nothing is said of it."""
    with inside(tmp_path):
        words = (*register(tmp_path, "1,Ann,1383,"), "--reject", "wrong.csv")
        assert run(*words).out == "added #2-#5 from 1 of 1 row\n"
        assert not Path("wrong.csv").exists()


def test_two_claims_of_a_row_are_counted_as_claims(tmp_path: Path) -> None:
    """Where a map makes several claims of a row, rows are not what is added."""
    with inside(tmp_path):
        words = register(tmp_path, "1,Ann,1383,")
        text = Path("map.toml").read_text().replace("[row]", "[[row]]")
        second = text[text.index("[[row]]") :].replace('"r{id}"', '"s{id}"')
        Path("map.toml").write_text(text + second + 'value = "guild"\n')
        assert run(*words).out == "added #2-#6 from 2 claims from 1 row\n"


def test_the_next_edition_is_told_before_and_after(tmp_path: Path) -> None:
    """What is new, changed, gone and as before is counted; the second time nothing changes."""
    with inside(tmp_path):
        first = register(tmp_path, "1,Ann,1383,1390", "2,Bob,1384,", "3,Cy,1385,")
        assert run(*first, "--edition").out == "added #2-#9 from 3 rows: 3 new\n"
        words = (*register(tmp_path, "4,Di,1400,", "2,Bob,1383,", "1,Ann,1383,1390"), "--edition")
        counts = "3 rows: 1 new, 1 changed, 1 gone (retracted), 1 as before\n"
        assert run(*words, "--dry-run").out.endswith(f"would bring in {counts}")
        assert run(*words).out == f"added #10-#13 from {counts}"
        assert run(*words).out == "nothing changes by 3 rows: 3 as before\n"
        closing = register(tmp_path, "4,Di,1400,", gone="close", until='until = "[1500..1510]"')
        assert run(*closing, "--edition").out == "added #14-#14 from 1 row: 1 gone (closed), 1 gone and kept, 1 as before\n"  # fmt: skip
        bad = (*register(tmp_path, "4,Di,nix,"), "--edition")
        assert run(*bad).code == 1
        assert run(*bad, "--reject", "w.csv").out == "nothing changes by 1 row: 3 gone and kept; 1 row went to w.csv with the reasons\n"  # fmt: skip
        empty = (*register(tmp_path), "--edition")
        Path("f.csv").write_text("id,who,from,to\n")
        assert run(*empty[:-2], "m", "--edition").out == "nothing changes by 0 rows: nothing\n"
