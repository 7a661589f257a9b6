"""What an as-of answer costs once a ledger is open, and how it grows."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from factledger import Ledger
from measure import Row, in_turns, seconds
from work import claims, declarations, pairs

DATES = ("2010-04-01", "2013-07-01", "2016-10-01", "2020-01-01")
MICROSECOND = 1e-6


def rows() -> Iterator[Row]:
    """Yield the as-of of one relationship, asked again and for the first time, and its growth."""
    ledger = ledger_of(20_000, pairs()[:200])  # relationships of about 100 claims
    first, again = zip(*(asked(ledger, *pair) for pair in pairs()[:200]), strict=True)
    cold, warm = statistics.median(first), statistics.median(a for times in again for a in times)
    limit = 100 * MICROSECOND
    yield Row(
        "one relationship of about 100 claims at another date",
        warm * 1e6,
        "the limit",
        100,
        "µs",
        "≤ 1",
        warm <= limit,
    )
    yield Row(
        "the same, asked for the first time (reported)",
        cold * 1e6,
        "asked again",
        warm * 1e6,
        "µs",
        "none",
        True,
    )
    yield growth()


def ledger_of(count: int, among: list[tuple[str, str]]) -> Ledger:
    """Return a ledger in memory with that many claims, spread over some relationships."""
    ledger = Ledger.create("memory:", origin="benchmark")
    ledger.append(*declarations(), *claims(count, among))
    return ledger


def asked(ledger: Ledger, one: str, other: str) -> tuple[float, list[float]]:
    """Return the time of the first question about a relationship, and of those at other dates."""

    def ask(date: str) -> object:
        return ledger.as_of(date).between(one, other).standings

    return seconds(lambda: ask("2015-04-01")), [seconds(lambda d=d: ask(d)) for d in DATES]


def growth() -> Row:
    """Ask one relationship for the first time, of 400 claims and of 800."""
    relationship = pairs()[:1]
    small, large = (ledger_of(count, relationship) for count in (400, 800))

    def ask(ledger: Ledger) -> object:
        ledger._scopes.clear()  # as if it were asked for the first time
        return ledger.as_of("2015-04-01").between(*relationship[0]).standings

    one, two = in_turns(lambda: ask(small), lambda: ask(large), rounds=15)
    return Row(
        "one relationship of 800 claims, first time",
        two * 1e3,
        "of 400 claims",
        one * 1e3,
        "ms",
        "≤ 2.2",
        two <= 2.2 * one,
    )
