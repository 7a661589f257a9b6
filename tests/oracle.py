"""A second evaluator of ledgers, slow and obvious: every claim looks at every other, day by day.

It is written from the rules alone and shares with factledger the records, the dates
and the table of types, none of the reasoning.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from factledger.dates.dated import UNKNOWN, Edtf
from factledger.dates.days import Day
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
from factledger.records.quantities import cannot_both_be, quantity_of
from factledger.records.record import Record
from oracle_rooms import Room, first_free, room_of, settle
from oracle_rooms import Row as StateRow

BEGINNING, NEVER = -1_000_000_000, 1_000_000_000
FACTUAL = ("actual", "presupposed")
Limits = tuple[int, int, list[tuple[int, int]]]


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
    """One claim, or several that are the same, with the days on which it turns.

    Its first day is in `begins`, its last in `ends`; `plans` are ends that sources foresee: the
    day up to which they vouch, and the two days of the end.
    """

    numbers: list[int]
    claim: Claim
    begins: tuple[int, int]
    ends: tuple[int, int]
    plans: tuple[tuple[int, int, int], ...]
    certain: bool
    origins: frozenset[str]
    disputes: set[int]
    period: tuple[int, int] = (BEGINNING, NEVER)
    things: frozenset[int] = frozenset()
    clashes: set[int] = attrs.field(factory=set)
    because: int | None = None
    derived: bool = False
    first: int = BEGINNING
    sure: int = NEVER
    until: int = NEVER
    presumed: int = BEGINNING
    gone: int = NEVER
    carried: bool = False

    @property
    def number(self) -> int:
        """The entry that speaks for it."""
        return self.numbers[0]

    @property
    def attested_to(self) -> int:
        """The last day for which a source vouches."""
        return max(self.until, self.sure) if self.presumed >= self.sure else self.until

    @property
    def stands_to(self) -> int:
        """The last day on which it is definite or presumed."""
        return max(self.until, self.presumed)

    @property
    def placed(self) -> bool:
        """Whether its start is known: by an earliest day, or by a day on which it held."""
        sure = self.alone(self.sure) in ("definite", "presumed")
        return self.sure < NEVER and (self.first > BEGINNING or sure)

    @property
    def over(self) -> int:
        """The day from which its sources say that it is over, a plan aside."""
        return NEVER if self.presumed >= self.until > BEGINNING else self.gone

    @property
    def stands(self) -> bool:
        """Whether it is definite or presumed on any day."""
        return self.certain and self.sure <= self.stands_to and self.sure < NEVER

    @property
    def held(self) -> bool:
        """Whether its sources say of any day that it is so."""
        return self.sure <= self.until and self.sure < NEVER

    @property
    def definite(self) -> bool:
        """Whether it is definite on any day."""
        return self.certain and self.held

    @property
    def told(self) -> bool:
        """Whether it is told as so or as not so."""
        return self.claim.modality in FACTUAL

    @property
    def factual_state(self) -> bool:
        """Whether it says that a state holds."""
        return isinstance(self.claim, State) and factual(self.claim)

    def turn(self) -> Stand:
        """Set the days on which it turns: what is so in every world is definite."""
        self.first = self.begins[0]
        self.sure = max(self.first, min(self.begins[1], self.ends[1]))
        self.until = min(max(self.first, self.ends[0]), self.ends[1])
        self.gone = self.ends[1] + 1 if self.ends[1] < NEVER else NEVER
        self.presumed, self.carried = BEGINNING, False
        if self.plans and self.ends[1] == NEVER:
            left = [p for p in self.plans if p[1] < NEVER and p[2] >= self.until]
            ever = any(p[1] == NEVER for p in self.plans)
            left = left or ([(0, NEVER, NEVER)] if ever else [])
            for _, plan, last in sorted(left, key=lambda p: (p[0], -p[2], -p[1]))[-1:]:
                self.presumed = max(plan, self.until)
                self.gone = last + 1 if last < NEVER else NEVER
                self.carried = True
        if self.claim.modality == "planned":
            self.sure, self.presumed = NEVER, BEGINNING
        if throughout(self.claim):
            self.sure = self.first
        return self

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
        return "presumed" if day <= self.presumed else "possible"


def together(a: Any, b: Any) -> tuple[tuple[int, int], tuple[int, int], tuple[Any, ...]]:
    """Return the worlds that two have in common: of the first day, of the last, and the plans."""
    begins = max(a.begins[0], b.begins[0]), min(a.begins[1], b.begins[1])
    ends = max(a.ends[0], b.ends[0]), min(a.ends[1], b.ends[1])
    return begins, ends, tuple(sorted({*a.plans, *b.plans}))


def agree(a: Any, b: Any) -> bool:
    """Return whether there are any."""
    (s1, s2), (e1, e2), _ = together(a, b)
    return s1 <= s2 and e1 <= e2 and s1 <= e2


def agreeing(
    group: list[Stand],
    said: Callable[[Stand], str],
    apart: Callable[[list[Stand], Stand, Stand], bool] = lambda some, whole, one: False,
) -> list[list[Stand]]:
    """Return standings in sets that can all be right; a plan goes with whatever came."""
    ranked = sorted(group, key=lambda s: (not factual(s.claim), s.sure - s.first, said(s)))
    came = [s for s in ranked if s.claim.modality != "planned"]
    sets: list[tuple[list[Stand], Stand]] = []
    for one in came or ranked:
        for members, whole in sets:
            if agree(whole, one) and not apart(members, whole, one):
                whole.begins, whole.ends, whole.plans = together(whole, one)
                whole.turn()
                members.append(one)
                break
        else:
            sets.append(([one], attrs.evolve(one)))
    if came:
        sets[0][0].extend(s for s in ranked if s.claim.modality == "planned")
    return [members for members, _ in sets]


def united(agreed: list[Stand]) -> Stand:
    """Return standings that can all be right as one, in the words of the first."""
    one = attrs.evolve(
        agreed[0],
        numbers=[n for s in agreed for n in s.numbers],
        certain=any(s.certain for s in agreed),
        origins=frozenset().union(*(s.origins for s in agreed)),
        disputes=set().union(*(s.disputes for s in agreed)),
        clashes=set().union(*(s.clashes for s in agreed)),
        things=frozenset().union(*(s.things for s in agreed)),
    )
    for other in agreed[1:]:
        if other.claim.modality != "planned" or one.claim.modality == "planned":
            one.begins, one.ends, one.plans = together(one, other)
    return one.turn()


def factual(claim: Claim) -> bool:
    """Return whether a claim says that something is so."""
    return claim.polarity == "asserted" and claim.modality in FACTUAL


def counted(
    claim: Tally, begins: tuple[int, int], over: int, spoken: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the period of a count, and the days on one of which it is settled: rule S3."""
    period = begins[0], over
    if factual(claim):
        period = begins[0], max(begins[0], min(over, spoken))
    sure = min(begins[1], over) if claim.count.upper == 0 else over
    return period, (begins[0], max(begins[0], sure))


