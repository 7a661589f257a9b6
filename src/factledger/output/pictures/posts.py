"""A view → the bars of who held which post: by post, in lines in which none covers another."""

from __future__ import annotations

import attrs

from factledger.dates.days import Day
from factledger.output.pictures.lanes import Bar, Lane, Lanes, bar_of, lanes_of, window
from factledger.views.view import View


def offices_of(view: View, first: Day | None = None, last: Day | None = None) -> Lanes:
    """Return the lanes with the claims of who held a post alone, over the whole years of these."""
    bars = [bar for bar in map(bar_of, view.tracks) if bar is not None and of_a_post(bar)]
    lanes = lanes_of(view, *window(bars, first, last))
    kept = (Lane(lane.group, tuple(filter(of_a_post, lane.bars))) for lane in lanes.lanes)
    return attrs.evolve(lanes, lanes=tuple(lane for lane in kept if lane.bars))


def of_a_post(bar: Bar) -> bool:
    """Return whether a bar says who holds a post."""
    claim = bar.standing.claim
    return claim.shape == "state" and bool(claim.actors("holder") and claim.actors("post"))


def bars_by_post(lanes: Lanes) -> dict[str, list[Bar]]:
    """Return the bars that say who holds a post, by post."""
    found: dict[str, list[Bar]] = {}
    for lane in lanes.lanes:
        for bar in lane.bars:
            for post in bar.standing.claim.actors("post") if of_a_post(bar) else ():
                found.setdefault(post, []).append(bar)
    return found


def in_lines(bars: list[Bar]) -> list[list[Bar]]:
    """Return bars in as few lines as they need, so that none covers another in its line."""
    lines: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda bar: bar.drawn[0].first):
        free = (line for line in lines if line[-1].drawn[-1].last < bar.drawn[0].first)
        line = next(free, None)
        lines.append([bar]) if line is None else line.append(bar)
    return lines
