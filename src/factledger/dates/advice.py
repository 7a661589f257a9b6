"""Date advice: why a text is not a date of the profile, and what to write instead."""

from __future__ import annotations

import re
from typing import TypeGuard

from factledger.dates import seasons
from factledger.dates.edtf import parse
from factledger.dates.said import date_said
from factledger.errors import DateError, OutsideProfile

_MONTHS = "January February March April May June July August September October November December"
_YEARS = "years run from -9999 to 9999"

# A date in <> is advised: where the calendar has no such date, the next that is found speaks.
# (pattern, feature, what to write instead), the first that is found names the feature
_OUTSIDE = tuple(
    (re.compile(pattern), feature, instead)
    for pattern, feature, instead in (
        (
            r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}",
            "times of day",
            "write the day alone, as in <{0}>",
        ),
        (r"[0-9]T[0-9]{2}:[0-9]{2}:[0-9]{2}", "times of day", "write the day alone"),
        (r"\bY-?[0-9]+E[0-9]+", "exponential years", _YEARS),
        (
            r"\b[0-9]+S[0-9]+\b|\bY-?[0-9]+S[0-9]+\b",
            "significant digits",
            "write X for each digit that does not count, as in 19XX, or a set [1945..1955]",
        ),
        (r"\bY-?[1-9][0-9]{4,}", "long years", _YEARS),
    )
)

# (pattern, reason), the first that is found anywhere speaks; groups fill the braces
_REASONS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (
            r"(?i)\b(?:last|next|this|past|recent|ago|today|yesterday|tomorrow|now|currently)\b",
            "it is a relative date; write the date that it comes to, and say under 'inferred' how",
        ),
        (r"(?i)\b(?:open|present)\b", "write .. for an open end"),
        (r"(?i)\b(?:unknown|none)\b", "leave an unknown end empty, as in 2014/"),
        (
            r"(?i)^([0-9]{4})-Q[1-4]$",
            "write the quarters of {0} as <{0}-33>, <{0}-34>, <{0}-35> and <{0}-36>",
        ),
        (r"^([0-9]{4})-?W[0-9]{2}", "weeks have no EDTF; write the first and last day, a/b"),
        (r"^([0-9]{3})0s$", "write <{0}X> for a decade"),
        (r"^Y-?[0-9]", "Y is for years beyond 9999; write the year in four digits"),
        (r"(?![0-9])\d", "only the digits 0 to 9 are read"),
        (r"x", "an unspecified digit is a capital X"),
        (r"[0-9].*[Tt ][0-9]{1,2}:", "a time of day has no place here; write the day alone"),
        (r"[^\W0-9X_]", "dates are written in digits, as in 2015-03 (March) or 2015-21 (spring)"),
        (r"[–—−‐]", "write - inside a date and / between two, as in 2021/2022"),
        (r"\s", "spaces have no place in a date; leave them out"),
        (
            r"^(-?[0-9]{4})-([0-9]{4})$",
            "write <{0}/{1}> for a period, or <[{0}..{1}]> for one day of it",
        ),
        (r"^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})$", "write <{0}-{1:0>2}-{2:0>2}>"),
        (
            r"^([0-9]{2})([0-9]{2})[/.](0[1-9]|1[0-2])$",
            "write <{0}{1}-{2}> for {month2} {0}{1}, <{0}{1}/{0}{2}> for a period",
        ),
        (r"^([0-9]{4})[-/.](0?[1-9]|1[0-2])$", "write <{0}-{1:0>2}> for {month1} {0}"),
        (r"^([0-9]{2})([0-9]{2})[/.]([0-9]{2})$", "write <{0}{1}/{0}{2}> for a period"),
        (r"^(0?[1-9]|1[0-2])[-/.]([0-9]{4})$", "write <{1}-{0:0>2}> for {month0} {1}"),
        (
            r"^([0-9]{4})[-/.]([0-9]{1,2})$|^([0-9]{1,2})[-/.]([0-9]{4})$",
            "months are 01 to 12, as in 2015-03; a period is written 2021/2022",
        ),
        (
            r"^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}$",
            "write year, month, day in this order, as in 1985-04-12",
        ),
        (r"^([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])", "write <{0}-{1}-{2}>"),
        (r"^[0-9]{4}-[0-9]{3}$", "days of a year have no EDTF; write month and day"),
        (r"-0000", "year zero has no sign; write 0000"),
        (r"\+", "a year takes no plus sign"),
        (r"[0-9]{5}", _YEARS),
        (
            r"^-?[0-9]{1,3}[?~%]?$",
            "a year has four digits; write 0087 for the year 87, 197X for a decade, 19XX for a century",
        ),
        (r"[()]", "parentheses are of an older EDTF; put ?, ~ or % after what it qualifies"),
        (r"[?~%]{2}", "one qualifier at a time: ? uncertain, ~ approximate, % both"),
        (r"/.*/", "an interval has one /, as in 2021/2022"),
        (r"^\.\.$", "an open end stands in an interval, as in 2014/.."),
        (r"[\[\]{}].*/|/.*[\[\]{}]", "a set cannot stand in an interval; use 'since' and 'until'"),
        (
            r"^([^\[\]{},]+)\.\.([^\[\]{},]+)$",
            "write <[{0}..{1}]> for one day of a window, <{0}/{1}> for a period",
        ),
        (r"^\[[^\]]*$|^\{[^}]*$|\[.*\}|\{.*\]", "the brackets of a set do not match"),
        (
            r"^[\[{]",
            "a set lists dates, as in [2021,2023], [2021..2023], [..2021] or [2021..]; "
            "an open end is the first or the last",
        ),
    )
)
_MONTH = re.compile(r"0[1-9X]|1[0-2X]|X[0-9X]")
_SEEN = 200  # characters: searching longer texts takes time that grows as their square
_ADVISED = re.compile("<([^<>]*)>")
_ELSE = "write a date such as 2023-04-01, 2023-04, 2023 or 198X, an interval a/b or a set [a..b]"


