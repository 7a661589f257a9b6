"""`factledger why`: what a claim rests on, and how it came to stand as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import entry_meant
from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option, open_ledger, query_date
from factledger.cli.terminal import Layout, tell

if TYPE_CHECKING:
    from factledger.cli.text.why import Account
    from factledger.ledger.ledger import Ledger
    from factledger.records.entries import Entry


@click.command(
    cls=Verb,
    examples=[
        "factledger why 31",
        "factledger why 31 --asof 2023-04-01",
        "factledger why 31 --asof 2023-04-01 --steps 5",
        "factledger why 31 --format json",
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
@format_option("text", "json")
def why(entry: str, address: str | None, date: str | None, steps: int | None, form: str) -> None:
    """Tell why a claim stands as it does.

    It gives the claim, where each source says it, what was inferred and why, what later entries
    did to it, and the days on which its standing turns.
    """
    if steps is not None and date is None:
        raise click.UsageError(
            "--steps needs --asof DATE: the steps lead to how it stood on a date"
        )
    with open_ledger(address) as ledger:
        account = account_of(ledger, entry_meant(ledger, entry), date, with_steps=steps is not None)
        (_write_json if form == "json" else _tell)(account, steps)


def _tell(account: Account, steps: int | None) -> None:
    from factledger.cli.text.why import why_lines
    from factledger.text import show

    layout = Layout.of_output()
    tell(
        click.style(row, bold=True) if not i and line and not line.startswith(" ") else row
        for line in why_lines(account, steps)
        for i, row in enumerate(layout.wrapped(show(line), 4))
    )


def _write_json(account: Account, steps: int | None) -> None:
    from factledger.cli.output import write_json
    from factledger.output.formats.differences import account_object

    last = account.steps and account.steps[-(steps or 0) :]
    write_json(account_object(account.entry, account.belief, account.changes, account.view, last))


def account_of(
    ledger: Ledger, entry: Entry, date: str | None = None, *, with_steps: bool = False
) -> Account:
    """Return what is told of an entry; with a date how it stood then, and the steps to that."""
    from factledger.cli.text.why import Account

    content = entry.record and entry.record.content
    passages = {c: ledger.passage(c) for c in getattr(content, "citations", ())}
    return Account(
        entry=entry,
        belief=ledger.belief(),
        later=ledger.targeting(entry.number),
        changes=ledger.changes(entry=entry.number),
        view=None if date is None else ledger.as_of(date),
        steps=ledger.steps(entry.number, date) if date is not None and with_steps else None,
        passages={citation: passage for citation, passage in passages.items() if passage},
    )
