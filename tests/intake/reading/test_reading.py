"""How files are read: their bytes, nested values, sheets, everyday dates, and rows that are left out."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from factledger import Ledger, MissingExtra, Refused, State
from factledger.intake import import_rows, survey
from factledger.intake.maps.map_file import parse_map
from factledger.intake.reading import sheets
from factledger.intake.reading.encodings import known_encoding, utf8_lines
from factledger.intake.reading.nested import list_cells, object_cells
from factledger.intake.reading.rejects import rejected_rows
from factledger.intake.reading.row import Input
from factledger.intake.rows import rows_of_file

USUAL = Input()
TABLE = "id,name\n1,Zoë\n2,Bob\n"
ROWS = [(2, {"id": "1", "name": "Zoë"}), (3, {"id": "2", "name": "Bob"})]


def read(path: Path, given: Input = USUAL) -> list[tuple[int, dict[str, str] | str]]:
    """Return the line and the cells of each row of a file, or its fault."""
    return [(r.line, r.fault or r.cells) for r in rows_of_file(given, str(path), path.name)]


def refusal(path: Path, given: Input = USUAL) -> str:
    """Return why a file cannot be read."""
    with pytest.raises(Refused) as refused:
        read(path, given)
    return str(refused.value)


# --- bytes


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "stated"),
    [("utf-8", None), ("utf-8-sig", None), ("utf-16", None), ("utf-32", None), ("utf-16-le", "utf-16-le"), ("cp1252", "cp1252"), ("latin-1", "ISO-8859-1")],
)  # fmt: skip
def test_encodings_and_line_ends(
    encoding: str, stated: str | None, ends: str, tmp_path: Path
) -> None:
    """A byte order mark tells the encoding, else the map; lines may end in any way; hashes are of UTF-8."""
    path = tmp_path / "f.csv"
    path.write_bytes(TABLE.replace("\n", ends).encode(encoding))
    assert read(path, Input(encoding=stated)) == ROWS
    plain = tmp_path / "plain.csv"
    plain.write_text(TABLE, encoding="utf-8")
    hashes = [
        [r.sha256 for r in rows_of_file(Input(encoding=e), str(p), "f")]
        for p, e in ((path, stated), (plain, None))
    ]
    assert hashes[0] == hashes[1]


def test_what_is_not_in_its_encoding_is_told(tmp_path: Path) -> None:
    """Of single bytes each row is told, with what to say; of pairs of bytes the file."""
    path = tmp_path / "f.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    advice = "it is not UTF-8; say [input] encoding, such as 'cp1252', or save the file as UTF-8"
    assert read(path) == [(2, advice), ROWS[1]]
    path.write_bytes(b"id,name\n1,\x81\n")
    assert read(path, Input(encoding="cp1252")) == [(2, "it is not cp1252; say another [input] encoding")]  # fmt: skip
    path.write_bytes(TABLE.encode("utf-16")[:-1])
    assert refusal(path) == f"{path}: import-readable: it is not utf-16-le throughout; say [input] encoding"  # fmt: skip
    path.write_bytes(TABLE.encode("utf-16-le"))
    assert refusal(path) == f"{path}: import-readable: it is not utf-8 throughout; say [input] encoding, such as 'utf-16-le'"  # fmt: skip
    (tmp_path / "f.jsonl").write_bytes(b'{"a":"\xff"}\n')
    assert read(tmp_path / "f.jsonl") == [(1, advice)]


@pytest.mark.parametrize("name", ["nix", "rot13", "hex", "idna", "unicode_escape", "utf-7", "a\0b"])
def test_what_is_no_encoding_of_a_file(name: str) -> None:
    """Only what writes text is an encoding."""
    assert not known_encoding(name)
    with pytest.raises(Refused, match="is no encoding that is known"):
        parse_map(f"[input]\nencoding = {json.dumps(name)}\n{MAP}", "m.toml")


def test_a_long_line_comes_in_parts() -> None:
    """No more than a row may have is read at once, whatever the encoding."""
    for encoding in ("utf-8", "utf-16"):
        lines = utf8_lines(io.BytesIO(("x" * 3_000_000).encode(encoding)), None)
        assert max(map(len, lines)) <= 2**20 + 1


def test_columns_without_a_name_and_cells_beyond(tmp_path: Path) -> None:
    """What a spreadsheet leaves at the right and below is passed over, unless there is something in it."""
    path = tmp_path / "f.csv"
    path.write_text("id,name,,\n1,Zoë,,\n,,,\n2,Bob,x,,,\n3,Cy,,,y\n4\n", encoding="utf-8")
    assert read(path) == [
        ROWS[0],
        (4, ROWS[1][1]),
        (5, "it has 5 cells, and the header 4 columns"),
        (6, "it has 1 cells, and the header 4 columns"),
    ]
    path.write_text(",,\n1,2,3\n")
    assert refusal(path).endswith("the first line has to name each column once; it is empty")


# --- nested values


def test_what_is_deep_is_no_column() -> None:
    """Values within eight levels have a path; an object's own key goes before a path that reads alike."""
    held: object = "x"
    for _ in range(8):
        held = {"a": held}
    assert object_cells({"a": held}) == {}
    assert object_cells({"b": {"c": "1"}, "b.c": "2", "d": [True, ["3"]]}) == {"b.c": "2", "d[0]": "true", "d[1][0]": "3"}  # fmt: skip
    assert list_cells({"n[0]": "a", "n[1]": "", "n[2]": "b"}, "n") == ["a", "b"]
    assert list_cells({}, "n") == []
    assert list_cells({"n": "a"}, "n") == ["a"]