def refusal(text: str) -> DateError:
    """Return the error for a text that does not have the shape of a date of the profile.

    >>> print(refusal("2021-2022"))
    '2021-2022' is not a date: write 2021/2022 for a period, or [2021..2022] for one day of it
    >>> print(refusal("14 May 2024"))
    '14 May 2024' is not a date: write 2024-05-14
    """
    head = text[:_SEEN]
    for pattern, feature, instead in _OUTSIDE:
        if (said := _said(pattern, instead, head)) is not None:
            return OutsideProfile(text, feature, said)
    if (meant := date_said(head)) is not None:
        return DateError(text, f"write {meant}")
    for pattern, reason in _REASONS:
        if (said := _said(pattern, reason, head)) is not None:
            return DateError(text, said)
    return DateError(text, _ELSE)


def _said(pattern: re.Pattern[str], template: str, text: str) -> str | None:
    """Return what a template says of a text, None where it has no say or would advise no date."""
    found = pattern.search(text)
    if found is None:
        return None
    months = {f"month{i}": _month(part) for i, part in enumerate(found.groups())}
    said = template.format(*found.groups(), **months)
    if not all(map(is_date, _ADVISED.findall(said))):
        return None
    return _ADVISED.sub(r"\1", said)


def _month(part: str | None) -> str:
    return dict(enumerate(_MONTHS.split(), start=1)).get(int(part), "") if _is_two(part) else ""


def _is_two(part: str | None) -> TypeGuard[str]:
    return part is not None and len(part) <= 2 and part.isascii() and part.isdigit()


def is_date(text: str) -> bool:
    """Return whether a text is a date of the profile.

    >>> is_date("2023-03"), is_date("March 2023")
    (True, False)
    """
    try:
        parse(text)
    except DateError:
        return False
    return True


def no_such_day(year: str, month: str, day: str | None) -> str:
    """Return why no day fits a year, month and day, each a pattern of digits and `X`.

    >>> no_such_day("2023", "13", None)
    'month 13 does not exist; months are 01 to 12, seasons and other parts of a year 21 to 41'
    """
    if month == "00":
        return f"month 00 does not exist; write {year}, or {year}-XX for a month not known"
    if month in seasons.MONTHS:
        return f"{month} is a season or another part of a year, which has no days; write {year}-{month}"
    if not _MONTH.fullmatch(month):
        return (
            f"month {month} does not exist; months are 01 to 12, seasons and other parts of a "
            "year 21 to 41"
        )
    if day == "00":
        return (
            f"day 00 does not exist; write {year}-{month}, or {year}-{month}-XX for a day not known"
        )
    told = f"day {day} does not exist in month {year}-{month}"
    return f"{told}: days are Gregorian" if (month, day) == ("02", "29") else told
