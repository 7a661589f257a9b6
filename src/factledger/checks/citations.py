"""Citations checked again against the text of their source."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from factledger.citations.passages import SealedPassages
from factledger.citations.proving import text_hash
from factledger.citations.quotes import Found, seal
from factledger.citations.seals import SealKey, key_fault
from factledger.errors import NotFound
from factledger.index.base import Index
from factledger.index.bodies import content_of
from factledger.records.claims import Citation
from factledger.status.belief import Belief


@attrs.frozen
class Verdict:
    """The result for one citation: it stands at its place, or `fault` says how it does not."""

    number: int
    citation: Citation
    fault: str | None = None
    moved: bool = False


def verdicts(
    index: Index, source: str, text: str, seal_key: SealKey | None = None
) -> Iterator[Verdict]:
    """Yield a verdict on every citation of a source that has a place in its text, by entry.

    A passage that stands elsewhere in the text, word for word, is proved and `moved`. One that was
    sealed with a key needs it.
    """
    placed = [
        (number, citation)
        for number in range(1, len(index) + 1)
        for citation in cited(index, number)
        if citation.source == source and citation.start is not None
    ]
    passages = SealedPassages(text, seal_key)
    passages.expect((_wanted(c), (c.end or 0) - (c.start or 0)) for _, c in placed)
    return (_verdict(number, citation, passages, seal_key) for number, citation in placed)


def _wanted(citation: Citation) -> str:
    return citation.sealed or seal(citation.quote or "")


def cited(index: Index, number: int) -> tuple[Citation, ...]:
    """Return the citations of an entry: of its record, or of what a correction puts in place."""
    body = index.body(number)
    content = content_of(body)
    if content is None or "citations" not in content:
        return ()
    record = index.record(number)
    return getattr(record and record.content, "citations", ())


def _verdict(
    number: int, citation: Citation, passages: SealedPassages, key: SealKey | None
) -> Verdict:
    wanted = _wanted(citation)
    start, end = citation.start or 0, citation.end or 0
    if needed := key_fault(wanted, key):
        return Verdict(number, citation, f"{start}-{end}: {needed}")
    found = passages.locate(wanted, start, end)
    if not isinstance(found, Found):
        return Verdict(number, citation, f"{start}-{end} does not hold the words that were cited")
    moved = (found.start, found.end) != (start, end)
    return Verdict(number, citation, f"its words moved to {found}" if moved else None, moved)


def source_of_text(index: Index, text: str) -> str:
    """Return the source whose text this is by its hash, or the only one that has a hash.

    Raises `NotFound` where neither says which.
    """
    belief = Belief(index, len(index))
    known = {name: belief.source(name) for name in index.declared("source")}
    hashed = {name: source.sha256 for name, source in known.items() if source and source.sha256}
    matching = [name for name, found in hashed.items() if found == text_hash(text)]
    for candidates in (matching, list(hashed)):
        if len(candidates) == 1:
            return candidates[0]
    names = ", ".join(hashed) or "none has a hash"
    raise NotFound("the source of this text", f"say which: --text SOURCE=FILE ({names})")


def hash_fault(index: Index, source: str, text: str) -> str | None:
    """Return how a text differs from the one that its source was cited from, None if it does not."""
    declared = Belief(index, len(index)).source(source)
    if declared is None:
        raise NotFound(f"source {source!r}", "the ledger declares no such source")
    if declared.sha256 in (None, text_hash(text)):
        return None
    return f"the text has the SHA-256 {text_hash(text)}, the source states {declared.sha256}"
