"""Proofs to hand out: that an entry is in a checkpoint, that a checkpoint extends an older one.

A proof of inclusion is a C2SP tlog-proof; in its `extra` line is the content of the entry. A
proof of consistency is the request that C2SP tlog-witness describes. Both end in the checkpoint,
as it was received, and are verified without the ledger.
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import Error
from typing import Any

import attrs

from factledger.dates.instant_form import is_instant
from factledger.errors import NotProved
from factledger.log.canonical import canonical, strict_loads
from factledger.log.lines import MAX_LINE, SALT_BYTES, Line, commitment, salt_of
from factledger.log.proofs.checkpoints import Checkpoint, parse_hash, parse_number, read_checkpoint
from factledger.log.proofs.merkle import consistency_fault, inclusion_fault, leaf_hash
from factledger.log.proofs.signed_notes import MAX_NOTE, PublicKey, note_text, strict_base64

MAX_PROOF = 2 * MAX_LINE + MAX_NOTE
MAX_HASHES = 63
INCLUSION = "c2sp.org/tlog-proof@v1"
_digest = re.compile(r"[0-9a-f]{64}").fullmatch
_WHOLE = {"at", "batch", "body", "last", "salt", "seq"}
_ERASED = {"at", "batch", "commit", "last", "seq"}


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
        return head + _below(self.hashes, self.checkpoint)


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
        return f"old {self.old}\n{_below(self.hashes, self.checkpoint)}"


def _below(hashes: tuple[bytes, ...], checkpoint: Checkpoint) -> str:
    lines = "".join(f"{b64encode(hash_).decode()}\n" for hash_ in hashes)
    return f"{lines}\n{checkpoint.note}"


def parse_content(data: bytes, place: str) -> Line:
    """Return the line that a proof shows, but for its hash, which the tree leaves out.

    Its commitment is worked out. Raises NotProved for what is no such line.
    """
    try:
        found = strict_loads(data)
    except ValueError as error:
        raise NotProved(place, f"it shows no entry: {error}") from None
    line = _line_of(found) if isinstance(found, dict) else None
    if line is None or line.encode(hashed=False) != data:
        raise NotProved(place, "it shows no entry as a ledger writes it")
    return line


def _line_of(found: dict[str, Any]) -> Line | None:
    """Return the line that a decoded object spells, None where it is none."""
    at, numbers = found.get("at"), [found.get(name) for name in ("seq", "batch", "last")]
    if not isinstance(at, str) or not is_instant(at):
        return None
    if any(type(number) is not int or number < 1 for number in numbers):
        return None
    seq, batch, last = numbers
    if found.keys() == _ERASED and isinstance(found["commit"], str) and _digest(found["commit"]):
        return Line(seq, at, batch, last, None, None, found["commit"], "")  # type: ignore[arg-type]
    salt = _salt_of(found.get("salt"))
    if found.keys() != _WHOLE or salt is None or not isinstance(found["body"], dict):
        return None
    body = canonical(found["body"])
    return Line(seq, at, batch, last, body, salt, commitment(salt, body), "")  # type: ignore[arg-type]


def _salt_of(text: object) -> bytes | None:
    try:
        raw = salt_of(str(text).encode())
    except Error:
        return None
    return raw if len(raw) == SALT_BYTES else None


def read_proof(
    data: bytes, key: PublicKey | None = None, place: str = "proof"
) -> InclusionProof | ConsistencyProof:
    """Return the proof that bytes hold, its checkpoint verified with the key if one is given.

    Whether it proves what it says, its `fault` tells. Raises NotProved for anything else.
    """
    if len(data) > MAX_PROOF:
        raise NotProved(place, f"longer than {MAX_PROOF} bytes")
    note_text(data, place)
    above, blank, note = data.partition(b"\n\n")
    if not blank:
        raise NotProved(place, "it is no proof: no blank line with a checkpoint below")
    lines = above.decode().split("\n")
    checkpoint = read_checkpoint(note, key, f"{place}: its checkpoint")
    if lines[0] == INCLUSION:
        return _inclusion(lines, checkpoint, place)
    if not lines[0].startswith("old "):
        raise NotProved(f"{place}:1", f"wanted {INCLUSION!r} or 'old N', found {lines[0]!r}")
    old = parse_number(lines[0].removeprefix("old "), f"{place}:1")
    return ConsistencyProof(old, _hashes(lines, 1, place), checkpoint)


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
    return InclusionProof(line, _hashes(lines, 3, place), checkpoint)


def _hashes(lines: list[str], first: int, place: str) -> tuple[bytes, ...]:
    if len(lines) - first > MAX_HASHES:
        raise NotProved(place, f"more than {MAX_HASHES} hashes")
    numbered = enumerate(lines[first:], first + 1)
    return tuple(parse_hash(line, f"{place}:{number}") for number, line in numbered)
