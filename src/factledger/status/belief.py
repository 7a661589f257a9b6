"""Which claims are live at a knowledge cut, and which sources support each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import Edtf
from factledger.index.bodies import content_of, is_whole, keys_of, state_keys_of
from factledger.records.claims import Citation, Claim, Tally
from factledger.records.vocabulary import Key
from factledger.status.registry import Published, Registry

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index
    from factledger.text import Advice

# A correction of these reasons says that the reading was wrong, whatever any source published
# since; the others rest on what a later source says.
OUR_ERRORS = frozenset({"misread", "misdated", "misidentified"})


class Support(NamedTuple):
    """A source that says the same as a claim: where, by which entry, and when it was published."""

    number: int
    citation: Citation
    origin: str
    published: Published


class Ending(NamedTuple):
    """The end that a `close` gives a state; `sure` if its source was published by the cut.

    `attested` is the first day on which the newest of its sources can have been published.
    """

    number: int
    until: Edtf
    sure: bool
    attested: Day


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
        return min(s.published.last for s in self.supports)

    @property
    def attested(self) -> Day:
        """The first day on which the newest of its sources can have been published."""
        return max(s.published.first for s in self.supports)

    @property
    def content(self) -> str:
        """A text that orders claims without regard to when they were recorded."""
        fields = (f.name for f in attrs.fields(type(self.claim)))
        held = (getattr(self.claim, n) for n in fields if n not in ("label", "backfilled"))
        return repr([self.claim.shape, *held])


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

    def up_to(self, recorded: int) -> Belief:
        """Return the belief at a later entry, keeping what the entries between cannot change."""
        later = Belief(self.index, recorded, self.published)
        later._keep(self)
        return later

    def claims(self) -> Iterator[Live]:
        """Yield every live claim, oldest entry first."""
        return self.living(self.index.upto(self.index.claims, self.recorded))

    def between(self, one: str, other: str) -> Iterator[Live]:
        """Yield the live claims in which both take part, oldest entry first."""
        found = self.index.between(self.standing_for(one), self.standing_for(other))
        return self.living(self.index.upto(found, self.recorded))

    def involving(self, actor: str) -> Iterator[Live]:
        """Yield the live claims in which an actor takes part, oldest entry first."""
        found = self.index.involving(self.standing_for(actor))
        return self.living(self.index.upto(found, self.recorded))

    def keyed(self, key: Key) -> Iterator[Live]:
        """Yield the live claims that count under a key, oldest entry first."""
        if not self.aliases and not self._types_corrected:
            return self.living(self.index.upto(self.index.keyed(key), self.recorded))
        return self.living(self._keyed.get(key, ()))

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

    def living(self, numbers: Iterable[int]) -> Iterator[Live]:
        """Yield those of the numbered claims that are live."""
        return (live for live in map(self.live, numbers) if live is not None)

    def live(self, number: int) -> Live | None:
        """Return the claim of an entry, None where it is retired, unsupported or not yet known."""
        if number not in self._live:
            self._live[number] = self._find(number)
        return self._live[number]

    def _find(self, number: int) -> Live | None:
        claim = self.index.content(number) if number <= self.recorded else None
        if not isinstance(claim, Claim) or self.retired_by(number) is not None:
            return None
        return self._supported(number, claim)

    def _supported(self, number: int, claim: Claim) -> Live | None:
        about = [n for n in self.about(number) if self.retired_by(n) is None]
        supports = tuple(self._supports(number, claim.citations))
        for n in about:
            if self.index.kind(n) == "corroborate":
                supports += tuple(self._supports(n, self._citations(n)))
        if not supports:
            return None
        disputes = [n for n in about if self.index.kind(n) == "dispute" and self._heard(n)]
        sure = any(self._surely_published(s) for s in supports)
        return Live(number, claim, supports, sure, self._ending(about), tuple(disputes))

    def about(self, number: int) -> list[int]:
        """Return the entries that target an entry, oldest first, up to the cut."""
        targeting = self.index.targeting(number)
        return [n for n in targeting if n <= self.recorded] if targeting else []

    def retired_by(self, number: int) -> int | None:
        """Return the entry that corrected or retracted an entry by the cut, None if none did."""
        return next((n for n in self.about(number) if self._retires(n)), None)

    def _retires(self, number: int) -> bool:
        kind = self.index.kind(number)
        return kind in ("retract", "redact") or (
            kind == "correct" and self._correction_known(number)
        )

    def _correction_known(self, number: int) -> bool:
        record: Any = self.index.record(number)
        if self.published is None or record.reason in OUR_ERRORS:
            return True
        if not isinstance(record.record, Claim):
            return True
        return any(map(self._surely_published, self._supports(number, record.record.citations)))

    def _ending(self, about: Iterable[int]) -> Ending | None:
        for number in about:
            if self.index.kind(number) == "close":
                record: Any = self.index.record(number)
                supports = list(self._supports(number, record.citations))
                if supports:
                    sure = any(map(self._surely_published, supports))
                    attested = max(s.published.first for s in supports)
                    return Ending(number, record.until, sure, attested)
        return None

    def _heard(self, number: int) -> bool:
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
        """Yield the claims that are the same as this one, by the last verdict on each pair."""
        verdicts: dict[int, str] = {}
        for n in self.about(number):
            if self.index.kind(n) == "identify":
                body = self.index.body(n) or {}
                verdicts.update((o, body["verdict"]) for o in body["claims"] if o != number)
        return (other for other, verdict in verdicts.items() if verdict == "same")


def _outline(claim: Claim) -> dict[str, Any]:
    """Return the parts of a claim's body that its keys depend on."""
    who = [{"role": p.role, "actor": p.actor} for p in claim.participants]
    said = {"kind": claim.shape, "type": claim.type, "mode": claim.mode, "participants": who}
    count = {"upper": claim.count.upper} if isinstance(claim, Tally) else None
    return {**said, "polarity": claim.polarity, "count": count}
