"""The readers of dates: a date that is accepted keeps its text, and its ends are in order."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.dates.edtf import parse, parse_endpoint
from factledger.dates.instants import as_instant
from factledger.dates.queries import parse_query
from factledger.errors import DateError, NotFound

TODAY = date(2026, 11, 24)


def one(data: bytes) -> None:
    """Read bytes as a date, an end, a query, a day and an instant."""
    text = data.decode("utf-8", "surrogateescape")
    for read in (parse, parse_endpoint):
        try:
            found = read(text)
        except DateError as error:
            assert error.text == text
        else:
            check(found, text)
            assert read(str(found)) == found
    with suppress(DateError):
        day, _ = parse_query(text, lambda: TODAY)
        assert Day.parse(str(day)) == day or not 0 <= day.year <= 9999
    with suppress(DateError):
        assert str(Day.parse(text)) == text
    with suppress(DateError, NotFound):
        assert as_instant(as_instant(text)) == as_instant(text)


def check(found: Edtf, text: str) -> None:
    """Assert what holds of every date: its text, the order of its ends, and no digits but ours."""
    assert str(found) == text
    assert text.isascii()
    if isinstance(found.earliest, Day) and isinstance(found.latest, Day):
        assert found.earliest <= found.latest
        assert -10_000 < found.earliest.year <= found.latest.year < 10_001
