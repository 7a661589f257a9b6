"""What a ledger of an earlier vocabulary has to declare."""

from __future__ import annotations

import pytest

from factledger.checks.admitting.lacking import types_to_declare
from factledger.records.vocabulary import NEWEST, shipped


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("office", []),  # known
        ("no-such-type", []),
        ("born", ["born"]),
        ("came-into-force", ["in-force", "came-into-force"]),
        ("recognition-withdrawn", ["recognition", "recognition-withdrawn"]),
    ],
)
def test_the_states_that_an_event_begins_or_ends_come_before_it(
    name: str, declared: list[str]
) -> None:
    """A type that an earlier vocabulary lacks is declared behind the states that it begins or ends."""
    assert [one.id for one in types_to_declare(name, shipped(1), shipped())] == declared


@pytest.mark.parametrize("name", shipped().types)
def test_every_later_type_can_be_declared(name: str) -> None:
    """What is declared names no type of state that is not known by then."""
    known = shipped(1)
    for one in types_to_declare(name, known, shipped(NEWEST)):
        assert {*one.begins, *one.ends} <= {*known.types}
        known = known.declaring([one])
    assert name in known.types
