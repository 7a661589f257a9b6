"""Judges that forget a rule each: they must be seen to differ."""

from __future__ import annotations

from enumeration import Judge
from enumeration_ways import Way


class Careless(Judge):
    """A judge that lets inertia carry a state on beside whoever takes its place."""

    def reach(self, i: int, way: Way, others: dict[int, Way | None]) -> int:
        """Return the day up to which inertia carries a state: its limit."""
        return 0 if way.limit is None else way.limit


class Deaf(Judge):
    """A judge that knows of no contradiction."""

    def contest_all(self) -> None:
        """Note nothing."""


class Apart(Judge):
    """A judge for whom no two claims are about one thing."""

    def one_thing(self, a: object, b: object) -> bool:
        """Whether two claims are about one thing: never."""
        return False
