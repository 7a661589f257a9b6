"""One proof of several entries: that all of them are in a checkpoint, with the hashes they share."""

from __future__ import annotations

from base64 import b64encode
from itertools import pairwise

import attrs

from factledger.errors import NotProved
from factledger.log.lines import Line
from factledger.log.proofs.checkpoints import Checkpoint, parse_number
from factledger.log.proofs.joint.several_leaves import joint_fault
from factledger.log.proofs.merkle import leaf_hash
from factledger.log.proofs.proof_parts import notes_below, parse_content, parse_hashes
from factledger.log.proofs.signed_notes import strict_base64

JOINT = "factledger/1 proof of several"
MAX_JOINT = 2**28  # bytes of a file
MAX_ENTRIES = 100_000
MAX_JOINT_HASHES = MAX_ENTRIES * 63


@attrs.frozen
class JointProof:
    """The proof that several entries are in a checkpoint; their lines rise, without their `hash`."""

    lines: tuple[Line, ...]
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint

    @property
    def fault(self) -> str | None:
        """The reason why the proof does not hold, None where it does."""
        leaves = {line.seq - 1: leaf_hash(line.envelope()) for line in self.lines}
        return joint_fault(leaves, self.checkpoint.size, self.hashes, self.checkpoint.root)

    def __str__(self) -> str:
        shown = (b64encode(line.encode(hashed=False)).decode() for line in self.lines)
        entries = "".join(f"{text}\n" for text in shown)
        head = f"{JOINT}\nentries {len(self.lines)}\n{entries}"
        return head + notes_below(self.hashes, self.checkpoint)


def parse_joint(lines: list[str], checkpoint: Checkpoint, place: str) -> JointProof:
    """Return the proof that lines above a checkpoint hold; raises NotProved with the line."""
    told = lines[1] if len(lines) > 1 else ""
    if not told.startswith("entries "):
        raise NotProved(f"{place}:2", f"wanted 'entries' and a number, found {told!r}")
    count = parse_number(told.removeprefix("entries "), f"{place}:2")
    if not 1 <= count <= min(MAX_ENTRIES, len(lines) - 2):
        raise NotProved(f"{place}:2", f"wanted from 1 to {MAX_ENTRIES} entries below, not {count}")
    texts = enumerate(lines[2 : count + 2], 3)
    entries = tuple(_entry(text, f"{place}:{number}") for number, text in texts)
    if any(one.seq >= other.seq for one, other in pairwise(entries)):
        raise NotProved(place, "its entries do not rise")
    hashes = parse_hashes(lines, count + 2, place, MAX_JOINT_HASHES)
    return JointProof(entries, hashes, checkpoint)


def _entry(text: str, place: str) -> Line:
    content = strict_base64(text)
    if content is None:
        raise NotProved(place, "wanted an entry in base64")
    return parse_content(content, place)
