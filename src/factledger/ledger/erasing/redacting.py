"""The content of entries erased: first recorded, then taken out of the store, then forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, groupby

from factledger.checks.citations import cited
from factledger.checks.erasing.traces import Trace, trace_words, traces
from factledger.checks.proposals import Proposal
from factledger.errors import (
    LogError,
    NotErased,
    NotFound,
    OutcomeUnknown,
    Problem,
    Refused,
    WriteRefused,
)
from factledger.index.bodies import content_of
from factledger.ledger.indexed_store import IndexedStore
from factledger.ledger.recorder import Recorder
from factledger.ledger.texts import KeptTexts
from factledger.log.canonical import encoded
from factledger.log.stores.base import PATIENCE
from factledger.log.stores.placing.begun_files import begun_in, delete_left
from factledger.records.amendments import Redact
from factledger.status.redactions import redaction
from factledger.text import system_reason


def redact_entries(
    kept: IndexedStore,
    recorder: Recorder,
    entries: tuple[int, ...],
    *,
    reason: str,
    authority: str,
    leave_traces: bool = False,
    expect: str | int | None = None,
    timeout: float = PATIENCE,
) -> list[int]:
    """Erase the content of entries for good; return the entries that say so, for each one.

    Where the erasing was cut short after it was recorded, doing it again finishes it. Raises
    `NotFound`, `Refused` for what cannot be erased or would leave traces, `NotErased` where it was
    only recorded, and as `append` does.
    """
    if recorder.holds:
        why = "content is not erased inside 'with ledger.writing()'"
        raise WriteRefused(kept.store.address, why)
    with recorder.writing(expect=expect, timeout=timeout):
        for number in entries:
            _check_erasable(kept, number)
        new = [number for number in _in_order(kept, entries) if erased_by(kept, number) is None]
        proposals = list(_proposals(kept, new, reason, authority))
        recorder.try_append(proposals)
        if not leave_traces:
            _check_untold(kept, traces_left(kept, new, f"{reason} {authority}"))
            _check_no_text(kept, new)
        recorder.append(proposals)
    _erase(kept, sorted(set(entries)), timeout)
    return [erased_by(kept, number) or 0 for number in entries]


def _erase(kept: IndexedStore, entries: list[int], timeout: float) -> None:
    """Take out content that is recorded as erased, and texts; raises NotErased where it is still there."""
    try:
        _forget_texts(kept, entries)
        _delete_unfinished(kept)
        kept.erase(entries, timeout)
    except OutcomeUnknown:
        raise  # it may be erased, or still be there
    except MemoryError as error:
        raise NotErased(kept.store.address, entries, "not enough memory") from error
    except (LogError, OSError) as error:
        known = system_reason(error) if isinstance(error, OSError) else str(error)
        reason = getattr(error, "reason", known)
        raise NotErased(kept.store.address, entries, reason) from error


def erased_by(kept: IndexedStore, number: int) -> int | None:
    """Return the entry that says that another was erased, None where none does."""
    return redaction(kept.index, number).by


def traces_left(kept: IndexedStore, entries: Collection[int], said: str = "") -> list[Trace]:
    """Return what would still tell of entries that are erased together.

    `said` is what is recorded of the erasing.
    """
    if not entries:
        return []
    lines = ((line.seq, line.body) for line in kept.store.read() if line.body is not None)
    reason = 0, encoded({"kind": "redact", "target": 0, "reason": said})
    texts = (_told_by(kept, number, source) for number, source in _texts_left(kept, entries))
    return sorted([*traces(kept.index, entries, chain(lines, [reason])), *texts])


def _told_by(kept: IndexedStore, number: int, source: str) -> Trace:
    """Return that the text which is kept of a source tells of an entry."""
    declared = kept.index.declarations("source", source)[-1]
    return Trace(number, declared, f"the text that is kept of source {source!r}", tried=False)


def _check_untold(kept: IndexedStore, left: Iterable[Trace]) -> None:
    """Raise Refused where a guess at what is erased could still be tried out, for each entry."""
    problems = []
    tried = (trace for trace in left if trace.tried)
    for erased, found in groupby(tried, key=lambda trace: trace.erased):
        told = f"what is erased can still be tried out: {trace_words(found)}"
        advice = "redact that too, or give --leave-traces"
        problems.append(Problem(kept.place(erased), "redaction-traces", f"{told}; {advice}"))
    if problems:
        raise Refused(problems)


def _check_no_text(kept: IndexedStore, entries: Collection[int]) -> None:
    """Raise Refused where a text that is kept still holds the quotes of what is erased."""
    problems = []
    for number, source in _texts_left(kept, entries):
        told = f"the text that is kept of source {source!r} holds its words"
        advice = f"'factledger source forget {source}' takes that away, or give --leave-traces"
        problems.append(Problem(kept.place(number), "redaction-traces", f"{told}; {advice}"))
    if problems:
        raise Refused(problems)


def _texts_left(kept: IndexedStore, entries: Collection[int]) -> Iterator[tuple[int, str]]:
    """Yield the entries whose quotes stand in texts that are kept, with the source of each text."""
    texts, going = KeptTexts.beside(kept.store.address), _sources(kept, entries)
    for number in entries:
        named = {c.source for c in cited(kept.index, number) if c.start is not None} - going
        yield from ((number, name) for name in sorted(named) if texts.kept_inside(name))


def _forget_texts(kept: IndexedStore, entries: Collection[int]) -> None:
    """Take away the texts that are kept of sources among the entries."""
    texts = KeptTexts.beside(kept.store.address)
    for source in _sources(kept, entries):
        texts.forget(source)


def _delete_unfinished(kept: IndexedStore) -> None:
    """Delete what killed processes had begun beside the ledger: it may hold whatever the ledger held."""
    if (texts := KeptTexts.beside(kept.store.address).folder) is not None:
        for folder in (texts.parent, texts):
            delete_left(begun_in(folder))


def _sources(kept: IndexedStore, entries: Collection[int]) -> set[str]:
    """Return the sources that some entries declare."""
    found = (content_of(kept.index.body(number)) for number in entries)
    return {str(content["id"]) for content in found if content["kind"] == "source"}


def _proposals(
    kept: IndexedStore, entries: Iterable[int], reason: str, authority: str
) -> Iterator[Proposal]:
    for number in entries:
        first = kept.index.chains.first(number)
        claim = None if first == number else first
        record = Redact(target=number, claim=claim, reason=reason, authority=authority)
        yield Proposal(kept.place(number), {}, record=record)


def _check_erasable(kept: IndexedStore, number: int) -> None:
    index = kept.index
    if not 1 <= number <= index.written:
        raise NotFound(f"entry #{number}", f"the ledger has {index.written} entries")
    if index.body(number) is None and erased_by(kept, number) is None:
        fault = "its content is lost, and was not erased; restore it from a copy"
        raise Refused([Problem(kept.place(number), "redaction", fault)])


def _in_order(kept: IndexedStore, entries: Iterable[int]) -> list[int]:
    """Return entries so that what bears on others, or is named by them, comes after them."""
    index = kept.index
    return sorted(set(entries), key=lambda n: (index.declares(n), not index.puts_claim(n), n))
