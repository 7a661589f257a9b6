"""`factledger import`: rows of a CSV or JSON Lines file → entries."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, opened
from factledger.cli.progress import Progress, resumable

if TYPE_CHECKING:
    from factledger.intake import Map
    from factledger.ledger.ledger import Ledger

STDIN = "<stdin>"


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
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and write nothing.")
def import_rows(file: str, path: str, address: str | None, dry_run: bool) -> None:
    """Import the rows of a file into the ledger.

    FILE is CSV with a header, or JSON Lines, also compressed (.gz, .xz); - is standard input. A
    MAP in TOML says what its columns mean. Each row becomes a claim, a correction or a
    retraction, found again by its label, its line and its hash: rows that the ledger holds are
    passed over, so that an import can be run again. Nothing is written where a row is wrong:
    every problem is told, with its line. Where there is no ledger yet, -l says where to make one.
    """
    from factledger.intake import read_map

    given = read_map(path)
    with local(file) as (here, name):
        click.echo(outcome(given, here, name, address, dry_run))


def outcome(given: Map, file: str, name: str, address: str | None, dry_run: bool) -> str:
    """Import a file, or only look what an import would do, and return what is to be said of it."""
    from factledger.errors import Refused
    from factledger.intake import import_rows, new_ledger, survey

    ledger = there(address)
    tried = ledger or new_ledger(given, "memory:", file)
    with Progress("looked at rows") as progress:
        found = survey(tried, given, file, name=name, on_rows=progress.add)
    if found.problems:
        raise Refused(found.problems)
    if not found.new:
        return f"nothing new in {found.rows:,} rows"
    if dry_run:
        return f"would import {found.new:,} of {found.rows:,} rows"
    with (
        ledger or begun(given, str(address), file) as ledger,
        resumable(),
        Progress("imported rows", found.rows) as progress,
    ):
        done = import_rows(ledger, given, file, name=name, found=found, on_rows=progress.add)
        rows = f"{found.new:,} of {found.rows:,} rows"
        return f"added #{done.before + 1}-#{done.after} from {rows}"


def there(address: str | None) -> Ledger | None:
    """Return the ledger that is meant, None where the address has none yet."""
    from factledger.errors import NotFound
    from factledger.ledger.ledger import Ledger

    if address is None:
        return opened(None)
    try:
        return Ledger.open(address)
    except NotFound:
        return None


def begun(given: Map, address: str, file: str) -> Ledger:
    """Return the new ledger that a map begins at an address."""
    from factledger.cli.git_attributes import write_attributes
    from factledger.intake import new_ledger

    ledger = new_ledger(given, address, file)
    if Path(ledger.address).suffix == ".jsonl":
        write_attributes(Path(ledger.address).parent)
    return ledger


@contextmanager
def local(file: str) -> Iterator[tuple[str, str]]:
    """Give the file that can be read twice, and its name; standard input is kept in one meanwhile."""
    if file != "-":
        yield file, file
        return
    with NamedTemporaryFile(prefix="factledger-") as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield kept.name, STDIN
