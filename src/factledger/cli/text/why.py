"""Why a claim stands as it does → lines for a person, from the record down to each turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factledger.dates.days import BEGINNING
from factledger.ledger.ledger import Ledger
from factledger.output.words.causes import cause_words
from factledger.output.words.dates import dated
from factledger.output.words.entries import backfilled, kind_shown, name_of, redacted, told
from factledger.output.words.standings import numbers
from factledger.records.claims import Citation, Claim, Inferred
from factledger.records.entries import Entry
from factledger.status.standings import Standing
from factledger.status.timeline import Change
from factledger.views.steps import Step


def why_lines(
    ledger: Ledger, entry: Entry, date: str | None, steps: int | None = None
) -> Iterator[str]:
    """Yield the lines; `date` asks how the claim stood then, `steps` for what led to that."""
    name, belief = name_of(entry.record), ledger.belief()
    yield f"#{entry.number} {kind_shown(entry)}{f' {name}' if name else ''}, recorded {entry.at}{backfilled(entry.backfilled)}"
    yield f"  {told(entry.record, belief) if entry.record else redacted(entry.number, belief)}"
    claim = entry.record and entry.record.content
    if isinstance(claim, Claim):
        yield from claim_lines(ledger, claim)
    yield from source_lines(ledger, getattr(claim, "citations", ()))
    yield from history_lines(ledger, entry)
    if isinstance(claim, Claim):
        yield from standing_lines(ledger, entry.number, date)
    if isinstance(claim, Claim) and date is not None and steps is not None:
        yield from step_lines(ledger, entry.number, date, steps)


def claim_lines(ledger: Ledger, claim: Claim) -> Iterator[str]:
    """Yield what the claim says, field by field, and what of it was inferred."""
    yield f"  {claim.type}{f'/{claim.mode}' if claim.mode else ''}, {claim.polarity}, {claim.modality}"
    for p in claim.participants:
        of = f" of {ledger.belief().name(p.of)}" if p.of else ""
        said = f", said as {p.as_said!r}" if p.as_said else ""
        yield f"  {p.role}: {ledger.belief().name(p.actor)} ({p.actor}){of}{said}"
    for name in ("value", "when", "since", "until", "count"):
        found = getattr(claim, name, None)
        if found is not None:
            yield f"  {name}: {str(found) or 'unknown'}"
    if claim.inferred:
        yield ""
        yield "Inferred, not said"
        yield from map(inferred_line, claim.inferred)


def inferred_line(inferred: Inferred) -> str:
    """Return which field was inferred, and why."""
    said = f" (said: {inferred.as_said!r})" if inferred.as_said else ""
    return f"  {inferred.field}: {inferred.reason}{said}"


def source_lines(ledger: Ledger, citations: Iterable[Citation]) -> Iterator[str]:
    """Yield each place where it is said, with its source."""
    cited = list(citations)
    if cited:
        yield ""
        yield "Said in"
    for citation in cited:
        source = ledger.belief().source(citation.source)
        parts = [source.title, source.publisher, source.published] if source else []
        about = ", ".join(str(part) for part in parts if part)
        yield f"  {place(citation)}: {about}"
        if citation.quote:
            yield f'    "{citation.quote}"'


def place(citation: Citation) -> str:
    """Return the source and the position, and whether the words are sealed or were never proved."""
    beside = f":{citation.start}-{citation.end}" if citation.start is not None else ""
    sealed = f" sealed {citation.sealed[:16]}" if citation.sealed else ""
    locator = f", {citation.locator}" if citation.locator else ""
    return f"{citation.source}{beside}{sealed}{locator}"


def history_lines(ledger: Ledger, entry: Entry) -> Iterator[str]:
    """Yield the entries that are about this one, oldest first."""
    about = ledger.targeting(entry.number)
    if about:
        yield ""
        yield "Later entries about it"
    for later in about:
        yield f"  #{later.number} of {later.at[:10]} {told(later.record, ledger.belief())}"


def standing_lines(ledger: Ledger, number: int, date: str | None) -> Iterator[str]:
    """Yield, for each standing that the entry speaks for, its turns and its ties to other entries."""
    changes = ledger.changes(entry=number)
    yield ""
    yield "How it stands"
    if not changes:
        yield f"  {retirement(ledger, number)}"
    for derived in (False, True):
        turns = [c for c in changes if c.standing.derived is derived]
        if turns:
            yield from turn_lines(turns)
    if date is not None:
        yield ""
        view = ledger.as_of(date)
        yield f"On {view.at.valid}"
        yield from (f"  {on_that_day(s)}" for s in view.why(number))


def retirement(ledger: Ledger, number: int) -> str:
    """Return why a claim stands on no date."""
    by = ledger.belief().retired_by(number)
    if by is not None:
        return f"on no date: #{by} {told(ledger.entry(by).record, ledger.belief())}"
    return "on no date: every source that says so was withdrawn"


def turn_lines(turns: list[Change]) -> Iterator[str]:
    """Yield the turns of one standing, each with its day."""
    last = turns[-1].standing
    yield f"  {last.sentence}{ties(last)}"
    for change in turns:
        day = "from the beginning" if change.day == BEGINNING else f"from {change.day}"
        contested = change.standing.contested_by
        yield (
            f"    {day}: {change.after}"
            f"{f', contested by {numbers(contested)}' if contested else ''}"
        )


def ties(standing: Standing) -> str:
    """Return which other entries a standing follows from or is one with, and what supports it."""
    parts = []
    if standing.derived:
        parts.append(f"follows from #{standing.number}")
    elif standing.because is not None:
        parts.append(f"began with #{standing.because}")
    if standing.also:
        parts.append(f"the same as {numbers(standing.also)}")
    parts.append(supported(standing))
    return f" ({'; '.join(parts)})"


def supported(standing: Standing) -> str:
    """Return who says so: each independent publisher once."""
    said = standing.publishers
    return (
        f"said by {len(said)} {'publisher' if len(said) == 1 else 'publishers'}: {', '.join(said)}"
    )


def on_that_day(standing: Standing) -> str:
    """Return how one standing stood on a day."""
    rivals = numbers(standing.contested_by)
    parts = [standing.status, standing.sentence, dated(standing)]
    parts.append(f"contested by {rivals}" if rivals else "")
    return " · ".join(part for part in parts if part)


def step_lines(ledger: Ledger, number: int, date: str, last: int) -> Iterator[str]:
    """Yield the last entries that changed how a claim stood on a day, each with before and after."""
    steps = ledger.steps(number, date)
    yield ""
    yield f"Step by step{f', the last {last} of {len(steps)}' if last < len(steps) else ''}"
    for step in steps[-last:]:
        yield f"  {cause_words(step.by[0], ledger.belief())}"
        yield f"    {stood(step.before)} → {stood(step.after)}{otherwise(step)}: {step.standing.sentence}"


def otherwise(step: Step) -> str:
    """Return what a step did to a standing that kept its status; "" where it did not."""
    return f", {step.kind}" if step.kind in ("replaced", "supported", "retold") else ""


def stood(standing: Standing | None) -> str:
    """Return how one standing stood, and what it began with or was contested by."""
    if standing is None:
        return "nothing"
    rivals = numbers(standing.contested_by)
    return f"{standing.status}{f', contested by {rivals}' if rivals else ''}"
