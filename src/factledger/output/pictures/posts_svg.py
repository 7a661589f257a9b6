"""Offices along time as SVG: one row a post, each holder a bar with the name in it."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.output.pictures.lanes import Bar, Lanes
from factledger.output.pictures.lanes_svg import (
    BAR,
    GAP,
    LEFT,
    LETTER,
    LINE,
    RIGHT,
    TOP,
    WIDTH,
    axis_parts,
    fill_patterns,
    legend_parts,
    legend_places,
    seen_within,
    stretch_part,
)
from factledger.output.pictures.markup import drawing, element, words
from factledger.output.pictures.posts import bars_by_post, in_lines
from factledger.records.sentences.grammar import listed
from factledger.text import show
from factledger.views.view import View

_TITLE = 26  # points above the legend
_HOLDER = LINE + BAR + 2  # points: a name, and the bar below it


def posts_svg(
    lanes: Lanes, view: View, title: str, *, prefix: str = "posts", width: int = WIDTH
) -> str:
    """Return the offices among the lanes as an SVG document, with its title drawn.

    Holders whose days meet stand in lines of their own within the row of their post. What is no
    office is left out. The same lanes give the same bytes.
    """
    room = width - LEFT - RIGHT
    y = top = TOP + _TITLE + legend_places(room)[-1][2]
    rows: list[str] = []
    for post, bars in bars_by_post(lanes).items():
        y += LINE + GAP
        rows.append(element("text", words(show(view.name(post))), x=LEFT, y=y, font_weight="bold"))
        for line in in_lines(bars):
            rows += [part for bar in line for part in _holder(bar, lanes, view, (room, y), prefix)]
            y += _HOLDER
    bottom = y + 2 * GAP
    parts = [
        fill_patterns(prefix),
        element("text", words(show(title)), x=LEFT, y=18, font_weight="bold", font_size=17),
        *axis_parts(lanes, room, bottom, top),
        *rows,
        element("g", *legend_parts(room, prefix), transform=f"translate(0 {_TITLE})"),
    ]
    return drawing((width, bottom + LINE), title, _described(lanes, view), parts, prefix)


def _holder(
    bar: Bar, lanes: Lanes, view: View, place: tuple[int, int], prefix: str
) -> Iterator[str]:
    """Yield the name of a holder and the bar below it, as far as it is in view."""
    room, y = place
    seen = [stretch for stretch in bar.drawn if seen_within(stretch, lanes)]
    if not seen:
        return
    name = listed([*map(view.name, bar.standing.claim.actors("holder"))])
    x = LEFT + lanes.place(max(seen[0].first, lanes.first), room)
    letters = max(int((LEFT + room - x) / LETTER), 3)
    shown = name if len(name) <= letters else f"{name[: letters - 1]}…"
    yield element("text", words(show(shown)), x=x, y=y + LINE, font_size=12)
    yield element(
        "g",
        element("title", words(show(f"{name} (#{bar.standing.number})"))),
        *(stretch_part(stretch, lanes, (room, y + LINE + 4), prefix) for stretch in seen),
    )


def _described(lanes: Lanes, view: View) -> str:
    posts = bars_by_post(lanes)
    told = (f"{show(view.name(post))}, {len(bars)} holders" for post, bars in posts.items())
    return f"From {lanes.first} to {lanes.last}: {'; '.join(told) or 'no office'}."
