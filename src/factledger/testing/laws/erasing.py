"""Laws of what is erased: it is gone, and nothing else is."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import assume
from hypothesis import strategies as st

from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.log.lines import chain
from factledger.records.amendments import Retract
from factledger.testing.history import histories
from factledger.testing.laws.law import Draw, every, law, published_cut
from factledger.testing.strategies import days


def _redacted(draw: Draw) -> tuple[Ledger, Ledger, int]:
    """Return a ledger, the same one after a claim was erased from it, and the entry of the claim."""
    history = draw(histories())
    before, after = history.ledger(), history.ledger()
    targets = [live.number for live in before.belief().claims()]
    assume(targets)
    target = draw(st.sampled_from(targets))
    with suppress(Refused):
        after.redact(target, reason="a private person", authority="the keeper")
    assume(len(after) > len(before))
    return before, after, target


@law("erasure is whole")
def whole(draw: Draw) -> None:
    """What is erased is in no answer at any cut, and every view that would hold it says so."""
    _, ledger, target = _redacted(draw)
    day, published = draw(days()), published_cut(draw)
    assert ledger.entry(target).record is None
    for cut in range(target, len(ledger) + 1):
        view = ledger.as_of(day, recorded=cut, published=published)
        assert target in [redaction.number for redaction in view.redacted]
        for standing in view.every:
            assert target not in (standing.number, standing.because, *standing.also)


@law("erasure keeps the chain")
def chained(draw: Draw) -> None:
    """Erasing changes no hash, and the log verifies as before."""
    before, after, _ = _redacted(draw)
    hashes = [line.hash for line in chain(after.lines())]
    assert hashes[: len(before)] == [entry.hash for entry in before.entries()]
    assert after.verify() == before.verify()


@law("erasure is local")
def local(draw: Draw) -> None:
    """To all other claims an erasure is what a retraction is."""
    retracted, erased, target = _redacted(draw)
    day, published = draw(days()), published_cut(draw)
    retracted.append(Retract(target=target, reason="a private person"))
    assert every(erased, day, published=published) == every(retracted, day, published=published)


LAWS = (whole, chained, local)
