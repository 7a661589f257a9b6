"""Hypothesis strategies for whole ledgers: records that fit together, in an order that is taken.

The actors, posts, sources and dates are few, so that claims meet: they displace and contradict
one another, are the same, begin and end, are corrected, closed, disputed and withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

from factledger.amendments import (
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
from factledger.claims import About, Assessment, Citation, Claim, Event, Participant, State, Tally
from factledger.declarations import FORMAT, Actor, Declaration, Header, Source, Type
from factledger.errors import Refused
from factledger.ledger import Ledger
from factledger.records import Record
from factledger.stores.memory import MemoryStore
from factledger.testing.clock import seeded
from factledger.testing.strategies import counts, few_dates, few_endpoints, is_dated, maybe
from factledger.vocabulary import NEWEST

FIRST = datetime(2021, 1, 1, 12, tzinfo=UTC)
STEP = timedelta(days=20)

COUNTRIES = ("JPN", "UKR", "nippon")
PEOPLE = ("p1", "p2", "p3")
POSTS = ("pm", "premier")
PLACES = ("kyiv", "lviv")
ACTORS: tuple[Actor, ...] = (
    *(Actor(id=name, category="country", names=[name.title()]) for name in COUNTRIES),
    *(Actor(id=name, category="person", names=[name.upper()]) for name in PEOPLE),
    *(Actor(id=name, category="post", names=[name], of="JPN") for name in POSTS),
    *(Actor(id=name, category="place", names=[name]) for name in PLACES),
)
TYPES: tuple[Type, ...] = (
    Type(id="chair", shape="state", key=["post"], single=True),
    Type(id="zone", shape="state", key=["location"]),
    Type(id="handover", shape="event", begins=["chair", "office"], ends=["chair"]),
    Type(id="outbreak", shape="event", begins=["zone"]),
    Type(id="relief", shape="event", ends=["zone"]),
)


# Made once: making a strategy anew for each draw takes longer than drawing.
_DATES, _ENDS = few_dates(), few_endpoints()
_MAYBE_DATES = maybe(_DATES)


@attrs.frozen
class History:
    """Records in the order in which a ledger took them, after its header.

    Record i (from 0) becomes entry i + 2 and is recorded at `first` + i × `step`, so the same
    records in the same places give the same ledger. `first` may not be before the header.
    """

    records: tuple[Record, ...]
    first: datetime = FIRST
    step: timedelta = STEP

    def ledger(self, upto: int | None = None) -> Ledger:
        """Return a ledger in memory that holds the first `upto` records, None for all of them."""
        return extended(opened(self.first, self.step), self.records[:upto])


def opened(first: datetime = FIRST, step: timedelta = STEP) -> Ledger:
    """Return a ledger in memory whose entry 2 is recorded at `first`, the next a `step` later."""
    ledger = Ledger(MemoryStore(), clock=lambda: first + (len(ledger) - 1) * step, entropy=seeded())
    ledger.append(Header(format=FORMAT, vocabulary=NEWEST, origin="history"))
    return ledger


def extended(ledger: Ledger, records: Iterable[Record]) -> Ledger:
    """Return the ledger after it took the records, each in an append of its own."""
    for record in records:
        ledger.append(record)
    return ledger


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    max_size: int = 8,
    moves: Collection[str] = (),
    claims: st.SearchStrategy[Claim] | None = None,
) -> History:
    """Make histories: declarations, up to `max_size` claims, and as many records of any kind.

    `moves` names the kinds of record to choose from, of those in `MOVES`, none for all;
    `claims` makes the claims, whose citations are then drawn. What the ledger would refuse, or
    holds already, is left out.
    """
    ledger = opened()
    kinds = st.sampled_from([m for m in _WEIGHTED if not moves or m in moves])
    kept = _taken(ledger, (*ACTORS, *TYPES, *draw(few_sources())))
    move = Move(draw, ledger, _CLAIMS if claims is None else claims)
    for _ in range(draw(st.integers(0, max_size))):
        kept += _taken(ledger, MOVES["claim"](move))
    for _ in range(draw(st.integers(0, max_size))):
        kept += _taken(ledger, MOVES[draw(kinds)](move))
    return History(tuple(kept))


def _taken(ledger: Ledger, offered: Iterable[Record]) -> list[Record]:
    """Return those of the records that were new to the ledger, and that it took."""
    kept = []
    for record in offered:
        known = len(ledger)
        with suppress(Refused):
            ledger.append(record)
        if len(ledger) > known:
            kept.append(record)
    return kept


# --- sources


@st.composite
def few_sources(draw: st.DrawFn) -> list[Source]:
    """Make two to four sources: of few publishers, imprecisely dated, some copies of others."""
    return [draw(few_source(i)) for i in range(1, 1 + draw(st.integers(2, 4)))]


def few_source(number: int) -> st.SearchStrategy[Source]:
    """Make the source `s<number>`, perhaps a copy of one with a lower number."""
    earlier = [f"s{i}" for i in range(1, number)]
    return st.builds(
        Source,
        id=st.just(f"s{number}"),
        title=st.just(f"Story {number}"),
        publisher=st.sampled_from([None, "Times", "TIMES", "Post"]),
        published=_MAYBE_DATES,
        retrieved=st.sampled_from([None, None, "2021-07-01", "2022-03"]),
        copy_of=st.sampled_from([None, None, *earlier]),
    )


# --- claims that meet


def few_claims() -> st.SearchStrategy[Claim]:
    """Make claims of the four shapes about few actors and dates, without citations."""
    return st.one_of(few_states(), few_states(), few_events(), few_events(), _tally(), _judgement())


@st.composite
def few_states(draw: st.DrawFn) -> State:
    """Make states: offices and levels above all, some of them denied, planned or hypothetical."""
    type, people = draw(st.sampled_from(_STATES))
    fields = draw(_told(people))
    return State(type=type, since=draw(_ENDS), until=draw(_ENDS), **fields)


@st.composite
def few_events(draw: st.DrawFn) -> Event:
    """Make events that begin or end those states, and visits."""
    type, people = draw(st.sampled_from(_EVENTS))
    return Event(type=type, when=draw(_DATES), **draw(_told(people)))


def _tally() -> st.SearchStrategy[Tally]:
    people = _people(actor=COUNTRIES, recipient=COUNTRIES)
    dates = {"since": _ENDS, "until": _ENDS}
    return st.builds(
        Tally, type=st.just("CONSULT"), participants=people, count=counts(), **dates,
        polarity=_POLARITY, modality=_MODALITY,
    )  # fmt: skip


def _judgement() -> st.SearchStrategy[Assessment]:
    dates = {"when": _MAYBE_DATES, "since": _ENDS, "until": _ENDS}
    return st.builds(Assessment, type=st.just("evaluative"), **dates)


_POLARITY = st.sampled_from(["asserted"] * 6 + ["denied"])
_MODALITY = st.sampled_from(["actual"] * 6 + ["presupposed", "planned", "hypothetical"])
_VALUE = st.sampled_from([None, None, "partner", "Partner", "ally"])


@st.composite
def _told(draw: st.DrawFn, people: st.SearchStrategy[list[Participant]]) -> dict[str, Any]:
    return {
        "participants": draw(people),
        "value": draw(_VALUE),
        "mode": None,
        "polarity": draw(_POLARITY),
        "modality": draw(_MODALITY),
    }


@st.composite
def _people(draw: st.DrawFn, /, **roles: Sequence[str]) -> list[Participant]:
    """Make one participant a role, some of them on behalf of a country, and a place at times."""
    found = [_participant(draw, role, names) for role, names in roles.items()]
    if draw(st.integers(0, 3)) == 0 and "location" not in roles:
        found.append(_participant(draw, "location", PLACES))
    return found


def _participant(draw: st.DrawFn, role: str, names: Sequence[str]) -> Participant:
    of = draw(st.sampled_from([None, None, None, *COUNTRIES]))
    return Participant(role=role, actor=draw(st.sampled_from(names)), of=of)


_OFFICE = _people(holder=PEOPLE, post=POSTS)
_PAIR = st.builds(
    lambda one, other: [*one, *other], _people(party=COUNTRIES), _people(party=COUNTRIES)
)
_ACTION = _people(actor=COUNTRIES, recipient=COUNTRIES)
_ZONE = _people(location=PLACES)
_STATES = (
    ("office", _OFFICE), ("office", _OFFICE), ("chair", _OFFICE), ("relationship-level", _PAIR),
    ("relationship-level", _PAIR), ("diplomatic-relations", _PAIR), ("agreement-in-force", _PAIR),
    ("sanctions", _ACTION), ("zone", _ZONE), ("concern", _people(holder=PEOPLE, topic=COUNTRIES)),
)  # fmt: skip
_EVENTS = (
    ("office-assumed", _OFFICE), ("office-left", _OFFICE), ("handover", _OFFICE),
    ("relationship-upgrade", _PAIR), ("relationship-downgrade", _PAIR),
    ("relations-established", _PAIR), ("relations-severed", _PAIR),
    ("entry-into-force", _PAIR), ("agreement-terminated", _PAIR),
    ("SANCTION", _ACTION), ("sanctions-lifted", _ACTION),
    ("outbreak", _ZONE), ("relief", _ZONE), ("CONSULT", _ACTION),
)  # fmt: skip


_CLAIMS = few_claims()


# --- records about records


@attrs.frozen
class Move:
    """What a record of a history is made from: draws, claims, and the ledger so far."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    ledger: Ledger
    claims: st.SearchStrategy[Claim]

    def one_of(self, *values: Any) -> Any:
        """Return one of the values."""
        return self.draw(st.sampled_from(values))

    @property
    def citations(self) -> list[Citation]:
        """Return one or two citations of declared sources, by locator."""
        sources = st.sampled_from(self.ledger.index.declared("source"))
        pages = st.integers(1, 3).map("p. {}".format)
        cited = st.builds(Citation, source=sources, locator=pages)
        found: list[Citation] = self.draw(st.lists(cited, min_size=1, max_size=2))
        return found

    @property
    def claim(self) -> Claim:
        """Return a claim with its citations; an assessment judges another claim, if there is one."""
        claim: Claim = attrs.evolve(self.draw(self.claims), citations=self.citations)
        known = self.standing(*_CLAIMING)
        if isinstance(claim, Assessment) and known:
            return attrs.evolve(claim, about=[About(role="topic", target=self.one_of(*known))])
        return claim

    def standing(self, *kinds: str) -> list[int]:
        """Return the entries of these kinds that nothing has retired."""
        belief = self.ledger.belief()
        numbers = range(1, len(self.ledger) + 1)
        return [
            n
            for n in numbers
            if self.ledger.index.kind(n) in kinds and belief.retired_by(n) is None
        ]


