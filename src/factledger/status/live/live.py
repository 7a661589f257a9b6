"""A live claim: what supports it, ends it and disputes it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.records.claims import Citation, Claim
from factledger.records.record import OF_RECORDING

if TYPE_CHECKING:
    from factledger.status.registry import Published

_FIRST, _LAST = attrgetter("published.first"), attrgetter("published.last")


class Support(NamedTuple):
    """A source that says the same as a claim: where, by which entry, and when it was published.

    `hedge` says how far the source vouches for it, where it does not do so wholly.
    """

    number: int
    citation: Citation
    origin: str
    published: Published
    hedge: str | None = None


class Ending(NamedTuple):
    """The end that a `close` gives a state; `sure` if its source was published by the cut.

    `settled`, `attested` and `spoken` are what its sources settle, as those of `Live` do.
    """

    number: int
    until: Edtf
    sure: bool
    settled: Day
    attested: Day
    spoken: Day


class Live(NamedTuple):
    """A claim that is live at a cut, with what supports it, ends it and disputes it.

    `sure` is false where every support is of a source that was possibly, not certainly,
    published by the published cut.
    """

    number: int
    claim: Claim
    supports: tuple[Support, ...]
    sure: bool
    ending: Ending | None
    disputes: tuple[int, ...]

    @property
    def settled(self) -> Day:
        """The last day on which the first of its sources can have been published."""
        if len(self.supports) == 1:
            return self.supports[0].published.last
        day: Day = min(map(_LAST, self.supports))
        return day

    @property
    def attested(self) -> Day:
        """The first day on which the newest of its sources can have been published."""
        if len(self.supports) == 1:
            return self.supports[0].published.first
        day: Day = max(map(_FIRST, self.supports))
        return day

    @property
    def spoken(self) -> Day:
        """The day up to which what its sources tell is no plan."""
        if len(self.supports) == 1:
            return self.supports[0].published.spoken
        return max(s.published.spoken for s in self.supports)

    @property
    def content(self) -> str:
        """A text that orders claims without regard to when they were recorded, and to whom they name."""
        fields = (f.name for f in attrs.fields(type(self.claim)))
        aside = ("label", "participants", *OF_RECORDING)
        held = (getattr(self.claim, n) for n in fields if n not in aside)
        return repr([self.claim.shape, *held])
