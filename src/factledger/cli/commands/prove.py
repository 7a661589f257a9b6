"""`factledger prove`: that an entry is in a checkpoint, or that one extends an older one."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option
from factledger.cli.output_files import OutputFile, output_option
from factledger.cli.progress import Progress
from factledger.cli.proving.proof_files import (
    checkpoint_in,
    checkpoint_meant,
    checkpoint_option,
    entry_number,
    existing_file,
    store_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from factledger.log.lines import Line
    from factledger.log.proofs.checkpoints import Checkpoint
    from factledger.log.proofs.joint.joint_proof import JointProof
    from factledger.log.proofs.proof import ConsistencyProof, InclusionProof
    from factledger.log.stores import Store


@click.command(
    cls=Verb,
    examples=[
        "factledger prove 29 -o 29.tlog-proof",
        "factledger prove 29 31 47 -o three.proof",
        "factledger prove --from old.checkpoint",
    ],
)
@click.argument("numbers", nargs=-1, metavar="[N…]")
@click.option("--from", "older", type=existing_file, metavar="FILE", help="An older checkpoint.")
@checkpoint_option
@ledger_option
@output_option
@format_option("text", "json")
def prove(
    numbers: tuple[str, ...],
    older: str | None,
    newer: str | None,
    address: str | None,
    output: OutputFile | None,
    form: str,
) -> None:
    """Prove that entries are in a checkpoint.

    Who has the proof, and the public key, verifies it with 'factledger verify --proof', of one entry N
    also with tools of others, and need not see the rest of the ledger. It shows the content
    of what it proves. Several entries are proved by one file, in which no hash stands twice. With --from
    it proves instead that a checkpoint extends an older one. The checkpoint is the one of --checkpoint; else the last that was signed here; else one of all
    entries that nobody signed.
    """
    from factledger.cli.output import json_text, write_out

    if bool(numbers) == (older is not None):
        raise click.UsageError("name entries, or an older checkpoint with --from; not both")
    with store_at(address) as store, Progress("hashed entries") as progress:
        checkpoint = checkpoint_meant(store, newer, progress.at)
        proof = made_proof(store, numbers, older, checkpoint, progress.at)
    if form == "json":
        write_out(f"{json_text(proof_object(proof))}\n".encode(), output)
    else:
        write_out(str(proof).encode(), output)


def made_proof(
    store: Store,
    numbers: Sequence[str],
    older: str | None,
    checkpoint: Checkpoint,
    on_progress: Callable[[int], object],
) -> InclusionProof | JointProof | ConsistencyProof:
    """Return the proof of entries, or that a checkpoint extends an older one."""
    from factledger.log.proofs.prover import prove_entries, prove_entry, prove_extension

    if older is not None:
        return prove_extension(store, checkpoint_in(older), checkpoint, on_progress)
    wanted = [entry_number(number) for number in numbers]
    if len(wanted) == 1:
        return prove_entry(store, wanted[0], checkpoint, on_progress)
    return prove_entries(store, wanted, checkpoint, on_progress)


def proof_object(proof: InclusionProof | JointProof | ConsistencyProof) -> dict[str, Any]:
    """Return a proof as JSON: hashes in base64, the checkpoint as its text."""
    from factledger.log.proofs.joint.joint_proof import JointProof
    from factledger.log.proofs.proof import ConsistencyProof

    common = {
        "size": proof.checkpoint.size,
        "root": b64encode(proof.checkpoint.root).decode(),
        "hashes": [b64encode(hash_).decode() for hash_ in proof.hashes],
        "checkpoint": proof.checkpoint.note,
    }
    if isinstance(proof, ConsistencyProof):
        return {"old": proof.old, **common}
    if isinstance(proof, JointProof):
        return {"entries": [leaf_object(line) for line in proof.lines], **common}
    return {**leaf_object(proof.line), **common}


def leaf_object(line: Line) -> dict[str, Any]:
    """Return an entry that is proved, with its leaf."""
    import json

    leaf, content = line.envelope().decode(), json.loads(line.encode(hashed=False))
    return {"entry": content, "leaf": leaf, "index": line.seq - 1}
