"""Which claims are live at a knowledge cut, and which sources support each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

from factledger.dates.days import Day
from factledger.index.bodies import CLAIM_KINDS
from factledger.records.claims import Claim, doubt_of
from factledger.records.vocabulary import Key
from factledger.status.live.live import Live
from factledger.status.live.voices import Voices

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index
    from factledger.index.chains import Chain
    from factledger.text import Advice

_NEAR = 256  # entries at most, that are looked at to keep what they do not change
_AHEAD = 1000  # entries that are read together
_CLAIMING = frozenset({*CLAIM_KINDS, "correct"})
_UNDOING = frozenset({"retract", "redact", "redacted", "withdraw"})
# What takes nothing back: behind such entries all that was said before counts as it did.
_ADDING = frozenset({*CLAIM_KINDS, "source", "corroborate", "dispute", "close", "identify", "note"})


class Belief(Voices):
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
        super().__init__(index, recorded, published, advice)
        self._live: dict[int, Live | None] = {}
        self._composed: set[int] = set()  # readings that give another claim than their record
        self._let_go: dict[str, int] = {}  # how many of the first entries under a label are retired
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
        numbers = self._read_ahead(self.index.upto(self.index.claims, self.recorded))
        return (live for live in map(self.live, numbers) if live is not None)

    def _read_ahead(self, numbers: Iterable[int]) -> Iterator[int]:
        """Yield the numbers of entries, of which some are read together before they are asked for."""
        rest = iter(numbers)
        while some := [*islice(rest, _AHEAD)]:
            if new := [number for number in some if number not in self._live]:
                self.index.read_ahead(new)
            yield from some

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
        if self.aliases or self.types_corrected:
            known = iter(self._keyed.get(key, ()))
        return self._found(known, lambda claim: key in self.keys(claim))

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
        for number in self._read_ahead(numbers):
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
        if number <= self.recorded and not self.unsaid(number):
            standing = self.standing_reading(number)
            if standing is not None and standing > number and self._says_all(standing):
                self._passed.add(number)

    def _says_all(self, number: int) -> bool:
        return not getattr(self.index.record(number), "changes", ())

    def _composed_of(self, number: int) -> Live | None:
        """Return the claim of a reading that does not stand, where it may still say in part what stands."""
        if self.unsaid(number):
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
        if number > self.recorded or self.index.kind(number) not in _CLAIMING:
            return None
        if self.unsaid(number):
            return self._supported(number, self.index.content(number), None)
        chain = self.index.chains.of(number)
        if self.standing_reading(number) != number or self._taken(chain, number) is not None:
            return None  # before it is read: most readings of a long chain stand no longer
        claim = self.index.content(number)
        if not isinstance(claim, Claim):
            return None
        read = self._read(chain, number)
        if read is not claim:
            self._composed.add(number)
        return self._supported(number, read, chain)

    def _supported(self, number: int, claim: Claim, chain: Chain | None) -> Live | None:
        own = dict.fromkeys(self._supports(number, claim.citations, doubt_of(claim)))
        supports = (*own, *self._said("corroborate", chain).supports)
        if chain is not None:  # who backed an earlier reading spoke before
            supports = tuple(sorted(supports, key=attrgetter("number")))
        if not supports:
            return None
        ending = self._ending(chain) if chain else None
        disputes = self._disputes(chain) if chain else ()
        sure = any(map(self._surely_published, supports))
        return Live(number, claim, supports, sure, ending, disputes)

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


def _names_all(claim: Claim, groups: Sequence[frozenset[str]]) -> bool:
    """Return whether a claim names somebody of each group, for two groups two different ones."""
    names = {name for p in claim.participants for name in (p.actor, p.of) if name is not None}
    met = [names & group for group in groups]
    return all(met) and (len(met) < 2 or len(met[0] | met[1]) > 1)
