"""What git is told of the lines of a ledger."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cli_tools import run
from factledger.cli.git_attributes import ATTRIBUTES, add_lines, write_attributes
from factledger.errors import WriteRefused


def test_attributes_that_are_there_are_kept(tmp_path: Path) -> None:
    """A folder whose .gitattributes has the line already is left alone."""
    write_attributes(tmp_path)
    before = (tmp_path / ".gitattributes").stat().st_mtime_ns
    write_attributes(tmp_path)
    assert (tmp_path / ".gitattributes").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", ATTRIBUTES),
        (b"*.png binary", b"*.png binary\n" + ATTRIBUTES),
        (b"*.png binary\n", b"*.png binary\n" + ATTRIBUTES),
        (b"*.png binary\r\n", b"*.png binary\r\n" + ATTRIBUTES),
        (b"# not " + ATTRIBUTES, b"# not " + ATTRIBUTES + ATTRIBUTES),
        (ATTRIBUTES.strip(), ATTRIBUTES.strip()),
        (ATTRIBUTES.strip() + b"\r\n*.a b", ATTRIBUTES.strip() + b"\r\n*.a b"),
    ],
)
def test_a_line_is_added_to_the_lines_of_others(
    before: bytes, after: bytes, tmp_path: Path
) -> None:
    """Each line of somebody's stays a line, and the file keeps its access."""
    path = tmp_path / ".gitattributes"
    path.write_bytes(before)
    path.chmod(0o600)
    write_attributes(tmp_path)
    assert path.read_bytes() == after
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_disk_that_fails_leaves_the_lines_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new file cannot be written, the old one stays."""
    path = tmp_path / ".gitattributes"
    path.write_bytes(b"*.png binary")

    def fail(fd: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(WriteRefused, match="no space left"):
        write_attributes(tmp_path)
    monkeypatch.undo()
    assert path.read_bytes() == b"*.png binary"


def test_lines_are_added_also_where_another_makes_the_file_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two commands that make a ledger at once neither fails on what the other wrote for git."""
    path = tmp_path / ".gitignore"

    def beaten(*_: object) -> None:
        path.write_bytes(b"theirs\n")
        raise FileExistsError

    monkeypatch.setattr("factledger.log.stores.placing.begun_files.write_new", beaten)
    add_lines(path, b"ours\n")
    assert path.read_bytes() == b"theirs\nours\n"


def test_a_file_that_is_no_file_of_git_is_refused(tmp_path: Path) -> None:
    """One of gigabytes is not read, and stays."""
    path = tmp_path / ".gitattributes"
    path.touch()
    os.truncate(path, 2**40)
    with pytest.raises(WriteRefused, match="file too large"):
        add_lines(path, b"x\n")
    assert path.stat().st_size == 2**40


def test_a_ledger_is_made_though_a_file_of_gits_is_not(tmp_path: Path) -> None:
    """Who is told that the file was refused is told, too, that the ledger is there: no second try is needed."""
    (tmp_path / ".gitattributes").write_bytes(b"#" * (2**20 + 1))
    said = run("init", str(tmp_path))
    assert said.code == 1
    assert said.err == (
        f"{tmp_path}/.gitattributes: cannot write: file too large; the ledger is made; git may change its "
        "lines until this file keeps it from that\n"
    )
    assert run("log", "-l", str(tmp_path)).code == 0
