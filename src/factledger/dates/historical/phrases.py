"""Phrases: what a register says around its points: about, before, between, from and to."""

from __future__ import annotations

import re

import attrs

from factledger.dates.edtf import parse
from factledger.dates.historical.forms import point_of
from factledger.dates.historical.manner import Manner
from factledger.dates.historical.phrase import Phrase
from factledger.dates.historical.points import (
    Point,
    marked_point,
    next_to,
    window_point,
)
from factledger.dates.historical.year_pairs import year_pair
from factledger.errors import DateError

_DEEPEST = 4
_ABOUT = re.compile(
    r"(?:c(?:irca|irc|ca|a)?\.?(?=[ \d])|about|around|roughly|approx(?:\.|imately)?|abt\.?|~) ?(?P<rest>.+)"
    r"|(?P<other>.+?) ?(?:\((?:approx\.?|approximately|circa|ca?\.?|about)\)|,? approx\.?)"
)
_UNSURE = re.compile(
    r"(?:probably|possibly|perhaps|maybe|prob\.|poss\.|\?) ?(?P<rest>.+)"
    r"|(?P<other>.*?[^?\s(]) ?(?:\?|\(\?\)|\(uncertain\)|\(probably\))"
)
_BRACKETS = re.compile(r"\[ ?(?P<rest>[^\[\]]*[a-z0-9?]) ?\]|\((?P<other>[^()]*)\)")
_STYLES = re.compile(
    r"(?P<rest>.+?),? \(?(?:(?P<old>o\.? ?s\.?|old style|julian)|(?:n\.? ?s\.?|new style|gregorian))\)?"
)
_SIDES: list[tuple[str, re.Pattern[str]]] = [
    (side, re.compile(pattern))
    for side, pattern in (
        ("before", r"(?:(?:before|ante|prior to|bef\.?|earlier than) |<(?!=) ?)(?P<rest>.+)"),
        ("by", r"(?:by|not after|no later than|not later than|at the latest|on or before|<=|≤) ?(?P<rest>.+)|(?P<other>.+) at the latest"),
        ("after", r"(?:(?:after|post|aft\.?|later than) |>(?!=) ?)(?P<rest>.+)"),
        ("not before", r"(?:(?:not before|no earlier than|not earlier than|at the earliest|on or after) |(?:>=|≥) ?)(?P<rest>.+)|(?P<other>.+) (?:at the earliest|or later|or after)"),
    )
]  # fmt: skip
_FROM = re.compile(r"(?:from|since|beginning|begun|as of) (?P<rest>.+)")
_UNTIL = re.compile(r"(?:until|till|to|up to|through|ended) (?P<rest>.+)")
_BETWEEN = re.compile(
    r"(?:between|betw?\.?) (?P<a>.+?) (?:and|&|-) (?P<b>.+)|(?P<c>.+?) ?[x×] ?(?P<d>.+)"
)
_EITHER = re.compile(r"(?:either )?(?P<a>.+) or (?P<b>.+)")
_RANGES = (
    re.compile(r"(?:from )?(?P<a>.+?) (?:to|until|till|through|-) (?P<b>.+)"),
    re.compile(r"(?P<a>[^-]*[^-\s]) ?-+ ?(?P<b>[^-]+)"),
    re.compile(r"(?P<a>-?[0-9]{4}(?:-[0-9]{2}){0,2})/(?P<b>-?[0-9]{4}(?:-[0-9]{2}){0,2})"),
)
_OPEN_RANGE = re.compile(
    r"(?:from )?(?P<a>[^-]+?) ?(?:(?:to|until|-)(?: ?(?:the )?(?P<now>present|now|today|date))|-+)"
)
_NOW = frozenset(
    {"present", "now", "today", "to date", "to the present", "ongoing", "current", "still", ".."}
)
_UNKNOWN = frozenset(
    {
        "",
        "?",
        "??",
        "-",
        "--",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "unknown",
        "not known",
        "uncertain",
    }
    | {
        "n.d.",
        "n. d.",
        "nd",
        "s.d.",
        "s. d.",
        "s.a.",
        "sine dato",
        "undated",
        "no date",
        "[n.d.]",
        ".",
    }
)


def phrase_of(text: str, manner: Manner, depth: int = 0) -> Phrase | None:
    """Return what a text says, None where it is no phrase that is known.

    The text is in lower case, with single spaces and plain hyphens. A phrase holds others, `depth`
    is how many are around it, and no more than four. Raises `DateError` and `Unsaid` as `point_of`
    does.
    """
    if depth > _DEEPEST:
        return None
    if text in _NOW:
        return Phrase("still so", None, "..", period=True)
    if text in _UNKNOWN:
        return Phrase("not known", None, None)
    if (pair := year_pair(text, manner)) is not None:
        return pair
    if (point := point_of(text, manner)) is not None:
        return Phrase.at(point)
    around = (_styled, _marked_phrase, _sided, _bounded, _ranging)
    return next((found for read in around if (found := read(text, manner, depth + 1))), None)


def _known_point(text: str, manner: Manner, depth: int) -> Point | None:
    """Return the point that a phrase comes to, None where it is none, or a period."""
    found = phrase_of(text, manner, depth)
    return None if found is None or found.period else found.start


# --- around a point


def _styled(text: str, manner: Manner, depth: int) -> Phrase | None:
    """Return a phrase that says itself by which calendar it counts."""
    found = _STYLES.fullmatch(text)
    if found is None:
        return None
    style = attrs.evolve(manner, calendar="julian" if found["old"] else "gregorian")
    return phrase_of(found["rest"], style, depth)