def test_a_long_list_is_no_row(tmp_path: Path) -> None:
    """One line with very many values is told, and not spread out in memory."""
    many = json.dumps({"a": [1] * 10_000})
    (tmp_path / "f.jsonl").write_text(f'{many}\n{{"a": [1]}}\n')
    told = "it has 10,000 values or more; give it in parts"
    assert read(tmp_path / "f.jsonl") == [(1, told), (2, {"a[0]": "1"})]


# --- sheets


def workbook(path: Path, *rows: tuple[object, ...], more: str | None = None) -> Path:
    """Return the path of a workbook whose first sheet has rows, with another sheet beside it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if more is not None:
        book.create_sheet(more).append(["x"])
    book.save(path)
    return path


def test_cells_of_a_sheet_are_texts(tmp_path: Path) -> None:
    """Days are as in ISO 8601, whole numbers without a point; empty rows and cells are passed over."""
    path = workbook(
        tmp_path / "f.xlsx",
        ("id", "day", "n", None, "yes"),
        (1, datetime(1950, 5, 2), 1413.0, None, True),
        (None, None, None),
        (2, date(1950, 5, 3), 1.5, None, None),
        ("3", datetime(1950, 5, 2, 12, 30), time(9, 30)),
        more="Other",
    )
    assert read(path) == [
        (2, {"id": "1", "day": "1950-05-02", "n": "1413", "yes": "true"}),
        (4, {"id": "2", "day": "1950-05-03", "n": "1.5", "yes": ""}),
        (5, {"id": "3", "day": "1950-05-02T12:30:00", "n": "09:30:00", "yes": ""}),
    ]
    assert read(path, Input(sheet="Other")) == []
    assert refusal(path, Input(sheet="Third")) == "f.xlsx: import-readable: it has no sheet 'Third'; it has Sheet, Other"  # fmt: skip


def test_what_is_wrong_in_a_sheet(tmp_path: Path) -> None:
    """A cell with the mistake of a formula, more cells than the header, a sheet without one."""
    path = workbook(tmp_path / "f.xlsx", ("id", "n"), ("1", "#N/A"), ("2", "x", "y"))
    assert read(path) == [
        (2, "a cell holds #N/A, which is the mistake of a formula"),
        (3, "it has 3 cells, and the header 2 columns"),
    ]
    assert refusal(workbook(tmp_path / "e.xlsx")).endswith("name each column once; it is empty")
    assert refusal(workbook(tmp_path / "t.xlsx", ("a", "a"))).endswith("it names 'a' twice")
    assert refusal(workbook(tmp_path / "x.xlsx", ("#REF!",))).endswith("it is empty")


def test_what_is_no_workbook(tmp_path: Path) -> None:
    """A file that is something else, or damaged, or not there, is told in words."""
    path = tmp_path / "f.xlsx"
    assert (
        refusal(path) == "f.xlsx: import-readable: cannot read the file: no such file or directory"
    )
    path.write_text(TABLE)
    assert refusal(path) == "f.xlsx: import-readable: it is no workbook (.xlsx)"
    assert sheets._row((1413.0, "x", "", None)) == ["1413", "x"]  # as other programs write them
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "it cannot be read as a workbook (.xlsx): " in refusal(path)


def test_a_row_of_a_sheet_that_is_too_long(tmp_path: Path) -> None:
    """A row has at most 1 MiB, in a sheet as in a file of lines."""
    path = workbook(tmp_path / "f.xlsx", tuple(f"c{i}" for i in range(40)), ("x" * 30_000,) * 40)
    assert read(path) == [(2, "a row is longer than 1,048,576 bytes")]


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("MOST_UNPACKED", "unpacked it has more than 100 bytes; save it as CSV"),
        ("MOST_STRINGS", "its texts have more than 100 bytes; save it as CSV"),
    ],
)
def test_a_workbook_that_unpacks_to_too_much(
    limit: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a workbook says of its size is looked at before anything of it is unpacked."""
    monkeypatch.setattr(sheets, limit, 100)
    assert refusal(workbook(tmp_path / "f.xlsx", ("id",), ("a text" * 99,))).endswith(message)


