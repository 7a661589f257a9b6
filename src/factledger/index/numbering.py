"""The numbers that stand for pairs of actors, and for words, in the tables of an index."""

from __future__ import annotations

from factledger.index.bodies import Pair
from factledger.index.reader import TableReader

_KEPT = 1 << 18  # numbers of pairs that are kept once they were read


class Numbering:
    """Pairs and words by number; a number is given when a pair or a word is first written."""

    def __init__(self, reader: TableReader) -> None:
        self._reader = reader
        self._pairs: dict[Pair, int] = {}
        self._words: dict[str | tuple[str, ...], int] = {}

    def forget(self) -> None:
        """Forget the numbers that were read: a rollback or another process may have changed them."""
        self._pairs.clear()
        self._words.clear()

    def known_pair(self, pair: Pair) -> int | None:
        """Return the number of a pair, None where it has none. Looking a pair up never creates it."""
        found = self._pairs.get(pair)
        if found is None:
            if len(self._pairs) >= _KEPT:
                self._pairs.clear()
            query = "SELECT id FROM pair WHERE one = ? AND other = ?"
            for (found,) in self._reader.all(query, *pair):
                self._pairs[pair] = found
        return found

    def pair(self, pair: Pair) -> int:
        """Return the number of a pair, which is given to it here where it has none."""
        found = self.known_pair(pair)
        if found is None:
            execute = self._reader.connection.execute
            made = execute("INSERT INTO pair (one, other) VALUES (?, ?)", pair)
            found = self._pairs[pair] = int(made.lastrowid or 0)
        return found

    def word(self, word: str | tuple[str, ...]) -> int:
        """Return the number of a word, or of several that stand together; given as to a pair."""
        found = self._words.get(word)
        if found is None:
            text = word if isinstance(word, str) else " ".join(word)
            self._reader.connection.execute("INSERT OR IGNORE INTO word (word) VALUES (?)", (text,))
            found = self._reader.all("SELECT id FROM word WHERE word = ?", text)[0][0]
            self._words[word] = found
        return int(found)
