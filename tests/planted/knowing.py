"""Bugs in what was known when."""

from __future__ import annotations

from typing import Any

import attrs

from factledger.dates.days import Day
from factledger.dates.instants import instant
from factledger.index.memory import MemoryIndex
from factledger.ledger.ledger import Ledger
from factledger.log.lines import Line
from factledger.records.amendments import Correct
from factledger.status.belief import Belief
from factledger.status.live.voices import Said
from factledger.views.view import View
from planted.bug import Bug, changed


def _whenever_said(_: Any, self: Belief, kind: str, chain: Any) -> Said:
    return self._hearing(Said(), chain.about.get(kind, ()) if chain else ())


def _with_earlier_sources(supported: Any, self: Belief, number: int, claim: Any, chain: Any) -> Any:
    first = self.index.content(chain.first) if chain else None
    cited = (*claim.citations, *getattr(first, "citations", ()))
    return supported(self, number, attrs.evolve(claim, citations=cited), chain)


def _seen_again(taken: Any, self: Belief, chain: Any, number: int, *kinds: str) -> int | None:
    found: int | None = taken(self, chain, number, *kinds)
    return found if found is not None and self.recorded - found < 2 else None


def _lost_in_a_batch(taken: Any, self: Belief, chain: Any, number: int, *kinds: str) -> int | None:
    found: int | None = taken(self, chain, number, *kinds)
    batch = self.index.batch
    known = found is not None and found <= self.index.written
    return None if known and batch(found or 0) == batch(number) else found


def _kept_by_day(as_of: Any, self: Ledger, valid: Any, **cuts: Any) -> View:
    kept: dict[Any, View] = self.__dict__.setdefault("kept by day", {})
    found = kept.get(valid)
    if found is None:
        found = kept[valid] = as_of(self, valid, **cuts)
    return found


def _before(self: MemoryIndex, instant: str) -> int:
    return next((n for n in range(len(self), 0, -1) if self.at(n) < instant), 0)


def _as_it_was_told(self: MemoryIndex, line: Line) -> None:
    self._batches.append(line.batch)
    self._hashes.append(line.hash)


def _no_later_than_today(as_of: Any, self: Ledger, valid: Day, **cuts: Any) -> View:
    found: View = as_of(self, min(valid, Day.from_date(self._recorder.clock().date())), **cuts)
    return found


def _ended_by_the_first(ending: Any, self: Belief, chain: Any) -> Any:
    return ending(self, chain) if len(chain.readings) == 1 else None


def _never_back(standing: Any, self: Belief, number: int) -> int | None:
    chain = self.index.chains.of(number)
    newest = max((n for n in chain.readings if n <= self.recorded), default=None)
    found: int | None = standing(self, number)
    return found if found == newest else None


def _over_nothing(_: Any, self: Correct, before: Any) -> Any:
    return self.record


def _with_the_rest(over: Any, self: Correct, before: Any) -> Any:
    found, record = over(self, before), self.record
    value = getattr(record, "value", None) or "partner"
    return attrs.evolve(found, value=value) if self.changes else found


BUGS = (
    Bug(
        "an answer of the past takes in what was appended later",
        "XTDB #4108",
        ("stability", "prefix", "no look-ahead"),
        changed("factledger.status.live.voices.Voices._said", _whenever_said),
    ),
    Bug(
        "what was retracted comes back two entries later",
        "Datahike #185",
        ("retraction", "frame"),
        changed("factledger.status.live.readings.ClaimReadings._taken", _seen_again),
    ),
    Bug(
        "nothing is ever retracted",
        "",
        ("retraction", "correction undone"),
        {
            "factledger.status.live.readings.ClaimReadings._taken": lambda self, chain, n, *kinds: (
                None
            )
        },
    ),
    Bug(
        "a retraction is lost that is appended together with its claim",
        "Datahike #945",
        ("batches",),
        changed("factledger.status.live.readings.ClaimReadings._taken", _lost_in_a_batch),
    ),
    Bug(
        "a correction rests on the sources of what it corrects",
        "",
        ("correction",),
        changed("factledger.status.belief.Belief._supported", _with_earlier_sources),
    ),
    Bug(
        "an answer is kept by the day that it is about, whatever was learnt since",
        "eventsourcing #293",
        ("replay", "withdrawal is local"),
        changed("factledger.ledger.ledger.Ledger.as_of", _kept_by_day),
    ),
    Bug(
        "of two entries of one instant, that instant means the first",
        "XTDB #6086",
        ("instants",),
        {"factledger.index.memory.MemoryIndex.last_by": lambda self, at: _before(self, at) + 1},
    ),
    Bug(
        "an instant leaves out what was recorded at that very instant",
        "Datahike #712",
        ("instants",),
        {"factledger.index.memory.MemoryIndex.last_by": _before},
    ),
    Bug(
        "a clock that steps back takes the log with it",
        "XTDB #3251",
        ("order of entries",),
        {
            "factledger.ledger.recorder.Recorder._instants": lambda self, backfilled: (
                instant(self.clock()),
                None,
            ),
            "factledger.index.memory.MemoryIndex.place": _as_it_was_told,
        },
    ),
    Bug(
        "a source that was possibly published counts as published",
        "",
        ("no look-ahead",),
        {
            "factledger.status.live.readings.ClaimReadings._surely_published": lambda self, support: (
                True
            )
        },
    ),
    Bug(
        "a withdrawn source goes on speaking",
        "",
        ("withdrawal is local",),
        {"factledger.status.live.readings.ClaimReadings.withdrawn": lambda self, source: False},
    ),
    Bug(
        "no answer goes beyond the day on which it is asked",
        "XTDB #3013",
        ("no clock",),
        changed("factledger.ledger.ledger.Ledger.as_of", _no_later_than_today),
    ),
    Bug(
        "a correction loses the end that was recorded before it",
        "XTDB #1442",
        ("correction keeps",),
        changed("factledger.status.live.voices.Voices._ending", _ended_by_the_first),
    ),
    Bug(
        "what was corrected never comes back, though the correction is taken back",
        "",
        ("correction undone",),
        changed("factledger.status.live.readings.ClaimReadings.standing_reading", _never_back),
    ),
    Bug(
        "a correction of some fields keeps the fields of one that was taken back",
        "",
        ("changes",),
        changed("factledger.records.amendments.Correct.over", _over_nothing),
    ),
    Bug(
        "a correction of some fields fills in another one",
        "",
        ("changes",),
        changed("factledger.records.amendments.Correct.over", _with_the_rest),
    ),
)
