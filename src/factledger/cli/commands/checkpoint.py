"""`factledger checkpoint`: the ledger as it is now, in three lines, signed."""

from __future__ import annotations

from pathlib import Path

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, output_option
from factledger.cli.progress import Progress
from factledger.cli.proof_files import existing_file, store_at


@click.command(cls=Verb, examples=["factledger checkpoint --key mine.key > today.checkpoint"])
@click.option("--key", "key_file", type=existing_file, metavar="FILE", help="The private key.")
@output_option
@ledger_option
def checkpoint(key_file: str | None, output: Path | None, address: str | None) -> None:
    """Print a checkpoint of the ledger.

    It names the ledger, the number of its entries, and the root of the tree over them. Whoever
    keeps it elsewhere finds any later change of these entries with 'factledger verify
    --checkpoint'. With --key it is signed, once the ledger is proved to extend the last one that
    was signed, and kept beside the ledger. Without --key nothing is written: it is a reading.
    """
    from factledger.cli.output import write_out
    from factledger.log.proofs.prover import checkpoint_now
    from factledger.log.proofs.signing import read_key, sign_checkpoint

    with store_at(address) as store, Progress("hashed entries") as progress:
        if key_file is None:
            made = checkpoint_now(store, progress.at)
        else:
            made = sign_checkpoint(store, read_key(Path(key_file)), on_progress=progress.at)
    write_out(made.note.encode(), output)
