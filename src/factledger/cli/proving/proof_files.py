"""Checkpoints, proofs and keys in files, and the lines that report on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.types.paths import NamedPath
from factledger.dates.instants import numbered
from factledger.errors import NotFound, NotProved

if TYPE_CHECKING:
    from factledger.log.lines import Line
    from factledger.log.proofs.checkpoints import Checkpoint
    from factledger.log.proofs.joint.joint_proof import JointProof
    from factledger.log.proofs.proof import ConsistencyProof, InclusionProof
    from factledger.log.proofs.signed_notes import PublicKey
    from factledger.log.stores import Store

existing_file = NamedPath(exists=True, dir_okay=False)
checkpoint_option = click.option(
    "--checkpoint", "newer", type=existing_file, metavar="FILE", help="The checkpoint to prove for."
)


def store_at(address: str | None) -> Store:
    """Return the store of the ledger that an option or the folder names."""
    from factledger.cli.discovery import find_ledger
    from factledger.log.stores import open_store

    try:
        return open_store(address or str(find_ledger(Path.cwd())))
    except NotFound as missing:
        raise click.UsageError(str(missing)) from None


def entry_number(text: str) -> int:
    """Return the number of `29` or `#29`."""
    number = numbered(text)
    if number is None:
        raise click.UsageError(f"{text!r} is not an entry: write 29 or '#29'")
    return number


def public_key(text: str | None) -> PublicKey | None:
    """Return the public key that an option gives, as its text or as a file that holds it."""
    from factledger.log.proofs.signed_notes import MAX_NOTE, parse_public_key

    if text is None:
        return None
    try:
        return parse_public_key(text)
    except NotProved:
        if not isfile(text):  # of a text that is no path it says so, whatever its length
            raise
    from factledger.log.stores.files import read_up_to

    held = read_up_to(Path(text), MAX_NOTE).decode("ascii", errors="replace")
    return parse_public_key(held.removesuffix("\n"))


def checkpoint_in(name: str, key: PublicKey | None = None) -> Checkpoint:
    """Return the checkpoint in a file; raises NotProved."""
    from factledger.log.proofs.checkpoints import read_checkpoint
    from factledger.log.proofs.signed_notes import MAX_NOTE
    from factledger.log.stores.files import read_up_to

    return read_checkpoint(read_up_to(Path(name), MAX_NOTE), key, name)


def checkpoint_meant(
    store: Store, newer: str | None, on_progress: Callable[[int], object]
) -> Checkpoint:
    """Return the checkpoint in a file, else the one kept beside the ledger, else a new one."""
    from factledger.log.proofs.kept_checkpoints import kept_checkpoint
    from factledger.log.proofs.prover import checkpoint_now

    if newer is not None:
        return checkpoint_in(newer)
    return kept_checkpoint(store.address) or checkpoint_now(store, on_progress)


def proof_lines(name: str, key: PublicKey | None, trusted: Checkpoint | None = None) -> list[str]:
    """Return lines that say what a proof in a file proves; raises NotProved where it proves nothing.

    `trusted` is a checkpoint that the user has from elsewhere.
    """
    from factledger.log.proofs.joint.joint_proof import MAX_JOINT, JointProof
    from factledger.log.proofs.proof import InclusionProof, read_proof
    from factledger.log.stores.files import read_up_to

    proof = read_proof(read_up_to(Path(name), MAX_JOINT), key, name)
    if isinstance(proof, InclusionProof | JointProof):
        return inclusion_lines(name, proof, trusted)
    if trusted is None:
        raise click.UsageError(
            f"{name} proves that a checkpoint extends an older one; give that with --checkpoint"
        )
    if fault := proof.fault(trusted):
        raise NotProved(name, fault)
    return [consistency_line(name, proof)]


def inclusion_lines(
    name: str, proof: InclusionProof | JointProof, trusted: Checkpoint | None
) -> list[str]:
    """Return lines that say what a proof of inclusion proves, the entries below."""
    from factledger.log.proofs.proof import InclusionProof

    own = proof.checkpoint
    if trusted and (trusted.origin, trusted.size, trusted.root) != (own.origin, own.size, own.root):
        raise NotProved(name, f"it is for another checkpoint, {own.origin!a} of {own.size}")
    if proof.fault:
        raise NotProved(name, proof.fault)
    single = isinstance(proof, InclusionProof)
    lines = (proof.line,) if isinstance(proof, InclusionProof) else proof.lines
    what = entries_proved(lines, own.origin)
    told = f"{name}: proved: {what} in the checkpoint of {counted(own.size)}, {signed_words(own)}"
    return [told, *(content_shown(line, numbered=not single) for line in lines)]


def entries_proved(lines: Sequence[Line], origin: str) -> str:
    """Return the words for the entries that a proof is of."""
    if len(lines) == 1:
        return f"entry {lines[0].seq} of {origin}, recorded {lines[0].at}, is"
    numbers = ", ".join(str(line.seq) for line in lines)
    return f"{len(lines)} entries of {origin}, {numbers}, are"


def content_shown(line: Line, *, numbered: bool) -> str:
    """Return what a proved entry holds, as a line."""
    body = "its content was erased" if line.body is None else line.body.decode()
    return f"#{line.seq} {line.at} {body}" if numbered else body


def consistency_line(name: str, proof: ConsistencyProof) -> str:
    """Return a line that says what a proof of consistency proves."""
    own = proof.checkpoint
    proved = f"proved: the checkpoint of {counted(own.size)} extends that of {proof.old}"
    return f"{name}: {proved}, {signed_words(own)}"


def signed_words(checkpoint: Checkpoint) -> str:
    """Return who signed a checkpoint, as far as that was verified."""
    if checkpoint.verified:
        return f"signed by {checkpoint.verified.short}"
    return "signature not verified" if checkpoint.signed else "not signed"


def counted(entries: int) -> str:
    """Return a number of entries in words.

    >>> counted(1), counted(75)
    ('1 entry', '75 entries')
    """
    return f"{entries} {'entry' if entries == 1 else 'entries'}"


def fitting_lines(checkpoints: Iterable[tuple[str, Checkpoint]]) -> list[str]:
    """Return a line for each checkpoint that the ledger extends."""
    return [
        f"{name}: the ledger extends this checkpoint of {counted(own.size)}, {signed_words(own)}"
        for name, own in checkpoints
    ]
