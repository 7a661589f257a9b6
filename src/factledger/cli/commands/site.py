"""`factledger site`: the pages of a ledger as files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger, query_day
from factledger.errors import WriteRefused
from factledger.text import show

if TYPE_CHECKING:
    from factledger.dates.days import Day


@click.command(
    cls=Verb, examples=["factledger site pages", "factledger site pages --from 2022 --to 2023-06"]
)
@click.argument("folder", type=click.Path(), metavar="DIR")
@ledger_option
@click.option("--from", "first", callback=query_day, metavar="DATE", help="From this day on.")
@click.option("--to", "last", callback=query_day, metavar="DATE", help="Up to this day.")
def site(folder: str, address: str | None, first: Day | None, last: Day | None) -> None:
    """Write the pages of the ledger as files.

    They open from a disk, without a server. There is a page for each day on which something
    turns, of all claims, of each actor and of each relationship. DIR is made, or is empty.
    """
    from factledger.web.site import site as files

    if first is not None and last is not None and first > last:
        raise click.UsageError(f"--from {first} is later than --to {last}; turn them around")
    with open_ledger(address) as ledger:
        target = Path(folder)
        count, size = write_pages(target, files(ledger, first, last))
    where = target / "index.html"
    click.echo(show(f"wrote {count} files, {size / 1e6:.1f} MB; open {where} in a browser"))


def write_pages(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    """Write files below a folder that is new or empty; return how many, and their bytes."""
    from factledger.cli.output_files import refusing

    count = size = 0
    with refusing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise WriteRefused(str(folder), "the folder is not empty; name a new one")
        for name, data in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                size += file.write(data)
            count += 1
    return count, size
