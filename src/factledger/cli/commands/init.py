"""`factledger init`: a new ledger."""

from __future__ import annotations

from pathlib import Path

import click

from factledger.cli.git_attributes import MADE, write_attributes
from factledger.cli.group import Verb
from factledger.cli.types.paths import NamedPath

_SLUG = "an origin is 1 to 100 ASCII letters, digits, dots, hyphens or underscores"


@click.command(
    cls=Verb, examples=["factledger init ledgers/mine --title 'Notes on Japan and Ukraine'"]
)
@click.argument("path", type=NamedPath(), default=".")
@click.option("--origin", metavar="NAME", help="Names it in quotations.  [default: the folder's]")
@click.option("--title", metavar="TEXT", help="A title for people.")
def init(path: str, origin: str | None, title: str | None) -> None:
    """Make a new ledger.

    PATH becomes a folder with the file ledger.jsonl, whose first entry names its format, and a
    .gitattributes that keeps git from changing its lines. A PATH that ends in .db becomes a
    ledger in SQLite, for many claims; postgresql://HOST/DATABASE/LEDGER one on a server, where
    'factledger postgres setup' has laid it out. The origin is a name of ASCII letters, digits, dots,
    hyphens and underscores.
    """
    from factledger.ledger.ledger import Ledger
    from factledger.text import is_slug, show

    if origin is not None and not is_slug(origin):
        raise click.UsageError(f"--origin {origin!r}: {_SLUG}")
    ledger = Ledger.create(path, origin=origin or folder_origin(Path(path)), title=title)
    if ledger.address.endswith(".jsonl"):
        write_attributes(Path(ledger.address).parent, MADE)
    click.echo(show(f"made {path}, with entry #1"))


def folder_origin(path: Path) -> str:
    """Return the last name of a path or an address as an origin; other characters become hyphens."""
    name = (
        Path(str(path).partition("?")[0]).absolute().name.removesuffix(".jsonl").removesuffix(".db")
    )
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name)
    return plain.strip("._-") or "ledger"
