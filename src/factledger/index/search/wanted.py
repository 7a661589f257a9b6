"""What is looked for: words, each of which must occur, and facets of the entries that hold them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from factledger.named import NamedTuple

FACETS = ("kind", "type", "source", "actor", "year")
MOST_FOUND = 10_000  # entries that are counted; there may be more
_FACET = "¤"  # no letter: no word begins with it
_WORD = re.compile(r"[^\W_]+")


def words_in(text: str) -> list[str]:
    """Return the words of a text as they are compared: in small letters, without accents.

    >>> words_in("Élysée-Palast, 2023: «Straße»")
    ['elysee', 'palast', '2023', 'strasse']
    """
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def facet_term(facet: str, value: str) -> str:
    """Return the term under which the entries of a facet are found beside those of words.

    >>> facet_term("year", "2023")
    '¤y32303233'
    """
    return f"{_FACET}{facet[0]}{value.encode('utf-8', 'surrogatepass').hex()}"


def is_facet(term: str) -> bool:
    """Return whether a term is that of a facet, and no word."""
    return term.startswith(_FACET)


def as_phrase(term: str) -> str:
    """Return a term as FTS5 reads it."""
    return f'"{term}"'


def matching(words: Iterable[str], facets: Iterable[str]) -> str:
    """Return words in the language of FTS5, all of which must be there, and terms of facets.

    >>> matching(map(as_phrase, ["summit"]), [facet_term("year", "2023")])
    '"summit" AND "¤y32303233"'
    """
    return " AND ".join([*words, *map(as_phrase, facets)])


class Wanted(NamedTuple):
    """Words, each as a whole or with `beginnings` as the beginning of one, and terms of facets.

    What wants nothing finds nothing.
    """

    words: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    beginnings: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.facets)

    def fits(self, terms: Collection[str]) -> bool:
        """Return whether an entry with these terms is looked for."""
        if not self or not all(facet in terms for facet in self.facets):
            return False
        if self.beginnings:
            return all(any(term.startswith(word) for term in terms) for word in self.words)
        return all(word in terms for word in self.words)
