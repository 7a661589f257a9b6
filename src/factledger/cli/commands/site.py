"""`factledger site`: the pages of a ledger as files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import clear_frames
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger, query_day
from factledger.cli.types.paths import NamedPath
from factledger.errors import WriteRefused
from factledger.text import show

if TYPE_CHECKING:
    from factledger.dates.days import Day

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@click.command(
    cls=Verb, examples=["factledger site pages", "factledger site pages --from 2022 --to 2023-06"]
)
@click.argument("folder", type=NamedPath(), metavar="DIR")
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
    """Write files below a folder that is new or empty; return how many, and their bytes.

    They are written beside it first: a folder that bears the name is whole.
    """
    from factledger.cli.output_files import refusing

    count = size = 0
    with refusing(folder), unfinished(folder) as part:
        for name, data in files:
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                size += file.write(data)
            count += 1
    return count, size


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """Give a folder beside another, which takes its place where the block does not raise.

    What an earlier run that was killed left of it is deleted; WriteRefused while another is at it.
    """
    from factledger.log.stores.placing.begun_files import begun_path, only_one

    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()):
        raise WriteRefused(str(folder), "the folder is not empty; name a new one")
    folder.parent.mkdir(parents=True, exist_ok=True)
    delete_begun(folder)
    part = begun_path(folder)
    part.mkdir()
    try:
        held = os.open(part, _FOLDER)
        try:
            only_one(held)
            yield part
            take_place(part, folder)
        finally:
            os.close(held)
    except BaseException as error:
        clear_frames(error.__traceback__)  # where memory ran out, they hold it
        with suppress(OSError):  # an empty one goes also where no file can be opened
            part.rmdir()
        shutil.rmtree(part, ignore_errors=True)
        raise


def delete_begun(folder: Path) -> None:
    """Delete what killed processes left beside a folder of what was to take its place."""
    from factledger.log.stores.placing.begun_files import begun_beside, only_one

    for part in begun_beside(folder):
        with suppress(NotADirectoryError):  # a file, or a link, is none of those
            held = os.open(part, _FOLDER)
            try:
                if not only_one(held):
                    raise WriteRefused(str(folder), "another process is writing it")
                shutil.rmtree(part)
            finally:
                os.close(held)


def take_place(part: Path, folder: Path) -> None:
    """Let a folder take the place of one that is new or empty; whoever stands in that stays there."""
    if folder.exists() and folder.samefile(Path.cwd()):
        for path in part.iterdir():
            path.rename(folder / path.name)
        part.rmdir()
    else:
        part.rename(folder)