def throughout(claim: Claim) -> bool:
    """Return whether a claim says that nothing happened on any day of a window."""
    if isinstance(claim, Event) and claim.polarity == "denied" and claim.modality in FACTUAL:
        return not claim.when.qualified and claim.when.earliest is not UNKNOWN
    if isinstance(claim, Tally) and claim.count.upper == 0 and factual(claim):
        known = not claim.since.qualified and claim.since.earliest is not UNKNOWN
        return known and claim.since.text == claim.until.text != ".."
    return False


def content(claim: Claim) -> str:
    """Return what orders claims whatever their place in the log, and whomever they name."""
    names = (field.name for field in attrs.fields(type(claim)))
    fields = (name for name in names if name not in ("label", "participants"))
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
        self.limited: dict[int, Limits] = {}
        self.turns: list[int] | None = None
        self.stands: list[Stand] = []
        self.stands = self.all_stands()
        self.work_out()

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
        spoken = max(first if first > BEGINNING else last for first, last in windows)

        def start(date: Edtf) -> int:
            return date.earliest if isinstance(date.earliest, Day) else BEGINNING

        def settled_by(date: Edtf) -> int:
            day = date.latest if isinstance(date.latest, Day) else settled
            return max(day, settled) if date.qualified else day

        def begun(date: Edtf) -> tuple[int, int]:
            last = settled_by(date)
            if factual(claim) and not date.qualified:
                last = min(last, settled)
            return start(date), max(start(date), last)

        ends: tuple[int, int] = (NEVER, NEVER)
        plans: tuple[tuple[int, int, int], ...] = ()
        period = BEGINNING, NEVER
        when = claim.when if isinstance(claim, Event | Assessment) else None
        if when is not None:
            begins = begun(when)
            last = min(begins[1], spoken) if throughout(claim) else begins[1]
            begins = begins[0], max(begins[0], last)
        elif isinstance(claim, Tally):
            ever = claim.since.text == ".."
            begins = (BEGINNING, BEGINNING) if ever else begun(claim.since)
            period, begins = counted(claim, begins, settled_by(claim.until), spoken)
        else:
            assert isinstance(claim, State | Assessment)
            ever = claim.since.text == ".."
            begins = (BEGINNING, BEGINNING) if ever else begun(claim.since)
            end, certain_end = claim.until, True
            closes = self.backing(number, Close)
            if closes:
                own = NEVER if not isinstance(end.latest, Day) else settled_by(end)
                begins = begins[0], max(begins[0], min(begins[1], own))
                _, close, said = closes[-1]
                end, certain_end = close.until, any(map(self.surely, said))
                said_in = [self.window(c.source) for c in said] if certain_end else []
                settled = min(settled, *(last for _, last in said_in), NEVER)
                begins = begins if ever else (begins[0], min(begins[1], begun(claim.since)[1]))
                attested = max(attested, *(first for first, _ in said_in), BEGINNING)
                spoken = max(spoken, *(a if a > BEGINNING else b for a, b in said_in), BEGINNING)
            vouched = max(attested, begins[0])
            if end.text == "..":
                ends, plans = (vouched, NEVER), ((vouched, NEVER, NEVER),)
            else:
                one = max(start(end), begins[0])
                known = isinstance(end.latest, Day) and certain_end
                two = settled_by(end) if known else NEVER
                ends = min(one, two), two
                if begins[0] <= two and one > max(spoken, begins[0]):
                    begins = begins[0], min(begins[1], two)
                    ends, plans = (vouched, NEVER), ((vouched, one, two),)
        return Stand(
            numbers=[number],
            claim=claim,
            begins=begins,
            ends=ends,
            plans=plans,
            certain=any(map(self.surely, cited)),
            origins=frozenset(self.origin(c.source) for c in cited),
            disputes={n for n, _, _ in self.backing(number, Dispute)},
            period=period,
        ).turn()

    # --- the same

    def things(self, numbers: list[int]) -> list[list[int]]:
        """Return the claims in groups of which a person, or their type, says that they are one: rule I1."""
        verdicts: dict[frozenset[int], str] = {}
        self.verdicts = verdicts
        for record in self.records.values():
            if isinstance(record, Identify) and record.claims:
                verdicts[frozenset(map(self.claim_of, record.claims))] = record.verdict
        standing = {self.claim_of(number): number for number in numbers}
        same = {
            frozenset(standing[claim] for claim in pair)
            for pair, verdict in verdicts.items()
            if verdict == "same" and pair <= standing.keys()
        }
        for pair in map(frozenset, itertools.combinations(numbers, 2)):
            if self.happened_once(*(self.lives[n][0] for n in pair)):
                same.add(pair)
        return reachable(numbers, same)

    def happened_once(self, a: Claim, b: Claim) -> bool:
        """Return whether two events are one, since theirs happen once."""
        roles = self.types[a.type].once
        if a.type != b.type or not roles or not (factual(a) and factual(b)):
            return False
        who = [[{self.alias(x) for x in claim.actors(r)} for r in roles] for claim in (a, b)]
        return isinstance(a, Event) and who[0] == who[1] and all(who[0])

    def one_state(self, a: Stand, b: Stand) -> bool:
        """Return whether two states say the same of one single-valued key."""
        both = a.factual_state and b.factual_state and self.same_key(a.claim, b.claim)
        return both and self.types[a.claim.type].single and self.same_value(a.claim, b.claim)

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
        """Return claims about one thing as standings: those that can all be right are one."""
        found: list[Stand] = []
        kinds: dict[Any, list[Stand]] = {}
        for stand in group:
            kinds.setdefault((stand.claim.shape, stand.claim.polarity), []).append(stand)
        for kind, alike in kinds.items():
            others = {s.number for k, them in kinds.items() if k != kind for s in them}
            for agreed in agreeing(alike, self.words, self.apart):
                one = united(agreed)
                one.clashes = {
                    n
                    for n in others
                    if any(n in self.thing_of and self.thing_of[n] == t for t in one.things)
                }
                found.append(one)
        return found

    # --- what claims do to one another

    def key(self, claim: Claim, state: Type) -> Any:
        """Return the key of a type of state that a claim names."""
        return [sorted({self.alias(a) for a in claim.actors(role)}) for role in state.key]

    def value(self, claim: Claim, state: Type) -> Any:
        """Return what a state says under its key."""
        told_apart = state.apart or [r for r in state.required if r not in state.key]
        rest = {
            (p.role, self.alias(p.actor))
            for p in claim.participants
            if p.role in told_apart or not state.key
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
        kind = self.types[stand.claim.type]
        by_mode = {effect.mode: effect.types for effect in getattr(kind, f"{how}_by")}
        return [self.types[n] for n in by_mode.get(stand.claim.mode, getattr(kind, how))]

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
                ends=(BEGINNING, NEVER),
                plans=(),
                things=frozenset(),
                because=event.number,
                derived=True,
            )
            for kind in self.moved(event, "begins")
        ]

    def all_begun(self, stated: list[Stand]) -> list[Stand]:
        """Return the states that events begin; those that can have begun with one another are one."""
        derived = [d for s in stated for d in self.begun(s)]
        groups: list[list[Stand]] = []
        for one in derived:
            same = [g for g in groups if self.same_meaning(g[0].claim, one.claim)]
            if same:
                same[0].append(one)
            else:
                groups.append([one])
        found = []
        for group in groups:
            for agreed in agreeing(group, self.words):
                one = united(agreed)
                start = one.begins[0]
                one.ends, one.plans = (start, NEVER), ((start, NEVER, NEVER),)
                found.append(one.turn())
        return sorted(found, key=lambda s: s.number)

    def all_stands(self) -> list[Stand]:
        """Return every standing with its days, ends by events taken in."""
        alone = {n: self.stand(n, claim, cited) for n, (claim, cited) in self.lives.items()}
        things = self.things(list(self.lives))
        self.thing_of = {n: min(group) for group in things if len(group) > 1 for n in group}
        for number, thing in self.thing_of.items():
            alone[number].things = frozenset({thing})
        pairs = {frozenset(p) for group in things for p in itertools.combinations(group, 2)}
        for a, b in itertools.combinations(alone.values(), 2):
            if self.one_state(a, b):
                pairs.add(frozenset({a.number, b.number}))
        self.stands = [*alone.values()]
        stated: list[Stand] = []
        for group in reachable(list(self.lives), pairs):
            stated += self.merged([alone[n] for n in group])
        derived = self.all_begun(stated)
        told: set[int] = set()
        originals = [(s, s.first, s.sure) for s in stated]
        for stand, first, sure in originals:
            told |= self.explain(stand, first, sure, derived)
        stands = self.stands = stated + [d for d in derived if id(d) not in told]
        stood = {id(s): attrs.evolve(s) for s in stands}
        self.late: list[tuple[Stand, Stand, int, int]] = []
        self.over_by: dict[int, int] = {}  # what perhaps held on beside another, until an event
        self.stated, self.stood = stated, stood
        self.open = {
            id(stand) for stand in stands if stand.factual_state and self.end(stand, stated, stood)
        }
        return stands

    def ended_again(self, stand: Stand) -> Stand:
        """Return a state as events end it once all is settled, where something can have come before."""
        known = {id(s): s for s in self.stands if id(s) in self.rooms}
        begun = {
            one: attrs.evolve(was, begins=(self.placed[one] if was.placed else was).begins).turn()
            for one, was in self.stood.items()
            if one in known
        }
        named = {id(b): known[one] for one, b in begun.items()}
        late, ended = [*self.late], begun[id(stand)]

        def clear(other: Stand) -> list[int]:
            return self.undisputed_from(named[id(other)], other.sure, other.until)

        def free(other: Stand, day: int) -> int:
            return self.free(named[id(other)], day)

        self.end(ended, self.stated, begun, stand, free, clear)
        self.late, latest = late, self.placed[id(stand)].ends[1]
        ended.ends = min(ended.ends[0], latest), min(ended.ends[1], latest)
        return ended.turn()

    def apart(self, some: list[Stand], whole: Stand, one: Stand) -> bool:
        """Return whether a person calls a claim different from some, or another stood between them."""
        said = {
            self.verdicts.get(frozenset(map(self.claim_of, (one.number, o.number)))) for o in some
        }
        if any(self.unlike(o.claim, one.claim) for o in some):
            return True
        if said & {"same", "different"}:
            return "different" in said
        begins, ends, plans = together(whole, one)
        joined = attrs.evolve(whole, begins=begins, ends=ends, plans=plans).turn()
        for row, side in self.rows_of(one):
            for other in row:
                if side(other) != side(one) and other.definite:
                    first, last = max(joined.sure, other.sure), min(joined.until, other.until)
                    for day in {first, last, *(s.until + 1 for s in (whole, one))}:
                        alone = any(s.sure <= day <= s.until for s in (whole, one))
                        if first <= day <= last and not alone:
                            return True
        return False

    def explain(self, stand: Stand, first: int, sure: int, derived: list[Stand]) -> set[int]:
        """Give a stated state the event that began it, and return what need not be shown: rule B2."""
        if not stand.factual_state or not agree(stand, stand):
            return set()
        fitting = [
            d
            for d in derived
            if self.same_meaning(d.claim, stand.claim) and max(first, d.first) <= min(sure, d.sure)
        ]
        if not fitting:
            return set()
        event = min(fitting, key=lambda d: (d.sure - d.first, self.words(d), d.number))
        stand.because = event.number
        stand.begins = max(first, event.first), min(stand.begins[1], event.begins[1])
        stand.turn()
        return {id(event)}

    def words(self, stand: Stand) -> str:
        """Return what orders standings whatever their place in the log, and by which names they call anybody."""
        claim = self.lives[stand.number][0]
        kind = self.types[claim.type]
        counted = {*kind.key, *kind.required, *kind.apart}
        people = [
            p for p in claim.participants if p.role in counted or not isinstance(claim, State)
        ]
        who = sorted((p.role, self.alias(p.actor)) for p in people)
        return f"{content(claim)}{who}{claim.participants}"

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

    def end(
        self,
        stand: Stand,
        stated: list[Stand],
        stood: dict[int, Stand],
        among: Stand | None = None,
        free: Any = lambda other, day: day,
        clear: Any = lambda other: (),
    ) -> bool:
        """End a state by the first event after its start and its attested days: rule B3.

        Return whether something can have taken its place before, and it is not known whether it did.
        """
        perhaps = False
        among = among or stand
        events = [e for e in self.enders(stand, stated) if e.certain]
        early = (e.first for e in events if e.sure < stand.until and e.first < stand.begins[1])
        before = max(early, default=BEGINNING)
        if before > BEGINNING and stand.begins[0] <= before < stand.begins[1]:
            stand.begins = before + 1, stand.begins[1]
            stand.turn()
        until = stand.until
        late = [e for e in events if e.first >= stand.sure and e.first < until and e.sure < until]
        late = late if stand.certain else []
        after = [e for e in events if e.first >= stand.sure and e.sure >= until]
        event = min(after, key=lambda e: (e.sure, e.first, self.words(e)), default=None)
        latest = stand.ends[1]
        event = event if event is not None and event.sure <= latest else None
        rivals = [
            stood[id(o)] for row, side in self.rows_of(among) for o in row if side(o) != side(among)
        ]
        start = max(until, stand.sure)
        newer = stand.carried and any(
            o.definite and o.carried and o.first > stand.sure and o.sure <= until <= o.until
            for o in rivals
        )
        followed = (
            event is not None
            and start < event.first
            and (
                newer
                or any(o.definite and o.sure <= event.first and o.until > start for o in rivals)
            )
        )
        if event is not None and not followed:
            since = max(stand.first, until)
            earliest = min(max(e.first, until) for e in after)
            first = min([earliest, *(day - 1 for day in self.perhaps_from(stand))])
            begun = (o for o in rivals if o.placed and o.begins[1] > since)
            days = ((free(o, max(o.begins[0], since + 1)), o.begins[1]) for o in begun)
            taken = min((day - 1 for day, b in days if day <= b), default=NEVER)
            there = [o for o in rivals if o.definite and o.sure <= since <= o.until]
            there += [o for o in rivals if o.placed and o.begins[1] == since == free(o, since)]
            newer = any(o.until > since or (o.carried and o.sure > stand.first) for o in there)
            taken = since if newer else taken
            surely = [day - 1 for o in rivals if o.definite for day in clear(o) if day > start]
            told = min(latest, max(until, first) if taken >= event.sure else until)
            last = min(latest, max(told, min([event.sure, *surely])))
            stand.ends, stand.plans, carried = (told, last), (), stand.carried
            if taken < event.sure and carried:
                foreseen = told, max(told, min(first, taken, stand.presumed)), last
                stand.ends, stand.plans = (told, NEVER), (foreseen,)
            stand.turn()
            perhaps = taken < event.sure
        if event is not None and followed and not stand.carried:
            self.over_by[id(stand)] = event.sure + 1
        ending = [e.sure for e in self.enders(stand, stated) if e.sure >= until]
        if event is None and ending and stand.carried:
            stand.plans = tuple(
                (told, a, max(b, *ending) if b >= until else b) for told, a, b in stand.plans
            )
            stand.turn()
        self.late += [(stand, e, e.sure + 1, stand.stands_to + 1) for e in late]
        return perhaps

    # --- limits

    def rows_of(self, stand: Stand) -> list[tuple[list[Stand], Any]]:
        """Return the states of which one side stands at a time beside a state, and what tells sides apart."""
        found: list[tuple[list[Stand], Any]] = []
        if not isinstance(stand.claim, State) or not stand.told or not agree(stand, stand):
            return found
        kind = self.types[stand.claim.type]
        states = [s for s in self.stands if isinstance(s.claim, State) and s.told and agree(s, s)]
        alike = [s for s in states if self.same_meaning(s.claim, stand.claim)]
        found.append((alike, lambda s: s.claim.polarity))
        if kind.single and kind.key and stand.factual_state:
            rivals = [s for s in states if s.factual_state and self.same_key(s.claim, stand.claim)]
            found.append(
                (
                    rivals,
                    lambda s: (
                        repr(self.value(s.claim, kind)[:2])
                        + repr(sorted(self.value(s.claim, kind)[2]))
                    ),
                )
            )
        return found

    def lay_out_rows(self) -> None:
        """Put the states of which one side stands at a time in rows."""
        self.rooms: dict[int, Room] = {}
        self.rows_found: list[StateRow] = []
        for stand in self.stands:
            for states, side in self.rows_of(stand):
                if len({side(s) for s in states}) > 1 and states[0] is stand:
                    for s in states:
                        foreseen = s.gone - 1 if s.gone < NEVER else NEVER
                        room = room_of(s.begins, s.ends, s.carried, s.certain, foreseen)
                        self.rooms.setdefault(id(s), room)
                    self.rows_found.append(
                        StateRow((s, side(s), self.rooms[id(s)]) for s in states)
                    )

    def work_out(self) -> None:
        """Leave to each state what is not surely another's, and find out who contradicts whom: rule D1."""
        self.lay_out_rows()
        self.crossing: list[tuple[Stand, Stand, int, int]] = []
        for row in self.rows_found:
            for one, other, first, last in row.clashes():
                self.crossing.append((one, other, first, last))
                self.rooms[id(one)].clashing = True
                self.rooms[id(one)].clashes.append((first, last))
        for s in self.stands:
            if id(s) in self.rooms and (s.clashes or s.disputes):
                self.rooms[id(s)].clashing = self.rooms[id(s)].disputed = True
        self.touches = {id(s): self.reach(s) for s in self.stands}
        by_room = {id(self.rooms[id(s)]): s for s in self.stands if id(s) in self.rooms}
        for stand in by_room.values():
            self.rooms[id(stand)].clear = self.disputed_days(stand).copy

        def is_clear(room: Room, days: tuple[int, int]) -> bool:
            contested = self.disputed_days(by_room[id(room)])
            return not any(a <= days[1] and b >= days[0] for a, b in contested)

        self.gaps = settle(self.rows_found, is_clear)
        self.placed = {id(s): self.left(s) for s in self.stands}
        again = [s for s in self.stands if id(s) in self.open and id(s) in self.rooms]
        self.placed |= {id(s): self.ended_again(s) for s in again}
        for one, day in self.over_by.items():
            if room := self.rooms.get(one):
                room.last = min(room.last, max(room.high, day - 1))

    def left(self, stand: Stand) -> Stand:
        """Return a state with the days that others leave it."""
        room = self.rooms.get(id(stand))
        if room is None:
            return stand
        last = NEVER if room.carried else room.last
        ends = min(max(room.told_to, room.first), last), last
        return attrs.evolve(stand, begins=(room.first, room.late), ends=ends).turn()

    def reach(self, stand: Stand) -> int:
        """Return the last day on which another of its value has to begin to be of the same stretch."""
        if stand.over < NEVER:
            return max(stand.until - 1, stand.first)
        room = self.rooms.get(id(stand))
        if room is None or not room.carried:
            return min([stand.stands_to, *(day - 2 for day in self.another_from(stand))])
        days = [
            row.perhaps(side, room, room.first, binding=True)
            for row in self.rows_found
            for s, side, _ in row.members
            if s is stand
        ]
        left = (day - 2 for day in self.another_from(stand))
        return min([stand.stands_to, min(days) - 1, *left])

    def disputed_days(self, stand: Stand) -> list[tuple[int, int]]:
        """Return the days on which something contests a state, what took its place left aside."""
        if stand.clashes or stand.disputes:
            return [(BEGINNING, NEVER)]
        found = [(a, b) for one, _, a, b in self.crossing if one is stand]
        for day in (turns := [*self.turning(), NEVER]):
            if any(self.says_no(other, stand, day, limits=False) for other in self.stands):
                found.append((day, min(d for d in turns if d > day) - 1 if day < NEVER else NEVER))
        return found

    def undisputed_from(self, stand: Stand, first: int, last: int) -> list[int]:
        """Return the days between two from which nothing contests a state."""
        contested = self.disputed_days(stand)
        days = {first, *(b + 1 for _, b in contested)}
        return [
            day
            for day in sorted(days)
            if first <= day <= last and not any(a <= day <= b for a, b in contested)
        ]

    def turning(self) -> list[int]:
        """Return all days on which what is definite or disputed may turn."""
        if self.turns is None:
            days = {
                d
                for s in self.stands
                for d in (s.first, s.sure, s.until + 1, s.presumed + 1, s.gone)
            }
            days |= {day for _, _, start, stop in self.late for day in (start, stop)}
            self.turns = sorted(d for d in days if BEGINNING <= d < NEVER)
        return self.turns

    def limits(self, stand: Stand) -> Limits:
        """Return from when a state is possible at most, from when it has ended, and who stands between."""
        if id(stand) not in self.limited:
            self.limited[id(stand)] = self.find_limits(stand)
        return self.limited[id(stand)]

    def find_limits(self, stand: Stand) -> Limits:
        """Return the limits of a state: B3 and D1."""
        perhaps, over = self.ends_of_others(stand)
        left = self.perhaps_left(self.placed[id(stand)])
        maybe, surely = min([NEVER, perhaps, *left]), min(over, self.over_by.get(id(stand), NEVER))
        room = self.rooms.get(id(stand))
        for row in self.rows_found:
            for s, side, _ in row.members:
                if s is stand and room is not None and room.carried:
                    maybe = min(maybe, row.perhaps(side, room, free=self.free))
                    surely = min(surely, row.surely(side, room, self.leaving(stand)))
        return maybe, surely, self.gaps.get(id(stand), [])

    def free(self, stand: Stand, day: int) -> int:
        """Return the first day from one on that nobody else has."""
        return first_free(self.gaps.get(id(stand), []), day)

    def leaving(self, stand: Stand) -> Any:
        """Return when an event may have ended another state, and not this one, with what is left of both."""
        own = [*self.enders(self.placed[id(stand)], self.stands)]

        def day(other: Stand) -> int:
            return min(self.perhaps_left(self.placed[id(other)], own), default=NEVER) - 1

        return day

    def ends_of_others(self, stand: Stand) -> tuple[int, int]:
        """Return from when others who say the same of a key say that it may be over, and that it is."""
        maybe, surely = [NEVER], [NEVER]
        for other in self.stands if stand.carried else ():
            telling = other.told and other.first < other.gone
            alike, joint = self.one_state(stand, other), stand.things & other.things
            joint = joint if stand.claim.polarity == other.claim.polarity else frozenset()
            if other is not stand and (alike or joint) and telling:
                near = other.sure <= self.touches[id(stand)]
                touch = self.touches[id(other)] >= stand.sure and near
                touch, said = bool(joint) or touch, self.said_different(stand, other)
                if touch and stand.until < other.over < NEVER and not said:
                    maybe.append(max(other.until, stand.until) + 1)
                    agrees = other.certain and other.until >= max(stand.until, stand.sure)
                    surely += [other.over] if agrees else []
        return min(maybe), min(surely)

    def perhaps_left(self, stand: Stand, beside: Iterable[Stand] = ()) -> Iterable[int]:
        """Yield the days from which an event may have ended a state, but for some events."""
        if stand.factual_state and stand.over == NEVER:
            yield from self.perhaps_from(stand, beside)

    def perhaps_from(self, stand: Stand, beside: Iterable[Stand] = ()) -> Iterable[int]:
        """Yield the days from which an event may have ended a state of which the end is not told exactly."""
        for event in (e for e in self.enders(stand, self.stands) if e not in beside):
            around = event.first < stand.sure < NEVER and event.sure >= stand.first
            if event.sure >= stand.until and (around or not event.certain):
                yield max(event.first, stand.until) + 1

    def another_from(self, stand: Stand) -> Iterable[int]:
        """Yield the days from which an event may have ended a state, or a later stretch of the same."""
        if stand.factual_state and stand.over == NEVER and stand.sure < NEVER:
            for event in self.enders(stand, self.stands):
                around = event.first >= stand.sure or event.sure >= stand.first
                if event.certain and event.sure >= stand.until and around:
                    yield max(event.first, stand.until) + 1

    def caps(self, stand: Stand) -> tuple[int, ...]:
        """Return the days on which the limits of a state turn."""
        maybe, surely, gaps = self.limits(stand)
        left = self.placed[id(stand)]
        turns = left.first, left.sure, left.until + 1, left.presumed + 1, left.gone
        return maybe, surely, *turns, *(d for a, b in gaps for d in (a, b + 1))

    # --- contradictions

    def stood_to(self, stand: Stand, limits: bool) -> int:
        """Return the last day on which one is definite or presumed, with or without what displaced it."""
        if not limits:
            return stand.stands_to
        maybe, surely, _ = self.limits(stand)
        return min(self.placed[id(stand)].stands_to, min(maybe, surely) - 1)

    def says_no(self, other: Stand, stand: Stand, day: int, limits: bool = True) -> bool:
        """Return whether two about the same thing cannot both be right on a day."""
        if other is stand:
            return False
        if stand.derived and not (limits and self.status(stand, day) in ("not-yet", "ended")):
            events = [s for s in self.stands if not s.derived and {*s.numbers} & {*stand.numbers}]
            against = any(self.says_no(other, event, day, limits) for event in events)
            if against and all(self.is_opposed(event, limits) for event in events):
                return True
        for state, event, start, stop in self.late:
            stop = self.stood_to(state, limits) + 1 if limits else stop
            if {id(state), id(event)} == {id(other), id(stand)} and start <= day < stop:
                return True
        for a, b in ((stand, other), (other, stand)):
            here = self.placed[id(a)] if limits else a
            there = here.stands and here.sure <= day <= self.stood_to(a, limits)
            if there and self.able(a) and self.able(b):
                if day < b.first and self.one_stretch(a, b):
                    return True
                if day >= b.over and here.until >= b.over and self.one_stretch(b, a):
                    return True
        start_ = self.opposed(stand, other)
        return start_ is not None and day >= start_

    def is_opposed(self, event: Stand, limits: bool) -> bool:
        """Return whether anything contradicts an event on any day."""
        days = self.turning()
        return any(self.says_no(o, event, day, limits) for o in self.stands for day in days)

    def able(self, stand: Stand) -> bool:
        """Return whether a standing can contradict one about the same thing."""
        return stand.told and stand.certain and stand.first < stand.gone

    def said_different(self, a: Stand, b: Stand) -> bool:
        """Return whether a person calls two standings different, and nowhere the same."""
        pairs = (frozenset(map(self.claim_of, p)) for p in itertools.product(a.numbers, b.numbers))
        return {self.verdicts.get(pair) for pair in pairs} - {None} == {"different"}

    def one_stretch(self, a: Stand, b: Stand) -> bool:
        """Return whether B is about the same thing as A: of a state, if it begins before A can be over."""
        if self.said_different(a, b):
            return False
        joint = bool(a.things & b.things) and a.claim.polarity == b.claim.polarity
        return joint or (self.one_state(a, b) and self.touches[id(a)] >= b.sure)

    def opposed(self, a: Stand, b: Stand) -> int | None:
        """Return the day from which an event, a tally or an amount contradicts another."""
        if a.derived or b.derived or not all(s.told and s.certain for s in (a, b)):
            return None
        for one, other in ((a, b), (b, a)):
            day = self.excludes(one, other)
            if day is not None:
                return day
        return None

    def unlike(self, x: Claim, y: Claim) -> bool:
        """Return whether two tellings of one event give it another amount, value or place."""
        kinds = self.types[x.type], self.types[y.type]
        if not (isinstance(x, Event) and isinstance(y, Event) and factual(x) and factual(y)):
            return False
        if all(kind.quantity for kind in kinds):
            one, other = quantity_of(x.value or ""), quantity_of(y.value or "")
            if one and other and one.unit == other.unit and cannot_both_be(one, other):
                return True
        if not all(kind.once for kind in kinds):
            return False
        valued = not any(kind.quantity for kind in kinds) and x.value and y.value
        if valued and (x.value or "").casefold() != (y.value or "").casefold():
            return True
        here, there = ({self.alias(p) for p in c.actors("location")} for c in (x, y))
        around, about = self.holding(here), self.holding(there)
        return bool(here and there and not here & about and not there & around)

    def holding(self, places: set[str]) -> set[str]:
        """Return places with all that they belong to."""
        found: set[str] = set()
        while places - found:
            found |= places
            owners = (a.of for a in self.actors.values() if self.alias(a.id) in found)
            places = {self.alias(owner) for owner in owners if owner}
        return found

    def excludes(self, a: Stand, b: Stand) -> int | None:
        """Return the day from which A contradicts B, as A is the one that says more."""
        x, y = a.claim, b.claim
        if a.things & b.things and any(
            self.unlike(self.lives[n][0], self.lives[m][0]) for n in a.numbers for m in b.numbers
        ):
            verdict = (
                self.verdicts.get(frozenset(map(self.claim_of, (a.number, m)))) for m in b.numbers
            )
            if "different" not in verdict:
                return max(a.sure, b.sure)
        who = [{(p.role, self.alias(p.actor)) for p in claim.participants} for claim in (x, y)]
        if x.type != y.type or who[0] != who[1]:
            return None
        alike = x.mode == y.mode and (x.value or "").casefold() == (y.value or "").casefold()
        later = max(a.sure, b.sure)
        if isinstance(x, Event) and isinstance(y, Event):
            during = b.begins[0] <= a.first and a.sure <= b.begins[1]
            against = x.polarity == "asserted" and y.polarity == "denied"
            return a.sure if alike and during and against else None
        if isinstance(x, Tally) and isinstance(y, Tally) and alike and x.polarity == "asserted":
            uppers = [c.upper if c.upper is not None else NEVER for c in (x.count, y.count)]
            if y.polarity == "denied":
                meet = max(x.count.lower, y.count.lower) <= min(uppers)
                return later if meet and a.period == b.period else None
            inside = b.period[0] <= a.period[0] and a.period[1] <= b.period[1]
            return later if inside and x.count.lower > uppers[1] else None
        if isinstance(x, Tally) and isinstance(y, Event) and factual(x) and factual(y):
            counted = x.mode in (None, y.mode)
            counted &= x.value is None or x.value.casefold() == (y.value or "").casefold()
            inside = a.sure <= b.first and b.sure <= a.period[1]
            return later if x.count.upper == 0 and counted and inside else None
        return None

    def tied(self, a: Stand, b: Stand, day: int) -> bool:
        """Return whether nothing tells two apart that were contested, on a day for which both are presumed."""
        rooms = [self.rooms.get(id(s)) for s in (a, b)]
        against = any(b in row and side(a) != side(b) for row, side in self.rows_of(a) if a in row)
        if not against or not all(r and r.sure and r.carried and r.first == r.late for r in rooms):
            return False
        ended = {max(r.first, r.told_to) for r in rooms if r}
        stop = min(self.stood_to(s, True) for s in (a, b))
        return len({r.first for r in rooms if r}) == len(ended) == 1 and max(ended) < day <= stop

    # --- answers

    def status(self, stand: Stand, day: int) -> str:
        """Return the status on a day, all taken in."""
        maybe, surely, gaps = self.limits(stand)
        status = self.placed[id(stand)].alone(day)
        if status in ("not-yet", "ended"):
            return status
        if day >= surely:
            return "ended"
        if any(a <= day <= b for a, b in gaps):
            return "not-yet"
        if status != "possible" and (day >= maybe or not stand.certain):
            return "possible"
        return status

    def row(self, stand: Stand, day: int) -> Row:
        """Return the standing on a day."""
        status = self.status(stand, day)
        shown = status not in ("not-yet", "ended")
        rivals = stand.disputes | stand.clashes if shown else set()
        rivals |= {o.number for s, o, a, b in self.crossing if s is stand and a <= day <= b}
        for other in self.stands:
            if other is not stand and self.tied(stand, other, day):
                rivals.add(other.number)
            if self.says_no(other, stand, day):
                rivals.add(other.number)
        left = self.placed[id(stand)]
        attested = max(left.until, left.sure) if stand.derived else left.until
        return Row(
            number=stand.number,
            type=stand.claim.type,
            derived=stand.derived,
            status="contested" if rivals else status,
            alone=status,
            because=stand.because,
            also=tuple(sorted(stand.numbers[1:])),
            contested_by=tuple(sorted(rivals)),
            origins=stand.origins,
            attested=attested if status == "presumed" else None,
        )

    def rows(self, day: int, stands: Iterable[Stand] | None = None) -> list[Row]:
        """Return every standing on a day, not-yet and ended included, in order."""
        ordered = sorted(
            self.stands if stands is None else stands,
            key=lambda s: (self.appears(s), s.number, s.derived),
        )
        return [self.row(stand, day) for stand in ordered]

    def appears(self, stand: Stand) -> int:
        """Return the first day on which a standing is more than not-yet, contests aside."""
        days = {BEGINNING, *(d for d in self.caps(stand) if BEGINNING <= d < NEVER)}
        shown = (d for d in sorted(days) if self.status(stand, d) != "not-yet")
        return next(shown, NEVER)

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
