"""The root of a claim: what all claims that can bear on one another, at any cut, have in common.

Claims bear on one another under a key, or where somebody said that they are the same. A root is a
hash of a key with each actor replaced by the group of all that were ever said to be the same
somebody; a claim of several keys joins their roots. What is joined too much does no harm: the
fold decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate
from typing import Any

from factledger.index.bodies import identifiers, key_text, keys_of, whole_key
from factledger.records.codec import Body, from_body
from factledger.records.declarations import Type
from factledger.records.plain.who import roles_of
from factledger.records.vocabulary import Vocabulary
from factledger.status.groups import joined

NO_ROOT = 0


def ever_same(identities: Iterable[Body]) -> dict[str, str]:
    """Return the group of each actor that was ever said to be the same as another: its lowest id.

    >>> ever_same([{"actors": ["b", "a"], "verdict": "same"}, {"actors": ["b", "c"], "verdict": "same"}])
    {'a': 'a', 'b': 'a', 'c': 'a'}
    """
    pairs = [body["actors"] for body in identities if body["verdict"] == "same"]
    groups = joined(pairs)
    return dict(sorted((name, min(group)) for group in groups for name in group))


def vocabularies_of(shipped: Vocabulary, types: Iterable[Body]) -> tuple[Vocabulary, ...]:
    """Return the vocabularies under which claims may count: the last, and each before a correction."""
    found = shipped
    kept = []
    for body in types:
        content: Any = from_body(body).content
        if not isinstance(content, Type):
            continue
        if content.id in found.types:
            kept.append(found)
        found = found.declaring([content])
    return (*kept, found)


def roots_of_claim(
    claim: Body, vocabularies: Sequence[Vocabulary], groups: Mapping[str, str]
) -> list[int]:
    """Return the roots of the keys of a claim's body, rising; one without a key has its actors'."""
    keys = {key for v in vocabularies for key in keys_of(claim, v, lambda a: groups.get(a, a))}
    if not keys:
        who = [("", groups.get(actor, actor)) for actor in identifiers(claim)]
        keys = {whole_key(f"{claim['kind']} {claim['type']}", roles_of(who))}
    return sorted(root_of_text(key_text(key)) for key in keys)


def root_of_text(text: str) -> int:
    """Return the root of a key's text: the first 63 bits of its SHA-256, never `NO_ROOT`."""
    return int.from_bytes(sha256(text.encode()).digest()[:8]) >> 1 or 1


class Joined:
    """Roots that were joined; the lowest stands for all of them."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def find(self, root: int) -> int:
        """Return the root that stands for a root."""
        found = root
        while (above := self._above.get(found)) is not None:
            found = above
        while root != found:
            self._above[root], root = found, self._above[root]
        return found

    def join(self, roots: Iterable[int]) -> None:
        """Take note that some roots are one."""
        found = sorted({self.find(root) for root in roots})
        self._above.update(dict.fromkeys(found[1:], found[0]))


def first_bits(root: int, bits: int) -> int:
    """Return the leading bits of a root.

    >>> first_bits(1 << 62, 4)
    8
    """
    return root >> (63 - bits)


def splits(counts: Sequence[int], most: int, least: int = 0) -> list[range]:
    """Return ranges of cells that hold `most` rows each, as far as a cell can be parted no more.

    The number of cells is a power of two; each range is halved until it is small enough, and at
    least `least` times. A range without rows is left out.

    >>> splits([5, 1, 0, 0], 4)
    [range(0, 1), range(1, 2)]
    """
    sums = [0, *accumulate(counts)]

    def parts(cells: range, depth: int) -> list[range]:
        rows = sums[cells.stop] - sums[cells.start]
        if not rows:
            return []
        if len(cells) == 1 or (rows <= most and depth >= least):
            return [cells]
        middle = (cells.start + cells.stop) // 2
        halves = range(cells.start, middle), range(middle, cells.stop)
        return [part for half in halves for part in parts(half, depth + 1)]

    return parts(range(len(counts)), 0)
