"""Keys to seal passages with, in files that only their owner can read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from factledger.citations.seals import SECRET_BYTES, SealKey
from factledger.errors import NotProved, WriteRefused
from factledger.log.stores.files import read_up_to, reason
from factledger.log.stores.placing.begun_files import write_new

_LONGEST = 200  # characters


def make_seal_key(path: Path, *, entropy: Callable[[int], bytes] = os.urandom) -> SealKey:
    """Return a new key, which is written to a new file that only its owner can read.

    Without it nobody can verify what it sealed: keep a copy. Raises WriteRefused for a file that
    is there.
    """
    key = SealKey(entropy(SECRET_BYTES))
    try:
        write_new(path, key.secret_text().encode() + b"\n", os.fsync, 0o600)
    except OSError as error:
        raise WriteRefused(str(path), reason(error)) from error
    return key


def read_seal_key(path: Path) -> SealKey:
    """Return the key in a file; raises NotProved where there is none."""
    try:
        text = read_up_to(path, _LONGEST).decode("ascii", errors="replace")
    except OSError as error:
        raise NotProved(str(path), f"cannot read: {reason(error)}") from error
    key = SealKey.of_text(text.removesuffix("\n"))
    if key is None:
        raise NotProved(str(path), "this is no key to seal with; 'factledger key --seal' makes one")
    return key
