"""What is in dispute → lines for a person: the days, and below them each side with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from factledger.cli.terminal import Layout
from factledger.cli.text.view import names_of
from factledger.output.words.dates import asked_on
from factledger.output.words.disputes import contested_days, side_citations, side_sentence
from factledger.text import show
from factledger.views.agreement.contradictions import Contradiction, Side
from factledger.views.view import View


def dispute_lines(
    view: View, found: Sequence[Contradiction], asked: str | None, layout: Layout
) -> Iterator[str]:
    """Yield the disputes in lines; `asked` is the date that they are of, None for any."""
    yield click.style(dispute_heading(view, len(found), asked), bold=True)
    for contradiction in found:
        yield ""
        yield click.style(contested_days(contradiction), fg="red")
        for side in contradiction.sides:
            yield from side_lines(side, view, layout)
    yield ""
    yield from (click.style(line, dim=True) for line in layout.wrapped(view.at.known, 2))


def dispute_heading(view: View, count: int, asked: str | None) -> str:
    """Return how many disputes there are, between whom, and on which date."""
    names = names_of(view)
    about = f" about {names}" if names else ""
    day = f" on {asked_on(view.at)}" if asked else ""
    return show(f"{count or 'Nothing'} in dispute{about}{day}")


def side_lines(side: Side, view: View, layout: Layout) -> Iterator[str]:
    """Yield one side: what it says, and below it where."""
    yield from layout.wrapped(f"  {show(side_sentence(side, view))}", 4)
    for words in side_citations(side, view):
        yield from layout.wrapped(f"      {show(words)}", 8)
