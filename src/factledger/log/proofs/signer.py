"""What a key signed last, kept beside the key: whoever rolls a ledger back cannot roll this back.

The file `KEY.signed` holds a line of canonical JSON, replaced in one step before each signature::

    {"first":"…","root":"…","size":75}

The last line counts. Those above it were left by forks.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from factledger.errors import NotProved, WriteRefused
from factledger.log.canonical import canonical
from factledger.log.proofs.checkpoints import MAX_SIZE
from factledger.log.proofs.merkle import EMPTY_ROOT, HASH_BYTES
from factledger.log.stores.files import Access, Sync, read_beside, reason
from factledger.log.stores.locks import locked
from factledger.log.stores.placing.begun_files import write_durably

_MODE = 0o600
_LONGEST = 2**20
_hash = re.compile(r"[0-9a-f]{64}").fullmatch


@attrs.frozen
class Signed:
    """What a key signed last: the ledger, known by the hash of entry 1, and the tree over it.

    A key that was made for a ledger and signed nothing yet has an empty tree.
    """

    first: str
    size: int = 0
    root: bytes = EMPTY_ROOT

    def line(self) -> bytes:
        """Return it as it is written."""
        return canonical(attrs.asdict(self) | {"root": self.root.hex()}) + b"\n"


def signed_path(key: Path) -> Path:
    """Return where it stands what a key signed last: beside the key itself, not beside a link."""
    found = key.resolve()
    return found.with_name(found.name + ".signed")


@contextmanager
def signer(path: Path | None, timeout: float) -> Iterator[None]:
    """Hold the right to sign with a key, None for one in memory; Busy while another signs."""
    if path is None:
        yield
    else:
        with locked(path, timeout):
            yield


def last_signed(path: Path) -> Signed | None:
    """Return what a key signed last, None where nothing is known of it.

    Raises NotProved for a file that does not say: then nothing is signed on a guess.
    """
    found = _read(path)
    return None if found is None else _parsed((found.splitlines() or [b""])[-1], path)


def lines_signed(path: Path) -> list[bytes]:
    """Return the lines of what a key signed; raises NotProved for a file that holds anything else."""
    lines = (_read(path) or b"").splitlines(keepends=True)
    for line in lines:
        if line.strip():
            _parsed(line.removesuffix(b"\n"), path)
    return lines


def keep_signed(path: Path, signed: Signed, sync: Sync = os.fsync, *, fork: bool = False) -> None:
    """Write down what a key is about to sign; durable when this returns.

    With `fork`, what stood there stays above it. Raises WriteRefused, and NotProved for a file that
    holds anything else: it may be a ledger, or a key, that was named in the place of it.
    """
    before = lines_signed(path)
    kept = [line.removesuffix(b"\n") + b"\n" for line in (before if fork else before[:-1])]
    try:
        write_durably(path, b"".join([*kept, signed.line()]), sync, _access(path))
    except OSError as error:
        raise WriteRefused(str(path), reason(error)) from error


def _access(path: Path) -> Access:
    """Return who may read what is written anew: its owner alone, whoever writes it."""
    try:
        return Access.of(path.stat())._replace(mode=_MODE)
    except FileNotFoundError:
        return Access(_MODE)


def _read(path: Path) -> bytes | None:
    try:
        found = read_beside(path, _LONGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotProved(str(path), f"cannot read: {reason(error)}") from error
    if len(found) > _LONGEST:
        raise NotProved(str(path), f"longer than {_LONGEST} bytes")
    return found


def _parsed(line: bytes, path: Path) -> Signed:
    try:
        found = json.loads(line)
        signed = Signed(found["first"], found["size"], bytes.fromhex(found["root"]))
        fit = bool(_hash(signed.first)) and len(signed.root) == HASH_BYTES
        fit = fit and type(signed.size) is int and 0 <= signed.size < MAX_SIZE
    except (KeyError, RecursionError, TypeError, ValueError):
        fit = False
    if not fit or signed.line() != line + b"\n":
        raise NotProved(
            str(path),
            "it does not tell what the key signed last; nothing was signed, restore it from a copy",
        )
    return signed
