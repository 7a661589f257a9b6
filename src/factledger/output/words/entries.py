"""One entry → one sentence: what it does to the ledger."""

from __future__ import annotations

from factledger.dates.wording.told import date_words, until_words
from factledger.output.words.sources import in_quotes
from factledger.records.amendments import (
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Note,
    Redact,
    Retract,
    Withdraw,
)
from factledger.records.claims import Claim, doubt_of
from factledger.records.declarations import Actor, Header, Source, Type
from factledger.records.entries import Entry
from factledger.records.kinds import kind_of
from factledger.records.record import Record
from factledger.status.belief import Belief
from factledger.status.redactions import redaction
from factledger.views.steps import Cause


def kind_shown(entry: Entry) -> str:
    """Return the kind of an entry's record; `redacted` where its content was erased."""
    return "redacted" if entry.record is None else kind_of(entry.record)


def name_of(record: Record | None) -> str:
    """Return the label or id under which a record is known; "" for none."""
    content = record and record.content
    return getattr(content, "label", None) or getattr(content, "id", None) or ""


def backfill_note(written: str | None, at: str) -> str:
    """Return the words for a record that was not written when its line says; "" for others.

    >>> backfill_note("2026-11-30T09:00:00.000000Z", "2062-01-01T00:00:00.000000Z")
    ', written on 2026-11-30'
    """
    if not written:
        return ""
    return f", {'backfilled' if written >= at else 'written'} on {written[:10]}"


def recording_note(record: Record | None, at: str) -> str:
    """Return the words for who recorded an entry whose line says `at`, and when else; "" for none."""
    if record is None:
        return ""
    by = f", by {record.recorded_by}" if record.recorded_by else ""
    first = record.first_recorded
    merged = f", recorded elsewhere on {first[:10]}" if first else ""
    return f"{backfill_note(record.backfilled, at)}{by}{merged}"


def erasure_words(number: int, belief: Belief) -> str:
    """Return how an entry lost its content: by whose order and why, or that it is missing."""
    return str(redaction(belief.index, number)).partition(" ")[2]


def entry_sentence(entry: Entry, belief: Belief) -> str:
    """Return an entry in a sentence; where its content was erased, how that went."""
    if entry.record is None:
        return erasure_words(entry.number, belief)
    return record_sentence(entry.record, belief)


def cause_words(cause: Cause, belief: Belief) -> str:
    """Return the cause of a change in a sentence: of a correction, why it was made."""
    record = belief.index.record(cause.number)
    if isinstance(record, Correct):
        note = f": {record.note}" if record.note else ""
        return f"#{cause.number} corrects #{record.target}, {record.reason}{note}"
    return f"#{cause.number} {record_sentence(record, belief)}"


def record_sentence(record: Record | None, belief: Belief) -> str:
    """Return a record in a sentence, on one line, in the names that a belief knows."""
    if record is None:
        return "its content was erased"
    if isinstance(record, Claim):
        return belief.sentence(record)
    if isinstance(record, Correct):
        return (
            f"corrects #{record.target}, {record.reason}: {record_sentence(record.record, belief)}"
        )
    return _declared(record) or _about(record, belief)


def _declared(record: Record) -> str:
    if isinstance(record, Header):
        return f"ledger {record.origin}{f': {record.title}' if record.title else ''}"
    if isinstance(record, Source):
        published = date_words(record.published) if record.published else None
        parts = [record.title, record.publisher, published]
        return ", ".join(part for part in parts if part)
    if isinstance(record, Actor):
        belongs = f" of {record.of}" if record.of else ""
        return f"{', '.join(record.names)} ({record.category}{belongs})"
    if isinstance(record, Type):
        return record.sentence or record.note or record.shape
    return record.text if isinstance(record, Note) else ""


def _about(record: Record, belief: Belief) -> str:
    if isinstance(record, Close):
        return f"ends #{record.target}, {until_words(record.until)}"
    if isinstance(record, Retract):
        return f"takes back #{record.target}: {record.reason}"
    if isinstance(record, Corroborate | Dispute):
        verb = "backs" if isinstance(record, Corroborate) else "disputes"
        sources = ", ".join(c.source for c in record.citations)
        doubt = doubt_of(record)
        hedged = f" ({in_quotes(doubt)})" if doubt else ""
        return f"{verb} #{record.target}{hedged}, citing {sources}{_note(record.note)}"
    if isinstance(record, Identify):
        pair = " and ".join([*map(belief.name, record.actors)] or (f"#{n}" for n in record.claims))
        return f"{pair} are {_VERDICTS[record.verdict]}: {record.reason}"
    if isinstance(record, Withdraw):
        return f"source {record.source} is withdrawn: {record.reason}"
    assert isinstance(record, Redact)  # noqa: S101  no other kind is left
    return f"erases #{record.target}: {record.reason} ({record.authority})"


_VERDICTS = {
    "same": "the same",
    "different": "different",
    "unsure": "perhaps the same, perhaps not",
}


def _note(note: str | None) -> str:
    return f": {note}" if note else ""
