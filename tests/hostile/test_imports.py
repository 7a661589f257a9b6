"""Files of other people to import: bombs, twins, endless rows, and maps that go too deep."""

from __future__ import annotations

import gzip
import lzma
import os
import struct
import tracemalloc
import zipfile
import zlib
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook

from cli_tools import Said, run
from factledger.errors import FieldError, Refused
from factledger.intake.maps.expressions import edtf_of
from factledger.intake.reading.encodings import LONGEST_ROW
from factledger.intake.reading.row import Input
from factledger.intake.rows import rows_of_file

MAP = """
[ledger]
origin = "rows"
[[source]]
id = "s"
title = "S"
[[actor]]
id = "JPN"
category = "country"
names = ["Japan"]
iso3166 = "JPN"
[row]
key = "{key}"
[row.claim]
kind = "event"
type = "CONSULT"
mode = "visit"
when = { is = "{when}", format = "%d/%m/%Y" }
participants = [{ role = "actor", actor = "JPN" }, { role = "recipient", actor = "JPN" }]
"""
GOOD = b"key,when\nk1,03/05/2021\n"


def imported(folder: Path, name: str, data: bytes, given: str = MAP) -> Said:
    """Return what importing a file says; nothing is to be written where it fails."""
    (folder / "map.toml").write_text(given, encoding="utf-8")
    (folder / name).write_bytes(data)
    said = run(
        "import", "-m", str(folder / "map.toml"), str(folder / name), "-l", str(folder / "new")
    )
    assert said.code == 0 or not (folder / "new").exists()
    return said


def refusal(folder: Path, name: str, data: bytes, given: str = MAP) -> str:
    """Return the line in which an import is refused, without the folder."""
    said = imported(folder, name, data, given)
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    return said.err.strip().replace(f"{folder}/", "")


def test_a_good_file_is_imported(tmp_path: Path) -> None:
    """What is refused below is refused for its own fault."""
    assert imported(tmp_path, "rows.csv", GOOD).code == 0


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_bomb_is_refused_before_it_unpacks(suffix: str, form: str, tmp_path: Path) -> None:
    """A small file that unpacks to one endless row is refused, and little of it is ever held."""
    pack = gzip.compress if suffix == ".gz" else partial(lzma.compress, preset=0)
    begin = GOOD if form == "csv" else b'{"key": "k"}\n'
    data = pack(begin + b" " * 40 * LONGEST_ROW)
    assert len(data) < LONGEST_ROW
    tracemalloc.start()
    said = refusal(tmp_path, f"rows.{form}{suffix}", data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said == (
        f"rows.{form}{suffix}:{begin.count(10) + 1}: import-readable: a row is longer than 1,048,576 bytes"
    )
    assert most < 30 * LONGEST_ROW


def test_a_row_of_endless_lines_is_refused(tmp_path: Path) -> None:
    """A CSV row that goes on over many lines may have no more bytes than one on a line."""
    cells = b",".join([b'"' + b"a\n" * 1000 + b'"'] * 1000)
    assert refusal(tmp_path, "rows.csv", GOOD + cells) == (
        "rows.csv:3: import-readable: a row is longer than 1,048,576 bytes"
    )


def test_a_dictionary_of_gigabytes_costs_nothing(tmp_path: Path) -> None:
    """An .xz that announces four gigabytes of memory is read in as much as it holds."""
    raw = bytearray(lzma.compress(GOOD, preset=0))
    size = (raw[12] + 1) * 4
    raw[12 + raw[12 : 12 + size].index(0x21) + 2] = 40  # the size of the dictionary: 4 GiB
    raw[8 + size : 12 + size] = struct.pack("<I", zlib.crc32(bytes(raw[12 : 8 + size])))
    assert imported(tmp_path, "rows.csv.xz", bytes(raw)).code == 0


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_a_packed_file_may_be_broken_anywhere(suffix: str, tmp_path: Path) -> None:
    """A packed file that is cut or changed is refused in a line, or says the same."""
    data = (gzip.compress if suffix == ".gz" else lzma.compress)(GOOD)
    for place in range(len(data)):
        for broken in (
            data[:place],
            data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :],
        ):
            said = imported(tmp_path, f"rows.csv{suffix}", broken)
            if said.code:
                assert len(said.err.splitlines()) <= 3
                assert said.err.startswith(str(tmp_path))
            else:
                return_to_nothing(tmp_path)


