"""Verify this bundle. It needs Python 3.9 or later, and no other program.

    python3 verify.py             hashes, checkpoint and entries
    python3 verify.py KEY         also the signature below the checkpoint

KEY is the public key of the ledger, NAME+ID+KEY. Have it from somebody you trust: a key that came
with a bundle proves nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Point = tuple[int, int, int, int]

PROOF_OF_SEVERAL = "factledger/1 proof of several"


class Failed(Exception):
    """Something in the bundle does not hold."""


def sha256(*parts: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(b"".join(parts)).digest()


def plain_json(value: object) -> bytes:
    """Return JSON as a ledger writes it: keys in order, no blanks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def envelope(line: dict[str, Any]) -> bytes:
    """Return what the tree and the chain hold of an entry: all but its content."""
    commit = line.get("commit")
    if "body" in line:
        salt = base64.urlsafe_b64decode(line["salt"] + "==")
        commit = sha256(b"factledger/1 commit\n", salt, plain_json(line["body"])).hex()
    names = ("at", "batch", "last", "seq")
    return plain_json({**{name: line[name] for name in names}, "commit": commit})


def split(first: int, last: int) -> int:
    """Return where a node parts, as RFC 6962 has it."""
    return first + (1 << ((last - first - 1).bit_length() - 1))


def root(leaves: dict[int, bytes], hashes: Iterator[bytes], first: int, last: int) -> bytes:
    """Return the root over leaves; where none is known, the next hash of the proof stands for all."""
    if not any(first <= index < last for index in leaves):
        return next(hashes)
    if last - first == 1:
        return leaves[first]
    middle = split(first, last)
    left = root(leaves, hashes, first, middle)
    return sha256(b"\x01", left, root(leaves, hashes, middle, last))


def root_of_all(leaves: Iterator[bytes]) -> bytes:
    """Return the root over all leaves of a tree."""
    row = list(leaves)
    while len(row) > 1:
        pairs = [sha256(b"\x01", *row[i : i + 2]) for i in range(0, len(row) - 1, 2)]
        row = pairs + row[len(pairs) * 2 :]
    return row[0]


def check_files(folder: str) -> str:
    """Return a line on the files; raise Failed for one that is not as listed."""
    listed = read(folder, "SHA256SUMS").decode().splitlines()
    for line in listed:
        wanted, name = line.split("  ", 1)
        if sha256(read(folder, name)).hex() != wanted:
            raise Failed(name + " is not the file that SHA256SUMS lists")
    return str(len(listed)) + " files are as SHA256SUMS lists them"


def read(folder: str, name: str) -> bytes:
    """Return what a file holds."""
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def checkpoint_of(folder: str) -> tuple[str, list[str], list[str]]:
    """Return the text of the checkpoint, its lines, and its signatures."""
    text, _, signatures = read(folder, "ledger.checkpoint").decode().partition("\n\n")
    lines = text.rstrip("\n").split("\n")
    return text.rstrip("\n") + "\n", lines, signatures.splitlines()


def check_ledger(folder: str, size: int, wanted: bytes) -> str:
    """Return a line on a whole ledger: its chain, and the root over its entries."""
    lines = [json.loads(line) for line in read(folder, "ledger.jsonl").splitlines()]
    head = bytes(32)
    for number, line in enumerate(lines, 1):
        head = sha256(b"factledger/1 chain\n", head, envelope(line))
        if line["seq"] != number or line["hash"] != head.hex():
            raise Failed("line %d of ledger.jsonl does not follow from those before" % number)
    if len(lines) != size or root_of_all(sha256(b"\x00", envelope(x)) for x in lines) != wanted:
        raise Failed("ledger.jsonl is not the ledger of the checkpoint")
    return "ledger.jsonl: all %d entries are those of the checkpoint" % size


def check_entries(folder: str, size: int, wanted: bytes, note: bytes) -> str:
    """Return a line on entries that were chosen: the proof, and that the readable lines agree."""
    above, _, below = read(folder, "entries.proof").decode().partition("\n\n")
    kind, count, *rest = above.split("\n")
    number = int(count[len("entries ") :])
    shown = [base64.b64decode(text) for text in rest[:number]]
    hashes = iter([base64.b64decode(text) for text in rest[number:]])
    leaves = {json.loads(x)["seq"] - 1: sha256(b"\x00", envelope(json.loads(x))) for x in shown}
    if (
        kind != PROOF_OF_SEVERAL
        or below.encode() != note
        or not 0 <= min(leaves) <= max(leaves) < size
    ):
        raise Failed("entries.proof is not a proof for the checkpoint")
    try:
        found = root(leaves, hashes, 0, size)
    except StopIteration:
        raise Failed("entries.proof is too short") from None
    if found != wanted or next(hashes, None) is not None:
        raise Failed("entries.proof does not lead to the root of the checkpoint")
    lines = [json.loads(line) for line in read(folder, "entries.jsonl").splitlines()]
    if [plain_json({k: v for k, v in x.items() if k != "hash"}) for x in lines] != shown:
        raise Failed("entries.jsonl does not show what entries.proof proves")
    return "entries.jsonl: %d of the %d entries of the checkpoint, proved" % (number, size)


