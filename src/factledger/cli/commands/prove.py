"""`factledger prove`: that an entry is in a checkpoint, or that one extends an older one."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import click

from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option
from factledger.cli.output_files import OutputFile, output_option
from factledger.cli.progress import Progress
from factledger.cli.proof_files import (
    checkpoint_in,
    existing_file,
    store_at,
)
from factledger.dates.instants import numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from factledger.log.proofs.checkpoints import Checkpoint
    from factledger.log.proofs.proof import ConsistencyProof, InclusionProof
    from factledger.log.stores import Store


@click.command(
    cls=Verb,
    examples=["factledger prove 29 -o 29.tlog-proof", "factledger prove --from old.checkpoint"],
)
@click.argument("number", required=False, metavar="[N]")
@click.option("--from", "older", type=existing_file, metavar="FILE", help="An older checkpoint.")
@click.option(
    "--checkpoint", "newer", type=existing_file, metavar="FILE", help="The checkpoint to prove for."
)
@ledger_option
@output_option
@format_option("text", "json")
def prove(
    number: str | None,
    older: str | None,
    newer: str | None,
    address: str | None,
    output: OutputFile | None,
    form: str,
) -> None:
    """Prove that entry N is in a checkpoint.

    The proof is for one entry: who has it, and the public key, verifies it with 'factledger verify
    --proof' or with tools of others, and need not see the rest of the ledger. It shows the content
    of the entry. With --from it proves instead that a checkpoint extends an older one. The
    checkpoint is the one of --checkpoint; else the last that was signed here; else one of all
    entries that nobody signed.
    """
    from factledger.cli.output import json_text, write_out

    if (number is None) == (older is None):
        raise click.UsageError("name an entry, or an older checkpoint with --from; not both")
    with store_at(address) as store, Progress("hashed entries") as progress:
        checkpoint = checkpoint_meant(store, newer, progress.at)
        proof = made_proof(store, number, older, checkpoint, progress.at)
    if form == "json":
        write_out(f"{json_text(proof_object(proof))}\n".encode(), output)
    else:
        write_out(str(proof).encode(), output)


def made_proof(
    store: Store,
    number: str | None,
    older: str | None,
    checkpoint: Checkpoint,
    on_progress: Callable[[int], object],
) -> InclusionProof | ConsistencyProof:
    """Return the proof of an entry, or that a checkpoint extends an older one."""
    from factledger.log.proofs.prover import prove_entry, prove_extension

    if older is not None:
        return prove_extension(store, checkpoint_in(older), checkpoint, on_progress)
    return prove_entry(store, entry_number(number or ""), checkpoint, on_progress)


def entry_number(text: str) -> int:
    """Return the number of `29` or `#29`."""
    number = numbered(text)
    if number is None:
        raise click.UsageError(f"{text!r} is not an entry: write 29 or '#29'")
    return number


def checkpoint_meant(
    store: Store, newer: str | None, on_progress: Callable[[int], object]
) -> Checkpoint:
    """Return the checkpoint in a file, else the one kept beside the ledger, else a new one."""
    from factledger.log.proofs.kept_checkpoints import kept_checkpoint
    from factledger.log.proofs.prover import checkpoint_now

    if newer is not None:
        return checkpoint_in(newer)
    return kept_checkpoint(store.address) or checkpoint_now(store, on_progress)


def proof_object(proof: InclusionProof | ConsistencyProof) -> dict[str, Any]:
    """Return a proof as JSON: hashes in base64, the checkpoint as its text."""
    import json

    from factledger.log.proofs.proof import ConsistencyProof

    common = {
        "size": proof.checkpoint.size,
        "root": b64encode(proof.checkpoint.root).decode(),
        "hashes": [b64encode(hash_).decode() for hash_ in proof.hashes],
        "checkpoint": proof.checkpoint.note,
    }
    if isinstance(proof, ConsistencyProof):
        return {"old": proof.old, **common}
    line = proof.line
    leaf, content = line.envelope().decode(), json.loads(line.encode(hashed=False))
    return {"entry": content, "leaf": leaf, "index": line.seq - 1, **common}
