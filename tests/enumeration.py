"""A judge of small ledgers: it lists every way in which the claims can have been, on a calendar of a dozen days.

It is handed plain tuples and imports nothing of factledger. A claim's *way* is a first and a last
day; a *joint way* picks one for each claim so that all of them can be so. On a day a claim is
definite if it holds in all joint ways, possible if in some, not-yet or ended if in none, presumed
if only inertia carries it there in all of them, and contested where sources cannot all be right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product
from typing import NamedTuple

BEFORE, AFTER = 0, 13  # all days before the calendar, and all after it
DAYS = range(1, 13)
NOT_YET, POSSIBLE, DEFINITE, PRESUMED, CONTESTED, ENDED = ".pD~!x"
OUR_ERRORS = ("misread", "misdated", "misidentified")


class Unclear(Exception):
    """No joint way is left, and the rules do not say on which days that is so."""


class Date(NamedTuple):
    """A day between two, None for a bound that is not known; or an `open` or `unknown` end."""

    first: int | None = None
    last: int | None = None
    form: str = "date"
    doubtful: bool = False


class Claim(NamedTuple):
    """What sources say; `start` of an event is its day, `roles` are pairs of a role and an actor."""

    shape: str
    type: str
    roles: frozenset[tuple[str, str]]
    start: Date
    end: Date = Date(form="unknown")
    sources: tuple[str, ...] = ()
    polarity: str = "asserted"
    modality: str = "actual"
    mode: str | None = None
    value: str = ""
    counted: tuple[int, int] = (0, 0)


class Kind(NamedTuple):
    """A type of claim: the roles of its key, those that tell values apart, what it begins and ends."""

    key: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    single: bool = False
    once: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class Entry(NamedTuple):
    """A line of the log: a claim, or a word about the claim of an earlier line."""

    number: int
    verb: str  # assert, correct, close, retract, corroborate, dispute, same, different, withdraw
    claim: Claim | None = None
    target: int = 0
    other: int = 0
    sources: tuple[str, ...] = ()
    until: Date = Date()
    reason: str = ""


class Way(NamedTuple):
    """From a first to a last day; `limit` is how far inertia carries it, None where nobody knows."""

    first: int
    last: int
    limit: int | None
    over: bool = False  # whether a source says that it ended on the last day

    def holds(self, day: int) -> bool:
        """Whether it is surely so on a day."""
        return self.first <= day <= self.last

    def lasts(self, day: int) -> bool:
        """Whether it is so on a day, by inertia if by nothing else."""
        return self.first <= day <= (self.last if self.limit is None else self.limit)


class Told(NamedTuple):
    """A live claim with its ways alone; `sure` unless it may count for nothing."""

    number: int
    claim: Claim
    ways: frozenset[Way]
    sure: bool
    disputed: bool
    settled: int


class Standing(NamedTuple):
    """Claims about one thing that can all be right; `cause` is the number of an event it follows from."""

    told: tuple[Told, ...]
    claim: Claim
    ways: tuple[Way, ...]
    sure: bool
    cause: int = 0

    def alone(self, day: int) -> str:
        """Return the status that its own dates give it."""
        return status(self.ways, day)


def status(ways: Collection[Way], day: int) -> str:
    """Return what follows for a day from all the ways there are: the principle."""
    if ways and all(w.holds(day) for w in ways):
        return DEFINITE
    if ways and all(w.lasts(day) for w in ways):
        return PRESUMED
    if any(w.lasts(day) for w in ways):
        return POSSIBLE
    return NOT_YET if any(w.first > day for w in ways) else ENDED


# --- the ways of one claim


def factual(claim: Claim) -> bool:
    """Whether it is told as past or as holding."""
    return claim.polarity == "asserted" and claim.modality == "actual"


def window(date: Date, claim: Claim, settled: int) -> range:
    """Return the days that a start can be: publication settles what is told as past or holding."""
    if date.form == "open":
        return range(BEFORE, BEFORE + 1)
    first = BEFORE if date.first is None else date.first
    last = settled if date.last is None else date.last
    if date.doubtful:
        last = max(last, settled)
    elif factual(claim):
        last = min(last, settled)
    return range(first, max(first, last) + 1)


def ways_of(claim: Claim, end: Date, published: Sequence[tuple[int, int]]) -> Iterator[Way]:
    """Yield every way in which one claim can have been, by its own dates and its sources' days."""
    settled = min(last for _, last in published)
    days = window(claim.start, claim, settled)
    if claim.shape == "tally":
        closing = window(end, claim._replace(modality="planned"), settled)
        over = days[-1] if claim.counted[1] == 0 else closing[-1]
        yield from (Way(first, AFTER, AFTER) for first in {days[0], max(days[0], over)})
        return
    if claim.shape == "event":
        yield from (Way(first, AFTER, AFTER) for first in days)
        return
    vouched = max(days[0], *(first for first, _ in published))
    last = settled if end.doubtful and end.last is not None and end.last < settled else end.last
    for first in days:
        if end.form == "open":
            yield Way(first, max(first, vouched), AFTER)
        elif end.form == "unknown":
            yield Way(first, first, None)
        elif end.first is not None and end.first > vouched:  # a plan
            limits = range(end.first, (AFTER if last is None else last) + 1)
            yield from (Way(first, max(first, vouched), x) for x in limits if x >= first)
        elif last is None:
            yield Way(first, max(first, end.first or BEFORE), None)
        else:
            lasts = range(max(first, end.first or BEFORE), last + 1)
            yield from (Way(first, x, x, over=True) for x in lasts)


