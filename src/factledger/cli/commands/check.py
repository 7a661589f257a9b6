"""`factledger check`: what is wrong with the entries."""

from __future__ import annotations

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger
from factledger.cli.outcome import LEDGER_SAYS_NO, torn_note


@click.command(cls=Verb, examples=["factledger check"])
@ledger_option
@click.pass_context
def check(ctx: click.Context, address: str | None) -> None:
    """Check every entry of the ledger.

    Silent where nothing is wrong. Else a problem a line, as FILE:LINE: check: message, on standard
    output, and exit code 1. Of many alike the first ten are told, and how many more there are; with
    FACTLEDGER_PROBLEMS=all in the environment all are.
    """
    from factledger.cli.text.problems import problem_lines
    from factledger.text import show

    with open_ledger(address) as ledger:
        problems = ledger.check()
        torn_note(ledger)
    for line in problem_lines(problems):
        click.echo(show(line))
    if problems:
        ctx.exit(LEDGER_SAYS_NO)
