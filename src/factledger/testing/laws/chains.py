"""Laws of corrections: a claim is a chain of readings, and what is said of it is said of them all."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from factledger.dates.edtf import parse_endpoint
from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.records.amendments import Correct, Retract
from factledger.records.claims import Claim, State
from factledger.status.live.live import Live
from factledger.testing.few import FEW_CLAIMS, VALUE
from factledger.testing.history import History, extended, histories
from factledger.testing.laws.law import Draw, agree, every, law, published_cut
from factledger.testing.moves import MOVES, Move
from factledger.testing.strategies import days

_SAID = ("claim", "claim", "close", "corroborate", "dispute", "identify-claims", "correct")


def _drawn(draw: Draw) -> tuple[History, Ledger, Live]:
    """Return a history with much that is said about its claims, its ledger, and a live claim."""
    history: History = draw(histories(moves=_SAID))
    ledger = history.ledger()
    lives = [*ledger.belief().claims()]
    assume(lives)
    live: Live = draw(st.sampled_from(lives))
    return history, ledger, live


def _other_value(draw: Draw, claim: Claim) -> Claim:
    """Return a claim with another value, and all else as it was."""
    return attrs.evolve(claim, value=draw(VALUE.filter(lambda value: value != claim.value)))


@law("correction keeps")
def correction_keeps(draw: Draw) -> None:
    """A correction keeps what was said about its claim: ends, further sources, disputes, identities."""
    _, ledger, live = _drawn(draw)
    before = ledger.belief()
    said, same = (
        {s for s in live.supports if s.number != live.number},
        [*before.same_as(live.number)],
    )
    target = draw(st.sampled_from(ledger.index.chains.of(live.number).readings))
    new = Correct(target=target, reason="misread", record=_other_value(draw, live.claim))
    with suppress(Refused):
        ledger.append(new)
    assume(len(ledger) > before.recorded)
    after = ledger.belief()
    found = after.live(len(ledger))
    assert found is not None
    kept = found.ending, found.disputes, {s for s in found.supports if s.number != found.number}
    agree(kept, (live.ending, live.disputes, said), ledger)
    agree([*after.same_as(found.number)], same, ledger)
    assert after.live(live.number) is None


@law("correction undone")
def correction_undone(draw: Draw) -> None:
    """To take a correction back is to answer as if it had never been made, at every cut from then on."""
    _, ledger, _ = _drawn(draw)
    day, published = draw(days()), published_cut(draw)
    before, known = every(ledger, day, published=published), len(ledger)
    move = Move(draw, ledger, draw(st.sampled_from(FEW_CLAIMS)))
    with suppress(Refused):
        extended(ledger, MOVES["correct"](move))
        extended(ledger, [Retract(target=known + 1, reason="it was right")])
    assume(len(ledger) == known + 2)
    agree(every(ledger, day, published=published), before, ledger)
    agree(every(ledger, day, recorded=known, published=published), before, ledger)


@law("changes")
def changes_alone(draw: Draw) -> None:
    """A correction of some fields is one of the whole claim; one that is taken back takes its fields along."""
    history, ledger, live = _drawn(draw)
    day, published = draw(days()), published_cut(draw)
    one, claim = _other_value(draw, live.claim), live.claim
    other: dict[str, Any] = {"text": "told anew"}
    end = parse_endpoint(draw(st.sampled_from(("..", ""))))
    other |= {"until": end} if isinstance(claim, State) else {}
    said: dict[str, Any] = {"target": live.number, "reason": "misread"}
    first = Correct(record=one, changes=["value"], **said)
    both = Correct(record=attrs.evolve(one, **other), changes=sorted(other), **said)
    known, whole = len(ledger), history.ledger()
    with suppress(Refused):
        extended(ledger, [first, both])
        extended(whole, [attrs.evolve(first, changes=()), attrs.evolve(both, changes=())])
    assume((len(ledger), len(whole)) == (known + 2, known + 2))
    found = every(ledger, day, published=published)
    agree(found, every(whole, day, published=published), ledger)
    ledger.append(Retract(target=known + 1, reason="it was right"))
    undone = ledger.belief().live(known + 2)
    assert undone is not None
    agree(undone.claim, attrs.evolve(claim, **other), ledger)


LAWS = (correction_keeps, correction_undone, changes_alone)
