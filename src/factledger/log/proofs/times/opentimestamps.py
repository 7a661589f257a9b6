"""OpenTimestamps files: a path of hashes from a file to what somebody vouches for.

The format is that of the reference implementation: a header, the hash of the file, and a tree of
operations that ends in attestations. All hashes are worked out again; what stands in a block of
Bitcoin is in no file here, so the block is named, to be compared by the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha1, sha256
from io import BytesIO

import attrs

from factledger.errors import NotProved
from factledger.log.proofs.times.statement import TimeStatement
from factledger.text import show

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_SHA256, _ATTESTATION, _FORK = 0x08, 0x00, 0xFF
_MAX_BYTES, _MAX_DEPTH, _MAX_STEPS = 8192, 256, 100_000
_PENDING = bytes.fromhex("83dfe30d2ef90c8e")
_BITCOIN = bytes.fromhex("0588960d73d71901")


@attrs.frozen
class Attestation:
    """Somebody's word for a message, named by eight bytes."""

    tag: bytes
    payload: bytes
    message: bytes | None  # None behind an operation that is not known here


def read_opentimestamps(data: bytes, content: bytes, place: str) -> TimeStatement:
    """Return what an OpenTimestamps file says of some content; raises NotProved."""
    reader = _Reader(BytesIO(data), place)
    reader.take(len(MAGIC))
    if (version := reader.number()) != 1:
        raise NotProved(place, f"wanted version 1 of OpenTimestamps, found {version}")
    if reader.byte() != _SHA256:
        raise NotProved(place, "wanted the SHA-256 of a file; make it with another hash")
    digest = reader.take(32)
    if digest != sha256(content).digest():
        raise NotProved(place, f"it is for a file of SHA-256 {digest.hex()}, not this checkpoint")
    found = list(reader.attestations(digest))
    reader.end()
    return _told(found)


def _told(found: list[Attestation]) -> TimeStatement:
    """Return what attestations say, in words."""
    blocks = sorted(filter(None, map(_block, found)))
    if blocks:
        heights = "; ".join(f"block {height} has the Merkle root {root}" for height, root in blocks)
        return TimeStatement(
            "OpenTimestamps: the hashes lead from this checkpoint to Bitcoin",
            f"that {heights}; compare it with a node or an explorer that you trust",
        )
    calendars = sorted({show(uri) for uri in map(_calendar, found) if uri})
    by = f" by {', '.join(calendars)}" if calendars else ""
    return TimeStatement(
        "OpenTimestamps: it is for this checkpoint",
        f"any time: it is promised{by}, and in no block yet; upgrade the file later",
    )


def _block(found: Attestation) -> tuple[int, str] | None:
    """Return the height of a block of Bitcoin and the root that it must have, None for another word."""
    if found.tag != _BITCOIN or found.message is None:
        return None
    height = _Reader(BytesIO(found.payload), "attestation").number()
    return height, found.message[::-1].hex()


def _calendar(found: Attestation) -> str | None:
    if found.tag != _PENDING:
        return None
    return _Reader(BytesIO(found.payload), "attestation").text().decode("utf-8", "replace")


_UNARY: dict[int, Callable[[bytes], bytes]] = {
    0x02: lambda message: sha1(message, usedforsecurity=False).digest(),
    0x08: lambda message: sha256(message).digest(),
    0xF2: lambda message: message[::-1],
    0xF3: lambda message: message.hex().encode(),
}
_UNKNOWN = {0x03, 0x67}  # RIPEMD-160 and Keccak, which not every Python has
_BINARY: dict[int, Callable[[bytes, bytes], bytes]] = {
    0xF0: lambda message, added: message + added,
    0xF1: lambda message, added: added + message,
}


@attrs.define
class _Reader:
    """The bytes of a file, taken from the front; raises NotProved where they end or are too many."""

    stream: BytesIO
    place: str
    steps: int = 0

    def take(self, count: int) -> bytes:
        found = self.stream.read(count)
        if len(found) < count:
            raise NotProved(self.place, "the file breaks off")
        return found

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        value = shift = 0
        while True:
            part = self.byte()
            value |= (part & 0x7F) << shift
            if not part & 0x80:
                return value
            shift += 7
            if shift > 63:
                raise NotProved(self.place, "a number is too long")

    def text(self) -> bytes:
        length = self.number()
        if length > _MAX_BYTES:
            raise NotProved(self.place, f"a part is longer than {_MAX_BYTES} bytes")
        return self.take(length)

    def end(self) -> None:
        if self.stream.read(1):
            raise NotProved(self.place, "something stands behind its end")

    def attestations(self, message: bytes | None, depth: int = 0) -> Iterator[Attestation]:
        """Yield what the tree from here on ends in; `message` is None where it is not known."""
        self.steps += 1
        if depth > _MAX_DEPTH or self.steps > _MAX_STEPS:
            raise NotProved(self.place, "it is nested too deep")
        while (tag := self.byte()) == _FORK:
            yield from self._branch(self.byte(), message, depth)
        yield from self._branch(tag, message, depth)

    def _branch(self, tag: int, message: bytes | None, depth: int) -> Iterator[Attestation]:
        if tag == _ATTESTATION:
            yield Attestation(self.take(8), self.text(), message)
            return
        yield from self.attestations(self._result(tag, message), depth + 1)

    def _result(self, tag: int, message: bytes | None) -> bytes | None:
        """Return what an operation makes of a message; raises NotProved for one that is not known."""
        if tag in _BINARY:
            added = self.text()
            result = None if message is None else _BINARY[tag](message, added)
        elif tag in _UNARY:
            result = None if message is None else _UNARY[tag](message)
        elif tag in _UNKNOWN:
            result = None
        else:
            raise NotProved(self.place, f"it has an operation that is not known: {tag:#04x}")
        if result is not None and len(result) > 2 * _MAX_BYTES:
            raise NotProved(self.place, "a message is too long")
        return result
