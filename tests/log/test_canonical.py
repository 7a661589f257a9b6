"""Canonical JSON: one value, one text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.log.canonical import canonical, decoded, strict_loads
from factledger.log.forms import _forms as forms
from factledger.log.forms import is_of_known_form, learn_form
from factledger.log.limits import MAX_BYTES, MAX_DEPTH, MAX_INT

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MAX_INT, MAX_INT),
    st.text(st.characters(exclude_categories=["Cs"])),
)
keys = st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)
)


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


@given(values, st.data())
def test_a_known_form_is_canonical(value: object, data: st.DataObject) -> None:
    """What is of a form that was learned from canonical texts is canonical itself."""
    forms.clear()
    text = canonical({"a": value})
    learn_form(text)
    if b"\\" not in text and text.decode().isprintable():
        assert is_of_known_form(text)
    place = data.draw(st.integers(0, len(text)))
    inserted = data.draw(
        st.sampled_from([b"", b'"', b"\\", b" ", b"0", b"1", b",", b"\xff", b"\n"])
    )
    changed = text[:place] + inserted + text[place + data.draw(st.integers(0, 2)) :]
    if is_of_known_form(changed):
        assert canonical(json.loads(changed)) == changed


def test_texts_and_numbers_are_no_part_of_a_form() -> None:
    """Another text or number in the place of one makes no other form; another key or order does."""
    forms.clear()
    learn_form(b'{"a":"x","b":[1,{"c":"y"}]}')
    assert is_of_known_form(b'{"a":"","b":[20,{"c":"zz"}]}')
    for other in (
        b'{"a":"x","b":[01,{"c":"y"}]}', b'{"b":"x","a":[1,{"c":"y"}]}', b'{"a":"x","b":[1]}',
        b'{"a":"\\u0041","b":[1,{"c":"y"}]}', b'{"a":"\x01","b":[1,{"c":"y"}]}',
        b'{"a":"\xff","b":[1,{"c":"y"}]}', b'{"a":"x","b":[1,{"c":"y"}]}"',
    ):  # fmt: skip
        assert not is_of_known_form(other)


def test_a_form_with_few_keys_or_an_escape() -> None:
    """A form may have one key or none; of a text with an escape none is learned."""
    forms.clear()
    for text in (b'{"only":"x"}', b"{}", b'{"a":"\\n"}'):
        learn_form(text)
    assert [is_of_known_form(t) for t in (b'{"only":"y"}', b"{}", b'{"a":"n"}')] == [
        True,
        True,
        False,
    ]


def test_forms_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there are very many, another is written out and compared each time."""
    forms.clear()
    monkeypatch.setattr("factledger.log.forms._FORMS", 2)
    texts = [b'{"a":"x"}', b'{"b":"x"}', b'{"c":"x"}', b'{"d":["x"]}', b'{"e":[["x"]]}']
    for text in texts:
        learn_form(text)
    assert [is_of_known_form(text) for text in texts] == [True, True, False, True, False]
