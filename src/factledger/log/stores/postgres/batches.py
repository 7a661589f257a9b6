"""What is appended to a ledger on a server, looked at before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from factledger.log.lines import unfit
from factledger.named import NamedTuple


class Batch(NamedTuple):
    """What one append writes: its instant, and a salt for each body."""

    at: str
    bodies: Sequence[bytes]
    salts: Sequence[bytes]


def check_fit(batch: Batch) -> None:
    """Raise ValueError for what would not read back."""
    for number, (body, salt) in enumerate(zip(batch.bodies, batch.salts, strict=True), 1):
        if fault := unfit(body, salt):
            raise ValueError(f"line {number} does not read back: {fault}")
    for number, fault in _unstorable(batch.bodies):
        raise ValueError(f"line {number} does not read back: {fault}")


def arguments_of(batches: Sequence[Batch]) -> list[list[Any]]:
    """Return the instants, sizes, bodies and salts of batches."""
    return [
        [batch.at for batch in batches],
        [len(batch.bodies) for batch in batches],
        [body.decode() for batch in batches for body in batch.bodies],
        [salt for batch in batches for salt in batch.salts],
    ]


def _unstorable(bodies: Iterable[bytes]) -> Iterable[tuple[int, str]]:
    """Yield the number of each body that the server cannot hold as a text, and why."""
    for number, body in enumerate(bodies, 1):
        if b"\0" in body:
            yield number, "it holds a zero byte"
        try:
            body.decode()
        except UnicodeDecodeError as error:
            yield number, str(error)
