"""Instants and salts that a test decides: what happens in it happens again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import shake_256

import attrs

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)


@attrs.define
class FixedClock:
    """A clock that gives `now`, and then goes on by `step`; it stands still unless told.

    >>> clock = FixedClock(step=timedelta(days=1))
    >>> clock().day, clock().day
    (1, 2)
    """

    now: datetime = NOON
    step: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        """Return the instant, and go on by one step."""
        found = self.now
        self.now += self.step
        return found


def seeded(seed: int = 0) -> Callable[[int], bytes]:
    """Return a source of salts that gives the same bytes, in the same order, for the same seed.

    For tests only: whoever knows the seed can guess what was redacted.

    >>> seeded(1)(16) == seeded(1)(16), seeded(1)(16) == seeded(2)(16)
    (True, False)
    """
    count = 0

    def entropy(size: int) -> bytes:
        nonlocal count
        count += 1
        return shake_256(f"{seed}/{count}".encode()).digest(size)

    return entropy
