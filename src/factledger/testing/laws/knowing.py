"""Laws of what was known: of the recorded and the published cut."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from factledger.errors import Refused
from factledger.records.amendments import Correct, Retract, Withdraw
from factledger.status.spans import Status
from factledger.testing.few import few_claims, few_events
from factledger.testing.history import extended, histories
from factledger.testing.laws.law import Draw, back, every, law, published_cut
from factledger.testing.moves import Move
from factledger.testing.retelling import renumbered
from factledger.testing.strategies import days


@law("stability")
def stability(draw: Draw) -> None:
    """Appending never changes an answer at an earlier recorded cut."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    now = back(draw, len(history.records))
    ledger = history.ledger(now)
    cut = back(draw, len(ledger))
    before = every(ledger, day, recorded=cut, published=published)
    extended(ledger, history.records[now:])
    for later in (ledger, history.ledger()):  # one that kept its answer, and one that cannot have
        assert every(later, day, recorded=cut, published=published) == before


@law("prefix")
def prefix(draw: Draw) -> None:
    """The answer at a recorded cut is that of the log that ends there."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    now = back(draw, len(history.records))
    whole, part = history.ledger(), history.ledger(now)
    cut: dict[str, Any] = {"recorded": len(part), "published": published}
    assert whole.as_of(day, **cut).at.head == part.head
    assert every(whole, day, **cut) == every(part, day, published=published)


@law("retraction")
def retraction(draw: Draw) -> None:
    """What is retracted stands at no later cut, whatever is appended afterwards."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    now = back(draw, len(history.records))
    ledger = history.ledger(now)
    targets = [live.number for live in ledger.belief().claims()]
    assume(targets)
    target = draw(st.sampled_from(targets))
    (retraction,) = ledger.append(Retract(target=target, reason="taken back"))
    for record in history.records[now:]:
        with suppress(Refused):
            ledger.append(record)
    for cut in range(retraction.number, len(ledger) + 1):
        for standing in every(ledger, day, recorded=cut, published=published):
            assert target not in (standing.number, standing.because, *standing.also)


@law("correction")
def correction(draw: Draw) -> None:
    """Of a claim about which nothing was said, a correction is a retraction and an assertion."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    ledger, apart = history.ledger(), history.ledger()
    move = Move(draw, ledger, few_claims())
    alone, claim = ledger.index.chains.alone, move.claim
    targets = [live.number for live in ledger.belief().claims() if alone(live.number)]
    assume(targets)
    target, known = draw(st.sampled_from(targets)), len(ledger)
    correction = Correct(target=target, reason="misread", record=claim)
    with suppress(Refused):
        ledger.append(correction)
        extended(apart, [Retract(target=target, reason="misread"), claim])
    assume((len(ledger), len(apart)) == (known + 1, known + 2))
    assume(ledger.belief().live(target) is None)  # what cites a withdrawn source has no ground
    number_of = {known + 2: known + 1}
    expected = [renumbered(s, number_of) for s in every(apart, day, published=published)]
    assert [renumbered(s, {}) for s in every(ledger, day, published=published)] == expected
    before, after = ledger.belief(known), ledger.belief()
    assert [before.live(n) is None for n in (target, known + 1)] == [False, True]
    assert after.live(target) is None
    assert (after.live(known + 1) is None) == (apart.belief().live(known + 2) is None)


@law("no look-ahead")
def no_look_ahead(draw: Draw) -> None:
    """Whatever supports an answer was recorded and published by its cuts."""
    history, day, published = draw(histories()), draw(days()), draw(days())
    ledger = history.ledger()
    cut = back(draw, len(ledger))
    for standing in every(ledger, day, recorded=cut, published=published):
        named = (standing.number, standing.because or 0, *standing.also, *standing.contested_by)
        assert max(named) <= cut
        assert standing.supports
        assert all(s.number <= cut for s in standing.supports)
        assert all(s.published.first <= published for s in standing.supports)
        if standing.status in (Status.DEFINITE, Status.PRESUMED):
            assert any(s.published.last <= published for s in standing.supports)


@law("retractions commute")
def retractions_commute(draw: Draw) -> None:
    """Retractions come to the same in any order, and a claim is retracted once."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    one, other = history.ledger(), history.ledger()
    targets = [live.number for live in one.belief().claims()]
    assume(len(targets) > 1)
    chosen = draw(st.lists(st.sampled_from(targets), min_size=2, max_size=3, unique=True))
    retractions = [Retract(target=target, reason="taken back") for target in chosen]
    extended(one, retractions)
    extended(other, [*reversed(retractions), *retractions])
    assert len(one) == len(other)
    assert every(one, day, published=published) == every(other, day, published=published)


@law("withdrawal is local")
def withdrawal(draw: Draw) -> None:
    """A withdrawn source takes away the events that rest on it alone, and no others."""
    ledger, day = draw(histories(claims=_VISITS, moves=["claim"])).ledger(), draw(days())
    source = draw(st.sampled_from(ledger.index.declared("source")))
    left = [s for s in every(ledger, day) if {c.source for c in s.citations} != {source}]
    ledger.append(Withdraw(source=source, reason="not so"))
    assert [(s.number, s.status) for s in every(ledger, day)] == [
        (s.number, s.status) for s in left
    ]


_VISITS = st.builds(
    attrs.evolve, few_events("sanctions"), type=st.just("CONSULT"), when=days().map(str)
)


LAWS = (
    stability,
    prefix,
    no_look_ahead,
    retraction,
    retractions_commute,
    correction,
    withdrawal,
)
