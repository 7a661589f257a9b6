"""`factledger checkpoint`: the ledger as it is now, in three lines, signed."""

from __future__ import annotations

from pathlib import Path

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option
from factledger.cli.outcome import complain
from factledger.cli.output_files import OutputFile, output_option
from factledger.cli.progress import Progress
from factledger.cli.proving.proof_files import existing_file, store_at
from factledger.cli.types.paths import NamedPath

_LOST = (
    "it is not there, so what this key signed before is not known; verify the ledger against the newest "
    "checkpoint that others have"
)


@click.command(cls=Verb, examples=["factledger checkpoint --key mine.key -o today.checkpoint"])
@click.option("--key", "key_file", type=existing_file, metavar="FILE", help="The private key.")
@click.option(
    "--signed",
    type=NamedPath(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where it stands what the key signed last.  [default: beside the key]",
)
@click.option("--fork", is_flag=True, help="Sign a second history, which contradicts the first.")
@output_option
@ledger_option
def checkpoint(
    key_file: str | None,
    signed: Path | None,
    fork: bool,
    output: OutputFile | None,
    address: str | None,
) -> None:
    """Print a checkpoint of the ledger.

    It names the ledger, the number of its entries, and the root of the tree over them. Whoever
    keeps it elsewhere finds any later change of these entries with 'factledger verify
    --checkpoint'. With --key it is signed, once the ledger is proved to extend the last one that
    was signed, and kept beside the ledger; what was signed is also kept beside the key, so that a
    ledger that was rolled back gets no second signature. Without --key nothing is written: it is
    a reading.
    """
    from factledger.cli.output import write_out
    from factledger.log.proofs.key_files import read_key
    from factledger.log.proofs.prover import checkpoint_now
    from factledger.log.proofs.signing import sign_checkpoint

    if key_file is None and (fork or signed):
        raise click.UsageError("--fork and --signed go with --key")
    with store_at(address) as store, Progress("hashed entries") as progress:
        if key_file is None:
            made = checkpoint_now(store, progress.at)
        else:
            key = read_key(Path(key_file), signed)
            if key.signed is not None and not key.signed.exists():
                complain(f"{key.signed}: {_LOST}")
            made = sign_checkpoint(store, key, fork=fork, on_progress=progress.at)
    write_out(made.note.encode(), output)
