"""Laws of what is kept: asked in between, closed and opened, asked on another day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from hypothesis import strategies as st

from factledger.dates.instants import instant
from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.log.stores.memory import MemoryStore
from factledger.records.amendments import Identify
from factledger.records.declarations import FORMAT, Actor, Header
from factledger.records.vocabulary import NEWEST
from factledger.testing.clock import NOON, seeded
from factledger.testing.history import FIRST, extended, histories, opened
from factledger.testing.laws.law import Draw, every, law, published_cut
from factledger.testing.strategies import days


@law("replay")
def replay(draw: Draw) -> None:
    """A ledger that was asked between its appends answers as one that was not."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    asked = opened(history.first, history.step)
    for record in history.records:
        asked.append(record)
        every(asked, day, published=published)
    assert every(asked, day, published=published) == every(
        history.ledger(), day, published=published
    )


@law("reopening")
def reopening(draw: Draw) -> None:
    """A ledger that is opened anew halfway goes on as one that was never closed."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    now = draw(st.integers(0, len(history.records)))
    store = MemoryStore()
    extended(opened(history.first, history.step, store=store), history.records[:now])
    again = Ledger(store, clock=lambda: history.first + (len(again) - 1) * history.step)
    extended(again, history.records[now:])
    assert every(again, day, published=published) == every(
        history.ledger(), day, published=published
    )


@law("no clock")
def no_clock(draw: Draw) -> None:
    """What a ledger answers does not depend on the day on which it is asked."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    store, today = MemoryStore(), FIRST + timedelta(days=draw(st.integers(-1000, 1000)))
    ledger = extended(opened(history.first, history.step, store=store), history.records)
    asked = Ledger(store, clock=lambda: today)
    assert every(asked, day, published=published) == every(ledger, day, published=published)
    assert asked.changes(published=published) == ledger.changes(published=published)


@law("idempotence")
def idempotence(draw: Draw) -> None:
    """A record that stands in the ledger is not written again."""
    history = draw(histories())
    ledger = history.ledger()
    head, belief = ledger.head, ledger.belief()
    for entry in list(ledger.entries()):
        if belief.retired_by(entry.number) is None and not isinstance(entry.record, Identify):
            assert entry.record is not None
            assert ledger.append(entry.record)[0].number == entry.number
    assert ledger.head == head


def opened_at(clock: Callable[[], datetime]) -> Ledger:
    """Return a new ledger in memory that trusts its clock, whatever it does."""
    ledger = Ledger(MemoryStore(), clock=clock, entropy=seeded(), trust_clock=True)
    ledger.append(Header(format=FORMAT, vocabulary=NEWEST, origin="clocks"))
    return ledger


@law("order of entries")
def order_of_entries(draw: Draw) -> None:
    """Entries are numbered in order, at instants that never go back; each says when it was written."""
    jumps = iter(draw(st.lists(st.integers(-3, 3), min_size=3, max_size=9)))
    now = NOON
    ledger = opened_at(lambda: now)
    for jump in jumps:
        now += timedelta(days=jump)
        [entry] = ledger.append(Actor(id=f"p{len(ledger)}", category="person", names=["P"]))
        assert (entry.backfilled or entry.at) == instant(now)
    entries = list(ledger.entries())
    assert [entry.number for entry in entries] == list(range(1, len(ledger) + 1))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)


@law("instants")
def instants(draw: Draw) -> None:
    """An instant means the last entry recorded by it, and so all those recorded at that very instant."""
    history, day = draw(histories()), draw(days())
    step = draw(st.sampled_from([timedelta(0), history.step]))
    ledger = opened(history.first, step)
    for record in history.records:
        with suppress(Refused):  # it was taken at another instant
            ledger.append(record)
    entry = ledger.entry(draw(st.integers(1, len(ledger))))
    last = max(e.number for e in ledger.entries() if e.at <= entry.at)
    view = ledger.as_of(day, recorded=entry.at)
    assert view.at.recorded == last
    assert view.every == every(ledger, day, recorded=last)


LAWS = (replay, reopening, no_clock, idempotence, order_of_entries, instants)
