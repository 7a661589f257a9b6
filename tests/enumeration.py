"""A judge of small ledgers: it lists every way in which the claims can have been, on a calendar of a dozen days.

It is handed plain tuples and imports nothing of factledger. A claim's *way* is a first and a last
day; a *joint way* picks one for each claim so that all of them can be so. On a day a claim is
definite if it holds in all joint ways, possible if in some, not-yet or ended if in none, presumed
if only inertia carries it there in all of them, and contested where sources cannot all be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations, product
from typing import NamedTuple, TypeVar

from enumeration_belief import Belief, Told
from enumeration_ways import (
    AFTER,
    BEFORE,
    CONTESTED,
    DAYS,
    DEFINITE,
    ENDED,
    EVER,
    NOT_YET,
    POSSIBLE,
    PRESUMED,
    Claim,
    Date,
    Kind,
    Way,
    closing,
    factual,
    spelt,
    status,
    throughout,
    together,
    window,
)

One = TypeVar("One")
ALWAYS = -1


class Unclear(Exception):
    """No joint way is left, and the rules do not say on which days that is so."""


class Standing(NamedTuple):
    """Claims about one thing that can all be right; `cause` is the number of an event it follows from."""

    told: tuple[Told, ...]
    claim: Claim
    ways: tuple[Way, ...]
    sure: bool
    cause: int = 0
    told_ways: tuple[Way, ...] = ()  # those before an event ended it

    def alone(self, day: int) -> str:
        """Return the status that its own dates give it."""
        found = status(self.ways, day)
        return DEFINITE if found == POSSIBLE and throughout(self.claim) else found


class Judge:
    """The standings of the live claims, and the status of each on every day."""

    def __init__(self, belief: Belief, kinds: Mapping[str, Kind]) -> None:
        self.belief, self.kinds = belief, kinds
        self.told = [self.opposed_by_word(t, belief.told()) for t in belief.told()]
        self.conflicting: dict[tuple[Claim, Claim], bool] = {}
        if not all(t.ways for t in self.told):
            raise Unclear("a claim is closed before it begins")
        self.standings = [s for group in self.things() for s in group]
        self.standings = self.explained(self.standings)
        self.contested: list[set[int]] = [set() for _ in self.standings]
        self.inherited: list[set[int]] = [
            set() for _ in self.standings
        ]  # from the events that began it
        self.crowded: list[set[int]] = [set() for _ in self.standings]  # contested by another value
        self.known: dict[tuple[int, int], tuple[bool, bool, bool]] = {}
        self.cut: dict[tuple[Way, Way], int] = {}
        self.least: dict[tuple[int, int], Way] = {}
        self.against: list[dict[int, list[int]]] = [{} for _ in self.standings]
        self.end_by_events()
        self.contest_all()
        self.joint = self.joint_ways()
        self.contest_settled()

    def opposed_by_word(self, told: Told, others: Iterable[Told]) -> Told:
        """Return a claim, disputed where a person says that the denial of it, or it of another, is the same."""
        denied = any(
            o.claim.polarity != told.claim.polarity
            and self.belief.verdict(o.number, told.number) == "same"
            for o in others
        )
        return told._replace(disputed=told.disputed or denied)

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
        if (a, b) not in self.conflicting:
            self.conflicting[a, b] = self.excludes(a, b)
        return self.conflicting[a, b]

    def excludes(self, a: Claim, b: Claim) -> bool:
        """Work out whether two states cannot both be so on one day."""
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
        return self.one_state(x, y)

    def one_state(self, x: Claim, y: Claim) -> bool:
        """Whether two claims say the same of a key under which one value stands at a time."""
        alike = x.shape == "state" and self.meaning(x) == self.meaning(y)
        return alike and self.kinds[x.type].single and factual(x) and factual(y)

    def right_together(self, some: Sequence[Told]) -> bool:
        """Whether the last of some can be right with those before it, as one of which all are told."""
        *before, last = some
        if any(t.claim.polarity != last.claim.polarity for t in before):
            return False
        ways = spelt(together(t.ways for t in some))
        verdicts = {self.belief.verdict(t.number, last.number) for t in before}
        if not ways or "different" in verdicts or not before or "same" in verdicts:
            return bool(ways) and "different" not in verdicts
        alone = spelt(together(t.ways for t in before)), spelt(last.ways)
        return not any(
            status(ways, d) == DEFINITE and DEFINITE not in [status(w, d) for w in alone]
            for d in self.rivals_definite(last.claim)
        )

    def rivals_definite(self, claim: Claim) -> list[int]:
        """Return the days on which, by its own dates, another value of a key is definite."""
        rivals = [t for t in self.told if t.sure and self.conflict(t.claim, claim)]
        return [d for d in EVER if any(status(spelt(t.ways), d) == DEFINITE for t in rivals)]

    def apart(self, a: tuple[Claim, Iterable[Way]], b: tuple[Claim, Iterable[Way]]) -> bool:
        """Whether two tellings of one value can be of two stretches, one begun when the other is over."""
        pairs = product(self.stretches(*a), self.stretches(*b))
        return any(v[0] < w[0] >= v[1] or w[0] < v[0] >= w[1] for v, w in pairs)

    def stretches(self, claim: Claim, ways: Iterable[Way]) -> set[tuple[int, int]]:
        """Return from when a state is, and from when another stretch of it can begin.

        That is the day on which it is told to end, or the day after that to which inertia carries it,
        others looked at.
        """
        found, every = set(), spelt(ways)
        sure = [s for s in self.standings if s.sure]
        free = [any(not overlap(v, w) for v, w in product(every, s.ways)) for s in sure]
        for way in every:
            carried = way.last if way.limit is None else way.limit
            pairs = zip(sure, free, strict=True)
            stops = (d for s, apart in pairs for d in self.stops(s, claim, way, apart))
            found.add((way.first, carried if way.over else min([carried, *stops]) + 1))
        return found

    def stops(self, other: Standing, state: Claim, way: Way, apart: bool) -> Iterator[int]:
        """Yield the days on which, by another claim, a state can have ended; if it can, `apart` from it."""
        if self.conflict(other.claim, state) and not self.unplaced(other):
            later = (w for w in other.ways if w.first > way.first)
            yield from (self.cut_short(way, w) for w in later if not (apart and overlap(way, w)))
        if self.ends(other.claim, state):
            yield from (w.first - 1 for w in other.ways if w.first >= way.last)

    def things(self) -> Iterator[list[Standing]]:
        """Yield the standings of each thing: each largest set of claims that can all be right."""
        left = list(self.told)
        while left:
            group = [left[0]]
            for member in group:
                group += [t for t in left if t not in group and self.one_thing(member, t)]
            left = [t for t in left if t not in group]
            group.sort(key=lambda t: order(t.claim, t.ways))
            sets = agreeing(group, self.right_together)
            yield [self.standing(some) for some in sets]

    def standing(self, told: Sequence[Told]) -> Standing:
        """Return claims that can all be right as one."""
        ways = spelt(together(t.ways for t in told))
        speaking = min(told, key=lambda t: not factual(t.claim))
        return Standing(tuple(told), speaking.claim, ways, any(t.sure for t in told))

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
                event = min(fitting, key=lambda b: (len(firsts(b)), *content(b.told[0].claim)))
                used.add(event)
                ways = tuple(w for w in s.ways if w.first in firsts(event))
                s = s._replace(ways=ways, cause=event.cause)
            shown.append(s)
        return shown + [b for b in begun if b not in used]

    def begun_once(self, begun: list[Standing]) -> Iterator[Standing]:
        """Yield the states that events begin: of reports that can be of one beginning, one."""
        for meaning in dict.fromkeys(self.meaning(b.claim) for b in begun):
            alike = [b for b in begun if self.meaning(b.claim) == meaning]
            alike.sort(key=lambda b: order(b.told[0].claim, b.ways))
            for some in agreeing(alike, lambda some: bool(shared(some))):
                ways = tuple(w for w in some[0].ways if w.first in shared(some))
                told = tuple(t for b in some for t in b.told)
                yield some[0]._replace(told=told, ways=ways, sure=any(b.sure for b in some))

    def begun(self, event: Standing) -> Iterator[Standing]:
        """Yield the states that an event begins: attested at its start, presumed from then on."""
        ways = tuple(Way(w.first, w.first, AFTER) for w in event.ways)
        for state in self.states_begun(event.claim):
            yield Standing(event.told, state, ways, event.sure, event.told[0].number)

    def states_begun(self, event: Claim) -> Iterator[Claim]:
        """Yield what an event begins, without a word of when."""
        for name in self.kinds[event.type].begins if factual(event) else ():
            kind = self.kinds[name]
            roles = frozenset(r for r in event.roles if r[0] in (*kind.key, *kind.apart))
            yield Claim("state", name, roles, event.start, value=event.value)

    def ends(self, a: Claim, b: Claim) -> bool:
        """Whether an event ends a state, if it comes after its start."""
        if not (factual(a) and factual(b)) or b.type not in self.kinds[a.type].ends:
            return False
        roles = {r for r in a.roles if r[0] in (*self.kinds[b.type].key, *self.kinds[b.type].apart)}
        return roles <= b.roles and a.value in ("", b.value)

    def end_by_events(self) -> None:
        """Give the states that events surely end the ends that these tell."""
        ended = {i: self.ended(i) for i in range(len(self.standings))}
        for i, ways in ended.items():
            s = self.standings[i]
            self.standings[i] = s._replace(ways=ways, told_ways=s.ways)
        self.known, self.least = {}, {}

    def ended(self, i: int) -> tuple[Way, ...]:
        """Return the ways of a standing beside the events that end it: over in all of them, or as told."""
        claim, ways = self.standings[i].claim, self.standings[i].ways
        events = [j for j, e in enumerate(self.standings) if self.ends(e.claim, claim)]
        rivals = [j for j, r in enumerate(self.standings) if self.conflict(r.claim, claim)]
        if not any(self.standings[j].sure for j in events):
            return ways
        group = sorted({i, *events, *rivals})
        edges = {(min(i, j), max(i, j)) for j in events}
        told = [chosen[i] for chosen in self.picked(group, edges)]
        self.standings[i] = self.standings[i]._replace(ways=unended(ways))
        joint = [*self.picked(group, edges)]
        carried = [(chosen, w) for chosen in joint if (w := self.carried(chosen)[i]) is not None]
        behind = any(self.is_behind(self.standings[j], self.standings[i]) for j in events)
        self.standings[i] = self.standings[i]._replace(ways=ways)
        self.known, self.least = {}, {}  # what was found out of it as it was then
        rest = [w for chosen, w in carried if self.hands_over(w, (chosen[j] for j in rivals))]
        over = (behind and rest) or [w for _, w in carried]
        if None in told:
            return ways
        latest = max(w.last if w.over else AFTER for w in ways)
        ended = all(w.over and w.last <= latest for w in over)
        found = over if ended else told
        return tuple(sorted({w for w in found if w is not None}))

    def is_behind(self, event: Standing, state: Standing) -> bool:
        """Whether an event cannot have been before the start of a state."""
        return event.sure and min(firsts(event)) >= max(firsts(state))

    def hands_over(self, way: Way, others: Iterable[Way | None]) -> bool:
        """Whether a state is over by the day on which another begins, and on no other day beside any."""
        return all(
            o is None
            or not overlap(way, o)
            or (way.over and overlap(way, o) == {way.last} == {o.first})
            for o in others
        )

    # --- days on which sources cannot all be right

    def contest_all(self) -> None:
        """Note the days on which two standings contradict each other."""
        pairs = list(combinations(range(len(self.standings)), 2))
        for i, j in pairs:
            a, b = self.standings[i], self.standings[j]
            if a.sure and b.sure:
                days = self.contest(i, j)
                self.contested[i] |= days
                self.contested[j] |= days
                if self.conflict(a.claim, b.claim):
                    self.crowded[i] |= days
                    self.crowded[j] |= days
                self.note_standing(i, j, days)
        for i, s in enumerate(self.standings):
            if is_derived(s):
                self.inherited[i] = set.intersection(*(self.contested_event(t) for t in s.told))
                self.contested[i] |= self.inherited[i]

    def contest_settled(self) -> None:
        """Note the days on which one stands, once others leave it no other, and another of its thing does not."""
        for i, j in permutations(range(len(self.standings)), 2):
            a, b = self.standings[i], self.standings[j]
            dated = a.sure and b.sure and self.of_one_thing(i, j)
            if not dated or self.conflict(a.claim, b.claim):
                continue
            for day in DAYS:
                if a.alone(day) != DEFINITE and opposed(self.carries(i, day), a, b, day):
                    for one in (i, j):
                        self.contested[one].add(day)
                        self.against[one].setdefault(day, []).append(i)

    def note_standing(self, i: int, j: int, days: Iterable[int]) -> None:
        """Note which of two about one thing stands on each of some days, or that it is contested in any case."""
        a, b = self.standings[i], self.standings[j]
        dated = self.of_one_thing(i, j) and not self.conflict(a.claim, b.claim)
        ended = [n for n, x, y in ((i, a, b), (j, b, a)) if self.ends(y.claim, x.claim)]
        for day in days:
            pairs = ((i, a, b), (j, b, a))
            standing = [
                n for n, x, y in pairs if dated and opposed(x.alone(day), x, y, day)
            ] or ended
            for one in (i, j):
                self.against[one].setdefault(day, []).extend(standing or [ALWAYS])

    def contested_event(self, told: Told) -> set[int]:
        """Return the days on which an event is contested."""
        events = zip(self.standings, self.contested, strict=True)
        return {d for s, days in events if told in s.told and not is_derived(s) for d in days}

    def contest(self, i: int, j: int) -> set[int]:
        """Return the days on which two standings contradict each other."""
        a, b = self.standings[i], self.standings[j]
        if self.conflict(a.claim, b.claim):
            if a.alone(BEFORE) == b.alone(BEFORE) == DEFINITE:
                raise Unclear("they contradict each other before the calendar")
            return self.conflicting_days(a, b)
        if self.of_one_thing(i, j):
            return {d for d in EVER for x, y in ((a, b), (b, a)) if opposed(x.alone(d), x, y, d)}
        for event, state in ((a, b), (b, a)):
            if self.ends(event.claim, state.claim) and self.too_early(event, state):
                over = max(w.first for w in event.ways)
                return {d for d in DAYS if d > over and state.alone(d) in (DEFINITE, PRESUMED)}
            if self.denies(event, state):
                sure = max(w.first for w in event.ways)
                return {d for d in DAYS if d >= sure}
            if self.miscounts(event, state) or self.measures_else(event, state):
                return {d for d in DAYS if event.alone(d) == state.alone(d) == DEFINITE}
        return set()

    def relations(self, i: int, j: int) -> tuple[bool, bool, bool]:
        """Return whether two are of one thing, and whether the second displaces the first, or ends it."""
        if (i, j) not in self.known:
            a, b = self.standings[i], self.standings[j]
            displaces = self.conflict(a.claim, b.claim) and not self.unplaced(b)
            self.known[i, j] = self.is_one_thing(a, b), displaces, self.ends(b.claim, a.claim)
        return self.known[i, j]

    def of_one_thing(self, i: int, j: int) -> bool:
        """Whether two standings are of one thing, and hence cannot both be right."""
        return self.relations(min(i, j), max(i, j))[0]

    def is_one_thing(self, a: Standing, b: Standing) -> bool:
        """Work out whether two standings are of one thing."""
        pairs = [(x, y) for x in a.told for y in b.told if x is not y]
        verdicts = {self.belief.verdict(x.number, y.number) for x, y in pairs} - {None}
        derived = is_derived(a) or is_derived(b)
        if verdicts and (not derived or verdicts == {"different"}):
            return "same" in verdicts
        if self.one_state(a.claim, b.claim):
            return not self.apart((a.claim, a.ways), (b.claim, b.ways))
        return not derived and any(self.one_thing(*p) for p in pairs)

    def conflicting_days(self, a: Standing, b: Standing) -> set[int]:
        """Return the days that two values of one key both need: none where one can follow the other."""
        pairs = list(product(a.ways, b.ways))
        if not all(overlap(v, w) for v, w in pairs) or handovers(a, b):
            return set()
        both = {d for d in EVER if a.alone(d) == b.alone(d) == DEFINITE}
        # No sure day together: one needs some day of several, and the other has them all.
        some = {d for d in EVER if any(w.holds(d) for w in a.ways) and b.alone(d) == DEFINITE}
        some |= {d for d in EVER if any(w.holds(d) for w in b.ways) and a.alone(d) == DEFINITE}
        if not both | some:
            raise Unclear("two values have no room beside each other, and no sure day")
        return both or some

    def too_early(self, event: Standing, state: Standing) -> bool:
        """Whether an event ends a state at a time at which a source says that it still held."""
        pairs = product(event.ways, state.told_ways or state.ways)
        return all(s.first <= e.first < s.last for e, s in pairs)

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
            first, last = self.period(tally)
            if not throughout(x):
                first = max(firsts(tally))
            within = min(firsts(other)) >= first and max(firsts(other)) <= last
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
        return x.polarity != y.polarity and not apart and self.period(tally) == self.period(other)

    def measures_else(self, a: Standing, b: Standing) -> bool:
        """Whether two amounts of one thing, at one time, cannot both be right."""
        x, y = a.claim, b.claim
        alike = (x.shape, x.type, x.mode, x.roles) == (y.shape, y.type, y.mode, y.roles)
        if not alike or not self.kinds[x.type].quantity or not (factual(x) and factual(y)):
            return False
        at_once = all(v.first == w.first for v, w in product(a.ways, b.ways))
        one, other = amount(x.value), amount(y.value)
        if one is None or other is None:
            return False
        apart = one[0].stop <= other[0].start or other[0].stop <= one[0].start
        return at_once and one[1] == other[1] and apart

    def period(self, tally: Standing) -> tuple[int, int]:
        """Return the first and last day of a tally's period: vague ends are those of all their days."""
        told = tally.told[0]
        start = window(tally.claim.start, tally.claim, told.settled)[0]
        last = closing(tally.claim.end, told.settled)
        return start, max(start, min(last, told.spoken)) if factual(tally.claim) else last

    def within(self, a: Standing, b: Standing) -> bool:
        """Whether the period of one tally lies in that of another."""
        x, y = self.period(a), self.period(b)
        return x[0] >= y[0] and x[1] <= y[1]

    # --- joint ways

    def joint_ways(self) -> list[set[Way | None]]:
        """Return, for each standing, its ways in all joint ways of the claims that bear on it."""
        count = len(self.standings)
        edges = {(i, j) for i, j in combinations(range(count), 2) if self.bear(i, j)}
        found: list[set[Way | None]] = [set() for _ in range(count)]
        left = list(range(count))
        while left:
            group = [left[0]]
            for i in group:
                group += [j for j in left if j not in group and {(i, j), (j, i)} & edges]
            left = [i for i in left if i not in group]
            for chosen in self.picked(sorted(group), edges):
                for i, way in self.carried(chosen).items():
                    found[i].add(way)
            if not all(any(found[i]) for i in group):
                raise Unclear("no joint way of one of them, if it counts")
        return found

    def bear(self, i: int, j: int) -> bool:
        """Whether two standings bear on each other."""
        a, b = self.standings[i], self.standings[j]
        ending = self.ends(a.claim, b.claim) or self.ends(b.claim, a.claim)
        return self.conflict(a.claim, b.claim) or ending or self.of_one_thing(i, j)

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

        Where one can wholly follow the other, it does; else they may share the day of a handover.
        A contested day is settled for nobody, and takes nothing from others.
        """
        a, b = self.standings[i], self.standings[j]
        pairs = list(product(a.ways, b.ways))
        if self.conflict(a.claim, b.claim):
            unsettled = self.conflicting_days(a, b)
            unsettled |= self.contested[i] | self.contested[j]
            unsettled |= {d for d in EVER for t in (*a.told, *b.told) if t.disputed}
            left = {*product(self.beside_settled(i, j), self.beside_settled(j, i))}
            good = [p for p in pairs if overlap(*p) <= unsettled and p in left] or handovers(a, b)
        elif self.of_one_thing(i, j):
            good = pairs
        else:
            event, state = (0, 1) if self.ends(a.claim, b.claim) else (1, 0)
            good = [
                p for p in pairs if not p[state].first <= p[event].first < p[state].last
            ] or pairs
        absent = {(None, w) for w in (*b.ways, None)} | {(w, None) for w in a.ways}
        return set(good) | absent

    def beside_settled(self, i: int, j: int) -> list[Way]:
        """Return the ways of a standing that leave another the days on which it is definite, if there are any.

        Nothing contests these days, and no third value contests the standing on them.
        """
        standing, other = self.standings[i], self.standings[j]
        if not other.sure or any(t.disputed for t in (*standing.told, *other.told)):
            return [*standing.ways]
        held = {d for d in EVER if other.alone(d) == DEFINITE}
        settled = held - self.contested[j] - self.crowded[i]
        left = [w for w in standing.ways if not any(map(w.holds, settled))]
        return left or [*standing.ways]

    def carried(self, chosen: dict[int, Way | None]) -> dict[int, Way | None]:
        """Return a joint way with each state ended by an event, and else carried on by inertia."""
        after = dict(chosen)
        vouched = {i: self.vouched(i, way) for i, way in chosen.items()}
        for i, way in chosen.items():
            if way is None or way.over:
                continue
            reach = self.reach(i, way._replace(limit=AFTER), vouched)
            ends = [
                e.first
                for j, e in chosen.items()
                if e is not None and self.relations(i, j)[2]
                if max(way.first, way.last) <= e.first <= reach
            ]
            if ends:
                after[i] = Way(way.first, min(ends), min(ends), over=True)
        return {
            i: way if way is None or way.over else way._replace(limit=self.reach(i, way, after))
            for i, way in after.items()
        }

    def vouched(self, i: int, way: Way | None) -> Way | None:
        """Return a way up to the day for which a source vouches: nobody says that it lasted longer."""
        if way is None or way.over or way.limit != way.last:
            return way
        if (i, way.first) not in self.least:
            self.least[i, way.first] = min(
                w for w in self.standings[i].ways if w.first == way.first
            )
        return self.least[i, way.first]

    def reach(self, i: int, way: Way, others: dict[int, Way | None]) -> int:
        """Return the day up to which inertia carries a state: until another surely stands."""
        assert way.limit is not None
        reach = way.limit
        for j, other in others.items():
            if j == i or other is None or other.limit is None:
                continue
            alike, displaces, _ = self.relations(i, j)
            if alike and other.over and other.last >= way.last:
                reach = min(reach, other.last)
            if displaces:
                reach = min(reach, self.cut_short(way, other))
        return reach

    def unplaced(self, standing: Standing) -> bool:
        """Whether nobody can place a state in time: it has no earliest day, and is sure on none."""
        if all(w.first > BEFORE for w in standing.ways):
            return False
        days = range(BEFORE, AFTER + 1)
        return not any(status(standing.ways, d) in (DEFINITE, PRESUMED) for d in days)

    def cut_short(self, way: Way, other: Way) -> int:
        """Return the last day on which inertia carries a state on beside another value of its key."""
        if (way, other) not in self.cut:
            later = [d - 1 for d in EVER if d > way.last and other.holds(d)]
            newer = way.first < other.first <= way.last == other.last
            lasting = newer and other.last < min(way.limit or BEFORE, other.limit or BEFORE)
            self.cut[way, other] = way.last if lasting else min(later, default=AFTER)
        return self.cut[way, other]

    # --- answers

    def line(self, i: int) -> str:
        """Return the status of a standing on each day of the calendar, a sign a day."""
        return "".join(self.status(i, day) for day in DAYS)

    def status(self, i: int, day: int) -> str:
        """Return the status of a standing on a day, all taken in."""
        found, standing = self.carries(i, day), self.standings[i]
        perhaps = None in self.joint[i]
        lasting = found == PRESUMED or (found == DEFINITE and standing.alone(day) != DEFINITE)
        if self.stays_contested(i, day) or (lasting and not perhaps and self.tied(i, day, found)):
            return CONTESTED
        shown = found in (POSSIBLE, DEFINITE, PRESUMED)
        if shown and any(t.disputed for t in standing.told):
            return CONTESTED
        return POSSIBLE if shown and perhaps else found

    def stays_contested(self, i: int, day: int) -> bool:
        """Whether a day is contested, when all is known of what took the place of those who say so."""
        if day not in self.contested[i]:
            return False
        against = self.against[i].get(day, [])
        standing = (self.carries(j, day) in (DEFINITE, PRESUMED) for j in against if j != ALWAYS)
        follows = day in self.inherited[i] and self.carries(i, day) in (
            POSSIBLE,
            DEFINITE,
            PRESUMED,
        )
        return ALWAYS in against or any(standing) or follows

    def carries(self, i: int, day: int) -> str:
        """Return what follows from all joint ways."""
        standing = self.standings[i]  # an event is told by its own sources, whatever states it ends
        if standing.claim.shape != "state":
            return standing.alone(day)
        told = [w for w in self.joint[i] if w is not None]
        found = status(told, day)
        if found == POSSIBLE and self.is_settled(i, day):  # nobody is carried on beside who holds
            return status([w for w in told if w.holds(day) or not w.lasts(day)], day)
        return found

    def is_settled(self, i: int, day: int) -> bool:
        """Whether another value of the key holds on a day in all joint ways, and nothing contests it."""
        claim = self.standings[i].claim
        return any(
            s.sure and self.conflict(claim, s.claim) and day not in self.contested[j]
            for j, s in enumerate(self.standings)
            if all(w is not None and w.holds(day) for w in self.joint[j])
        )

    def tied(self, i: int, day: int, found: str) -> bool:
        """Whether inertia, or an event, carries another value as far: nothing told them apart."""
        claim = self.standings[i].claim
        rivals = [
            j for j, s in enumerate(self.standings) if s.sure and self.conflict(claim, s.claim)
        ]
        return any(
            self.carries(j, day) == found and self.standings[j].alone(day) != DEFINITE
            for j in rivals
        )


def agreeing(members: Iterable[One], agree: Callable[[list[One]], bool]) -> list[list[One]]:
    """Return the members in sets that can all be right: each joins the first, or begins one."""
    sets: list[list[One]] = []
    for member in members:
        place = next((some for some in sets if agree([*some, member])), None)
        if place is None:
            sets.append([member])
        else:
            place.append(member)
    return sets


def order(claim: Claim, ways: Iterable[Way]) -> tuple[object, ...]:
    """Return the place of a claim among others: the narrowest start first, then by what it says."""
    starts = [w.first for w in ways] or [BEFORE]
    ever = min(starts) == BEFORE and len({*starts}) > 1
    width = max(starts) - (-100 if ever else min(starts))
    planned = claim.modality == "planned"
    return (not factual(claim), planned, width, *content(claim))


def content(claim: Claim) -> tuple[object, ...]:
    """Return what orders claims whatever their place in the log."""
    said = (claim.mode or "", claim.value, sorted(claim.roles), claim.polarity, claim.modality)
    return (*said, claim.sources, spelling(claim.start), spelling(claim.end))


def spelling(date: Date) -> str:
    """Return a date as it is written, which orders claims that are as narrow: an exact day before several."""
    if date.form != "date":
        return ".." if date.form == "open" else ""
    low, high = ("" if day is None else f"{day:02}" for day in date[:2])
    return low + "~" * date.doubtful if low == high else f"[{low}..{high}]"


def shared(standings: Sequence[Standing]) -> set[int]:
    """Return the days on which all of them can have begun."""
    return set.intersection(*(firsts(s) for s in standings))


def amount(value: str) -> tuple[range, str] | None:
    """Return the hundreds of grams, or of something else, that an amount can be; None for words."""
    words = value.split()
    above = words[:2] == ["more", "than"]
    number, unit = words[2:3] if above else words[:1], words[3:] if above else words[1:]
    if not number or not number[0].isdigit():
        return None
    one, measure = {"t": (10_000, "kg"), "kg": (10, "kg")}.get(unit[0], (10, unit[0]))
    told = one * int(number[0])  # what is measured is rounded
    found = range(told + 1, 10**9) if above else range(told - one // 2, told + one // 2)
    return found, measure


def unended(ways: Sequence[Way]) -> tuple[Way, ...]:
    """Return ways that are told to be over on some day, up to the least of these days, and perhaps longer."""
    if not all(w.over for w in ways):
        return tuple(ways)
    lasts = {first: [w.last for w in ways if w.first == first] for first, *_ in ways}
    return tuple(Way(first, min(days), max(days)) for first, days in sorted(lasts.items()))


def is_derived(standing: Standing) -> bool:
    """Whether no source states it: it follows from the event of the same line."""
    return standing.claim.shape == "state" and standing.told[0].claim.shape == "event"


def firsts(standing: Standing) -> set[int]:
    """Return the days on which it can have begun, or happened."""
    return {w.first for w in standing.ways}


def overlap(a: Way, b: Way) -> set[int]:
    """Return the days on which both are surely so."""
    return {d for d in EVER if a.holds(d) and b.holds(d)}


def handovers(a: Standing, b: Standing) -> list[tuple[Way, Way]]:
    """Return the pairs of ways in which one begins on the very day on which the other ends.

    That is a day which is told: as the end of the one, or as the only start of the other.
    """
    return [
        (v, w)
        for v, w in product(a.ways, b.ways)
        for early, late, start in ((v, w, firsts(b)), (w, v, firsts(a)))
        if early[:2] <= late[:2] and overlap(v, w) == {early.last} == {late.first}
        if early.over or (early.first < late.first and len(start) == 1)
    ]


def opposed(mine: str, a: Standing, b: Standing, day: int) -> bool:
    """Whether one stands on a day, as `mine` says, and the other says that it does not.

    A planned end says nothing, nor what is only presumed, from before the other says that it ended.
    """
    other = b.alone(day)
    if other == NOT_YET:
        return mine in (DEFINITE, PRESUMED)
    if other != ENDED or not all(w.over for w in b.ways):
        return False
    vouched_after = all(b.alone(w.last) == ENDED for w in a.ways)
    return mine == DEFINITE or (mine == PRESUMED and vouched_after)
