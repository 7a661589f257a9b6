"""Records and the JSON values of their lines: nothing coerced, nothing passed over, faults named."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from hypothesis import given

import factledger
from factledger.errors import FieldError
from factledger.log.canonical import canonical
from factledger.records.codec import (
    CORRECTABLE,
    KINDS,
    Body,
    faults,
    from_body,
    kind_of,
    split_kind,
    to_body,
)
from factledger.records.record import Record
from factledger.testing import records

CITED = [{"source": "s", "locator": "p. 1"}]
EVENT: dict[str, Any] = {"kind": "event", "type": "CONSULT", "when": "2021-03", "citations": CITED}
STATE: dict[str, Any] = {"kind": "state", "type": "office", "since": "2021", "until": ".."}
SOURCE = {"kind": "source", "id": "s", "title": "S"}
CORRECT: dict[str, Any] = {"kind": "correct", "target": 2, "reason": "misread"}
DECLARATIONS: list[Body] = [
    SOURCE,
    {"kind": "actor", "id": "JPN", "category": "country", "names": ["Japan"]},
    {"kind": "type", "id": "rite", "shape": "event"},
]
CLAIMS: list[Body] = [
    EVENT,
    STATE,
    {"kind": "tally", "type": "CONSULT", "count": {"lower": 7}, "since": "2022"},
    {"kind": "assessment", "type": "evaluative", "about": [{"role": "topic", "target": 2}]},
]
OTHERS: list[Body] = [
    {"kind": "ledger", "format": 1, "vocabulary": 1, "origin": "example"},
    {"kind": "close", "target": 2, "until": "2023-04", "citations": CITED},
    {"kind": "retract", "target": 2, "reason": "read from the wrong column"},
    {"kind": "corroborate", "target": 2, "citations": CITED},
    {"kind": "dispute", "target": 2, "citations": CITED},
    {"kind": "identify", "claims": [2, 3], "verdict": "same", "reason": "one visit"},
    {"kind": "withdraw", "source": "s", "reason": "taken back by its publisher"},
    {"kind": "redact", "target": 2, "reason": "a private person", "authority": "a court"},
    {"kind": "note", "text": "The text breaks off here."},
]
CORRECTIONS: list[Body] = [{**CORRECT, "record": record} for record in (*CLAIMS, *DECLARATIONS)]


@given(records())
def test_a_record_reads_back_as_it_was_written(record: Record) -> None:
    """What was written is read: as a value, and byte for byte."""
    written = canonical(to_body(record))
    again = from_body(json.loads(written))
    assert again == record
    assert type(again) is type(record)
    assert canonical(to_body(again)) == written
    assert faults(json.loads(written)) == ()


@pytest.mark.parametrize("body", [*DECLARATIONS, *CLAIMS, *OTHERS, *CORRECTIONS])
def test_a_line_of_each_kind_reads_and_is_written_the_same(body: Body) -> None:
    """Every kind of record has a form of its own, and so has every kind that a correction holds."""
    record = from_body(body)
    assert kind_of(record) == body["kind"]
    assert to_body(record) == body


def test_the_lines_above_are_of_every_kind() -> None:
    """There are seventeen kinds of record, and a correction can hold seven of them."""
    assert {body["kind"] for body in (*DECLARATIONS, *CLAIMS, *OTHERS, *CORRECTIONS)} == set(KINDS)
    assert {body["record"]["kind"] for body in CORRECTIONS} == set(CORRECTABLE)


def test_claims_and_declarations_are_read_without_what_is_about_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A command that meets no correction does not load the classes of corrections."""
    monkeypatch.delitem(sys.modules, "factledger.records.amendments", raising=False)
    monkeypatch.delattr(factledger, "amendments", raising=False)
    for body in (*DECLARATIONS, *CLAIMS, OTHERS[0]):
        from_body(body)
    assert "factledger.records.amendments" not in sys.modules


@given(records())
def test_a_record_is_written_without_its_defaults(record: Record) -> None:
    """What a field holds by default is left out, so that a record has one form."""
    body = to_body(record)
    assert body["kind"] in KINDS
    assert not [name for name, value in body.items() if value in (None, "", [], ())]


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
        ({**EVENT, "participants": ["JPN"]}, "participants[0]", "wanted an object, found 'JPN'"),
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
        ({"kind": "tally", "type": "CONSULT", "count": 7}, "count", "wanted an object, found 7"),
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
    """The first fault is raised, and all faults can be asked for, each with where and why."""
    with pytest.raises(FieldError) as refused:
        from_body(body)
    assert (refused.value.field, refused.value.reason[: len(reason)]) == (field, reason)
    assert faults(body)[0].field == field


def test_all_faults_of_form_are_told_at_once() -> None:
    """Values of the wrong kind come in one run, in the order of the fields, unknown keys last."""
    body = {**EVENT, "value": 5, "participants": [{"role": 1, "actor": 2}], "wehn": "2021"}
    fields = [fault.field for fault in faults(body)]
    assert fields == ["value", "participants[0].role", "participants[0].actor", "wehn"]


def test_the_kind_is_split_from_the_fields_and_leaves_the_value_alone() -> None:
    """Reading a value alters nothing in it."""
    body = {"kind": "retract", "target": 2, "reason": "r"}
    assert split_kind(body) == ("retract", {"target": 2, "reason": "r"})
    nested = {"kind": "correct", "target": 2, "reason": "misread", "record": dict(EVENT)}
    before = json.dumps(nested)
    from_body(nested)
    assert json.dumps(nested) == before