def test_a_workbook_needs_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without openpyxl it is told what to install."""
    path = workbook(tmp_path / "f.xlsx", ("id",))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match=r"pip install 'factledger\[xlsx\]'"):
        read(path)


# --- everyday dates of rows

MAP = """
[[source]]
id = "book"
title = "Town book"

[[actor]]
id = "town"
category = "organization"
names = ["Town"]

[row]
key = "r{line}"

[[row.actor]]
id = "{who:id}"
category = "person"
names = "{who}"

[row.claim]
kind = "state"
type = "membership"
holder = "{who:id}"
party = "town"
since = "{from}"
until = "{to}"
"""


def surveyed(folder: Path, *rows: str, dates: str = 'dates = "historical"', text: str = MAP) -> list[str]:  # fmt: skip
    """Return what is wrong with rows, or what their dates are read as, and the notes."""
    (folder / "f.csv").write_text("\n".join(["who,from,to", *rows, ""]), encoding="utf-8")
    into = Ledger.create("memory:", origin="town")
    found = survey(
        into, parse_map(f"{dates}\n{text}", "m.toml"), str(folder / "f.csv"), name="f.csv"
    )
    if found.problems:
        return list(map(str, found.problems))
    return [*(f"{d.text} = {d.date} ({d.words}) x{d.rows}" for d in found.dates), *found.notes]


def test_dates_are_read_and_told_once(tmp_path: Path) -> None:
    """Each text is told with its reading in words and in how many rows it stands."""
    assert surveyed(tmp_path, "Ann,c. 1383,by 1395", "Bob,c. 1383,?") == [
        "c. 1383 = 1383~ (about 1383) x2",
        "by 1395 = [..1395] (1395 or earlier) x1",
        "? =  (unknown) x1",
    ]


def test_what_has_two_readings_is_asked_once_for_all(tmp_path: Path) -> None:
    """The first row is named, with both readings, the number of rows and the key that answers."""
    rows = ("Ann,03/04/1950,0", "Bob,05/06/1950,1951", "Cy,12 Feb 1380,1381", "Di,1400s,0")
    assert surveyed(tmp_path, *rows) == [
        "f.csv:2: import-dates: row.claim.since: '03/04/1950' is 3 April 1950 (day-month) or 4 March 1950 (month-day) (2 rows ask this); say [dates] order = \"day-month\" or \"month-day\"",
        "f.csv:2: import-dates: row.claim.until: '0' may stand for no date (2 rows ask this); say [dates.fillers] \"0\" = \"\" (not known), \"..\" (still so) or a date",
        "f.csv:4: import-dates: row.claim.since: '12 Feb 1380' is 20 February 1380 (julian) or 12 February 1380 (gregorian); say [dates] calendar = \"julian\" or \"gregorian\"",
        "f.csv:5: import-dates: row.claim.since: '1400s' is between 1400 and 1409 (decade) or between 1400 and 1499 (century); say [dates] hundreds = \"decade\" or \"century\"",
    ]  # fmt: skip


def test_an_answer_that_makes_no_date_is_told_as_none(tmp_path: Path) -> None:
    """A leap day of one calendar alone is asked about: in the other there is no such day."""
    (told,) = surveyed(tmp_path, "Ann,29 Feb 1500,1510")
    assert "'29 Feb 1500' is 10 March 1500 (julian) or no date (gregorian)" in told


def test_of_very_many_dates_the_first_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more texts are kept than somebody can look through; what no answer makes a date is refused."""
    monkeypatch.setattr("factledger.intake.reading.readings._MOST", 1)
    assert surveyed(tmp_path, "Ann,1950,1951") == ["1950 = 1950 (1950) x1"]
    (told,) = surveyed(tmp_path, "Ann,12/13/87,1988")
    assert "'12/13/87' is 13 December 87 CE (none) or 13 December 1987 (1900)" in told
    (told,) = surveyed(tmp_path, "Ann,31/02/87,1988")
    assert "'31/02/87' is not a date: that month has days 01 to 28" in told


