"""What proofs are made of: the content of entries, hashes, and the checkpoint below."""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import Error
from typing import Any

from factledger.dates.instant_form import is_instant
from factledger.errors import NotProved
from factledger.log.canonical import canonical, strict_loads
from factledger.log.lines import MAX_LINE, SALT_BYTES, Line, commitment, salt_of
from factledger.log.proofs.checkpoints import Checkpoint, parse_hash
from factledger.log.proofs.signed_notes import MAX_NOTE

MAX_PROOF = 2 * MAX_LINE + MAX_NOTE
MAX_HASHES = 63
_digest = re.compile(r"[0-9a-f]{64}").fullmatch
_WHOLE = {"at", "batch", "body", "last", "salt", "seq"}
_ERASED = {"at", "batch", "commit", "last", "seq"}


def notes_below(hashes: tuple[bytes, ...], checkpoint: Checkpoint) -> str:
    """Return the end of every proof: its hashes, an empty line, the checkpoint as it is."""
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


def parse_hashes(
    lines: list[str], first: int, place: str, most: int = MAX_HASHES
) -> tuple[bytes, ...]:
    """Return the hashes in the lines from `first` on; raises NotProved for more than `most`."""
    if len(lines) - first > most:
        raise NotProved(place, f"more than {most} hashes")
    numbered = enumerate(lines[first:], first + 1)
    return tuple(parse_hash(line, f"{place}:{number}") for number, line in numbered)
