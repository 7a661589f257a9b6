"""A record: the value that a line of the ledger holds, of one of seventeen kinds."""

import attrs

from factledger.frozen import frozen
from factledger.records.fields import maybe_instant, maybe_name
from factledger.value import Value

OF_RECORDING = ("backfilled", "recorded_by", "first_recorded")
"""The fields that say how a record came into the ledger: two records that differ in them alone say the same."""


@frozen(kw_only=True, repr=False, eq=False)
class Record(Value):
    """The base of every record, and what each can say of its own recording.

    `backfilled` is the instant at which it was in fact written, by the clock of the ledger,
    where its line bears another: an earlier one of elsewhere, or a later one, behind a line that
    was dated ahead of the clock. None for a record written when its line says.

    `recorded_by` is who recorded it, as they call themselves. `first_recorded` is the instant at
    which the ledger recorded it from which it was merged into this one.
    """

    backfilled: str | None = attrs.field(default=None, validator=maybe_instant)
    recorded_by: str | None = attrs.field(default=None, validator=maybe_name, eq=False)
    first_recorded: str | None = attrs.field(default=None, validator=maybe_instant, eq=False)

    @property
    def content(self) -> "Record":
        """The record itself; of a correction, the claim or declaration that it puts in place."""
        return self

    def over(self, before: "Record | None") -> "Record":
        """Return what it puts in the place of a reading: itself; a correction may give only some fields."""
        return self
