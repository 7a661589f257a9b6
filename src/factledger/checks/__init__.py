"""Named checks: what may be wrong with a record at its place in a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from factledger.checks.claims import claim_faults
from factledger.checks.declarations import declaration_faults
from factledger.checks.instants import backfilled_faults
from factledger.checks.references import reference_faults
from factledger.checks.values import value_faults
from factledger.errors import Fault, FieldError, Problem
from factledger.index.base import Index
from factledger.log.lines import canonical
from factledger.records.claims import Event, State, Tally
from factledger.records.codec import to_body
from factledger.records.forms import newer_advice
from factledger.records.reading import read_record
from factledger.records.record import Record
from factledger.status.belief import Belief
from factledger.status.redactions import LOST
from factledger.text import Advice

CHECKS: dict[str, str] = {
    "draft-readable": "a draft is UTF-8 and either TOML or JSON",
    "record-form": "a record has the keys and values of its kind, and no others",
    "record-canonical": "a record is written in the one canonical form, defaults left out",
    "ledger-first": "the first record, and no other, names the format of the ledger",
    "identifier": "an id or label is 1 to 100 ASCII letters, digits, dots, hyphens or underscores",
    "name-visible": "names and short texts hold no control, bidirectional or invisible characters",
    "actor-declared": "every actor that is named has been declared",
    "source-declared": "every source that is cited has been declared",
    "type-declared": "every type is in the vocabulary or has been declared",
    "type-shape": "a claim has the shape of its type; a tally may count any type of event",
    "type-form": "a type says of itself only what its shape can have, and keeps its values apart",
    "mode-declared": "a mode is one of its type's",
    "context-declared": "a context is one of the vocabulary's",
    "role-required": "a claim has the participants that its type requires",
    "declared-once": "a source, actor or type is declared once, and then corrected",
    "actor-form": "a post belongs to an actor, an ISO 3166 code has three letters, a QID is one",
    "source-form": "a SHA-256 is 64 hexadecimal digits, and a source is no copy of itself",
    "source-text": "the text of a source can be read and has the hash that the source states",
    "citation-required": "a claim, and what backs, disputes or closes one, has a citation",
    "citation-sealed": "a citation of a sealed source keeps no words of it",
    "quote-proved": "a citation has been found in the text of its source, or is taken unproved",
    "quote-found": "a quote stands in the text of its source, word for word after the fold",
    "quote-single": "a quote stands there once, or prefix and suffix make it single",
    "quote-whole": "a quote cuts no word and no number",
    "quote-negation": "a negation that reaches the quote from outside is answered by a polarity or note",
    "relative-date": "a date worked out from relative words says so in inferred, with its reason",
    "date-order": "an end is not before its start",
    "series-order": "a series says of each of its states when it began, and no two at once",
    "date-after-publication": "what its sources cannot yet have seen is marked planned, and told by then",
    "inferred-field": "inferred names fields of the record",
    "label-unique": "no two live claims have one label",
    "target-exists": "a record about an entry names one that is there, before it",
    "target-kind": "a record about an entry names one of a kind that it can be about",
    "target-live": "what was corrected or retracted is not corrected, closed or retracted again",
    "correct-kind": "a correction replaces a claim by a claim, a declaration by one of the same id",
    "identify-pair": "an identification names two different actors, or two different claims",
    "backfilled": "a record that was written later than its line says names the instant, itself only",
    "recorded-future": "no entry is recorded later than now, unless one behind it says when it was",
    "redaction": "content is missing where a redact record says so, and nowhere else",
    "redaction-bears": "what is erased leaves nothing else saying more than it did",
    "redaction-traces": "what is erased leaves no hash beside it on which a guess can be tried",
    "import-map": "a map is TOML with the keys of a map, and names columns that the file has",
    "import-readable": "a file and each of its rows can be read in the format of the file",
    "import-value": "a cell holds what the map says it holds",
    "import-dates": "an everyday date has one reading, by itself or by what the map says of its dates",
    "import-operation": "a row asserts what does not stand yet, corrects or retracts what stands",
    "import-recorded": "rows come in the order in which they were recorded, none in the future",
    "import-changed": "a file grows at its end only, once it was imported",
}


def problems(index: Index, where: Callable[[int], str]) -> Iterator[Problem]:
    """Yield every problem of the ledger in an index, by entry; `where` says the place of an entry."""
    before = Belief(index, 0, advice=Advice())
    for number in range(1, len(index) + 1):
        before = before.up_to(number - 1)
        for check, message in entry_faults(index, number, before):
            yield Problem(where(number), check, message)


def entry_faults(index: Index, number: int, belief: Belief | None = None) -> Iterator[Fault]:
    """Yield the faults of an entry, given the entries before it: the `belief` that they leave."""
    body = index.body(number)
    ordered = any(index.kind(n) == "redact" for n in index.targeting(number))
    if body is None or ordered:  # an entry that is to be erased may name what is erased already
        if not ordered:
            yield "redaction", LOST
        return
    record = read_record(body)
    if isinstance(record, tuple):
        for check, message in form_faults(record):
            yield check, f"{message}{newer_advice(message.partition(': ')[2])}"
        return
    written = canonical(body)
    if canonical(to_body(record)) != written:
        yield "record-canonical", "it holds defaults or empty values; leave them out"
    before = index.at(number - 1) if number > 1 else ""
    yield from backfilled_faults(record, index.at(number), before)
    yield from record_faults(belief or Belief(index, number - 1), record, written)


def form_faults(found: Record | tuple[FieldError, ...]) -> list[Fault]:
    """Return the faults of a value that could not be read as a record, none for a record."""
    return [("record-form", str(fault)) for fault in found] if isinstance(found, tuple) else []


def record_faults(before: Belief, record: Record, written: bytes) -> Iterator[Fault]:
    """Yield the faults of a well-formed record that follows, or would follow, the belief `before`.

    `written` is its canonical text.
    """
    yield from value_faults(before.recorded + 1, record, written)
    if not isinstance(record, Event | State | Tally):  # these refer to sources and actors alone
        yield from declaration_faults(before, record)
        yield from reference_faults(before, record)
    yield from claim_faults(before, record)


__all__ = [
    "CHECKS",
    "entry_faults",
    "form_faults",
    "problems",
    "record_faults",
]
