"""Which claims are live at a knowledge cut, and which sources support each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain as chained
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import Edtf
from factledger.index.bodies import CLAIM_KINDS, content_of, is_whole, keys_of, state_keys_of
from factledger.records.amendments import Correct
from factledger.records.claims import Citation, Claim, Tally
from factledger.records.record import OF_RECORDING, Record
from factledger.records.vocabulary import Key
from factledger.status.registry import Published, Registry

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index
    from factledger.index.chains import Chain
    from factledger.text import Advice

# A correction of these reasons says that the reading was wrong, whatever any source published
# since; the others rest on what a later source says.
OUR_ERRORS = frozenset({"misread", "misdated", "misidentified"})
_NEAR = 256  # entries at most, that are looked at to keep what they do not change
_UNDOING = frozenset({"retract", "redact", "redacted", "withdraw"})
# What takes nothing back: behind such entries all that was said before counts as it did.
_ADDING = frozenset({*CLAIM_KINDS, "source", "corroborate", "dispute", "close", "identify", "note"})


class Support(NamedTuple):
    """A source that says the same as a claim: where, by which entry, and when it was published."""

    number: int
    citation: Citation
    origin: str
    published: Published


_FIRST, _LAST = attrgetter("published.first"), attrgetter("published.last")


class Ending(NamedTuple):
    """The end that a `close` gives a state; `sure` if its source was published by the cut.

    `attested` is the first day on which the newest of its sources can have been published, and
    `spoken` the day up to which what they tell is no plan.
    """

    number: int
    until: Edtf
    sure: bool
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
    ending: Ending | None = None
    disputes: tuple[int, ...] = ()

    @property
    def settled(self) -> Day:
        """The last day on which the first of its sources can have been published."""
        day: Day = min(map(_LAST, self.supports))
        return day

    @property
    def attested(self) -> Day:
        """The first day on which the newest of its sources can have been published."""
        day: Day = max(map(_FIRST, self.supports))
        return day

    @property
    def spoken(self) -> Day:
        """The day up to which what its sources tell is no plan."""
        return max(s.published.spoken for s in self.supports)

    @property
    def content(self) -> str:
        """A text that orders claims without regard to when they were recorded."""
        fields = (f.name for f in attrs.fields(type(self.claim)))
        held = (getattr(self.claim, n) for n in fields if n not in ("label", *OF_RECORDING))
        return repr([self.claim.shape, *held])


class Said(NamedTuple):
    """What is said of one kind about a claim and was not taken back, oldest first.

    `seen` is how many entries of the kind were looked at; `heard` are those that a source still
    supports, and `supports` these sources.
    """

    seen: int = 0
    numbers: tuple[int, ...] = ()
    heard: tuple[int, ...] = ()
    supports: tuple[Support, ...] = ()


_NOTHING = Said()


class Belief(Registry):
    """The live claims of a ledger at two cuts: recorded up to an entry, published up to a day.

    `recorded` is an entry number, included; `published` a day, included, or None for no cut.
    Everything is worked out when it is asked for, and kept.
    """

    def __init__(
        self,
        index: Index,
        recorded: int,
        published: Day | None = None,
        advice: Advice | None = None,
    ) -> None:
        super().__init__(index, recorded, advice)
        self.published = published
        self._live: dict[int, Live | None] = {}
        self._standing: dict[int, int | None] = {}  # the reading that stands, by claim
        self._claims: dict[int, Record | None] = {}  # as readings give them
        self._composed: set[int] = set()  # readings that give another claim than their record
        self._let_go: dict[str, int] = {}  # how many of the first entries under a label are retired
        self._heard: dict[tuple[int, str], Said] = {}  # by claim and kind
        self._verdicts: dict[int, tuple[int, dict[int, str]]] = {}  # by claim; how many were read
        # Readings in whose place a later one stands, with all fields.
        self._passed: set[int] = set()

    def up_to(self, recorded: int) -> Belief:
        """Return the belief at a later entry, keeping what the entries between cannot change."""
        later = Belief(self.index, recorded, self.published)
        later._keep(self)
        return later

    def followed(self, recorded: int) -> Belief:
        """Return the belief at a later entry as `up_to` does; this one can still be asked.

        So who asks at one cut after another looks at each entry once.
        """
        later = Belief(self.index, recorded, self.published)
        later._follow(self)
        return later

    def _follow(self, earlier: Self) -> None:
        self._verdicts = {**earlier._verdicts}
        between = range(earlier.recorded + 1, self.recorded + 1)
        if (
            len(between) <= _NEAR
            and all(map(self._adds, between))
            and self._learn(earlier, between)
        ):
            self._heard = {**earlier._heard}
            if not any(getattr(self.index.record(n), "changes", ()) for n in between):
                self._passed = {*earlier._passed}

    def _adds(self, number: int) -> bool:
        """Return whether an entry leaves all that was said before as it is, but for what it corrects."""
        kind = self.index.kind(number)
        return kind in _ADDING or (kind == "correct" and self.index.puts_claim(number))

    def _keep(self, earlier: Self) -> None:
        super()._keep(earlier)
        between = self.index.kinds(earlier.recorded + 1, self.recorded)
        if self.published is None and not _UNDOING.intersection(between):  # else what is retired
            self._let_go, self._claims = earlier._let_go, earlier._claims  # may stand again
        elif self.published is None and all(
            map(self._only_retires, range(earlier.recorded + 1, self.recorded + 1))
        ):
            self._let_go = earlier._let_go

    def _only_retires(self, number: int) -> bool:
        """Return whether an entry lets nothing stand again: it undoes nothing, or takes a whole claim back."""
        kind, body = self.index.kind(number), self.index.body(number)
        if kind == "retract" and body is not None:
            target: Any = body.get("target")  # of a forger's entry anything
            earlier = isinstance(target, int) and 0 < target < number
            return bool(earlier) and self.index.kind(target) in CLAIM_KINDS
        return kind not in _UNDOING

    def claims(self) -> Iterator[Live]:
        """Yield every live claim, oldest entry first."""
        lives = map(self.live, self.index.upto(self.index.claims, self.recorded))
        return (live for live in lives if live is not None)

    def between(self, one: str, other: str) -> Iterator[Live]:
        """Yield the live claims in which both take part, oldest entry first."""
        found = self.index.between(self.standing_for(one), self.standing_for(other))
        return self.living(self.index.upto(found, self.recorded), one, other)

    def involving(self, actor: str) -> Iterator[Live]:
        """Yield the live claims in which an actor takes part, oldest entry first."""
        found = self.index.involving(self.standing_for(actor))
        return self.living(self.index.upto(found, self.recorded), actor)

    def keyed(self, key: Key) -> Iterator[Live]:
        """Yield the live claims that count under a key, oldest entry first."""
        known = self.index.upto(self.index.keyed(key), self.recorded)
        if self.aliases or self._types_corrected:
            known = iter(self._keyed.get(key, ()))
        return self._found(known, lambda claim: key in self.keys(claim))

    def keys(self, claim: Claim) -> tuple[Key, ...]:
        """Return the keys under which a claim counts, aliases resolved."""
        return keys_of(_outline(claim), self.vocabulary, self.canonical)

    def state_keys(self, claim: Claim) -> tuple[Key, ...]:
        """Return the keys of the state that a claim tells of, or of those that it moves."""
        who = [(p.role, self.canonical(p.actor)) for p in claim.participants]
        return state_keys_of(_outline(claim), self.vocabulary, who)

    def meets(self, key: Key) -> bool:
        """Return whether claims under a key can bear on one another.

        Under one of all that take part they can where one denies, or counts none, or measures.
        """
        if not is_whole(key) or (key in self._opposed if self.aliases else self.index.against(key)):
            return True
        kind = self.vocabulary.types.get(key[0][1:])
        return kind is not None and kind.quantity

    @cached_property
    def _opposed(self) -> frozenset[Key]:
        """The keys under which a claim may contradict others, aliases resolved."""
        return frozenset(
            (name, tuple((role, tuple(sorted({*map(self.canonical, a)}))) for role, a in roles))
            for name, roles in self.index.opposed()
        )

    def canonical(self, actor: str) -> str:
        """Return the id that stands for an actor."""
        return self.aliases.get(actor, actor)

    @cached_property
    def _types_corrected(self) -> bool:
        return any(self.index.kind(number) == "correct" for number in self.index.types)

    @cached_property
    def _keyed(self) -> Mapping[Key, Sequence[int]]:
        found: dict[Key, list[int]] = {}
        for number in self.index.upto(self.index.claims, self.recorded):
            body = self.index.body(number)
            claim = content_of(body)  # what was erased has no key
            for key in keys_of(claim, self.vocabulary, self.canonical) if claim else ():
                found.setdefault(key, []).append(number)
        return found

    def living(self, numbers: Iterable[int], *sides: str) -> Iterator[Live]:
        """Yield the live claims of entries that were found by the actors that they name: one, or two.

        Where none are given, whoever takes part.
        """
        groups = [frozenset(self.standing_for(side)) for side in sides]
        return self._found(numbers, lambda claim: _names_all(claim, groups))

    def _found(self, numbers: Iterable[int], fits: Callable[[Claim], bool]) -> Iterator[Live]:
        """Yield the live claims of entries, each once.

        A correction that changes some fields may be found by what an earlier reading says, and
        may not say what it said when it was recorded.
        """
        met: set[int] = set()
        for number in numbers:
            if number in self._passed:
                continue
            live = self.live(number) or self._composed_of(number)
            if live is None:
                self._pass_over(number)
                continue
            if live.number in met:
                continue
            if live.number in self._composed:
                met.add(live.number)
                if not fits(live.claim):
                    continue
            yield live

    def _pass_over(self, number: int) -> None:
        """Take note of a reading in whose place another stands that says all anew."""
        if number <= self.recorded and not self.index.chains.alone(number):
            standing = self.standing_reading(number)
            if standing is not None and standing > number and self._says_all(standing):
                self._passed.add(number)

    def _says_all(self, number: int) -> bool:
        return not getattr(self.index.record(number), "changes", ())

    def _composed_of(self, number: int) -> Live | None:
        """Return the claim of a reading that does not stand, where it may still say in part what stands."""
        if self.index.chains.alone(number):
            return None
        standing = self.standing_reading(number)
        live = self.live(standing) if standing is not None else None
        return live if standing in self._composed else None

    def live(self, number: int) -> Live | None:
        """Return the claim of an entry, None where it is retired, unsupported or not yet known."""
        if number not in self._live:
            self._live[number] = self._find(number)
        return self._live[number]

    def _find(self, number: int) -> Live | None:
        claim = self.index.content(number) if number <= self.recorded else None
        if not isinstance(claim, Claim):
            return None
        if self.index.chains.alone(number):
            return self._supported(number, claim, None)
        chain = self.index.chains.of(number)
        if self.standing_reading(number) != number or self._taken(chain, number) is not None:
            return None
        read = self._read(chain, number)
        if read is not claim:
            self._composed.add(number)
        return self._supported(number, read, chain)

    def _supported(self, number: int, claim: Claim, chain: Chain | None) -> Live | None:
        own = dict.fromkeys(self._supports(number, claim.citations))
        supports = (*own, *self._said("corroborate", chain).supports)
        if not supports:
            return None
        ending = self._ending(chain) if chain else None
        disputes = self._disputes(chain) if chain else ()
        sure = any(map(self._surely_published, supports))
        return Live(number, claim, supports, sure, ending, disputes)

    def about(self, number: int) -> list[int]:
        """Return the entries that target an entry, oldest first, up to the cut."""
        targeting = self.index.targeting(number)
        return [n for n in targeting if n <= self.recorded] if targeting else []

    def retired_by(self, number: int) -> int | None:
        """Return the entry by which an entry stands no longer at the cut, None if it does.

        It retracted or erased it, or retracted the claim of which it is a reading, or is the
        reading that stands in its place.
        """
        index = self.index
        if index.kind(number) in CLAIM_KINDS or index.puts_claim(number):
            return None if index.chains.alone(number) else self._replaced_by(number)
        kinds = ("retract", "redact", "correct")
        return next((n for n in self.about(number) if index.kind(n) in kinds), None)

    def holding(self, label: str) -> Iterator[int]:
        """Yield the entries that bear a label and are not retired, oldest first."""
        bearing = self.index.labelled(label)
        passed = self._let_go.get(label, 0)
        for i in range(passed, len(bearing)):
            if bearing[i] > self.recorded:
                return
            if self.retired_by(bearing[i]) is None:
                yield bearing[i]
            elif i == passed:
                passed = self._let_go[label] = i + 1

    def _replaced_by(self, number: int) -> int | None:
        chain = self.index.chains.of(number)
        by = self._taken(chain, number) or self._taken(chain, chain.first, "retract")
        if by is not None:
            return by
        standing = self.standing_reading(number)
        return standing if standing is not None and standing > number else None

    # --- a claim is a chain of readings

    def standing_reading(self, number: int) -> int | None:
        """Return the reading that stands of the claim that an entry is a reading of: its newest with ground.

        None where the claim was taken back, or none of it is there by the cut. Whether any source
        supports it is another question.
        """
        first = self.index.chains.first(number)
        if first not in self._standing:
            chain = self.index.chains.of(first)
            taken_back = self._taken(chain, first, "retract") is not None
            found = None if taken_back else next(self._grounded(chain, self.recorded), None)
            self._standing[first] = found
        return self._standing[first]

    def grounded(self, number: int) -> list[int]:
        """Return the readings that have their ground, newest first, of the claim of a reading."""
        return [*self._grounded(self.index.chains.of(number), self.recorded)]

    def _grounded(self, chain: Chain, last: int) -> Iterator[int]:
        """Yield the readings up to an entry that have their ground, newest first."""
        for place in range(bisect_right(chain.readings, last) - 1, -1, -1):
            number = chain.readings[place]
            kept = self._taken(chain, number, "retract") is None
            if kept and (not place or self._has_ground(number)):
                yield number

    def _taken(self, chain: Chain, reading: int, *kinds: str) -> int | None:
        """Return the entry that retracts or erases a reading by the cut, None if none does."""
        by = (n for n in chain.taking.get(reading, ()) if n <= self.recorded)
        return next((n for n in by if not kinds or self.index.kind(n) in kinds), None)

    def _has_ground(self, number: int) -> bool:
        """Return whether what a correction rests on counts at the cuts.

        One that was erased stays in the way of what it corrected.
        """
        record: Any = self.index.record(number)
        if record is None:
            return True
        cited = record.record.citations
        kept = [c for c in cited if not self.withdrawn(c.source)]
        if record.reason in OUR_ERRORS:
            return bool(kept) or self._reads_again(record)
        return any(map(self._surely_published, self._supports(number, kept)))

    def _reads_again(self, correction: Correct) -> bool:
        """Return whether a correction cites a source that what it corrects cites: it was misread all the same."""
        before = self.index.content(correction.target)
        read = {c.source for c in getattr(before, "citations", ())}
        return any(c.source in read for c in getattr(correction.record, "citations", ()))

    def _read(self, chain: Chain, number: int) -> Any:
        """Return a claim as one of its readings gives it, None where that was erased.

        A correction that changes some fields gives the rest as the reading before it does.
        """
        waiting = []
        found: Record | None = None
        for n in self._grounded(chain, number):
            if n in self._claims:
                found = self._claims[n]
                break
            waiting.append(n)
            if not getattr(self.index.record(n), "changes", ()):
                break
        while waiting:
            n = waiting.pop()
            record = self.index.record(n)
            found = record.over(found) if isinstance(record, Correct) else record
            self._claims[n] = found
        return found

    def reading(self, number: int) -> Claim | None:
        """Return a claim as one of its readings gives it at the cut; None where that was erased."""
        chain = self.index.chains.of(number)
        counts = number in self._grounded(chain, number)
        found = self._read(chain, number) if counts else self.index.content(number)
        return found if isinstance(found, Claim) else None

    # --- what is said about a claim

    def _said(self, kind: str, chain: Chain | None) -> Said:
        """Return what is said of a kind about a claim by the cut, and was not taken back."""
        about = chain.about.get(kind) if chain else None
        if chain is None or about is None:
            return _NOTHING
        said = self._heard.get((chain.first, kind), _NOTHING)
        known = bisect_right(about, self.recorded)
        if said.seen < known:
            new = [n for n in about[said.seen : known] if self.retired_by(n) is None]
            said = self._hearing(said, new)._replace(seen=known)
            self._heard[chain.first, kind] = said
        return said

    def _hearing(self, said: Said, new: Iterable[int]) -> Said:
        """Return what is said of a kind with more entries that say so, behind the others."""
        found = {n: (*dict.fromkeys(self._supports(n, self._citations(n))),) for n in new}
        return Said(
            said.seen,
            (*said.numbers, *found),
            (*said.heard, *(n for n, supports in found.items() if supports)),
            (*said.supports, *chained.from_iterable(found.values())),
        )

    def _said_last(self, kind: str, chain: Chain) -> Iterator[int]:
        """Yield the entries of a kind that are about a claim and were not taken back, newest first."""
        known = (n for n in reversed(chain.about.get(kind, ())) if n <= self.recorded)
        return (n for n in known if self.retired_by(n) is None)

    def _disputes(self, chain: Chain) -> tuple[int, ...]:
        """Return the disputes of a claim that a source still supports and no correction settles."""
        found = self._said("dispute", chain).heard
        if not found or len(chain.readings) == 1:
            return found
        settled = self.settled(chain.first)
        return tuple(n for n in found if n not in settled)

    def settled(self, number: int) -> dict[int, int]:
        """Return the disputes of the claim of a reading that are settled, with the corrections that say so."""
        pairs = ((n, self.index.record(n)) for n in self.grounded(number))
        return {dispute: n for n, record in pairs for dispute in getattr(record, "settles", ())}

    def ending(self, number: int) -> Ending | None:
        """Return the end that a `close` gives the claim of a reading, None where none counts."""
        return self._ending(self.index.chains.of(number))

    def _ending(self, chain: Chain) -> Ending | None:
        """Return the end that the newest `close` of a claim gives, unless a later reading gives another."""
        for number in self._said_last("close", chain):
            record: Any = self.index.record(number)
            supports = list(self._supports(number, record.citations))
            if supports:
                sure = any(map(self._surely_published, supports))
                moved = self.end_moved_by(number) is not None
                attested = max(s.published.first for s in supports)
                spoken = max(s.published.spoken for s in supports)
                return None if moved else Ending(number, record.until, sure, attested, spoken)
        return None

    def end_moved_by(self, close: int) -> int | None:
        """Return the reading that gives its claim another end than the one before, after a `close`."""
        body = self.index.body(close) or {}
        chain = self.index.chains.of(body["target"])
        later, moved = None, None
        for number in self._grounded(chain, self.recorded):
            claim = self._read(chain, number)
            until = getattr(claim, "until", None)
            if later is not None and claim is not None and until != later[1]:
                moved = later[0]
            later = None if claim is None else (number, until)
            if number < close:
                break
        return moved

    def heard(self, number: int) -> bool:
        """Return whether a source that counts at the cuts still supports what an entry says."""
        return any(True for _ in self._supports(number, self._citations(number)))

    def _citations(self, number: int) -> tuple[Citation, ...]:
        return getattr(self.index.record(number), "citations", ())

    def _supports(self, number: int, citations: Iterable[Citation]) -> Iterator[Support]:
        for citation in citations:
            if self.withdrawn(citation.source):
                continue
            published = self.publication(citation.source)
            if self.published is None or published.first <= self.published:
                yield Support(number, citation, self.origin(citation.source), published)

    def _surely_published(self, support: Support) -> bool:
        return self.published is None or support.published.last <= self.published

    def withdrawn(self, source: str) -> bool:
        """Return whether a source is withdrawn by the cut, and the withdrawal was not taken back."""
        withdrawals = self.index.upto(self.index.withdrawals(source), self.recorded)
        return any(self.retired_by(n) is None for n in withdrawals)

    # --- which claims are one

    def same_as(self, number: int) -> Iterator[int]:
        """Yield the standing readings of the claims that are the same as this one, by the last verdicts."""
        for other in (o for o, verdict in self.verdicts(number).items() if verdict == "same"):
            standing = self.standing_reading(other)
            if standing is not None:
                yield standing

    def verdicts(self, number: int) -> Mapping[int, str]:
        """Return the last verdicts on a claim and others, by the first readings of these."""
        chains = self.index.chains
        return {} if chains.alone(number) else self._verdicts_on(chains.of(number))

    def _verdicts_on(self, chain: Chain) -> dict[int, str]:
        """Return the last verdict by the cut on a claim and each other that was compared with it."""
        index, about = self.index, chain.about.get("identify", ())
        known = bisect_right(about, self.recorded)
        seen, verdicts = self._verdicts.get(chain.first, (0, {}))
        if seen < known:
            verdicts = {**verdicts}
            for body in filter(None, map(index.body, about[seen:known])):
                others = {index.chains.first(c) for c in body["claims"]} - {chain.first}
                verdicts.update((other, body["verdict"]) for other in others)
            self._verdicts[chain.first] = known, verdicts
        return verdicts


def _names_all(claim: Claim, groups: Sequence[frozenset[str]]) -> bool:
    """Return whether a claim names somebody of each group, for two groups two different ones."""
    names = {name for p in claim.participants for name in (p.actor, p.of) if name is not None}
    met = [names & group for group in groups]
    return all(met) and (len(met) < 2 or len(met[0] | met[1]) > 1)


def _outline(claim: Claim) -> dict[str, Any]:
    """Return the parts of a claim's body that its keys depend on."""
    who = [{"role": p.role, "actor": p.actor} for p in claim.participants]
    said = {"kind": claim.shape, "type": claim.type, "mode": claim.mode, "participants": who}
    count = {"upper": claim.count.upper} if isinstance(claim, Tally) else None
    return {**said, "polarity": claim.polarity, "count": count}