def return_to_nothing(folder: Path) -> None:
    """Take away the ledger that an import made."""
    for path in sorted((folder / "new").iterdir()):
        path.unlink()
    (folder / "new").rmdir()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"key": "a", "key": "b"}', "not JSON: duplicate key 'key'"),
        (b'{"key": "a", "k\\u0065y": "b"}', "not JSON: duplicate key 'key'"),
        (b"[" * 100_000, "not JSON: maximum recursion depth exceeded"),
        (b"[" * 500 + b"]" * 500, "wanted an object, found a list"),
        (b"[" * 980 + b"]" * 980, ""),
        (b"9" * 100_000, "wanted an object, found 9999999999999999999999999999999999999999"),
        (b'"\xed\xa0\x80"', "it is not UTF-8; say [input] encoding"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_json_line_is_read_strictly(line: bytes, fault: str, tmp_path: Path) -> None:
    """A row of JSON that says two things at once, or goes too deep, is no row."""
    assert refusal(tmp_path, "rows.jsonl", line + b"\n").startswith(
        f"rows.jsonl:1: import-readable: {fault}"
    )


def test_half_of_a_pair_of_surrogates_is_refused(tmp_path: Path) -> None:
    """What JSON can write and UTF-8 cannot does not reach the ledger."""
    row = b'{"key": "k1", "when": "03/05/2021", "text": "\\ud800"}\n'
    given = MAP.replace("when =", 'text = "{text}"\nwhen =')
    said = refusal(tmp_path, "rows.jsonl", row, given)
    assert "lone surrogate" in said
    assert said.startswith("rows.jsonl:1: ")


def test_a_header_of_very_many_columns_is_refused(tmp_path: Path) -> None:
    """Half a million columns take no time that grows as their square."""
    said = refusal(tmp_path, "rows.csv", b",".join([b"%x" % n for n in range(150_000)]) + b"\n")
    assert said == "rows.csv:1: import-readable: it has 150,000 columns; 10,000 are the most"
    some = b",".join(b"c%d" % n for n in range(9_999)) + b"\n1" + b"," * 9_998 + b"\n"
    told = refusal(tmp_path, "rows.csv", some)
    assert told.endswith("c17, c18, c19, ...")
    assert len(told) < 300


def test_a_very_long_cell_is_refused(tmp_path: Path) -> None:
    """A cell has at most 131,072 characters."""
    said = refusal(tmp_path, "rows.csv", GOOD + b"a" * 200_000 + b",x\n")
    assert said == "rows.csv:3: import-readable: not CSV: field larger than field limit (131072)"


def test_ten_thousand_problems_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of nothing but faults is not read to its end."""
    said = imported(tmp_path, "rows.csv", b"key,when\n" + b"x\n" * 50_000)
    *first, last, more = said.err.splitlines()
    assert len(first) == 10
    assert last.endswith("10,000 problems or more; what comes below was not looked at")
    assert "rows.csv: import-readable: 9,990 more like that of line 2; " in more
    monkeypatch.setenv("FACTLEDGER_PROBLEMS", "all")
    lines = imported(tmp_path, "rows.csv", b"key,when\n" + b"x\n" * 50_000).err.splitlines()
    assert (len(lines), lines[-1]) == (10_001, last)


def test_the_encoding_is_told_once_a_file(tmp_path: Path) -> None:
    """That rows are in another encoding is one problem of the file, however many there are."""
    rows = b"".join(b"k%d\xe9,03/05/2021\n" % n for n in range(20_000))
    advice = "it is not UTF-8; say [input] encoding, such as 'cp1252', or save the file as UTF-8"
    said = refusal(tmp_path, "rows.csv", b"key,when\n" + rows)
    assert said == f"rows.csv:2: import-readable: {advice}; nor are 19,999 more rows"
    said = refusal(tmp_path, "rows.csv", GOOD + b"k2\xe9,x\nk3\xe9,x\n")
    assert said == f"rows.csv:3: import-readable: {advice}; nor is 1 more row"
    said = refusal(tmp_path, "rows.csv", GOOD + b"k2\xe9,x\n")
    assert said == f"rows.csv:3: import-readable: {advice}"


def test_rows_in_a_wrong_order_are_told_in_some_lines(tmp_path: Path) -> None:
    """Rows that were recorded before those above them are one kind of problem, told ten times."""
    given = MAP.replace('key = "{key}"', 'key = "{key}"\nrecorded = "{at}"')
    rows = b"".join(
        b"k%d,03/05/2020,2021-01-01T%02d:%02d:00Z\n" % (n, 23 - n // 60, 59 - n % 60)
        for n in range(1_000)
    )
    said = imported(tmp_path, "rows.csv", b"key,when,at\n" + rows, given)
    *first, last = said.err.splitlines()
    assert (said.code, len(first)) == (1, 10)
    assert "rows.csv: import-recorded: 989 more like that of line 3; " in last


@pytest.mark.parametrize(
    "digits", ["٠٣/٠٥/٢٠٢١", "０３/０５/２０２１", "03/05/202１", "+3/05/2021", "0_3/05/2021"]
)
def test_a_date_is_written_in_ascii_digits(digits: str, tmp_path: Path) -> None:
    """Digits of other scripts, signs and underscores make no date."""
    said = refusal(tmp_path, "rows.csv", GOOD + f"k2,{digits}\n".encode())
    assert "is not a date in the format" in said


@pytest.mark.parametrize(
    "form", ["%d %d %Y", "%", "%Q", "%d" * 50 + "%Y", "(", "%H:%M", "\0%d %Y", "[%d %Y"]
)
def test_a_format_of_a_date_may_be_nonsense(form: str) -> None:
    """A format that means nothing is refused with the value that it was to read."""
    with pytest.raises(FieldError, match="is not a date in the format"):
        edtf_of("03/05/2021", form, "when")


DEEP = "[" * 200 + "]" * 200


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (f"x = {DEEP}", "not TOML: nested deeper than 32 levels"),
        ("x = " + "[" * 100_000, "not TOML: nested deeper than 32 levels"),
        (f"[{'.'.join('a' * 100)}]", "not TOML: nested deeper than 32 levels"),
        (".".join("a" * 100) + " = 1", "not TOML: nested deeper than 32 levels"),
        ("x = " + "{a = " * 50 + "1" + "}" * 50, "not TOML: nested deeper than 32 levels"),
        ("x = " + "9" * 5000, "not TOML: an integer beyond 2^53 - 1; write it as a text"),
        ("x = 0x" + "f" * 5000, "not TOML: an integer beyond 2^53 - 1; write it as a text"),
        ("x = 1e999\n", "x: unknown key"),
        ("x = nan\n", "x: unknown key"),
        (MAP.replace('"{key}"', '"{key:.٥}"'), "rows.csv has no column 'key:.٥'"),
        (MAP.replace('"{key}"', '"{key:.%s}"' % ("9" * 5000)), "rows.csv has no column 'key:.99"),
        (MAP.replace('"{key}"', '"' + "{" * 9999 + '"'), "row.key: a '{' stands alone"),
        (MAP.replace('"{key}"', "2021-05-03"), "row.key: "),
    ],
    ids=lambda value: value[:40].strip(),
)
def test_a_map_goes_no_deeper_than_a_line(given: str, fault: str, tmp_path: Path) -> None:
    """A map nests as deep as a record at most, and holds no endless numbers."""
    said = refusal(tmp_path, "rows.csv", GOOD, given)
    if "2021-05-03" not in given:
        assert said.startswith(f"map.toml: import-map: {fault}")


def test_a_map_may_be_no_text_at_all(tmp_path: Path) -> None:
    """Bytes that are no UTF-8, a folder and a device are no map."""
    (tmp_path / "rows.csv").write_bytes(GOOD)
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    os.mkfifo(tmp_path / "pipe")
    for name in (str(tmp_path / "bad.toml"), str(tmp_path), "/dev/zero", "/dev/full"):
        said = run("import", "-m", name, str(tmp_path / "rows.csv"), "-l", str(tmp_path / "new"))
        assert (said.code, len(said.err.splitlines())) == (1, 1)
        assert said.err.startswith(f"{name}: import-map: ")


def test_patterns_of_a_map_take_no_time_that_explodes(tmp_path: Path) -> None:
    """A pattern with many stars over a long cell is matched at once: it never goes back far."""
    given = MAP.replace(
        "[row]",
        '[row]\noperation = [{ if = { key = "%s" }, is = "skip" }, { is = "assert" }]'
        % ("*a" * 40 + "b"),
    )
    said = refusal(tmp_path, "rows.csv", b"key,when\n" + b"a" * 50_000 + b"!,03/05/2021\n", given)
    assert "is no label" in said


def test_a_workbook_whose_xml_grows_without_end_is_refused(tmp_path: Path) -> None:
    """Entities that name entities that name entities are not followed far."""
    book = tmp_path / "rows.xlsx"
    made = Workbook()
    assert made.active is not None
    made.active.append(["key", "when"])
    made.save(book)
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    sheet = parts["xl/worksheets/sheet1.xml"].decode().partition("<worksheet")
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    bomb = f"{head}<worksheet{sheet[2]}".replace("key", "&l9;")
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in {**parts, "xl/worksheets/sheet1.xml": bomb.encode()}.items():
            archive.writestr(name, data)
    with pytest.raises(Refused, match=r"rows\.xlsx: import-readable: "):
        [*rows_of_file(Input(), str(book), "rows.xlsx")]
