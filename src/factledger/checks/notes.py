"""Notes: what is no fault of a record, and what who wrote it may not have meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from factledger.checks.claims import last_days, told_start
from factledger.citations.denials import denial_within
from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, day_or
from factledger.index.search.wanted import MOST_FOUND, Wanted, facet_term
from factledger.records.amendments import Close, Correct
from factledger.records.claims import Citation, Claim, State
from factledger.records.declarations import Source, Type
from factledger.records.record import Record
from factledger.records.sentences.grammar import negates
from factledger.records.sentences.verbs import made_infinitive
from factledger.status.belief import Belief
from factledger.status.standings import is_after_all

if TYPE_CHECKING:
    from factledger.status.live.live import Live


def planned_ends(belief: Belief, numbers: Iterable[int]) -> Iterator[int]:
    """Yield the entries that end a state on a day which none of its sources can have seen.

    Such an end is read as a plan: it stands until a later source tells of another. What is said to
    be planned itself is not among them.
    """
    for number in numbers:
        record = belief.index.record(number)
        if record is not None and (found := _end_of(record)) is not None:
            until, citations = found
            if is_after_all(until, last_days(belief, citations)):
                yield number


def _end_of(record: Record) -> tuple[Edtf, tuple[Citation, ...]] | None:
    """Return the end that a record gives to a state, with what it is cited for."""
    content = record.content
    if isinstance(content, Close) or (isinstance(content, State) and content.factual):
        return content.until, content.citations
    return None


def other_ends(belief: Belief, numbers: Iterable[int]) -> Iterator[tuple[int, int, Edtf]]:
    """Yield the closures that end a claim on other days than its own sources do.

    Each comes with the entry of the claim and the end that counts no longer. An end that was only
    planned is none.
    """
    for number in numbers:
        record = belief.index.record(number)
        if record is None or not isinstance(record.content, Close):
            continue
        target, until = record.content.target, record.content.until
        live = belief.live(target)
        own = None if live is None else getattr(live.claim, "until", None)
        if own is not None and _apart(own, until) and next(planned_ends(belief, [target]), 0) == 0:
            yield number, target, own


def claims_too_late(belief: Belief, numbers: Iterable[int]) -> Iterator[tuple[int, str, list[int]]]:
    """Yield the corrections of sources after which claims tell of what their sources cannot have seen.

    Each comes with the id of the source and the entries of these claims, oldest first; of a source with
    more than `MOST_FOUND` claims only the newest are looked at.
    """
    for number in numbers:
        record = belief.index.record(number)
        source = None if record is None else record.content
        if isinstance(record, Correct) and isinstance(source, Source):
            wanted = Wanted(facets=(facet_term("source", source.id),))
            cited = belief.index.find(wanted, number, 0, MOST_FOUND)
            lives = filter(None, map(belief.live, reversed(cited)))
            if late := [live.number for live in lives if _is_too_late(live)]:
                yield number, source.id, late


def _is_too_late(live: Live) -> bool:
    """Return whether a claim tells of what came after all of its sources can have been published."""
    start = told_start(live.claim)
    return start is not None and is_after_all(start, [s.published.last for s in live.supports])


def _apart(one: Edtf, other: Edtf) -> bool:
    """Return whether two ends have no day in common; what is open or unknown can be any day."""
    first = max(day_or(end.earliest, BEGINNING) for end in (one, other))
    return first > min(day_or(end.latest, FOREVER) for end in (one, other))


def unheeded_denials(belief: Belief, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield the entries that assert what all their quotes seem to deny, each with the words that do.

    One whose own sentence negates says so already.
    """
    for number in numbers:
        record = belief.index.record(number)
        claim = None if record is None else record.content
        if (
            isinstance(claim, Claim)
            and claim.polarity == "asserted"
            and claim.shape != "assessment"
        ):
            found = [denial_within(c.quote or "") for c in claim.citations]
            if found and found[0] and all(found) and not negates(belief.sentence(claim)):
                yield number, found[0]


def types_without_moods(belief: Belief, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield the types, by entry and id, of whose sentence no denial and no plan can be made."""
    for number in numbers:
        record = belief.index.record(number)
        kind = None if record is None else record.content
        if isinstance(kind, Type) and kind.shape in ("event", "state") and _lacks_moods(kind):
            yield number, kind.id


def _lacks_moods(kind: Type) -> bool:
    found = kind.infinitive or (kind.sentence and made_infinitive(kind.sentence, kind.shape))
    return bool(kind.sentence) and not found
