"""Private keys in files: made for a ledger, and read again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import attrs

from factledger.errors import NotProved, WriteRefused
from factledger.log.proofs.signed_notes import MAX_NOTE, PrivateKey, PublicKey, parse_private_key
from factledger.log.proofs.signer import Signed, keep_signed, signed_path
from factledger.log.stores.files import gone_if_failed, read_up_to, reason
from factledger.log.stores.placing.begun_files import write_new


def make_key(
    path: Path,
    name: str,
    *,
    first: str | None = None,
    entropy: Callable[[int], bytes] = os.urandom,
) -> PublicKey:
    """Return the public half of a new key, whose private half is written to a new file.

    Only its owner can read the file. `first` is the hash of entry 1 of the ledger that it is for;
    it signs for no other then, though that bears the same name. Raises WriteRefused for a file
    that is there.
    """
    key, signed = PrivateKey.new(name, entropy), signed_path(path)
    text = key.secret_text() + "\n"
    try:
        if signed.exists() and not path.exists():
            raise WriteRefused(str(signed), "it tells what an older key signed; move it away")
        write_new(path, text.encode(), os.fsync, 0o600)
    except OSError as error:
        raise WriteRefused(str(path), reason(error)) from error
    if first is not None:
        with gone_if_failed(path), gone_if_failed(signed):  # nobody has seen its public half
            keep_signed(signed, Signed(first))
    return key.public


def read_key(path: Path, signed: Path | None = None) -> PrivateKey:
    """Return the private key in a file; raises NotProved where there is none.

    `signed` is the file that tells what it signed last, by itself the one beside the key.
    """
    try:
        text = read_up_to(path, MAX_NOTE).decode("ascii", errors="replace")
    except OSError as error:
        raise NotProved(str(path), f"cannot read: {reason(error)}") from error
    key = parse_private_key(text.removesuffix("\n"), str(path))
    return attrs.evolve(key, signed=signed or signed_path(path))
