"""What is said of a text that is no date, and what to write instead."""

from __future__ import annotations

import re
from calendar import month_name

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.dates import advice
from factledger.dates.dated import Edtf
from factledger.dates.days import Day, days_in_month
from factledger.dates.edtf import parse, parse_endpoint
from factledger.errors import DateError, OutsideProfile

RELATIVE = "it is a relative date; write the date that it comes to, and say under 'inferred' how"
MONTHS_ARE = "months are 01 to 12, seasons and other parts of a year 21 to 41"
WORDS = "dates are written in digits, as in 2015-03 (March) or 2015-21 (spring)"
TIME = "a time of day has no place here; write the day alone"
FOUR = "a year has four digits; write 0087 for the year 87, 197X for a decade, 19XX for a century"
YEARS = "years run from -9999 to 9999"
QUARTERS = "write the quarters of 2023 as 2023-33, 2023-34, 2023-35 and 2023-36"
ORDER = "write year, month, day in this order, as in 1985-04-12"
SPACES = "spaces have no place in a date; leave them out"
DASHES = "write - inside a date and / between two, as in 2021/2022"
PARENTHESES = "parentheses are of an older EDTF; put ?, ~ or % after what it qualifies"
BRACKETS = "the brackets of a set do not match"
SET = (
    "a set lists dates, as in [2021,2023], [2021..2023], [..2021] or [2021..]; "
    "an open end is the first or the last"
)
YEAR_MONTH = "months are 01 to 12, as in 2015-03; a period is written 2021/2022"
ELSE = "write a date such as 2023-04-01, 2023-04, 2023 or 198X, an interval a/b or a set [a..b]"
REASONS = [
    ("2023-13", f"month 13 does not exist; {MONTHS_ARE}"),
    ("2023-42", f"month 42 does not exist; {MONTHS_ARE}"),
    ("2023-2X", f"month 2X does not exist; {MONTHS_ARE}"),
    ("2023-13-01", f"month 13 does not exist; {MONTHS_ARE}"),
    ("2023-00", "month 00 does not exist; write 2023, or 2023-XX for a month not known"),
    ("2023-02-00", "day 00 does not exist; write 2023-02, or 2023-02-XX for a day not known"),
    ("2023-02-30", "day 30 does not exist in month 2023-02"),
    ("1900-02-29", "day 29 does not exist in month 1900-02: days are Gregorian"),
    ("156X-09-31", "day 31 does not exist in month 156X-09"),
    ("2023-X4-31", "day 31 does not exist in month 2023-X4"),
    (
        "2023-21-05",
        "21 is a season or another part of a year, which has no days; write 2023-21",
    ),
    ("2022/2021", "it ends (2021-12-31) before it starts (2022-01-01); swap the ends"),
    ("[2022..2021]", "it ends (2021-12-31) before it starts (2022-01-01); swap the ends"),
    ("[2023-04]", "a set of one date is that date; write 2023-04"),
    ("[2021..2022-03]", "both ends of 2021..2022-03 need the same precision, as in [2021..2022]"),
    ("last month", RELATIVE),
    ("three years ago", RELATIVE),
    ("2021/present", "write .. for an open end"),
    ("open", "write .. for an open end"),
    ("2021/unknown", "leave an unknown end empty, as in 2014/"),
    ("2023-Q2", QUARTERS),
    ("2023-W14", "weeks have no EDTF; write the first and last day, a/b"),
    ("1980s", "write 198X for a decade"),
    ("Y2006", "Y is for years beyond 9999; write the year in four digits"),
    ("٢٠٢٣", "only the digits 0 to 9 are read"),
    ("20xx", "an unspecified digit is a capital X"),
    ("2023-04-01 10:00", TIME),
    ("1985-04-12t23:20:30", TIME),
    ("March 2015", "write 2015-03"),
    ("20 March 2015", "write 2015-03-20"),
    ("spring of 2015", "write 2015-21"),
    ("early March 2015", WORDS),
    ("not-a-date", WORDS),
    ("2021–2022", DASHES),
    ("2023-04-01\n", SPACES),
    ("[1667, 1668]", SPACES),
    ("2021-2022", "write 2021/2022 for a period, or [2021..2022] for one day of it"),
    ("2023-4-1", "write 2023-04-01"),
    ("2023/04/01", "write 2023-04-01"),
    ("2023.4.1", "write 2023-04-01"),
    ("2023-4", "write 2023-04 for April 2023"),
    ("2023/04", "write 2023-04 for April 2023"),
    ("2001/02", "write 2001-02 for February 2001, 2001/2002 for a period"),
    ("4/2023", "write 2023-04 for April 2023"),
    ("1936/39", "write 1936/1939 for a period"),
    ("2023/13", YEAR_MONTH),
    ("39/1936", YEAR_MONTH),
    ("2023-13-00", f"month 13 does not exist; {MONTHS_ARE}"),
    ("[2023-02-30]", "day 30 does not exist in month 2023-02"),
    ("2023.4.31", ELSE),
    ("2022-2021", ELSE),
    ("2021-13..2022", ELSE),
    ("20231345", YEARS),
    ("12-04-1985", ORDER),
    ("4/12/85", ORDER),
    ("20230401", "write 2023-04-01"),
    ("2023-091", "days of a year have no EDTF; write month and day"),
    ("-0000", "year zero has no sign; write 0000"),
    ("+2006", "a year takes no plus sign"),
    ("12345", YEARS),
    ("197", FOUR),
    ("-19", FOUR),
    ("2004-(06)~", PARENTHESES),
    ("1984??", "one qualifier at a time: ? uncertain, ~ approximate, % both"),
    ("2021/2022/2023", "an interval has one /, as in 2021/2022"),
    ("..", "an open end stands in an interval, as in 2014/.."),
    ("[2021..2022]/..", "a set cannot stand in an interval; use 'since' and 'until'"),
    ("2021..2022", "write [2021..2022] for one day of a window, 2021/2022 for a period"),
    ("[1999", BRACKETS),
    ("{1999", BRACKETS),
    ("[1999}", BRACKETS),
    ("[2021,..2023]", SET),
    ("[2021..,2023]", SET),
    ("[]", SET),
    ("", ELSE),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_says_what_to_write_instead(text: str, reason: str) -> None:
    """A text that is not a date is refused with the one reason that helps."""
    with pytest.raises(DateError) as refused:
        parse(text)
    assert refused.value.reason == reason
    assert not isinstance(refused.value, OutsideProfile)


OUTSIDE = [
    ("1985-04-12T23:20:30Z", "times of day", "write the day alone, as in 1985-04-12"),
    ("2005-07-25T10:10:10Z/2006", "times of day", "write the day alone, as in 2005-07-25"),
    ("1985-13-45T10:10:10", "times of day", "write the day alone"),
    ("Y17E7", "exponential years", YEARS),
    ("Y-17101E3S3", "exponential years", YEARS),
    (
        "1950S2",
        "significant digits",
        "write X for each digit that does not count, as in 19XX, or a set [1945..1955]",
    ),
    (
        "Y171010000S3",
        "significant digits",
        "write X for each digit that does not count, as in 19XX, or a set [1945..1955]",
    ),
    ("Y170002", "long years", YEARS),
    ("Y-61000/-2000", "long years", YEARS),
]


@pytest.mark.parametrize(("text", "feature", "instead"), OUTSIDE)
def test_names_what_is_outside_the_profile(text: str, feature: str, instead: str) -> None:
    """EDTF beyond the profile is refused by the name of its feature, with what to write."""
    with pytest.raises(OutsideProfile) as refused:
        parse(text)
    assert refused.value.feature == feature
    assert refused.value.reason == f"{feature} are outside the profile; {instead}"


def test_every_advice_is_given_to_some_text() -> None:
    """No advice stands behind another one that always speaks first."""
    given_reasons = [reason for _, reason in REASONS]
    for _, template in advice._REASONS:
        opening = template.partition("{")[0].partition("<")[0]
        assert any(reason.startswith(opening) for reason in given_reasons), template
    assert {feature for _, feature, _ in advice._OUTSIDE} == {row[1] for row in OUTSIDE}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "2021/..",
            "an end is one date; write '2021' in 'since' and '..' in 'until', "
            "or a set such as [2021..2022] for one day of a window",
        ),
        ("{2021,2022}", "an end is one date; write [2021,2022] for one of several"),
    ],
)
def test_says_how_to_write_an_endpoint(text: str, reason: str) -> None:
    """An interval or a set of all is refused as an end, with what to write."""
    with pytest.raises(DateError) as refused:
        parse_endpoint(text)
    assert refused.value.reason == reason


