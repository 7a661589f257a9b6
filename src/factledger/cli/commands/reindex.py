"""`factledger reindex`: the index of a ledger in SQLite, made anew from its lines."""

from __future__ import annotations

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger
from factledger.cli.progress import Progress, resumable


@click.command(cls=Verb, examples=["factledger reindex -l large.db"])
@ledger_option
def reindex(address: str | None) -> None:
    """Make the index of a ledger anew.

    Only a ledger in SQLite keeps an index: tables that tell where claims are and on which days
    they turn, and views for people who look into the file. They hold nothing that the lines do
    not. Where making them was interrupted, it goes on. Nobody appends meanwhile.
    """
    from factledger.text import show

    with open_ledger(address, behind=True) as ledger:
        total, begin = len(ledger) + ledger.behind, len(ledger) if ledger.behind else 0
        with resumable(), Progress("indexed entries", total, begin=begin) as progress:
            indexed = ledger.reindex(progress.at)
        entries = "entry" if indexed == 1 else "entries"
        line = f"{indexed} {entries} indexed" if indexed else f"{ledger.address} keeps no index"
        click.echo(show(line))
