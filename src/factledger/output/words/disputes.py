"""What is in dispute in words: the days, and each side with its words, publisher and date."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.dates.days import BEGINNING
from factledger.output.words.dates import in_words
from factledger.output.words.entries import record_sentence
from factledger.records.claims import Citation
from factledger.records.sentences.grammar import listed
from factledger.status.belief import Belief
from factledger.views.agreement.contradictions import Contradiction, Side
from factledger.views.view import View


def contested_days(found: Contradiction) -> str:
    """Return the days on which a contradiction is one, in words."""
    if found.since == BEGINNING:
        return "On every day" if found.until is None else f"Up to {found.until}"
    if found.until is None:
        return f"From {found.since} on"
    return f"On {found.since}" if found.since == found.until else f"{found.since} to {found.until}"


def side_sentence(side: Side, view: View) -> str:
    """Return what one side says: its entry, and the speaker before the sentence where there is one."""
    if side.standing is None:
        return (
            f"#{side.number} {record_sentence(view.belief.index.record(side.number), view.belief)}"
        )
    claim = side.standing.claim
    told = f"{listed(map(view.name, claim.attributed_to))}: " if claim.attributed_to else ""
    label = f" {claim.label}" if claim.label else ""
    return f"#{side.number}{label} {told}{side.standing.sentence}"


def side_citations(side: Side, view: View) -> Iterator[str]:
    """Yield where one side is said: publisher, date, and the quote or the place of the sealed words."""
    for citation in side.citations:
        yield f"{source_in_words(citation.source, view.belief)}: {cited_words(citation)}"


def source_in_words(name: str, belief: Belief) -> str:
    """Return the publisher of a source, or its title, with the date of publication."""
    source = belief.source(name)
    if source is None:
        return name
    published = f", {in_words(source.published)}" if source.published else ""
    return f"{source.publisher or source.title}{published}"


def cited_words(citation: Citation) -> str:
    """Return the quote of a citation, or its place where the words are sealed or none were cited."""
    if citation.quote:
        return f"\N{LEFT DOUBLE QUOTATION MARK}{citation.quote}\N{RIGHT DOUBLE QUOTATION MARK}"
    place = (
        f"characters {citation.start}-{citation.end}"
        if citation.start is not None
        else citation.locator
    )
    return f"{place}, sealed" if citation.sealed else f"{place}"
