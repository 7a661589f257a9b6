"""The difference of two answers: what the world did, what was learnt, corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from factledger.dates.days import Day
from factledger.status.redactions import Redaction
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.views.causes import CutsBetween, ViewAt, causes_of, group_of, standing_at
from factledger.views.coordinates import Coordinates
from factledger.views.steps import Cause, Group, StandingKey, Step, standing_key
from factledger.views.view import View

if TYPE_CHECKING:
    from factledger.views.plain.answer_shapes import DifferenceShape

StandingPair: TypeAlias = tuple[Standing | None, Standing | None]
"""A standing before and after; None where no live claim is behind it."""


@attrs.frozen
class Difference:
    """The steps that lead from the answer at one place to the answer at another.

    `start` and `end` are the two views. The path is fixed: first the valid date moves, with what
    was known at the start; then what was recorded; then what was published. What the steps say of
    the world depends on that path, what they lead to does not. `redacted` is what was erased in
    between, of which nobody can tell any more how it stood.
    """

    start: View
    end: View
    steps: tuple[Step, ...]
    redacted: tuple[Redaction, ...]

    def __bool__(self) -> bool:
        return bool(self.steps or self.redacted)

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __str__(self) -> str:
        from factledger.views.plain.pages import difference_text

        return difference_text(self)

    def _repr_html_(self) -> str:
        from factledger.views.plain.pages import difference_html

        return difference_html(self)

    def to_dict(self) -> DifferenceShape:
        """Return it as plain values, the same that `factledger diff --format json` prints."""
        from factledger.views.plain.difference_objects import difference_object

        return difference_object(self)

    def rows(self) -> list[dict[str, Any]]:
        """Return a flat row for each step: what changed, and the standing before and after it.

        `pandas.DataFrame(difference.rows())` takes them, group by group.
        """
        from factledger.views.plain.difference_objects import difference_rows

        return difference_rows(self)

    def to_arrow(self) -> Any:
        """Return the rows as a table of pyarrow; raises `MissingExtra` without it."""
        from factledger.views.plain.arrow import arrow_table
        from factledger.views.plain.difference_objects import STEP_ROW_COLUMNS

        return arrow_table(self.rows(), STEP_ROW_COLUMNS)

    @property
    def before(self) -> Coordinates:
        """The place of the answer from which the steps lead."""
        return self.start.at

    @property
    def after(self) -> Coordinates:
        """The place of the answer to which the steps lead."""
        return self.end.at

    @property
    def sides(self) -> tuple[str, ...]:
        """The actors that it is about: the two of a relationship, one, or none for all."""
        return self.end.sides

    @property
    def world(self) -> tuple[Step, ...]:
        """The steps of the world: what began, ended, became definite, presumed or possible."""
        return self._of("world")

    @property
    def learnt(self) -> tuple[Step, ...]:
        """The steps of learning: new claims, ends and disputes, sources published."""
        return self._of("learnt")

    @property
    def corrected(self) -> tuple[Step, ...]:
        """The steps of correcting: claims that were wrong, and were corrected or taken back."""
        return self._of("corrected")

    @property
    def withdrawn(self) -> tuple[Step, ...]:
        """The standings that changed because a source was withdrawn."""
        return self._of("withdrawn")

    @property
    def erased(self) -> tuple[Step, ...]:
        """The standings that are being erased, as far as their content is still there."""
        return self._of("erased")

    def _of(self, group: Group) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.group == group)

    def apply(self, standings: Iterable[Standing]) -> frozenset[Standing]:
        """Return the standings shown `after`, given those shown `before`.

        Raises ValueError where these are not the standings that the steps begin with.
        """
        shown = set(standings)
        for step in self.steps:
            if step.before is not None and step.before.shown:
                if step.before not in shown:
                    raise ValueError(f"#{step.before.number} does not stand as it did before")
                shown.remove(step.before)
            if step.after is not None and step.after.shown:
                shown.add(step.after)
        return frozenset(shown)

    @property
    def net(self) -> tuple[frozenset[Standing], frozenset[Standing]]:
        """The standings that are shown before and not after, and the other way round.

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
        """The difference that leads back, by the same path."""
        steps = tuple(step.inverse for step in reversed(self.steps))
        return attrs.evolve(self, start=self.end, end=self.start, steps=steps)


def _move(standing: Standing | None, source: set[Standing], target: set[Standing]) -> None:
    """Take a standing out of one set, or put it into the other where it is in neither."""
    if standing is not None and standing.shown:
        if standing in source:
            source.remove(standing)
        else:
            target.add(standing)


