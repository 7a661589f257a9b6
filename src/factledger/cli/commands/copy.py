"""`factledger copy`: a ledger from one store into another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.progress import Progress, resumable
from factledger.cli.types.paths import NamedPath

if TYPE_CHECKING:
    from factledger.log.stores import Store

_BLOCK = 2**20


@click.command(
    cls=Verb,
    examples=[
        "factledger copy ledgers/japan-ukraine large.db",
        "factledger copy large.db ledgers/again",
    ],
)
@click.argument("origin", type=NamedPath(), metavar="FROM")
@click.argument("target", type=NamedPath(), metavar="TO")
def copy(origin: str, target: str) -> None:
    """Copy a ledger into another store.

    FROM and TO are folders, .jsonl files, or SQLite files that end in .db, in any combination.
    Every line is verified on the way, and keeps its hash: both have the same head. Where TO
    holds a beginning of FROM already, as an earlier copy does or one that was interrupted, only
    the rest is copied; where it holds anything else, nothing is.
    """
    from factledger.cli.blame import reading
    from factledger.errors import NotFound
    from factledger.ledger.copying import bring_up, copy_into, opened_or_made
    from factledger.log.stores import open_store
    from factledger.text import show

    reading(origin)
    try:
        source = open_store(origin)
    except NotFound as missing:
        raise click.UsageError(str(missing)) from None
    with source, resumable():
        store, made = opened_or_made(target)
        with store:
            if made:
                keep_from_git(store)
            with Progress("copied entries", entry_count(source)) as progress:
                done = copy_into(source, store, progress.at)
            with Progress("indexed entries", done.after) as progress:
                bring_up(store, progress.at)
            click.echo(show(copied(target, done.before, done.after, store.head.hash)))


def keep_from_git(store: Store) -> None:
    """Write a .gitattributes beside a new ledger in a file."""
    from factledger.cli.git_attributes import MADE, write_attributes

    if store.address.endswith(".jsonl"):
        write_attributes(Path(store.address).parent, MADE)


def entry_count(store: Store) -> int:
    """Return the number of entries in a store; in a file only the line ends are counted."""
    if not store.address.endswith(".jsonl"):
        return store.head.seq
    with Path(store.address).open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))


def copied(target: str, before: int, after: int, head: str) -> str:
    """Return the entries that were copied, and the head that both ledgers have."""
    if before == after:
        return f"nothing new for {target}, head {head}"
    return f"copied #{before + 1}-#{after} to {target}, head {head}"
