"""Seals of passages: a hash of the folded words, plain or under a key that is kept elsewhere."""

from __future__ import annotations

import hashlib
import hmac
import re

import attrs

EASY = 20  # characters: a shorter passage is guessed in minutes, where its seal is plain
SECRET_BYTES = 32
_KEYED = "hmac-sha256:"
_PREFIX = "SEAL+KEY+"
_text = re.compile(r"SEAL\+KEY\+([0-9a-f]{8})\+([0-9a-f]{64})").fullmatch


@attrs.frozen
class SealKey:
    """A key to seal passages with; its text `SEAL+KEY+ID+SECRET` is a secret.

    Who lacks it can try no guess on a seal, and verify none either.
    """

    secret: bytes = attrs.field(repr=False)

    @property
    def id(self) -> str:
        """Eight hexadecimal digits, by which a seal says which key it needs."""
        return hashlib.sha256(b"factledger seal key\n" + self.secret).hexdigest()[:8]

    def secret_text(self) -> str:
        """Return the text that a file of the key holds; never print it."""
        return f"{_PREFIX}{self.id}+{self.secret.hex()}"

    @classmethod
    def of_text(cls, text: str) -> SealKey | None:
        """Return the key that a text holds, None for any other text."""
        found = _text(text)
        key = None if found is None else cls(bytes.fromhex(found[2]))
        return key if key is not None and found is not None and key.id == found[1] else None


def sealed_words(folded: str, key: SealKey | None) -> str:
    """Return the seal of folded words: SHA-256 in hex, or HMAC-SHA-256 with the id of the key."""
    # A lone surrogate is refused when a record is written, not here.
    raw = folded.encode("utf-8", "surrogatepass")
    if key is None:
        return hashlib.sha256(raw).hexdigest()
    return f"{_KEYED}{key.id}:{hmac.digest(key.secret, raw, 'sha256').hex()}"


def is_keyed(seal: str) -> bool:
    """Return whether a seal was made with a key."""
    return seal.startswith(_KEYED)


def fitting_key(seal: str, key: SealKey | None) -> SealKey | None:
    """Return the key to verify a seal with, None for a plain one."""
    return key if is_keyed(seal) else None


def key_fault(seal: str, key: SealKey | None) -> str | None:
    """Return why a seal cannot be verified with a key, None if it can.

    >>> key_fault("hmac-sha256:00c0ffee:ab", None)
    'it is sealed with the key 00c0ffee; give that with --seal-key'
    """
    if not is_keyed(seal):
        return None
    wanted = seal.removeprefix(_KEYED).partition(":")[0]
    if key is not None and key.id == wanted:
        return None
    other = "" if key is None else f", this one is {key.id}"
    return f"it is sealed with the key {wanted[:8]}; give that with --seal-key{other}"
