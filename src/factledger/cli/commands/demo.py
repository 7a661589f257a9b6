"""`factledger demo`: the ledger that ships with factledger, to try things on."""

from __future__ import annotations

import os
from pathlib import Path

import click

from factledger.cli.git_attributes import write_attributes
from factledger.cli.group import Verb
from factledger.cli.types.paths import NamedPath
from factledger.errors import WriteRefused

DEFAULT = "ledgers/japan-ukraine"


@click.command(cls=Verb, examples=["factledger demo", "factledger asof 2023-04-01"])
@click.argument("path", type=NamedPath(), default=DEFAULT)
def demo(path: str) -> None:
    """Write a ledger to try things on.

    It holds what one article says about Japan and Ukraine, claim by claim, without its words.
    PATH becomes its folder; nothing is overwritten.  [default: ledgers/japan-ukraine]
    """
    from importlib.resources import files

    from factledger.ledger.ledger import Ledger
    from factledger.text import show

    data = files("factledger").joinpath("demo", "ledger.jsonl").read_bytes()
    write_demo(Path(path), data)
    with Ledger.open(path) as ledger:
        where = "" if path == DEFAULT else f" -l {path}"
        line = f"wrote {path}: {len(ledger)} entries; next: factledger asof 2023-04-01{where}"
        click.echo(show(line))


def write_demo(folder: Path, data: bytes) -> None:
    """Write a ledger into a folder that has none; raises `WriteRefused` otherwise."""
    from factledger.cli.output_files import refusing
    from factledger.log.stores.placing.begun_files import write_new

    target = folder / "ledger.jsonl"
    with refusing(target):
        try:
            if os.path.lexists(target):
                raise FileExistsError
            folder.mkdir(parents=True, exist_ok=True)
            write_attributes(folder)
            write_new(target, data, os.fsync)
        except FileExistsError:
            advice = "a ledger is there already; name another folder"
            raise WriteRefused(str(target), advice) from None
