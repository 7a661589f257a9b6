"""Instants: when a record was appended, as the log writes it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from factledger.dates.days import Day
from factledger.errors import DateError, NotFound

_entry = re.compile(r"#?(0|[1-9][0-9]{0,14})").fullmatch


def utc_now() -> datetime:
    """Return the current instant."""
    return datetime.now(UTC)


SKEW = timedelta(minutes=1)
"""By how much the clocks of two writers may differ before it is told."""


def instant(when: datetime) -> str:
    """Return an instant as the log writes it: UTC, six decimals.

    >>> instant(datetime(2026, 11, 24, 12, tzinfo=UTC))
    '2026-11-24T12:00:00.000000Z'
    """
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def as_instant(value: str | datetime) -> str:
    """Return an instant given as text or datetime as the log writes it.

    A day means its end. Raises `NotFound` for a text that is no instant, or has no offset.
    """
    if isinstance(value, str):
        if len(value) == len("2026-11-24"):
            return f"{Day.parse(value)}T23:59:59.999999Z"
        value = _read(value)
    if value.tzinfo is None:
        raise NotFound(f"the instant {value}", "say its offset, as in 2026-11-24T12:00:00Z")
    try:
        return instant(value)
    except OverflowError:
        raise NotFound(f"the instant {value}", "its day in UTC is in the years 1 to 9999") from None


def _read(text: str) -> datetime:
    try:
        if text.isascii():
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise NotFound(f"the instant {text!r}", "write 2026-11-24 or 2026-11-24T12:00:00Z")


def numbered(text: str) -> int | None:
    """Return the entry number that a text such as `12` or `#12` is, None if it is none.

    >>> numbered("#12"), numbered("2026-11-24")
    (12, None)
    """
    found = _entry(text)
    return int(found[1]) if found else None


def entry_or_instant(text: str) -> int | str:
    """Return the entry number that a text is, or the instant that it writes, as the log writes it.

    Both say up to where the log counts. Raises `DateError` for a text that is neither.

    >>> entry_or_instant("#12"), entry_or_instant("2026-11-24")
    (12, '2026-11-24T23:59:59.999999Z')
    """
    number = numbered(text)
    try:
        return as_instant(text) if number is None else number
    except (DateError, NotFound):
        advice = "write 12, '#12', 2026-11-24 or 2026-11-24T12:00:00Z"
        raise DateError(text, advice, "is neither an entry nor an instant:") from None
