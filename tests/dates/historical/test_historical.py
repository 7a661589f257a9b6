"""Everyday dates: what a register writes, as a date of the profile, a question, or a refusal."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from convertdate import holidays, julian
from hypothesis import given
from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.dates.edtf import parse_endpoint
from factledger.dates.historical.calendars import easter, julian_day, julian_month_days
from factledger.dates.historical.manner import ANSWERS, Manner, manner_of
from factledger.dates.historical.points import bounds
from factledger.dates.historical.readings import DatePlace, Question, Reading, read_everyday
from factledger.errors import DateError, FieldError

# Each line: what is written, and what it is read as. `?KEY` is a question, `!` a refusal.
PLAIN = """
1413                        1413
0750                        0750
750                         0750
AD 33                       0033
33 AD                       0033
A.D. 1413                   1413
anno domini 1413            1413
in 1413                     1413
the year 1413               1413
44 BC                       -0043
44 B.C.                     -0043
44 BCE                      -0043
1 BC                        0000
750 BCE                     -0749
1413 CE                     1413
12 Feb 1950                 1950-02-12
12th Feb 1950               1950-02-12
12th of February 1950       1950-02-12
12. Feb. 1950               1950-02-12
12-Feb-1950                 1950-02-12
February 12, 1950           1950-02-12
Feb 12 1950                 1950-02-12
Sept 3rd, 1950              1950-09-03
1950 Feb 12                 1950-02-12
1950, February 12           1950-02-12
29 February 1952            1952-02-29
February 1950               1950-02
Feb. 1950                   1950-02
February, 1950              1950-02
1950 February               1950-02
16/08/1953                  1953-08-16
08/16/1953                  1953-08-16
16.8.1953                   1953-08-16
16-08-1953                  1953-08-16
5/5/1953                    1953-05-05
1953-08-16                  1953-08-16
1953/8/16                   1953-08-16
1953.08.16                  1953-08-16
19530816                    1953-08-16
8/1953                      1953-08
08.1953                     1953-08
1953-08                     1953-08
1953-00                     1953
1953-00-00                  1953
1953-08-00                  1953-08
2020-W53-1                  2020-12-28
2020W531                    2020-12-28
2021-W01-7                  2021-01-10
2020-W53                    [2020-12-28..2021-01-03]
1430s                       143X
the 1430s                   143X
1430's                      143X
430s BC                     [-0438..-0429]
15th century                [1401..1500]
15th c.                     [1401..1500]
the 1st century             [0001..0100]
3rd century BC              [-0299..-0200]
1st century BCE             [-0099..0000]
first half of the 15th century      [1401..1450]
second half of the 15th century     [1451..1500]
last quarter of the 15th century    [1476..1500]
2nd quarter of 15th century         [1426..1450]
first third of the 15th century     [1401..1434]
last third of the 15th century      [1468..1500]
early 1430s                 143X
late 15th century           [1401..1500]
mid-1950                    1950
end of 1950                 1950
spring 1950                 1950-21
summer of 1950              1950-22
autumn, 1950                1950-23
fall 1950                   1950-23
winter 1950                 1950-24
winter 1950/1               1950-24
Q2 1936                     1936-34
1936 Q2                     1936-34
1936-Q2                     1936-34
first quarter of 1936       1936-33
c. 1383                     1383~
c1383                       1383~
ca 1383                     1383~
ca. 1383                    1383~
circa 1383                  1383~
about 1383                  1383~
~1383                       1383~
1383 (approx.)              1383~
1383, approx.               1383~
c. 750 BC                   -0749~
c. 1430s                    143X~
c. 15th century             [1401~..1500~]
c. February 1950            1950-02~
1383?                       1383?
1383 ?                      1383?
1383 (?)                    1383?
probably 1383               1383?
possibly 1383               1383?
? 1383                      1383?
c. 1383?                    1383%
[1383]                      1383
[1383?]                     1383?
(1383)                      1383
[c. 1383]                   1383~
before 1431                 [..1430]
ante 1431                   [..1430]
before February 1950        [..1950-01]
before 12 Feb 1950          [..1950-02-11]
before 1 Jan 1950           [..1949-12-31]
before the 1430s            [..1429]
before 44 BC                [..-0044]
before c. 1431              [..1430~]
by 1395                     [..1395]
no later than 1395          [..1395]
1395 at the latest          [..1395]
by Feb 1950                 [..1950-02]
after 1400                  [1401..]
post 1400                   [1401..]
after 31 Dec 1950           [1951-01-01..]
not before 1400             [1400..]
1400 or later               [1400..]
between 1413 and 1417       [1413..1417]
bet. 1413 and 1417          [1413..1417]
1413 x 1417                 [1413..1417]
1413 × 1417                 [1413..1417]
between 1413 and Feb 1950   [1413-01-01..1950-02-28]
between 1949 and 12 Feb 1950    [1949-01-01..1950-02-12]
1413 or 1414                [1413,1414]
either 1413 or 1415         [1413,1415]
1476/7                      [1476..1477]
1476/77                     [1476..1477]
1459/0                      [1459..1460]
1499/1500                   [1499..1500]
1499/00                     [1499..1500]
1417/1413                   !
1413-1417                   1413/1417
1413–1417                   1413/1417
1413 - 1417                 1413/1417
1413 to 1417                1413/1417
from 1413 to 1417           1413/1417
1413/1417                   1413/1417
1413-                       1413/
1413-present                1413/..
1413 to date                1413/..
from 1413                   1413/
since 1413                  1413/
until 1417                  /1417
to 1417                     /1417
12-14 Feb 1950              1950-02-12/1950-02-14
Feb-Apr 1950                1950-02/1950-04
12 Feb - 3 Mar 1950         1950-02-12/1950-03-03
12 Feb 1950 - 3 Mar 1951    1950-02-12/1951-03-03
300-200 BC                  -0299/-0199
1430s-1440s                 143X/144X
c. 1413-1417                1413~/1417~
c. 1413 to c. 1417          1413~/1417~
1936-39                     1936/1939
1936/39                     1936/1939
1913-6                      ?hyphen
Michaelmas 1950             1950-09-29
Michaelmas Day 1950         1950-09-29
the feast of St. Michael 1950   1950-09-29
Christmas 1950              1950-12-25
eve of Michaelmas 1950      1950-09-28
the morrow of All Saints 1950   1950-11-02
octave of Michaelmas 1950   1950-10-06
Easter 1950                 1950-04-09
Whitsun 1950                1950-05-28
Ascension Day 1950          1950-05-18
Monday after Michaelmas 1950    1950-10-02
Friday before Michaelmas 1950   1950-09-22
Monday next after Easter 1950   1950-04-10
1900-02-29 O.S.             1900-03-13
25 Oct 1917 (old style)     1917-11-07
7 Nov 1917 N.S.             1917-11-07
12 Feb 1380 Julian          1380-02-20
198X                        198X
1984-06~                    1984-06~
[1413..1417]                [1413..1417]
..1990                      !
?                           -
-                           -
n.d.                        -
s.d.                        -
unknown                     -
present                     ..
12 Feb 1380                 ?calendar
1380-02-12                  ?calendar
May 1413                    ?calendar
Michaelmas 1413             ?calendar
15 March 44 BC              ?calendar
03/04/1950                  ?order
3.4.1950                    ?order
-44                         ?bce
-0044                       ?bce
12/13/87                    ?century
'87                         !
1400s                       ?hundreds
1411-12                     ?hyphen
1413-7                      ?hyphen
1407/08                     ?slash
1405/10                     ?slash
0                           ?0
9999                        ?9999
9999-12-31                  ?9999-12-31
00/00/0000                  ?00/00/0000
1900-01-01                  ?1900-01-01
16/13/1953                  !
30 Feb 1950                 !
1953-13-01                  !
1476/9                      ?slash
1436-21                     1436-21
1486/3                      ?calendar
1986/3                      1986-03
0 BC                        !
-44 BC                      !
fl. 1413                    !
last year                   !
12. Februar 1950            !
5th half of the 15th century    !
fourth half of the 15th century     !
2021-W53                    !
2020-W53-8                  !
spring 1950/1               !
Easter 1950/1               !
0th century                 !
1417-1413                   !
12345                       !
12 Feb 1476/9               !
early afternoon             !
476/7                       [0476..0477]
12 or nix                   !
nix to 1950                 !
from 1936 to 39             1936/1939
31 - 14 Feb 1950            !
1953-13-00                  !
""".strip().splitlines()


def parted(lines: list[str]) -> list[tuple[str, str]]:
    """Return the two columns of a table."""
    pairs = [line.rsplit("  ", 1) for line in lines]
    return [(text.strip(), found.strip()) for text, found in pairs]


def outcome(text: str, manner: Manner, place: DatePlace = "when") -> str:
    """Return a reading as its date, `-` where it is not known, a question as `?KEY`, a refusal as `!`."""
    try:
        found = read_everyday(text, manner, place)
    except DateError:
        return "!"
    return f"?{found.key}" if isinstance(found, Question) else found.date or "-"


@pytest.mark.parametrize(("text", "found"), parted(PLAIN))
def test_what_a_register_writes(text: str, found: str) -> None:
    """Each text has one reading, or is asked about, or is refused; none is guessed."""
    assert outcome(text, Manner()) == found


MEDIEVAL = manner_of(
    {"order": "day-month", "calendar": "julian", "bce": "historical", "century": "none"}
)
JULIAN = """
12 Feb 1380                 1380-02-20
16/08/1453                  1453-08-25
29/02/1500                  1500-03-10
3/4/1453                    1453-04-12
Michaelmas 1413             1413-10-08
Easter 1413                 1413-05-02
Monday after Michaelmas 1413    1413-10-11
May 1413                    [1413-05-10..1413-06-09]
1413                        1413
c. May 1413                 [1413-05-10~..1413-06-09~]
before 12 Feb 1380          [..1380-02-19]
15 Jan 1476/7               1477-01-24
24 March 1476/7             1477-04-02
20 June 1476/7              [1476-06-29,1477-06-29]
-44                         -0043
15 March 44 BC              -0043-03-13
12/03/87                    0087-03-10
5 Oct 1582                  1582-10-15
30 Feb 1500                 !
"""


@pytest.mark.parametrize(("text", "found"), parted(JULIAN.strip().splitlines()))
def test_days_of_the_julian_calendar_are_converted(text: str, found: str) -> None:
    """Days and months become those of the Gregorian calendar, and say so; years are called the same."""
    assert outcome(text, MEDIEVAL) == found


LADY_DAY = """
12 Feb 1380                 1381-02-20
24 March 1380               1381-04-01
25 March 1380               1380-04-02
1380                        [1380-04-02..1381-04-01]
Feb 1380                    [1381-02-09..1381-03-08]
March 1380                  [1380-04-02..1380-04-08,1381-03-09..1381-04-01]
Lady Day 1380               1380-04-02
12 Feb 1380/1               1381-02-20
1 Jan 1751                  1752-01-12
1 Sep 1752                  1752-09-12
2 Sep 1752                  1752-09-13
3 Sep 1752                  !
13 Sep 1752                 !
14 Sep 1752                 1752-09-14
1 Feb 1752                  1752-02-12
1752                        1752
1751                        [1751-04-05..1752-04-04]
"""


@pytest.mark.parametrize(("text", "found"), parted(LADY_DAY.strip().splitlines()))
def test_years_from_lady_day_and_the_english_reform(text: str, found: str) -> None:
    """England counted years from 25 March until 1751, and Julian days until 2 September 1752."""
    english = manner_of({"calendar": "julian until 1752-09-02", "year": "25 March until 1751"})
    assert outcome(text, english) == found


@pytest.mark.parametrize(
    ("manner", "text", "found"),
    [
        ({"order": "month-day"}, "03/04/1950", "1950-03-04"),
        ({"order": "month-day"}, "16/04/1950", "!"),
        ({"bce": "astronomical"}, "-44", "-0044"),
        ({"century": "1900"}, "12/12/87", "1987-12-12"),
        ({"century": "1800"}, "87", "1887"),
        ({"hundreds": "decade"}, "1400s", "140X"),
        ({"hundreds": "century"}, "1400s", "14XX"),
        ({"hyphen": "years"}, "1411-12", "1411/1412"),
        ({"hyphen": "month"}, "1911-12", "1911-12"),
        ({"hyphen": "month"}, "1936-39", "1936-39"),
        ({"slash": "years"}, "1407/08", "[1407..1408]"),
        ({"slash": "month"}, "1907/08", "1907-08"),
        ({"slash": "years"}, "1405/10", "1405/1410"),
        ({"first-of-january": "year"}, "1950-01-01", "1950"),
        ({"first-of-january": "day"}, "1950-01-01", "1950-01-01"),
        ({"fillers": {"0": ""}}, "0", "-"),
        ({"fillers": {"Not Yet": ".."}}, "not yet", ".."),
        ({"fillers": {"1900-01-01": "1900-01-01"}}, "1900-01-01", "1900-01-01"),
        ({"calendar": "gregorian"}, "12 Feb 1380", "1380-02-12"),
        ({"year": "1 March", "calendar": "gregorian"}, "2 Feb 1500", "1501-02-02"),
        ({"year": "1 March", "calendar": "gregorian"}, "1500", "[1500-03-01..1501-02-28]"),
    ],
)
def test_what_the_map_says_answers(manner: dict[str, object], text: str, found: str) -> None:
    """Every question is answered by its key, for all dates of the file."""
    assert outcome(text, manner_of(manner)) == found


@pytest.mark.parametrize(
    ("text", "since", "until", "start", "end"),
    [
        ("1413-1417", "[1413..1417]", "[1413..1417]", "1413", "1417"),
        ("1413 - Feb 1950", "[1413-01-01..1950-02-28]", "[1413-01-01..1950-02-28]", "1413", "1950-02"),
        ("1413-", "1413", "!", "1413", "-"),
        ("since 1413", "1413", "!", "1413", "-"),
        ("until 1417", "!", "1417", "-", "1417"),
        ("1413-present", "!", "!", "1413", ".."),
        ("present", "!", "..", "-", ".."),
        ("1413", "1413", "1413", "1413", "1413"),
        ("before 1431", "[..1430]", "[..1430]", "[..1430]", "[..1430]"),
        ("1936-39", "[1936..1939]", "[1936..1939]", "1936", "1939"),
        ("between 1413 and 1417", "[1413..1417]", "[1413..1417]", "[1413..1417]", "[1413..1417]"),
        ("15th century - 1550", "[1401..1550]", "[1401..1550]", "[1401..1500]", "1550"),
        ("?", "-", "-", "-", "-"),
    ],
)  # fmt: skip
def test_a_period_is_read_in_its_place(
    text: str, since: str, until: str, start: str, end: str
) -> None:
    """Where one end is wanted a period is some day of it; `start` and `end` take its ends apart."""
    found = [outcome(text, Manner(), place) for place in ("since", "until", "start", "end")]
    assert found == [since, until, start, end]


def test_a_period_of_windows_is_an_interval_of_their_ends() -> None:
    """An interval has no sets in it."""
    assert outcome("15th century - 16th century", Manner()) == "1401/1600"


def test_what_was_worked_out_is_said() -> None:
    """A conversion, a feast, an order and a loose word are reasons; a mere way to write is none."""
    english = manner_of({"calendar": "julian", "year": "25 March", "order": "day-month"})
    found = read_everyday("03/02/1380", english)
    assert isinstance(found, Reading)
    assert found.reasons == (
        "day before month, as the map says",
        "the year 1380 began on 25 March",
        "a day of the Julian calendar",
    )
    feast = read_everyday("Michaelmas 1950", Manner())
    assert isinstance(feast, Reading)
    assert (feast.reasons, feast.form) == (("by its feast, Michaelmas 1950",), "feast")
    plain = read_everyday("c. 1383", Manner())
    assert isinstance(plain, Reading)
    assert (plain.reasons, plain.doubts, plain.new_year) == ((), (), False)


def test_two_digits_at_the_end_are_doubted() -> None:
    """Where the map does not say that a hyphen parts years, who reads the survey is told."""
    found = read_everyday("1936-39", Manner())
    said = read_everyday("1936-39", Manner(hyphen="years"))
    assert isinstance(found, Reading)
    assert isinstance(said, Reading)
    assert (found.doubts, said.doubts) == (("'1936-39' is read as the years 1936 to 1939",), ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("13/14/87", "month 13 does not exist, months are 01 to 12"),
        ("31 April 1400", "that month has days 01 to 30"),
        ("141?", "write 141X for a year whose last figure is not known, or 0141? for the year 141"),
        ("141-", "write 141X for a year whose last figure is not known, or 0141/ for the year 141"),
        ("1952-02-12 13:40", "it has a time of day, and dates are days; leave the time out, in a map by a format such as %Y-%m-%d %H:%M:%S"),
        ("44197", "a day number of a spreadsheet? it would be 2021-01-01; format the column as dates there, and save it anew"),
    ],
)  # fmt: skip
def test_what_no_answer_makes_a_date_is_refused(text: str, reason: str) -> None:
    """It is not asked about; what to write is said."""
    with pytest.raises(DateError) as refused:
        read_everyday(text, Manner())
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("<1413", "[..1412]"), ("< 1413", "[..1412]"), ("<=1413", "[..1413]"), ("≤ 1413", "[..1413]"),
        (">1413", "[1414..]"), (">= 1413", "[1413..]"), ("≥1413", "[1413..]"),
        ("14??", "14XX"), ("14--", "14XX"), ("141_", "141X"),
        ("1952-02-12 00:00:00", "1952-02-12"), ("1952-02-12T00:00:00.000", "1952-02-12"), ("12 Feb 1952 00:00", "1952-02-12"),
        ("10 March 1712-3", "1713-03-10"), ("12 Feb 1713-1720", "1713-02-12/1720"),
    ],
)  # fmt: skip
def test_signs_and_gaps_of_a_table_are_read(text: str, date: str) -> None:
    """Before and after by their signs, figures that are not known, and the midnights of a column of days."""
    found = read_everyday(text, manner_of({"calendar": "gregorian"}))
    assert isinstance(found, Reading)
    assert found.date == date


def test_a_question_shows_both_readings() -> None:
    """What is asked is shown as each answer would have it, whatever else is not said."""
    found = read_everyday("03/04/1453", Manner())
    assert isinstance(found, Question)
    assert found.answers == (("day-month", "1453-04-03"), ("month-day", "1453-03-04"))
    found = read_everyday("12/13/87", Manner())
    assert isinstance(found, Question)
    assert found.answers == (("none", "0087-12-13"), ("1900", "1987-12-13"))
    found = read_everyday("0", Manner(century="none"))
    assert isinstance(found, Question)
    assert [answer for answer, _ in found.answers] == ["", "..", "0"]


def test_a_date_that_a_map_made_has_its_parts() -> None:
    """No figures of it are taken for others; its calendar and its count are those of the map."""

    def made(text: str, manner: Manner = MEDIEVAL) -> str:
        found = read_everyday(text, manner, made=True)
        return found.date if isinstance(found, Reading) else f"?{found.key}"

    assert made("1411-12") == "[1411-12-10..1412-01-09]"
    assert made("1453-08-16") == "1453-08-25"
    assert (made("-0044"), made("-0044", Manner(bce="astronomical")), made("-0044", Manner())) == ("-0043", "-0044", "?bce")  # fmt: skip
    assert made("1413") == "1413"
    assert made("before 1431") == "[..1430]"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"order": "dmy"}, "dates.order: wanted 'day-month' or 'month-day', found 'dmy'"),
        ({"calendar": "julian until 1752-13-02"}, "dates.calendar: wanted 'julian' or 'gregorian', 'julian until 1752-09-02' (as it was written), found 'julian until 1752-13-02'"),
        ({"year": 5}, "dates.year: wanted '1 January' or '25 March' or '1 March', '25 March until 1751', found 5"),
        ({"century": "19"}, "dates.century: wanted 'none' or '1900', '1800', found '19'"),
        ({"orders": "x"}, "dates.orders: unknown key; one of order, bce, calendar, year, century, hundreds, hyphen, slash, first-of-january, fillers"),
        ({"fillers": "0"}, "dates.fillers: wanted a table such as { '0' = '' }, found '0'"),
        ({"fillers": {"0": "nix"}}, "dates.fillers.0: wanted '' (unknown), '..' (open) or a date, found 'nix'"),
        ({"fillers": {"0": 0}}, "dates.fillers.0: wanted '' (unknown), '..' (open) or a date, found 0"),
    ],
)  # fmt: skip
def test_a_manner_that_cannot_be(given: dict[str, object], message: str) -> None:
    """What a map says of its dates is one of the answers to what is asked."""
    with pytest.raises(FieldError) as refused:
        manner_of(given)
    assert str(refused.value) == message


# --- against others

years = st.integers(-4000, 4000)


@given(years, st.integers(1, 12), st.data())
def test_julian_days_are_those_of_convertdate(year: int, month: int, data: st.DataObject) -> None:
    """A day of the Julian calendar is the same Julian day number as another library gives it."""
    day = data.draw(st.integers(1, julian_month_days(year, month)))
    assert int(julian_day(year, month, day)) == julian.to_jd(year, month, day) - 1_721_424.5


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (2, 30), (4, 31), (1, 0)])
def test_there_is_no_such_julian_day(month: int, day: int) -> None:
    """What no calendar has is refused."""
    with pytest.raises(DateError):
        julian_day(1413, month, day)


@given(st.integers(1583, 4000))
def test_gregorian_easter_is_that_of_convertdate(year: int) -> None:
    """Easter Sunday, as another library works it out."""
    assert (year, *easter(year, julian=False)) == holidays.easter(year, church="western")


@given(st.integers(326, 3000))
def test_julian_easter_is_that_of_convertdate(year: int) -> None:
    """Easter of the eastern churches, in the calendar in which they reckon it."""
    there = holidays.easter(year, church="orthodox")
    assert str(julian_day(year, *easter(year, julian=True))) == f"{there[0]:04}-{there[1]:02}-{there[2]:02}"  # fmt: skip


@given(st.dates(date(1600, 1, 1), date(9998, 12, 31)))
def test_week_dates_are_those_of_the_standard_library(day: date) -> None:
    """Each day, written as day of its week, is read as itself."""
    year, week, weekday = day.isocalendar()
    assert outcome(f"{year:04}-W{week:02}-{weekday}", Manner()) == day.isoformat()


# --- laws

manners = st.builds(
    Manner,
    **{key.replace("-", "_"): st.sampled_from(answers) for key, answers in ANSWERS.items()},
)


@given(manners, st.dates(date(1, 1, 2), date(1999, 12, 31)))
def test_a_day_is_read_alike_however_it_is_written(manner: Manner, day: date) -> None:
    """In words, and with the year first: the same day."""
    words = f"{day.day} {day:%B} {day.year:04}"
    if (day.month, day.day) != (1, 1):
        assert outcome(words, manner) == outcome(day.isoformat(), manner)


@given(manners, st.text(st.sampled_from("0123456789 -/.?~[]()xcabtofrdmy"), max_size=24))
def test_whatever_is_written_ends_in_words(manner: Manner, text: str) -> None:
    """Every text is read, asked about or refused; and what is read is a date of the profile."""
    for place in get_args(DatePlace):
        found = outcome(text, manner, place)
        if found not in ("!", "-") and not found.startswith("?") and "/" not in found:
            parse_endpoint(found)


@given(st.integers(1, 9998), st.integers(1, 200))
def test_what_is_before_by_and_after_a_year_leaves_no_day_out(year: int, width: int) -> None:
    """Before it and not before it are all days, and no day is both; so by it and after it."""
    manner = Manner(century="none")
    before, not_before = (outcome(f"{word} {year:04}", manner) for word in ("before", "not before"))
    assert int(parse_endpoint(before).latest) + 1 == int(parse_endpoint(not_before).earliest)  # type: ignore[arg-type]
    by, after = (outcome(f"{word} {year:04}", manner) for word in ("by", "after"))
    assert int(parse_endpoint(by).latest) + 1 == int(parse_endpoint(after).earliest)  # type: ignore[arg-type]
    del width


def test_many_words_around_a_date_are_no_date() -> None:
    """A phrase in a phrase in a phrase ends: no text takes long, however often it says about."""
    for word in ("c. ", "before ", "probably ", "to ", "(", "[", "either 1 or "):
        assert outcome(word * 9 + "1413", Manner()) == outcome(word * 99 + "1413", Manner()) == "!"


def test_bounds_are_of_a_date_that_has_both() -> None:
    """A window that is open on one side has no bounds."""
    assert bounds("1413-02") == (Day.parse("1413-02-01"), Day.parse("1413-02-28"))
    with pytest.raises(DateError):
        bounds("[..1413]")
