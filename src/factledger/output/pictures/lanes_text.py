"""Lanes → lines of characters, another one for each status: no colour is needed."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from factledger.output.pictures.axis import ticks
from factledger.output.pictures.lanes import Bar, Lanes, Stretch, caption
from factledger.status.spans import Status
from factledger.text import columns, show, wrapped

BESIDE = 80  # columns from which on words stand beside the bars, not below them
_SURER = (Status.POSSIBLE, Status.PRESUMED, Status.DEFINITE)
_APART = 4  # cells from one mark of a contest to the next


@attrs.frozen
class Marks:
    """The characters of a picture."""

    definite: str
    presumed: str
    possible: str
    point: str
    contested: str
    earlier: str
    later: str
    rule: str
    tick: str

    def of(self, status: Status) -> str:
        """Return the character of a status."""
        return str(getattr(self, status.value))

    def fit(self, encoding: str) -> bool:
        """Return whether an encoding has all of the characters."""
        try:
            "".join(attrs.astuple(self)).encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True


LINES = Marks("━", "╌", "·", "●", "×", "◂", "▸", "─", "┼")
ASCII = Marks("=", "-", ".", "o", "x", "<", ">", "-", "+")


def marks_for(encoding: str) -> Marks:
    """Return the characters that an encoding can write: lines, or else those of ASCII."""
    return LINES if LINES.fit(encoding) else ASCII


def lane_lines(lanes: Lanes, width: int, marks: Marks = LINES) -> Iterator[str]:
    """Yield the lanes in lines of at most `width` columns: the axis, the lanes, the legend."""
    size = width * 2 // 5 if width >= BESIDE else width
    yield from axis_lines(lanes, size, marks)
    for lane in lanes.lanes:
        yield ""
        yield from wrapped(show(lane.group.capitalize()), width)
        for bar in lane.bars:
            yield from bar_lines(bar, lanes, (size, width), marks)
    yield ""
    yield from legend(width, marks)


def axis_lines(lanes: Lanes, size: int, marks: Marks) -> Iterator[str]:
    """Yield the labels of the axis, and the axis with a mark where each label begins."""
    labels, rule = "", [marks.rule] * size
    for tick in ticks(lanes.first, lanes.last, size):
        place = lanes.place(tick.day, size)
        rule[place] = marks.tick
        if place + len(tick.label) <= size:
            labels = f"{labels:<{place}}{tick.label}"
    yield labels
    yield "".join(rule)


def bar_lines(bar: Bar, lanes: Lanes, sizes: tuple[int, int], marks: Marks) -> Iterator[str]:
    """Yield a bar and its caption: beside it where there is room, else below it."""
    size, width = sizes
    picture = cells(bar, lanes, size, marks)
    if size == width:
        yield picture.rstrip()
        yield from (f"  {row}" for row in wrapped(caption(bar), width - 2))
        return
    for i, row in enumerate(wrapped(caption(bar), width - size - 2)):
        yield f"{picture if not i else '':<{size}}  {row}"


def cells(bar: Bar, lanes: Lanes, size: int, marks: Marks = LINES) -> str:
    """Return a bar as `size` characters; where two stretches share a cell, the surer is seen."""
    row = [" "] * size
    for stretch in sorted(bar.drawn, key=lambda s: _SURER.index(s.fill)):
        for place in cells_of(stretch, lanes, size):
            row[place] = marks.of(stretch.fill)
    for stretch in bar.drawn:
        for place in cells_of(stretch, lanes, size)[::_APART] if stretch.contested_by else ():
            row[place] = marks.contested
    if row[0] != " " and bar.drawn[0].first < lanes.first:
        row[0] = marks.earlier
    if row[-1] != " " and bar.drawn[-1].last > lanes.last:
        row[-1] = marks.later
    if bar.point is not None and lanes.first <= bar.point <= lanes.last:
        row[lanes.place(bar.point, size)] = marks.contested if bar.contested_by else marks.point
    return "".join(row)


def cells_of(stretch: Stretch, lanes: Lanes, size: int) -> range:
    """Return the cells that a stretch touches; none where it is out of view."""
    first = max(lanes.place(stretch.first, size), 0)
    last = min(lanes.place(stretch.last, size), size - 1)
    return range(first, last + 1)


def legend(width: int, marks: Marks) -> Iterator[str]:
    """Yield the meaning of each character, in lines that fit."""
    parts = [
        f"{marks.definite * 3} definite",
        f"{marks.presumed * 3} presumed",
        f"{marks.possible * 3} possible",
        f"{marks.point} had happened by then",
        f"{marks.earlier} {marks.later} goes on",
        f"{marks.contested} contested",
    ]
    row = ""
    for part in parts:
        if row and columns(f"{row}  {part}") > width:
            yield row
            row = ""
        row = f"{row}  {part}" if row else part
    yield row