WORDS_OF = re.compile(
    r"(\S+) for (a period|one day of it|one day of a window|a decade|[A-Z][a-z]+ -?[0-9]{4})"
)
NUMBER = st.one_of(
    st.integers(0, 60).map(str),
    st.integers(0, 60).map("{:02}".format),
    st.integers(1800, 2050).map(str),
    st.sampled_from(
        ["1936", "19360931", "XX", "0000", "190X", "1980s", "2023-04", "2023-13", "Q2"]
    ),
)
SEPARATOR = st.sampled_from(
    ["-", "/", ".", "..", "–", " ", ",", "T10:10:10", "", "~", "[", "]", "{", "}"]
)
NEARLY = st.lists(st.one_of(NUMBER, SEPARATOR), min_size=1, max_size=5).map("".join)


def meant(words: str, given: str) -> tuple[object, object]:
    """Return the first and the last day of what words say of a date that was advised."""
    if words == "a decade":
        year = int(given[:3]) * 10
        return Day.of(year, 1, 1), Day.of(year + 9, 12, 31)
    if words in ("a period", "one day of it", "one day of a window"):
        low, high = re.split(r"/|\.\.", given.strip("[]"))
        return parse(low).earliest, parse(high).latest
    name, _, year_said = words.partition(" ")
    number, month = int(year_said), list(month_name).index(name)
    return Day.of(number, month, 1), Day.of(number, month, days_in_month(number, month))


