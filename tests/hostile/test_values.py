"""JSON, numbers, encodings and identifiers: what no reader takes for something else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli_tools import run, small_ledger
from factledger import Actor, FactledgerError, Ledger, Refused, Source
from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.dates.instants import as_instant
from factledger.dates.queries import parse_query
from factledger.errors import Damaged, DateError, NotFound, WriteRefused
from factledger.intake.documents import MAX_FILE
from factledger.log.canonical import canonical, strict_loads
from factledger.log.limits import MAX_DEPTH, MAX_INT
from factledger.log.lines import MAX_LINE, chain
from factledger.log.stores.jsonl_file import MAX_APPEND
from hostile_tools import HEADER, chained, forged

NOTE = '{"kind": "note", "text": "t", "citations": [{"source": "gazette", "locator": %s}]}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the small ledger."""
    small_ledger(tmp_path).close()
    return tmp_path


def refused_draft(folder: Path, data: bytes, name: str = "draft.json") -> str:
    """Return in how many words a draft is refused; the ledger keeps its bytes."""
    before = (folder / "ledger.jsonl").read_bytes()
    (folder / name).write_bytes(data)
    said = run("append", str(folder / name), "-l", str(folder))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"{folder / name}")
    assert (folder / "ledger.jsonl").read_bytes() == before
    return said.err.replace(f"{folder}/", "")


# --- JSON


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("[" * 33 + "]" * 33, "nested deeper than 32 levels"),
        ("[" * 100_000 + "]" * 100_000, "nested deeper than 32 levels"),
        ('{"a":' * 40 + "1" + "}" * 40, "nested deeper than 32 levels"),
        ("9007199254740992", "an integer beyond 2^53 - 1"),
        ("-9007199254740992", "an integer beyond 2^53 - 1"),
        ("1" * 5_000, "an integer beyond 2^53 - 1"),
        ("NaN", "NaN is not an integer"),
        ("Infinity", "Infinity is not an integer"),
        ("-Infinity", "-Infinity is not an integer"),
        ("1e999", "1e999 is not an integer"),
        ("1.0", "1.0 is not an integer"),
        ("-0.0", "-0.0 is not an integer"),
        ('{"a": 1, "a": 2}', "duplicate key 'a'"),
        ('{"a": 1, "\\u0061": 2}', "duplicate key 'a'"),
        ('"\\ud800"', "lone surrogate"),
        ('"\\udc00\\ud800"', "lone surrogate"),
        ('{"A": 1}', "key 'A' is not a text of a-z, 0-9 and _"),
        ('{"\\u0430": 1}', "key 'а' is not a text of a-z, 0-9 and _"),
        ("01", "not JSON"),
        ("+1", "not JSON"),
        ("٥", "not JSON"),
        ("'x'", "not JSON"),
        ('"a\nb"', "not JSON"),
        ('"tab\there"', "not JSON"),
        ("1 2", "not JSON"),
        ("", "not JSON"),
    ],
    ids=lambda text: text[:24],
)
def test_json_outside_the_profile_is_refused_everywhere(
    value: str, fault: str, folder: Path
) -> None:
    """No reader of JSON takes what another could take for something else."""
    with pytest.raises(ValueError, match=re.escape(fault)) as refused:
        strict_loads(value.encode())
    assert "\n" not in str(refused.value)
    if fault != "not JSON" or "\n" not in value:
        assert len(refused_draft(folder, (NOTE % value).encode()).splitlines()) == 1


def test_the_limits_of_json_are_those_that_are_written_down() -> None:
    """32 levels, whole numbers of 53 bits, lines of 1 MiB, files of 256 MiB."""
    assert (MAX_DEPTH, MAX_INT, MAX_LINE, MAX_FILE) == (32, 2**53 - 1, 2**20, 2**28)
    deep: Any = 1
    for _ in range(32):
        deep = [deep]
    assert strict_loads(canonical(deep)) == deep


# --- encodings


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252"]
)
def test_text_in_another_encoding_is_refused(encoding: str, folder: Path) -> None:
    """A draft, a ledger and a line are UTF-8 without a mark, and nothing else is tried."""
    text = (NOTE % '"é"').encode(encoding)
    refused_draft(folder, text)
    with pytest.raises(ValueError, match=r"UTF-8|byte order mark|not JSON"):
        strict_loads(text)
    path = folder / "other.jsonl"
    path.write_bytes((folder / "ledger.jsonl").read_bytes().decode().encode(encoding))
    said = run("log", "-l", str(path))
    assert (said.code, said.out) == (1, "") or encoding == "cp1252"


