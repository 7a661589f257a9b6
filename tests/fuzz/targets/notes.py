"""The readers of signed notes and checkpoints: what is verified is what was signed, byte for byte."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from factledger.errors import NotProved
from factledger.log.proofs.checkpoints import checkpoint_text, read_checkpoint
from factledger.log.proofs.signed_notes import PrivateKey, PublicKey, parse_note, parse_public_key

NAME = "example"


@cache
def key() -> PrivateKey:
    """Return the key with which the seeds were signed."""
    return PrivateKey(NAME, bytes(range(32)))


@cache
def public() -> PublicKey:
    """Return what the seeds are verified with."""
    return key().public


@cache
def signed() -> frozenset[str]:
    """Return all texts that were ever signed with the key."""
    return frozenset(checkpoint_text(NAME, size, root(size)) for size in (0, 1, 12, 2**40))


def root(size: int) -> bytes:
    """Return what the seeds take for the root of a tree."""
    return sha256(str(size).encode()).digest()


def one(data: bytes) -> None:
    """Read bytes as a note, as a checkpoint without and with a key, and as a key."""
    try:
        found = parse_note(data)
        assert str(found).encode() == data
    except NotProved:
        pass
    for asked in (public(), None):
        try:
            checkpoint = read_checkpoint(data, asked)
        except NotProved:
            continue
        assert checkpoint.note.encode() == data
        text = checkpoint_text(checkpoint.origin, checkpoint.size, checkpoint.root)
        assert data.startswith(text.encode())
        if asked is not None:
            assert text in signed(), "a forgery"
            break
    try:
        vkey = parse_public_key(data.decode("utf-8", "surrogateescape"))
        assert str(vkey).encode() == data
    except NotProved:
        pass
