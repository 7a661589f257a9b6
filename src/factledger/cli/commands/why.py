"""`factledger why`: what a claim rests on, and how it came to stand as it does."""

from __future__ import annotations

import click

from factledger.cli.arguments import entry_meant
from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger, query_date
from factledger.cli.terminal import Layout, tell


@click.command(
    cls=Verb,
    examples=[
        "factledger why 31",
        "factledger why 31 --asof 2023-04-01",
        "factledger why 31 --asof 2023-04-01 --steps 5",
    ],
)
@click.argument("entry", metavar="N|LABEL")
@ledger_option
@click.option("--asof", "date", callback=query_date, metavar="DATE", help="How it stood then.")
@click.option(
    "--steps",
    type=click.IntRange(min=1),
    metavar="K",
    help="With --asof: the last K entries that changed how it stood then.",
)
def why(entry: str, address: str | None, date: str | None, steps: int | None) -> None:
    """Tell why a claim stands as it does.

    It gives the claim, where each source says it, what was inferred and why, what later entries
    did to it, and the days on which its standing turns.
    """
    if steps is not None and date is None:
        raise click.UsageError(
            "--steps needs --asof DATE: the steps lead to how it stood on a date"
        )
    from factledger.cli.text.why import why_lines
    from factledger.text import show

    layout = Layout.of_output()
    with open_ledger(address) as ledger:
        lines = why_lines(ledger, entry_meant(ledger, entry), date, steps)
        tell(
            click.style(row, bold=True) if not i and line and not line.startswith(" ") else row
            for line in lines
            for i, row in enumerate(layout.wrapped(show(line), 4))
        )
