"""`factledger merge`: a colleague's ledger into this one, by what its entries say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import by_option
from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger, trust_clock_option
from factledger.cli.outcome import complain
from factledger.cli.types.paths import NamedPath

if TYPE_CHECKING:
    from factledger.ledger.replay import Replayed


@click.command(
    cls=Verb,
    examples=["factledger merge large.db --by Anna --dry-run"],
)
@click.argument("other", type=NamedPath(), metavar="OTHER")
@ledger_option
@by_option
@click.option("--leave-out", is_flag=True, help="Leave out what cannot be taken, and say so.")
@trust_clock_option
@click.option("--dry-run", is_flag=True, help="Say what would be added, and write nothing.")
def merge(
    other: str,
    address: str | None,
    by: str | None,
    leave_out: bool,
    trust_clock: bool,
    dry_run: bool,
) -> None:
    """Replay what a colleague's ledger holds into this one.

    The entries of OTHER that are not here are added, as one batch, in their order; the numbers by
    which they name others become those of this ledger. What is here already is not written again,
    so merging twice adds nothing. Each new entry says when OTHER recorded it, and who did. OTHER
    stays as it is.

    Where an entry cannot be taken, nothing is written and each such entry is told; with
    --leave-out the others are added. What was erased there is not erased here: that is told, and
    a person does it.
    """
    from factledger.errors import NotFound
    from factledger.ledger.ledger import Ledger

    if by is not None:
        by = _name_given(by)
    try:
        theirs = Ledger.open(other)
    except NotFound as missing:
        raise click.UsageError(str(missing)) from None
    with theirs, open_ledger(address, trust_clock=trust_clock, writing=True) as ledger:
        done = ledger.merge(theirs, recorded_by=by, leave_out=leave_out, dry=dry_run)
    complain(*replay_notes(theirs.address, done))
    click.echo(replay_summary(done, dry_run))


def _name_given(by: str) -> str:
    from factledger.records.fields import name_fault

    if fault := name_fault(by):
        raise click.UsageError(f"--by: {fault}")
    return by


def replay_notes(place: str, done: Replayed) -> Iterator[str]:
    """Return the lines for entries of the other ledger that were left out, or taken otherwise."""
    from factledger.cli.text.problems import problem_lines
    from factledger.errors import Problem

    said = [(n, "left out", why) for n, why in done.left]
    told = sorted([*said, *((n, "note", why) for n, why in done.notes)])
    return problem_lines(Problem(f"{place}:{n}", what, why) for n, what, why in told)


def replay_summary(done: Replayed, dry: bool) -> str:
    """Return which entries are new here, and how many were here already.

    >>> from factledger.ledger.replay import Replayed
    >>> replay_summary(Replayed({8: 10, 9: 8}, (10,)), dry=False)
    'added #10; already there: 1 entry'
    """
    from factledger.cli.text.appended import ranges

    known = len(done.here) - len(done.new)
    parts = [f"{'would add' if dry else 'added'} {ranges(done.new)}"] if done.new else []
    parts += [f"already there: {known} entr{'y' if known == 1 else 'ies'}"] if known else []
    return "; ".join(parts) or "nothing to add"
