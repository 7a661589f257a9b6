"""Checks of claims: who, what, when, and where it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import attrs

from factledger.checks.declarations import unknown
from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.errors import Fault
from factledger.records.amendments import Close, Correct, Corroborate, Dispute, Note, Withdraw
from factledger.records.claims import Assessment, Citation, Claim, Event, State, Tally
from factledger.records.declarations import Type
from factledger.records.record import OF_RECORDING, Record
from factledger.records.sentences.grammar import listed
from factledger.status.belief import Belief
from factledger.status.standings import is_after_all
from factledger.text import nearest

_CITING = (Claim, Close, Corroborate, Dispute, Note, Withdraw)


def claim_faults(before: Belief, record: Record) -> Iterator[Fault]:
    """Yield the faults of a claim, or of the citations of any record."""
    content = record.content
    if isinstance(content, _CITING):
        yield from _citation_faults(before, content)
    if isinstance(content, Claim):
        yield from _type_faults(before, content)
        yield from _participant_faults(before, content)
        yield from _date_faults(before, content)
        if content.inferred:
            yield from _inferred_faults(content)
    if isinstance(content, Claim | Note):
        yield from _label_faults(before, content.label, record)


def _citation_faults(
    before: Belief, record: Claim | Close | Corroborate | Dispute | Note | Withdraw
) -> Iterator[Fault]:
    if not record.citations and not isinstance(record, Withdraw):
        yield "citation-required", "no citation; say in which source, and where in it, this is said"
    for citation in record.citations:
        source = before.source(citation.source)
        if source is None:
            if not before.has("source", citation.source):
                yield unknown(before, "source", citation.source)
        elif source.policy == "sealed" and (citation.quote or citation.prefix or citation.suffix):
            yield (
                "citation-sealed",
                f"source {source.id!r} is sealed: keep start, end and sealed, and no words of it",
            )


def _type_faults(before: Belief, claim: Claim) -> Iterator[Fault]:
    kind = before.vocabulary.types.get(claim.type)
    if kind is None:
        yield unknown(before, "type", claim.type)
        return
    wanted = ("event", "tally") if kind.shape == "event" else (kind.shape,)
    if claim.shape not in wanted:
        yield (
            "type-shape",
            f"type {kind.id!r} is of shape {kind.shape}, the claim of shape {claim.shape}",
        )
    if claim.mode is not None and claim.mode not in kind.modes:
        yield (
            "mode-declared",
            f"unknown mode {claim.mode!r} of {kind.id}; {_modes(claim.mode, kind)}",
        )
    for context in claim.contexts:
        if context not in before.vocabulary.contexts:
            near = nearest(context, before.vocabulary.contexts)
            advice = f"did you mean {near!r}?" if near else "the reference lists them"
            yield "context-declared", f"unknown context {context!r}; {advice}"
    yield from _role_faults(claim, kind)


def _modes(mode: str, kind: Type) -> str:
    near = nearest(mode, kind.modes)
    if near:
        return f"did you mean {near!r}?"
    return f"one of {', '.join(kind.modes)}" if kind.modes else "it has none"


def _role_faults(claim: Claim, kind: Type) -> Iterator[Fault]:
    roles = dict.fromkeys(p.role for p in claim.participants)
    found = f"has {listed(map(repr, roles))}" if roles else "names nobody"
    for role in kind.required:
        if role not in roles:
            told = f"{kind.id} needs a participant in the role {role!r}; the claim {found}"
            yield "role-required", told


def _participant_faults(before: Belief, claim: Claim) -> Iterator[Fault]:
    named = [p.actor for p in claim.participants]
    named += [p.of for p in claim.participants if p.of is not None]
    for actor in dict.fromkeys((*named, *claim.attributed_to, *claim.told_to)):
        if not before.has("actor", actor):
            yield unknown(before, "actor", actor)


def _date_faults(before: Belief, claim: Claim) -> Iterator[Fault]:
    if isinstance(claim, State | Tally | Assessment):
        first, last = claim.since.earliest, claim.until.latest
        if isinstance(first, Day) and isinstance(last, Day) and last < first:
            yield (
                "date-order",
                f"until {claim.until.text!r} is before since {claim.since.text!r}; correct one of them",
            )
    if seen := last_days(before, claim.citations):
        yield from _late_faults(claim, seen)


def last_days(before: Belief, citations: Iterable[Citation]) -> list[Day]:
    """Return the last days on which the sources of citations can have been published, of those declared."""
    return [before.publication(c.source).last for c in citations if before.source(c.source)]


def _late_faults(claim: Claim, published: Sequence[Day]) -> Iterator[Fault]:
    """Yield the faults of dates that its sources cannot yet have seen: what was told has been told by then."""
    start = told_start(claim)
    seen = f"is after {max(published)}, the last day on which its source can have been published"
    if start is not None and is_after_all(start, published):
        yield (
            "date-after-publication",
            f'{start.text!r} {seen}; correct one of the two, or say modality = "planned"',
        )
    told = claim.told_when
    if told is not None and is_after_all(told, published):
        yield (
            "date-after-publication",
            f"told_when {told.text!r} {seen}; nobody can have told it by then: correct one of the two",
        )


def told_start(claim: Claim) -> Edtf | None:
    """Return when what a claim tells began or happened; None of a plan or an idea, and where it has no date."""
    if claim.modality in ("planned", "hypothetical"):
        return None
    if isinstance(claim, Event):
        return claim.when
    if isinstance(claim, Assessment) and claim.when is not None:
        return claim.when
    return getattr(claim, "since", None)


@cache
def claim_fields(shape: Any) -> tuple[str, ...]:
    """Return the fields of a shape of claims that can be inferred: what it says, not how it was recorded."""
    return tuple(f.name for f in attrs.fields(shape) if f.name not in OF_RECORDING)


def field_meant(inferred: str) -> str:
    """Return the field of which what is inferred is a part.

    >>> field_meant("participants[0].actor")
    'participants'
    """
    return inferred.partition("[")[0].partition(".")[0]


def _inferred_faults(claim: Claim) -> Iterator[Fault]:
    shape: Any = type(claim)
    fields = claim_fields(shape)
    for inferred in claim.inferred:
        name = field_meant(inferred.field)
        if name not in fields:
            near = nearest(name, fields)
            advice = f"did you mean {near!r}?" if near else f"one of {', '.join(fields)}"
            yield "inferred-field", f"inferred names {inferred.field!r}, no field of it; {advice}"


def _label_faults(before: Belief, label: str | None, record: Record) -> Iterator[Fault]:
    if label is None:
        return
    by = label_taken(before, label, record.target if isinstance(record, Correct) else None)
    if by is not None:
        yield "label-unique", f"label {label!r} is taken by #{by}; choose another"


def label_taken(before: Belief, label: str, corrected: int | None) -> int | None:
    """Return a live entry of another claim that has a label; `corrected` is a reading of one's own."""
    first = before.index.chains.first
    own = None if corrected is None else first(corrected)
    return next((n for n in before.holding(label) if own is None or first(n) != own), None)
