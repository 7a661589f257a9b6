"""Known forms: canonical JSON, made quickly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.log.canonical import canonical
from factledger.log.forms import _forms as forms
from factledger.log.forms import is_of_known_form, learn_form
from json_values import values


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
