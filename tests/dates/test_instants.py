"""Instants as the log writes them, and entry numbers as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from factledger.dates.instants import as_instant, entry_or_instant, numbered
from factledger.errors import DateError, NotFound


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


TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2024-12-01", "2024-12-01T23:59:59.999999Z"),
        ("2024-12-01T09:00:00Z", "2024-12-01T09:00:00.000000Z"),
        ("2024-12-01T09:00:00+09:00", "2024-12-01T00:00:00.000000Z"),
        (datetime(2024, 12, 1, 9, tzinfo=TOKYO), "2024-12-01T00:00:00.000000Z"),
    ],
)
def test_an_instant_is_written_in_utc_with_six_decimals(
    value: str | datetime, written: str
) -> None:
    """A day means its end; any offset becomes UTC; what was written is read back as it is."""
    assert as_instant(value) == written
    assert as_instant(written) == written


@pytest.mark.parametrize("value", ["yesterday", "2024-12-01T09:00:00", datetime(2024, 12, 1)])
def test_instant_without_offset_is_refused(value: str | datetime) -> None:
    """What is no instant, or one of no known offset, is refused with what to write."""
    with pytest.raises(NotFound, match=r"as in|write 2026"):
        as_instant(value)


def test_an_instant_beyond_the_calendar_is_refused() -> None:
    """An offset can lead out of the years 1 to 9999."""
    with pytest.raises(NotFound, match="years 1 to 9999"):
        as_instant("0001-01-01T00:00:00+01:00")
