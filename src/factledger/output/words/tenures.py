"""Who held a post, when nobody did and when two did, in words."""

from __future__ import annotations

from factledger.dates.days import Day
from factledger.dates.wording.told import date_words, days_words
from factledger.records.claims import doubt_of
from factledger.records.sentences.grammar import listed, present, with_number
from factledger.views.inquiries.tenures import Gap, HeldStretch, Overlap, Tenure, held_for
from factledger.views.view import View


def holder_names(tenure: Tenure, view: View) -> str:
    """Return the names of the holders, with who says so and how far, where their source does not vouch."""
    names, claim, belief = (
        listed([*map(view.name, tenure.holders)]),
        tenure.standing.claim,
        view.belief,
    )
    remarks = [doubt] if (doubt := doubt_of(claim)) else []
    if beside := held_for(tenure, view):
        remarks.insert(0, listed([*map(view.name, beside)]))
    if told := claim.attributed_to:
        several = len(told) > 1 or belief.several(told[0])
        remarks.insert(0, f"so {present('say', several)} {listed(map(view.name, told))}")
    return f"{names} ({'; '.join(remarks)})" if remarks else names


def days_held(stretch: HeldStretch) -> str:
    """Return the days of a stretch in words, with what is not known left open."""
    return span_words(stretch.first, stretch.last)


def span_words(first: Day | None, last: Day | None) -> str:
    """Return days from the first to the last in words; one that is not known is left open.

    >>> span_words(Day.parse("2021-10-04"), None), span_words(None, None)
    ('from 4 October 2021 on', 'at any time')
    """
    if first is not None and last is not None:
        return days_words(first, last)
    if first is not None:
        return f"from {date_words(first)} on"
    return "at any time" if last is None else f"up to {date_words(last)}"


def gap_words(gap: Gap, view: View) -> str:
    """Return a gap on one line, with who may have held the post."""
    names = dict.fromkeys(holder_names(tenure, view) for tenure in gap.possibly)
    possibly = f" · possibly {listed([*names])}" if names else ""
    return f"{span_words(gap.first, gap.last)} · {with_number(gap.last - gap.first + 1, 'day')}{possibly}"


def overlap_words(overlap: Overlap, view: View) -> str:
    """Return an overlap on one line: the days, and who held at once."""
    names = f"{holder_names(overlap.one, view)} and {holder_names(overlap.other, view)}"
    entries = f"#{overlap.one.standing.number}, #{overlap.other.standing.number}"
    return f"{span_words(overlap.first, overlap.last)} · {names} · {entries}"
