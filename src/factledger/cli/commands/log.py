"""`factledger log`: the entries, in the order in which they were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option, open_ledger
from factledger.cli.outcome import complain
from factledger.cli.terminal import Layout, tell
from factledger.cli.types.numbers import Whole
from factledger.cli.types.texts import GivenName

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger
    from factledger.records.entries import Entry


@click.command(cls=Verb, examples=["factledger log --limit 10", "factledger log --addresses"])
@ledger_option
@click.option("-n", "--limit", type=Whole(min=1), metavar="N", help="Only the newest N.")
@click.option("--by", type=GivenName(), metavar="NAME", help="Only what NAME recorded.")
@click.option("--addresses", is_flag=True, help="Show the address of each, in the text.")
@format_option("text", "json", "jsonl", "csv", "tsv")
def log(address: str | None, limit: int | None, by: str | None, addresses: bool, form: str) -> None:
    """List the entries of the ledger.

    They come in the order in which they were recorded, the oldest first. An address names an
    entry by what it says: it is the same in every ledger that holds the entry.
    """
    with open_ledger(address) as ledger:
        entries = newest(ledger, limit, by)
        if by is not None and not entries:
            complain(f"{ledger.address}: nobody of the name {by!r} recorded anything")
        if form == "text":
            tell(log_lines(ledger, entries, addresses=addresses))
        else:
            from factledger.cli.output import write_entries

            write_entries(form, entries)


def newest(ledger: Ledger, limit: int | None, by: str | None) -> Iterable[Entry]:
    """Return the newest entries, or those that somebody recorded, oldest first."""
    if by is None:
        return ledger.entries(max(1, len(ledger) + 1 - limit) if limit else 1)
    found = [e for e in ledger.entries() if e.record is not None and e.record.recorded_by == by]
    return found[-limit:] if limit else found


def log_lines(
    ledger: Ledger, entries: Iterable[Entry], *, addresses: bool = False
) -> Iterator[str]:
    """Yield a line or more for each entry: number, day, kind, name, what it says, and who recorded it."""
    from factledger.index.contents.addresses import Addresses
    from factledger.output.words.entries import kind_shown, name_of, record_sentence, recording_note
    from factledger.text import show

    layout, belief, known = Layout.of_output(), ledger.belief(), Addresses(ledger.index)
    for entry in entries:
        number = f"#{entry.number}"
        called = f"{known.shown(entry.number):<11} " if addresses else ""
        start = f"{number:<5} {called}{entry.at[:10]}  {kind_shown(entry):<11} "
        name = show(name_of(entry.record))
        text = show(record_sentence(entry.record, belief) + recording_note(entry.record, entry.at))
        rows = layout.wrapped(f"{start}{f'{name}  ' if name else ''}{text}", len(start))
        for i, row in enumerate(rows):
            yield row if i else row.replace(number, click.style(number, bold=True), 1)
