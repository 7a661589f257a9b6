"""The form in which the log writes an instant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factledger.dates.instant_form import is_instant
from factledger.dates.instants import instant


def test_what_is_written_as_an_instant_has_the_form_of_one() -> None:
    """The form of an instant is that which the log writes."""
    assert is_instant(instant(datetime(2026, 11, 24, 12, tzinfo=UTC)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-24",
        "2026-11-24T12:00:00Z",
        "2026-11-24T12:00:00.000000",
        "2026-11-24T12:00:00.000000+00:00",
        "2026-11-24T12:00:00.000000Z\n",
        "٢026-11-24T12:00:00.000000Z",
    ],
)
def test_another_form_is_none(text: str) -> None:
    """UTC, six decimals and ASCII digits make the form; what comes near is another."""
    assert not is_instant(text)
