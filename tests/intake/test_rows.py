"""Rows of CSV and JSON Lines: each with its line and the hash by which it is proved."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from factledger import Refused
from factledger.intake.reading.row import FileRow
from factledger.intake.rows import read_rows, row_format, unpacked_file


def read(raw: bytes, form: str = "csv", delimiter: str = ",") -> list[FileRow]:
    """Return the rows of a file."""
    return list(read_rows(raw.splitlines(keepends=True), "f", form, delimiter))


def plain(found: list[FileRow]) -> list[tuple[int, dict[str, str] | str]]:
    """Return the line and the cells of each row, or its fault."""
    return [(row.line, row.fault or row.cells) for row in found]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"a,b\n1,2\n", [(2, {"a": "1", "b": "2"})]),
        (b"\xef\xbb\xbfa,b\r\n1,2\r\n", [(2, {"a": "1", "b": "2"})]),
        (b"a,b\n1,2", [(2, {"a": "1", "b": "2"})]),
        (b"a\n\n\n1\n", [(4, {"a": "1"})]),
        (b'a,b\n"1\n2",3\n4,5\n', [(2, {"a": "1\n2", "b": "3"}), (4, {"a": "4", "b": "5"})]),
        ("a\nü\n".encode(), [(2, {"a": "ü"})]),
        (b"a,b\n1\n2,3\n", [(2, "it has 1 cells, and the header 2 columns"), (3, {"a": "2", "b": "3"})]),
        (b"a\n\xff\nx\n", [(2, "it is not UTF-8; say [input] encoding, such as 'cp1252', or save the file as UTF-8"), (3, {"a": "x"})]),
        (b'a\n"x"y\nz\n', [(2, "not CSV: ',' expected after '\"'"), (3, {"a": "z"})]),
        (b'a\nx\n"y\nz\n', [(2, {"a": "x"}), (3, "not CSV: unexpected end of data")]),
    ],
)  # fmt: skip
def test_csv(raw: bytes, found: list[tuple[int, dict[str, str] | str]]) -> None:
    """Each record has its cells by column, or its fault; the rows below a bad one are read."""
    assert plain(read(raw)) == found


def test_tabs() -> None:
    """Cells may be separated by another character."""
    assert plain(read(b"a\tb\n1,5\t2\n", delimiter="\t")) == [(2, {"a": "1,5", "b": "2"})]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "f:1: import-readable: the first line has to name each column once; it is empty"),
        (b"a,b,a\n", "f:1: import-readable: the first line has to name each column once; it names 'a' twice"),
        (b'"a"b\n', "f:1: import-readable: not CSV: ',' expected after '\"'"),
    ],
)  # fmt: skip
def test_header(raw: bytes, fault: str) -> None:
    """A file without names for its columns cannot be read at all."""
    with pytest.raises(Refused) as refused:
        read(raw)
    assert str(refused.value) == fault


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b'{"a":"x","b":1.50,"c":null,"d":true}\n', [(1, {"a": "x", "b": "1.50", "c": "", "d": "true"})]),
        (b'{"a":"x","b":[1],"c":{}}', [(1, {"a": "x", "b[0]": "1"})]),
        (b'{"a":NaN}\n\n{"a":12345678901234567890}\n', [(1, {"a": "NaN"}), (3, {"a": "12345678901234567890"})]),
        (b'["a"]\n', [(1, "wanted an object, found a list")]),
        (b'{"a":"\xff"}\n', [(1, "it is not UTF-8; say [input] encoding, such as 'cp1252', or save the file as UTF-8")]),
        (b'{"a":\n', [(1, "not JSON: Expecting value at character 7 of the line")]),
    ],
)  # fmt: skip
def test_json_lines(raw: bytes, found: list[tuple[int, dict[str, str] | str]]) -> None:
    """Each object has its cells as text: numbers keep their digits, null is empty."""
    assert plain(read(raw, "jsonl")) == found


def test_row_is_proved_by_its_hash() -> None:
    """The locator has the line and the SHA-256 of its bytes, without the line's end."""
    (row,) = read(b"a,b\r\n1,2\r\n")
    assert row.locator == f"line 2, sha256 {sha256(b'1,2').hexdigest()}"
    (long,) = read(b'a\n"1\n2"\n')
    assert long.sha256 == sha256(b'"1\n2"').hexdigest()


@pytest.mark.parametrize(
    ("name", "pack"), [("f.csv", bytes), ("f.csv.gz", gzip.compress), ("f.csv.xz", lzma.compress)]
)
def test_packed_files(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    """A file is unpacked by the end of its name."""
    (tmp_path / name).write_bytes(pack(b"a\n1\n"))
    with unpacked_file(str(tmp_path / name)) as file:
        assert plain(list(read_rows(file, name, *row_format(name, None, None)))) == [
            (2, {"a": "1"})
        ]


@pytest.mark.parametrize(
    ("name", "raw", "fault"),
    [
        ("missing.csv", None, "no such file or directory"),
        ("f.csv.gz", b"a\n1\n", "not a gzipped file"),
        ("f.csv.gz", gzip.compress(b"a\n1\n", mtime=0)[:-4], "compressed file ended"),
        ("f.csv.xz", b"a\n1\n", "input format not supported"),
    ],
)
def test_file_that_cannot_be_read(tmp_path: Path, name: str, raw: bytes | None, fault: str) -> None:
    """A missing, broken or cut file is a problem with its place, wherever it breaks off."""
    path = str(tmp_path / name)
    if raw is not None:
        Path(path).write_bytes(raw)
    with pytest.raises(Refused, match="import-readable: cannot read the file: .*" + fault), unpacked_file(path) as file:  # fmt: skip
        file.read()


@pytest.mark.parametrize(
    ("name", "form", "delimiter", "found"),
    [
        ("a.csv", None, None, ("csv", ",")),
        ("a.csv", None, ";", ("csv", ";")),
        ("a.tsv.gz", None, None, ("csv", "\t")),
        ("a.jsonl.xz", None, None, ("jsonl", ",")),
        ("a.ndjson", None, None, ("jsonl", ",")),
        ("a.txt", "jsonl", None, ("jsonl", ",")),
        ("a.jsonl", "csv", "|", ("csv", "|")),
    ],
)
def test_format(name: str, form: str | None, delimiter: str | None, found: tuple[str, str]) -> None:
    """The format is the one stated, or that of the name."""
    assert row_format(name, form, delimiter) == found


def test_format_that_nothing_says() -> None:
    """A name that says nothing asks for a word in the map."""
    with pytest.raises(Refused, match=r'say \[input\] format = "csv"'):
        row_format("a.txt", None, None)
    with pytest.raises(Refused, match=r"^standard input: import-readable: its name"):
        row_format("/tmp/copy", None, None, "standard input")
