"""Claims that are the same, merged, with the span that they share; and which bear on one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.records.claims import Assessment, Claim, Event, Tally
from factledger.records.fields import UNKNOWN_END
from factledger.records.vocabulary import Key
from factledger.status.belief import Belief, Live, Support
from factledger.status.registry import joined
from factledger.status.spans import Dates, Span, Status, span
from factledger.status.standings import MOST_CONTESTS

CERTAIN = frozenset({Status.DEFINITE, Status.PRESUMED})
StateValue: TypeAlias = tuple[str, str | None, tuple[tuple[str, str], ...]]


class MergedClaim(NamedTuple):
    """One claim, or several that are the same, on the way to a standing: the live claims and their span.

    `keys` are those under which it counts, and `value` is what it says under them. `because` is
    the entry of the event that began it; `derived` tells that it was worked out from that event
    alone. `clashes` are the entries that contradict it on every day.
    """

    lives: tuple[Live, ...]
    claim: Claim
    span: Span
    keys: tuple[Key, ...]
    value: StateValue
    because: int | None = None
    derived: bool = False
    clashes: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        """The entry that speaks for it."""
        return self.lives[0].number

    @property
    def sure(self) -> bool:
        """Whether any of its sources was certainly published by the published cut."""
        return any(live.sure for live in self.lives)

    @property
    def meaning(self) -> tuple[str, tuple[Key, ...], StateValue]:
        """Its type, keys and value: states of one meaning, stated or derived, say the same."""
        return self.claim.type, self.keys, self.value

    @property
    def content(self) -> str:
        """A text that orders merged claims without regard to when they were recorded."""
        return self.lives[0].content

    @property
    def supports(self) -> tuple[Support, ...]:
        """The sources that support it, in the order of the log."""
        found = dict.fromkeys(s for live in self.lives for s in live.supports)
        return tuple(sorted(found, key=lambda s: s.number))

    @property
    def held_to(self) -> Day:
        """The last day on which its sources vouch that it held, if they do at all."""
        span = self.span
        return max(span.until, span.sure) if span.tail is Status.PRESUMED else span.until

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
            if key not in keys:
                keys.add(key)
                near.extend(belief.keyed(key))
        fresh = [n for n in near if n.number not in found]
        found.update((n.number, n) for n in fresh)
        waiting.extend(fresh)
    return sorted(found.values(), key=lambda live: live.number)


def unmerged(belief: Belief, live: Live) -> MergedClaim:
    """Return one live claim as it is before any other is merged with it."""
    claim = live.claim
    return MergedClaim((live,), claim, span_of(live), belief.keys(claim), value_of(claim, belief))


def span_of(live: Live) -> Span:
    """Return the span of a live claim, from its own dates and those of its sources."""
    return span(dates_of(live))


def dates_of(live: Live) -> Dates:
    """Return the dates that the span of a live claim depends on; a `close` record gives its end."""
    claim, ending = live.claim, live.ending
    return Dates(
        shape=claim.shape,
        when=claim.when if isinstance(claim, Event | Assessment) else None,
        since=UNKNOWN_END if isinstance(claim, Event) else claim.since,  # type: ignore[attr-defined]
        until=ending.until if ending else getattr(claim, "until", UNKNOWN_END),
        settled=live.settled,
        attested=live.attested,
        planned=claim.modality == "planned",
        none=isinstance(claim, Tally) and claim.count.upper == 0,
        comes=ending is None or ending.sure,
    )


def value_of(claim: Claim, belief: Belief) -> StateValue:
    """Return the value of a state under its key: its own, its mode and who else takes part."""
    kind = belief.vocabulary.types.get(claim.type)
    apart = {*(kind.key if kind else ()), "location"}
    others = {(p.role, belief.canonical(p.actor)) for p in claim.participants}
    rest = tuple(sorted((role, actor) for role, actor in others if role not in apart))
    return compared_value(claim), claim.mode, rest


def compared_value(claim: Claim) -> str:
    """Return the value of a claim as it is compared: without regard to case."""
    return (claim.value or "").casefold()


def merged(belief: Belief, lives: Sequence[Live]) -> list[MergedClaim]:
    """Return the claims, those that are the same merged where they can be so; the rest clash."""
    alone = {live.number: unmerged(belief, live) for live in lives}
    same = ((n, o) for n in alone for o in belief.same_as(n) if o in alone)
    groups = joined(same)
    grouped = {number for group in groups for number in group}
    found = [c for number, c in alone.items() if number not in grouped]
    for group in groups:
        found.extend(as_one([alone[number] for number in sorted(group)]))
    return sorted(found, key=lambda c: c.number)


def as_one(group: Sequence[MergedClaim]) -> list[MergedClaim]:
    """Return the group as one claim, in the narrowest words; or all of it, as clashing."""
    span = intersection([c.span for c in group])
    alike = len({(type(c.claim), c.claim.polarity) for c in group}) == 1
    if not alike or span.first > span.sure or span.until >= span.gone < FOREVER:
        numbers = [c.number for c in group[: MOST_CONTESTS + 1]]
        return [c._replace(clashes=tuple(n for n in numbers if n != c.number)) for c in group]
    ranked = sorted(group, key=_precision)
    lives = tuple(live for c in ranked for live in c.lives)
    return [ranked[0]._replace(lives=lives, span=span)]


def intersection(spans: Sequence[Span]) -> Span:
    """Return the span of one claim, of which all of these are spans."""
    presumed = any(s.tail is Status.PRESUMED for s in spans)
    return Span(
        first=max(s.first for s in spans),
        sure=min(s.sure for s in spans),
        until=max(s.until for s in spans),
        gone=min(s.gone for s in spans),
        tail=Status.PRESUMED if presumed else Status.POSSIBLE,
    )


def _precision(one: MergedClaim) -> tuple[bool, int, str]:
    return not one.claim.factual, *narrowness(one)


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
