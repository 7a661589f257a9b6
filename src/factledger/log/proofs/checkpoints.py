"""Checkpoints as in C2SP tlog-checkpoint: which log, how many entries, and the root over them.

A checkpoint is a signed note whose text is three lines or more::

    japan-ukraine
    75
    cdWQP8QTSF8dJhLBCtT1zZtGPVMnMcmq2L+2F5GIW6s=

The first is the origin, the second the number of entries, the third the root of the tree over
their envelopes. One that nobody signed is the text alone, without a blank line.
"""

from __future__ import annotations

import re
from base64 import b64encode
from itertools import islice

import attrs

from factledger.errors import NotProved
from factledger.log.proofs.merkle import HASH_BYTES
from factledger.log.proofs.signed_notes import (
    MAX_NOTE,
    PublicKey,
    SignedNote,
    check_signed,
    note_text,
    parse_note,
    strict_base64,
)

MAX_SIZE = 2**63  # not reached; so a proof has at most 63 hashes
_number = re.compile(r"0|[1-9][0-9]{0,18}").fullmatch


@attrs.frozen
class Checkpoint:
    """The state of a log at a size: its origin and the root over its entries.

    `note` is the whole text as it was received, signatures and all; `verified` is the key whose
    signature was verified, None when none was asked for.
    """

    origin: str
    size: int
    root: bytes
    note: str
    verified: PublicKey | None = None

    @property
    def signed(self) -> bool:
        """Whether signatures stand below it, verified or not."""
        return "\n\n" in self.note


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    r"""Return the text of a checkpoint.

    >>> checkpoint_text("example", 0, bytes(32))
    'example\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
    """
    return f"{origin}\n{size}\n{b64encode(root).decode()}\n"


def read_checkpoint(
    data: bytes, key: PublicKey | None = None, place: str = "checkpoint"
) -> Checkpoint:
    """Return the checkpoint that bytes hold, as they were received.

    With a key, it must have signed them, and its name is the origin that is expected: a
    checkpoint of another log proves nothing of this one. Without a key no signature is looked
    at. Raises NotProved with the place and the reason.
    """
    signed = b"\n\n" in data
    if key is not None and not signed:
        raise NotProved(place, f"nobody signed it; wanted the signature of {key.short}")
    note = parse_note(data, place) if signed else SignedNote(_unsigned(data, place), ())
    found = parse_checkpoint(note.text, data.decode(), place)
    if key is None:
        return found
    check_signed(note, key, place)
    if found.origin != key.name:
        raise NotProved(f"{place}:1", f"it is of {found.origin!a}, the key is of {key.name!a}")
    return attrs.evolve(found, verified=key)


def _unsigned(data: bytes, place: str) -> str:
    if len(data) > MAX_NOTE:
        raise NotProved(place, f"longer than {MAX_NOTE} bytes")
    text = note_text(data, place)
    if not text.endswith("\n"):
        raise NotProved(place, "its last line has no line feed")
    return text


def parse_checkpoint(text: str, note: str, place: str = "checkpoint") -> Checkpoint:
    """Return the checkpoint in the text of a note; raises NotProved with the line."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3:
        raise NotProved(place, "wanted three lines: origin, number of entries, root")
    origin, size, root = islice(lines, 3)
    if not origin:
        raise NotProved(f"{place}:1", "wanted the origin, found nothing")
    if "" in lines:
        raise NotProved(f"{place}:{lines.index('') + 1}", "a line is empty")
    return Checkpoint(
        origin, parse_number(size, f"{place}:2"), parse_hash(root, f"{place}:3"), note
    )


def parse_number(text: str, place: str) -> int:
    """Return the number that digits spell in the one way; raises NotProved."""
    if not _number(text) or int(text) >= MAX_SIZE:
        raise NotProved(place, f"wanted a number below 2^63 in plain digits, found {text!r}")
    return int(text)


def parse_hash(text: str, place: str) -> bytes:
    """Return the hash that base64 spells in the one way; raises NotProved."""
    raw = strict_base64(text)
    if raw is None or len(raw) != HASH_BYTES:
        raise NotProved(place, f"wanted {HASH_BYTES} bytes in base64, found {text!r}")
    return raw
