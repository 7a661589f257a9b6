"""A record: whatever a line of the ledger can hold; and an entry, a record with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, Union

import attrs

if TYPE_CHECKING:  # most readers meet few kinds of records, and pay for the classes they meet
    from factledger.amendments import (
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
    from factledger.claims import Claim
    from factledger.declarations import Actor, Header, Source, Type

Record: TypeAlias = Union[
    "Header",
    "Claim",
    "Source",
    "Actor",
    "Type",
    "Correct",
    "Close",
    "Retract",
    "Corroborate",
    "Dispute",
    "Identify",
    "Withdraw",
    "Redact",
    "Note",
]


@attrs.frozen(kw_only=True)
class Entry:
    """A record with its place in the log.

    `number` counts from 1 and is the line of the file; `at` is the instant of recording, in
    UTC; `batch` is the first number of the append that wrote it; `hash` is the head of the
    ledger at this entry. A redacted entry has no `record`.
    """

    number: int
    at: str
    batch: int
    hash: str
    record: Record | None

    @property
    def backfilled(self) -> str | None:
        """Return the instant at which it was written, where that was later than `at` says."""
        return None if self.record is None else self.record.backfilled
