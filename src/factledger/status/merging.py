"""One claim, or several that are the same, with the span that they share; and which bear on one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.named import NamedTuple
from factledger.records.claims import FACTUAL, Claim, Event, State, Tally
from factledger.records.fields import UNKNOWN_END
from factledger.records.vocabulary import Key, Vocabulary, told_apart_by
from factledger.status.spans import (
    Dates,
    Span,
    Status,
    Worlds,
    is_placed,
    span_in,
    worlds,
)

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.status.live.live import Live, Support

CERTAIN = frozenset({Status.DEFINITE, Status.PRESUMED})
StateValue: TypeAlias = tuple[str, str | None, tuple[tuple[str, str], ...]]


class MergedClaim(NamedTuple):
    """One claim, or several that are the same, on the way to a standing: the live claims and their span.

    `keys` are those under which it counts, and `value` is what it says under them. `because` is
    the entry of the event that began it; `derived` tells that it was worked out from that event
    alone. `things` tell which claims are about one thing and cannot all be right, each of them by
    its lowest entry. `clashes` are the entries that contradict it on every day.
    """

    lives: tuple[Live, ...]
    claim: Claim
    span: Span
    worlds: Worlds
    keys: tuple[Key, ...]
    value: StateValue
    because: int | None = None
    derived: bool = False
    things: tuple[int, ...] = ()
    clashes: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        """The entry that speaks for it."""
        return self.lives[0].number

    @property
    def sure(self) -> bool:
        """Whether any of its sources was certainly published by the published cut."""
        return self.lives[0].sure or any(live.sure for live in self.lives[1:])

    @property
    def meaning(self) -> tuple[str, tuple[Key, ...], StateValue]:
        """Its type, keys and value: states of one meaning, stated or derived, say the same."""
        return self.claim.type, self.keys, self.value

    @property
    def content(self) -> str:
        """A text that orders merged claims without regard to when they were recorded, or by which name."""
        return f"{self.lives[0].content}{self.keys}{self.value}{self.claim.participants}"

    @property
    def supports(self) -> tuple[Support, ...]:
        """The sources that support it, in the order of the log."""
        found = {live.number: live.supports for live in self.lives}
        return tuple(sorted(chain.from_iterable(found.values()), key=attrgetter("number")))

    @property
    def attested(self) -> Day:
        """The last day for which a source vouches; of what an event began, when that had surely come."""
        return max(self.span.until, self.span.sure) if self.derived else self.span.until

    @property
    def told(self) -> bool:
        """Whether it tells of what is so or is not, and not of a plan or an idea."""
        return self.claim.modality in FACTUAL

    @property
    def held(self) -> bool:
        """Whether there is a day on which its sources say that it is so."""
        return self.span.sure <= self.span.until and self.span.sure < FOREVER

    @property
    def definite(self) -> bool:
        """Whether there is a day on which it is definite: they were surely published by the cut."""
        return self.sure and self.held

    @property
    def known_to_start(self) -> bool:
        """Whether its start is placed: by an earliest day, or by a day on which it held."""
        span = self.span
        return span.sure < FOREVER and (span.first > BEGINNING or span.status(span.sure) in CERTAIN)


def component_of(belief: Belief, seed: Live) -> list[Live]:
    """Return the seed and all live claims that bear on it, directly or through others, in order."""
    found = {seed.number: seed}
    keys: set[Key] = set()
    waiting = [seed]
    while waiting:
        live = waiting.pop()
        near = list(belief.living(belief.same_as(live.number)))
        for key in belief.keys(live.claim):
            if key not in keys and belief.meets(key):
                keys.add(key)
                near.extend(belief.keyed(key))
        fresh = [n for n in near if n.number not in found]
        found.update((n.number, n) for n in fresh)
        waiting.extend(fresh)
    return sorted(found.values(), key=lambda live: live.number)


def unmerged(belief: Belief, live: Live) -> MergedClaim:
    """Return one live claim as it is before any other is merged with it."""
    claim, width = live.claim, width_of(belief, live)
    found = worlds(dates_of(live, width))
    if live.ending is not None:  # it began as its own source says: before the end told there
        told = worlds(dates_of(live._replace(ending=None), width))
        first, begun = found.begins
        begins = first, max(first, min(begun, told.begins[1], told.ends[1]))
        found = found._replace(begins=begins)
    own = span_in(found, claim.modality == "planned", is_throughout(claim))
    return MergedClaim(
        (live,), claim, own, found, belief.state_keys(claim), value_of(claim, belief)
    )


def is_throughout(claim: Claim) -> bool:
    """Return whether a claim says of each day of its window that by then nothing had happened in it.

    So does a denial of an event, and a count of none within one month or year. A doubtful date never says
    so much.
    """
    if claim.modality not in FACTUAL:
        return False
    if isinstance(claim, Event):
        return claim.polarity == "denied" and is_placed(claim.when)
    if not isinstance(claim, Tally) or claim.count.upper != 0 or claim.polarity != "asserted":
        return False
    return claim.since == claim.until and is_placed(claim.since)


def width_of(belief: Belief, live: Live) -> str | None:
    """Return how wide an approximate date of a claim is meant: as its type says, else its sources."""
    kind = belief.vocabulary.types.get(live.claim.type)
    if kind is not None and kind.approximate:
        return kind.approximate
    sources = (belief.source(citation.source) for citation in live.claim.citations)
    return next((s.approximate for s in sources if s is not None and s.approximate), None)


def dates_of(live: Live, width: str | None = None) -> Dates:
    """Return the dates that the worlds of a live claim depend on; a `close` record gives its end.

    An approximate date is a window where a width says how wide it is meant.
    """
    claim, ending = live.claim, live.ending
    when: Edtf | None = getattr(claim, "when", None)
    since: Edtf = getattr(claim, "since", UNKNOWN_END)
    until: Edtf = ending.until if ending else getattr(claim, "until", UNKNOWN_END)
    if width is not None:
        from factledger.dates.widths import windowed  # few dates are approximate with a width

        when = None if when is None else windowed(when, width)
        since, until = windowed(since, width), windowed(until, width)
    vouching = ending if ending and ending.sure else live
    return Dates(
        shape=claim.shape,
        when=when,
        since=since,
        until=until,
        settled=min(live.settled, vouching.settled),
        attested=max(live.attested, vouching.attested),
        spoken=max(live.spoken, vouching.spoken),
        told=claim.factual,
        planned=claim.modality == "planned",
        none=isinstance(claim, Tally) and claim.count.upper == 0,
        comes=ending is None or ending.sure,
        throughout=is_throughout(claim),
    )


def value_of(claim: Claim, belief: Belief) -> StateValue:
    """Return the value of a state under its key: its own, its mode and who tells it from others.

    Without a key everybody does.
    """
    kind = belief.vocabulary.types.get(claim.type)
    apart = told_apart_by(kind) if kind and kind.key else None
    others = {(p.role, belief.canonical(p.actor)) for p in claim.participants}
    rest = tuple(sorted(one for one in others if apart is None or one[0] in apart))
    return compared_value(claim), claim.mode, rest


def said_by(one: MergedClaim, belief: Belief) -> Hashable:
    """Return the type of a claim and those who take part in it."""
    who = ((p.role, belief.canonical(p.actor)) for p in one.claim.participants)
    return one.claim.type, frozenset(who)


def compared_value(claim: Claim) -> str:
    """Return the value of a claim as it is compared: without regard to case."""
    return (claim.value or "").casefold()


def is_single(one: MergedClaim, vocabulary: Vocabulary) -> bool:
    """Return whether a claim says that a state holds of which one value stands at a time."""
    kind = vocabulary.types.get(one.claim.type)
    single = kind is not None and kind.single and bool(one.keys)
    return single and isinstance(one.claim, State) and one.claim.factual


def narrowness(one: MergedClaim) -> tuple[int, str]:
    """Return the key by which the narrowest window of a start comes first; of equal ones, by content."""
    return one.span.sure - one.span.first, one.content


def grouped(
    states: Iterable[MergedClaim], key: Callable[[MergedClaim], Hashable]
) -> dict[Hashable, list[MergedClaim]]:
    """Return the states by a key."""
    found: dict[Hashable, list[MergedClaim]] = defaultdict(list)
    for state in states:
        found[key(state)].append(state)
    return found
