"""A date in words: of one day or window, of a period, of several; a beginning, and an end."""

from __future__ import annotations

import re
from functools import lru_cache

from factledger.dates.dated import OPEN, UNKNOWN, Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.dates.edtf import parse
from factledger.dates.wording.languages import LANGUAGE, Wording, wording_of
from factledger.dates.wording.single import listed_dates, one_date, two_dates

_GROUPING = r"(?<![0-9X-])-?[0-9X]{4}[?~%]?-[?~%]?(?:2[1-9]|3[0-9]|4[01])[?~%]?(?![0-9X-])"
_LIKE_A_PERIOD = r"([0-9]{2})([0-9]{2})-([0-9]{2})"


def date_words(date: Edtf | Day | str, language: str | None = None) -> str:
    """Return a date in words; the language is the reader's where none is given.

    Where words would blur a date, its EDTF stands beside them. The open end is "open", an unknown
    one "unknown". Raises `DateError` for a text that is no date, `NotFound` for a language.

    >>> [date_words(text) for text in ("2019-23", "2024-02~", "[1413..1417]", "0000")]
    ['autumn 2019', 'about February 2024', 'between 1413 and 1417', '1 BCE']
    >>> date_words("2022-02/2022-04"), date_words("[..1994-11]"), date_words("1X98")
    ('February to April 2022', 'November 1994 or earlier', 'between 1098 and 1998 (1X98)')
    """
    return _date_words(str(date), wording_of(language or LANGUAGE.get()))


def since_words(date: Edtf | Day | str, language: str | None = None) -> str:
    """Return a beginning in words.

    >>> since_words("2019-23"), since_words("[1413..1417]")
    ('since autumn 2019', 'since some time between 1413 and 1417')
    """
    return _end_words("since", str(date), wording_of(language or LANGUAGE.get()))


def until_words(date: Edtf | Day | str, language: str | None = None) -> str:
    """Return an end in words.

    >>> until_words("2024-03-15")
    'until 15 March 2024'
    """
    return _end_words("until", str(date), wording_of(language or LANGUAGE.get()))


def lasting_words(since: Edtf | str, until: Edtf | str, language: str | None = None) -> str:
    """Return a beginning and an end in words, both of which are dates.

    >>> lasting_words("2022-01", "2024-08-30")
    'from January 2022 until 30 August 2024'
    """
    words = wording_of(language or LANGUAGE.get())
    ends = (_within(_date_words(str(end), words), words) for end in (since, until))
    return words.form("from_until", **dict(zip(("since", "until"), ends, strict=True)))


def days_words(first: Day, last: Day, language: str | None = None) -> str:
    """Return the days from one to another in words: a month or a year where they are just that.

    >>> days_words(Day.parse("2023-11-01"), Day.parse("2023-11-30"))
    'November 2023'
    >>> days_words(Day.parse("2023-01-01"), Day.parse("2023-12-31"))
    '2023'
    >>> days_words(Day.parse("2023-01-02"), Day.parse("2023-01-05"))
    '2 to 5 January 2023'
    """
    whole = next(
        (text for text in (str(first)[:-6], str(first)[:-3]) if _is_all(text, first, last)), None
    )
    return date_words(whole or f"{first}/{last}", language)


def _is_all(text: str, first: Day, last: Day) -> bool:
    """Return whether a year or a month is all the days from one to another."""
    found = parse(text)
    return (found.earliest, found.latest) == (first, last)


def groupings(date: Edtf) -> list[str]:
    """Return the parts of a year (21 to 41) that a date names, each as it is written.

    >>> groupings(parse("1936-39")), groupings(parse("[2019-05-21,2019-05]"))
    (['1936-39'], [])
    """
    return re.findall(_GROUPING, date.text)


def grouping_read(text: str, language: str | None = None) -> str:
    """Return how a part of a year is read, for who may have meant a period.

    >>> grouping_read("1936-39")
    '1936-39 is the last four months of 1936; a period is written 1936/1939'
    >>> grouping_read("2023-21"), grouping_read("2022-23?")
    ('2023-21 is spring 2023', '2022-23? is perhaps autumn 2022')
    """
    read = f"{text} is {date_words(text, language)}"
    found = re.fullmatch(_LIKE_A_PERIOD, text)
    if found is None or found[3] <= found[2]:
        return read
    return f"{read}; a period is written {found[1]}{found[2]}/{found[1]}{found[3]}"


def _end_words(form: str, text: str, words: Wording) -> str:
    return words.form(form, date=_within(_date_words(text, words), words))


def _within(told: str, words: Wording) -> str:
    """Return a date as it stands behind a word such as "since"."""
    window = told.startswith(words.form("between", both=""))
    return words.form("some_time", date=told) if window else told


@lru_cache(maxsize=1 << 14)
def _date_words(text: str, words: Wording) -> str:
    if text in ("", "..", str(BEGINNING), str(FOREVER)):
        return words.forms["open" if text else "unknown"]
    date = parse(text)
    if date.kind == "interval":
        return _interval(date, words)
    return one_date(date, words) if date.kind == "date" else _set(date, words)


def _interval(date: Edtf, words: Wording) -> str:
    one, other = date.start, date.end
    if isinstance(one, Edtf) and isinstance(other, Edtf):
        return two_dates(one, other, "to", words)
    if isinstance(one, Edtf):
        return words.form("onward" if other is OPEN else "to_unknown", date=one_date(one, words))
    if isinstance(other, Edtf):
        return words.form("up_to" if one is OPEN else "from_unknown", date=one_date(other, words))
    return words.forms["days_unknown" if UNKNOWN in (one, other) else "always"]


def _set(date: Edtf, words: Wording) -> str:
    joint = "or" if date.kind == "one-of" else "and"
    members = date.text[1:-1].split(",")
    if len(members) == 2 and ".." not in date.text:
        return two_dates(parse(members[0]), parse(members[1]), joint, words)
    told = [_member(member, date.kind, words) for member in members]
    return listed_dates(told, words.forms[joint])


def _member(member: str, kind: str, words: Wording) -> str:
    first, dots, last = member.partition("..")
    if not dots:
        return one_date(parse(member), words)
    if not (first and last):
        form = "later" if first else "earlier"
        return words.form(form, date=one_date(parse(first or last), words))
    if kind == "one-of":
        return words.form("between", both=two_dates(parse(first), parse(last), "and", words))
    return two_dates(parse(first), parse(last), "to", words)
