"""A claim together with its status at a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Self

import attrs

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.frozen import frozen
from factledger.records.claims import Citation, Claim
from factledger.status.spans import Status

if TYPE_CHECKING:
    from factledger.status.live.live import Support

MOST_CONTESTS = 32


@frozen()
class Standing:
    """A claim together with its status at a date.

    `number` is its entry; `because` the event that began it: where the standing was worked out
    from that event alone, both are the same. `also` lists further entries that are the same
    claim. `until` is its end as it is known, with a later `close` taken in. `attested` is the
    last day for which a source vouches, where the standing is presumed. `contested_by` lists
    the entries that contradict or dispute it on that date, the first `MOST_CONTESTS` of them;
    where there are any, `status` is contested, and `alone` is what it would be without them.
    `differs` lists the entries about the same thing that cannot all be right with it, on
    whatever days.
    """

    number: int
    claim: Claim
    status: Status
    until: Edtf | None = None
    attested: Day | None = None
    because: int | None = None
    also: tuple[int, ...] = ()
    contested_by: tuple[int, ...] = ()
    differs: tuple[int, ...] = ()
    supports: tuple[Support, ...] = attrs.field(default=(), repr=False)
    telling: Callable[[Claim], str] = attrs.field(default=repr, eq=False, repr=False)
    alone: Status = attrs.field(default=attrs.Factory(lambda self: self.status, takes_self=True))

    def __deepcopy__(self, memo: object) -> Self:
        return self  # a value, which knows the whole ledger by the words that it is told in

    def __str__(self) -> str:
        return f"{self.status}: {self.sentence} (#{self.number})"

    @property
    def sentence(self) -> str:
        """The claim in words."""
        return self.telling(self.claim)

    @property
    def shown(self) -> bool:
        """Whether a view shows it unless asked for more."""
        return self.status.shown and self.claim.shape != "assessment"

    @property
    def derived(self) -> bool:
        """Whether no source states it: it follows from the event of the same entry."""
        return self.because == self.number

    @property
    def end_planned(self) -> bool:
        """Whether all who tell of its end spoke before it; the end that a `close` gives is none of these."""
        if self.until is None or self.until != getattr(self.claim, "until", None):
            return False
        return is_after_all(self.until, [support.published.last for support in self.supports])

    @property
    def support(self) -> int:
        """The number of independent publishers that say so; a copy adds none."""
        return len(self.publishers)

    @property
    def publishers(self) -> tuple[str, ...]:
        """The publishers that say so, each once, in the order of the log; case makes no difference."""
        found: dict[str, str] = {}
        for support in self.supports:
            found.setdefault(support.origin.casefold(), support.origin)
        return tuple(found.values())

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every place where it was said, in the order of the log."""
        return tuple(s.citation for s in self.supports)


def is_after_all(date: Edtf, published: Sequence[Day]) -> bool:
    """Return whether a date is surely after the last days on which its sources can have been published."""
    return isinstance(date.earliest, Day) and bool(published) and max(published) < date.earliest
