"""A second evaluator of ledgers, slow and obvious: every claim looks at every other, day by day.

It is written from the rules alone and shares with factledger the records, the dates
and the table of types, none of the reasoning.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import Edtf
from factledger.records.amendments import (
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Redact,
    Retract,
    Withdraw,
)
from factledger.records.claims import Assessment, Citation, Claim, Event, State, Tally
from factledger.records.declarations import Actor, Source, Type
from factledger.records.entries import Entry
from factledger.records.record import Record

BEGINNING, NEVER = -1_000_000_000, 1_000_000_000
FACTUAL = ("actual", "presupposed")


@attrs.frozen
class Row:
    """What is compared of a standing."""

    number: int
    type: str
    derived: bool
    status: str
    alone: str
    because: int | None
    also: tuple[int, ...]
    contested_by: tuple[int, ...]
    origins: frozenset[str]
    attested: int | None


@attrs.define(eq=False)
class Stand:
    """One claim, or several that are the same, with the days on which it turns."""

    numbers: list[int]
    claim: Claim
    first: int
    sure: int
    until: int
    gone: int
    presumed: bool
    certain: bool
    origins: frozenset[str]
    disputes: set[int]
    because: int | None = None
    derived: bool = False

    @property
    def number(self) -> int:
        """The entry that speaks for it."""
        return self.numbers[0]

    @property
    def attested_to(self) -> int:
        """The last day for which a source vouches."""
        return max(self.until, self.sure) if self.presumed else self.until

    @property
    def factual_state(self) -> bool:
        """Whether it says that a state holds."""
        return isinstance(self.claim, State) and factual(self.claim)

    def alone(self, day: int) -> str:
        """Return the status on a day, others left aside: rule S5."""
        if day < self.first:
            return "not-yet"
        if day >= self.gone:
            return "ended"
        if day < self.sure:
            return "possible"
        if day <= self.until:
            return "definite"
        return "presumed" if self.presumed else "possible"


def factual(claim: Claim) -> bool:
    """Return whether a claim says that something is so."""
    return claim.polarity == "asserted" and claim.modality in FACTUAL


def content(claim: Claim) -> str:
    """Return what orders claims whatever their place in the log."""
    fields = (field.name for field in attrs.fields(type(claim)) if field.name != "label")
    return repr([claim.shape, *(getattr(claim, name) for name in fields)])


class Oracle:
    """A ledger as of two cuts: entries up to `recorded`, sources published by `published`."""

    def __init__(
        self,
        entries: Iterable[Entry],
        shipped: Mapping[str, Type],
        recorded: int,
        published: int | None = None,
    ) -> None:
        self.records: dict[int, Record] = {}
        self.days: dict[int, int] = {}
        self.whole: dict[int, Record] = {}  # also what is recorded later: it tells what was erased
        self.known: set[int] = set()
        for entry in entries:
            if entry.record is not None:
                self.whole[entry.number] = entry.record
            if entry.number <= recorded:
                self.known.add(entry.number)
            if entry.number <= recorded and entry.record is not None:
                self.records[entry.number] = entry.record
                self.days[entry.number] = Day.parse(entry.at[:10])
        self.published = published
        self.types = {**shipped, **self.declared(Type)}
        self.sources = self.declared(Source)
        self.actors = self.declared(Actor)
        self.lives = self.live()
        self.stands = self.all_stands()

    # --- declarations and sources

    def contents(self) -> Iterable[tuple[int, Any]]:
        """Yield each entry with what it puts forward, also inside a correction."""
        for number, record in self.records.items():
            yield number, record.content

    def declared(self, kind: type[Any]) -> dict[str, Any]:
        """Return the declarations of a kind; of one id the last counts."""
        return {c.id: c for _, c in self.contents() if isinstance(c, kind)}

    def window(self, source: str) -> tuple[int, int]:
        """Return the first and last day of publication: rule R1."""
        declared = self.sources[source]
        first = BEGINNING
        limits = []
        if declared.published is not None:
            if isinstance(declared.published.earliest, Day):
                first = declared.published.earliest
            limits.append(declared.published.latest)
        if declared.retrieved is not None:
            limits.append(declared.retrieved.latest)
        limits.append(
            min(
                self.days[n] for n, c in self.contents() if isinstance(c, Source) and c.id == source
            )
        )
        days = [limit for limit in limits if isinstance(limit, int) and limit >= first]
        return first, min(days) if days else first

    def counts(self, citation: Citation) -> bool:
        """Return whether a citation counts: rules R2 and R3."""
        if self.withdrawn(citation.source):
            return False
        return self.published is None or self.window(citation.source)[0] <= self.published

    def withdrawn(self, source: str) -> bool:
        """Return whether a source is withdrawn, and the withdrawal was not taken back: rule R2."""
        return any(
            isinstance(record, Withdraw) and record.source == source and not self.taken_back(number)
            for number, record in self.records.items()
        )

    def surely(self, citation: Citation) -> bool:
        """Return whether a citation that counts was surely published by the cut."""
        return self.published is None or self.window(citation.source)[1] <= self.published

    def origin(self, source: str) -> str:
        """Return who is behind a source: rule R4."""
        chain = [source]
        while (parent := self.sources[chain[-1]].copy_of) and parent not in chain:
            chain.append(parent)
        root = self.sources[chain[-1]]
        return str(root.publisher or root.id).casefold()

    # --- live claims

    def taken_back(self, number: int) -> bool:
        """Return whether an entry was retracted or erased."""
        return any(
            isinstance(record, Retract | Redact) and record.target == number
            for record in self.records.values()
        )

    def claim_of(self, number: int) -> int:
        """Return the first reading of the claim that an entry is a reading of: rule C1."""
        while True:
            record = self.whole.get(number)
            before = number
            if isinstance(record, Correct) and isinstance(record.record, Claim):
                before = record.target
            for other in self.whole.values() if record is None else ():
                if isinstance(other, Redact) and other.target == number and other.claim:
                    before = other.claim
            if before == number:
                return number
            number = before

    def readings(self, claim: int) -> list[int]:
        """Return the readings of a claim that have their ground, oldest first: rules C2 and L2."""
        found = [n for n in sorted(self.known) if self.claim_of(n) == claim]
        records = self.records.values()
        retracted = {record.target for record in records if isinstance(record, Retract)}
        return [n for n in found if n not in retracted and (n == claim or self.grounded(n))]

    def grounded(self, number: int) -> bool:
        """Return whether what a correction rests on counts: rule L2."""
        record: Any = self.records.get(number)
        if record is None:  # erased: it stays in the way
            return True
        cited = record.record.citations
        if record.reason in ("misread", "misdated", "misidentified"):
            old: Any = self.whole.get(record.target)
            again = {c.source for c in old.content.citations} if old else set()
            return any(not self.withdrawn(c.source) or c.source in again for c in cited)
        return any(self.counts(c) and self.surely(c) for c in cited)

    def content(self, claim: int, number: int) -> Any:
        """Return what a reading says: what it does not change is as the reading before says: rule C3."""
        found: Any = None
        for n in self.readings(claim):
            record: Any = self.records.get(n)
            new = record.content if record else None
            same = (type(new), getattr(new, "type", 0)) == (type(found), getattr(found, "type", 1))
            if isinstance(record, Correct) and record.changes and same:
                found = attrs.evolve(found, **{f: getattr(new, f) for f in record.changes})
            else:
                found = new
            if n == number:
                break
        return found

    def backing(self, number: int, kind: type[Any]) -> list[tuple[int, Any, list[Citation]]]:
        """Return the records of a kind about a claim that stand, with their citations that count: C4."""
        found = []
        records: dict[int, Any] = self.records
        claim = self.claim_of(number)
        for n, record in records.items():
            about = isinstance(record, kind) and self.claim_of(record.target) == claim
            if about and not self.taken_back(n) and not self.overtaken(claim, n, record):
                cited = [c for c in record.citations if self.counts(c)]
                if cited:
                    found.append((n, record, cited))
        return found

    def overtaken(self, claim: int, number: int, record: Record) -> bool:
        """Return whether a later reading gives another end than a `close`, or settles a dispute."""
        readings = self.readings(claim)
        if isinstance(record, Dispute):
            return any(number in getattr(self.records.get(n), "settles", ()) for n in readings)
        if isinstance(record, Close):
            for before, after in itertools.pairwise(readings):
                one, other = self.content(claim, before), self.content(claim, after)
                moved = getattr(one, "until", None) != getattr(other, "until", None)
                if after > number and moved and one is not None and other is not None:
                    return True
        return False

    def live(self) -> dict[int, tuple[Claim, list[Citation]]]:
        """Return the live claims with the citations that support them: rules L1 and C2."""
        found = {}
        for claim in {self.claim_of(n) for n in self.known}:
            readings = self.readings(claim)
            if claim not in readings or self.taken_back(readings[-1]):
                continue
            content = self.content(claim, readings[-1])
            if not isinstance(content, Claim):
                continue
            cited = [c for c in content.citations if self.counts(c)]
            for _, _, more in self.backing(claim, Corroborate):
                cited += more
            if cited:
                found[readings[-1]] = (content, cited)
        return dict(sorted(found.items()))

    # --- spans

    def stand(self, number: int, claim: Claim, cited: list[Citation]) -> Stand:
        """Return a claim with its days, others left aside: rules S1 to S4."""
        windows = [self.window(c.source) for c in cited]
        settled = min(last for _, last in windows)
        attested = max(first for first, _ in windows)

        def start(date: Edtf) -> int:
            return date.earliest if isinstance(date.earliest, Day) else BEGINNING

        def settled_by(date: Edtf) -> int:
            day = date.latest if isinstance(date.latest, Day) else settled
            return max(day, settled) if date.qualified else day

        until, gone, presumed = NEVER, NEVER, False
        when = claim.when if isinstance(claim, Event | Assessment) else None
        if when is not None:
            first, sure = start(when), settled_by(when)
        elif isinstance(claim, Tally):
            first, sure = start(claim.since), settled_by(claim.until)
            if claim.count.upper == 0:
                last = claim.since.latest
                sure = min(sure, last if isinstance(last, Day) else sure)
        else:
            assert isinstance(claim, State | Assessment)
            first = start(claim.since)
            sure = BEGINNING if claim.since.text == ".." else settled_by(claim.since)
            end, certain_end = claim.until, True
            closes = self.backing(number, Close)
            if closes:
                _, close, said = closes[-1]
                end, certain_end = close.until, any(map(self.surely, said))
            if end.text == "..":
                until, presumed = attested, True
            else:
                until = end.earliest if isinstance(end.earliest, Day) else BEGINNING
                if isinstance(end.latest, Day) and certain_end:
                    gone = settled_by(end) + 1
        if claim.modality == "planned":
            sure = NEVER
        return Stand(
            numbers=[number],
            claim=claim,
            first=first,
            sure=sure,
            until=until,
            gone=gone,
            presumed=presumed,
            certain=any(map(self.surely, cited)),
            origins=frozenset(self.origin(c.source) for c in cited),
            disputes={n for n, _, _ in self.backing(number, Dispute)},
        )

    # --- the same

    def groups(self, numbers: list[int]) -> list[list[int]]:
        """Return the claims in groups that are the same: rule I1."""
        verdicts = {}
        for record in self.records.values():
            if isinstance(record, Identify) and record.claims:
                verdicts[frozenset(map(self.claim_of, record.claims))] = record.verdict
        standing = {self.claim_of(number): number for number in numbers}
        same = {
            frozenset(standing[claim] for claim in pair)
            for pair, verdict in verdicts.items()
            if verdict == "same" and pair <= standing.keys()
        }
        return reachable(numbers, same)

    def alias(self, actor: str) -> str:
        """Return the smallest id of those that are the same actor: rule I2."""
        return min(self.aliases(actor))

    def aliases(self, actor: str) -> list[str]:
        """Return all ids of an actor."""
        verdicts = {}
        for record in self.records.values():
            if isinstance(record, Identify) and record.actors:
                verdicts[frozenset(record.actors)] = record.verdict
        same = {pair for pair, verdict in verdicts.items() if verdict == "same"}
        names = sorted({actor, *self.actors})
        return next(group for group in reachable(names, same) if actor in group)

    def merged(self, group: list[Stand]) -> list[Stand]:
        """Return claims that are the same as one, or each contested by the others."""
        if len(group) == 1:
            return group
        ranked = sorted(
            group, key=lambda s: (not factual(s.claim), s.sure - s.first, content(s.claim))
        )
        one = Stand(
            numbers=[s.number for s in ranked],
            claim=ranked[0].claim,
            first=max(s.first for s in group),
            sure=min(s.sure for s in group),
            until=max(s.until for s in group),
            gone=min(s.gone for s in group),
            presumed=any(s.presumed for s in group),
            certain=any(s.certain for s in group),
            origins=frozenset().union(*(s.origins for s in group)),
            disputes=set().union(*(s.disputes for s in group)),
        )
        alike = len({(s.claim.shape, s.claim.polarity) for s in group}) == 1
        consistent = one.first <= one.sure and (one.gone == NEVER or one.until < one.gone)
        if alike and consistent:
            return [one]
        for stand in group:
            stand.disputes |= {other.number for other in group if other is not stand}
        return group

    # --- what claims do to one another

    def key(self, claim: Claim, state: Type) -> Any:
        """Return the key of a type of state that a claim names."""
        return [sorted({self.alias(a) for a in claim.actors(role)}) for role in state.key]

    def value(self, claim: Claim, state: Type) -> Any:
        """Return what a state says under its key."""
        rest = {
            (p.role, self.alias(p.actor))
            for p in claim.participants
            if p.role not in state.key and p.role != "location"
        }
        return (claim.value or "").casefold(), claim.mode, rest

    def same_key(self, a: Claim, b: Claim) -> bool:
        """Return whether two states count under one key."""
        kind = self.types[a.type]
        return a.type == b.type and bool(kind.key) and self.key(a, kind) == self.key(b, kind)

    def same_value(self, a: Claim, b: Claim) -> bool:
        """Return whether two states of one type say the same."""
        return bool(self.value(a, self.types[a.type]) == self.value(b, self.types[b.type]))

    def moved(self, stand: Stand, how: str) -> list[Type]:
        """Return the types of state that an event begins or ends."""
        if not isinstance(stand.claim, Event) or not factual(stand.claim):
            return []
        return [self.types[name] for name in getattr(self.types[stand.claim.type], how)]

    def begun(self, event: Stand) -> list[Stand]:
        """Return the states that an event begins: rule B1."""
        return [
            attrs.evolve(
                event,
                claim=State(
                    type=kind.id,
                    value=event.claim.value,
                    contexts=event.claim.contexts,
                    participants=[
                        p
                        for p in event.claim.participants
                        if p.role != "location" or "location" in kind.key
                    ],
                ),
                until=event.sure,
                presumed=True,
                because=event.number,
                derived=True,
            )
            for kind in self.moved(event, "begins")
        ]

    def all_stands(self) -> list[Stand]:
        """Return every standing with its days, ends by events taken in."""
        alone = {n: self.stand(n, claim, cited) for n, (claim, cited) in self.lives.items()}
        stated: list[Stand] = []
        for group in self.groups(list(self.lives)):
            stated += self.merged([alone[n] for n in group])
        events = {id(s): s for s in stated}
        derived = [d for s in stated for d in self.begun(s)]
        told: set[int] = set()
        originals = [(s, s.first, s.sure) for s in stated]
        for stand, first, sure in originals:
            told |= self.explain(stand, first, sure, derived, events)
        stands = stated + [d for d in derived if id(d) not in told]
        for stand, until, gone in [(s, s.until, s.gone) for s in stands]:
            if stand.factual_state and gone == NEVER:
                self.end(stand, until, stated)
        return stands

    def explain(
        self, stand: Stand, first: int, sure: int, derived: list[Stand], events: Any
    ) -> set[int]:
        """Give a stated state the event that began it, and return what need not be shown: rule B2."""
        if not stand.factual_state:
            return set()
        fitting = [
            d
            for d in derived
            if self.same_meaning(d.claim, stand.claim) and max(first, d.first) <= min(sure, d.sure)
        ]
        if not fitting:
            return set()
        event = min(
            fitting,
            key=lambda d: (d.sure - d.first, content(self.lives[d.number][0]), d.number),
        )
        stand.because = event.number
        stand.first, stand.sure = max(first, event.first), min(sure, event.sure)
        return {
            id(d)
            for d in derived
            if d.number == event.number and self.same_meaning(d.claim, stand.claim)
        }

    def same_meaning(self, a: Claim, b: Claim) -> bool:
        """Return whether two states say the same of the same."""
        kind = self.types[a.type]
        same_key = a.type == b.type and self.key(a, kind) == self.key(b, kind)
        return same_key and self.same_value(a, b)

    def enders(self, stand: Stand, stated: list[Stand]) -> list[Stand]:
        """Return the events that end a state, as far as what they name goes: rule B3."""
        return [
            other
            for other in stated
            for kind in self.moved(other, "ends")
            if kind.id == stand.claim.type and self.fits(other.claim, stand.claim, kind)
        ]

    def fits(self, event: Claim, state: Claim, kind: Type) -> bool:
        """Return whether all that an event names is so of a state."""
        if self.key(event, kind) != self.key(state, kind):
            return False
        if event.value is not None and event.value.casefold() != (state.value or "").casefold():
            return False
        for p in event.participants:
            ours = [self.alias(a) for a in state.actors(p.role)]
            if p.role != "location" and ours and self.alias(p.actor) not in ours:
                return False
        return True

    def end(self, stand: Stand, until: int, stated: list[Stand]) -> None:
        """End a state by the first event after its start: rule B3."""
        after = [e for e in self.enders(stand, stated) if e.first >= stand.sure]
        if not after:
            return
        event = min(after, key=lambda e: (e.sure, e.first, content(self.lives[e.number][0])))
        if stand.attested_to > event.sure:
            stand.disputes = stand.disputes | {event.number}
        stand.until = max(until, event.first)
        stand.gone = max(stand.until, event.sure) + 1
        stand.presumed = False

    def caps(self, stand: Stand) -> tuple[int, int]:
        """Return from when a state is possible at most, and from when it has ended: B3 and D1."""
        maybe, surely = NEVER, NEVER
        if not stand.factual_state:
            return maybe, surely
        if stand.gone == NEVER:
            for event in self.enders(stand, self.stands):
                if event.first < stand.sure < NEVER and event.sure > stand.first:
                    maybe = min(maybe, max(event.first, stand.attested_to) + 1)
        for other in self.stands:
            if other is stand or not other.factual_state or not self.displacing(other, stand):
                continue
            cut = other.first if other.first >= stand.attested_to else stand.attested_to + 1
            maybe = min(maybe, cut)
            if other.first > BEGINNING:
                later = stand.sure <= other.first
            else:
                later = stand.sure < other.sure
            if later and other.certain:
                surely = min(surely, max(other.sure, cut))
        return maybe, surely

    def displacing(self, b: Stand, a: Stand) -> bool:
        """Return whether B may have taken the place of A: rule D1."""
        if not self.same_key(a.claim, b.claim) or not self.types[a.claim.type].single:
            return False
        if self.same_value(a.claim, b.claim):
            return False
        placed = b.first > BEGINNING or b.alone(b.sure) in ("definite", "presumed")
        return b.sure > a.first and b.sure < NEVER and placed

    def contradicting(self, a: Stand, b: Stand) -> int | None:
        """Return the day from which two states contradict one another: rule D2."""
        if a is b or not isinstance(a.claim, State) or not isinstance(b.claim, State):
            return None
        if not self.same_key(a.claim, b.claim):
            return None
        same = self.same_value(a.claim, b.claim)
        if a.claim.polarity == b.claim.polarity:
            both = factual(a.claim) and factual(b.claim)
            against = both and not same and self.types[a.claim.type].single
        else:
            against = same and a.claim.modality in FACTUAL and b.claim.modality in FACTUAL
        start, over = max(a.sure, b.sure), min(a.attested_to, b.attested_to)
        together = start < over or (start == over and a.sure == b.sure)
        return start if against and together and start < NEVER else None

    # --- answers

    def status(self, stand: Stand, day: int) -> str:
        """Return the status on a day, all taken in."""
        maybe, surely = self.caps(stand)
        status = stand.alone(day)
        if status in ("not-yet", "ended"):
            return status
        if day >= surely:
            return "ended"
        if status != "possible" and (day >= maybe or not stand.certain):
            return "possible"
        return status

    def row(self, stand: Stand, day: int) -> Row:
        """Return the standing on a day."""
        status = self.status(stand, day)
        rivals = set(stand.disputes)
        for other in self.stands:
            start = self.contradicting(stand, other)
            if start is not None and day >= start and self.status(other, day) != "ended":
                rivals.add(other.number)
        shown = status not in ("not-yet", "ended")
        return Row(
            number=stand.number,
            type=stand.claim.type,
            derived=stand.derived,
            status="contested" if shown and rivals else status,
            alone=status,
            because=stand.because,
            also=tuple(sorted(stand.numbers[1:])),
            contested_by=tuple(sorted(rivals)) if shown else (),
            origins=stand.origins,
            attested=stand.until if status == "presumed" else None,
        )

    def rows(self, day: int, stands: Iterable[Stand] | None = None) -> list[Row]:
        """Return every standing on a day, not-yet and ended included, in order."""
        ordered = sorted(
            self.stands if stands is None else stands,
            key=lambda s: (self.appears(s), s.number, s.derived),
        )
        return [self.row(stand, day) for stand in ordered]

    def appears(self, stand: Stand) -> int:
        """Return the first day on which a standing is more than not-yet."""
        return min(stand.first, NEVER)

    def between(self, one: str, other: str) -> list[Stand]:
        """Return the standings of claims that name one actor of each side, two different ones."""
        sides = self.side(one), self.side(other)
        return self.speaking(lambda names: self.facing(names, *sides))

    def involving(self, actor: str) -> list[Stand]:
        """Return the standings of claims that name an actor."""
        side = self.side(actor)
        return self.speaking(lambda names: bool(names & side))

    def side(self, actor: str) -> set[str]:
        """Return an actor's ids, and those of the actors that belong to it."""
        own = set(self.aliases(actor))
        return own | {a.id for a in self.actors.values() if a.of in own}

    def facing(self, names: set[str], one: set[str], other: set[str]) -> bool:
        """Return whether two different names stand on the two sides."""
        pairs = itertools.permutations(names, 2)
        return any(a in one and b in other for a, b in pairs)

    def speaking(self, wanted: Any) -> list[Stand]:
        """Return the standings for which a claim with the wanted names speaks."""
        numbers = set()
        for number, (claim, _) in self.lives.items():
            names = {p.actor for p in claim.participants}
            names |= {p.of for p in claim.participants if p.of is not None}
            if wanted(names):
                numbers.add(number)
        return [s for s in self.stands if numbers.intersection(s.numbers)]


def reachable(members: list[Any], pairs: set[frozenset[Any]]) -> list[list[Any]]:
    """Return the members in groups: in one, whoever is joined by pairs, each in order."""
    left, groups = list(members), []
    while left:
        group = [left[0]]
        for member in group:
            group += [m for m in left if m not in group and frozenset((m, member)) in pairs]
        left = [m for m in left if m not in group]
        groups.append(sorted(group))
    return groups
