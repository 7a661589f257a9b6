"""`factledger export`: the whole ledger, for other tools."""

from __future__ import annotations

import click

from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option, opened


@click.command(
    cls=Verb, examples=["factledger export > copy.jsonl", "factledger export --format csv"]
)
@ledger_option
@format_option("jsonl", "json", "csv")
def export(address: str | None, form: str) -> None:
    """Write the whole ledger to standard output.

    jsonl is the ledger's own lines, byte for byte: a file of them is a ledger. json is one array
    of entries. csv is flat, for reading: it leaves out what a cell cannot hold.
    """
    from factledger.cli.entries import write_entries
    from factledger.cli.output import write_bytes

    with opened(address) as ledger:
        if form == "jsonl":
            write_bytes(ledger.lines())
        else:
            write_entries(form, ledger.entries())
