"""Curves → SVG: a panel for each number, steps or columns, with its values written beside it."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.dates.days import Day
from factledger.output.pictures.axis import ticks
from factledger.output.pictures.curves import PERIODS, Curve, Curves, periods
from factledger.output.pictures.lanes import Lanes
from factledger.output.pictures.lanes_svg import WIDTH
from factledger.output.pictures.markup import drawing, element, words

_LEFT, _RIGHT, _TOP = 56, 16, 40
_PANEL, _APART = 96, 44
_BLUE, _GREY = "#1b5e8c", "#8a8a8a"


def curves_svg(curves: Curves, title: str, *, prefix: str = "curves", width: int = WIDTH) -> str:
    """Return the curves as an SVG document, one panel below the other.

    Each has a scale of its own; a curve that is always 0 has no panel.
    """
    scale = Lanes(curves.first, curves.last, ())
    room = width - _LEFT - _RIGHT
    counted = [c for c in curves.curves if any(value for _, value in c.points)]
    bottom = _TOP + len(counted) * (_PANEL + _APART)
    parts = [*_axis(scale, room, bottom)]
    for i, curve in enumerate(counted):
        top = _TOP + i * (_PANEL + _APART) + 24
        parts.append(element("g", *_panel(curve, curves, (room, top))))
    return drawing((width, bottom + 16), title, curves_description(curves), parts, prefix)


def curves_description(curves: Curves) -> str:
    """Return a drawing of the curves in words, for screen readers."""
    span = f"from {curves.first} to {curves.last}"
    if not curves.curves:
        return f"Nothing is counted {span}."
    how = f"growth a {curves.per}" if curves.per else "how many stand"
    highest = (f"{c.name}: at most {max(v for _, v in c.points)}" for c in curves.curves)
    return f"{curves.name} {span}, {how}. {'; '.join(highest)}."


def _panel(curve: Curve, curves: Curves, place: tuple[int, int]) -> Iterator[str]:
    room, top = place
    values = [value for _, value in curve.points]
    high, low = max(1, *values), min(0, *values)
    scale = Lanes(curves.first, curves.last, ())

    def y(value: int) -> int:
        return top + (high - value) * _PANEL // (high - low)

    yield element("title", words(f"{curve.name}, from {min(values)} to {max(values)}"))
    yield element("text", words(curve.name), x=_LEFT, y=top - 8, font_weight="bold")
    for value in sorted({low, 0, high}):
        yield element("text", str(value), x=_LEFT - 6, y=y(value) + 4, text_anchor="end")
        yield element("line", x1=_LEFT, y1=y(value), x2=_LEFT + room, y2=y(value), stroke=_GREY, stroke_width=0.5)  # fmt: skip
    for start, end, value in _spread(curve, curves):
        x = _LEFT + scale.place(start, room)
        wide = _LEFT + scale.place(Day(end + 1), room) - x
        yield element(
            "rect",
            element("title", words(f"{start}: {value}")),
            x=x,
            y=min(y(value), y(0)),
            width=max(wide - 1 if curves.per else wide, 1),
            height=abs(y(value) - y(0)),
            fill=_BLUE,
        )


def _spread(curve: Curve, curves: Curves) -> Iterator[tuple[Day, Day, int]]:
    """Yield the first day, the last day and the value of each step that is not 0."""
    if curves.per:
        ends = [end for _, end in periods(curves.first, curves.last, PERIODS[curves.per])]
    else:
        ends = [*(Day(day - 1) for day, _ in curve.points[1:]), curves.last]
    for (start, value), end in zip(curve.points, ends, strict=True):
        if value:
            yield start, end, value


def _axis(scale: Lanes, room: int, bottom: int) -> Iterator[str]:
    for tick in ticks(scale.first, scale.last, room // 11):
        x = _LEFT + scale.place(tick.day, room)
        yield element("text", words(tick.label), x=x + 3, y=_TOP - 14, fill=_GREY)
        yield element("line", x1=x, y1=_TOP - 26, x2=x, y2=bottom, stroke=_GREY, stroke_width=0.5)
