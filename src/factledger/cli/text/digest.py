"""A digest → lines for a person: headings, a line a thing, the other sides of a dispute below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from factledger.cli.terminal import Layout
from factledger.cli.text.view import redacted_lines, worth_asking
from factledger.output.words.digests.digest import IN_DISPUTE, Digest
from factledger.output.words.digests.teller import DigestLine
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
    yield from styled(f"{digest.heading}{dispute}", layout, bold=True)
    for name, lines in digest.sections:
        yield ""
        yield click.style(show(name), bold=True, fg="red" if name == IN_DISPUTE else None)
        for line in lines:
            yield from told_lines(line, layout, refs, "  ")
    if view.redacted:
        yield ""
        yield click.style("Not known any more", bold=True)
        yield from redacted_lines(view.redacted, layout)
    if empty:
        yield from layout.wrapped(show(empty), 0)
    yield from _footer(view, digest, standings, layout)


def told_lines(line: DigestLine, layout: Layout, refs: bool, indent: str) -> Iterator[str]:
    """Yield a line, its references, what changed it, and the other sides below it."""
    yield from layout.wrapped(f"{indent}{show(str(line))}", len(indent) + 2)
    if refs:
        yield from styled(f"{indent}    {show(line.refs)}", layout, dim=True)
    for remark in line.remarks:
        yield from layout.wrapped(f"{indent}    {show(remark)}", len(indent) + 6)
    for i, other in enumerate(line.otherwise):
        words = f"{'and' if i else 'but'}: {other.words}"
        yield from told_lines(other._replace(words=words), layout, refs, f"{indent}  ")


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
    yield from numbered_sources(digest.notes, layout)
    yield from styled(str(view.at), layout, dim=True)
    if standings:
        number = worth_asking(standings).number
        yield f"entries and places: --refs; every line: --long; why: factledger why {number}"


def numbered_sources(notes: Iterable[str], layout: Layout) -> Iterator[str]:
    """Yield the sources with their numbers."""
    for note in notes:
        yield from layout.wrapped(show(note), 4)


def styled(line: str, layout: Layout, **style: object) -> Iterator[str]:
    """Yield a line in its style, wrapped."""
    yield from (click.style(row, **style) for row in layout.wrapped(line, 2))  # type: ignore[arg-type]