@pytest.mark.parametrize(
    "raw",
    [b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x28\xa1"],
    ids=bytes.hex,
)
def test_bytes_that_are_no_utf_8_are_refused(raw: bytes, folder: Path) -> None:
    """Broken, overlong and half characters are refused in a draft, a text and a line."""
    assert "not UTF-8" in refused_draft(folder, (NOTE % '"x"').encode().replace(b"x", raw))
    assert "not UTF-8" in refused_draft(folder, b'[[note]]\ntext = "' + raw + b'"\n', "draft.toml")
    body = b'{"kind":"note","text":"' + raw + b'"}'
    said = run("log", "-l", str(forged(folder / "forged", [body])))
    assert (said.code, said.out) == (1, "")
    assert ":2: damaged: its body is not a record" in said.err
    (folder / "text.txt").write_bytes(raw)
    assert (
        "is not UTF-8"
        in run("verify", "-l", str(folder), "--text", f"gazette={folder}/text.txt").err
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw + b" ",
        lambda raw: raw + b"\r",
        lambda raw: b" " + raw,
        lambda raw: raw.replace(b'"batch":1,', b'"batch":01,'),
        lambda raw: raw.replace(b'"batch":1,', b'"batch":1.0,'),
        lambda raw: raw.replace(b'"batch":1,', b'"batch":+1,'),
        lambda raw: raw.replace(b'"batch":1,', '"batch":١,'.encode()),
        lambda raw: raw.replace(b'"batch":1,', b'"batch":1_0,'),
        lambda raw: raw.replace(b'"batch":1,', b'"batch":' + b"9" * 400 + b","),
        lambda raw: raw.replace(b'"batch":1,', b'"batch":1,"batch":1,'),
        lambda raw: raw.replace(b'"seq":1}', b'"seq":1,"x":1}'),
        lambda raw: raw.replace(b'"at":"2', b'"at":"\\u0032'),
        lambda raw: raw.replace(b"2024", "２０２４".encode()),
        lambda raw: raw[:-1] + b"x" * MAX_LINE + b"}",
        lambda raw: b"[" * 100_000,
        lambda raw: b'{"at":"' + b"[" * 100_000,
    ],
)
def test_a_line_is_written_in_one_way(change: Callable[[bytes], bytes]) -> None:
    """A line that says the same in other bytes, or holds other digits, is damage."""
    (line,) = chained([canonical(HEADER)])
    assert change(line.encode()) != line.encode()
    with pytest.raises(Damaged) as damage:
        list(chain([change(line.encode())]))
    assert "\n" not in str(damage.value)


def test_a_file_without_an_end_of_line_is_read_no_further_than_a_line(folder: Path) -> None:
    """A line of many gigabytes is refused after its first megabyte."""
    with (folder / "ledger.jsonl").open("r+b") as file:
        file.seek(0, 2)
        file.write(b'{"at":"')
        file.truncate(2**34)  # holes, as in a file that is sixteen gigabytes and takes none
    said = run("log", "-l", str(folder))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"{folder}/ledger.jsonl:13: damaged: ")


