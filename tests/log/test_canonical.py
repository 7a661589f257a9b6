"""Canonical JSON: one value, one text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.log.canonical import canonical, decoded, strict_loads
from factledger.log.limits import MAX_BYTES, MAX_DEPTH, MAX_INT
from json_values import values


def nested(levels: int) -> list[Any]:
    """Return empty lists within lists."""
    value: list[Any] = []
    for _ in range(levels - 1):
        value = [value]
    return value


@given(values)
def test_a_value_comes_back_from_its_canonical_text(value: object) -> None:
    """Reading a canonical text gives the value, and writing that gives the text."""
    text = canonical(value)
    assert strict_loads(text) == value
    assert canonical(strict_loads(text)) == text


@given(values)
def test_every_way_to_write_a_value_reads_as_the_same(value: object) -> None:
    """Blanks, escapes and the order of keys make no difference to the canonical text."""
    loose = json.dumps(value, indent=1, sort_keys=False, ensure_ascii=True).encode()
    assert canonical(strict_loads(loose)) == canonical(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "é\n"]}, '{"a":[true,null,"é\\n"],"b":1}'),
        ({"a1": 0, "a_": 0, "a": 0, "_": 0, "9": 0}, '{"9":0,"_":0,"a":0,"a1":0,"a_":0}'),
        ((1, (2,)), "[1,[2]]"),
        ([MAX_INT, -MAX_INT], "[9007199254740991,-9007199254740991]"),
        ("\x7f\u2028\x00/", '"\x7f\u2028\\u0000/"'),
        (nested(MAX_DEPTH), "[" * MAX_DEPTH + "]" * MAX_DEPTH),
    ],
)
def test_a_value_has_one_text(value: object, text: str) -> None:
    """Keys are sorted by code point, nothing is escaped that need not be, there are no blanks."""
    assert canonical(value) == text.encode()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (1.0, "float is not a kind of value"),
        ([float("nan")], "float is not a kind of value"),
        ({"a": b"x"}, "bytes is not a kind of value"),
        ([{1, 2}], "set is not a kind of value"),
        (MAX_INT + 1, "an integer beyond"),
        ([-MAX_INT - 1], "an integer beyond"),
        ({"A": 1}, "key 'A' is not"),
        ({"": 1}, "key '' is not"),
        ({"a\n": 1}, r"key 'a\\n' is not"),
        ({1: 1}, "key '1' is not"),
        ({None: 1}, "key 'None' is not"),
        ("\ud800", r"lone surrogate '\\ud800'"),
        (nested(MAX_DEPTH + 1), "nested deeper than 32 levels"),
    ],
)
def test_what_is_outside_the_profile_is_refused(value: object, reason: str) -> None:
    """A value that careful writers would write differently has no canonical text."""
    with pytest.raises(ValueError, match=reason):
        canonical(value)


def test_a_value_that_contains_itself_is_refused() -> None:
    """A circle is nested too deep."""
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="nested deeper"):
        canonical(circle)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"a":1,"a":1}', "duplicate key 'a'"),
        (b'{"b":0,"a":1,"\\u0061":1}', "duplicate key 'a'"),
        (b"1.0", "1.0 is not an integer"),
        (b"[1e5]", "1e5 is not an integer"),
        (b"1e999", "1e999 is not an integer"),
        (b"NaN", "NaN is not an integer"),
        (b"-Infinity", "-Infinity is not an integer"),
        (b"9007199254740992", "an integer beyond"),
        (b"1" * 5000, "an integer beyond"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b'{"a":"\xff"}', "not UTF-8 at byte 6"),
        ('{"a":1}'.encode("utf-16"), "not UTF-8 at byte 0"),
        (b'"\xed\xa0\x80"', "not UTF-8 at byte 1"),
        (b'"\\ud800"', "lone surrogate"),
        (b'{"A":1}', "key 'A' is not"),
        (b"", "not JSON: Expecting value"),
        (b"{} {}", "not JSON: Extra data"),
        (b"{'a':1}", "not JSON: Expecting property name"),
        (b"[" * 33 + b"]" * 33, "nested deeper"),
        (b"[" * 100_000, "nested deeper"),
        (b'"' + b"a" * MAX_BYTES + b'"', "longer than 1048576 bytes"),
    ],
)
def test_a_text_that_could_be_read_in_two_ways_is_refused(raw: bytes, reason: str) -> None:
    """Readers that disagree about a text never get it from a ledger."""
    with pytest.raises(ValueError, match=reason) as caught:
        strict_loads(raw)
    assert "\n" not in str(caught.value)


def test_an_escaped_pair_of_surrogates_is_one_character() -> None:
    r"""`\ud83d\ude00` is a character, not two surrogates."""
    assert strict_loads(rb'"\ud83d\ude00"') == "\U0001f600"


@given(st.binary(max_size=40))
def test_bytes_are_read_or_refused(raw: bytes) -> None:
    """No bytes raise anything but ValueError."""
    try:
        value = strict_loads(raw)
    except ValueError:
        return
    assert strict_loads(canonical(value)) == value


def test_text_of_utf8_bytes() -> None:
    """UTF-8 is decoded as it stands."""
    assert decoded("Київ\r".encode()) == "Київ\r"
