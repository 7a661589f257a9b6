"""The ledger: a log that answers what stood on a date, as recorded and published by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from factledger.dates.days import Day
from factledger.dates.instants import as_instant
from factledger.dates.queries import parse_query
from factledger.errors import NotFound, Problem
from factledger.index.memory import Index
from factledger.ledger.writing import Log
from factledger.log.lines import START
from factledger.records.entries import Entry
from factledger.status.belief import Belief
from factledger.status.timeline import Change, Timeline, changes
from factledger.views.scope import scope_of
from factledger.views.view import Coordinates, View

if TYPE_CHECKING:
    from factledger.checks.citations import Verdict
    from factledger.log.proofs.checkpoints import Checkpoint
    from factledger.log.proofs.proof import ConsistencyProof, InclusionProof
    from factledger.log.proofs.signed_notes import PrivateKey
    from factledger.views.differences import Difference
    from factledger.views.projections import Projection
    from factledger.views.steps import Step
    from factledger.views.vintages import Vintage

Date: TypeAlias = str | date | Day
Cut: TypeAlias = int | str | datetime | Entry | None
Place: TypeAlias = Date | Coordinates | tuple[Date, Cut] | tuple[Date, Cut, Date | None]
_KEPT = 8  # timelines: a few coordinates are asked about again and again


class Ledger(Log):
    """Claims with their sources, appended once and never edited; asked as of any date.

    `clock` gives the instant of recording and what `today` means, `entropy` the salts.

    >>> ledger = Ledger.create("memory:", origin="example")
    >>> len(ledger), ledger.as_of("2023-04-01").standings
    (1, ())
    """

    @cached_property
    def _timelines(self) -> dict[tuple[int, Day | None], Timeline]:
        return {}

    def as_of(
        self,
        valid: str | date | Day,
        *,
        recorded: int | str | datetime | Entry | None = None,
        published: str | date | Day | None = None,
    ) -> View:
        """Return what stood on a date, as recorded and published by then.

        `valid` is a day; a month, quarter or year means its last day. `recorded` is an entry,
        its number, or an instant that means the last entry at or before it; None for all.
        `published` keeps the claims that a source published by that day supports.
        """
        day, coarse = self._day(valid)
        until = None if published is None else self._day(published)[0]
        return View(day, coarse, self._timeline(self._cut(recorded), until), self._coordinates)

    def _coordinates(self, view: View) -> Coordinates:
        belief = view.belief
        cut = belief.recorded
        at, head = (self._index.at(cut), self._index.hash(cut)) if cut else (None, START.hash)
        return Coordinates(view.day, cut, at, belief.published, head, view.coarse)

    def difference(
        self,
        before: Place,
        after: Place,
        *,
        between: tuple[str, str] | None = None,
        involving: str | None = None,
    ) -> Difference:
        """Return what differs between two answers: what the world did, what was learnt, corrected.

        A place is a valid date, or `(valid, recorded)`, or `(valid, recorded, published)`, each as
        in `as_of`, or the coordinates of a view. `between` and `involving` leave a relationship,
        or an actor. The path is fixed: first the date, then what was recorded, then what was
        published.
        """
        from factledger.views.differences import difference

        sides = between or ((involving,) if involving else ())
        ends = [self._at(place, sides) for place in (before, after)]
        max(ends, key=lambda view: view.belief.recorded).about(*sides)
        return difference(lambda *place: self._at(place, sides), *ends)

    def steps(
        self,
        entry: int,
        valid: Date,
        *,
        recorded: Cut = None,
        published: Date | None = None,
    ) -> tuple[Step, ...]:
        """Return, one by one, the entries that changed how a claim stands on a date, oldest first.

        It begins with the claim that `entry` corrects, if it corrects one.
        """
        from factledger.views.vintages import steps_of

        newest = self._cut(recorded)
        return tuple(steps_of(lambda cut: self._at((valid, cut, published)), entry, newest))

    def vintages(
        self,
        valid: Date,
        *,
        between: tuple[str, str] | None = None,
        involving: str | None = None,
        post: str | None = None,
        recorded: Cut = None,
        published: Date | None = None,
    ) -> tuple[Vintage, ...]:
        """Return each answer that the ledger gave about a date, and from which entry on, oldest first.

        The question is what stood between two actors, or involving one, or who held a post: one
        of the three. A batch counts as a whole. Raises `NotFound` for an actor that is not declared.
        """
        from factledger.views.vintages import vintages

        asked = [one for one in (between, involving, post) if one is not None]
        if len(asked) != 1:
            raise TypeError(
                "vintages asks about `between`, `involving` or `post`: give one of them"
            )
        sides = between or (involving or post or "",)
        last = self._at((valid, recorded, published)).about(*sides)
        return tuple(vintages(lambda cut: self._at((valid, cut, published), sides), last, post))

    def _at(self, place: Place, sides: tuple[str, ...] = ()) -> View:
        """Return the view at a place, also of an actor that is not declared by then."""
        if isinstance(place, Coordinates):
            place = place.valid, place.recorded, place.published
        valid, recorded, published = (
            (*place, None, None)[:3] if isinstance(place, tuple) else (place, None, None)
        )
        return attrs.evolve(self.as_of(valid, recorded=recorded, published=published), sides=sides)

    def changes(
        self,
        *,
        recorded: int | str | datetime | Entry | None = None,
        published: str | date | Day | None = None,
        between: tuple[str, str] | None = None,
        entry: int | None = None,
    ) -> tuple[Change, ...]:
        """Return every turn of every standing along valid time, by day.

        `between` leaves the claims in which both take part, `entry` the standings that this
        entry speaks for.
        """
        cuts: dict[str, Any] = {
            "recorded": recorded,
            "published": published,
            "between": between,
            "entry": entry,
        }
        return tuple(self._changes(**cuts))

    def _changes(
        self,
        *,
        recorded: int | str | datetime | Entry | None = None,
        published: str | date | Day | None = None,
        between: tuple[str, str] | None = None,
        entry: int | None = None,
    ) -> Iterator[Change]:
        until = None if published is None else self._day(published)[0]
        timeline = self._timeline(self._cut(recorded), until)
        if entry is not None:
            return iter(changes(timeline.speaking(entry)))
        return scope_of(timeline, between or ()).changes()

    def fold(
        self, projection: Projection[Any, Any], until: str | date | Day | None = None, **cuts: Any
    ) -> Any:
        """Return what a projection makes of the changes up to a day, included; None for all."""
        from factledger.views.projections import fold

        last = None if until is None else self._day(until)[0]
        return fold(projection, self._changes(**cuts), last)

    def series(
        self,
        projection: Projection[Any, Any],
        first: str | date | Day,
        last: str | date | Day,
        **cuts: Any,
    ) -> Iterator[tuple[Day, Any]]:
        """Yield a projection's result on `first`, and on each day up to `last` that changes it."""
        from factledger.views.projections import series

        return series(projection, self._changes(**cuts), self._day(first)[0], self._day(last)[0])

    def check(self) -> tuple[Problem, ...]:
        """Return every problem that a named check finds, by entry."""
        from factledger.checks import problems

        return tuple(problems(self._index, self._where))

    def verify_text(self, source: str, text: str) -> tuple[str | None, tuple[Verdict, ...]]:
        """Return how a text differs from the one cited, if it does, and a verdict a citation."""
        from factledger.checks.citations import hash_fault, verdicts

        return hash_fault(self._index, source, text), tuple(verdicts(self._index, source, text))

    def checkpoint(self, key: PrivateKey | None = None) -> Checkpoint:
        """Return the checkpoint of all entries, or sign the next one and keep it beside the log.

        Raises `NotProved` where the log does not extend the last one that was signed.
        """
        from factledger.log.proofs.prover import checkpoint_now
        from factledger.log.proofs.signing import sign_checkpoint

        return checkpoint_now(self._store) if key is None else sign_checkpoint(self._store, key)

    def prove(self, number: int, checkpoint: Checkpoint) -> InclusionProof:
        """Return the proof that an entry is in a checkpoint; raises `NotFound` or `NotProved`."""
        from factledger.log.proofs.prover import prove_entry

        return prove_entry(self._store, number, checkpoint)

    def prove_extension(self, older: Checkpoint, newer: Checkpoint) -> ConsistencyProof:
        """Return the proof that a checkpoint extends an older one; raises `NotProved`."""
        from factledger.log.proofs.prover import prove_extension

        return prove_extension(self._store, older, newer)

    def verify_checkpoint(self, checkpoint: Checkpoint) -> tuple[Problem, ...]:
        """Return what keeps the log from extending a checkpoint, worked out from the lines.

        Whether it was signed is asked when it is read (`read_checkpoint`).
        """
        from factledger.log.proofs.prover import checkpoint_faults

        return tuple(checkpoint_faults(self._store, {self.address: checkpoint}))

    def belief(self, recorded: int | None = None, published: Day | None = None) -> Belief:
        """Return what the ledger holds at two cuts."""
        return self._timeline(self._cut(recorded), published).belief

    @property
    def index(self) -> Index:
        """Return where everything is in the log; another one once content was erased."""
        return self._index

    def _timeline(self, recorded: int, published: Day | None) -> Timeline:
        self.settle()
        cut = (recorded, published)
        found = self._timelines.pop(cut, None)
        if found is None or found.belief.index is not self._index:  # what it holds may be erased
            found = Timeline(Belief(self._index, *cut))
        self._timelines[cut] = found
        while len(self._timelines) > _KEPT:
            del self._timelines[next(iter(self._timelines))]
        return found

    def _day(self, value: str | date | Day) -> tuple[Day, str | None]:
        if isinstance(value, Day):
            return value, None
        if isinstance(value, str):
            return parse_query(value, lambda: self._clock().date())
        return Day.from_date(value), None

    def _cut(self, recorded: int | str | datetime | Entry | None) -> int:
        """Return the number of the last entry that counts; an instant means all up to it."""
        if recorded is None:
            return len(self)
        if isinstance(recorded, Entry):
            return recorded.number
        if isinstance(recorded, int):
            if not 0 <= recorded <= len(self):
                raise NotFound(f"entry #{recorded}", f"the ledger has {len(self)} entries")
            return recorded
        return min(self._index.last_by(as_instant(recorded)), len(self))
