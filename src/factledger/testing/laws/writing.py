"""Laws of what is written: read again it is the same."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from factledger.dates.edtf import parse
from factledger.errors import FieldError
from factledger.ledger.copying import copy_into
from factledger.ledger.ledger import Ledger
from factledger.log.lines import canonical, chain
from factledger.log.stores.memory import MemoryStore
from factledger.records.amendments import Redact
from factledger.records.codec import from_body, to_body
from factledger.testing.few import few_events, few_states
from factledger.testing.history import extended, histories, opened
from factledger.testing.laws.law import Draw, back, every, law
from factledger.testing.strategies import dates, days, records


@law("dates round trip")
def dates_round_trip(draw: Draw) -> None:
    """A date read again from its text is the same, with the same bounds."""
    date = draw(dates())
    again = parse(str(date))
    assert (again, again.earliest, again.latest) == (date, date.earliest, date.latest)


@law("dates are text")
def dates_are_text(draw: Draw) -> None:
    """A date is text: a number in the place of one is refused, and never read as a time."""
    body = to_body(draw(st.one_of(few_events(), few_states())))
    names = [name for name in ("when", "since", "until") if name in body]
    assume(names)
    body[draw(st.sampled_from(names))] = draw(_NUMBERS)
    try:
        found = from_body(body)
    except FieldError:
        return
    raise AssertionError(f"{body} was read as {found}")


_NUMBERS: st.SearchStrategy[Any] = st.one_of(
    st.integers(1900, 2100), st.floats(0, 2e9), st.integers(0, 2 * 10**15), st.booleans()
)


@law("records round trip")
def records_round_trip(draw: Draw) -> None:
    """A record read from its line is the record that was written."""
    record = draw(records())
    assert from_body(json.loads(canonical(to_body(record)))) == record


@law("lines round trip")
def lines_round_trip(draw: Draw) -> None:
    """A ledger read from its lines has the same lines, entries and answers."""
    history, day = draw(histories()), draw(days())
    origin, copy = MemoryStore(), MemoryStore()
    ledger = extended(opened(history.first, history.step, store=origin), history.records)
    if any(isinstance(record, Redact) for record in history.records):
        return  # a copy erases what is ordered to be erased
    copy_into(origin, copy)
    again = Ledger(copy)
    assert list(again.lines()) == list(ledger.lines())
    assert list(again.entries()) == list(ledger.entries())
    assert every(again, day) == every(ledger, day)


@law("append-only")
def append_only(draw: Draw) -> None:
    """Appending leaves every line as it was, byte for byte, and each hash follows from those before."""
    history = draw(histories())
    now = back(draw, len(history.records))
    ledger = history.ledger(now)
    before = list(ledger.lines())
    extended(ledger, history.records[now:])
    after = list(ledger.lines())
    assert after[: len(before)] == before
    assert [line.hash for line in chain(after)] == [entry.hash for entry in ledger.entries()]


LAWS = (dates_round_trip, dates_are_text, records_round_trip, lines_round_trip, append_only)
