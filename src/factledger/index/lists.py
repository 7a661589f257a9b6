"""The lists of an index that lie in tables, kept in memory once they were read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import cast

from factledger.index.bodies import key_text
from factledger.index.tables import Tables
from factledger.records.vocabulary import Key

_LONG = frozenset({"label", "target", "key", "content"})
_KEPT = 4096  # lists that are kept once they were read


class TableLists:
    """The lists of the tables, each read when it is asked for; short ones are read in whole.

    They are those up to entry `last`: others may have written more, which is not to be seen yet.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.last = 0
        self._lists: dict[tuple[str, str], list[int]] = {}
        self._whole: dict[str, bool] = {}  # which lists are read in whole, and which are too long
        self._empty: set[str] = set()  # which of those that are read in whole hold nothing

    def on(self, name: str, key: Hashable) -> Sequence[int]:
        """Return the entries on a list under a key, oldest first."""
        place = name, key if type(key) is str else as_text(key)
        found = self._lists.get(place)
        if found is None:
            found = self._read(place)
            if len(self._lists) >= _KEPT:
                self.clear()
            self._lists[place] = found
        return found

    def read_ahead(self, name: str, keys: Sequence[Hashable]) -> None:
        """Read a list under some keys, which are asked for next."""
        new = [
            place for place in ((name, as_text(key)) for key in keys) if place not in self._lists
        ]
        if not new:
            return  # where the tables are not made yet, none can be asked
        if len(self._lists) + len(new) > _KEPT:
            self.clear()
        found: dict[tuple[str, str], list[int]] = {place: [] for place in new}
        for key, number in self._tables.under(name, [key for _, key in new], self.last):
            found[name, key].append(number)
        self._lists.update(found)

    def is_empty(self, name: str) -> bool:
        """Return whether a list is read in whole, and holds nothing."""
        return self._is_whole(name) and name in self._empty

    def keys(self, name: str) -> list[str]:
        """Return the keys of a list, in the order of their first entries."""
        return self._tables.keys(name, self.last)

    def take(self, postings: Iterable[tuple[str, Hashable, int]]) -> None:
        """Add what was written to the tables to the lists that were read before."""
        for name, key, number in postings:
            self._empty.discard(name)
            place = name, as_text(key)
            if self._whole.get(name) or place in self._lists:
                self._lists.setdefault(place, []).append(number)

    def clear(self) -> None:
        """Forget the lists that were read."""
        self._lists.clear()
        self._whole.clear()
        self._empty.clear()

    def _read(self, place: tuple[str, str]) -> list[int]:
        name, key = place
        if name in _LONG or not self._is_whole(name):
            return self._tables.postings(name, key, self.last)
        return self._lists.get(place, [])

    def _is_whole(self, name: str) -> bool:
        """Return whether a list is short, and read in whole: what is not in it is nowhere."""
        if name not in self._whole:
            rows = self._tables.some(name, _KEPT // 2 + 1, self.last)
            self._whole[name] = len(rows) <= _KEPT // 2
            if not rows:
                self._empty.add(name)
            for key, number in rows if self._whole[name] else ():
                self._lists.setdefault((name, key), []).append(number)
        return self._whole[name]


def as_text(key: Hashable) -> str:
    """Return a key as the tables write it."""
    return key_text(cast(Key, key)) if type(key) is tuple else str(key)
