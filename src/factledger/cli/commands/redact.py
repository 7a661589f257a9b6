"""`factledger redact`: the content of entries erased, their hashes kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import entry_meant
from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger, trust_clock_option
from factledger.cli.outcome import LEDGER_SAYS_NO

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger
    from factledger.records.entries import Entry

_NOT_REACHED = (
    "Not reached: copies, exports and backups, the history of a git repository, torn-… files, and "
    "what the disk keeps of the old file"
)


@click.command(
    cls=Verb,
    examples=["factledger redact 31 --reason 'asked for by him' --authority 'the editor' --yes"],
)
@click.argument("entries", nargs=-1, required=True, metavar="N|LABEL...")
@ledger_option
@click.option("--reason", required=True, metavar="TEXT", help="Why; this is recorded.")
@click.option("--authority", required=True, metavar="TEXT", help="Who ordered it; so is this.")
@trust_clock_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def redact(
    ctx: click.Context,
    entries: tuple[str, ...],
    address: str | None,
    reason: str,
    authority: str,
    trust_clock: bool,
    yes: bool,
) -> None:
    """Erase the content of entries for good.

    What the entries say leaves the ledger, with the salts that could confirm a guess; a record
    says which were erased, when, why and on whose authority. No hash changes, so the ledger and
    every checkpoint of it still verify. An entry that corrects, ends, backs or disputes another
    is erased with it, and an actor or source with all that names it. Nothing brings it back.
    """
    from factledger.text import show

    with open_ledger(address, trust_clock=trust_clock) as ledger:
        targets = [entry_meant(ledger, entry) for entry in entries]
        if not (yes or confirmed(ledger, targets)):
            ctx.exit(LEDGER_SAYS_NO)
        records = ledger.redact(*(e.number for e in targets), reason=reason, authority=authority)
        for entry, by in zip(targets, records, strict=True):
            click.echo(show(f"redacted #{entry.number}, as #{by.number} says"))
        for line in about_them(ledger, {e.number for e in targets}):
            click.echo(show(line))
        click.echo(_NOT_REACHED)


def about_them(ledger: Ledger, erased: set[int]) -> Iterator[str]:
    """Yield a line for each entry that is about an erased one, and is itself still there."""
    from factledger.output.words.entries import kind_shown, record_sentence

    about = {entry.number: entry for n in erased for entry in ledger.targeting(n)}
    for number, entry in sorted(about.items()):
        if kind_shown(entry) != "redact":
            yield f"still there: #{number} {record_sentence(entry.record, ledger.belief())}"


def confirmed(ledger: Ledger, targets: list[Entry]) -> bool:
    """Show the entries to be erased and ask; raises `UsageError` where nobody can answer."""
    from factledger.output.words.entries import record_sentence
    from factledger.text import show

    if not sys.stdin.isatty():
        raise click.UsageError("erasing cannot be undone, and nobody is asked here; give --yes")
    for entry in targets:
        click.echo(show(f"#{entry.number} {record_sentence(entry.record, ledger.belief())}"))
    return click.confirm("Erase this for good?")
