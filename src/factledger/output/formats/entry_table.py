"""Entries → a table in Markdown: every entry of the ledger, in words."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.ledger.ledger import Ledger
from factledger.output.formats.entries import ENTRY_COLUMNS, entry_row
from factledger.output.formats.markdown import plain
from factledger.output.words.entries import (
    entry_sentence,
    kind_shown,
    name_of,
    record_sentence,
)

_HEAD = ("| entry | recorded | kind | name | what it says | dates | cited |", "| ---: | --- | --- | --- | --- | --- | --- |")  # fmt: skip
_WHEN, _SINCE, _UNTIL, _CITED = map(ENTRY_COLUMNS.index, ("when", "since", "until", "citations"))


def entry_table(ledger: Ledger) -> Iterator[str]:
    """Yield the lines of a table in Markdown, a row an entry, below a heading with origin and head.

    The dates are those of the record; nothing is worked out.
    """
    belief = ledger.belief()
    yield f"# {plain(record_sentence(ledger.entry(1).record, belief))}"
    yield ""
    yield f"{len(ledger)} entries, head `{ledger.head}`."
    yield ""
    yield from _HEAD
    for entry in ledger.entries():
        row = entry_row(entry)
        dates = [row[_WHEN], *(part for part in row[_SINCE : _UNTIL + 1] if part)]
        cells = (
            str(entry.number),
            entry.at[:10],
            kind_shown(entry),
            name_of(entry.record),
            entry_sentence(entry, belief),
            " to ".join(date for date in dates if date),
            row[_CITED],
        )
        yield f"| {' | '.join(map(plain, cells))} |"
