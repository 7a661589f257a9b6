"""What differs between two answers: what the world did, what was learnt, corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import attrs

from factledger.dates.days import Day
from factledger.status.redactions import Redaction
from factledger.status.standings import Standing
from factledger.views.causes import (
    Asked,
    at_key,
    causes,
    corrected_by,
    group_of,
    kept,
    newest,
)
from factledger.views.coordinates import Coordinates
from factledger.views.steps import Cause, Group, Key, Step, key_of
from factledger.views.view import View

Pair: TypeAlias = tuple[Standing | None, Standing | None]


@attrs.frozen
class Difference:
    """What leads from the answer at one place to the answer at another, step by step.

    The path is fixed: first the valid date moves, with what was known `before`; then what was
    recorded; then what was published. What the steps say of the world depends on that path, what
    they lead to does not. `redacted` is what was erased in between, of which nobody can tell any
    more how it stood.
    """

    before: Coordinates
    after: Coordinates
    steps: tuple[Step, ...]
    redacted: tuple[Redaction, ...]
    sides: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.steps or self.redacted)

    @property
    def world(self) -> tuple[Step, ...]:
        """Return what the world did: it began, ended, became definite, presumed or possible."""
        return self._of("world")

    @property
    def learnt(self) -> tuple[Step, ...]:
        """Return what was learnt: new claims, ends and disputes, sources published."""
        return self._of("learnt")

    @property
    def corrected(self) -> tuple[Step, ...]:
        """Return what was wrong, and was corrected or taken back."""
        return self._of("corrected")

    @property
    def withdrawn(self) -> tuple[Step, ...]:
        """Return what no longer stands as it did since a source was withdrawn."""
        return self._of("withdrawn")

    @property
    def erased(self) -> tuple[Step, ...]:
        """Return what is being erased, as far as its content is still there."""
        return self._of("erased")

    def _of(self, group: Group) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.group == group)

    def apply(self, standings: Iterable[Standing]) -> frozenset[Standing]:
        """Return the standings shown `after`, given those shown `before`.

        Raises ValueError where these are not the standings that the steps begin with.
        """
        found = set(standings)
        for step in self.steps:
            if step.before is not None and step.before.shown:
                if step.before not in found:
                    raise ValueError(f"#{step.before.number} does not stand as it did before")
                found.remove(step.before)
            if step.after is not None and step.after.shown:
                found.add(step.after)
        return frozenset(found)

    @property
    def net(self) -> tuple[frozenset[Standing], frozenset[Standing]]:
        """Return the standings that are shown before and not after, and the other way round.

        It depends on the two ends alone, and not on the path.
        """
        gone: set[Standing] = set()
        new: set[Standing] = set()
        for step in self.steps:
            _move(step.before, new, gone)
            _move(step.after, gone, new)
        return frozenset(gone), frozenset(new)

    @property
    def inverse(self) -> Difference:
        """Return what leads back, by the same path."""
        steps = tuple(step.inverse for step in reversed(self.steps))
        return attrs.evolve(self, before=self.after, after=self.before, steps=steps)


def _move(standing: Standing | None, source: set[Standing], target: set[Standing]) -> None:
    """Take a standing out of one set, or put it into the other where it is in neither."""
    if standing is not None and standing.shown:
        if standing in source:
            source.remove(standing)
        else:
            target.add(standing)


def difference(
    asked: Callable[[Day, int, Day | None], View], before: View, after: View
) -> Difference:
    """Return what leads from one view to another; `asked` gives the views on the way."""
    here, there = before.at, after.at
    turned = asked(there.valid, here.recorded, here.published)
    told = asked(there.valid, there.recorded, here.published)
    between = kept(lambda cut: asked(there.valid, cut, here.published))
    steps = (
        *world_steps(before, turned),
        *recorded_steps(between, turned, told),
        *published_steps(told, after),
    )
    low, high = sorted((here.recorded, there.recorded))
    erased = dict.fromkeys((*before.redacted, *after.redacted))
    redacted = tuple(r for r in erased if r.by is not None and low < r.by <= high)
    return Difference(here, there, steps, redacted, before.sides)


# --- the three legs


def world_steps(x: View, y: View) -> Iterator[Step]:
    """Yield what differs between two days, with all else the same."""
    for before, after in pairs(x, y):
        told, view = (after, y) if x.day < y.day else (before, x)
        assert told is not None  # noqa: S101  what is known is the same on both days
        by = (Cause(told.number, view.belief.index.kind(told.number)),)
        yield Step("valid", "world", before, after, by=by, day=view.turned(told))


def recorded_steps(asked: Asked, x: View, y: View) -> list[Step]:
    """Return what differs between two recorded cuts, with all else the same."""
    low, high = x.belief.recorded, y.belief.recorded
    if low > high:
        return [step.inverse for step in recorded_steps(asked, y, x)]
    found = []
    for before, after in succeeded(x, y):
        by = causes(asked, before, after, low, high)
        new = before is None and after is not None and after.number > low
        found.append(Step("recorded", group_of(by, new), before, after, by=by))
    return found


def published_steps(x: View, y: View) -> Iterator[Step]:
    """Yield what differs between two days of publication, with all else the same."""
    for before, after in pairs(x, y):
        here, there = (
            {s.citation.source for s in m.supports} if m else set() for m in (before, after)
        )
        sources = tuple(sorted(here ^ there))
        yield Step("published", "learnt", before, after, sources=sources)


# --- what belongs together


def pairs(x: View, y: View) -> Iterator[Pair]:
    """Yield the standings that differ and that either view shows, each beside its own in the other."""
    here, there = ({key_of(s): s for s in view.standings} for view in (x, y))
    for key in dict.fromkeys((*here, *there)):
        before = here.get(key) or hidden(x, key)
        after = there.get(key) or hidden(y, key)
        if before != after:
            yield before, after


def hidden(view: View, key: Key) -> Standing | None:
    """Return the standing of a key that a view does not show: not yet, or ended."""
    found = at_key(view, key)
    return None if found is None or found.shown else found


def succeeded(x: View, y: View) -> list[Pair]:
    """Return the pairs, with what was corrected beside what took its place."""
    index, cut = y.belief.index, y.belief.recorded
    found = list(pairs(x, y))
    new = {key_of(after): after for before, after in found if before is None and after is not None}
    whole: list[Pair] = []
    for before, after in found:
        if before is not None and after is None:
            heir = newest(index, before.number, cut), key_of(before)[1]
            after = new.pop(heir, None) or hidden(y, heir)
        elif before is None and after is not None:
            if key_of(after) not in new:
                continue
            before = _forebear(x, after)
        whole.append((before, after))
    return whole


def _forebear(x: View, after: Standing) -> Standing | None:
    """Return the hidden standing of what a new standing corrects."""
    numbers = corrected_by(x.belief.index, after.number)
    found = (hidden(x, (number, key_of(after)[1])) for number in numbers)
    return next((s for s in found if s is not None), None)
