"""`factledger export`: each format, to a file or to standard output."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from cli_tools import busy_ledger, run, small_ledger


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("out.jsonl", b'{"at":'),
        ("out", b'{"at":'),
        ("out.json", b"[\n"),
        ("out.csv", b"entry,at,"),
        ("out.md", b"# ledger small"),
        ("out.parquet", b"PAR1"),
        ("out.arrow", b"\xff\xff\xff\xff"),
    ],
)
def test_ending_of_the_file_names_the_format(name: str, begins: bytes, tmp_path: Path) -> None:
    """A file is written in the format of its ending, jsonl if it names none; nothing is printed."""
    small_ledger(tmp_path)
    said = run("export", "-o", str(tmp_path / name), "-l", str(tmp_path))
    assert (said.code, said.out, said.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_lines_in_a_file_are_the_ledger(tmp_path: Path) -> None:
    """The file is the ledger's own, byte for byte."""
    small_ledger(tmp_path)
    assert run("export", "-o", str(tmp_path / "copy.jsonl"), "-l", str(tmp_path)).code == 0
    assert (tmp_path / "copy.jsonl").read_bytes() == (tmp_path / "ledger.jsonl").read_bytes()


def test_slides_are_for_timelinejs(tmp_path: Path) -> None:
    """The title is that of the ledger."""
    small_ledger(tmp_path)
    found = json.loads(run("export", "--format", "timelinejs", "-l", str(tmp_path)).out)
    assert found["title"]["text"]["headline"] == "ledger small: A small ledger"


def test_table_is_not_thrown_at_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no text needs a file or a pipe."""
    small_ledger(tmp_path)
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    said = run("export", "--format", "parquet", "-l", str(tmp_path))
    assert (said.code, "write it to a file with -o FILE" in said.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ["export", "-o"],
        ["export", "--format", "csv", "-o"],
        ["plot", "-o"],
        ["report", "2023", "-o"],
        ["report", "2023", "--csl"],
        ["checkpoint", "-o"],
        ["prove", "3", "-o"],
    ],
)
@pytest.mark.parametrize("name", ["ledger.jsonl", "ledger.db"])
def test_ledger_is_not_written_over(words: list[str], name: str, tmp_path: Path) -> None:
    """Whatever is written to a file, it is not to the ledger that it is made of."""
    small_ledger(tmp_path)
    address = tmp_path / name
    if name.endswith(".db"):
        assert run("copy", str(tmp_path), str(address)).code == 0
    before = address.read_bytes()
    said = run(*words, str(address), "-l", str(address))
    assert (said.code, "; name another file" in said.err) == (2, True)
    assert address.read_bytes() == before


def test_missing_extra_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow the error names the extra, and no file is made."""
    small_ledger(tmp_path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = run("export", "-o", str(tmp_path / "out.parquet"), "-l", str(tmp_path))
    assert (said.code, "pip install 'factledger[arrow]'" in said.err) == (1, True)
    assert not (tmp_path / "out.parquet").exists()


def test_export_is_the_ledger_byte_for_byte(tmp_path: Path) -> None:
    """The default export is a ledger of its own."""
    busy_ledger(tmp_path).close()
    said = run("export", "-l", str(tmp_path))
    assert said.out.encode() == (tmp_path / "ledger.jsonl").read_bytes()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_export_in_other_formats_is_that_of_the_log(tmp_path: Path, form: str) -> None:
    """JSON and CSV are those of `log`, whole."""
    small_ledger(tmp_path).close()
    exported = run("export", "-f", form, "-l", str(tmp_path)).out
    assert exported == run("log", "-f", form, "-l", str(tmp_path)).out