_CLAIMING = ("event", "state", "tally", "assessment", "correct")
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
    """Return a correction: of one field of the claim, or by another claim."""
    claim = move.claim
    record = move.ledger.entry(target).record
    old = record.record if isinstance(record, Correct) else record
    if isinstance(old, State | Event) and move.one_of(True, False):
        date = "when" if isinstance(old, Event) else "since"
        moved = {date: getattr(claim, date, None) or getattr(old, date)}
        claim = attrs.evolve(old, value=move.draw(_VALUE), citations=claim.citations, **moved)
    return Correct(target=target, reason=move.one_of(*REASONS), record=claim)


@_about("source", "actor", "type")
def _declared_anew(move: Move, target: int) -> Record:
    record: Any = move.ledger.entry(target).record
    if isinstance(record, Source):
        changed: Declaration = attrs.evolve(
            record,
            published=move.draw(_MAYBE_DATES),
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
    return Close(
        target=target, until=move.draw(few_endpoints().filter(is_dated)), citations=move.citations
    )


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


@_about(*_CLAIMING)
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


def _actors_identified(move: Move) -> Iterable[Record]:
    pairs = [("JPN", "nippon"), ("p1", "p2"), ("p2", "p3"), POSTS, ("UKR", "nippon")]
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
_WEIGHTED = [move for move in MOVES for _ in range(_OFTEN.get(move, 1))]
