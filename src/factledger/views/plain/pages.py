"""A view as a short page: lines for `print`, a table for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from factledger.text import show

if TYPE_CHECKING:
    from factledger.status.standings import Standing
    from factledger.views.view import View

_MOST = 60  # standings on a page; the others are counted


def view_text(view: View) -> str:
    """Return a view in lines: what was asked, then a standing a line, behind its status."""
    lines = [_heading(view)]
    lines += [f"  {s.status:<10} {show(s.sentence)} (#{s.number})" for s in view.standings[:_MOST]]
    return "\n".join([*lines, *_more(view)])


def view_html(view: View) -> str:
    """Return a view as a table of HTML."""
    rows = "".join(map(_row, view.standings[:_MOST]))
    head = "".join(f"<th>{name}</th>" for name in ("status", "sentence", "entry", "publishers"))
    more = "".join(f"<p>{escape(line.strip())}</p>" for line in _more(view))
    caption = f"<caption>{escape(_heading(view))}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"


def _heading(view: View) -> str:
    about = f" for {' and '.join(map(view.name, view.sides))}" if view.sides else ""
    count = len(view.standings)
    return show(f"{count} {'claim' if count == 1 else 'claims'} on {view.at.date}{about}")


def _more(view: View) -> list[str]:
    left = len(view.standings) - _MOST
    return [f"  and {left:,} more"] if left > 0 else []


def _row(standing: Standing) -> str:
    cells = (
        str(standing.status),
        standing.sentence,
        f"#{standing.number}",
        ", ".join(standing.publishers),
    )
    return f"<tr>{''.join(f'<td>{escape(show(cell))}</td>' for cell in cells)}</tr>"