def test_a_column_of_first_days_is_asked_about(tmp_path: Path) -> None:
    """Days that are all 1 January stand for years, until the map says that they are days."""
    rows = [f"P{year},{year}-01-01,{year + 5}" for year in range(1950, 1954)]
    told = 'f.csv:2: import-dates: row.claim.since: 4 of 4 days are a 1 January, as \'1950-01-01\'; say [dates] first-of-january = "year" where it stands for a year, or "day"'  # fmt: skip
    assert surveyed(tmp_path, *rows) == [told]
    assert surveyed(tmp_path, *rows[:2])[0] == "1950-01-01 = 1950-01-01 (1 January 1950) x1"
    as_year = '[dates]\nfirst-of-january = "year"'
    assert surveyed(tmp_path, *rows, dates=as_year)[0] == "1950-01-01 = 1950 (1950) x1"


def test_what_is_no_date_is_told_with_its_row(tmp_path: Path) -> None:
    """A text of no known form is a problem of its row."""
    (told,) = surveyed(tmp_path, "Ann,fl. 1413,1420")
    assert told.startswith("f.csv:2: import-value: row.claim.since: 'fl. 1413' is not a date: write it as in 12 Feb 1380")  # fmt: skip


def test_parts_of_a_year_in_plain_dates_are_noted(tmp_path: Path) -> None:
    """Where dates stand as they are, two digits that are a part of a year may be meant otherwise."""
    assert surveyed(tmp_path, "Ann,1936-39,", "Bob,1921-22,1922", dates="") == [
        "f.csv:2: 2 dates are read as a part of a year: 1936-39 is the last four months of 1936; a period is written 1936/1939"
    ]  # fmt: skip
    assert surveyed(tmp_path, "Ann,1936-21,", dates="") == [
        "f.csv:2: 1 date is read as a part of a year: 1936-21 is spring 1936"
    ]


