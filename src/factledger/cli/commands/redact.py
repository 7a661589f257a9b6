"""`factledger redact`: the content of entries erased, their hashes kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import entry_meant
from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger, trust_clock_option
from factledger.cli.outcome import LEDGER_SAYS_NO

if TYPE_CHECKING:
    from pathlib import Path

    from factledger.checks.erasing.traces import Trace
    from factledger.ledger.ledger import Ledger
    from factledger.records.entries import Entry

_NOT_REACHED = (
    "Not reached: copies, exports, proofs, drafts and backups, the history of a git repository, "
    "torn-… files, what browsers keep of pages, and what the disk keeps of the old file"
)


@click.command(
    cls=Verb,
    examples=["factledger redact 31 --reason 'asked for by him' --authority 'the editor' --yes"],
)
@click.argument("entries", nargs=-1, required=True, metavar="N|LABEL...")
@ledger_option
@click.option("--reason", required=True, metavar="TEXT", help="Why; this is recorded.")
@click.option("--authority", required=True, metavar="TEXT", help="Who ordered it; so is this.")
@click.option(
    "--leave-traces",
    is_flag=True,
    help="Erase although other entries still tell of it, or let a guess be tried out.",
)
@trust_clock_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def redact(
    ctx: click.Context,
    entries: tuple[str, ...],
    address: str | None,
    reason: str,
    authority: str,
    leave_traces: bool,
    trust_clock: bool,
    yes: bool,
) -> None:
    """Erase the content of entries for good.

    What the entries say leaves the ledger, with the salts that could confirm a guess; a record
    says which were erased, when, why and on whose authority. No hash changes, so the ledger and
    every checkpoint of it still verify. An entry that corrects, ends, backs or disputes another
    is erased with it, and an actor or source with all that names it. Nothing brings it back.

    Where another entry keeps a hash on which a guess can be tried out, of a row, a passage or a
    short text, it is to be erased as well, or left with --leave-traces. What else still tells of
    who was erased is said.
    """
    from factledger.text import show

    with open_ledger(address, trust_clock=trust_clock, writing=True) as ledger:
        targets = [entry_meant(ledger, entry) for entry in entries]
        numbers = [entry.number for entry in targets]
        left = traces_said(ledger.traces(*numbers), ledger.told_beside(*numbers))
        left += other_names(ledger)
        if not (yes or confirmed(ledger, targets, left)):
            ctx.exit(LEDGER_SAYS_NO)
        records = ledger.redact(
            *numbers, reason=reason, authority=authority, leave_traces=leave_traces
        )
        for entry, by in zip(targets, records, strict=True):
            click.echo(show(f"redacted #{entry.number}, as #{by.number} says"))
        for line in about_them(ledger, set(numbers)):
            click.echo(show(line))
        for line in left:
            click.echo(show(line))
        click.echo(_NOT_REACHED)


def about_them(ledger: Ledger, erased: set[int]) -> Iterator[str]:
    """Yield a line for each entry that is about an erased one, and is itself still there."""
    from factledger.output.words.entries import kind_shown, record_sentence

    about = {entry.number: entry for n in erased for entry in ledger.targeting(n)}
    for number, entry in sorted(about.items()):
        if kind_shown(entry) != "redact":
            yield f"still there: #{number} {record_sentence(entry.record, ledger.belief())}"


def traces_said(left: Sequence[Trace], files: Sequence[Path]) -> list[str]:
    """Return lines for what still tells of erased entries: what can be tried out, the rest, and files."""
    from factledger.checks.erasing.traces import trace_words

    kinds = {
        "can be tried out": [trace for trace in left if trace.tried],
        "still told": [trace for trace in left if not trace.tried],
    }
    lines = [f"{kind}: {trace_words(found)}" for kind, found in kinds.items() if found]
    advice = "take the words out of it, or delete it"
    return [*lines, *(f"still told: the words in {path}; {advice}" for path in files)]


def other_names(ledger: Ledger) -> Iterator[str]:
    """Yield a line where the file of a ledger has other names, under which it stays as it was."""
    from factledger.ledger.erasing.told_beside import names_that_keep

    if count := names_that_keep(ledger.address):
        names = (
            "another name (a hard link), which keeps"
            if count == 1
            else f"{count} other names (hard links), which keep"
        )
        yield f"still told: {ledger.address} has {names} all of it; delete what they name"


def confirmed(ledger: Ledger, targets: list[Entry], left: list[str]) -> bool:
    """Show the entries to be erased and ask; raises `UsageError` where nobody can answer."""
    from factledger.output.words.entries import record_sentence
    from factledger.text import show

    if not sys.stdin.isatty():
        raise click.UsageError("erasing cannot be undone, and nobody is asked here; give --yes")
    for entry in targets:
        click.echo(show(f"#{entry.number} {record_sentence(entry.record, ledger.belief())}"))
    for line in left:
        click.echo(show(line))
    return click.confirm("Erase this for good?")
