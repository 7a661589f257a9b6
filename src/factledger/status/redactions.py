"""Entries whose content was erased, and who ordered it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factledger.named import NamedTuple

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index

LOST = "its content is missing, and no redact record says that it was erased"


class Redaction(NamedTuple):
    """Entry `number` was erased, as entry `by` says: recorded at `at`, for `reason`, on whose `authority`.

    Where content is missing and no entry says that it was erased, the four are None: it is lost.
    """

    number: int
    by: int | None = None
    at: str | None = None
    reason: str | None = None
    authority: str | None = None

    def __str__(self) -> str:
        if self.at is None:
            return f"#{self.number}: {LOST}"
        return f"#{self.number} was redacted by #{self.by} on {self.at[:10]}: {self.reason} ({self.authority})"


def redactions(index: Index, recorded: int) -> tuple[Redaction, ...]:
    """Return the redactions of the entries up to `recorded`, included, by entry.

    What was erased is erased at every cut: a redaction recorded later counts as well.
    """
    targets = (_target(index, number) for number in index.erasures)
    gone = {number for number in targets if number <= recorded}
    return tuple(redaction(index, number) for number in sorted(gone))


def redaction(index: Index, number: int) -> Redaction:
    """Return the redaction of an entry that was erased, or is to be."""
    by = next((n for n in index.targeting(number) if index.kind(n) == "redact"), None)
    if by is None:
        return Redaction(number)
    record: Any = index.record(by)
    return Redaction(number, by, index.at(by), record.reason, record.authority)


def _target(index: Index, number: int) -> int:
    """Return the entry that a redaction erases, or the entry itself where its content is gone."""
    body = index.body(number)
    return number if body is None else int(body["target"])
