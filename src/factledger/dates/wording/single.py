"""One date in words, and two that share a month or a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factledger.dates import seasons
from factledger.dates.dated import Edtf
from factledger.dates.edtf import parse
from factledger.dates.wording.languages import Wording

_PART = "(?:^|-)([?~%]?)(-?[0-9X]+)([?~%]?)"
_DECADE = "([1-9][0-9][1-9])X"  # "the 1900s" can be the century
_SOME_PART = "(-?[0-9]{4}(?:-[0-9]{2})?)(-XX){1,2}"
_UNBROKEN = "-?[0-9]+X+|-?[0-9]{4}-(?:[0-9]{2}-)?[0-9]X"  # no gap between its ends
_YEAR_AT_SIGHT = 1000
_PARTS = ("year", "month", "day")
_QUALIFIED = {
    frozenset("?"): ("perhaps", "uncertain"),
    frozenset("~"): ("about", "approximate"),
    frozenset("?~"): ("perhaps_about", "uncertain_and_approximate"),
}


def one_date(date: Edtf, words: Wording) -> str:
    """Return one date in words, with what its qualifiers say."""
    groups = _groups(date)
    told = _unqualified(date, "-".join(part for _, part, _ in groups), words)
    marks = [frozenset(_marks_on(groups, at)) for at in range(len(groups))]
    if not any(marks):
        return told
    if len(set(marks)) == 1:
        return words.form(_QUALIFIED[marks[0]][0], date=told)
    what = [_qualified_parts(mark, marks, words) for mark in dict.fromkeys(filter(None, marks))]
    return words.form("qualified_in_part", date=told, what=", ".join(what))


def two_dates(one: Edtf, other: Edtf, joint: str, words: Wording) -> str:
    """Return two dates with a joint between them, `and` or `to`; what they share is said once."""
    first, last = (one_date(date, words) for date in (one, other))
    if first == last:
        return first
    ends = {"first": first, "joint": words.forms[joint], "last": last}
    form = "two_ends"
    if _is_plain(one) and _is_plain(other) and one.precision == other.precision:
        form = _shared(one.text, other.text)
        ends |= _parts_of("first", one.text, words) | _parts_of("last", other.text, words)
    return words.form(form, **ends)


def listed_dates(told: Sequence[str], joint: str) -> str:
    """Return dates in words as a list with a joint before the last."""
    *most, last = told
    return f"{', '.join(most)} {joint} {last}" if most else last


def _is_plain(date: Edtf) -> bool:
    return date.precision != "season" and not set("X?~%") & set(date.text)


def _shared(one: str, other: str) -> str:
    """Return the form for two plain dates of one precision: by what they share."""
    parts = one.count("-", 1)
    if parts == 2 and one[:-3] == other[:-3]:
        return "days_of_month"
    if parts and one[: -3 * parts] == other[: -3 * parts]:
        return "days_of_year" if parts == 2 else "months_of_year"
    bce = one[0] == other[0] == "-"
    return "years_before" if bce and not parts else "two_ends"


def _parts_of(end: str, text: str, words: Wording) -> dict[str, str]:
    """Return what a form can ask of one end: its day, month and year in words, and the year alone."""
    year, month, day = _numbers(text)
    parts = {"year": _year(year, words), f"{end}_year": f"{abs(1 - year)}"}
    if month:
        parts[f"{end}_month"] = words.months[month - 1]
    return parts | ({f"{end}_day": f"{day}"} if day else {})


# --- qualifiers


def _groups(date: Edtf) -> list[tuple[str, str, str]]:
    """Return year, month and day as written, each with the qualifier before and after it."""
    return re.findall(_PART, date.text)


def _marks_on(groups: Sequence[tuple[str, str, str]], at: int) -> Iterator[str]:
    """Yield the qualifiers of a part: the one before it, and each after it or a finer part."""
    for mark in (groups[at][0], *(after for _, _, after in groups[at:])):
        yield from "?~" if mark == "%" else mark


def _qualified_parts(mark: frozenset[str], marks: Sequence[frozenset[str]], words: Wording) -> str:
    names = (name for name, on in zip(_PARTS, marks, strict=False) if on == mark)
    parts = listed_dates([words.forms[f"{name}_part"] for name in names], words.forms["and"])
    return words.form(_QUALIFIED[mark][1], parts=parts)


# --- digits


def _unqualified(date: Edtf, text: str, words: Wording) -> str:
    if "X" not in text:
        return _exact(text, words)
    if text == "XXXX":
        return words.forms["any_year"]
    if found := re.fullmatch(_DECADE, text):
        return words.form("decade", year=f"{found[1]}0")
    if found := re.fullmatch(_SOME_PART, text):
        form = "any_day" if text.count("-", 1) == 2 else "any_month"
        return words.form(form, date=_exact(found[1], words))
    low, high = (_cut(bound, text.count("-", 1)) for bound in (date.earliest, date.latest))
    if low == high:
        return one_date(low, words)
    between = words.form("between", both=two_dates(low, high, "and", words))
    return (
        between if re.fullmatch(_UNBROKEN, text) else words.form("unusual", date=between, edtf=text)
    )


def _exact(text: str, words: Wording) -> str:
    """Return a date in words of which every digit is known."""
    year, month, day = _numbers(text)
    told = {"year": _year(year, words), "next": f"{(year + 1) % 100:02}"}
    if month is None:
        return told["year"]
    if f"{month}" in seasons.MONTHS:
        return words.parts[f"{month}"].format(**told)
    return words.form(
        "day" if day else "month", month=words.months[month - 1], day=f"{day}", **told
    )


def _cut(bound: object, parts: int) -> Edtf:
    """Return a day as a year, with its month and its day where so many parts are wanted."""
    return parse(str(bound).rsplit("-", 2 - parts)[0])


def _numbers(text: str) -> tuple[int, int | None, int | None]:
    year, *rest = text.removeprefix("-").split("-")
    month, day, *_ = (*map(int, rest), None, None)
    return (-int(year) if text[0] == "-" else int(year)), month, day


def _year(year: int, words: Wording) -> str:
    """Return a year in words; the year 0 of the calendar is 1 BCE."""
    if year <= 0:
        return words.form("before", year=f"{1 - year}")
    return f"{year}" if year >= _YEAR_AT_SIGHT else words.form("early", year=f"{year}")
