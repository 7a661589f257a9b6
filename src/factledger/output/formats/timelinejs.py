"""Claims → the JSON of TimelineJS, a page that shows one event after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.output.formats.report import place_in_source
from factledger.output.pictures.lanes import Bar, bar_of, course
from factledger.output.pictures.markup import words
from factledger.output.words.dates import standing_dates
from factledger.output.words.standings import entry_numbers
from factledger.views.view import View


def timelinejs_object(view: View, title: str) -> dict[str, Any]:
    """Return the object that TimelineJS reads: a slide for the title, one for each dated claim.

    A slide needs a day to begin with: a claim without any known day is left out, and the title
    says how many those are. Statuses, contests and sources are in the text, as TimelineJS draws
    none of them. Its texts are HTML; all that comes from the ledger is escaped.
    """
    bars = [bar for bar in map(bar_of, view.tracks) if bar is not None]
    slides = [_slide(bar, days, view) for bar in bars if (days := _days(bar))]
    left = len(bars) - len(slides)
    known = f"As known: {view.at.known}."
    if left:
        known += f" {left} {'claim' if left == 1 else 'claims'} without a day left out."
    return {
        "title": {"text": {"headline": words(title), "text": f"<p>{words(known)}</p>"}},
        "events": slides,
        "scale": "human",
    }


def _slide(bar: Bar, days: tuple[Day, Day], view: View) -> dict[str, Any]:
    standing = bar.standing
    first, last = days
    text = "".join(f"<p>{words(line)}</p>" for line in _lines(bar, view))
    slide = {
        "unique_id": f"entry-{standing.number}{f'-{standing.claim.type}' if standing.derived else ''}",
        "group": words(view.group(standing).capitalize()),
        "start_date": _date(first),
        "display_date": words(standing_dates(standing)),
        "text": {"headline": words(standing.sentence.removesuffix(".")), "text": text},
    }
    return slide if first == last else {**slide, "end_date": _date(last)}


def _days(bar: Bar) -> tuple[Day, Day] | None:
    """Return the first and the last known day of a claim, None where none is known.

    What goes on ends, on a slide, with the last day for which a source vouches.
    """
    point = [] if bar.point is None else [bar.point]
    firsts = [day for day in (*(s.first for s in bar.drawn), *point) if day > BEGINNING]
    lasts = [day for day in (*(s.last for s in bar.drawn), *point) if BEGINNING < day < FOREVER]
    if not firsts and not lasts:
        return None
    first = min(firsts or lasts)
    return first, max([first, *lasts])


def _lines(bar: Bar, view: View) -> Iterator[str]:
    """Yield how a claim stands along time, the entries that contest it, and its sources."""
    yield f"Entry #{bar.standing.number}: {course(bar)}."
    if bar.contested_by:
        yield f"Contested by {entry_numbers(bar.contested_by)}."
    for citation in bar.standing.citations:
        source = view.belief.source(citation.source)
        title = f"{source.title}, " if source else ""
        yield f"Source: {title}{citation.source}, {place_in_source(citation)}."


def _date(day: Day) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
