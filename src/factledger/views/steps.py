"""One standing on the way from one answer to another: before, after, and why."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.status.spans import Status
from factledger.status.standings import Standing

Leg: TypeAlias = Literal["valid", "recorded", "published"]
Group: TypeAlias = Literal["world", "learnt", "corrected", "withdrawn", "erased"]
CHANGE_GROUPS: tuple[Group, ...] = ("world", "learnt", "corrected", "withdrawn", "erased")
StandingKey: TypeAlias = tuple[int, str | None]
"""What a standing is known by in any view: its entry, and its type if it is derived."""


def standing_key(standing: Standing) -> StandingKey:
    """Return the key by which a standing is known in any view."""
    return standing.number, standing.claim.type if standing.derived else None


class Cause(NamedTuple):
    """An entry that changed a standing: its kind, and the reason that it gives, if it gives one."""

    number: int
    kind: str
    reason: str | None = None


@attrs.frozen
class Step:
    """A standing that is another at the end of a leg than at its beginning.

    `before` and `after` are None where no live claim is behind them; one that is not shown there
    is `not-yet` or `ended`. Along valid time `day` is the day on which it began, ended or became
    what `kind` says, and `by` the entry that says so. Along recorded time `by` are the entries
    that changed it, oldest first; along publication `sources` are those that count on one side
    alone.
    """

    leg: Leg
    group: Group
    before: Standing | None
    after: Standing | None
    by: tuple[Cause, ...] = ()
    sources: tuple[str, ...] = ()
    day: Day | None = None

    @property
    def standing(self) -> Standing:
        """The standing to tell of: the later one, where there is one."""
        standing = self.after or self.before
        assert standing is not None  # noqa: S101  a step leads from or to a standing
        return standing

    @property
    def reason(self) -> str | None:
        """The last reason that an entry gives, None where none gives one."""
        return next((c.reason for c in reversed(self.by) if c.reason), None)

    @property
    def inverse(self) -> Step:
        """The step that leads back."""
        return attrs.evolve(self, before=self.after, after=self.before)

    @property
    def kind(self) -> str:
        """A word or two for the change: `began`, `now definite`, `gone`."""
        before, after = self.before, self.after
        if after is None:
            return "joined" if self.by and self.by[-1].kind == "identify" else "gone"
        if before is None or before.alone is not after.alone:
            return _turned(before, after) if self.leg == "valid" else f"now {after.status}"
        if before.number != after.number:
            return "replaced"
        if before.contested_by != after.contested_by:
            return "contested" if after.contested_by else "uncontested"
        if before.supports == after.supports:
            return "retold"
        gained = set(after.supports) - set(before.supports)
        return "supported" if gained else "lost a source"


def _turned(before: Standing | None, after: Standing) -> str:
    """Return the word for a standing to which the world gave another status."""
    was = before.alone if before else Status.NOT_YET
    if not after.status.shown:
        return "ended" if after.status is Status.ENDED else "not yet"
    if was is Status.ENDED:
        return "not ended"
    if was is Status.NOT_YET:
        begun = "happened" if after.claim.shape in ("event", "tally") else "began"
        return f"possibly {begun}" if after.status is Status.POSSIBLE else begun
    return f"became {after.status}"
