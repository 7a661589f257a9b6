"""Why a claim stands as it does → lines for a person, from the record down to each turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from factledger.dates.days import BEGINNING
from factledger.dates.wording.told import date_words
from factledger.output.words.dates import field_words, standing_dates
from factledger.output.words.entries import (
    cause_words,
    entry_sentence,
    kind_shown,
    name_of,
    record_sentence,
    recording_note,
)
from factledger.output.words.readings import chain_lines
from factledger.output.words.standings import entry_numbers
from factledger.records.claims import Citation, Claim, Inferred
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.status.standings import Standing
from factledger.status.tracks.changes import Change
from factledger.views.steps import Step
from factledger.views.view import View

if TYPE_CHECKING:  # the words around a quote, which few ledgers keep
    from factledger.citations.surroundings import Passage


@attrs.frozen
class Account:
    """All that is told of an entry: what is known of it, and how its claim stood on a day.

    `later` are the entries about it, oldest first. `view` is of the day asked about, and `steps`
    are what led to how it stood then; each is None where it was not asked for. `passages` are the
    words of its citations in their sentences, where the text is at hand.
    """

    entry: Entry
    belief: Belief
    later: tuple[Entry, ...]
    changes: tuple[Change, ...]
    view: View | None = None
    steps: tuple[Step, ...] | None = None
    passages: Mapping[Citation, Passage] = attrs.Factory(dict)


def why_lines(account: Account, most: int | None = None) -> Iterator[str]:
    """Yield an account in lines; of its steps the last, `most` at most."""
    entry, belief = account.entry, account.belief
    name = name_of(entry.record)
    yield f"#{entry.number} {kind_shown(entry)}{f' {name}' if name else ''}, recorded {entry.at}{recording_note(entry.record, entry.at)}"
    yield f"  {entry_sentence(entry, belief)}"
    content = entry.record and entry.record.content
    if isinstance(content, Claim):
        yield from claim_lines(content, belief)
    yield from source_lines(getattr(content, "citations", ()), belief, account.passages)
    yield from later_lines(account.later, belief)
    if isinstance(content, Claim):
        told = [*chain_lines(belief, entry.number)]
        yield from ("", *told) if told else ()
    if isinstance(content, Claim):
        yield from turns_lines(account)
        yield from day_lines(account)
        yield from history_lines(account, most)


def claim_lines(claim: Claim, belief: Belief) -> Iterator[str]:
    """Yield what the claim says, field by field, and what of it was inferred."""
    yield f"  {claim.type}{f'/{claim.mode}' if claim.mode else ''}, {claim.polarity}, {claim.modality}"
    for p in claim.participants:
        of = f" of {belief.name(p.of)}" if p.of else ""
        wording = f", said as {p.as_said!r}" if p.as_said else ""
        yield f"  {p.role}: {belief.name(p.actor)} ({p.actor}){of}{wording}"
    if claim.told_to:
        yield f"  told to: {', '.join(map(belief.name, claim.told_to))}"
    for name in ("hedge", "condition", "told_when", "value", "when", "since", "until", "count"):
        value = getattr(claim, name, None)
        if value is not None:
            yield f"  {name}: {field_words(value)}"
    if claim.inferred:
        yield ""
        yield "Inferred, not said"
        yield from map(inferred_line, claim.inferred)


def inferred_line(inferred: Inferred) -> str:
    """Return which field was inferred, and why."""
    wording = f" (said: {inferred.as_said!r})" if inferred.as_said else ""
    return f"  {inferred.field}: {inferred.reason}{wording}"


def source_lines(
    citations: Iterable[Citation], belief: Belief, passages: Mapping[Citation, Passage]
) -> Iterator[str]:
    """Yield each place where it is said, with its source, and the words in their sentence."""
    cited = list(citations)
    if cited:
        yield ""
        yield "Said in"
    for citation in cited:
        source = belief.source(citation.source)
        published = date_words(source.published) if source and source.published else None
        parts = [source.title, source.publisher, published] if source else []
        about = ", ".join(part for part in parts if part)
        yield f"  {citation_line(citation)}: {about}"
        if citation in passages:
            yield f"    {passages[citation]}"
        elif citation.quote:
            yield f'    "{citation.quote}"'


def citation_line(citation: Citation) -> str:
    """Return the source and the position, and whether the words are sealed or were never proved."""
    beside = f":{citation.start}-{citation.end}" if citation.start is not None else ""
    sealed = f" sealed {citation.sealed[:16]}" if citation.sealed else ""
    locator = f", {citation.locator}" if citation.locator else ""
    return f"{citation.source}{beside}{sealed}{locator}"


def later_lines(later: Sequence[Entry], belief: Belief) -> Iterator[str]:
    """Yield the entries about an entry, oldest first."""
    if later:
        yield ""
        yield "Later entries about it"
    for entry in later:
        yield f"  #{entry.number} of {entry.at[:10]} {record_sentence(entry.record, belief)}"


def turns_lines(account: Account) -> Iterator[str]:
    """Yield, for each standing that the entry speaks for, its turns and its ties to other entries."""
    yield ""
    yield "How it stands"
    if not account.changes:
        yield f"  {retirement(account.entry.number, account.belief)}"
    for derived in (False, True):
        turns = [c for c in account.changes if c.standing.derived is derived]
        if turns:
            yield from turn_lines(turns)


def day_lines(account: Account) -> Iterator[str]:
    """Yield how each standing that the entry speaks for stood on the day asked about."""
    if account.view is not None:
        yield ""
        yield f"On {date_words(account.view.at.valid)}"
        yield from (f"  {on_that_day(s)}" for s in account.view.why(account.entry.number))


def retirement(number: int, belief: Belief) -> str:
    """Return why a claim stands on no date."""
    by = belief.retired_by(number)
    if by is not None:
        return f"on no date: #{by} {record_sentence(belief.index.record(by), belief)}"
    standing = belief.standing_reading(number)
    if standing not in (number, None):
        return f"on no date: every source of it was withdrawn, and #{standing} stands again"
    return "on no date: every source that says so was withdrawn"


def turn_lines(turns: list[Change]) -> Iterator[str]:
    """Yield the turns of one standing, each with its day."""
    last = turns[-1].standing
    yield f"  {last.sentence}{ties(last)}"
    for change in _without_repeated(turns):
        day = "from the beginning" if change.day == BEGINNING else f"from {date_words(change.day)}"
        yield f"    {day}: {stood(change.standing)}"


def _without_repeated(turns: Iterable[Change]) -> Iterator[Change]:
    """Yield the turns after which a standing is told otherwise than before."""
    return (next(run) for _, run in groupby(turns, key=lambda change: stood(change.standing)))


def ties(standing: Standing) -> str:
    """Return which other entries a standing follows from or is one with, and what supports it."""
    parts = []
    if standing.derived:
        parts.append(f"follows from #{standing.number}")
    elif standing.because is not None:
        parts.append(f"began with #{standing.because}")
    if standing.also:
        parts.append(f"the same as {entry_numbers(standing.also)}")
    parts.append(supported(standing))
    return f" ({'; '.join(parts)})"


def supported(standing: Standing) -> str:
    """Return who says so: each independent publisher once."""
    publishers = standing.publishers
    word = "publisher" if len(publishers) == 1 else "publishers"
    return f"said by {len(publishers)} {word}: {', '.join(publishers)}"


def on_that_day(standing: Standing) -> str:
    """Return how one standing stood on a day."""
    rivals = entry_numbers(standing.contested_by)
    parts = [standing.status, standing.sentence, standing_dates(standing)]
    parts.append(f"contested by {rivals}" if rivals else "")
    return " · ".join(part for part in parts if part)


def history_lines(account: Account, most: int | None) -> Iterator[str]:
    """Yield the last entries that changed how a claim stood on a day, each with before and after."""
    if account.steps is None:
        return
    steps = account.steps if most is None else account.steps[-most:]
    left_out = (
        f", the last {most} of {len(account.steps)}" if len(steps) < len(account.steps) else ""
    )
    yield ""
    yield f"Step by step{left_out}"
    for step in steps:
        yield f"  {cause_words(step.by[0], account.belief)}"
        yield f"    {stood(step.before)} → {stood(step.after)}{otherwise(step)}: {step.standing.sentence}"


def otherwise(step: Step) -> str:
    """Return what a step did to a standing that kept its status; "" where it did not."""
    return f", {step.kind}" if step.kind in ("replaced", "supported", "retold") else ""


def stood(standing: Standing | None) -> str:
    """Return how one standing stood, and by which entries it was contested."""
    if standing is None:
        return "nothing"
    rivals = entry_numbers(standing.contested_by)
    return f"{standing.status} by {rivals}" if rivals else str(standing.status)
