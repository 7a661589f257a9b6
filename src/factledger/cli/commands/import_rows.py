"""`factledger import`: rows of a CSV or JSON Lines file → entries."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import TYPE_CHECKING, TypeVar

import click

from factledger.cli.arguments import STDIN
from factledger.cli.group import Verb
from factledger.cli.options import (
    ledger_option,
    open_ledger,
    recorder_name,
    trust_clock_option,
)
from factledger.cli.output_files import refusing
from factledger.cli.progress import Progress, resumable
from factledger.cli.types.paths import NamedPath
from factledger.named import NamedTuple

if TYPE_CHECKING:
    from factledger.intake import Map, Survey
    from factledger.intake.batches import MappedRows
    from factledger.ledger.ledger import Ledger

_Surveyed = TypeVar("_Surveyed")
_DESCRIPTORS = "/proc/self/fd"  # where a file without a name can be read again and again


@click.command(
    "import",
    cls=Verb,
    examples=[
        "factledger import --map terms.toml terms.csv --dry-run",
        "factledger import --map terms.toml terms.csv -l ledgers/congress",
        "factledger import --map terms.toml terms.csv --reject wrong.csv",
        "factledger import --map terms.toml terms.csv --edition",
    ],
)
@click.argument("file", type=NamedPath(allow_dash=True), metavar="FILE")
@click.option("-m", "--map", "path", required=True, metavar="MAP", help="What the columns say.")
@ledger_option
@trust_clock_option
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and write nothing.")
@click.option(
    "--edition", is_flag=True, help="The file is a later edition: bring in what it changes."
)
@click.option(
    "--reject",
    type=NamedPath(dir_okay=False),
    metavar="FILE",
    help="Write rows that are wrong to this new file, and import the others.",
)
def import_rows(
    file: str,
    path: str,
    address: str | None,
    trust_clock: bool,
    dry_run: bool,
    edition: bool,
    reject: str | None,
) -> None:
    """Import the rows of a file into the ledger.

    FILE is CSV with a header, JSON Lines or a workbook (.xlsx), CSV and JSON Lines also compressed
    (.gz, .xz); - is standard input. A MAP in TOML says what its columns mean. Each row becomes a
    claim, a correction or a retraction, found again by its label, its line and its hash: rows that
    the ledger holds are passed over, so that an import can be run again. Nothing is written where a
    row is wrong: every problem is told, with its line; --reject leaves such rows out. With --edition
    rows are compared by key with what stands of the edition before, and what is new, changed or gone
    is written. Where there is no ledger yet, -l says where to make one.
    """
    from factledger.intake import read_map

    map_ = read_map(path)
    if reject is not None:
        check_new(reject)
    with read_twice(file) as (here, name):
        job = Job(map_, here, name, address, dry_run=dry_run, reject=reject)
        ledger = existing_ledger(address, trust_clock)
        click.echo((revised if edition else imported)(job, ledger))


class Job(NamedTuple):
    """What is to be imported, and how; `name` stands for the file in messages.

    `steps` yields the steps of its rows, where they were made already.
    """

    map: Map
    file: str
    name: str
    address: str | None
    dry_run: bool = False
    reject: str | None = None
    steps: MappedRows | None = None


def imported(job: Job, ledger: Ledger | None) -> str:
    """Import a file, or only survey it, and return a line that tells the result."""
    from factledger.intake import survey

    look = partial(survey, steps=job.steps)
    surveyed = looked_at(job, ledger, look, "looked at rows")
    rest = judged(job, surveyed)
    if job.dry_run:
        return f"{_would_import(job, surveyed)}{rest}"
    with rejecting(job, surveyed):
        return f"{_imported(job, ledger, surveyed)}{rest}"


def _would_import(job: Job, surveyed: Survey) -> str:
    return f"would import {_rows(job, surveyed)}" if surveyed.new else _nothing_new(surveyed)


def _nothing_new(surveyed: Survey) -> str:
    from factledger.records.sentences.grammar import with_number

    return f"nothing new in {with_number(surveyed.rows, 'row')}"


def _imported(job: Job, ledger: Ledger | None, surveyed: Survey) -> str:
    """Import the rows that were found new, and return what was added."""
    from factledger.intake import import_rows

    if not surveyed.new:
        return _nothing_new(surveyed)
    tell_erased(ledger)
    with writing(job, ledger, "imported rows", surveyed.rows) as (into, on_rows):
        done = import_rows(
            into,
            job.map,
            job.file,
            name=job.name,
            found=surveyed,
            on_rows=on_rows,
            steps=job.steps,
        )
    return f"added #{done.before + 1}-#{done.after} from {_rows(job, surveyed)}"


def revised(job: Job, ledger: Ledger | None) -> str:
    """Import a later edition of a file, or only survey it, and return a line that tells the result."""
    from factledger.cli.text.imports import edition_counts
    from factledger.intake import import_edition, survey_edition
    from factledger.records.sentences.grammar import with_number

    surveyed = looked_at(job, ledger, survey_edition, "compared rows")
    rest = judged(job, surveyed.found)
    counts = edition_counts(surveyed, job.map.edition.gone)
    told = f"{with_number(surveyed.found.rows, 'row')}: {counts}{rest}"
    if job.dry_run:
        return f"would bring in {told}"
    with rejecting(job, surveyed.found):
        if not surveyed.writes:
            return f"nothing changes by {told}"
        tell_erased(ledger)
        with writing(job, ledger, "brought in rows", surveyed.found.rows) as (into, on_rows):
            done = import_edition(
                into, job.map, job.file, name=job.name, found=surveyed, on_rows=on_rows
            )
    return f"added #{done.before + 1}-#{done.after} from {told}"


def looked_at(
    job: Job, ledger: Ledger | None, survey: Callable[..., _Surveyed], doing: str
) -> _Surveyed:
    """Return what a survey of the rows finds, in the ledger or in one that is yet to be made."""
    from factledger.intake import new_ledger

    tried = ledger or new_ledger(job.map, "memory:", job.file)
    leave_out = job.reject is not None
    with Progress(doing) as progress:
        return survey(
            tried, job.map, job.file, name=job.name, on_rows=progress.add, reject=leave_out
        )


def tell_erased(ledger: Ledger | None) -> None:
    """Say that rows of which the content was erased are taken for new ones: nothing is left to know them by."""
    from factledger.cli.outcome import complain
    from factledger.status.redactions import redactions

    gone = len(redactions(ledger.index, len(ledger))) if ledger is not None else 0
    if ledger is not None and gone:
        what = "1 entry was" if gone == 1 else f"{gone:,} entries were"
        told = "a row of the file that said the same is taken for new; look at what is added"
        complain(f"{ledger.address}: {what} erased here, and {told}")


def judged(job: Job, found: Survey) -> str:
    """Return what is said of the rows that are left out; raises `Refused` with every problem."""
    from factledger.cli.text.imports import left_out
    from factledger.errors import Refused

    tell_dates(found, job.dry_run)
    if found.problems:
        raise Refused(found.problems)
    return left_out(found, job.reject, would=job.dry_run)


@contextmanager
def writing(
    job: Job, ledger: Ledger | None, doing: str, rows: int
) -> Iterator[tuple[Ledger, Callable[[int], None]]]:
    """Give the ledger to write into, made where there is none, and what shows how many rows are done."""
    with (
        ledger or made_ledger(job.map, str(job.address), job.file) as into,
        resumable(),
        Progress(doing, rows) as progress,
    ):
        yield into, progress.add


def _rows(job: Job, found: Survey) -> str:
    from factledger.records.sentences.grammar import with_number

    if len(job.map.rules) > 1:
        return f"{with_number(found.new, 'claim')} from {with_number(found.rows, 'row')}"
    return f"{found.new:,} of {with_number(found.rows, 'row')}"


def tell_dates(found: Survey, dry_run: bool) -> None:
    """Print how dates are read where nothing is written yet; what to look at in any case."""
    from factledger.cli.text.imports import date_lines, note_lines

    for line in date_lines(found) if dry_run else ():
        click.echo(line)
    for line in note_lines(found):
        click.echo(f"note: {line}", err=True)


def check_new(path: str) -> None:
    """Raise `UsageError` where something is at a path, or it names no file."""
    if os.path.lexists(path or "."):
        raise click.UsageError(f"{path} is there already; name a new file for the rows left out")


@contextmanager
def rejecting(job: Job, found: Survey) -> Iterator[None]:
    """Let the rows that are left out stand in the new file at the end, where the block does not raise."""
    from factledger.intake.reading.rejects import rejected_rows
    from factledger.log.stores.placing.begun_files import begun_file

    if job.reject is None or not found.rejected:
        yield
        return
    path = Path(job.reject)
    check_new(job.reject)
    with ExitStack() as begun:
        with refusing(path):
            part = begun.enter_context(begun_file(path, 0o666))
            with open(os.dup(part.fd), "wb") as into:
                into.writelines(rejected_rows(job.map.input, job.file, job.name, found.rejected))
                into.flush()
                os.fsync(part.fd)
        yield
        with refusing(path, "the other rows are imported, and the same again writes these"):
            part.take_free(path)


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
    from factledger.cli.git_attributes import MADE, write_attributes
    from factledger.intake import new_ledger

    ledger = new_ledger(map_, address, file)
    if Path(ledger.address).suffix == ".jsonl":
        write_attributes(Path(ledger.address).parent, MADE)
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
