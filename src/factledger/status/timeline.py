"""The tracks of the claims of a belief, worked out as they are asked for, and kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from factledger.status.merging import MergedClaim, component_of
from factledger.status.things.alone import Alone
from factledger.status.tracks.joint import JointTrack, standing_of
from factledger.status.tracks.own import OwnTrack
from factledger.status.tracks.track import Track, in_order_of_time

if TYPE_CHECKING:  # it is given what is live: how that is found out need not be known here
    from factledger.status.bearing import Bearing
    from factledger.status.belief import Belief
    from factledger.status.live.live import Live

_KEPT = 64  # answers: a few actors and relationships are asked about again and again


class Timeline:
    """The tracks of all claims at two cuts, worked out as they are asked for, and kept."""

    def __init__(self, belief: Belief) -> None:
        self.belief = belief
        self._by_entry: dict[int, tuple[Track, ...]] = {}
        self._answers: dict[tuple[str, ...], tuple[Track, ...]] = {}  # by the actors asked about
        self._alone: Alone | None = None  # once all claims are asked about

    def about(self, *sides: str) -> tuple[Track, ...]:
        """Return the tracks of a relationship, of an actor, or of all claims, in order of time."""
        found = self._answers.get(sides)
        if found is None:
            while len(self._answers) >= _KEPT:
                self._answers.pop(next(iter([*self._answers])), None)
            tracks = self.tracks(self._lives(*sides))
            found = self._answers[sides] = tuple(in_order_of_time(tracks))
        return found

    @property
    def claims_read(self) -> int:
        """The number of claims whose tracks are kept."""
        return len(self._by_entry)

    def _lives(self, *sides: str) -> Iterable[Live]:
        if not sides:
            self.expect_all()
            return self.belief.claims()
        return self.belief.between(*sides) if len(sides) == 2 else self.belief.involving(*sides)

    def expect_all(self) -> None:
        """Find out which claims meet no other, since all or very many are asked about next."""
        self._alone = self._alone or Alone(self.belief)

    def tracks(self, lives: Iterable[Live]) -> list[Track]:
        """Return the tracks of some claims, each once: claims that are the same share theirs."""
        from factledger.collecting import no_collecting

        with no_collecting():
            # They are read together, before any is asked about.
            found = {id(track): track for live in [*lives] for track in self.of(live)}
        return list(found.values())

    def of(self, live: Live) -> tuple[Track, ...]:
        """Return the tracks of one claim: its own, and those of the states that it begins."""
        if live.number not in self._by_entry:
            span = self._alone.span(live) if self._alone else None
            if span is None:
                self._by_entry.update(tracks_of(self.belief, live))
            else:
                self._by_entry[live.number] = (OwnTrack(live, span, self.belief.sentence),)
        return self._by_entry[live.number]

    def speaking(self, number: int) -> tuple[Track, ...]:
        """Return the tracks that an entry speaks for; none where it holds no live claim."""
        live = self.belief.live(number) if number >= 1 else None
        return self.of(live) if live else ()


def tracks_of(belief: Belief, seed: Live) -> dict[int, tuple[Track, ...]]:
    """Return the tracks of the component of a claim, by the entries that they speak for.

    A component is closed: claims under one key, and claims that are the same, bear on one
    another; no other claim has any effect.
    """
    # How a claim by itself stands can be understood without what others do to it, and found without.
    from factledger.status.bearing import Bearing

    bearing = Bearing(belief, component_of(belief, seed))
    by_entry: dict[int, tuple[Track, ...]] = {}
    for merged in bearing.claims:
        track = track_of(merged, bearing, belief)
        for live in merged.lives:
            by_entry[live.number] = (*by_entry.get(live.number, ()), track)
    return by_entry


def track_of(merged: MergedClaim, bearing: Bearing, belief: Belief) -> Track:
    """Return the track of a claim: its status on each day that turns it, and who contests it.

    A record that disputes it does on each day on which it is shown; what says that it stood on
    other days contradicts it on these.
    """
    always = frozenset(merged.clashes).union(*(live.disputes for live in merged.lives))
    placed, differs = bearing.placed(merged), bearing.differing(merged)
    making = partial(standing_of, merged, placed.attested, differs, belief.sentence)
    contests, inherited = bearing.contests(merged), bearing.inherited(merged)
    return JointTrack(placed, bearing.limit(merged), contests, inherited, always, making)
