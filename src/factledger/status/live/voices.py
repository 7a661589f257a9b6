"""What is said about a claim: by whom it is confirmed, disputed, ended, and called the same as another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain as chained
from typing import TYPE_CHECKING, Any

from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.records.claims import doubt_of
from factledger.status.live.live import Ending, Support
from factledger.status.live.readings import ClaimReadings

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index
    from factledger.index.chains import Chain
    from factledger.text import Advice


class Said(NamedTuple):
    """What is said of one kind about a claim and was not taken back, oldest first.

    `seen` is how many entries of the kind were looked at; `heard` are those that a source still
    supports, and `supports` these sources.
    """

    seen: int = 0
    numbers: tuple[int, ...] = ()
    heard: tuple[int, ...] = ()
    supports: tuple[Support, ...] = ()


_NOTHING = Said()


class Voices(ClaimReadings):
    """What is said about the claims of a ledger at two cuts, and was not taken back."""

    def __init__(
        self,
        index: Index,
        recorded: int,
        published: Day | None = None,
        advice: Advice | None = None,
    ) -> None:
        super().__init__(index, recorded, published, advice)
        self._heard: dict[tuple[int, str], Said] = {}  # by claim and kind
        self._verdicts: dict[int, tuple[int, dict[int, str]]] = {}  # by claim; how many were read

    def _said(self, kind: str, chain: Chain | None) -> Said:
        """Return what is said of a kind about a claim by the cut, and was not taken back."""
        about = chain.about.get(kind) if chain else None
        if chain is None or about is None:
            return _NOTHING
        said = self._heard.get((chain.first, kind), _NOTHING)
        known = bisect_right(about, self.recorded)
        if said.seen < known:
            new = [n for n in about[said.seen : known] if self.retired_by(n) is None]
            said = self._hearing(said, new)._replace(seen=known)
            self._heard[chain.first, kind] = said
        return said

    def _hearing(self, said: Said, new: Iterable[int]) -> Said:
        """Return what is said of a kind with more entries that say so, behind the others."""
        found = {n: (*dict.fromkeys(self._said_by(n)),) for n in new}
        return Said(
            said.seen,
            (*said.numbers, *found),
            (*said.heard, *(n for n, supports in found.items() if supports)),
            (*said.supports, *chained.from_iterable(found.values())),
        )

    def _said_last(self, kind: str, chain: Chain) -> Iterator[int]:
        """Yield the entries of a kind that are about a claim and were not taken back, newest first."""
        known = (n for n in reversed(chain.about.get(kind, ())) if n <= self.recorded)
        return (n for n in known if self.retired_by(n) is None)

    def _disputes(self, chain: Chain) -> tuple[int, ...]:
        """Return the disputes of a claim that a source still supports and no correction settles."""
        found = self._said("dispute", chain).heard
        if not found or len(chain.readings) == 1:
            return found
        settled = self.settled(chain.first)
        return tuple(n for n in found if n not in settled)

    def settled(self, number: int) -> dict[int, int]:
        """Return the disputes of the claim of a reading that are settled, with the corrections that say so."""
        pairs = ((n, self.index.record(n)) for n in self.grounded(number))
        return {dispute: n for n, record in pairs for dispute in getattr(record, "settles", ())}

    def ending(self, number: int) -> Ending | None:
        """Return the end that a `close` gives the claim of a reading, None where none counts."""
        return self._ending(self.index.chains.of(number))

    def _ending(self, chain: Chain) -> Ending | None:
        """Return the end that the newest `close` of a claim gives, unless a later reading gives another."""
        for number in self._said_last("close", chain):
            record: Any = self.index.record(number)
            supports = list(self._supports(number, record.citations))
            if supports:
                sure = any(map(self._surely_published, supports))
                moved = self.end_moved_by(number) is not None
                settled = min(s.published.last for s in supports)
                attested = max(s.published.first for s in supports)
                spoken = max(s.published.spoken for s in supports)
                told = settled, attested, spoken
                return None if moved else Ending(number, record.until, sure, *told)
        return None

    def _said_by(self, number: int) -> Iterator[Support]:
        doubt = doubt_of(self.index.record(number))
        return self._supports(number, self._citations(number), doubt)

    def heard(self, number: int) -> bool:
        """Return whether a source that counts at the cuts still supports what an entry says."""
        return any(True for _ in self._supports(number, self._citations(number)))

    # --- which claims are one

    def same_as(self, number: int) -> Iterator[int]:
        """Yield the standing readings of the claims that are the same as this one, by the last verdicts."""
        for other in (o for o, verdict in self.verdicts(number).items() if verdict == "same"):
            standing = self.standing_reading(other)
            if standing is not None:
                yield standing

    def verdicts(self, number: int) -> Mapping[int, str]:
        """Return the last verdicts on a claim and others, by the first readings of these."""
        return {} if self.unsaid(number) else self._verdicts_on(self.index.chains.of(number))

    def _verdicts_on(self, chain: Chain) -> dict[int, str]:
        """Return the last verdict by the cut on a claim and each other that was compared with it."""
        index, about = self.index, chain.about.get("identify", ())
        known = bisect_right(about, self.recorded)
        seen, verdicts = self._verdicts.get(chain.first, (0, {}))
        if seen < known:
            verdicts = {**verdicts}
            for body in filter(None, map(index.body, about[seen:known])):
                others = {index.chains.first(c) for c in body["claims"]} - {chain.first}
                verdicts.update((other, body["verdict"]) for other in others)
            self._verdicts[chain.first] = known, verdicts
        return verdicts
