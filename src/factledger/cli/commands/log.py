"""`factledger log`: the entries, in the order in which they were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import Whole, format_option, ledger_option, open_ledger
from factledger.cli.terminal import Layout, tell

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger
    from factledger.records.entries import Entry


@click.command(cls=Verb, examples=["factledger log --limit 10", "factledger log --format tsv"])
@ledger_option
@click.option("-n", "--limit", type=Whole(min=1), metavar="N", help="Only the newest N.")
@format_option("text", "json", "jsonl", "csv", "tsv")
def log(address: str | None, limit: int | None, form: str) -> None:
    """List the entries of the ledger.

    They come in the order in which they were recorded, the oldest first.
    """
    with open_ledger(address) as ledger:
        first = max(1, len(ledger) + 1 - limit) if limit else 1
        entries = ledger.entries(first)
        if form == "text":
            tell(log_lines(ledger, entries))
        else:
            from factledger.cli.output import write_entries

            write_entries(form, entries)


def log_lines(ledger: Ledger, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a line or more for each entry: number, day, kind, name, and what it says."""
    from factledger.output.words.entries import backfill_note, kind_shown, name_of, record_sentence
    from factledger.text import show

    layout, belief = Layout.of_output(), ledger.belief()
    for entry in entries:
        number = f"#{entry.number}"
        start = f"{number:<5} {entry.at[:10]}  {kind_shown(entry):<11} "
        name = show(name_of(entry.record))
        text = show(
            record_sentence(entry.record, belief) + backfill_note(entry.backfilled, entry.at)
        )
        rows = layout.wrapped(f"{start}{f'{name}  ' if name else ''}{text}", len(start))
        for i, row in enumerate(rows):
            yield row if i else row.replace(number, click.style(number, bold=True), 1)
