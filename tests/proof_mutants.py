"""Proofs and notes that we make, and what becomes of them when somebody changes a piece."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import attrs

from factledger.log.proofs.checkpoints import checkpoint_text
from factledger.log.proofs.merkle import (
    consistency_fault,
    consistency_ranges,
    hashes_of,
    inclusion_fault,
    inclusion_ranges,
    leaf_hash,
    roots_at,
    roots_of,
)
from factledger.log.proofs.signed_notes import PrivateKey

Proof = tuple[bytes, ...]
JUNK = bytes(range(32))
NOTES_OF_OTHERS = [
    json.loads(line)
    for line in (Path(__file__).with_name("data") / "tlog/notes.jsonl").read_text().split("\n")[:-1]
]


@cache
def leaf(index: int) -> bytes:
    """Return the hash of leaf `index` of the tree that all these proofs are of."""
    return leaf_hash(b"leaf %d" % index)


@cache
def root(size: int) -> bytes:
    """Return the root of that tree at a size."""
    return roots_at(map(leaf, range(size)), {size})[size]


@attrs.frozen
class Inclusion:
    """What whoever verifies a proof of inclusion is given."""

    index: int
    size: int
    leaf: bytes
    proof: Proof
    root: bytes

    @property
    def fault(self) -> str | None:
        """What factledger says of it."""
        return inclusion_fault(self.leaf, self.index, self.size, self.proof, self.root)


@attrs.frozen
class Consistency:
    """What whoever verifies a proof of consistency is given."""

    old: int
    size: int
    proof: Proof
    old_root: bytes
    root: bytes

    @property
    def fault(self) -> str | None:
        """What factledger says of it."""
        return consistency_fault(self.old, self.size, self.proof, self.old_root, self.root)


@cache
def inclusion(index: int, size: int) -> Inclusion:
    """Return the proof of a leaf in a tree."""
    ranges = inclusion_ranges(index, size)
    proof = hashes_of(ranges, roots_of(ranges, map(leaf, range(size))))
    return Inclusion(index, size, leaf(index), proof, root(size))


@cache
def consistency(old: int, size: int) -> Consistency:
    """Return the proof that a tree extends a smaller one."""
    ranges = consistency_ranges(old, size)
    proof = hashes_of(ranges, roots_of(ranges, map(leaf, range(size))))
    return Consistency(old, size, proof, root(old), root(size))


def flipped(data: bytes, bit: int) -> bytes:
    """Return bytes with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def damaged_proofs(proof: Proof) -> Iterator[Proof]:
    """Yield a proof with a bit flipped, a hash dropped, doubled, added, exchanged."""
    for place, hash_ in enumerate(proof):
        yield (*proof[:place], flipped(hash_, 17 * place % 256), *proof[place + 1 :])
        yield (*proof[:place], *proof[place + 1 :])
        yield (*proof[: place + 1], hash_, *proof[place + 1 :])
        if place and proof[place - 1] != hash_:
            yield (*proof[: place - 1], hash_, proof[place - 1], *proof[place + 1 :])
    for place in range(len(proof) + 1):
        yield (*proof[:place], JUNK, *proof[place:])


def false_inclusions(given: Inclusion) -> Iterator[Inclusion]:
    """Yield what can be no proof: a piece of a true one was changed."""
    for proof in damaged_proofs(given.proof):
        yield attrs.evolve(given, proof=proof)
    yield attrs.evolve(given, leaf=flipped(given.leaf, 5))
    yield attrs.evolve(given, root=flipped(given.root, 250))
    yield attrs.evolve(given, index=given.size)
    for index in (given.index - 1, given.index + 1):
        if 0 <= index < given.size:
            yield attrs.evolve(given, index=index)


def false_consistencies(given: Consistency) -> Iterator[Consistency]:
    """Yield what can be no proof: a piece of a true one was changed."""
    for proof in damaged_proofs(given.proof):
        yield attrs.evolve(given, proof=proof)
    yield attrs.evolve(given, root=flipped(given.root, 250))
    yield attrs.evolve(given, old_root=flipped(given.old_root, 3))
    yield attrs.evolve(given, old=0)
    if given.old < given.size:
        yield Consistency(given.size, given.old, given.proof, given.root, given.old_root)


def other_sizes(given: Inclusion | Consistency) -> Iterator[Inclusion | Consistency]:
    """Yield a proof for another size; some hold, for a proof tells of its path alone."""
    for size in (given.size - 1, given.size + 1, 2 * given.size):
        if size > 0:
            yield attrs.evolve(given, size=size)
    if isinstance(given, Consistency):
        yield attrs.evolve(given, old=given.old + 1)
        if given.old > 1:
            yield attrs.evolve(given, old=given.old - 1)


KEY = PrivateKey("example", bytes(range(32)))
OTHER = PrivateKey("example", bytes(range(1, 33)))
STRANGER = PrivateKey("stranger", bytes(range(2, 34)))
TEXT = checkpoint_text("example", 5, root(5))


def note(text: str = TEXT, *keys: PrivateKey) -> bytes:
    """Return a note, signed by our key or by those given."""
    signed = [str(key.sign(text)).removeprefix(text + "\n") for key in keys or (KEY,)]
    return (text + "\n" + "".join(signed)).encode()