def test_an_append_is_no_longer_than_what_counts_as_unfinished(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a crash may leave behind is bounded, for an append is: 256 MiB of lines."""
    assert MAX_APPEND == 2**28
    monkeypatch.setattr("factledger.log.stores.jsonl.MAX_APPEND", 500)
    note = {"kind": "note", "text": "t" * 500, "citations": [{"source": "gazette", "locator": "l"}]}
    with Ledger.open(folder) as ledger, pytest.raises(WriteRefused, match="append in parts"):
        ledger.append(note)
    monkeypatch.undo()
    with Ledger.open(folder) as ledger:
        assert [entry.number for entry in ledger.append(note)] == [13]


# --- numbers and dates

DIGITS = ["٥", "५", "５", "𝟓", "+5", "1_0", " 5", "5 ", "0x5", "5.0", "5e0", "", "--5", "1" * 40]


@pytest.mark.parametrize("text", DIGITS)
def test_a_number_is_written_in_ascii_digits(text: str, folder: Path) -> None:
    """Where the command line wants a number, nothing else is taken for one."""
    for words in (
        ("log", "--limit", text),
        ("append", "x.toml", "--wait", text) if text not in ("5.0",) else ("log", "--limit", text),
        ("asof", "2023", "--recorded", text),
        ("show", text),
        ("why", f"#{text}"),
    ):
        said = run(*words, "-l", str(folder))
        assert said.code in (1, 2), words
        assert len(said.err.splitlines()) == 1
    draft = f"[[retract]]\ntarget = {json.dumps(text)}\nreason = 'r'\n"
    refused_draft(folder, draft.encode(), "draft.toml")


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e5", "-1", "1e308", "١"])
def test_a_wait_is_a_number_of_seconds(text: str, folder: Path) -> None:
    """Nobody waits for what is not a number, nor for ever."""
    said = run("append", "x.toml", "--wait", text, "-l", str(folder))
    assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize(
    "text",
    ["٢٠٢٣", "２０２３-０４-０１", "2023-٠٤", "+2023", "2_23", " 2023", "2023 ", "2023-04-01\n", "２ days ago", "-0000",
     "2023-04-0１", "𝟐𝟎𝟐𝟑", "2023\u200b", "20\u061c23", "2023−04", "[2020..2021", "1" * 100_000, "/" * 100_000, "X" * 4 + "-" + "X" * 99],
    ids=lambda text: ascii(text)[:20],
)  # fmt: skip
def test_a_date_is_written_in_ascii_digits(text: str) -> None:
    """No parser of dates takes other digits, signs, blanks or marks without width."""
    for read in (parse, Day.parse, lambda t: parse_query(t, lambda: Day(1))):  # type: ignore[arg-type,return-value]
        with pytest.raises(DateError) as refused:
            read(text)
        assert len(str(refused.value)) < 400
    with pytest.raises((NotFound, DateError)):
        as_instant(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("0900-01-01T00:00:00Z", "0900-01-01T00:00:00.000000Z"),
        ("2026-11-24T12:00:00+02:00", "2026-11-24T10:00:00.000000Z"),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("2026-11-24\u202e12:00:00Z", None),
        ("2026-11-24T12:00:00", None),
    ],
)
def test_an_instant_has_four_digits_of_a_year(text: str, read: str | None, folder: Path) -> None:
    """An instant is written so that instants sort as texts; one that cannot be is refused."""
    said = run("asof", "2023", "--recorded", text, "-l", str(folder))
    if read is None:
        with pytest.raises(NotFound):
            as_instant(text)
        assert (said.code, len(said.err.splitlines())) == (2, 1)
    else:
        assert as_instant(text) == read
        assert said.code == 0


# --- identifiers and names


@pytest.mark.parametrize(
    "name",
    [
        "JPN\u200b", "J\u200dPN", "\u202eNPJ", "JPN\ufeff", "JPN\u00ad", "JРN", "ЈPN", "ＪＰＮ", "J\u0301PN", "jpñ",
        "jpn\u0303", "JPN\n", "JPN\0", "../JPN", "/etc/passwd", "a/b", "a\\b", "..", ".", "-x", "con:", "JPN ", "", "a" * 101,
        "\U0001d5dd", "ſ", "\u212a", "٥",
    ],
    ids=ascii,
)  # fmt: skip
def test_an_identifier_has_no_twin(name: str, folder: Path) -> None:
    """An id, a label and an origin are ASCII: no composed twins, no look-alikes, no paths."""
    for table in (
        {"kind": "actor", "id": name, "category": "country", "names": ["N"], "iso3166": "NNN"},
        {"kind": "source", "id": name, "title": "T"},
        {"kind": "type", "id": name, "shape": "event"},
        {"kind": "note", "text": "t", "label": name, "citations": [{"source": "gazette", "locator": "l"}]},
    ):  # fmt: skip
        with Ledger.open(folder) as ledger, pytest.raises(Refused, match=r"identifier|record-form"):
            ledger.append(table)
    with pytest.raises((FactledgerError, ValueError)):
        Ledger.create("memory:", origin=name)


@pytest.mark.parametrize(
    "mark",
    [
        "\u202e",
        "\u2066",
        "\u061c",
        "\u200e",
        "\u200b",
        "\ufeff",
        "\x1b",
        "\x00",
        "\x85",
        "\u2028",
        "\ue000",
        "\U000e0041",
    ],
)
def test_a_name_hides_nothing(mark: str, folder: Path) -> None:
    """Names, titles and our own texts hold nothing that hides or acts; quotations may."""
    with Ledger.open(folder) as ledger:
        for record in (
            Actor(id="x", category="person", names=[f"A{mark}B"]),
            Source(id="x", title=f"A{mark}B"),
            {"kind": "note", "text": f"A{mark}B", "citations": [{"source": "gazette", "locator": "l"}]},
        ):  # fmt: skip
            with pytest.raises(Refused, match="name-visible"):
                ledger.append(record)


def test_names_keep_their_bytes(folder: Path) -> None:
    """Composed and decomposed names are two texts: a name is kept as it was given."""
    names = ["Zoe\u0308", "Zo\u00eb"]
    with Ledger.open(folder) as ledger:
        ledger.append(Actor(id="zoe", category="person", names=names))
        assert list(ledger.belief().actor("zoe").names) == names  # type: ignore[union-attr]