def difference(
    view_at: Callable[[Day, int, Day | None], View], start: View, end: View
) -> Difference:
    """Return the difference of two views; `view_at` gives the views on the way."""
    here, there = start.at, end.at
    turned = view_at(there.valid, here.recorded, here.published)
    learnt = view_at(there.valid, there.recorded, here.published)

    def between(cut: int) -> View:
        return view_at(there.valid, cut, here.published)

    steps = (
        *world_steps(start, turned),
        *recorded_steps(between, turned, learnt),
        *published_steps(learnt, end),
    )
    low, high = sorted((here.recorded, there.recorded))
    erased = dict.fromkeys((*start.redacted, *end.redacted))
    redacted = tuple(r for r in erased if r.by is not None and low < r.by <= high)
    return Difference(start, end, steps, redacted)


# --- the three legs

_UNTURNED = frozenset({"contested", "uncontested", "retold", "supported", "lost a source"})


def world_steps(x: View, y: View) -> Iterator[Step]:
    """Yield the steps from one day to another, with all else the same."""
    for before, after in pairs(x, y):
        later, view = (after, y) if x.day < y.day else (before, x)
        assert later is not None  # noqa: S101  what is known is the same on both days
        by = (Cause(later.number, view.belief.index.kind(later.number)),)
        step = Step("valid", "world", before, after, by=by)
        yield attrs.evolve(step, day=_came(view.past(later), seen_by(step.kind)))


def _came(past: Sequence[tuple[Day, Standing]], seen: Callable[[Standing], object]) -> Day:
    """Return the day since which what is seen of a standing is as it is last."""
    last = seen(past[-1][1])
    return min(day for day, _ in takewhile(lambda step: seen(step[1]) == last, reversed(past)))


def seen_by(kind: str) -> Callable[[Standing], object]:
    """Return what is looked at of a standing to find the day of a step of the world.

    What began has begun from the first sure day on, whatever became of its status later.
    """
    if kind in _UNTURNED:
        return lambda standing: standing
    if kind.startswith("became"):
        return lambda standing: standing.status
    return lambda standing: stage(standing.status)


def stage(status: Status) -> Status:
    """Return how far something has come: not yet, possible, sure (as definite), or ended."""
    return Status.DEFINITE if status in (Status.PRESUMED, Status.CONTESTED) else status


def recorded_steps(view_at: ViewAt, x: View, y: View) -> list[Step]:
    """Return the steps from one recorded cut to another, with all else the same."""
    low, high = x.belief.recorded, y.belief.recorded
    if low > high:
        return [step.inverse for step in recorded_steps(view_at, y, x)]
    steps, between = [], CutsBetween(view_at, x, y)
    for before, after in succeeded(x, y):
        by = causes_of(between, before, after)
        new = before is None and after is not None and after.number > low
        steps.append(Step("recorded", group_of(by, new), before, after, by=by))
    return steps


def published_steps(x: View, y: View) -> Iterator[Step]:
    """Yield the steps from one day of publication to another, with all else the same."""
    for before, after in succeeded(x, y):
        here, there = (
            {s.citation.source for s in m.supports} if m else set() for m in (before, after)
        )
        sources = tuple(sorted(here ^ there))
        yield Step("published", "learnt", before, after, sources=sources)


# --- what belongs together


def pairs(x: View, y: View) -> Iterator[StandingPair]:
    """Yield the standings that differ and that either view shows, each as it stands in both."""
    here, there = ({standing_key(s): s for s in view.standings} for view in (x, y))
    for key in dict.fromkeys((*here, *there)):
        before = here.get(key) or hidden(x, key)
        after = there.get(key) or hidden(y, key)
        if before != after:
            yield before, after


def hidden(view: View, key: StandingKey) -> Standing | None:
    """Return the standing of a key that a view does not show: not yet, or ended."""
    standing = standing_at(view, key)
    return None if standing is None or standing.shown else standing


def succeeded(x: View, y: View) -> list[StandingPair]:
    """Return the pairs; a claim of which another reading stands stays one claim."""
    differing = list(pairs(x, y))
    new = {standing_key(a): a for before, a in differing if before is None and a is not None}
    whole: list[StandingPair] = []
    for before, after in differing:
        if before is not None and after is None:
            heir = _other_reading(y, before)
            after = (new.pop(heir, None) or hidden(y, heir)) if heir else None
        elif before is None and after is not None:
            if standing_key(after) not in new:
                continue
            forebear = _other_reading(x, after)
            before = hidden(x, forebear) if forebear else None
        whole.append((before, after))
    return whole


def _other_reading(view: View, standing: Standing) -> StandingKey | None:
    """Return the key of the reading of a standing's claim that stands in a view, None if none does."""
    number = view.belief.standing_reading(standing.number)
    return None if number is None else (number, standing_key(standing)[1])
