"""Sources in words: the publisher and the date, the words that were in_quotes, and numbers for notes."""

from __future__ import annotations

from collections.abc import Sequence

from factledger.dates.wording.told import date_words
from factledger.records.claims import Citation
from factledger.status.belief import Belief
from factledger.status.live.live import Support

UNDATED = "no date"


def source_in_words(name: str, belief: Belief) -> str:
    """Return the publisher of a source, or its title, with the date of publication."""
    source = belief.source(name)
    if source is None:
        return f"{name}, not known any more"
    published = date_words(source.published) if source.published else UNDATED
    return f"{source.publisher or source.title}, {published}"


def in_quotes(words: str) -> str:
    """Return words in quotation marks.

    >>> in_quotes("we met")
    '“we met”'
    """
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def cited_words(citation: Citation) -> str:
    """Return the quote of a citation, or its place where the words are sealed or none were cited."""
    if citation.quote:
        return in_quotes(citation.quote)
    place = (
        f"characters {citation.start}-{citation.end}"
        if citation.start is not None
        else citation.locator
    )
    return f"{place}, sealed" if citation.sealed else f"{place}"


class Notes:
    """Numbers for sources, in the order in which they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        """The sources, in the order of their numbers."""
        return [*self._numbers]

    def number(self, name: str) -> int:
        """Return the number of a source; a new one for a source that is new."""
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def cited(self, supports: Sequence[Support]) -> str:
        """Return the numbers of the sources that say so, each with the doubt that it has of its own.

        The doubt of the first is that of the claim, and stands in its sentence.
        """
        if len(supports) == 1:  # as of most claims
            return f"[{self.number(supports[0].citation.source)}]"
        doubts: dict[int, str] = {}
        for i, support in enumerate(supports):
            number = self.number(support.citation.source)
            doubts.setdefault(number, support.hedge if support.hedge and i else "")
        told = [f"{n}: {in_quotes(doubts[n])}" if doubts[n] else f"{n}" for n in sorted(doubts)]
        return f"[{' '.join(told)}]" if told else ""

    def lines(self, belief: Belief) -> list[str]:
        """Return each source with its number, in words."""
        return [f"[{i}] {source_in_words(n, belief)}" for i, n in enumerate(self.names, start=1)]
