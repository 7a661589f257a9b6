"""An entry on one line of a list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import attrs

from factledger.ledger.ledger import Ledger
from factledger.output.words.entries import entry_sentence, kind_shown, name_of
from factledger.records.entries import Entry
from factledger.status.belief import Belief


@attrs.frozen
class EntryLine:
    """One entry on a line."""

    number: int
    day: str
    kind: str
    name: str
    sentence: str
    retired_by: int | None = None


def entry_line(belief: Belief, entry: Entry) -> EntryLine:
    """Return an entry on one line, in the names that a belief knows."""
    sentence = entry_sentence(entry, belief)
    day, kind, name = entry.at[:10], kind_shown(entry), name_of(entry.record)
    return EntryLine(entry.number, day, kind, name, sentence, belief.retired_by(entry.number))


def entries_between(ledger: Ledger, first: int, last: int) -> Iterator[Entry]:
    """Yield the entries from one number to another, both included."""
    return islice(ledger.entries(first), max(0, last + 1 - first))
