"""A record: the value that a line of the ledger holds, of one of seventeen kinds."""

import attrs

from factledger.records.fields import maybe_instant


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Record:
    """The base of every record, and what each can say of its own recording.

    `backfilled` is the instant at which it was in fact written, by the clock of the ledger,
    where its line bears another: an earlier one of elsewhere, or a later one, behind a line that
    was dated ahead of the clock. None for a record written when its line says.
    """

    backfilled: str | None = attrs.field(default=None, validator=maybe_instant)

    @property
    def content(self) -> "Record":
        """The record itself; of a correction, the claim or declaration that it puts in place."""
        return self
