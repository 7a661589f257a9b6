"""Proofs to hand out: that an entry is in a checkpoint, that a checkpoint extends an older one.

A proof of inclusion is a C2SP tlog-proof; in its `extra` line is the content of the entry. One of
several entries is a `JointProof`. A proof of consistency is the request that C2SP tlog-witness describes. Both end in the checkpoint,
as it was received, and are verified without the ledger.
"""

from __future__ import annotations

from base64 import b64encode

import attrs

from factledger.errors import NotProved
from factledger.log.lines import Line
from factledger.log.proofs.checkpoints import Checkpoint, parse_number, read_checkpoint
from factledger.log.proofs.joint.joint_proof import JOINT, MAX_JOINT, JointProof, parse_joint
from factledger.log.proofs.merkle import consistency_fault, inclusion_fault, leaf_hash
from factledger.log.proofs.proof_parts import MAX_PROOF, notes_below, parse_content, parse_hashes
from factledger.log.proofs.signed_notes import PublicKey, note_text, strict_base64

INCLUSION = "c2sp.org/tlog-proof@v1"


@attrs.frozen
class InclusionProof:
    """The proof that an entry is in a checkpoint. The `hash` of its line is not proved, and is empty."""

    line: Line
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint

    @property
    def fault(self) -> str | None:
        """The reason why the proof does not hold, None where it does."""
        leaf, index = leaf_hash(self.line.envelope()), self.line.seq - 1
        return inclusion_fault(leaf, index, self.checkpoint.size, self.hashes, self.checkpoint.root)

    def __str__(self) -> str:
        extra = b64encode(self.line.encode(hashed=False)).decode()
        head = f"{INCLUSION}\nextra {extra}\nindex {self.line.seq - 1}\n"
        return head + notes_below(self.hashes, self.checkpoint)


@attrs.frozen
class ConsistencyProof:
    """The proof that a checkpoint extends one of `old` entries, whose root the verifier must have."""

    old: int
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint

    def fault(self, older: Checkpoint) -> str | None:
        """Return why it does not show that the checkpoint extends an older one, or None."""
        if older.origin != self.checkpoint.origin:
            return f"the older checkpoint is of {older.origin!a}, not {self.checkpoint.origin!a}"
        if older.size != self.old:
            return f"it starts from {self.old} entries, the older checkpoint is of {older.size}"
        size, root = self.checkpoint.size, self.checkpoint.root
        return consistency_fault(self.old, size, self.hashes, older.root, root)

    def __str__(self) -> str:
        return f"old {self.old}\n{notes_below(self.hashes, self.checkpoint)}"


def read_proof(
    data: bytes, key: PublicKey | None = None, place: str = "proof"
) -> InclusionProof | JointProof | ConsistencyProof:
    """Return the proof that bytes hold, its checkpoint verified with the key if one is given.

    Whether it proves what it says, its `fault` tells. Raises NotProved for anything else.
    """
    most = MAX_JOINT if data.startswith(JOINT.encode()) else MAX_PROOF
    if len(data) > most:
        raise NotProved(place, f"longer than {most} bytes")
    note_text(data, place)
    above, blank, note = data.partition(b"\n\n")
    if not blank:
        raise NotProved(place, "it is no proof: no blank line with a checkpoint below")
    lines = above.decode().split("\n")
    checkpoint = read_checkpoint(note, key, f"{place}: its checkpoint")
    if lines[0] == INCLUSION:
        return _inclusion(lines, checkpoint, place)
    if lines[0] == JOINT:
        return parse_joint(lines, checkpoint, place)
    if not lines[0].startswith("old "):
        raise NotProved(f"{place}:1", f"wanted {INCLUSION!r} or 'old N', found {lines[0]!r}")
    old = parse_number(lines[0].removeprefix("old "), f"{place}:1")
    return ConsistencyProof(old, parse_hashes(lines, 1, place), checkpoint)


def _inclusion(lines: list[str], checkpoint: Checkpoint, place: str) -> InclusionProof:
    extra, index = (*lines[1:3], "", "")[:2]
    content = strict_base64(extra.removeprefix("extra "))
    if not extra.startswith("extra ") or content is None:
        raise NotProved(f"{place}:2", "wanted 'extra' and the entry in base64")
    if not index.startswith("index "):
        raise NotProved(f"{place}:3", f"wanted 'index' and a number, found {index!r}")
    number = parse_number(index.removeprefix("index "), f"{place}:3") + 1
    line = parse_content(content, f"{place}:2")
    if line.seq != number:
        raise NotProved(f"{place}:3", f"it shows entry {line.seq}, but leads to entry {number}")
    return InclusionProof(line, parse_hashes(lines, 3, place), checkpoint)
