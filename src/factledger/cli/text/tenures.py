"""Who held a post → lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from factledger.cli.terminal import Layout
from factledger.output.words.tenures import days_held, gap_words, holder_names, overlap_words
from factledger.text import show
from factledger.views.inquiries.tenures import Gap, Overlap, Tenure
from factledger.views.view import View

_COLUMNS = 10


def tenure_lines(view: View, post: str, held: Iterable[Tenure], layout: Layout) -> Iterator[str]:
    """Yield who held a post, and below each holder the days, with how sure they are."""
    yield click.style(show(view.name(post)), bold=True)
    none = True
    for tenure in held:
        none = False
        name = f"  {holder_names(tenure, view)} · #{tenure.standing.number}"
        yield from layout.wrapped(show(name), 4)
        for stretch in tenure.stretches:
            text = f"    {stretch.status!s:<{_COLUMNS}} {days_held(stretch)}"
            yield from layout.wrapped(text, _COLUMNS + 5)
    if none:
        yield "  No source says who held it."


def gap_lines(
    view: View, found: Iterable[tuple[str, tuple[Gap, ...]]], layout: Layout
) -> Iterator[str]:
    """Yield the gaps of posts, each below the name of the post."""
    yield from _listed(view, ((p, [gap_words(g, view) for g in gaps]) for p, gaps in found), layout)


def overlap_lines(
    view: View, found: Iterable[tuple[str, tuple[Overlap, ...]]], layout: Layout
) -> Iterator[str]:
    """Yield the overlaps of posts, each below the name of the post."""
    told = ((post, [overlap_words(o, view) for o in overlaps]) for post, overlaps in found)
    yield from _listed(view, told, layout)


def _listed(view: View, told: Iterable[tuple[str, list[str]]], layout: Layout) -> Iterator[str]:
    none = True
    for post, lines in told:
        if lines:
            none = False
            yield click.style(show(view.name(post)), bold=True)
            for line in lines:
                yield from layout.wrapped(f"  {show(line)}", 4)
    if none:
        yield "None."
