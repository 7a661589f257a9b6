"""The reader of proofs: what proves something shows an entry that was in the log."""

from __future__ import annotations

from functools import cache

from factledger.errors import NotProved
from factledger.log.lines import Line
from factledger.log.proofs.checkpoints import Checkpoint, checkpoint_text, read_checkpoint
from factledger.log.proofs.joint.joint_proof import JointProof
from factledger.log.proofs.merkle import leaf_hash, root_of
from factledger.log.proofs.proof import ConsistencyProof, InclusionProof, read_proof
from fuzz.targets.notes import NAME, key, public
from store_faults import log


@cache
def lines() -> tuple[Line, ...]:
    """Return the lines of the log from which the seeds were made."""
    return tuple(log(1, 3, 2, 5))


@cache
def checkpoint(size: int) -> Checkpoint:
    """Return the signed checkpoint of the first lines."""
    root = root_of(leaf_hash(line.envelope()) for line in lines()[:size])
    note = str(key().sign(checkpoint_text(NAME, size, root)))
    return read_checkpoint(note.encode(), public())


def one(data: bytes) -> None:
    """Read bytes as a proof, without and with a key, and ask what it proves."""
    for asked in (public(), None):
        try:
            found = read_proof(data, asked)
        except NotProved:
            continue
        assert str(found).encode() == data
        judge(found, asked is not None)
        break


def judge(found: InclusionProof | JointProof | ConsistencyProof, verified: bool) -> None:
    """Assert that a proof under a checkpoint that we signed shows what is true of the log."""
    if isinstance(found, InclusionProof | JointProof):
        shown = (found.line,) if isinstance(found, InclusionProof) else found.lines
        for line in shown if verified and found.fault is None else ():
            known = lines()[line.seq - 1]
            assert line.envelope() == known.envelope(), "a forgery"
            assert line.body in (None, known.body), "a forgery"
        return
    for size in (0, 1, 6, 11):
        fault = found.fault(checkpoint(size)) if size else None
        if verified and fault is None and size:
            assert found.old == size
