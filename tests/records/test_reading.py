"""Reading a JSON value as a record: nothing coerced, nothing passed over, every fault named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from factledger.errors import FieldError
from factledger.records.codec import from_body
from factledger.records.reading import read_record
from record_bodies import CORRECT, EVENT, SOURCE, STATE


def faults(body: object) -> list[FieldError]:
    """Return all that keeps a value from being a record."""
    found = read_record(body)
    return list(found) if isinstance(found, tuple) else []


@pytest.mark.parametrize(
    ("body", "field", "reason"),
    [
        ([], "record", "wanted an object, found []"),
        ({}, "kind", "unknown kind None"),
        ({"kind": 5}, "kind", "unknown kind 5"),
        ({"kind": "evnt"}, "kind", "unknown kind 'evnt'; did you mean 'event'?"),
        ({"kind": "zzz"}, "kind", "unknown kind 'zzz'; one of ledger, source, "),
        ({**EVENT, "when": 2021}, "when", "wanted a date as text, found 2021"),
        ({**EVENT, "when": "2021-13"}, "when", "'2021-13' is not a date"),
        ({**STATE, "until": "2021-13"}, "until", "'2021-13' is not a date"),
        ({**SOURCE, "published": "2021-13"}, "published", "'2021-13' is not a date"),
        ({**SOURCE, "retrieved": "2021-13"}, "retrieved", "'2021-13' is not a date"),
        ({**STATE, "since": "2021/2022"}, "since", "'2021/2022' is not a date: an end is one"),
        ({"kind": "event", "type": "CONSULT"}, "when", "missing"),
        ({**EVENT, "wehn": "2021"}, "wehn", "unknown key; did you mean 'when'?"),
        ({**EVENT, "zz": 1, "aa": 2}, "aa", "unknown key; one of "),
        ({**EVENT, "polarity": "maybe"}, "polarity", "'maybe' is not one of asserted, denied"),
        ({**EVENT, "polarity": 1}, "polarity", "wanted text, found 1"),
        ({**EVENT, "value": 5}, "value", "wanted text, found 5"),
        ({**EVENT, "contexts": "legal"}, "contexts", "wanted a list, found 'legal'"),
        ({**EVENT, "contexts": [5]}, "contexts[0]", "wanted text, found 5"),
        ({**EVENT, "participants": ["JPN"]}, "participants[0]", "wanted an object of role, actor, of, as_said, found 'JPN'"),
        (
            {**EVENT, "participants": [{"role": "actor", "actor": "JPN"}, {"role": "x", "actor": "U"}]},
            "participants[1].role",
            "'x' is not one of actor, ",
        ),
        ({**EVENT, "participants": [{"role": "actor"}]}, "participants[0].actor", "missing"),
        ({**EVENT, "citations": [{"source": "s"}]}, "citations[0]", "says no place"),
        (
            {"kind": "tally", "type": "CONSULT", "count": {"lower": 1.5}},
            "count.lower",
            "wanted a whole number, found 1.5",
        ),
        ({"kind": "tally", "type": "CONSULT", "count": {"lower": 2, "upper": 1}}, "count", "upper 1 is"),
        ({"kind": "tally", "type": "CONSULT", "count": 7}, "count", "wanted a number, or bounds in words (\"at least 5\", \"4 to 6\"; 'about' sets none), or an object of lower, upper, found 7"),
        ({"kind": "source", "id": "s", "title": "S", "complete": "no"}, "complete", "wanted true or"),
        ({"kind": "retract", "target": True, "reason": "r"}, "target", "wanted a whole number, found True"),
        (CORRECT, "record", "missing"),
        (
            {**CORRECT, "record": {"kind": "retract"}},
            "record.kind",
            "unknown kind 'retract'",
        ),
        (
            {**CORRECT, "record": {**EVENT, "when": "soon"}},
            "record.when",
            "'soon' is not a date",
        ),
        (
            {**CORRECT, "record": {**EVENT, "of": "x"}},
            "record.of",
            "unknown key",
        ),
        (
            {**CORRECT, "record": {**EVENT, "citations": [{"source": "s", "start": 5, "end": 2}]}},
            "record.citations[0]",
            "start 5 is not before end 2",
        ),
        ({"kind": "actor", "id": "a", "category": "person", "names": []}, "names", "wanted a name"),
    ],
)  # fmt: skip
def test_a_value_that_is_no_record_is_refused_by_the_path_of_its_field(
    body: Any, field: str, reason: str
) -> None:
    """Each fault says where it is and why, and the first one is raised."""
    first = faults(body)[0]
    assert (first.field, first.reason[: len(reason)]) == (field, reason)
    with pytest.raises(FieldError) as refused:
        from_body(body)
    assert str(refused.value) == str(first)


def test_all_faults_are_told_at_once() -> None:
    """Whatever is wrong with a value comes in one run, in the order of the fields, unknown keys last."""
    body = {
        "zz": 1, "wehn": "2021", "mm": 1, "aa": 1, "kk": 1, "kind": "event", "when": "soon", "value": 5, "polarity": "maybe", "mode": "",
        "participants": [{"role": 1, "actor": 2}, {"role": "actor"}], "contexts": ["legal", 5],
        "citations": [{"source": "s"}],
    }  # fmt: skip
    assert [fault.field for fault in faults(body)] == [
        "type", "mode", "value", "contexts[1]", "participants[0].role", "participants[0].actor",
        "participants[1].actor", "polarity", "citations[0]", "when", "aa", "kk", "mm",
        "wehn", "zz",
    ]  # fmt: skip


def test_the_faults_of_what_a_correction_holds_are_told_with_its_own() -> None:
    """A correction and the record that it puts in place are read as one."""
    record = {**STATE, "since": "soon", "until": "later", "mode": 5}
    body = {**CORRECT, "reason": "wrong", "target": None, "record": record}
    assert [fault.field for fault in faults(body)] == [
        "target", "reason", "record.mode", "record.since", "record.until"
    ]  # fmt: skip


def test_a_tuple_is_read_as_a_list() -> None:
    """A body that a program makes may hold tuples where JSON has lists."""
    body = {**EVENT, "contexts": ("legal",), "citations": tuple(EVENT["citations"])}
    assert read_record(body) == read_record({**EVENT, "contexts": ["legal"]})


@pytest.mark.parametrize("name", ["polarity", "contexts", "participants", "type"])
def test_null_is_no_value_of_a_field_that_is_always_there(name: str) -> None:
    """Null stands for a field that may be left empty, and for no other."""
    assert isinstance(faults({**EVENT, name: None})[0], FieldError)
    assert faults({**EVENT, "mode": None}) == []


def test_reading_leaves_the_value_alone() -> None:
    """Reading a value alters nothing in it."""
    nested = {"kind": "correct", "target": 2, "reason": "misread", "record": dict(EVENT)}
    before = json.dumps(nested)
    from_body(nested)
    assert json.dumps(nested) == before
