"""Instants as the log writes them, and entry numbers as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factledger.dates.instants import entry_or_instant, instant, is_instant, numbered
from factledger.errors import DateError


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


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("#12", 12), ("0", 0), ("9" * 15, 10**15 - 1)]
)
def test_a_number_of_an_entry_may_have_a_hash_before_it(text: str, number: int) -> None:
    """An entry is meant by its number, as it is shown or without the sign."""
    assert numbered(text) == number


@pytest.mark.parametrize(
    "text", ["", "#", "##1", "-1", "+1", "007", "1_0", "٣", "9" * 16, "c07", "1\n"]
)
def test_what_is_no_number_of_an_entry_is_none(text: str) -> None:
    """A label, a number that is written otherwise, and one that no ledger reaches are none."""
    assert numbered(text) is None


@pytest.mark.parametrize("text", ["noon", "2026-13-01", "2026-11-24T12:00", "#2026-11-24"])
def test_what_is_neither_an_entry_nor_an_instant_is_refused(text: str) -> None:
    """A text that would have to be guessed at, or an instant without an offset, is no cut."""
    with pytest.raises(DateError) as refused:
        entry_or_instant(text)
    assert str(refused.value) == (
        f"{text!r} is neither an entry nor an instant: write 12, '#12', 2026-11-24 or "
        "2026-11-24T12:00:00Z"
    )
