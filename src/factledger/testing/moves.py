"""The records that a history is made of, each fit for the ledger so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs
from hypothesis import strategies as st

from factledger.ledger.ledger import Ledger
from factledger.records.amendments import (
    REASONS,
    VERDICTS,
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Redact,
    Retract,
    Withdraw,
)
from factledger.records.claims import SHAPES, About, Assessment, Citation, Claim, Event, State
from factledger.records.declarations import Actor, Declaration, Source
from factledger.records.record import Record
from factledger.testing.few import (
    COUNTRIES,
    DATED_ENDS,
    ENDS,
    EVENT_DATES,
    MAYBE_DATES,
    POSTS,
    VALUE,
    few_source,
)


@attrs.frozen
class Move:
    """The material of one record of a history: draws, claims, and the ledger so far."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    ledger: Ledger
    claims: st.SearchStrategy[Claim]

    def one_of(self, *values: Any) -> Any:
        """Return one of the values."""
        return self.draw(st.sampled_from(values))

    @property
    def citations(self) -> list[Citation]:
        """Return one or two citations of declared sources, by locator."""
        sources, count = self.ledger.index.declared("source"), self.one_of(1, 2)
        return [
            Citation(source=self.one_of(*sources), locator=self.one_of("p. 1", "p. 2", "p. 3"))
            for _ in range(count)
        ]

    @property
    def claim(self) -> Claim:
        """Return a claim with its citations; an assessment judges another claim, if there is one."""
        claim: Claim = attrs.evolve(self.draw(self.claims), citations=self.citations)
        known = self.standing(*_CLAIMING)
        if isinstance(claim, Assessment) and known:
            return attrs.evolve(claim, about=[About(role="topic", target=self.one_of(*known))])
        return claim

    def standing(self, *kinds: str) -> list[int]:
        """Return the entries of these kinds that nothing has retired; of corrections, of claims.

        An earlier reading of a claim of which another one stands is among them.
        """
        belief, index = self.ledger.belief(), self.ledger.index
        found = (n for n in range(1, len(self.ledger) + 1) if index.kind(n) in kinds)
        retired = ((n, belief.retired_by(n)) for n in found)
        standing = (n for n, by in retired if by is None or index.puts_claim(by))
        return [n for n in standing if index.kind(n) != "correct" or index.puts_claim(n)]

    def about(self, target: int, kind: str) -> list[int]:
        """Return the entries of a kind that are about the claim of an entry, and stand."""
        found = self.ledger.index.chains.of(target).about.get(kind, ())
        return [n for n in found if self.ledger.belief().retired_by(n) is None]


_CLAIMING = (*SHAPES, "correct")
_BACKING = ("corroborate", "dispute", "close", "withdraw")


def _asserted(move: Move) -> Iterable[Record]:
    yield move.claim


def _about(*kinds: str) -> Callable[[Callable[[Move, int], Record]], Callable[[Move], Any]]:
    """Return a decorator for moves that need an entry of these kinds; without one, no record."""

    def decorated(made: Callable[[Move, int], Record]) -> Callable[[Move], Any]:
        def moved(move: Move) -> list[Record]:
            targets = move.standing(*kinds)
            return [made(move, move.one_of(*targets))] if targets else []

        return moved

    return decorated


@_about(*_CLAIMING)
def _corrected(move: Move, target: int) -> Record:
    """Return a correction: of some fields of the claim, or by another claim; it may settle disputes."""
    belief = move.ledger.belief()
    old, claim = belief.reading(belief.standing_reading(target) or target), move.claim
    said: dict[str, Any] = {"target": target, "reason": move.one_of(*REASONS)}
    said["settles"] = [n for n in move.about(target, "dispute") if move.one_of(True, False)]
    if not isinstance(old, State | Event) or move.one_of(True, False, False):
        return Correct(record=claim, **said)
    dates = ("when",) if isinstance(old, Event) else ("since", "until")
    new: dict[str, Any] = {name: getattr(claim, name, None) or getattr(old, name) for name in dates}
    new.update(value=move.draw(VALUE), citations=claim.citations, participants=claim.participants)
    some = move.draw(st.lists(st.sampled_from([*dates, *dates, *new]), min_size=1, unique=True))
    changed = attrs.evolve(old, **{name: new[name] for name in some})
    whole = move.one_of(True, False, False)
    return Correct(record=changed, changes=[] if whole else sorted(some), **said)


