"""The address of an entry: the hash of what it says, the same in every ledger that holds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256

from factledger.errors import NotFound
from factledger.index.base import Index
from factledger.index.fingerprints import content_hash
from factledger.log.canonical import encoded
from factledger.records.codec import Body

DIGITS_SHOWN = 10
"""How many digits of an address are shown: among a million entries two alike are unlikely."""

FEWEST_DIGITS = 4
"""The fewest digits by which an entry can be named."""

_ADDRESS = re.compile(r"@[0-9a-f]{1,64}")
_SPELLED = "an address is '@' and digits from 0 to 9 and a to f, at most 64"
_REFERRING = frozenset(
    {"assessment", "correct", "close", "retract", "corroborate", "dispute", "identify", "redact"}
)


class Addresses:
    """The addresses of the entries of an index, and the entries that an address names.

    An address covers what a record says, but for its label and how it came into the ledger. In the
    place of the numbers of other entries stand their addresses, so that it survives a merge.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._found: dict[int, str] = {}

    def of(self, number: int) -> str:
        """Return the 64 digits of an entry's address; "" where its content was erased."""
        waiting = [number]
        while waiting:
            body = self._index.body(waiting[-1])
            missing = [n for n in references(body) if n < waiting[-1] and n not in self._found]
            if missing:
                waiting += missing
            else:
                self._found[waiting.pop()] = self._hashed(body)
        return self._found[number]

    def shown(self, number: int) -> str:
        """Return an entry's address as it is shown, such as `@3fa92c1b04`; "" for an erased one."""
        found = self.of(number)
        return found and f"@{found[:DIGITS_SHOWN]}"

    def entry(self, address: str) -> int:
        """Return the entry that an address names, or its first digits do: the newest that says so.

        Raises `NotFound` where no entry has it, where several do that say other things, and where
        the text is no address.
        """
        digits = address.removeprefix("@")
        if digits and not is_address(f"@{digits}"):
            raise NotFound(f"the entry {address!r}", _SPELLED)
        found = {self.of(number): number for number in self._alike(digits)}
        if len(digits) < FEWEST_DIGITS or len(found) != 1:
            raise NotFound(*self._astray(address, len(digits), list(found.values())))
        return found.popitem()[1]

    def _astray(self, address: str, digits: int, found: list[int]) -> tuple[str, str]:
        """Return what an address was to name and does not, and what to do."""
        if digits < FEWEST_DIGITS:
            return f"the entry {address!r}", f"write at least {FEWEST_DIGITS} of its digits"
        if not found:
            return f"the entry {address!r}", "'factledger log --addresses' lists them"
        told = ", ".join(
            f"#{n} is @{self.of(n)[: max(DIGITS_SHOWN, digits + 2)]}" for n in found[:5]
        )
        return f"the one entry {address!r}", f"{told}; write more of its digits"

    def _alike(self, digits: str) -> Iterator[int]:
        """Yield the entries whose addresses begin with some digits, oldest first."""
        last = len(self._index)
        kinds = self._index.kinds(1, last)
        referring = [n for n, kind in enumerate(kinds, 1) if kind in _REFERRING]
        by_content = self._index.with_content(_short(digits, "0"), _short(digits, "f"))
        for number in sorted({*referring, *by_content}):
            if self.of(number).startswith(digits or "-"):
                yield number

    def _hashed(self, body: Body | None) -> str:
        if body is None:
            return ""
        if not references(body):
            return content_hash(body, encoded(body)).hex()
        named = readdressed(body, lambda number: self._found.get(number, ""))
        return sha256(content_hash(named, encoded(named))).hexdigest()


def is_address(text: str) -> bool:
    """Return whether a text is an address, or the beginning of one.

    >>> is_address("@3fa9"), is_address("3fa9"), is_address("@Visit")
    (True, False, False)
    """
    return _ADDRESS.fullmatch(text) is not None


def references(body: Body | None) -> list[int]:
    """Return the numbers of the entries that a body names.

    >>> references({"kind": "correct", "target": 6, "settles": [9], "record": {"kind": "event"}})
    [6, 9]
    """
    found: list[int] = []

    def noted(number: int) -> int:
        found.append(number)
        return number

    if body is not None:
        readdressed(body, noted)
    return found


def readdressed(body: Body, name_of: Callable[[int], object]) -> Body:
    """Return a body that names other entries by other names than their numbers here."""
    named = dict(body)
    for field in ("target", "claim"):
        if field in body:
            named[field] = name_of(body[field])
    for field in ("claims", "settles"):
        if field in body:
            named[field] = [name_of(number) for number in body[field]]
    if "about" in body:
        named["about"] = [{**a, "target": name_of(a["target"])} for a in body["about"]]
    if isinstance(body.get("record"), dict):
        named["record"] = readdressed(body["record"], name_of)
    return named


def _short(digits: str, fill: str) -> int:
    """Return the first eight bytes of a hash that begins with some digits, as an index keeps them."""
    return int.from_bytes(bytes.fromhex(digits[:16].ljust(16, fill)), "big", signed=True)
