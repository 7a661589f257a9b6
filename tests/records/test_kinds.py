"""The kinds of records: which there are, and which a correction can hold."""

from __future__ import annotations

import sys

import pytest

import factledger
from factledger.records.codec import from_body
from factledger.records.kinds import CORRECTABLE, KINDS, class_of
from record_bodies import CLAIMS, CORRECTIONS, DECLARATIONS, OTHERS


def test_the_bodies_of_these_tests_are_of_every_kind() -> None:
    """There are seventeen kinds of record, and a correction can hold seven of them."""
    assert {body["kind"] for body in (*DECLARATIONS, *CLAIMS, *OTHERS, *CORRECTIONS)} == set(KINDS)
    assert {body["record"]["kind"] for body in CORRECTIONS} == set(CORRECTABLE)


def test_each_kind_has_a_class_of_its_own() -> None:
    """No two kinds share a class."""
    assert len({class_of(kind) for kind in KINDS}) == len(KINDS) == 17


def test_claims_and_declarations_are_read_without_what_is_about_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A command that meets no correction does not load the classes of corrections."""
    monkeypatch.delitem(sys.modules, "factledger.records.amendments", raising=False)
    monkeypatch.delattr(factledger, "amendments", raising=False)
    for body in (*DECLARATIONS, *CLAIMS, OTHERS[0]):
        from_body(body)
    assert "factledger.records.amendments" not in sys.modules
