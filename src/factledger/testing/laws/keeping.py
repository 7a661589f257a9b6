# ruff: noqa: S101  what is checked here is asserted
"""Laws of what is kept: asked in between, written and read again."""

from __future__ import annotations

import json

from factledger.amendments import Identify
from factledger.codec import from_body, to_body
from factledger.edtf import parse
from factledger.ledger import Ledger
from factledger.lines import canonical, chain
from factledger.stores.memory import MemoryStore
from factledger.testing.history import histories, opened
from factledger.testing.laws.law import Draw, every, law, published_cut
from factledger.testing.strategies import dates, days, records


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


@law("dates round trip")
def dates_round_trip(draw: Draw) -> None:
    """A date read again from its text is the same, with the same bounds."""
    date = draw(dates())
    again = parse(str(date))
    assert (again, again.earliest, again.latest) == (date, date.earliest, date.latest)


@law("records round trip")
def records_round_trip(draw: Draw) -> None:
    """A record read from its line is the record that was written."""
    record = draw(records())
    assert from_body(json.loads(canonical(to_body(record)))) == record


@law("lines round trip")
def lines_round_trip(draw: Draw) -> None:
    """A ledger read from its lines has the same lines, entries and answers."""
    history, day = draw(histories()), draw(days())
    ledger = history.ledger()
    store = MemoryStore()
    for line in chain(ledger.lines()):
        with store.writing() as writer:
            writer.append([line.body or b""], at=line.at, salts=[line.salt or b""])
    again = Ledger(store)
    assert list(again.lines()) == list(ledger.lines())
    assert list(again.entries()) == list(ledger.entries())
    assert every(again, day) == every(ledger, day)


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


LAWS = (replay, dates_round_trip, records_round_trip, lines_round_trip, idempotence)
