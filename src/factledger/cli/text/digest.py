"""A digest → lines for a person: headings, a line a thing, the other sides of a dispute below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import click

from factledger.cli.terminal import Layout
from factledger.cli.text.view import redacted_lines, worth_asking
from factledger.output.words.digest import IN_DISPUTE, Digest, Line
from factledger.status.standings import Standing
from factledger.text import show
from factledger.views.view import View


def digest_lines(
    view: View,
    digest: Digest,
    standings: Sequence[Standing],
    layout: Layout,
    refs: bool = False,
    empty: str | None = None,
) -> Iterator[str]:
    """Yield a digest in lines; with `refs`, each with its entries and the places in the sources."""
    dispute = f" · {digest.disputes} in dispute" if digest.disputes else ""
    yield from _styled(f"{digest.heading}{dispute}", layout, bold=True)
    for name, lines in digest.sections:
        yield ""
        yield click.style(show(name), bold=True, fg="red" if name == IN_DISPUTE else None)
        for line in lines:
            yield from _told(line, layout, refs, "  ")
    if view.redacted:
        yield ""
        yield click.style("Not known any more", bold=True)
        yield from redacted_lines(view.redacted, layout)
    if empty:
        yield from layout.wrapped(show(empty), 0)
    yield from _footer(view, digest, standings, layout)


def _told(line: Line, layout: Layout, refs: bool, indent: str) -> Iterator[str]:
    """Yield a line, its references, and the other sides below it."""
    yield from layout.wrapped(f"{indent}{show(str(line))}", len(indent) + 2)
    if refs:
        yield from _styled(f"{indent}    {show(line.refs)}", layout, dim=True)
    for i, other in enumerate(line.otherwise):
        words = f"{'and' if i else 'but'}: {other.words}"
        yield from _told(attrs.evolve(other, words=words), layout, refs, f"{indent}  ")


def _footer(
    view: View, digest: Digest, standings: Sequence[Standing], layout: Layout
) -> Iterator[str]:
    """Yield what is counted and not listed, the sources, and how much was known."""
    yield ""
    if digest.hidden:
        more = (
            "1 more is possible and has"
            if digest.hidden == 1
            else f"{digest.hidden} more are possible and have"
        )
        yield f"{more} no known beginning or end: --possible"
    for note in digest.notes:
        yield from layout.wrapped(show(note), 4)
    yield from _styled(str(view.at), layout, dim=True)
    if standings:
        number = worth_asking(standings).number
        yield f"entries and places: --refs; every line: --long; why: factledger why {number}"


def _styled(line: str, layout: Layout, **style: object) -> Iterator[str]:
    yield from (click.style(row, **style) for row in layout.wrapped(line, 2))  # type: ignore[arg-type]
