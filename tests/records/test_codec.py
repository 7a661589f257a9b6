"""Records and the JSON values of their lines: what is written is read back, defaults are left out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from factledger.log.canonical import canonical
from factledger.records.codec import Body, from_body, to_body
from factledger.records.kinds import KINDS, kind_of
from factledger.records.record import Record
from factledger.testing import records
from record_bodies import CLAIMS, CORRECTIONS, DECLARATIONS, OTHERS


@given(records())
def test_a_record_reads_back_as_it_was_written(record: Record) -> None:
    """What was written is read: as a value, and byte for byte."""
    written = canonical(to_body(record))
    again = from_body(json.loads(written))
    assert again == record
    assert type(again) is type(record)
    assert canonical(to_body(again)) == written


@pytest.mark.parametrize("body", [*DECLARATIONS, *CLAIMS, *OTHERS, *CORRECTIONS])
def test_a_line_of_each_kind_reads_and_is_written_the_same(body: Body) -> None:
    """Every kind of record has a form of its own, and so has every kind that a correction holds."""
    record = from_body(body)
    assert kind_of(record) == body["kind"]
    assert to_body(record) == body


@given(records())
def test_a_record_is_written_without_its_defaults(record: Record) -> None:
    """What a field holds by default is left out, so that a record has one form."""
    body = to_body(record)
    assert body["kind"] in KINDS
    assert not [name for name, value in body.items() if value in (None, "", [], ())]