def claims(folder: Path, text: str, *rows: str, head: str = "who,from,to") -> list[State]:
    """Return the states that rows become."""
    (folder / "f.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    into = Ledger.create("memory:", origin="town")
    import_rows(into, parse_map(text, "m.toml"), str(folder / "f.csv"))
    assert into.check() == ()
    return [e.record for e in into.entries() if isinstance(e.record, State)]


def test_what_was_worked_out_of_a_date_is_inferred(tmp_path: Path) -> None:
    """A converted day says so, with the words of the file; what is only written otherwise does not."""
    (claim,) = claims(tmp_path, f'[dates]\ncalendar = "julian"\n{MAP}', "Ann,12 Feb 1380,c. 1383")
    assert (str(claim.since), str(claim.until)) == ("1380-02-20", "1383~")
    (inferred,) = claim.inferred
    assert (inferred.field, inferred.reason, inferred.as_said) == ("since", "a day of the Julian calendar", "12 Feb 1380")  # fmt: skip


def test_a_period_in_one_cell_and_an_end_that_is_not_included(tmp_path: Path) -> None:
    """`start` and `end` take a period apart; `before` is the day after the last."""
    text = f'dates = "historical"\n{MAP}'.replace('since = "{from}"\nuntil = "{to}"', 'since = { start = "{from}" }\nuntil = { end = "{from}" }')  # fmt: skip
    found = claims(tmp_path, text, "Ann,1413-1417,", "Bob,1950,", "Cy,1413-,")
    assert [(str(c.since), str(c.until)) for c in found] == [("1413", "1417"), ("1950", "1950"), ("1413", "")]  # fmt: skip
    text = f'dates = "historical"\n{MAP}'.replace('until = "{to}"', 'before = "{to}"')
    (claim,) = claims(tmp_path, text.replace("[row.claim]", "[row.claim]\ninferred = [{ field = 'since', reason = 'x' }]"), "Ann,1950,Michaelmas 1951")  # fmt: skip
    assert (str(claim.until), [i.field for i in claim.inferred]) == (
        "1951-09-28",
        ["since", "until"],
    )


def test_years_before_our_era_in_a_column(tmp_path: Path) -> None:
    """Two counts are in use, so a map says which; without it the row is told."""
    text = MAP.replace('"{from}"', '{ year = "{from}" }').replace(
        '"{to}"', '{ year = "{to}", month = "" }'
    )
    for bce, since in (("historical", "-0043"), ("astronomical", "-0044")):
        (claim,) = claims(tmp_path, f'[dates]\nbce = "{bce}"\n{text}', "Ann,-44,33")
        assert (str(claim.since), str(claim.until)) == (since, "0033")
    assert surveyed(tmp_path, "Ann,-44,33", dates="", text=text) == [
        "f.csv:2: import-value: row.claim.since: '-0044' is 44 BCE or 45 BCE; say [dates] bce = \"historical\" or \"astronomical\""
    ]  # fmt: skip
    (claim,) = claims(tmp_path, text, "Ann,44,133")
    assert (str(claim.since), str(claim.until)) == ("0044", "0133")


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ("dates = 5", "m.toml: import-map: dates: wanted 'historical' or a table [dates], found 5"),
        ("[dates]\norder = 1", "m.toml: import-map: dates.order: wanted 'day-month' or 'month-day', found 1"),
    ],
)  # fmt: skip
def test_a_map_that_says_nothing_of_its_dates(dates: str, message: str) -> None:
    """What cannot be the manner of a file is told by its key."""
    with pytest.raises(Refused) as refused:
        parse_map(f"{dates}\n{MAP}", "m.toml")
    assert str(refused.value) == message


# --- several claims of a row, lines, long keys


