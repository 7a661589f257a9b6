"""Dates as English sentences say them: `3 March 2024`, `autumn of 2019`, `the 1690s` → EDTF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factledger.dates.edtf import parse
from factledger.errors import DateError

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_SEASON = "|".join(_SEASONS)
_SAID = re.compile(
    rf"""(?:(?<![\w$€£/.,-])|(?<=\bmid-))(?:
      (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}})
    | (?P<us_month>{_MONTH})\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,\s+(?P<us_year>\d{{4}})
    | (?P<in_month>{_MONTH}),?\s+(?:of\s+)?(?P<month_year>\d{{4}})
    | (?P<season>{_SEASON})\s+(?:of\s+)?(?P<season_year>\d{{4}})
    | (?P<bce>\d{{1,4}})\s+B\.?C(?:\.?E)?\b\.?
    | (?P<decade>(?:1\d|20)\d[1-9]|(?:1\d|20)[1-9])0s
    | (?P<plain>(?:1\d|20)\d\d)
    )(?![\w-]|/\d|\s?[–—]\s?\d\d?\b)""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands before or behind a date and lets the sentence speak of other days than these.
_MOVED_BEFORE = re.compile(
    rf"""(?:\b(?:before|after|by|prior\ to|following|preceding|than|beyond|(?:eve|anniversary)\ of)\s+
        (?:(?:the|early|late|mid)\s+)*(?:(?:end|beginning|start|middle|close)\s+of\s+)?
      | (?<![\w.,])\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?
      | (?:(?<![\w.,])\d{{1,2}}(?:st|nd|rd|th)?|\b(?:{_MONTH}|{_SEASON}))\s*  # "5 to 7 May 2020"
        (?:,|-|–|—|/|&|\b(?:and|or|to|until|till|through)\b)\s*(?:(?:the|in|of)\s+)*
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_MOVED_BEHIND = re.compile(
    r"""[,]?\s*\(?(?:in\s+the\s+)?(?:old\s+style|o\.\ ?s\.|julian\b)
      | \s+or\s+(?:earlier|later|before|after|so|thereabouts|an?|the)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NEAR = 60  # characters before a date in which such words are looked for
_ABOUT = re.compile(r"(?i)\b(?:about|around|circa|roughly|approximately|ca?\.)\s+(?:the\s+)?\Z")
_PERHAPS = re.compile(r"(?i)\b(?:perhaps|possibly|maybe)\s+(?:(?:in|on|the)\s+)*\Z")
_IN_YEAR = re.compile(r"(?i)\b(?:in|since|until|till|during|throughout|year)\s+\Z")
_COUNTED = re.compile(
    r"\s+(?!(?:was|is|has|his|this|as|us)\b)(?:[a-z]+s|people|men|women|children|staff|per|percent"
    r"|[mb]illion|[ckm]m|[kM]?t|kg|ha|[kMG]W|m)\b"
)


def dates_said(text: str) -> list[str]:
    """Return the dates that an English text says in full, as EDTF, in order, each once.

    A day without its year is none, nor is "last month", nor what another word moves: "before 2014", "5
    to 7 May 2020", "3 May 1451 (Old Style)". A number of four digits from 1000 to 2099 is read as a
    year, but not beside what it counts.

    >>> dates_said("From January 2022 until 30 August 2024, and in the autumn of 2025")
    ['2022-01', '2024-08-30', '2025-23']
    >>> dates_said("about 2011, in the 1690s, in 412 BCE; by 2020, 1500 people")
    ['2011~', '169X', '-0411']
    """
    return list(dict.fromkeys(_read(text)))


def date_said(text: str) -> str | None:
    """Return the date that a whole text is in English, as EDTF, None where it is none, more or a decade.

    >>> date_said("September 20, 2024"), date_said("about May 2024")
    ('2024-09-20', None)
    """
    whole = _SAID.fullmatch(text.strip())
    found = dates_said(text) if whole and not whole["decade"] else []
    return found[0] if found else None


def _read(text: str) -> Iterator[str]:
    for match in _SAID.finditer(text):
        found = _edtf({name: held for name, held in match.groupdict().items() if held})
        if _is_moved(match) or (match["plain"] and _is_count(match)):
            continue
        try:
            parse(found)
        except DateError:
            continue
        yield found + _qualifier(match)


def _is_moved(match: re.Match[str]) -> bool:
    behind = _MOVED_BEHIND.match(match.string, match.end())
    return behind is not None or _stands_behind(_MOVED_BEFORE, match)


def _is_count(match: re.Match[str]) -> bool:
    """Return whether a number of four digits counts what stands behind it: `about 1500 people`."""
    counted = _COUNTED.match(match.string, match.end())
    return counted is not None and not _stands_behind(_IN_YEAR, match)


def _qualifier(match: re.Match[str]) -> str:
    if _stands_behind(_ABOUT, match):
        return "~"
    return "?" if _stands_behind(_PERHAPS, match) else ""


def _stands_behind(words: re.Pattern[str], match: re.Match[str]) -> bool:
    """Return whether a date stands right behind some words."""
    return words.search(match.string[max(0, match.start() - _NEAR) : match.start()]) is not None


def _edtf(said: dict[str, str]) -> str:
    if "plain" in said:
        return said["plain"]
    if "decade" in said:
        return f"{said['decade']}X"
    if "bce" in said:
        before = int(said["bce"]) - 1  # the calendar has a year 0
        return f"-{before:04}" if before > 0 else "0000"
    if "season" in said:
        return f"{said['season_year']}-{_SEASONS[said['season'].casefold()]}"
    if "in_month" in said:
        return f"{said['month_year']}-{_number(said['in_month']):02}"
    day, month, year = (said.get(name) or said[f"us_{name}"] for name in ("day", "month", "year"))
    return f"{year}-{_number(month):02}-{int(day):02}"


def _number(month: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(month[:3].casefold()))
