"""A view → its lanes along time, as markup for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from factledger.errors import MissingExtra
from factledger.output.pictures.lanes import Lanes, lanes_of
from factledger.output.pictures.lanes_svg import lanes_svg
from factledger.views.view import View

if TYPE_CHECKING:
    from markupsafe import Markup

OPEN_BARS = 24  # that stand open on a page; more are folded away
NARROW = 358  # points: what a phone of 390 leaves between its margins
MOST_BARS = 120  # that a page draws


@attrs.frozen
class Picture:
    """A drawing, and whether it is small enough to stand open."""

    svg: Markup
    narrow: Markup
    bars: int

    @property
    def open(self) -> bool:
        """Whether it stands open on a page."""
        return self.bars <= OPEN_BARS


def picture(view: View) -> Picture | None:
    """Return the drawn lanes of a view, with a line on its day; None for no bar or too many."""
    try:
        from markupsafe import Markup
    except ModuleNotFoundError:
        raise MissingExtra("pages", "jinja2", "web") from None
    lanes = lanes_of(view)
    bars = bars_of(lanes)
    if not 0 < bars <= MOST_BARS:
        return None
    names = " and ".join(map(view.name, view.sides))
    title = f"What stood when{', ' + names if names else ''}"
    wide = lanes_svg(lanes, title, at=view.day)
    narrow = lanes_svg(lanes, title, at=view.day, prefix="narrow", width=NARROW)
    return Picture(Markup(wide), Markup(narrow), bars)  # noqa: S704  escaped there


def bars_of(lanes: Lanes) -> int:
    """Return how many bars the lanes have."""
    return sum(len(lane.bars) for lane in lanes.lanes)
