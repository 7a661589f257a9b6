"""A standing or a turn → the parts of it that a page shows, each with the entry it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeAlias

import attrs

from factledger.citations.surroundings import Passage, passage_in
from factledger.dates.days import BEGINNING, Day
from factledger.ledger.ledger import Ledger
from factledger.output.words.dates import standing_dates
from factledger.output.words.disputes import side_sentence
from factledger.output.words.sources import cited_words, source_in_words
from factledger.output.words.standings import citation_places, shortened
from factledger.output.words.tallies import beside
from factledger.records.claims import Citation
from factledger.status.belief import Belief
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.status.tracks.changes import Change
from factledger.views.agreement.contradictions import Side
from factledger.views.view import View

_AGAINST = 3  # sides that a standing shows; the others are linked

Passages: TypeAlias = Callable[[Citation], Passage | None]
"""What returns the quote of a citation in its sentence, None where the text is not at hand."""

# Told apart by shape, for those who do not see the colours.
SIGNS = {
    Status.DEFINITE: "●",
    Status.POSSIBLE: "◌",
    Status.PRESUMED: "◐",
    Status.ENDED: "■",
    Status.NOT_YET: "□",
    Status.CONTESTED: "⚑",
}


@attrs.frozen
class CitedPlace:
    """A place in a source: publisher and date, the words or the place of them, the declaring entry.

    The `passage` is the quote in its sentence, where the text is at hand.
    """

    text: str
    entry: int | None
    sealed: bool
    source: str = ""
    quote: str = ""
    passage: Passage | None = None


@attrs.frozen
class SideWords:
    """Where one side of a dispute is said: publisher and date, the words, and these in their sentence."""

    source: str
    words: str
    passage: Passage | None


@attrs.frozen
class Against:
    """What contests a standing: its entry, what it says, and where that was said."""

    number: int
    says: str
    cited: tuple[SideWords, ...]


@attrs.frozen
class StandingRow:
    """One standing in the parts that a page shows."""

    number: int
    status: str
    sign: str
    sentence: str
    dates: str
    beside: str | None
    derived: bool
    label: str | None
    also: tuple[int, ...]
    began_with: int | None
    contested_by: tuple[int, ...]
    against: tuple[Against, ...]
    places: tuple[CitedPlace, ...]
    support: int

    @property
    def anchor(self) -> str:
        """The name of the row within its page."""
        return f"e{self.number}{'-state' if self.derived else ''}"


@attrs.frozen
class Turn:
    """A change of one standing: on `day` it became `status`."""

    day: str | None
    number: int
    sentence: str
    status: str
    sign: str
    before: str
    derived: bool
    contested_by: tuple[int, ...]


def passages_of(ledger: Ledger) -> Passages:
    """Return what gives the passages of a ledger, for the time of one page; of sealed words none."""
    text = cache(ledger.text)

    def passage(citation: Citation) -> Passage | None:
        if not citation.quote or citation.start is None or citation.end is None:
            return None
        found = text(citation.source)
        return None if found is None else passage_in(found, citation.start, citation.end)

    return passage


def standing_rows(
    view: View, standings: Iterable[Standing], passages: Passages
) -> Iterator[StandingRow]:
    """Yield standings in the parts that a page shows."""
    for standing in standings:
        claim = standing.claim
        yield StandingRow(
            number=standing.number,
            status=str(standing.status),
            sign=SIGNS[standing.status],
            sentence=standing.sentence.removesuffix("."),
            dates=standing_dates(standing),
            beside=beside(standing, view),
            derived=standing.derived,
            label=claim.label,
            also=standing.also,
            began_with=None if standing.derived else standing.because,
            contested_by=standing.contested_by,
            against=tuple(against(view, standing, passages)),
            places=tuple(cited_places(view.belief, standing, passages)),
            support=standing.support,
        )


def cited_places(belief: Belief, standing: Standing, passages: Passages) -> Iterator[CitedPlace]:
    """Yield the places in sources from which a standing is cited, in the order of the log."""
    for text, citation in zip(citation_places(standing), standing.citations, strict=True):
        yield CitedPlace(
            text=shortened(text),
            entry=declaring_entry(belief, citation),
            sealed=bool(citation.sealed),
            source=source_in_words(citation.source, belief),
            quote=citation.quote or "",
            passage=passages(citation),
        )


def against(view: View, standing: Standing, passages: Passages) -> Iterator[Against]:
    """Yield what contests a standing, the first few, each in words."""
    index = view.belief.index
    for number in standing.contested_by[:_AGAINST]:
        held = next(iter(view.why(number)), None)
        citations = getattr(index.content(number), "citations", ())
        yield side_told(Side(number, held, citations), view, passages)


def side_told(side: Side, view: View, passages: Passages) -> Against:
    """Return one side of a dispute in words, with where it is said."""
    words = (
        SideWords(source_in_words(c.source, view.belief), cited_words(c), passages(c))
        for c in side.citations
    )
    return Against(side.number, side_sentence(side, view), tuple(words))


def declaring_entry(belief: Belief, citation: Citation) -> int | None:
    """Return the newest entry that a belief knows to declare the source of a citation."""
    entries = belief.index.declarations("source", citation.source)
    return max(belief.index.upto(entries, belief.recorded), default=None)


def turn_of(change: Change) -> Turn:
    """Return a change in the parts that a page shows."""
    standing = change.standing
    return Turn(
        day=None if change.day == BEGINNING else str(change.day),
        number=change.number,
        sentence=standing.sentence.removesuffix("."),
        status=str(change.after),
        sign=SIGNS[change.after],
        before=str(change.before),
        derived=standing.derived,
        contested_by=standing.contested_by,
    )


def days_of(changes: Iterable[Change]) -> list[Day]:
    """Return the days of changes, each once, rising; without the beginning of time."""
    return sorted({change.day for change in changes} - {BEGINNING})
