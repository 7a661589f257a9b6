"""A claim is a chain of readings: which of them stands at a knowledge cut, and what it says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from factledger.dates.days import Day
from factledger.index.bodies import CLAIM_KINDS
from factledger.records.claims import Citation, Claim
from factledger.records.record import Record
from factledger.status.live.keys import Keys
from factledger.status.live.live import Support

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index
    from factledger.index.chains import Chain
    from factledger.records.amendments import Correct
    from factledger.text import Advice

# A correction of these reasons says that the reading was wrong, whatever any source published
# since; the others rest on what a later source says.
OUR_ERRORS = frozenset({"misread", "misdated", "misidentified"})


class ClaimReadings(Keys):
    """The readings of the claims of a ledger at two cuts, and which of them has its ground."""

    def __init__(
        self,
        index: Index,
        recorded: int,
        published: Day | None = None,
        advice: Advice | None = None,
    ) -> None:
        super().__init__(index, recorded, advice)
        self.published = published
        self._standing: dict[int, int | None] = {}  # the reading that stands, by claim
        self._claims: dict[int, Record | None] = {}  # as readings give them
        self._withdrawn: dict[str, bool] = {}
        self._unsaid: dict[int, bool] = {}

    def standing_reading(self, number: int) -> int | None:
        """Return the reading that stands of the claim that an entry is a reading of: its newest with ground.

        None where the claim was taken back, or none of it is there by the cut. Whether any source
        supports it is another question.
        """
        first = self.index.chains.first(number)
        if first not in self._standing:
            chain = self.index.chains.of(first)
            taken_back = self._taken(chain, first, "retract") is not None
            found = None if taken_back else next(self._grounded(chain, self.recorded), None)
            self._standing[first] = found
        return self._standing[first]

    def grounded(self, number: int) -> list[int]:
        """Return the readings that have their ground, newest first, of the claim of a reading."""
        return [*self._grounded(self.index.chains.of(number), self.recorded)]

    def _grounded(self, chain: Chain, last: int) -> Iterator[int]:
        """Yield the readings up to an entry that have their ground, newest first."""
        for place in range(bisect_right(chain.readings, last) - 1, -1, -1):
            number = chain.readings[place]
            kept = self._taken(chain, number, "retract") is None
            if kept and (not place or self._has_ground(number)):
                yield number

    def _taken(self, chain: Chain, reading: int, *kinds: str) -> int | None:
        """Return the entry that retracts or erases a reading by the cut, None if none does."""
        by = (n for n in chain.taking.get(reading, ()) if n <= self.recorded)
        return next((n for n in by if not kinds or self.index.kind(n) in kinds), None)

    def _has_ground(self, number: int) -> bool:
        """Return whether what a correction rests on counts at the cuts.

        One that was erased stays in the way of what it corrected.
        """
        record: Any = self.index.record(number)
        if record is None:
            return True
        cited = record.record.citations
        kept = [c for c in cited if not self.withdrawn(c.source)]
        if record.reason in OUR_ERRORS:
            return bool(kept) or self._reads_again(record)
        return any(map(self._surely_published, self._supports(number, kept)))

    def _reads_again(self, correction: Correct) -> bool:
        """Return whether a correction cites a source that what it corrects cites: it was misread all the same."""
        before = self.index.content(correction.target)
        read = {c.source for c in getattr(before, "citations", ())}
        return any(c.source in read for c in getattr(correction.record, "citations", ()))

    def _read(self, chain: Chain, number: int) -> Any:
        """Return a claim as one of its readings gives it, None where that was erased.

        A correction that changes some fields gives the rest as the reading before it does.
        """
        waiting = []
        found: Record | None = None
        for n in self._grounded(chain, number):
            if n in self._claims:
                found = self._claims[n]
                break
            waiting.append(n)
            if not getattr(self.index.record(n), "changes", ()):
                break
        while waiting:
            n = waiting.pop()
            record = self.index.record(n)
            found = record and record.over(found)
            self._claims[n] = found
        return found

    def reading(self, number: int) -> Claim | None:
        """Return a claim as one of its readings gives it at the cut; None where that was erased."""
        chain = self.index.chains.of(number)
        counts = number in self._grounded(chain, number)
        found = self._read(chain, number) if counts else self.index.content(number)
        return found if isinstance(found, Claim) else None

    def end_moved_by(self, close: int) -> int | None:
        """Return the reading that gives its claim another end than the one before, after a `close`."""
        body = self.index.body(close) or {}
        chain = self.index.chains.of(body["target"])
        later, moved = None, None
        for number in self._grounded(chain, self.recorded):
            claim = self._read(chain, number)
            until = getattr(claim, "until", None)
            if later is not None and claim is not None and until != later[1]:
                moved = later[0]
            later = None if claim is None else (number, until)
            if number < close:
                break
        return moved

    # --- what stands no longer

    def unsaid(self, number: int) -> bool:
        """Return whether nothing is said about the claim of an entry, and it corrects none."""
        found = self._unsaid.get(number)
        if found is None:
            found = self._unsaid[number] = self.index.chains.alone(number)
        return found

    def about(self, number: int) -> list[int]:
        """Return the entries that target an entry, oldest first, up to the cut."""
        targeting = self.index.targeting(number)
        return [n for n in targeting if n <= self.recorded] if targeting else []

    def retired_by(self, number: int) -> int | None:
        """Return the entry by which an entry stands no longer at the cut, None if it does.

        It retracted or erased it, or retracted the claim of which it is a reading, or is the
        reading that stands in its place.
        """
        index = self.index
        if index.kind(number) in CLAIM_KINDS or index.puts_claim(number):
            return None if self.unsaid(number) else self._replaced_by(number)
        kinds = ("retract", "redact", "correct")
        return next((n for n in self.about(number) if index.kind(n) in kinds), None)

    def _replaced_by(self, number: int) -> int | None:
        chain = self.index.chains.of(number)
        by = self._taken(chain, number) or self._taken(chain, chain.first, "retract")
        if by is not None:
            return by
        standing = self.standing_reading(number)
        return standing if standing is not None and standing > number else None

    # --- which sources count

    def _citations(self, number: int) -> tuple[Citation, ...]:
        return getattr(self.index.record(number), "citations", ())

    def _supports(
        self, number: int, citations: Iterable[Citation], hedge: str | None = None
    ) -> Iterator[Support]:
        for citation in citations:
            if self.withdrawn(citation.source):
                continue
            published = self.publication(citation.source)
            if self.published is None or published.first <= self.published:
                origin = self.origin(citation.source)
                yield Support(number, citation, origin, published, hedge)

    def _surely_published(self, support: Support) -> bool:
        return self.published is None or support.published.last <= self.published

    def withdrawn(self, source: str) -> bool:
        """Return whether a source is withdrawn by the cut, and the withdrawal was not taken back."""
        if source not in self._withdrawn:
            self._withdrawn[source] = self._is_withdrawn(source)
        return self._withdrawn[source]

    def _is_withdrawn(self, source: str) -> bool:
        withdrawals = self.index.upto(self.index.withdrawals(source), self.recorded)
        return any(self.retired_by(n) is None for n in withdrawals)
