"""A disk as a power cut may leave it: what is sure after a sync, and what may be lost before.

It is a harsher disk than most. What was not synced is there in any choice of its sectors, torn at
any byte, as zeros, or as noise. A name that was given or taken away may be forgotten until its
folder was synced. And what a failed sync dropped is lost, although every later sync succeeds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations
from pathlib import PurePath
from typing import TypeAlias

import attrs

from faults.plan import Files

SECTOR = 512
_EVERY_BYTE = 1024  # so many bytes that are not sure are torn at each, more of them at some
_SOME = 331  # bytes between two places where a longer write is torn
_SUBSETS = 12  # choices of sectors that are drawn for a file at a crash
_CHOICES = 4  # changes of names of which every choice is tried


@attrs.frozen
class Write:
    """Bytes that are put at an offset of a file; a gap before them reads as zeros."""

    offset: int
    data: bytes

    def change(self, content: bytearray) -> None:
        """Put the bytes in their place."""
        content.extend(bytes(max(self.offset - len(content), 0)))
        content[self.offset : self.offset + len(self.data)] = self.data

    def sectors(self) -> Iterator[Write]:
        """Yield the parts that a disk writes each by itself."""
        start, last = self.offset, self.offset + len(self.data)
        while start < last:
            end = min(start + SECTOR - start % SECTOR, last)
            yield Write(start, self.data[start - self.offset : end - self.offset])
            start = end


@attrs.frozen
class Cut:
    """A file made as long as `size`."""

    size: int

    def change(self, content: bytearray) -> None:
        """Make it so long."""
        content.extend(bytes(max(self.size - len(content), 0)))
        del content[self.size :]

    def sectors(self) -> Iterator[Cut]:
        """Yield itself: a length changes at once."""
        yield self


Change: TypeAlias = Write | Cut
Content: TypeAlias = Callable[[], bytes]  # made when it is asked for
State: TypeAlias = dict[str, Content]


@attrs.define(eq=False)
class Node:
    """A file apart from its name: what is sure of it, then the changes since, each sure or loose.

    A `doomed` change stays loose for ever: a sync that failed dropped it.
    """

    base: bytes = b""
    is_folder: bool = False
    changes: list[tuple[Change, str]] = attrs.Factory(list)

    @property
    def now(self) -> bytes:
        """What a running program reads."""
        return self._with(range(len(self.changes)))

    def _with(
        self, chosen: Collection[int], instead: Mapping[int, Change] | None = None, size: int = 0
    ) -> bytes:
        """Return the content with what is sure and the chosen changes, some others in their place.

        It is filled up with zeros to `size`.
        """
        content = bytearray(self.base)
        for i, (change, fate) in enumerate(self.changes):
            if fate == "sure" or i in chosen:
                (instead or {}).get(i, change).change(content)
        return bytes(content).ljust(size, b"\0")

    def take(self, change: Change) -> None:
        """Take in a change, sector by sector."""
        self.changes += [(part, "loose") for part in change.sectors()]

    def synced(self) -> None:
        """Make sure what is loose."""
        self.changes = [
            (change, "sure" if fate == "loose" else fate) for change, fate in self.changes
        ]
        if all(fate == "sure" for _, fate in self.changes):
            self.base, self.changes = self.now, []

    def dropped(self) -> None:
        """Doom the loose writes: their pages count as clean from now on, and are not."""
        self.changes = [
            (change, "doomed" if fate == "loose" and isinstance(change, Write) else fate)
            for change, fate in self.changes
        ]

    @property
    def _loose(self) -> list[int]:
        return [i for i, (_, fate) in enumerate(self.changes) if fate != "sure"]

    def noisy(self, rng: random.Random) -> Iterator[Content]:
        """Yield the content with noise in place of each part that is not sure."""
        for i in self._loose:
            yield partial(self._with, self._loose, {i: _noise(self.changes[i][0], rng)})

    def contents(self, rng: random.Random) -> Iterator[Content]:
        """Yield what a power cut may leave of it; the same content may come twice."""
        loose = self._loose
        for count, i in enumerate(loose):
            yield from self._torn(i, loose[:count], len(loose))
            yield partial(self._with, {*loose} - {i})
            yield partial(self._with, {i})
        for _ in range(_SUBSETS if len(loose) > 1 else 0):
            yield partial(self._with, {i for i in loose if rng.random() < 0.5})
        yield partial(self._with, loose)

    def _torn(self, i: int, before: list[int], loose: int) -> Iterator[Content]:
        """Yield the content with all that is loose before a change, and a part of that change.

        With zeros for the rest, too: the length of a file may have lasted without its bytes.
        """
        change, size = self.changes[i][0], len(self.now)
        ends: Iterable[int] = ()
        if isinstance(change, Write):
            ends = range(1, len(change.data), 1 if loose * SECTOR <= _EVERY_BYTE else _SOME)
        for chosen, instead in (
            (before, {}),
            *((([*before, i]), _part(i, change, end)) for end in ends),
        ):
            yield partial(self._with, chosen, instead)
            yield partial(self._with, chosen, instead, size)


def _part(i: int, change: Change, end: int) -> Mapping[int, Change]:
    assert isinstance(change, Write)
    return {i: Write(change.offset, change.data[:end])}


def _noise(change: Change, rng: random.Random) -> Change:
    if isinstance(change, Cut):
        return change
    return Write(change.offset, rng.randbytes(len(change.data)))


Names: TypeAlias = dict[str, Node | None]  # by path; None for a name that is taken away


class Disk:
    """Files and folders below a root; names are paths from there."""

    def __init__(self, files: Files) -> None:
        self.names: dict[str, Node] = {name: Node(data) for name, data in files.items()}
        self.names |= {folder: Node(is_folder=True) for name in files for folder in _folders(name)}
        self._sure = dict(self.names)
        self._loose: list[Names] = []

    def rename(self, names: Names) -> None:
        """Give and take names, all at once; nothing is sure of it yet."""
        self._loose.append(names)
        self.names = _renamed(self.names, [names])

    def sync_folder(self, folder: str) -> None:
        """Make sure the names in a folder."""
        sure = [names for names in self._loose if _folder(next(iter(names))) == folder]
        self._sure = _renamed(self._sure, sure)
        self._loose = [names for names in self._loose if names not in sure]

    def states(self, rng: random.Random) -> Iterator[tuple[State, bool]]:
        """Yield the files that a power cut may leave now, and whether there is noise in one.

        They are to be looked at before the disk changes.
        """
        for chosen in _choices(self._loose):
            names = _renamed(self._sure, chosen)
            yield from _mixed(
                {
                    name: node
                    for name, node in names.items()
                    if not node.is_folder and {*_folders(name)} <= {*names}
                },
                rng,
            )


def _mixed(nodes: Mapping[str, Node], rng: random.Random) -> Iterator[tuple[State, bool]]:
    """Yield every state of each file, beside the newest and the oldest of the others."""
    newest: State = {name: partial(_newest, node) for name, node in nodes.items()}
    oldest: State = {name: partial(node._with, ()) for name, node in nodes.items()}
    yield newest, False
    yield oldest, False
    for name, node in nodes.items():
        for content in node.contents(rng) if node.changes else ():
            yield {**newest, name: content}, False
            yield {**oldest, name: content}, False
        for content in node.noisy(rng):
            yield {**newest, name: content}, True


def _newest(node: Node) -> bytes:
    return node.now


def _choices(loose: list[Names]) -> Iterator[list[Names]]:
    """Yield the changes of names that may have lasted: each choice of them, or each beginning."""
    if len(loose) > _CHOICES:
        yield from (loose[:count] for count in range(len(loose) + 1))
        return
    for count in range(len(loose) + 1):
        yield from map(list, combinations(loose, count))


def _renamed(names: Mapping[str, Node], changes: list[Names]) -> dict[str, Node]:
    found: Names = dict(names)
    for change in changes:
        found |= change
    return {name: node for name, node in found.items() if node is not None}


def _folder(name: str) -> str:
    """Return the folder of a name, empty for the root."""
    return str(PurePath(name).parent).removeprefix(".")


def _folders(name: str) -> list[str]:
    return [str(folder) for folder in PurePath(name).parents if str(folder) != "."]
