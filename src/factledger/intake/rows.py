"""Files → rows: CSV, JSON Lines and sheets, read as a stream; each row with its line and its hash."""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Any

from factledger.intake.documents import refused_by, unreadable
from factledger.intake.reading.encodings import LONGEST_ROW, utf8_lines
from factledger.intake.reading.nested import object_cells
from factledger.intake.reading.row import FileRow, Input, row_hash
from factledger.intake.reading.sheets import sheet_rows
from factledger.intake.shipped.ftm import ftm_rows
from factledger.intake.shipped.gdelt import GDELT_1, GDELT_2, gdelt_rows
from factledger.intake.shipped.wikidata import wikidata_rows
from factledger.log.canonical import unique_keys

ROW_FORMATS = ("csv", "jsonl", "xlsx", "gdelt", "wikidata", "ftm")
_SUFFIXES = {".csv": ("csv", ","), ".tsv": ("csv", "\t"), ".jsonl": ("jsonl", ""), ".ndjson": ("jsonl", ""), ".xlsx": ("xlsx", "")}  # fmt: skip
_PACKED: dict[str, Any] = {".gz": gzip.open, ".xz": lzma.open}
_BOM = b"\xef\xbb\xbf"
_TOO_LONG = f"a row is longer than {LONGEST_ROW:,} bytes"
_MANY = 10_000  # columns
_refused = partial(refused_by, "import-readable")


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
    except UnicodeDecodeError as error:
        wide = ", such as 'utf-16-le'" if b"\0" in error.object[:2] else ""
        told = f"it is not {error.encoding} throughout; say [input] encoding{wide}"
        raise _refused(path, told) from None


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
    return found, delimiter or ("\t" if found == "gdelt" else named[1] or ",")


def read_rows(
    lines: Iterable[bytes], name: str, form: str, delimiter: str = ",", encoding: str = "UTF-8"
) -> Iterator[FileRow]:
    """Yield the rows that the lines of a file hold, in order; blank lines are passed over.

    The lines are UTF-8, `encoding` is what the file is said to be in. A column without a name
    cannot be named, and cells beyond the header are passed over where they are empty. Raises
    `Refused` for a CSV file whose header names a column twice, and for a row of more than 1 MiB: a
    small file can unpack to one that no memory holds.
    """
    lines = _short(lines, name)
    if form == "jsonl":
        return _objects(lines, encoding)
    return _records(lines, name, delimiter, encoding)


def rows_of_file(given: Input, path: str, name: str) -> Iterator[FileRow]:
    """Yield the rows of a file as it is to be read; `name` stands for it in problems.

    Raises `Refused` as `read_rows` does, and where the file cannot be read.
    """
    form, delimiter = row_format(path, given.format, given.delimiter, name)
    if form == "xlsx":
        yield from _sheet_records(path, name, given.sheet)
        return
    with unpacked_file(path) as raw:
        lines, encoding = utf8_lines(raw, given.encoding), given.encoding or "UTF-8"
        if form in _READERS:
            yield from _READERS[form](_short(lines, name), name, encoding)
        else:
            yield from read_rows(lines, name, form, delimiter, encoding)


def _gdelt(lines: Iterable[bytes], name: str, encoding: str) -> Iterator[FileRow]:
    """Yield the events of a file that has no header; how many cells a line has tells its version."""
    lines = iter(lines)
    first = next(lines, b"")
    columns = GDELT_2 if first.count(b"\t") + 1 >= len(GDELT_2) else GDELT_1
    header = "\t".join(columns).encode() + b"\n"
    if first.upper().startswith(b"GLOBALEVENTID"):  # somebody wrote one
        header, first = first, b""
    given = _records(chain([header], [first] if first else [], lines), name, "\t", encoding)
    shift = int(bool(first))
    yield from gdelt_rows(row._replace(line=row.line - shift) for row in given)


def _wikidata(lines: Iterable[bytes], name: str, encoding: str) -> Iterator[FileRow]:
    try:
        yield from wikidata_rows(lines)
    except (ValueError, AttributeError, RecursionError) as error:
        raise _refused(name, f"no items of Wikidata: {error}") from None


def _ftm(lines: Iterable[bytes], name: str, encoding: str) -> Iterator[FileRow]:
    """Yield entities: a line of JSON each, or gathered from the statements of a CSV file."""
    lines = iter(lines)
    first = next(lines, b"")
    if first.lstrip()[:1] == b"{":
        yield from _objects(chain([first], lines), encoding)
    else:
        yield from ftm_rows(_records(chain([first], lines), name, ",", encoding))


