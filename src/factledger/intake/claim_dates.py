"""Dates that a draft or a map leaves to be worked out: an end at the next of a series, and windows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, day_or
from factledger.dates.edtf import parse_endpoint
from factledger.dates.ends import eve_of
from factledger.errors import DateError
from factledger.named import NamedTuple
from factledger.records.codec import Body

NEXT = "next"
"""The `until` of a state that lasts until the next of its series begins."""


class SeriesEnd(NamedTuple):
    """The end of a state in its series and the reason for it; `fault` says why it has none."""

    until: str
    reason: str
    fault: str | None = None


def series_ends(starts: Sequence[tuple[str, object]]) -> list[SeriesEnd]:
    """Return the end of each state, given the series of each and its `since`, in their order.

    It is the day before the next of the same series began, as a window where that is one; the last
    goes on. Where it is not said which of two began first, the earlier written has no end.

    >>> [end.until for end in series_ends([("a", "2001-03-01"), ("b", "1999"), ("a", "2004-06")])]
    ['[2004-05-31..2004-06-29]', '..', '..']
    """
    found: list[SeriesEnd] = [SeriesEnd("", "", _START)] * len(starts)
    by_series: dict[str, list[tuple[Edtf, int]]] = defaultdict(list)
    for place, (series, since) in enumerate(starts):
        begun = _start(since)
        if isinstance(begun, SeriesEnd):
            found[place] = begun
        else:
            by_series[series].append((begun, place))
    for series, members in by_series.items():
        members.sort(key=lambda member: (*_window(member[0]), member[1]))
        for (since, place), (following, _) in pairwise(members):
            found[place] = _until(series, since, following)
        reason = f"the last of the series {series!r}, which its source gives whole"
        found[members[-1][1]] = SeriesEnd("..", reason)
    return found


_START = "since is missing; a series is told by the day on which each of its states began"


def _start(since: object) -> Edtf | SeriesEnd:
    if not isinstance(since, str) or since in ("", ".."):
        return SeriesEnd("", "", _START)
    try:
        return parse_endpoint(since)
    except DateError as error:
        return SeriesEnd("", "", f"since: {error}")


def _window(date: Edtf) -> tuple[int, int]:
    return day_or(date.earliest, BEGINNING), day_or(date.latest, FOREVER)


def _until(series: str, since: Edtf, following: Edtf) -> SeriesEnd:
    if _window(since)[1] >= _window(following)[0]:
        told = (
            f"one of the series {series!r} begins in {since.text!r} and one in {following.text!r}"
        )
        return SeriesEnd("", "", f"{told}: it is not said which is first; give this one its until")
    reason = f"the day before the next of the series {series!r} began, in {following.text!r}"
    return SeriesEnd(eve_of(following).text, reason)


def ended(claim: Body, end: SeriesEnd) -> Body:
    """Return a claim whose end was left to its series with that end, and its reason in `inferred`."""
    reason = {"field": "until", "reason": end.reason}
    return {**claim, "until": end.until, "inferred": [*_inferred(claim), reason]}


def _inferred(claim: Body) -> list[object]:
    held = claim.get("inferred", [])
    return held if isinstance(held, list) else [held]