def check_texts(folder: str, entries: str) -> Iterator[str]:
    """Yield a line on the texts of sources, if any came along: their hashes stand in the entries."""
    stated = set()
    for line in read(folder, entries).splitlines():
        body = json.loads(line).get("body", {})
        content = body.get("record", body)
        stated.add((content.get("id"), content.get("sha256")))
    texts = os.path.join(folder, "texts")
    names = sorted(os.listdir(texts)) if os.path.isdir(texts) else []
    for name in names:
        if (name[:-4], sha256(read(texts, name)).hex()) not in stated:
            raise Failed("texts/" + name + " is not the text whose hash its source states")
    if names:
        yield "texts: %d, with the hashes that their sources state" % len(names)


# Ed25519 as in RFC 8032, section 6; a point is (X, Y, Z, T), and nothing here is secret.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(one: Point, other: Point) -> Point:
    """Return the sum of two points of the curve."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """Return a multiple of a point."""
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def equal(one: Point, other: Point) -> bool:
    """Return whether two points are one."""
    return all((one[i] * other[2] - other[i] * one[2]) % P == 0 for i in (0, 1))


def curve_point(data: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, None for none."""
    whole = int.from_bytes(data, "little")
    y, odd = whole & (2**255 - 1), whole >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = curve_point((4 * pow(5, -1, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def signs(key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a signature of 64 bytes is that of a key over a message."""
    a, r, s = (
        curve_point(key),
        curve_point(signature[:32]),
        int.from_bytes(signature[32:], "little"),
    )
    if a is None or r is None or s >= Q or len(signature) != 64:
        return False
    hashed = hashlib.sha512(signature[:32] + key + message).digest()
    h = int.from_bytes(hashed, "little") % Q
    return equal(times(s, BASE), add(r, times(h, a)))


def check_signature(key: str, text: str, origin: str, signatures: list[str]) -> str:
    """Return a line on the signature of a public key, which must be there."""
    name, id_, rest = key.strip().split("+", 2)
    raw = base64.b64decode(rest)
    if sha256(name.encode() + b"\n" + raw)[:4].hex() != id_ or raw[:1] != b"\x01":
        raise Failed("that is no public key: write NAME+ID+KEY")
    own = [x.split(" ") for x in signatures if x.startswith("\u2014 " + name + " ")]
    values = [base64.b64decode(parts[2]) for parts in own]
    values = [value[4:] for value in values if value[:4].hex() == id_]
    if name != origin or not values or not all(signs(raw[1:], text.encode(), x) for x in values):
        raise Failed("the checkpoint is not signed by that key")
    return "ledger.checkpoint: signed by " + name + "+" + id_


def verify(folder: str, key: str | None = None) -> Iterator[str]:
    """Yield what was verified in a bundle, a line each; raise Failed for what does not hold."""
    yield check_files(folder)
    text, lines, signatures = checkpoint_of(folder)
    origin, size, wanted = lines[0], int(lines[1]), base64.b64decode(lines[2])
    whole = os.path.exists(os.path.join(folder, "ledger.jsonl"))
    if whole:
        yield check_ledger(folder, size, wanted)
    else:
        yield check_entries(folder, size, wanted, read(folder, "ledger.checkpoint"))
    yield from check_texts(folder, "ledger.jsonl" if whole else "entries.jsonl")
    if key:
        yield check_signature(key, text, origin, signatures)
    else:
        yield "not verified: who made the checkpoint; compare it with one of your own, or give a key"


def run_verifier(words: list[str]) -> int:
    """Verify the bundle that this file lies in; return the exit code."""
    folder = os.path.dirname(os.path.abspath(__file__))
    try:
        for line in verify(folder, *words[:1]):
            sys.stdout.write(line + "\n")
    except Failed as failed:
        sys.stdout.write("FAILED: %s\n" % failed)
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        sys.stdout.write("FAILED: the bundle is not whole: %s\n" % error)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(run_verifier(sys.argv[1:]))