@_about("source", "actor", "type")
def _declared_anew(move: Move, target: int) -> Record:
    record: Any = move.ledger.entry(target).record
    if isinstance(record, Source):
        changed: Declaration = attrs.evolve(
            record,
            published=move.draw(MAYBE_DATES),
            publisher=move.one_of("Times", "Post", None),
        )
    elif isinstance(record, Actor):
        of = move.one_of(*COUNTRIES) if record.category == "post" else None
        changed = attrs.evolve(record, of=of, names=["New", *record.names])
    else:
        changed = attrs.evolve(record, single=not record.single)
    return Correct(target=target, reason=move.one_of(*REASONS), record=changed)


@_about("state", "correct")
def _closed(move: Move, target: int) -> Record:
    return Close(target=target, until=move.draw(DATED_ENDS), citations=move.citations)


@_about(*_CLAIMING, *_BACKING)
def _retracted(move: Move, target: int) -> Record:
    return Retract(target=target, reason="taken back")


@_about(*_BACKING)
def _unbacked(move: Move, target: int) -> Record:
    return Retract(target=target, reason="taken back")


@_about(*_CLAIMING)
def _corroborated(move: Move, target: int) -> Record:
    return Corroborate(target=target, citations=move.citations)


@_about(*_CLAIMING)
def _disputed(move: Move, target: int) -> Record:
    return Dispute(target=target, citations=move.citations)


@_about(*SHAPES)
def _redacted(move: Move, target: int) -> Record:
    return Redact(target=target, reason="a private person", authority="the keeper")


def _claims_identified(move: Move) -> Iterable[Record]:
    known = move.standing(*_CLAIMING)
    if len(known) > 1:
        yield Identify(
            claims=[move.one_of(*known), move.one_of(*known)],
            verdict=move.one_of("same", *VERDICTS),
            reason="one event",
        )


def _told_again(move: Move) -> Iterable[Record]:
    """Yield a state or an event as another source tells it, perhaps with another date, as the same."""
    known = move.standing("state", "event")
    if known:
        target = move.one_of(*known)
        told: Any = move.ledger.entry(target).record
        date = "when" if isinstance(told, Event) else "since"
        dates = EVENT_DATES if isinstance(told, Event) else ENDS
        again = {date: move.one_of(getattr(told, date), move.draw(dates))}
        yield attrs.evolve(told, citations=move.citations, **again)
        yield Identify(claims=[target, len(move.ledger)], verdict="same", reason="one event")


def _actors_identified(move: Move) -> Iterable[Record]:
    pairs = [("JPN", "nippon"), POSTS, POSTS, ("p1", "p2"), ("p2", "p3"), ("UKR", "nippon")]
    yield Identify(
        actors=move.one_of(*pairs), verdict=move.one_of("same", *VERDICTS), reason="one actor"
    )


def _withdrawn(move: Move) -> Iterable[Record]:
    yield Withdraw(source=move.one_of(*move.ledger.index.declared("source")), reason="not so")


def _sourced(move: Move) -> Iterable[Record]:
    yield move.draw(few_source(len(move.ledger.index.declared("source")) + 1))


MOVES: dict[str, Callable[[Move], Iterable[Record]]] = {
    "claim": _asserted,
    "correct": _corrected,
    "close": _closed,
    "retract": _retracted,
    "corroborate": _corroborated,
    "dispute": _disputed,
    "identify-claims": _claims_identified,
    "tell-again": _told_again,
    "identify-actors": _actors_identified,
    "withdraw": _withdrawn,
    "unback": _unbacked,
    "source": _sourced,
    "declare-anew": _declared_anew,
    "redact": _redacted,
}
_OFTEN = {
    "claim": 4,
    "correct": 2,
    "retract": 2,
    "close": 2,
    "corroborate": 2,
    "identify-claims": 3,
}
WEIGHTED = [move for move in MOVES for _ in range(_OFTEN.get(move, 1))]
