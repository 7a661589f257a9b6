"""A date as a source gives it: its text, and the first and last day that it can mean."""

from __future__ import annotations

import enum
from typing import Final, Literal

import attrs

from factledger.dates.days import Day

Kind = Literal["date", "interval", "one-of", "all-of", "end"]
Precision = Literal["day", "month", "season", "year"]


class End(enum.Enum):
    """An end without a date; the value is how EDTF writes it. The two are never merged."""

    OPEN = ".."
    """Not bounded: what began has not ended, as far as the source knows."""
    UNKNOWN = ""
    """Bounded by a day that the source does not give."""

    def __str__(self) -> str:
        return self.value


OPEN: Final = End.OPEN
UNKNOWN: Final = End.UNKNOWN


@attrs.frozen
class Edtf:
    """A date as a source gives it, with the first and last day that it can mean.

    Both bounds are whole days and included. Qualifiers do not widen them, for the standard
    gives no width. Two dates are equal when their texts are, byte for byte.

    >>> from factledger.dates.edtf import parse
    >>> when = parse("1994-11~/..")
    >>> when.earliest, when.latest, when.qualified, when.kind
    (Day('1994-11-01'), <End.OPEN: '..'>, True, 'interval')
    """

    text: str
    earliest: Day | End = attrs.field(eq=False)
    latest: Day | End = attrs.field(eq=False)
    qualified: bool = attrs.field(eq=False)
    """Carries `?`, `~` or `%` somewhere."""
    kind: Kind = attrs.field(eq=False)
    """`one-of` is a set `[…]`, `all-of` a set `{…}`, `end` a bare `..` or an empty text."""
    precision: Precision | None = attrs.field(default=None, eq=False)
    """The smallest part that a `date` writes, be it with `X`; None for the other kinds."""
    start: Edtf | End | None = attrs.field(default=None, eq=False)
    """The left end of an interval; None for the other kinds."""
    end: Edtf | End | None = attrs.field(default=None, eq=False)
    """The right end of an interval; None for the other kinds."""

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Edtf({self.text!r})"
