"""Signed notes as in C2SP signed-note: a text with its signatures by Ed25519 keys.

A note is verified as it was received, byte for byte, and never as it would be written again.
Only signing and verifying need the package `cryptography` (`pip install 'factledger[sign]'`).
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import Error, a2b_base64
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from factledger.errors import MissingExtra, NotProved

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ed25519

MAX_NOTE = 2**20
MAX_SIGNATURES = 64
ED25519 = b"\x01"
ID_BYTES = 4
_SEED_BYTES = 32
_DASH = "\u2014 "
_PRIVATE = "PRIVATE+KEY+"
_control = re.compile(r"[\x00-\x09\x0b-\x1f]").search
_parts = re.compile(r"([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)").fullmatch


@attrs.frozen
class Signature:
    """One line below a note: the name of the signer, the id of the key, and the signature."""

    name: str
    id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.id + self.value).decode()}"


@attrs.frozen
class SignedNote:
    """A text that ends in a line feed, and its signatures, none of them verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)


@attrs.frozen
class PublicKey:
    """A key to verify signatures with; its text is `NAME+ID+KEY`, made to be handed out."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """The first bytes of a hash over name and key, by which a note names its signer."""
        whole = self.name.encode() + b"\n" + ED25519 + self.key
        return sha256(whole).digest()[:ID_BYTES]

    @property
    def short(self) -> str:
        """The name and the id: enough to tell keys apart, not to verify with."""
        return f"{self.name}+{self.id.hex()}"

    def __str__(self) -> str:
        return f"{self.short}+{b64encode(ED25519 + self.key).decode()}"

    def verifies(self, text: bytes, signature: bytes) -> bool:
        """Return whether a signature is of this key over a text."""
        from_bytes, wrong = _curve().Ed25519PublicKey.from_public_bytes, _invalid_signature()
        try:
            from_bytes(self.key).verify(signature, text)
        except (wrong, ValueError):
            return False
        return True


@attrs.frozen
class PrivateKey:
    """A key to sign notes with; its text `PRIVATE+KEY+NAME+ID+SEED` is a secret.

    `signed` is the file that tells what it signed last, None for a key that is in memory alone:
    nothing but the checkpoint beside a ledger keeps that from signing two histories.
    """

    name: str
    seed: bytes = attrs.field(repr=False)
    signed: Path | None = attrs.field(default=None, eq=False)

    @classmethod
    def new(cls, name: str, entropy: Callable[[int], bytes]) -> PrivateKey:
        """Return a fresh key; `name` may hold neither blanks nor a plus."""
        if not is_key_name(name):
            raise NotProved("key", f"{name!r} cannot name a key: no blanks, no plus, not nothing")
        return cls(name, entropy(_SEED_BYTES))

    @property
    def public(self) -> PublicKey:
        """The public half of the key."""
        return PublicKey(self.name, self._signer().public_key().public_bytes_raw())

    def secret_text(self) -> str:
        """Return the text that a key file holds; never print it."""
        seed = b64encode(ED25519 + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.public.id.hex()}+{seed}"

    def sign(self, text: str) -> SignedNote:
        """Return a text, which ends in a line feed, with the signature of this key."""
        value = self._signer().sign(text.encode())
        return SignedNote(text, (Signature(self.name, self.public.id, value),))

    def _signer(self) -> ed25519.Ed25519PrivateKey:
        return _curve().Ed25519PrivateKey.from_private_bytes(self.seed)  # type: ignore[no-any-return]


def _curve() -> Any:
    """Return the module for Ed25519; raises `MissingExtra` where it is not installed."""
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ModuleNotFoundError:
        raise MissingExtra("Ed25519 signatures", "cryptography", "sign") from None
    return ed25519


def _invalid_signature() -> type[Exception]:
    from cryptography.exceptions import InvalidSignature

    return InvalidSignature


def is_key_name(name: str) -> bool:
    """Return whether a text can name a key: not empty, without blanks and plus, in UTF-8."""
    return (
        bool(name)
        and "+" not in name
        and not any(map(str.isspace, name))
        and not any("\ud800" <= c <= "\udfff" for c in name)
    )


def parse_public_key(text: str) -> PublicKey:
    """Return the key that a text `NAME+ID+KEY` holds; raises NotProved for any other."""
    if text.startswith(_PRIVATE):
        raise NotProved("key", "this is the private key; give the public one, NAME+ID+KEY")
    name, id_, raw = _key_parts(text, "NAME+ID+KEY")
    return _with_id(PublicKey(name, raw), id_)


def parse_private_key(text: str, place: str) -> PrivateKey:
    """Return the key that a text `PRIVATE+KEY+NAME+ID+SEED` holds; raises NotProved."""
    if not text.startswith(_PRIVATE):
        raise NotProved(place, "this is no private key; 'factledger key' makes one")
    name, id_, seed = _key_parts(text.removeprefix(_PRIVATE), "a private key", place)
    key = PrivateKey(name, seed)
    _with_id(key.public, id_, place)
    return key


def _key_parts(text: str, wanted: str, place: str = "key") -> tuple[str, str, bytes]:
    found = _parts(text)
    raw = strict_base64(found[3]) if found else None
    if found is None or raw is None or not is_key_name(found[1]):
        raise NotProved(place, f"wanted {wanted}, found something else")
    if raw[:1] != ED25519 or len(raw) != 1 + _SEED_BYTES:
        raise NotProved(place, "it is not of Ed25519, the only kind that is known here")
    return found[1], found[2], raw[1:]


def _with_id(key: PublicKey, id_: str, place: str = "key") -> PublicKey:
    if key.id.hex() != id_:
        raise NotProved(place, f"its id is {id_}, but its name and key make {key.id.hex()}")
    return key


def strict_base64(text: str) -> bytes | None:
    """Return the bytes of a base64 text, None for a text that is not their one spelling."""
    try:
        raw = a2b_base64(text.encode("ascii"))
    except (Error, UnicodeEncodeError):
        return None
    return raw if b64encode(raw).decode() == text else None


def parse_note(data: bytes, place: str = "note") -> SignedNote:
    """Return a note as it was received, its signatures not verified; raises NotProved."""
    if len(data) > MAX_NOTE:
        raise NotProved(place, f"longer than {MAX_NOTE} bytes")
    text, blank, below = note_text(data, place).rpartition("\n\n")
    if not (blank and below):
        raise NotProved(place, "it is no signed note: no blank line, or no signature below it")
    if not below.endswith("\n"):
        raise NotProved(place, "its last line has no line feed")
    lines = below.removesuffix("\n").split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NotProved(place, f"more than {MAX_SIGNATURES} signatures")
    number = text.count("\n") + 3
    found = (_parse_signature(line, f"{place}:{n}") for n, line in enumerate(lines, number))
    return SignedNote(text + "\n", tuple(found))


def note_text(data: bytes, place: str) -> str:
    """Return bytes as the text of a note can be: UTF-8 without control characters."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotProved(place, "it is not UTF-8") from None
    if hidden := _control(text):
        line = text.count("\n", 0, hidden.start()) + 1
        raise NotProved(f"{place}:{line}", f"it holds the control character {hidden[0]!r}")
    return text


def _parse_signature(line: str, place: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    raw = strict_base64(encoded)
    if not line.startswith(_DASH) or not is_key_name(name) or raw is None or len(raw) <= ID_BYTES:
        raise NotProved(place, f"wanted a signature (em dash, name, base64), found {line[:80]!r}")
    return Signature(name, raw[:ID_BYTES], raw[ID_BYTES:])


def check_signed(note: SignedNote, key: PublicKey, place: str = "note") -> None:
    """Raise NotProved unless the key signed the note; one false signature of it is too many."""
    own = [s for s in note.signatures if (s.name, s.id) == (key.name, key.id)]
    if not own:
        others = ", ".join(f"{s.name}+{s.id.hex()}" for s in note.signatures)
        told = f"not signed by {key.short}, but by {others}"
        raise NotProved(place, told.encode("ascii", "backslashreplace").decode())
    text = note.text.encode()
    if not all(key.verifies(text, signature.value) for signature in own):
        raise NotProved(place, f"the signature of {key.short} does not fit the text")