def _marked_phrase(text: str, manner: Manner, depth: int) -> Phrase | None:
    for pattern, mark, name in (
        (_UNSURE, "?", "unsure"),
        (_ABOUT, "~", "about"),
        (_BRACKETS, "", "in brackets"),
    ):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        inner = phrase_of(found["rest"] or found["other"], manner, depth)
        if inner is not None:
            return _with_mark(inner, mark, name)
    return None


def _with_mark(inner: Phrase, mark: str, name: str) -> Phrase:
    if not mark:
        return attrs.evolve(inner, form=f"{name}: {inner.form}")
    start = marked_point(inner.start, mark) if inner.start is not None else None
    end = marked_point(inner.end, mark) if isinstance(inner.end, Point) else inner.end
    return attrs.evolve(inner, form=f"{name}: {inner.form}", start=start, end=end)


def _sided(text: str, manner: Manner, depth: int) -> Phrase | None:
    """Return the window on one side of a point: before it, by it, after it."""
    for side, pattern in _SIDES:
        found = pattern.fullmatch(text)
        rest = found and (found["rest"] or found.groupdict().get("other"))
        inner = _known_point(rest, manner, depth) if rest else None
        if inner is not None:
            return Phrase.at(_side_of(side, inner))
    return None


def _side_of(side: str, point: Point) -> Point:
    if side == "by":
        text = f"[..{point.high}]"
    elif side == "not before":
        text = f"[{point.low}..]"
    elif side == "before":
        text = f"[..{next_to(point.low, -1)}]"
    else:
        text = f"[{next_to(point.high, 1)}..]"
    return attrs.evolve(point, form=f"{side}: {point.form}", text=text)


def _bounded(text: str, manner: Manner, depth: int) -> Phrase | None:
    """Return the window between two points, or the choice of two."""
    if found := _BETWEEN.fullmatch(text):
        given = found["a"] or found["c"], found["b"] or found["d"]
        if (two := _two(*given, manner, depth)) is not None:
            low, high = _alike(two[0].low, two[1].high)
            reasons = (*two[0].reasons, *two[1].reasons)
            return Phrase.at(window_point("between", low, high, reasons))
    if found := _EITHER.fullmatch(text):
        two = _two(found["a"], found["b"], manner, depth)
        if two is not None:
            one, other = two
            text = f"[{one.text.strip('[]')},{other.text.strip('[]')}]"
            return Phrase.at(
                Point("either", one.low, other.high, text, (*one.reasons, *other.reasons))
            )
    return None


def _ranging(text: str, manner: Manner, depth: int) -> Phrase | None:
    """Return the period from one point to another, or to one, or from one."""
    for pattern in _RANGES:
        found = pattern.fullmatch(text)
        two = found and _two(found["a"], found["b"], manner, depth)
        if two:
            return Phrase("period", *two, period=True)
    if (found := _FROM.fullmatch(text)) and (start := _known_point(found["rest"], manner, depth)):
        return Phrase("from", start, None, period=True)
    if (found := _UNTIL.fullmatch(text)) and (end := _known_point(found["rest"], manner, depth)):
        return Phrase("until", None, end, period=True)
    if (found := _OPEN_RANGE.fullmatch(text)) and (
        start := _known_point(found["a"], manner, depth)
    ):
        return Phrase("from", start, ".." if found["now"] else None, period=True)
    return None


_MOST_TAIL = re.compile(r"(?:[a-z]+\.?,? )?-?[0-9]{3,4}(?: ?(?:b\.?c\.?e?\.?|a\.?d\.?|c\.?e\.?))?$")
_ERA_TAIL = re.compile(r" ?(?:b\.?c\.?(?:e\.?)?)$")
_SHORT = re.compile(r"(?P<y>[0-9]{4})")


def _two(one: str, other: str, manner: Manner, depth: int) -> tuple[Point, Point] | None:
    """Return two points of which the first may leave out what the second says: `12 - 14 Feb 1380`."""
    if (digits := re.fullmatch(r"[0-9]{1,2}", other)) and _SHORT.fullmatch(one):
        other = one[: 4 - len(digits[0])] + digits[0]
    second = _known_point(other, manner, depth)
    if second is None:
        return None
    for whole in _completions(one, other):
        first = _maybe_point(whole, manner, depth)
        if first is not None:
            return first, second
    return None


def _completions(one: str, other: str) -> list[str]:
    """Return what a text can mean beside another, the fullest first."""
    found = []
    if (era := _ERA_TAIL.search(other)) and not _ERA_TAIL.search(one):
        found.append(one + era[0])
    if tail := _MOST_TAIL.search(other):
        worded = re.fullmatch(
            r"[0-9]{1,2}(?:st|nd|rd|th|\.)?|[a-z ]+\.?|[0-9]{1,2}(?:st|nd|rd|th|\.)? [a-z]+\.?", one
        )
        year = re.search(r"-?[0-9]{3,4}.*$", tail[0])
        found += [f"{one} {tail[0]}"] if worded and tail[0][0].isalpha() else []
        found += [f"{one} {year[0]}"] if worded and year else []
    bare = found and one.isdigit() and len(one) <= 2  # a day, and no year of the first century
    return found if bare else [*found, one]


def _maybe_point(text: str, manner: Manner, depth: int) -> Point | None:
    try:
        return _known_point(text, manner, depth)
    except DateError:  # what a completion comes to need not be a date
        return None


def _alike(low: str, high: str) -> tuple[str, str]:
    """Return two plain dates as fine as the finer of the two."""
    if low.count("-", 1) == high.count("-", 1):
        return low, high
    return str(parse(low).earliest), str(parse(high).latest)