_READERS = {"gdelt": _gdelt, "wikidata": _wikidata, "ftm": _ftm}


def _short(lines: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Yield lines, the first without a byte order mark; one that is too long is refused."""
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_ROW:
            raise _refused(f"{name}:{number}", _TOO_LONG)
        yield line if number > 1 else line.removeprefix(_BOM)


# --- JSON Lines


def _objects(lines: Iterable[bytes], encoding: str) -> Iterator[FileRow]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            cells, fault = _object(line, encoding)
            yield FileRow(number, row_hash(line), cells, fault, line)


def _object(line: bytes, encoding: str) -> tuple[dict[str, str], str | None]:
    try:
        found = _decoder.decode(line.decode())
    except UnicodeDecodeError:
        return {}, _not_in(encoding)
    except json.JSONDecodeError as error:
        return {}, f"not JSON: {error.msg} at character {error.pos + 1} of the line"
    except (ValueError, RecursionError) as error:
        return {}, f"not JSON: {error}"
    if not isinstance(found, dict):
        return {}, f"wanted an object, found {_named(found)}"
    try:
        return object_cells(found), None
    except ValueError as error:
        return {}, str(error)


def _not_in(encoding: str) -> str:
    return f"it is not {encoding}; {_SAVE if encoding == 'UTF-8' else _OTHER}"


def is_of_encoding(fault: str) -> bool:
    """Return whether what is wrong with a row is the encoding of its file."""
    return fault.startswith("it is not ") and fault.endswith((_SAVE, _OTHER))


_SAVE = "say [input] encoding, such as 'cp1252', or save the file as UTF-8"
_OTHER = "say another [input] encoding"


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


def _records(lines: Iterable[bytes], name: str, delimiter: str, encoding: str) -> Iterator[FileRow]:
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
            fault = _cells_fault(cells, columns, source.taken, encoding)
        if any(cells) or fault:
            named = {} if fault else _named_cells(columns, cells)
            raw = b"".join(source.taken)
            yield FileRow(first, row_hash(raw), named, fault, raw, columns)


def _named_cells(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    found = dict(zip(columns, cells, strict=False))
    found.pop("", None)
    return found


def _header(reader: Iterator[list[str]], name: str) -> list[str]:
    try:
        columns = next(reader, [])
    except csv.Error as error:
        raise _refused(f"{name}:1", f"not CSV: {error}") from None
    _check_header(columns, name)
    return columns


def _check_header(columns: list[str], name: str) -> None:
    twice = sorted(column for column, count in Counter(columns).items() if column and count > 1)
    if len(columns) > _MANY:
        raise _refused(f"{name}:1", f"it has {len(columns):,} columns; {_MANY:,} are the most")
    if not any(columns) or twice:
        found = f"it names {twice[0]!r} twice" if twice else "it is empty"
        raise _refused(f"{name}:1", f"the first line has to name each column once; {found}")


def _cells_fault(
    cells: list[str], columns: list[str], taken: list[bytes], encoding: str
) -> str | None:
    if cells and (len(cells) < len(columns) or any(cells[len(columns) :])):
        return f"it has {len(cells)} cells, and the header {len(columns)} columns"
    try:
        b"".join(taken).decode()
    except UnicodeDecodeError:
        return _not_in(encoding)
    return None


# --- sheets


def _sheet_records(path: str, name: str, sheet: str | None) -> Iterator[FileRow]:
    columns: list[str] | None = None
    try:
        for number, found in sheet_rows(path, sheet):
            if columns is None:
                columns = found if isinstance(found, list) else []
                _check_header(columns, name)
                continue
            yield _sheet_row(number, found, columns)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError):
            raise unreadable(error, "import-readable", name, "the file") from None
        raise _refused(name, str(error)) from None
    if columns is None:
        raise _refused(name, "the first line has to name each column once; it is empty")


def _sheet_row(number: int, found: list[str] | str, columns: list[str]) -> FileRow:
    if sum(map(len, found)) > LONGEST_ROW:
        found = _TOO_LONG
    raw = json.dumps(found, ensure_ascii=False).encode(errors="surrogatepass")
    if isinstance(found, str):
        return FileRow(number, row_hash(raw), {}, found, raw, columns)
    if len(found) > len(columns):
        told = f"it has {len(found)} cells, and the header {len(columns)} columns"
        return FileRow(number, row_hash(raw), {}, told, raw, columns)
    padded = [*found, *[""] * (len(columns) - len(found))]
    return FileRow(number, row_hash(raw), _named_cells(columns, padded), None, raw, columns)
