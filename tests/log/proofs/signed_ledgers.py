"""A small ledger that is signed, grows, and is rewritten by somebody who can write to its file."""

from __future__ import annotations

from pathlib import Path

from factledger import (
    Actor,
    Checkpoint,
    Ledger,
    PrivateKey,
)
from factledger.log.lines import START, Line, make_lines
from factledger.log.proofs.merkle import leaf_hash, root_of
from factledger.log.proofs.signing import sign_checkpoint
from factledger.log.stores import create_store, open_store

KEY = PrivateKey("small", bytes(range(32)))


def signed(address: str, key: PrivateKey = KEY) -> Checkpoint:
    """Return the next checkpoint of a ledger."""
    with open_store(address) as store:
        return sign_checkpoint(store, key)


def lines_of(address: str) -> list[Line]:
    """Return the lines of a ledger."""
    with open_store(address) as store:
        return list(store.read())


def root_over(lines: list[Line]) -> bytes:
    """Return the root over some lines, worked out from the start."""
    return root_of(leaf_hash(line.envelope()) for line in lines)


def grow(address: str, count: int = 1, word: str = "more") -> None:
    """Append records to a ledger."""
    with Ledger.open(address) as ledger:
        ledger.append(
            *(Actor(id=f"{word}-{n}", category="group", names=[word]) for n in range(count))
        )


def rewrite(address: str, lines: list[Line]) -> None:
    """Put other lines in the place of a ledger's, as somebody may who can write to the file."""
    Path(address).unlink()
    with create_store(address) as store, store.writing() as writer:
        writer.restore(lines)


def rechained(lines: list[Line], number: int) -> list[Line]:
    """Return lines of which one was changed, and the hashes of all that follow made to fit."""
    made: list[Line] = []
    while len(made) < len(lines):
        batch = [line for line in lines if line.batch == len(made) + 1]
        bodies = [
            b'{"kind":"note","text":"forged"}' if line.seq == number else line.body or b""
            for line in batch
        ]
        salts = [line.salt or b"" for line in batch]
        after = made[-1].head if made else START
        made += make_lines(after, at=batch[0].at, bodies=bodies, salts=salts)
    return made
