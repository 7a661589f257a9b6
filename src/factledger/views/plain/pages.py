"""A view as a short page: lines for `print`, a table for notebooks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from factledger.dates.wording.told import date_words, since_words, until_words
from factledger.records.sentences.grammar import says_all
from factledger.text import show

if TYPE_CHECKING:
    from factledger.dates.dated import Edtf
    from factledger.status.standings import Standing
    from factledger.views.view import View

_MOST = 60  # standings on a page; the others are counted


def view_text(view: View) -> str:
    """Return a view in lines: what was asked, then a standing a line, behind its status."""
    lines = [_heading(view)]
    lines += [f"  {s.status:<10} {show(_told(s))} (#{s.number})" for s in view.standings[:_MOST]]
    return "\n".join([*lines, *_more(view)])


def view_html(view: View) -> str:
    """Return a view as a table of HTML."""
    rows = "".join(map(_row, view.standings[:_MOST]))
    head = "".join(
        f"<th>{name}</th>" for name in ("status", "sentence", "dates", "entry", "publishers")
    )
    more = "".join(f"<p>{escape(line.strip())}</p>" for line in _more(view))
    caption = f"<caption>{escape(_heading(view))}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"


def _heading(view: View) -> str:
    about = f" for {' and '.join(map(view.name, view.sides))}" if view.sides else ""
    count = len(view.standings)
    day = date_words(view.day)
    return show(f"{count} {'claim' if count == 1 else 'claims'} on {day}{about}")


def _told(standing: Standing) -> str:
    """Return the sentence of a standing, with its dates."""
    sentence, dates = standing.sentence.removesuffix("."), _dates(standing)
    return sentence if says_all(sentence, dates) else f"{sentence}, {dates}"


def _dates(standing: Standing) -> str:
    """Return when it was, or its known beginning and end, in words."""
    when: Edtf | None = getattr(standing.claim, "when", None)
    if when is not None:
        return date_words(when)
    since: Edtf | None = getattr(standing.claim, "since", None)
    ends = ((since_words, since), (until_words, standing.until))
    return ", ".join(words(d) for words, d in ends if d is not None and d.kind != "end")


def _more(view: View) -> list[str]:
    left = len(view.standings) - _MOST
    return [f"  and {left:,} more"] if left > 0 else []


def _row(standing: Standing) -> str:
    cells = (
        str(standing.status),
        standing.sentence,
        _dates(standing),
        f"#{standing.number}",
        ", ".join(standing.publishers),
    )
    return f"<tr>{''.join(f'<td>{escape(show(cell))}</td>' for cell in cells)}</tr>"