def as_one(a: Way, b: Way) -> Way | None:
    """Return the way of one thing of which both are told, None if it cannot be both."""
    if a.first != b.first or (a.over and b.last > a.last) or (b.over and a.last > b.last):
        return None
    if a.over or b.over:
        return a if a.over else b
    last = max(a.last, b.last)
    limits = [w.limit for w in (a, b) if w.limit is not None and w.limit >= last]
    return Way(a.first, last, min(limits) if limits else None)


def together(claims: Iterable[frozenset[Way]]) -> frozenset[Way]:
    """Return the ways that all claims about one thing allow."""
    first, *others = claims
    for ways in others:
        first = frozenset(w for a, b in product(first, ways) if (w := as_one(a, b)) is not None)
    return first


def spelt(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return the ways with every last day that nobody knows."""
    found = set()
    for way in ways:
        lasts = range(way.last, AFTER + 1) if way.limit is None else ()
        found |= {Way(way.first, last, last) for last in lasts} or {way}
    return tuple(sorted(found))


# --- which claims are live


class Belief:
    """The live claims at two cuts: lines up to `recorded`, sources published by `published`."""

    def __init__(
        self,
        entries: Sequence[Entry],
        published: Mapping[str, tuple[int, int]],
        recorded: int | None = None,
        cut: int | None = None,
    ) -> None:
        self.entries = [e for e in entries if recorded is None or e.number <= recorded]
        self.published, self.cut = published, AFTER + 1 if cut is None else cut

    def standing_lines(self, verb: str) -> list[Entry]:
        """Return the lines of a kind that were not taken back."""
        gone = {e.target for e in self.entries if e.verb == "retract"}
        return [e for e in self.entries if e.verb == verb and e.number not in gone]

    def heard(self, sources: Iterable[str]) -> list[tuple[int, int]]:
        """Return the days of publication of the sources that count."""
        withdrawn = {s for e in self.standing_lines("withdraw") for s in e.sources}
        days = [self.published[s] for s in sources if s not in withdrawn]
        return [(first, last) for first, last in days if first <= self.cut]

    def surely(self, sources: Iterable[str]) -> bool:
        """Whether one of the sources that count was surely published."""
        return any(last <= self.cut for _, last in self.heard(sources))

    def chain(self, root: Entry) -> list[Entry]:
        """Return the readings of a claim, the one that stands last."""
        readings, grown = [root], True
        while grown:
            grown = False
            for e in self.standing_lines("correct"):
                assert e.claim is not None
                known = e.reason in OUR_ERRORS or self.surely(e.claim.sources)
                if e.target == readings[-1].number and known and self.heard(e.claim.sources):
                    readings, grown = [*readings, e], True
        return readings

    def told(self) -> list[Told]:
        """Return the live claims, each by the reading that stands."""
        roots = self.standing_lines("assert")
        return [t for root in roots if (t := self.one(self.chain(root))) is not None]

    def one(self, chain: list[Entry]) -> Told | None:
        """Return a live claim with all that was recorded about any of its readings."""
        numbers = self.readings_of(chain[0].number)
        claim = chain[-1].claim
        assert claim is not None
        claim = claim._replace(roles=frozenset((r, self.actor(a)) for r, a in claim.roles))

        def about(verb: str) -> list[Entry]:
            return [
                e
                for e in self.standing_lines(verb)
                if e.target in numbers and self.heard(e.sources)
            ]

        sources = [*claim.sources, *(s for e in about("corroborate") for s in e.sources)]
        days = self.heard(sources)
        if not days:
            return None
        closes = [e for e in about("close") if not self.overtaken(e, chain)]
        close = min(closes, key=lambda e: e.number) if closes else None
        end, vouching = (close.until, self.heard(close.sources)) if close else (claim.end, [])
        if close and not self.surely(close.sources):
            end = end._replace(last=None)
        starts = {w.first for w in ways_of(claim, claim.end, days)}
        ways = frozenset(w for w in ways_of(claim, end, days + vouching) if w.first in starts)
        return Told(
            chain[-1].number,
            claim,
            ways or frozenset(ways_of(claim, claim.end, days)),
            self.surely(sources) and claim.modality != "planned",
            bool(about("dispute")),
            min(last for _, last in days),
        )

    def readings_of(self, root: int) -> set[int]:
        """Return all lines that were ever readings of a claim."""
        numbers = {root}
        for e in self.entries:
            if e.verb == "correct" and e.target in numbers:
                numbers.add(e.number)
        return numbers

    def overtaken(self, close: Entry, chain: list[Entry]) -> bool:
        """Whether a later correction gives the claim another end."""
        pairs = pairwise(chain)
        return any(
            after.number > close.number and before.claim.end != after.claim.end  # type: ignore[union-attr]
            for before, after in pairs
        )

    def actor(self, name: str) -> str:
        """Return the name that stands for an actor."""
        names = {name}
        for _ in self.entries:
            names |= {
                n for e in self.standing_lines("alias") if names & {*e.sources} for n in e.sources
            }
        return min(names)

    def root(self, number: int) -> int:
        """Return the first line of the claim of which a line is a reading."""
        targets = {e.number: e.target for e in self.entries if e.verb == "correct"}
        while number in targets:
            number = targets[number]
        return number

    def verdict(self, a: int, b: int) -> str | None:
        """Return the last word on whether two claims are the same."""
        pair = {self.root(a), self.root(b)}
        words = [e for e in self.entries if e.verb in ("same", "different")]
        said = [e.verb for e in words if {self.root(e.target), self.root(e.other)} == pair]
        return said[-1] if said else None


# --- what claims say of one another


class Judge:
    """The standings of the live claims, and the status of each on every day."""

    def __init__(self, belief: Belief, kinds: Mapping[str, Kind]) -> None:
        self.belief, self.kinds = belief, kinds
        self.told = belief.told()
        self.standings = [s for group in self.things() for s in group]
        self.standings = self.explained(self.standings)
        self.contested: list[set[int]] = [set() for _ in self.standings]
        self.contest_all()
        self.joint = self.joint_ways()

    def key(self, claim: Claim) -> tuple[str, frozenset[tuple[str, str]]]:
        """Return what a claim is about: its type, and who has the roles of its key."""
        roles = self.kinds[claim.type].key
        return claim.type, frozenset(r for r in claim.roles if r[0] in roles)

    def side(self, claim: Claim) -> tuple[str, str | None, frozenset[tuple[str, str]]]:
        """Return what a state says under its key."""
        roles = self.kinds[claim.type].apart
        return claim.value, claim.mode, frozenset(r for r in claim.roles if r[0] in roles)

    def meaning(self, claim: Claim) -> tuple[object, ...]:
        """Return what is said, leaving out when, and whether it is denied."""
        return (claim.shape, *self.key(claim), *self.side(claim))

    def conflict(self, a: Claim, b: Claim) -> bool:
        """Whether two states cannot both be so on one day."""
        states = a.shape == b.shape == "state" and a.modality == b.modality == "actual"
        if not states or self.key(a) != self.key(b):
            return False
        if a.polarity != b.polarity:
            return self.side(a) == self.side(b)
        both = a.polarity == "asserted" and self.side(a) != self.side(b)
        return both and self.kinds[a.type].single

    def one_thing(self, a: Told, b: Told) -> bool:
        """Whether two claims are about one thing."""
        verdict = self.belief.verdict(a.number, b.number)
        x, y = a.claim, b.claim
        if verdict or x.type != y.type or not (factual(x) and factual(y)):
            return verdict == "same"
        once = self.kinds[x.type].once
        if once:
            return {r for r in x.roles if r[0] in once} == {r for r in y.roles if r[0] in once}
        single = self.kinds[x.type].single and self.meaning(x) == self.meaning(y)
        return single and self.touching(a, b)

    def touching(self, a: Told, b: Told) -> bool:
        """Whether two tellings of one value are of one stretch: as they can be, or as they must."""
        joined = together([a.ways, b.ways])
        if not joined:
            pairs = product(spelt(a.ways), spelt(b.ways))
            return all(overlap(v, w) and not handover(v, w) for v, w in pairs)
        sides = [t for t in self.told if self.conflict(t.claim, a.claim) and t.sure]
        for day in DAYS:
            new = status(spelt(joined), day) == DEFINITE and DEFINITE not in (
                status(spelt(a.ways), day), status(spelt(b.ways), day)
            )  # fmt: skip
            if new and any(status(spelt(t.ways), day) == DEFINITE for t in sides):
                return False
        return True

    def things(self) -> Iterator[list[Standing]]:
        """Yield the standings of each thing: each largest set of claims that can all be right."""
        left = list(self.told)
        while left:
            group = [left[0]]
            for member in group:
                group += [t for t in left if t not in group and self.one_thing(member, t)]
            left = [t for t in left if t not in group]
            sets: list[tuple[Told, ...]] = []
            for size in range(len(group), 0, -1):
                for some in combinations(sorted(group), size):
                    larger = any(set(some) < set(other) for other in sets)
                    if not larger and together(t.ways for t in some):
                        sets.append(some)
            yield [self.standing(some) for some in sets]

    def standing(self, told: tuple[Told, ...]) -> Standing:
        """Return claims that can all be right as one."""
        ways = spelt(together(t.ways for t in told))
        speaking = min(told, key=lambda t: not factual(t.claim))
        return Standing(told, speaking.claim, ways, any(t.sure for t in told))

    def explained(self, stated: list[Standing]) -> list[Standing]:
        """Add the states that events begin, or give the stated ones the starts of their events."""
        begun = list(self.begun_once([s for event in stated for s in self.begun(event)]))
        shown, used = [], set()
        for s in stated:
            fitting = [
                b
                for b in begun
                if factual(s.claim) and self.meaning(b.claim) == self.meaning(s.claim)
                if firsts(b) & firsts(s)
            ]
            if fitting:
                event = min(fitting, key=lambda b: (len(firsts(b)), b.told[0].number))
                used |= set(fitting)
                ways = tuple(w for w in s.ways if w.first in firsts(event))
                s = s._replace(ways=ways, cause=event.cause)
            shown.append(s)
        return shown + [b for b in begun if b not in used]

    def begun_once(self, begun: list[Standing]) -> Iterator[Standing]:
        """Yield the states that events begin, of several reports of one beginning the first."""
        left = list(begun)
        while left:
            group = [left[0]]
            for member in group:
                group += [
                    b
                    for b in left
                    if b not in group and self.meaning(b.claim) == self.meaning(member.claim)
                    if firsts(b) & firsts(member)
                ]
            left = [b for b in left if b not in group]
            days: list[list[int]] = [[*firsts(b), *([] if b.sure else [AFTER])] for b in group]
            starts = {min(some) for some in product(*days)}
            ways = tuple(Way(d, d, AFTER) for d in sorted(starts) if d < AFTER)
            told = tuple(sorted(t for b in group for t in b.told))
            yield group[0]._replace(told=told, ways=ways, sure=any(b.sure for b in group))

    def begun(self, event: Standing) -> Iterator[Standing]:
        """Yield the states that an event begins: attested at its start, presumed from then on."""
        claim = event.claim
        for name in self.kinds[claim.type].begins if factual(claim) else ():
            kind = self.kinds[name]
            roles = frozenset(r for r in claim.roles if r[0] in (*kind.key, *kind.apart))
            state = Claim("state", name, roles, claim.start, value=claim.value)
            ways = tuple(Way(w.first, w.first, AFTER) for w in event.ways)
            yield Standing(event.told, state, ways, event.sure, event.told[0].number)

    def ends(self, event: Standing, state: Standing) -> bool:
        """Whether an event ends a state, if it comes after its start."""
        a, b = event.claim, state.claim
        if not (factual(a) and factual(b)) or b.type not in self.kinds[a.type].ends:
            return False
        roles = {r for r in a.roles if r[0] in (*self.kinds[b.type].key, *self.kinds[b.type].apart)}
        return roles <= b.roles and a.value in ("", b.value)

    # --- days on which sources cannot all be right

    def contest_all(self) -> None:
        """Note the days on which two standings contradict each other."""
        pairs = list(combinations(range(len(self.standings)), 2))
        for i, j in pairs:
            a, b = self.standings[i], self.standings[j]
            if a.sure and b.sure:
                days = self.contest(a, b)
                self.contested[i] |= days
                self.contested[j] |= days
        for i, s in enumerate(self.standings):
            if is_derived(s):
                self.contested[i] |= set.intersection(*(self.contested_event(t) for t in s.told))

    def contested_event(self, told: Told) -> set[int]:
        """Return the days on which an event is contested."""
        events = zip(self.standings, self.contested, strict=True)
        return {d for s, days in events if told in s.told and not is_derived(s) for d in days}

    def contest(self, a: Standing, b: Standing) -> set[int]:
        """Return the days on which two standings contradict each other."""
        if self.conflict(a.claim, b.claim):
            return self.conflicting_days(a, b)
        if not is_derived(a) and not is_derived(b) and self.of_one_thing(a, b):
            return {d for d in DAYS if opposed(a.alone(d), b.alone(d))}
        for event, state in ((a, b), (b, a)):
            if self.ends(event, state) and self.too_early(event, state):
                over = max(w.first for w in event.ways)
                return {d for d in DAYS if d > over and state.alone(d) in (DEFINITE, PRESUMED)}
            if self.denies(event, state):
                sure = max(w.first for w in event.ways)
                return {d for d in DAYS if d >= sure}
            if self.miscounts(event, state):
                return {d for d in DAYS if event.alone(d) == state.alone(d) == DEFINITE}
        return set()

    def of_one_thing(self, a: Standing, b: Standing) -> bool:
        """Whether two standings are of one thing, and hence cannot both be right."""
        return any(self.one_thing(x, y) for x in a.told for y in b.told if x is not y)

    def conflicting_days(self, a: Standing, b: Standing) -> set[int]:
        """Return the days that two values of one key both need: none where one can follow the other."""
        pairs = list(product(a.ways, b.ways))
        if any(not overlap(v, w) or handover(v, w) for v, w in pairs):
            return set()
        both = {d for d in DAYS if a.alone(d) == b.alone(d) == DEFINITE}
        # No sure day together: one needs some day of several, and the other has them all.
        some = {d for d in DAYS if any(w.holds(d) for w in a.ways) and b.alone(d) == DEFINITE}
        some |= {d for d in DAYS if any(w.holds(d) for w in b.ways) and a.alone(d) == DEFINITE}
        if not both | some:
            raise Unclear("two values have no room beside each other, and no sure day")
        return both or some

    def too_early(self, event: Standing, state: Standing) -> bool:
        """Whether an event ends a state at a time at which a source says that it still held."""
        pairs = product(event.ways, state.ways)
        return all(s.first <= e.first < s.last and not s.over for e, s in pairs)

    def denies(self, a: Standing, b: Standing) -> bool:
        """Whether an event is told, and denied for every day on which it can have been."""
        x, y = a.claim, b.claim
        if x.shape != "event" or not factual(x) or (y.polarity, y.modality) != ("denied", "actual"):
            return False
        same = (x.shape, x.type, x.mode, x.value, x.roles) == (
            y.shape, y.type, y.mode, y.value, y.roles
        )  # fmt: skip
        return same and firsts(a) <= firsts(b)

    def miscounts(self, tally: Standing, other: Standing) -> bool:
        """Whether a tally cannot be right beside another claim."""
        x, y = tally.claim, other.claim
        if x.shape != "tally" or not x.modality == y.modality == "actual":
            return False
        if y.shape == "event" and factual(x) and factual(y):
            what = x.type == y.type and x.mode in (None, y.mode) and x.value in ("", y.value)
            within = (
                min(firsts(other)) >= self.period(tally)[1]
                and max(firsts(other)) <= self.period(tally)[2]
            )
            return x.counted[1] == 0 and what and x.roles <= y.roles and within
        if y.shape != "tally" or (x.type, x.mode, x.value, x.roles) != (
            y.type,
            y.mode,
            y.value,
            y.roles,
        ):
            return False
        if factual(x) and factual(y):
            return x.counted[0] > y.counted[1] and self.within(tally, other)
        apart = x.counted[0] > y.counted[1] or y.counted[0] > x.counted[1]
        return x.polarity != y.polarity and not apart and (x.start, x.end) == (y.start, y.end)

    def period(self, tally: Standing) -> tuple[int, int, int, int]:
        """Return the bounds of the start and of the end of a tally's period."""
        claim, settled = tally.claim, tally.told[0].settled
        start = window(claim.start, claim, settled)
        end = window(claim.end, claim._replace(modality="planned"), settled)
        return start[0], start[-1], end[0], end[-1]

    def within(self, a: Standing, b: Standing) -> bool:
        """Whether the period of one tally surely lies in that of another."""
        x, y = self.period(a), self.period(b)
        alike = (a.claim.start, a.claim.end) == (b.claim.start, b.claim.end)
        return alike or (x[0] >= y[1] and x[3] <= y[2])

    # --- joint ways

    def joint_ways(self) -> list[list[Way | None]]:
        """Return, for each standing, its ways in all joint ways of the claims that bear on it."""
        count = len(self.standings)
        edges = {(i, j) for i, j in combinations(range(count), 2) if self.bear(i, j)}
        found: list[list[Way | None]] = [[] for _ in range(count)]
        left = list(range(count))
        while left:
            group = [left[0]]
            for i in group:
                group += [j for j in left if j not in group and {(i, j), (j, i)} & edges]
            left = [i for i in left if i not in group]
            for chosen in self.picked(sorted(group), edges):
                for i, way in self.carried(chosen).items():
                    found[i].append(way)
            if not all(found[i] for i in group):
                raise Unclear("no joint way")
        return found

    def bear(self, i: int, j: int) -> bool:
        """Whether two standings bear on each other."""
        a, b = self.standings[i], self.standings[j]
        return self.conflict(a.claim, b.claim) or self.ends(a, b) or self.ends(b, a)

    def picked(
        self, group: list[int], edges: set[tuple[int, int]]
    ) -> Iterator[dict[int, Way | None]]:
        """Yield every choice of one way for each of a group that the rules allow."""
        allowed = {}
        for i, j in combinations(group, 2):
            if (i, j) in edges:
                allowed[i, j] = self.allowed(i, j)

        def rest(chosen: dict[int, Way | None]) -> Iterator[dict[int, Way | None]]:
            if len(chosen) == len(group):
                yield dict(chosen)
                return
            i = group[len(chosen)]
            options: list[Way | None] = [*self.standings[i].ways]
            for way in options if self.standings[i].sure else [*options, None]:
                if all((chosen[j], way) in allowed[j, i] for j in chosen if (j, i) in allowed):
                    yield from rest({**chosen, i: way})

        return rest({})

    def allowed(self, i: int, j: int) -> set[tuple[Way | None, Way | None]]:
        """Return the pairs of ways of two standings that can be so together.

        Where one can wholly follow the other, it does; else they may share the day of a handover;
        else, as they contradict each other, the days on which they do.
        """
        a, b = self.standings[i], self.standings[j]
        pairs = list(product(a.ways, b.ways))
        if self.conflict(a.claim, b.claim):
            good = [p for p in pairs if not overlap(*p)] or [p for p in pairs if handover(*p)]
            if not good:
                days = self.conflicting_days(a, b)
                good = [p for p in pairs if overlap(*p) <= days]
        else:
            event, state = (0, 1) if self.ends(a, b) else (1, 0)
            good = [
                p
                for p in pairs
                if p[state].over or not p[state].first <= p[event].first < p[state].last
            ] or pairs
        absent = {(None, w) for w in (*b.ways, None)} | {(w, None) for w in a.ways}
        return set(good) | absent

    def carried(self, chosen: dict[int, Way | None]) -> dict[int, Way | None]:
        """Return a joint way with each state ended by an event, and else carried on by inertia."""
        after = dict(chosen)
        for i, way in chosen.items():
            if way is None or way.over:
                continue
            free = way if way.limit == way.last else way._replace(limit=AFTER)
            reach = self.reach(i, free, chosen) if way.limit != way.last else AFTER
            ends = [
                e.first
                for j, e in chosen.items()
                if e is not None and self.ends(self.standings[j], self.standings[i])
                if max(way.first, way.last) <= e.first <= reach
            ]
            if ends:
                after[i] = Way(way.first, min(ends), min(ends), over=True)
        return {
            i: way if way is None or way.over else way._replace(limit=self.reach(i, way, after))
            for i, way in after.items()
        }

    def reach(self, i: int, way: Way, others: dict[int, Way | None]) -> int:
        """Return the day up to which inertia carries a state: until another surely stands."""
        assert way.limit is not None
        reach = way.limit
        for j, other in others.items():
            if j == i or other is None or other.limit is None:
                continue
            if not self.conflict(self.standings[i].claim, self.standings[j].claim):
                continue
            later = [d for d in DAYS if d > way.last and other.holds(d)]
            reach = min([reach, *(d - 1 for d in later)])
            newer = way.first < other.first <= way.last == other.last < min(way.limit, other.limit)
            reach = way.last if newer else reach
        return reach

    # --- answers

    def line(self, i: int) -> str:
        """Return the status of a standing on each day of the calendar, a sign a day."""
        return "".join(self.status(i, day) for day in DAYS)

    def status(self, i: int, day: int) -> str:
        """Return the status of a standing on a day, all taken in."""
        found = self.carries(i, day)
        if day in self.contested[i] or (found == PRESUMED and self.tied(i, day)):
            return CONTESTED
        shown = found in (POSSIBLE, DEFINITE, PRESUMED)
        if (
            shown
            and any(t.disputed for t in self.standings[i].told)
            and not is_derived(self.standings[i])
        ):
            return CONTESTED
        return POSSIBLE if shown and None in self.joint[i] else found

    def carries(self, i: int, day: int) -> str:
        """Return what follows from all joint ways."""
        return status([w for w in self.joint[i] if w is not None], day)

    def tied(self, i: int, day: int) -> bool:
        """Whether inertia carries another value as far: they were contested, and nothing told them apart."""
        claim = self.standings[i].claim
        rivals = [j for j, s in enumerate(self.standings) if self.conflict(claim, s.claim)]
        return any(self.carries(j, day) == PRESUMED for j in rivals)


def is_derived(standing: Standing) -> bool:
    """Whether no source states it: it follows from the event of the same line."""
    return standing.claim.shape == "state" and standing.told[0].claim.shape == "event"


def firsts(standing: Standing) -> set[int]:
    """Return the days on which it can have begun, or happened."""
    return {w.first for w in standing.ways}


def overlap(a: Way, b: Way) -> set[int]:
    """Return the days on which both are surely so."""
    return {d for d in DAYS if a.holds(d) and b.holds(d)}


def handover(a: Way, b: Way) -> bool:
    """Whether one begins on the very day on which the other ends."""
    (early, late) = sorted((a, b))
    return (early.first, early.last) < (late.first, late.last) and overlap(a, b) == {
        early.last
    } == {late.first}


def opposed(a: str, b: str) -> bool:
    """Whether one says that it stands and another that it does not."""
    return any(x in (DEFINITE, PRESUMED) and y in (NOT_YET, ENDED) for x, y in ((a, b), (b, a)))
