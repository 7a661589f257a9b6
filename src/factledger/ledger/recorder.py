"""The recorder of batches in a store: each under its instant, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import get_ident
from typing import TYPE_CHECKING

from factledger.collecting import no_collecting
from factledger.dates.instants import SKEW, as_instant, instant, utc_now
from factledger.errors import FieldError, Problem, Refused
from factledger.ledger.indexed_store import IndexedStore
from factledger.log.lines import SALT_BYTES
from factledger.log.stores.base import PATIENCE, Writer, check_expected
from factledger.records.codec import Body
from factledger.records.fields import name_fault
from factledger.records.record import Record
from factledger.status.belief import Belief

if TYPE_CHECKING:  # what only a writer needs is imported there: most processes ask one question
    from factledger.checks.admission import Admission, Admitted
    from factledger.checks.fast_path import FastPath
    from factledger.checks.proposals import Proposal
    from factledger.citations.seals import SealKey

_GO_ON = (
    "nothing was written; set this clock right, or, if it is, go on with --trust-clock: "
    "each record then says when it was in fact written"
)


class Recorder:
    """The one that appends to a store; `clock` gives the instants, `entropy` the salts.

    With `trust_clock` it goes on where the newest entry is dated ahead of the clock. `recorded_by` is
    who records, where a record does not say so itself.
    """

    def __init__(
        self,
        kept: IndexedStore,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
        *,
        trust_clock: bool = False,
        recorded_by: str | None = None,
    ) -> None:
        if fault := name_fault(recorded_by):
            raise FieldError("recorded_by", fault)
        self._recorded_by = recorded_by
        self.clock = clock
        self._trusted = trust_clock
        self._kept = kept
        self._entropy = entropy
        # What the last batch saw of the ledger, and at which reading.
        self._seen: tuple[int, FastPath, Belief] | None = None
        self._writer: Writer | None = None  # what is held over several appends
        self._holder = 0  # the thread that holds it

    @contextmanager
    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> Iterator[None]:
        """Hold the right to append over several appends; all others wait, or are told Busy."""
        with self._kept.writing(expect=expect, timeout=timeout) as writer:
            self._writer, self._holder = writer, get_ident()
            try:
                self._kept.refresh()
                yield
            finally:
                self._writer, self._holder = None, 0

    @property
    def holds(self) -> bool:
        """Whether this thread holds the right to append over several appends."""
        return self._holder == get_ident()

    @contextmanager
    def _turn(self, expect: str | int | None, timeout: float) -> Iterator[Writer]:
        """Give the writer that is held, or one for this append alone."""
        if self._writer is None or not self.holds:
            with self._kept.writing(expect=expect, timeout=timeout) as writer:
                yield writer
        else:
            check_expected(expect, self._writer.head)
            yield self._writer

    def append(
        self,
        records: Sequence[Record | Proposal | Body],
        *,
        expect: str | int | None = None,
        texts: Mapping[str, str] | None = None,
        unproved: bool = False,
        seal_key: SealKey | None = None,
        backfilled: str | datetime | None = None,
        timeout: float = PATIENCE,
    ) -> list[Admitted]:
        """Return what holds each of the records, once they are durable; a body for each that is new."""

        def take(admission: Admission) -> None:
            admission.take(records)

        admission = self._write(
            lambda: self._admission(texts, unproved, seal_key, backfilled), take, expect, timeout
        )
        return admission.admitted

    def append_merging(
        self,
        fill: Callable[[Admission], None],
        *,
        expect: str | int | None = None,
        timeout: float = PATIENCE,
        dry: bool = False,
    ) -> None:
        """Write what `fill` puts into an admission, as one batch; nothing of it where it is `dry`.

        Each record may say at which instant another ledger recorded it. Citations whose text is
        not given are taken as they are. Raises as `append` does.
        """

        def admission() -> tuple[str, Admission]:
            at, found = self._admission(None, unproved=True, seal_key=None, backfilled=None)
            found.merging, found.recorded_by = True, None
            return at, found

        if not dry:
            self._write(admission, fill, expect, timeout)
            return
        with self._kept.trial(dry=True):
            _, found = admission()
            fill(found)
            found.raise_problems()

    def _write(
        self,
        admitting: Callable[[], tuple[str, Admission]],
        fill: Callable[[Admission], None],
        expect: str | int | None,
        timeout: float,
    ) -> Admission:
        """Return an admission once all that it admitted is durable."""
        kept = self._kept
        with self._turn(expect, timeout) as writer, kept.lock, no_collecting():
            kept.refresh()
            with kept.trial():
                at, admission = admitting()
                fill(admission)
                admission.raise_problems()
                bodies = [a.body for a in admission.admitted if a.body is not None]
                written = writer.append(bodies, at=at, salts=self._salts(len(bodies)))
            kept.acknowledge(written)
            self._seen = kept.readings, admission.fast_path, admission.belief
        return admission

    def try_append(
        self,
        records: Sequence[Record | Proposal | Body],
        *,
        texts: Mapping[str, str] | None = None,
        unproved: bool = False,
        seal_key: SealKey | None = None,
        backfilled: str | datetime | None = None,
        apart: bool = False,
        tell: Callable[[Belief, Sequence[int]], object] | None = None,
    ) -> list[int]:
        """Return the numbers that `append` would give, without writing; raises as it does.

        `tell` is called with the numbers, and with what the ledger would hold with them. Claims that
        are tried `apart` rest on none of the others, and not all of them get numbers.
        """
        with self._kept.trial(dry=True), no_collecting():
            _, admission = self._admission(texts, unproved, seal_key, backfilled)
            admission.apart = apart
            admission.take(records)
            admission.raise_problems()
            numbers = [a.number for a in admission.admitted]
            if tell is not None:
                tell(Belief(self._kept.index, len(self._kept.index)), numbers)
        return numbers

    def _admission(
        self,
        texts: Mapping[str, str] | None,
        unproved: bool,
        seal_key: SealKey | None,
        backfilled: str | datetime | None,
    ) -> tuple[str, Admission]:
        """Return the instant of a batch, and what takes its records."""
        from factledger.checks.admission import Admission
        from factledger.ledger.texts import KeptTexts

        at, written = self._instants(backfilled)
        fast_path, belief = self._seen_before()
        admission = Admission(
            self._kept.index,
            at,
            fast_path,
            dict(texts or {}),
            unproved,
            seal_key,
            written,
            self._recorded_by,
            kept_text=KeptTexts.beside(self._kept.store.address).get,
            earlier=belief,
        )
        return at, admission

    def _seen_before(self) -> tuple[FastPath, Belief | None]:
        """Return the fast path and the belief of the last batch; a new path after a refusal, a trial, others' lines."""
        from factledger.checks.fast_path import FastPath

        seen, self._seen = self._seen, None
        if seen is not None and seen[0] == self._kept.readings:
            return seen[1:]
        return FastPath(self._kept.index), None

    def _instants(self, backfilled: str | datetime | None) -> tuple[str, str | None]:
        """Return the instant that a batch bears, and the one at which it is written if another."""
        index, clock = self._kept.index, self.clock()
        now, soon = instant(clock), instant(clock + SKEW)
        newest = index.at(len(index)) if len(index) else ""
        if backfilled is None:
            return (max(now, newest), None) if newest <= soon else self._behind(newest, now, soon)
        at = as_instant(backfilled)
        if newest <= at <= now:
            return at, now
        found = f"it is {now} now" if at > now else f"the newest entry was recorded at {newest}"
        advice = "entries are recorded in order, and not in the future"
        fault = f"recorded at {at}: {found}; {advice}"
        raise Refused([Problem(self._kept.store.address, "backfilled", fault)])

    def _behind(self, newest: str, now: str, soon: str) -> tuple[str, str]:
        """Return the instants of a batch behind a line that is dated ahead of the clock.

        Lines never go back, so it bears that of the line, and says when it is written. Raises
        `Refused` where no record before has said so, and this clock is not to be trusted either.
        """
        from factledger.checks.instants import dated_ahead

        index = self._kept.index
        stated = index.written_at(len(index))
        if stated > soon and not self._trusted:
            fault = f"{dated_ahead(index.at(len(index)), now)}; {_GO_ON}"
            raise Refused([Problem(self._kept.place(len(index)), "recorded-future", fault)])
        return newest, now if stated > soon else max(now, stated)

    def _salts(self, count: int) -> list[bytes]:
        drawn = self._entropy(SALT_BYTES * count)
        return [drawn[i : i + SALT_BYTES] for i in range(0, len(drawn), SALT_BYTES)]
