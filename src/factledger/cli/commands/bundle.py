"""`factledger bundle`: entries with their proofs, to hand over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger, query_date, side_options
from factledger.cli.progress import Progress
from factledger.cli.proving.proof_files import (
    checkpoint_meant,
    checkpoint_option,
    counted,
    entry_number,
    existing_file,
    store_at,
)
from factledger.cli.proving.time_files import time_bytes
from factledger.cli.types.paths import NamedPath
from factledger.cli.types.texts import GivenName

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger
    from factledger.output.bundles.bundle import Handover
    from factledger.output.bundles.selection import Selection


@click.command(
    cls=Verb,
    examples=[
        "factledger bundle handed --asof 2023-04-01",
        "factledger bundle handed 29 31 --licence https://creativecommons.org/licenses/by/4.0/",
    ],
)
@click.argument("folder", type=NamedPath(path_type=Path), metavar="DIR")
@click.argument("entries", nargs=-1, metavar="[N…]")
@ledger_option
@side_options
@click.option("--asof", "date", callback=query_date, metavar="DATE", help="The date of the report.")
@checkpoint_option
@click.option(
    "--time", "times", multiple=True, type=existing_file, metavar="FILE",
    help="A time for the checkpoint: a token of RFC 3161, or an OpenTimestamps file.",
)  # fmt: skip
@click.option(
    "--time-root", "roots", type=existing_file, metavar="FILE",
    help="Certificates of the time authority, in PEM, to verify a token with.",
)  # fmt: skip
@click.option(
    "--licence", type=GivenName(), metavar="URL", help="Under which licence it may be passed on."
)
@click.option(
    "--texts", is_flag=True, help="Also the texts of sources that are kept and may be passed on."
)
def bundle(
    folder: Path,
    entries: tuple[str, ...],
    address: str | None,
    between: tuple[str, str] | None,
    actor: str | None,
    date: str | None,
    newer: str | None,
    times: tuple[str, ...],
    roots: str | None,
    licence: str | None,
    texts: bool,
) -> None:
    """Make a bundle to hand over: entries, their proofs, and how to verify them.

    It is of the whole ledger; of the entries N, or of those that name an actor or two, with all that
    can bear on them. DIR is made, or is empty: an RO-Crate, with the lines, the checkpoint, one proof for
    all entries that were chosen, a report, and a page that says how to verify them without factledger,
    with a script that needs Python alone. The checkpoint is chosen as 'factledger prove' does.
    A file of --time must be for that checkpoint; what was verified of it stands in the page. Nothing is
    fetched. With --texts come the texts that the ledger keeps under a licence that lets anybody pass
    them on (such as CC-BY-4.0, CC0-1.0 or 'public domain'), and it is told which stay behind, and why.
    """
    from factledger.cli.commands.site import write_pages
    from factledger.output.bundles.bundle import Handover, bundle_files
    from factledger.text import show

    if entries and (between or actor or date):
        raise click.UsageError("name entries, or ask with --between, --actor or --asof; not both")
    with store_at(address) as store, Progress("hashed entries") as progress:
        checkpoint = checkpoint_meant(store, newer, progress.at)
    with open_ledger(address) as ledger:
        asked = Handover(
            checkpoint,
            selection(ledger, entries, between, actor),
            date,
            licence,
            {f"times/{Path(name).name}": time_bytes(name) for name in times},
            None if roots is None else time_bytes(roots),
            texts,
        )
        count, size = write_pages(folder, bundle_files(ledger, asked))
        for line in left_behind(ledger, asked) if texts else ():
            click.echo(show(line), err=True)
    told = f"wrote {count} files, {size / 1e6:.1f} MB, for the checkpoint of"
    click.echo(
        show(f"{told} {counted(checkpoint.size)}; {folder / 'README.md'} says how to verify them")
    )


def left_behind(ledger: Ledger, asked: Handover) -> list[str]:
    """Return a note for each source whose text is not in the bundle."""
    from factledger.output.bundles.bundle import sources_of
    from factledger.output.bundles.texts import texts_at_hand

    numbers = asked.selection.numbers(ledger.index, asked.checkpoint.size)
    at_hand = texts_at_hand(ledger, sources_of(ledger, numbers))
    left = [(found.source.id, found.why) for found in at_hand if found.why is not None]
    return [f"note: without the text of {name}: {why}" for name, why in left]


def selection(
    ledger: Ledger, entries: tuple[str, ...], between: tuple[str, str] | None, actor: str | None
) -> Selection:
    """Return what the arguments choose of a ledger."""
    from factledger.cli.options import scoped
    from factledger.output.bundles.selection import Selection

    numbers = tuple(entry_number(text) for text in entries)
    return Selection(numbers, scoped(ledger.as_of("0001"), between, actor).sides)
