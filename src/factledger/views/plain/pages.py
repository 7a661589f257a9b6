"""A view, or a difference, as a short page: lines for `print`, a table for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from html import escape
from typing import TYPE_CHECKING

from factledger.dates.wording.told import date_words, since_words, until_words
from factledger.records.sentences.grammar import says_all
from factledger.text import show

if TYPE_CHECKING:
    from factledger.dates.dated import Edtf
    from factledger.status.standings import Standing
    from factledger.views.differences import Difference
    from factledger.views.steps import Step
    from factledger.views.view import View

_MOST = 60  # standings or steps on a page; the others are counted


def view_text(view: View) -> str:
    """Return a view in lines: what was asked, then a standing a line, behind its status."""
    lines = [_heading(view)]
    lines += [f"  {s.status:<10} {show(_told(s))} (#{s.number})" for s in view.standings[:_MOST]]
    return "\n".join([*lines, *_more(view)])


def view_html(view: View) -> str:
    """Return a view as a table of HTML."""
    names = ("status", "sentence", "dates", "entry", "publishers")
    return _table(_heading(view), names, map(_cells, view.standings[:_MOST]), _more(view))


def difference_text(difference: Difference) -> str:
    """Return a difference in lines: between which days, then a step a line, behind its kind."""
    told = [f"  {step.kind:<17} {show(step.standing.sentence)}" for step in difference.steps]
    return "\n".join([_ends(difference), *told])


def difference_html(difference: Difference) -> str:
    """Return a difference as a table of HTML."""
    names = ("group", "change", "sentence", "before", "after", "entry")
    rows = map(_step_cells, difference.steps[:_MOST])
    return _table(_ends(difference), names, rows, _more(difference))


def _table(
    caption: str, names: Iterable[str], rows: Iterable[Iterable[str]], more: Iterable[str]
) -> str:
    """Return a caption, a heading and rows as a table of HTML, and what is left out below it."""
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(show(cell))}</td>' for cell in row)}</tr>" for row in rows
    )
    left = "".join(f"<p>{escape(line.strip())}</p>" for line in more)
    above = f"<caption>{escape(caption)}</caption>"
    return f"<table>{above}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{left}"


def _ends(difference: Difference) -> str:
    steps = "1 step" if len(difference) == 1 else f"{len(difference)} steps"
    start, end = date_words(difference.start.day), date_words(difference.end.day)
    return f"{steps} from {start} to {end}"


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
    planned = "planned " if standing.end_planned else ""
    ends = (("", since_words, since), (planned, until_words, standing.until))
    return ", ".join(
        f"{how}{words(d)}" for how, words, d in ends if d is not None and d.kind != "end"
    )


def _more(listed: Sized) -> list[str]:
    left = len(listed) - _MOST
    return [f"  and {left:,} more"] if left > 0 else []


def _cells(standing: Standing) -> Iterator[str]:
    yield from (str(standing.status), standing.sentence, _dates(standing))
    yield from (f"#{standing.number}", ", ".join(standing.publishers))


def _step_cells(step: Step) -> Iterator[str]:
    yield from (step.group, step.kind, step.standing.sentence)
    yield from (str(s.status) if s else "" for s in (step.before, step.after))
    yield f"#{step.standing.number}"