def test_two_claims_of_one_row(tmp_path: Path) -> None:
    """Each [[row]] makes a claim of its own of every row; rows are counted once."""
    second = MAP[MAP.index("[row]") :].replace('"r{line}"', '"s{line}"').replace("membership", "cooperation").replace('holder = "{who:id}"\nparty = "town"', 'actor = "{who:id}"\nrecipient = "town"')  # fmt: skip
    text = (MAP + second).replace("[row]", "[[row]]")
    (tmp_path / "f.csv").write_text("who,from,to\nAnn,1950,\nBob,1951,\n")
    into, map_ = Ledger.create("memory:", origin="town"), parse_map(text, "m.toml")
    counts: list[int] = []
    done = import_rows(into, map_, str(tmp_path / "f.csv"), on_rows=counts.append)
    assert (done.found.rows, done.found.new, sum(counts)) == (2, 4, 2)
    labels = [e.record.label for e in into.entries() if isinstance(e.record, State)]
    assert labels == ["r2", "s2", "r3", "s3"]
    again = import_rows(into, map_, str(tmp_path / "f.csv"))
    assert (again.found.entered, again.found.rows, again.before) == (4, 2, again.after)
    (tmp_path / "f.csv").write_text("who,from,to\nAnn,1950\n")
    assert survey(into, map_, str(tmp_path / "f.csv")).rows == 1


def test_a_list_of_names(tmp_path: Path) -> None:
    """`each` takes all values of a list of JSON Lines."""
    (tmp_path / "f.jsonl").write_text(
        '{"who": "a", "p": {"names": ["Ann", "Anna"]}, "from": "1950"}\n'
    )
    text = MAP.replace('names = "{who}"', 'names = { each = "p.names" }').replace('"{to}"', '".."')
    into = Ledger.create("memory:", origin="town")
    import_rows(into, parse_map(text, "m.toml"), str(tmp_path / "f.jsonl"))
    assert into.entry(4).record.names == ("Ann", "Anna")  # type: ignore[union-attr]


def test_names_of_any_letters_and_any_length_are_keys(tmp_path: Path) -> None:
    """An identifier begins as it must, and a long one ends in a hash: different names stay different."""
    names = ["Étienne", "_x", "Владимир Константинович Васнецов-Преображенский", "Владимир Константинович Васнецов-Преображенскій"]  # fmt: skip
    text = MAP.replace('"r{line}"', '"{who:id}.{from}"')
    found = claims(tmp_path, text, *(f"{name},1950," for name in names))
    labels = [claim.label or "" for claim in found]
    assert labels[:2] == ["x__C3_89tienne.1950", "x__5Fx.1950"]
    assert len(set(labels)) == 4
    assert max(map(len, labels)) == 100


# --- rows that are left out

REJECTED = """
[row]
key = "{id}"
operation = "{op}"
retraction = "gone"
[[row.actor]]
id = "{who:id}"
category = "{sort}"
names = "{who}"
[row.claim]
kind = "state"
type = "membership"
source = "book"
holder = "{who:id}"
party = "town"
since = "{from}"
"""


def rejecting(folder: Path, name: str, content: str, given: str = "") -> tuple[Ledger, str]:
    """Return a ledger with the rows of a file that are right, and the others as they are written."""
    (folder / name).write_text(content, encoding="utf-8")
    path, into = str(folder / name), Ledger.create("memory:", origin="town")
    map_ = parse_map(f"{given}\n{MAP[: MAP.index('[row]')]}\n{REJECTED}", "m.toml")
    found = survey(into, map_, path, reject=True)
    assert found.problems == ()
    done = import_rows(into, map_, path, found=found)
    assert done.found.new == found.new
    assert into.check() == ()
    return into, b"".join(rejected_rows(map_.input, path, name, found.rejected)).decode()


