"""`factledger scale`: a large ledger on many processes or machines."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from factledger.cli.group import Verb
from factledger.cli.options import address_meant, cut_options, ledger_option, trust_clock_option
from factledger.cli.output_files import OutputFile, output_option, written_to
from factledger.cli.types.numbers import Whole
from factledger.cli.types.paths import NamedPath
from factledger.cli.types.texts import GivenName

if TYPE_CHECKING:
    from factledger.dates.days import Day
    from factledger.scaling.folding import FoldedParts
    from factledger.scaling.running import Runner

FOLDER = NamedPath(file_okay=False, path_type=Path)


@click.command(
    cls=Verb,
    examples=[
        "factledger scale seal ledgers/japan-ukraine parts",
        "factledger scale verify ledgers/japan-ukraine parts",
        "factledger scale fold ledgers/japan-ukraine parts -o standings.parquet",
        "factledger scale import ledgers/congress parts terms.csv --map terms.toml",
    ],
)
@click.argument("action", type=click.Choice(["seal", "verify", "fold", "import"]))
@click.argument(
    "words", nargs=-1, required=True, type=NamedPath(allow_dash=True), metavar="[LEDGER] DIR [FILE]"
)
@ledger_option
@click.option("-m", "--map", "path", metavar="MAP", help="What the columns of FILE say.")
@click.option("--workers", type=Whole(1, 1024), metavar="N", help="So many processes here.")
@click.option(
    "--dask",
    "scheduler",
    type=GivenName(),
    metavar="ADDRESS",
    help="The workers of this Dask scheduler.",
)
@cut_options
@output_option
@trust_clock_option
@click.pass_context
def scale(
    ctx: click.Context,
    action: str,
    words: tuple[str, ...],
    address: str | None,
    path: str | None,
    workers: int | None,
    scheduler: str | None,
    recorded: int | str | None,
    published: str | None,
    output: OutputFile | None,
    trust_clock: bool,
) -> None:
    """Verify or fold a large ledger, or import a large file, in parts.

    All of it works in DIR, a folder that every worker sees. 'seal' writes the lines of the ledger
    that are new there, in files of 65,536 lines. 'verify' seals, and verifies each of these files
    by itself: the hashes within, and that each joins the next. 'fold' seals, and works out how
    every claim stands along time, in parts that do not bear on one another; a part that is as it
    was is not folded again. The answers are those of the whole ledger. 'import' appends the rows of
    FILE, as 'factledger import --map MAP' does: tasks read their columns by the map and try each claim,
    and this process writes what they made, in the order of the file; where there is no ledger yet,
    it makes one. LEDGER may be left out, as with any command.

    Tasks run in this process, with --workers in several, with --dask on a cluster, which needs
    factledger[dask]. What was done stays when the command is interrupted: run it again.

    With -o, 'fold' writes a row a standing: as Parquet where the file ends so, which needs
    factledger[arrow], else as JSON lines.
    """
    if workers and scheduler:
        raise click.UsageError("--workers and --dask say two things; give one of them")
    if action != "fold" and (output or recorded is not None or published is not None):
        raise click.UsageError("--recorded, --published and -o are of 'fold'")
    if action != "import" and (len(words) > 2 or path is not None or trust_clock):
        raise click.UsageError("FILE, --map and --trust-clock are of 'import'")
    ledger, folder, file = named(ctx, action, words, path)
    from factledger.scaling.files import alone_in

    with alone_in(folder):
        sealed = "" if action == "import" else sealed_now(ledger, folder)
        if action == "seal":
            click.echo(sealed)
            return
        with running(workers, scheduler) as run:
            if action == "import":
                told = imported_in_parts(ledger, folder, file, str(path), run, trust_clock)
            elif action == "verify":
                told = verified_in_words(folder, run)
            else:
                told = folded_now(ledger, folder, run, (recorded, published), output)
            click.echo(told)


def named(
    ctx: click.Context, action: str, words: Sequence[str], path: str | None
) -> tuple[str, Path, str]:
    """Return the ledger, the folder and the file that are named, no file where none is read.

    The ledger is the first word where there is one more than the action needs, else that of `-l`.
    """
    needed = 2 if action == "import" else 1
    if len(words) < needed or (needed == 2 and path is None):
        raise click.UsageError(
            "'import' needs a FILE of rows, and --map, which says what they mean"
        )
    *before, folder, file = (*words, "") if needed == 1 else words
    if len(before) > 1:
        raise click.UsageError(f"{before[1]!r} is too much: '{action}' takes [LEDGER] DIR FILE")
    if before and with_option(ctx):
        raise click.UsageError(
            f"the ledger is named twice, as {before[0]!r} and with -l; name it once"
        )
    address = before[0] if before else address_meant(ctx.params["address"])
    return address, FOLDER.convert(folder, None, ctx), file


def with_option(ctx: click.Context) -> bool:
    """Return whether `-l` is on the command line, before the command or after it."""
    return any(
        one.get_parameter_source("address") is ParameterSource.COMMANDLINE
        for one in (ctx, ctx.parent)
        if one is not None
    )


def imported_in_parts(
    address: str, folder: Path, file: str, path: str, run: Runner, trust_clock: bool
) -> str:
    """Import a file whose rows are mapped and tried by tasks, and return a line that tells the result."""
    from factledger.cli.commands.import_rows import Job, existing_ledger, imported, read_twice
    from factledger.cli.progress import Progress
    from factledger.intake import new_ledger, read_map
    from factledger.intake.parts.importing import prepare_rows

    map_ = read_map(path)
    with read_twice(file) as (here, name):
        ledger = existing_ledger(address, trust_clock)
        tried = ledger or new_ledger(map_, "memory:", here)
        with Progress("prepared rows") as progress:
            made = prepare_rows(tried, map_, here, folder, run, name=name, on_rows=progress.add)
        said = imported(Job(map_, here, name, address, steps=made.steps), ledger)
        made.forget()
        return said


@contextmanager
def running(workers: int | None, scheduler: str | None) -> Iterator[Runner]:
    """Give what runs the tasks."""
    from factledger.scaling import running as runners
    from factledger.scaling.dask_cluster import cluster

    if scheduler:
        with cluster(scheduler) as run:
            yield run
    elif workers:
        with runners.workers(workers) as run:
            yield run
    else:
        yield runners.here


def sealed_now(address: str, folder: Path) -> str:
    """Write what is new of the ledger into segments, and return what is there, in words."""
    from factledger.cli.blame import reading
    from factledger.cli.progress import Progress
    from factledger.errors import NotFound
    from factledger.log.stores import open_store
    from factledger.scaling.sealing import seal_lines

    reading(address)
    try:
        store = open_store(address)
    except NotFound as missing:
        raise click.UsageError(str(missing)) from None
    with store, Progress("sealed entries", store.head.seq) as progress:
        manifest = seal_lines(store, folder, on_progress=progress.at)
    files = len(manifest.segments)
    return f"{manifest.entries} entries sealed in {files} file{'s' * (files != 1)}"


def verified_in_words(folder: Path, run: Runner) -> str:
    """Verify all segments, and return what was verified, in words."""
    from factledger.scaling.verifying import verify_segments

    found = verify_segments(folder, run)
    return f"{found.entries} entries verified, head {found.head}, root {found.root}"


def folded_now(
    ledger: str,
    folder: Path,
    run: Runner,
    cut: tuple[int | str | None, str | None],
    output: OutputFile | None,
) -> str:
    """Fold what is sealed, write the rows where they are wanted, and return what came of it, in words."""
    from factledger.scaling.folding import fold_parts

    recorded, published = recorded_at(ledger, cut[0]), published_by(cut[1])
    folded = fold_parts(folder, run, recorded=recorded, published=published)
    if output is not None:
        write_rows(folded, output)
    return folded_in_words(folded)


def folded_in_words(folded: FoldedParts) -> str:
    """Return what came of folding, in two lines."""
    parts = len(folded.parts)
    published = "at any time" if folded.published is None else f"by {folded.published}"
    return (
        f"{folded.rows} standings from {folded.entries} entries in {parts} part{'s' * (parts != 1)}, "
        f"{folded.made} folded now\n"
        f"recorded up to #{folded.recorded} · published {published} · digest {folded.digest}"
    )


def recorded_at(address: str, recorded: int | str | None) -> int | None:
    """Return the last entry that counts, None for all."""
    if recorded is None or isinstance(recorded, int):
        return recorded
    from factledger.ledger.ledger import Ledger
    from factledger.views.questions import cut_asked

    with Ledger.open(address) as ledger:
        return cut_asked(recorded, ledger.index)


def published_by(published: str | None) -> Day | None:
    """Return the day by which sources are to be published, None for any."""
    from factledger.dates.queries import parse_query

    return None if published is None else parse_query(published, date.today)[0]


def write_rows(folded: FoldedParts, output: OutputFile) -> None:
    """Write a row a standing to a file, as its ending says."""
    from factledger.scaling.folding import rows_in

    if output.path.suffix == ".parquet":
        from factledger.output.formats.tables.standing_rows import RowTable

        table = RowTable(rows_in(folded))
        with written_to(output):
            table.write_parquet(sys.stdout.buffer)
            sys.stdout.buffer.flush()
    else:
        with written_to(output):
            sys.stdout.buffer.writelines(row + b"\n" for row in rows_in(folded))
            sys.stdout.buffer.flush()
