"""An entry: a record with its place in the log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import overload

import attrs

from factledger.records.record import Record
from factledger.value import Value


class Entries(Sequence["Entry"]):
    """Entries that are read when they are looked at; equal to any sequence of the same entries.

    `numbers` has one for each record that was given, `new` those that were written for them.
    """

    def __init__(
        self,
        numbers: Sequence[int],
        reading: Callable[[int], Entry],
        new: Collection[int] = (),
    ) -> None:
        self.numbers = tuple(numbers)
        self.new = tuple(sorted(set(new)))
        self._reading = reading

    @property
    def known(self) -> tuple[int, ...]:
        """The numbers of those that were in the ledger already, each once."""
        return tuple(sorted({*self.numbers} - {*self.new}))

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Entry: ...

    @overload
    def __getitem__(self, place: slice) -> Entries: ...

    def __getitem__(self, place: int | slice) -> Entry | Entries:
        if isinstance(place, slice):
            return Entries(self.numbers[place], self._reading)
        return self._reading(self.numbers[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Entries({list(self.numbers)})"


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Entry(Value):
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
        """The instant at which it was written, where that was another than `at` says."""
        return None if self.record is None else self.record.backfilled
