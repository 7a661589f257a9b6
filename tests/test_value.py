"""What values of records are compared by, and how they are shown."""

from __future__ import annotations

from typing import Any

import pytest

from factledger import Citation, Close, Count, Event, Retract

PLACE: dict[str, Any] = {"source": "s", "start": 10, "end": 42}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Citation(**PLACE), Citation(**PLACE), True),
        (Citation(**PLACE), Citation(**PLACE, quote="x"), False),
        (Retract(target=1, reason="x"), Retract(target=1, reason="x", recorded_by="Ann"), True),
        (Retract(target=1, reason="x"), Retract(target=1, reason="x", backfilled="2024-01-01T00:00:00.000000Z"), False),
        (Retract(target=1, reason="x"), Close(target=1, until="2024"), False),
        (Count(lower=1, upper=2), (1, 2), False),
    ],
)  # fmt: skip
def test_values_are_the_same_by_their_fields_and_their_class(
    one: object, other: object, same: bool
) -> None:
    """All fields count but who recorded it, and when it was first recorded; of the same, the hash is one."""
    assert (one == other) is same
    assert not same or hash(one) == hash(other)


def test_a_value_is_shown_as_it_is_made() -> None:
    """Every field of it, in their order."""
    assert repr(Count(lower=1)) == "Count(lower=1, upper=None)"
    event = Event(type="AID", when="2024")
    assert repr(event).startswith("Event(backfilled=None, recorded_by=None, first_recorded=None, ")
    assert "type='AID'" in repr(event)