def test_rows_that_are_wrong_are_left_out_with_what_rests_on_them(tmp_path: Path) -> None:
    """The others are imported; the file of rejects has the columns of the file and the reason."""
    rows = [
        "1,assert,Ann,person,1950",
        "2,assert,Bob,person,1950-13",
        "2,correct,Bob,person,1951",
        "3,assert,Cy,person",
        '4,assert,"Di, the",nobody,1950',
        '5,assert,"Di, the",person,1950',
        '6,assert,"x"y,person,1950',
    ]
    into, written = rejecting(tmp_path, "f.csv", "\n".join(["id,op,who,sort,from", *rows, ""]))
    labels = [e.record.label for e in into.entries() if isinstance(e.record, State)]
    assert labels == ["1", "5"]  # the fifth declares its actor anew, and rightly
    lines = written.splitlines()
    assert lines[0] == "id,op,who,sort,from,reason"
    assert [line.split(": ")[1] for line in lines[1:]] == [
        "record-form", "import-operation", "import-readable", "record-form", "import-readable"
    ]  # fmt: skip
    assert lines[3] == '3,assert,Cy,person,,"line 5: import-readable: it has 4 cells, and the header 5 columns"'  # fmt: skip

    mended = (
        written.replace("1950-13", "1950-12")
        .replace("Cy,person,,", "Cy,person,1952,")
        .replace("nobody", "person")
    )
    (tmp_path / "mended.csv").write_text("\n".join(mended.splitlines()[:5]) + "\n")
    map_ = parse_map(f"{MAP[: MAP.index('[row]')]}\n{REJECTED}", "m.toml")
    done = import_rows(into, map_, str(tmp_path / "mended.csv"))
    assert done.found.new == 4


def test_rejects_of_other_formats(tmp_path: Path) -> None:
    """Objects keep the digits of their numbers; a reason of before gives way; sheets become CSV."""
    objects = [
        '{"id": "1", "op": "assert", "who": "Ann", "sort": "person", "from": "1950", "n": 1.50}',
        '{"id": "2", "op": "nix", "who": "Ann", "sort": "person", "from": "1950", "n": 1.50}',
        '{"id": "3", "op": "nix", "who": "Ann", "sort": "person", "from": "1950", "reason": "old"}',
        "nix",
    ]
    _, written = rejecting(tmp_path, "f.jsonl", "\n".join(objects) + "\n")
    told = [json.loads(line, parse_float=str) for line in written.splitlines()]
    assert '"n": 1.50, "reason": "line 2: import-value: ' in written
    assert told[1]["reason"].startswith("line 3: import-value: row.operation: 'nix' is not one of")
    assert told[2]["row"] == "nix"
    _, again = rejecting(
        tmp_path, "g.csv", "id,reason,op,who,sort,from\n1,old,nix,Ann,person,1950\n"
    )
    assert again.splitlines()[0] == "id,op,who,sort,from,reason"
    assert "old" not in again
    path = workbook(tmp_path / "s.xlsx", ("id", "op"), ("1", "nix"), ("2", "#N/A"))
    rows = rejected_rows(Input(), str(path), "s.xlsx", {2: ("a",), 3: ("b",)})
    assert b"".join(rows) == b"id,op,reason\n1,nix,line 2: a\n,,line 3: b\n"


def test_what_is_asked_of_the_map_leaves_no_row_out(tmp_path: Path) -> None:
    """A question about dates is answered in the map; nothing is imported before."""
    (tmp_path / "f.csv").write_text("who,from,to\nAnn,03/04/1950,\nBob,nix,\n")
    map_ = parse_map(f'dates = "historical"\n{MAP}', "m.toml")
    found = survey(
        Ledger.create("memory:", origin="town"), map_, str(tmp_path / "f.csv"), reject=True
    )
    assert [p.check for p in found.problems] == ["import-dates"]


def test_too_many_rows_that_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A map of another file is not taken for a file that is all wrong."""
    monkeypatch.setattr(sys.modules["factledger.intake.wrong_rows"], "MOST_REJECTED", 1)
    (tmp_path / "f.csv").write_text("who,from,to\nAnn,nix,\nBob,nix,\n")
    found = survey(Ledger.create("memory:", origin="town"), parse_map(MAP, "m.toml"), str(tmp_path / "f.csv"), reject=True)  # fmt: skip
    assert [p.message for p in found.problems] == ["more than 1 rows are wrong; is it the map of this file?"]  # fmt: skip
