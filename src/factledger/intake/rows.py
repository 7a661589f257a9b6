"""Files → rows: CSV and JSON Lines, read as a stream; each row with its line and its hash."""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple

from factledger.intake.documents import refused_by, unreadable
from factledger.log.canonical import unique_keys

ROW_FORMATS = ("csv", "jsonl")
_SUFFIXES = {".csv": ("csv", ","), ".tsv": ("csv", "\t"), ".jsonl": ("jsonl", ""), ".ndjson": ("jsonl", "")}  # fmt: skip
_PACKED: dict[str, Any] = {".gz": gzip.open, ".xz": lzma.open}
_BOM = b"\xef\xbb\xbf"
LONGEST_ROW = 2**20
"""The most bytes that a row may have, unpacked: so much of a file is held in memory, and no more."""
_TOO_LONG = f"a row is longer than {LONGEST_ROW:,} bytes"
_MANY = 10_000  # columns
_refused = partial(refused_by, "import-readable")


class FileRow(NamedTuple):
    """One row: the line at which it begins, the SHA-256 of its bytes, and its cells by column.

    The bytes hashed are those of the file without the line's end. `fault` says why it cannot be
    read, and its cells are empty then. Of a JSON object, numbers keep their digits, null is the
    empty text, and a key that holds a list or an object is no column.
    """

    line: int
    sha256: str
    cells: dict[str, str]
    fault: str | None = None

    @property
    def locator(self) -> str:
        """The words by which a citation finds the row again, and proves it."""
        return f"line {self.line}, sha256 {self.sha256}"


@contextmanager
def unpacked_file(path: str) -> Iterator[IO[bytes]]:
    """Open a file for reading, unpacked where its name ends in `.gz` or `.xz`.

    Raises `Refused` where it cannot be read, also later, while it is being read.
    """
    try:
        with _PACKED.get(Path(path).suffix, open)(path, "rb") as file:
            yield file
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise unreadable(error, "import-readable", path, "the file") from None


def row_format(
    path: str, form: str | None, delimiter: str | None, name: str | None = None
) -> tuple[str, str]:
    """Return the format of a file and what separates its cells: as stated, or by its name.

    `name` stands for the file in the error.
    """
    plain = Path(path.removesuffix(".gz").removesuffix(".xz"))
    named = _SUFFIXES.get(plain.suffix, (form, ","))
    found = form or named[0]
    if found is None:
        raise _refused(
            name or path, 'its name ends in no .csv, .tsv or .jsonl; say [input] format = "csv"'
        )
    return found, delimiter or named[1] or ","


def read_rows(
    lines: Iterable[bytes], name: str, form: str, delimiter: str = ","
) -> Iterator[FileRow]:
    """Yield the rows that the lines of a file hold, in order; blank lines are passed over.

    Raises `Refused` for a CSV file without a header that names each column once, and for a row
    of more than 1 MiB: a small file can unpack to one that no memory holds.
    """
    lines = _short(lines, name)
    return _objects(lines) if form == "jsonl" else _records(lines, name, delimiter)


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """Return the lines of an open file; a line that is too long for a row comes in parts."""
    return iter(lambda: file.readline(LONGEST_ROW + 1), b"")


def _short(lines: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Yield lines, the first without a byte order mark; one that is too long is refused."""
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_ROW:
            raise _refused(f"{name}:{number}", _TOO_LONG)
        yield line if number > 1 else line.removeprefix(_BOM)


def _hash(raw: bytes) -> str:
    return sha256(raw.rstrip(b"\r\n")).hexdigest()


# --- JSON Lines


def _objects(lines: Iterable[bytes]) -> Iterator[FileRow]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _object(number, line)


def _object(number: int, line: bytes) -> FileRow:
    try:
        found = _decoder.decode(line.decode())
    except UnicodeDecodeError:
        return FileRow(number, _hash(line), {}, "it is not UTF-8; save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return FileRow(number, _hash(line), {}, f"not JSON: {error}")
    if not isinstance(found, dict):
        return FileRow(number, _hash(line), {}, f"wanted an object, found {_named(found)}")
    cells = {key: _text(held) for key, held in found.items() if not isinstance(held, list | dict)}
    return FileRow(number, _hash(line), cells)


def _text(held: object) -> str:
    if isinstance(held, str):
        return held
    return "" if held is None else str(held).lower()


def _named(found: object) -> str:
    return "a list" if isinstance(found, list) else str(found)[:40]


_decoder = json.JSONDecoder(
    parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=unique_keys
)


# --- CSV


class _Lines:
    """The lines of a CSV file as text; it remembers those of the record that is being read."""

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        self._lines = iter(lines)
        self._name = name
        self.number = 0
        self.taken: list[bytes] = []
        self._held = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = next(self._lines)
        self.number += 1
        self._held = len(raw) + (self._held if self.taken else 0)
        self.taken.append(raw)
        if self._held > LONGEST_ROW:
            raise _refused(f"{self._name}:{self.number - len(self.taken) + 1}", _TOO_LONG)
        return raw.decode(errors="surrogateescape")


def _records(lines: Iterable[bytes], name: str, delimiter: str) -> Iterator[FileRow]:
    source = _Lines(lines, name)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    columns = _header(reader, name)
    fault: str | None
    while True:
        source.taken.clear()
        first = source.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, fault = [], f"not CSV: {error}"
        else:
            fault = _cells_fault(cells, columns, source.taken)
        if cells or fault:
            named = {} if fault else dict(zip(columns, cells, strict=True))
            yield FileRow(first, _hash(b"".join(source.taken)), named, fault)


def _header(reader: Iterator[list[str]], name: str) -> list[str]:
    try:
        columns = next(reader, [])
    except csv.Error as error:
        raise _refused(f"{name}:1", f"not CSV: {error}") from None
    twice = sorted(column for column, count in Counter(columns).items() if count > 1)
    if len(columns) > _MANY:
        raise _refused(f"{name}:1", f"it has {len(columns):,} columns; {_MANY:,} are the most")
    if not columns or twice:
        found = f"it names {twice[0]!r} twice" if twice else "it is empty"
        raise _refused(f"{name}:1", f"the first line has to name each column once; {found}")
    return columns


def _cells_fault(cells: list[str], columns: list[str], taken: list[bytes]) -> str | None:
    if cells and len(cells) != len(columns):
        return f"it has {len(cells)} cells, and the header {len(columns)} columns"
    try:
        b"".join(taken).decode()
    except UnicodeDecodeError:
        return "it is not UTF-8; save the file as UTF-8"
    return None
