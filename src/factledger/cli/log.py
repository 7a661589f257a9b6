"""`factledger log`: the entries, in the order in which they were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option, opened

if TYPE_CHECKING:
    from factledger.ledger import Ledger
    from factledger.records import Entry


@click.command(cls=Verb, examples=["factledger log --limit 10", "factledger log --format tsv"])
@ledger_option
@click.option("-n", "--limit", type=click.IntRange(min=1), metavar="N", help="Only the newest N.")
@format_option("text", "json", "jsonl", "csv", "tsv")
def log(address: str | None, limit: int | None, form: str) -> None:
    """List the entries of the ledger.

    They come in the order in which they were recorded, the oldest first.
    """
    with opened(address) as ledger:
        first = max(1, len(ledger) + 1 - limit) if limit else 1
        entries = ledger.entries(first)
        if form == "text":
            for line in log_lines(ledger, entries):
                click.echo(line)
        else:
            write_entries(form, entries)


def log_lines(ledger: Ledger, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a line or more for each entry: number, day, kind, name, and what it says."""
    from factledger.cli.entry_words import kind_of, name_of, told
    from factledger.cli.layout import Layout
    from factledger.shown import show

    layout = Layout.of_output()
    for entry in entries:
        number = f"#{entry.number}"
        start = f"{number:<5} {entry.at[:10]}  {kind_of(entry):<11} "
        name = name_of(entry.record)
        text = show(told(ledger, entry.record))
        rows = layout.wrapped(f"{start}{f'{name}  ' if name else ''}{text}", len(start))
        for i, row in enumerate(rows):
            yield row if i else row.replace(number, click.style(number, bold=True), 1)


def write_entries(form: str, entries: Iterable[Entry]) -> None:
    """Write entries in a machine format: one JSON array, JSON lines, CSV or tab-separated rows."""
    from factledger.cli.output import write_csv, write_json, write_json_lines, write_tsv
    from factledger.exchange.entries_csv import COLUMNS, entry_row
    from factledger.exchange.entries_json import entry_object

    if form == "json":
        write_json([entry_object(e) for e in entries])
    elif form == "jsonl":
        write_json_lines(entry_object(e) for e in entries)
    elif form == "csv":
        write_csv(COLUMNS, (entry_row(e) for e in entries))
    else:
        write_tsv(entry_row(e) for e in entries)
