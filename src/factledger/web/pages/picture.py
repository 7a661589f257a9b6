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

FEW = 24  # bars that stand open on a page; more are folded away
MOST = 120  # bars that a page draws


@attrs.frozen
class Picture:
    """A drawing, and whether it is small enough to stand open."""

    svg: Markup
    bars: int

    @property
    def open(self) -> bool:
        """Return whether it stands open on a page."""
        return self.bars <= FEW


def picture(view: View) -> Picture | None:
    """Return the lanes of the claims in view, with a line on its day; None for none or too many."""
    try:
        from markupsafe import Markup
    except ImportError:
        raise MissingExtra("pages", "jinja2", "web") from None
    lanes = lanes_of(view)
    bars = bars_of(lanes)
    if not 0 < bars <= MOST:
        return None
    names = " and ".join(map(view.name, view.sides))
    title = f"What stood when{', ' + names if names else ''}"
    return Picture(Markup(lanes_svg(lanes, title, at=view.day)), bars)  # noqa: S704  escaped there


def bars_of(lanes: Lanes) -> int:
    """Return how many bars the lanes have."""
    return sum(len(lane.bars) for lane in lanes.lanes)