def advised(reason: str) -> list[str]:
    """Return the dates that a reason says to write; a and b stand for any."""
    said = reason.partition("write")[2]
    found = re.findall(r"\[?\.{0,2}-?[0-9X]{4}[-0-9X./,?~%]*\]?", said)
    return [text.rstrip(",.") for text in found]


@given(NEARLY)
def test_what_is_advised_is_what_the_words_say(text: str) -> None:
    """Every date that is advised is one, of the days that the words beside it name."""
    try:
        date: Edtf | str = parse(text)
    except DateError as error:
        date = error.reason
    if isinstance(date, Edtf):
        return
    for one in advised(date):
        assert parse(one).text == one
    for one, words in WORDS_OF.findall(date):
        found = parse(one)
        assert (found.earliest, found.latest) == meant(words, one)
        assert (found.kind == "one-of") is words.startswith("one day of")


@pytest.mark.parametrize("text", [row[0] for row in (*REASONS, *OUTSIDE)])
def test_every_advice_of_the_table_is_a_date(text: str) -> None:
    """What the tables above advise can be written as it stands."""
    with pytest.raises(DateError) as refused:
        parse(text)
    for one in advised(refused.value.reason):
        assert parse(one).text == one


@given(st.integers(1000, 9999), st.integers(1, 99), st.sampled_from("/."))
def test_two_digits_behind_a_year_are_a_month_or_a_later_year(
    year: int, two: int, mark: str
) -> None:
    """They are never advised as a part of a year, which is another date than was meant."""
    text = f"{year}{mark}{two:02}"
    try:
        reason = str(parse(text))
    except DateError as error:
        reason = error.reason
    dates = [one for one in advised(reason) if set(one) & set("-/")]
    month, later = f"{year}-{two:02}", f"{year}/{year // 100}{two:02}"
    expected = [month] * (two <= 12) + [later] * (two >= year % 100)
    assert dates == expected or (not expected and reason == YEAR_MONTH) or text == reason