def _below(text: str) -> bytes:
    """Return a text with a signature of ours that is over another text."""
    return text.encode() + b"\n" + note().split(b"\n\n")[1]


def _signature(change: Callable[[str], str]) -> bytes:
    """Return a note whose base64 was changed."""
    head, encoded = note().decode().removesuffix("\n").rsplit(" ", 1)
    return f"{head} {change(encoded)}\n".encode()


def _with_other_id() -> bytes:
    raw = b64decode(note().decode().split()[-1])
    return _signature(lambda _: b64encode(OTHER.public.id + raw[4:]).decode())


TRUE_NOTES = {
    "signed": note(),
    "signed by a stranger too": note(TEXT, KEY, STRANGER),
    "signed by a stranger first": note(TEXT, STRANGER, KEY),
    "signed by an older key too": note(TEXT, OTHER, KEY),
    "signed twice": note(TEXT, KEY, KEY),
    "signed by sixteen": note(
        TEXT, KEY, *(PrivateKey(f"witness{n}", bytes([n] * 32)) for n in range(15))
    ),
    "with lines of an extension": note(TEXT + "one more\nand another\n"),
}
FALSE_NOTES = {
    "nothing": b"",
    "no signature": TEXT.encode(),
    "no line of a signature": TEXT.encode() + b"\n",
    "no blank line": note().replace(b"\n\n", b"\n"),
    "no last line feed": note().removesuffix(b"\n"),
    "a blank line at the end": note() + b"\n",
    "carriage returns": note().replace(b"\n", b"\r\n"),
    "a carriage return in the text": note().replace(b"\n5\n", b"\n5\r\n"),
    "a text behind the signature": note() + b"more\n",
    "another size": note().replace(b"\n5\n", b"\n6\n"),
    "another sign of the size": note().replace(b"\n5\n", b"\n+5\n"),
    "a zero before the size": note().replace(b"\n5\n", b"\n05\n"),
    "another origin": note().replace(b"example\n5", b"exampel\n5"),
    "another root": _below(checkpoint_text("example", 5, root(6))),
    "a hyphen for the dash": note().replace("\u2014".encode(), b"-"),
    "an en dash for the dash": note().replace("\u2014".encode(), "\u2013".encode()),
    "no dash": note().replace("\u2014 ".encode(), b""),
    "two blanks": note().replace(b"example A", b"example  A").replace(b" example ", b" example  "),
    "no name": note().replace("\u2014 example".encode(), "\u2014 ".encode()),
    "a plus in the name": note().replace("\u2014 example".encode(), "\u2014 exam+ple".encode()),
    "a stranger's name": note().replace("\u2014 example".encode(), "\u2014 stranger".encode()),
    "a stranger alone": note(TEXT, STRANGER),
    "another key of the same name": note(TEXT, OTHER),
    "the id of another key": _with_other_id(),
    "junk in the base64": _signature(lambda text: text[:20] + "!" + text[20:]),
    "a blank in the base64": _signature(lambda text: text[:20] + " " + text[20:]),
    "no padding": _signature(lambda text: text.rstrip("=")),
    "base64 for addresses": _signature(lambda text: text.replace("+", "-").replace("/", "_") + "-"),
    "a signature that is short": _signature(lambda text: text[:-8]),
    "a signature of nothing": _signature(lambda text: b64encode(KEY.public.id).decode()),
    "a bit of the signature": _signature(
        lambda text: b64encode(flipped(b64decode(text), 300)).decode()
    ),
    "a bit of the id": _signature(lambda text: b64encode(flipped(b64decode(text), 3)).decode()),
    "a byte that is no UTF-8": note().replace(b"example\n5", b"ex\xffmple\n5"),
    "a control character": note().replace(b"example\n5", b"ex\x1bmple\n5"),
    "a byte order mark": b"\xef\xbb\xbf" + note(),
    "false, then true": _below(checkpoint_text("example", 6, root(5)))
    + note(checkpoint_text("example", 6, root(5))).split(b"\n\n")[1],
}
# Rightly signed, and yet no checkpoints: what a verifier of notes alone takes for good.
FALSE_CHECKPOINTS = {
    "another sign of the size": TEXT.replace("\n5\n", "\n+5\n"),
    "a size below none": TEXT.replace("\n5\n", "\n-5\n"),
    "a zero before the size": TEXT.replace("\n5\n", "\n05\n"),
    "digits of another script": TEXT.replace("\n5\n", "\n\u0665\n"),
    "an underscore in the size": TEXT.replace("\n5\n", "\n1_0\n"),
    "a blank before the size": TEXT.replace("\n5\n", "\n 5\n"),
    "a size that overflows": TEXT.replace("\n5\n", f"\n{2**64}\n"),
    "a root that is short": checkpoint_text("example", 5, root(5)[:31]),
    "a root that is long": checkpoint_text("example", 5, root(5) + b"\0"),
    "junk in the root": TEXT.replace("=", "!"),
    "no root": "example\n5\n",
    "no origin": TEXT.removeprefix("example"),
}
