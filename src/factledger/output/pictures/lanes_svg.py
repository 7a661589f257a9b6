"""Lanes → SVG: one drawing for a file, for a page and for a raster library."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from factledger.dates.days import Day
from factledger.output.pictures.axis import ticks
from factledger.output.pictures.lanes import Bar, Lanes, Stretch, caption, course
from factledger.output.pictures.markup import drawing, element, words
from factledger.records.sentences.grammar import listed
from factledger.status.spans import Status
from factledger.text import wrapped

WIDTH = 960
LEFT, RIGHT = 16, 16
LETTER = 7.2  # width of a letter, about: wide enough for most
LINE, BAR, GAP = 17, 12, 10
TOP = 64
_BLUE, _RED, _GREY = "#1b5e8c", "#b3261e", "#8a8a8a"

Link = Callable[[Bar], str | None]


def lanes_svg(
    lanes: Lanes,
    title: str,
    *,
    at: Day | None = None,
    link: Link = lambda bar: None,
    prefix: str = "lanes",
    width: int = WIDTH,
) -> str:
    """Return the lanes as an SVG document.

    Definite is filled, presumed striped, possible dotted. A contested stretch is filled as it would
    be if nobody contested it, within a broken frame.
    `at` draws a line on a day; `link` gives an address for a bar, if it has one; `prefix` begins
    every id, so that two drawings can stand on one page. The same lanes give the same bytes.
    """
    room = width - LEFT - RIGHT
    parts: list[str] = [fill_patterns(prefix)]
    y = top = TOP + legend_places(room)[-1][2]
    for lane in lanes.lanes:
        y += LINE + GAP
        heading = words(lane.group.capitalize())
        parts.append(element("text", heading, x=LEFT, y=y, font_weight="bold", font_size=15))
        for bar in lane.bars:
            y += GAP
            drawn, height = _bar(bar, lanes, (room, y), prefix)
            target = link(bar)
            parts.append(element("a", drawn, href=target) if target else drawn)
            y += height
    y += 2 * GAP
    parts[1:1] = axis_parts(lanes, room, y, top)
    if at is not None and lanes.first <= at <= lanes.last:
        parts.append(line_at(at, lanes, room, y, top))
    parts.extend(legend_parts(room, prefix))
    return drawing((width, y + 2 * LINE), title, lanes_description(lanes), parts, prefix)


def lanes_description(lanes: Lanes) -> str:
    """Return a drawing of the lanes in words, for screen readers.

    >>> lanes_description(Lanes(Day.parse("2023-01-01"), Day.parse("2023-12-31"), ()))
    'No claim is to be seen from 2023-01-01 to 2023-12-31.'
    """
    span = f"from {lanes.first} to {lanes.last}"
    if not lanes.lanes:
        return f"No claim is to be seen {span}."
    counts = listed(f"{len(lane.bars)} of {lane.group}" for lane in lanes.lanes)
    return f"Claims {span}: {counts}. Each bar tells its claim."


def _bar(bar: Bar, lanes: Lanes, place: tuple[int, int], prefix: str) -> tuple[str, int]:
    """Return the drawing of one bar below its words, and how high it is."""
    room, y = place
    rows = list(wrapped(caption(bar), int(room / LETTER)))
    top = y + len(rows) * LINE - 2
    shapes = [
        element("title", words(f"{caption(bar)}: {course(bar)}")),
        *(
            element("text", words(row), x=LEFT, y=y + i * LINE + 9)
            for i, row in enumerate(rows)
        ),
        *(stretch_part(s, lanes, (room, top), prefix) for s in bar.drawn if seen_within(s, lanes)),
        *_ends(bar, lanes, room, top),
        *_point(bar, lanes, room, top),
    ]  # fmt: skip
    return element("g", *shapes), len(rows) * LINE + BAR


def seen_within(stretch: Stretch, lanes: Lanes) -> bool:
    """Return whether some of a stretch is in view."""
    return stretch.first <= lanes.last and stretch.last >= lanes.first


def stretch_part(stretch: Stretch, lanes: Lanes, place: tuple[int, int], prefix: str) -> str:
    """Return the drawing of one stretch, as far as it is in view; `place` is the room and the top."""
    room, y = place
    x = _x(max(stretch.first, lanes.first), lanes, room)
    end = _x(Day(min(stretch.last, lanes.last) + 1), lanes, room)
    fill = _BLUE if stretch.fill is Status.DEFINITE else f"url(#{prefix}-{stretch.fill})"
    wide = max(end - x, 2)
    bar = element("rect", x=x, y=y, width=wide, height=BAR, fill=fill, stroke=_BLUE)
    return bar + _frame(x, y, wide, BAR) if stretch.contested_by else bar


def _frame(x: int, y: int, width: int, height: int) -> str:
    """Return the broken frame of a contested stretch, white below red: seen on any fill."""
    place = {"x": x, "y": y, "width": width, "height": height, "fill": "none", "stroke_width": 3}
    white = element("rect", stroke="white", **place)
    return white + element("rect", stroke=_RED, stroke_dasharray="6 3", **place)


def _ends(bar: Bar, lanes: Lanes, room: int, y: int) -> Iterator[str]:
    """Yield the arrows of a bar that goes on beyond what is seen."""
    seen = [s for s in bar.drawn if seen_within(s, lanes)]
    middle = y + BAR // 2
    if seen and seen[0].first < lanes.first:
        yield element("path", d=f"M{LEFT} {y}L{LEFT - 9} {middle}L{LEFT} {y + BAR}Z", fill=_BLUE)
    if seen and seen[-1].last > lanes.last:
        x = LEFT + room
        yield element("path", d=f"M{x} {y}L{x + 9} {middle}L{x} {y + BAR}Z", fill=_BLUE)


def _point(bar: Bar, lanes: Lanes, room: int, y: int) -> Iterator[str]:
    if bar.point is not None and lanes.first <= bar.point <= lanes.last:
        x, colour = _x(bar.point, lanes, room), _RED if bar.contested_by else _BLUE
        yield element("circle", cx=x, cy=y + BAR // 2, r=6, fill=colour)
        if bar.contested_by:
            yield _frame(x - 9, y - 3, 18, 18)


def axis_parts(lanes: Lanes, room: int, bottom: int, top: int = TOP) -> Iterator[str]:
    """Yield the axis: its labels, and a line below each through all lanes."""
    for tick in ticks(lanes.first, lanes.last, int(room / LETTER / 1.5)):
        x = _x(tick.day, lanes, room)
        cut = x + 3 + len(tick.label) * LETTER > LEFT + room + RIGHT
        place = {"x": x - 3, "text_anchor": "end"} if cut else {"x": x + 3}
        yield element("text", words(tick.label), y=top - 14, fill=_GREY, **place)
        yield element("line", x1=x, y1=top - 26, x2=x, y2=bottom, stroke=_GREY, stroke_width=0.5)


def line_at(day: Day, lanes: Lanes, room: int, bottom: int, top: int) -> str:
    """Return a line on a day through all lanes."""
    x = _x(day, lanes, room)
    return element(
        "g",
        element("title", words(str(day))),
        element("line", x1=x, y1=top - 30, x2=x, y2=bottom, stroke=_RED, stroke_width=1.5),
    )


def legend_parts(room: int, prefix: str) -> Iterator[str]:
    """Yield the legend, at the top, in as many rows as the room asks for."""
    for name, x, y in legend_places(room):
        left, top = LEFT + x, 10 + y
        if name == "contested":
            yield _frame(left, top, 30, BAR)
        elif name in _HAPPENED:
            yield element("circle", cx=left + 6, cy=top + 6, r=6, fill=_BLUE)
        else:
            fill = _BLUE if name == "definite" else f"url(#{prefix}-{name})"
            yield element("rect", x=left, y=top, width=30, height=BAR, fill=fill, stroke=_BLUE)
        yield element("text", words(name), x=left + (18 if name in _HAPPENED else 36), y=top + 10)


def legend_places(room: int) -> list[tuple[str, int, int]]:
    """Return the entries of the legend, each with its place in so much room.

    >>> [y for _, _, y in legend_places(928)], [y for _, _, y in legend_places(326)]
    ([0, 0, 0, 0, 0], [0, 0, 20, 20, 40])
    """
    found, x, y = [], 0, 0
    for name, width in _LEGEND.items():
        if x and x + width > room:
            x, y = 0, y + 20
        found.append((name, x, y))
        x += width
    return found


_LEGEND = {"definite": 120, "presumed": 120, "possible": 120, "had happened by then": 190, "contested": 120}  # fmt: skip
_HAPPENED = ("had happened by then",)


def fill_patterns(prefix: str) -> str:
    """Return the two fills that mark presumed and possible without a colour."""
    size = {"width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}
    stripe = element("path", d="M0 6L6 0M-1 1L1 -1M5 7L7 5", stroke=_BLUE, stroke_width=1.6)
    dot = element("circle", cx=3, cy=3, r=1, fill=_BLUE)
    return element(
        "defs",
        element("pattern", stripe, id=f"{prefix}-presumed", **size),
        element("pattern", dot, id=f"{prefix}-possible", **size),
    )


def _x(day: Day, lanes: Lanes, room: int) -> int:
    return LEFT + lanes.place(day, room)
