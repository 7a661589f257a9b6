"""`factledger import`: rows of a CSV or JSON Lines file → entries."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import STDIN
from factledger.cli.group import Verb
from factledger.cli.options import (
    ledger_option,
    open_ledger,
    recorder_name,
    trust_clock_option,
)
from factledger.cli.progress import Progress, resumable

if TYPE_CHECKING:
    from factledger.intake import Map
    from factledger.ledger.ledger import Ledger

_DESCRIPTORS = "/proc/self/fd"  # where a file without a name can be read again and again


@click.command(
    "import",
    cls=Verb,
    examples=[
        "factledger import --map terms.toml terms.csv --dry-run",
        "factledger import --map terms.toml terms.csv -l ledgers/congress",
    ],
)
@click.argument("file", type=click.Path(allow_dash=True), metavar="FILE")
@click.option("-m", "--map", "path", required=True, metavar="MAP", help="What the columns say.")
@ledger_option
@trust_clock_option
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and write nothing.")
def import_rows(
    file: str, path: str, address: str | None, trust_clock: bool, dry_run: bool
) -> None:
    """Import the rows of a file into the ledger.

    FILE is CSV with a header, or JSON Lines, also compressed (.gz, .xz); - is standard input. A
    MAP in TOML says what its columns mean. Each row becomes a claim, a correction or a
    retraction, found again by its label, its line and its hash: rows that the ledger holds are
    passed over, so that an import can be run again. Nothing is written where a row is wrong:
    every problem is told, with its line. Where there is no ledger yet, -l says where to make one.
    """
    from factledger.intake import read_map

    map_ = read_map(path)
    with read_twice(file) as (here, name):
        click.echo(
            imported(map_, here, name, existing_ledger(address, trust_clock), address, dry_run)
        )


def imported(
    map_: Map, file: str, name: str, ledger: Ledger | None, address: str | None, dry_run: bool
) -> str:
    """Import a file, or only survey it, and return a line that tells the result."""
    from factledger.errors import Refused
    from factledger.intake import import_rows, new_ledger, survey

    tried = ledger or new_ledger(map_, "memory:", file)
    with Progress("looked at rows") as progress:
        surveyed = survey(tried, map_, file, name=name, on_rows=progress.add)
    if surveyed.problems:
        raise Refused(surveyed.problems)
    if not surveyed.new:
        return f"nothing new in {surveyed.rows:,} rows"
    if dry_run:
        return f"would import {surveyed.new:,} of {surveyed.rows:,} rows"
    with (
        ledger or made_ledger(map_, str(address), file) as into,
        resumable(),
        Progress("imported rows", surveyed.rows) as progress,
    ):
        done = import_rows(into, map_, file, name=name, found=surveyed, on_rows=progress.add)
        rows = f"{surveyed.new:,} of {surveyed.rows:,} rows"
        return f"added #{done.before + 1}-#{done.after} from {rows}"


def existing_ledger(address: str | None, trust_clock: bool) -> Ledger | None:
    """Return the ledger at an address, None where there is none yet, or only its beginning; without one, find it."""
    from factledger.errors import NotALedger, NotFound
    from factledger.ledger.ledger import Ledger

    if address is None:
        return open_ledger(None, trust_clock=trust_clock, writing=True)
    try:
        return Ledger.open(address, trust_clock=trust_clock, recorded_by=recorder_name())
    except (NotFound, NotALedger):  # a mere beginning is made anew, all else refused
        return None


def made_ledger(map_: Map, address: str, file: str) -> Ledger:
    """Make a ledger at an address, as a map describes it, and return it."""
    from factledger.cli.git_attributes import write_attributes
    from factledger.intake import new_ledger

    ledger = new_ledger(map_, address, file)
    if Path(ledger.address).suffix == ".jsonl":
        write_attributes(Path(ledger.address).parent)
    return ledger


@contextmanager
def read_twice(file: str) -> Iterator[tuple[str, str]]:
    """Give a file that can be read twice, and its name in messages: a copy of standard input."""
    if file != "-":
        yield file, file
        return
    named = not Path(_DESCRIPTORS).exists()
    with NamedTemporaryFile() if named else TemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        yield copy.name if named else f"{_DESCRIPTORS}/{copy.fileno()}", STDIN
