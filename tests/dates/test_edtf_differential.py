"""Two other implementations agree on random texts, but for faults listed here one by one.

`edtf` gives bounds, `edtf-validate` a verdict. Each fault has an example that is run, so that a
fault which was mended does not stay on the list, and a pattern that keeps its texts out of the
comparison. Hypothesis fails the test if the patterns keep too many out.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Iterable
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edtf_texts import days, months, pairs, plain_dates, seasons, with_x, years
from effort import ALL_ROWS, LONG
from factledger.dates.dated import End
from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.errors import DateError

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")

REFUSED = ("refused", "refused")


@attrs.frozen
class Fault:
    """What an implementation gets wrong, with an example and the pattern of all such texts.

    A fault in texts that the strategies do not make has no pattern.
    """

    what: str
    example: str
    pattern: str | None = None


def ours(text: str) -> tuple[str, str]:
    """Return the bounds that factledger gives."""
    try:
        found = parse(text)
    except DateError:
        return REFUSED
    return _bound(found.earliest), _bound(found.latest)


def _bound(found: Day | End) -> str:
    return {"..": "open", "": "unknown"}.get(str(found), str(found))


@cache
def theirs() -> tuple[Any, Any]:
    """Return `edtf`, and the module of `edtf-validate`: they are long to load."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they use names that pyparsing has deprecated
        import edtf
        from edtf_validate import valid_edtf
    return edtf, valid_edtf


def of_edtf(text: str) -> tuple[str, str]:
    """Return the bounds that `edtf` gives, or the name of what it raises; what it prints is dropped."""
    edtf, _ = theirs()
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            found = edtf.parse_edtf(text)
            return _day(found.lower_strict()), _day(found.upper_strict())
        except edtf.EDTFParseException:
            return REFUSED
        except (AttributeError, TypeError, ValueError) as error:
            return type(error).__name__, str(error)


def _day(found: float | tuple[int, ...]) -> str:
    if isinstance(found, float):
        return "open"
    year, month, day = found[:3]
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def valid(text: str) -> bool:
    """Return the verdict of `edtf-validate`; it says None for some texts that it refuses."""
    return bool(theirs()[1].is_valid(text))


def without(faults: Iterable[Fault], texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Leave out the texts that an implementation is known to get wrong."""
    patterns = [re.compile(fault.pattern) for fault in faults if fault.pattern]
    return texts.filter(lambda text: not any(pattern.search(text) for pattern in patterns))


OF_EDTF = [
    Fault("a winter ends with its year", "2019-28", r"^-?\d{4}-(24|28|30)$"),
    Fault("an unknown end becomes a date ten years off", "1985/", r"/$"),
    Fault("an unknown start becomes a date ten years off", "/1985", r"^/"),
    Fault("an end before its start is accepted", "2008/1964"),
    Fault("one X in a month or day raises", "1984-1X", r"-(\dX|X\d)(?![\dX])"),
    Fault("X in a negative year refuses its months", "-156X-12-25", r"^-\d*X"),
    Fault("X for the month of a negative year swaps the bounds", "-0001-XX", r"^-\d{4}-.*X"),
    Fault("29 February is given to every year", "2001-02-29"),
    Fault("29 February ends in a year that has none", "20XX-02-29", r"X.*-02-29"),
    Fault("two qualifiers on one date are refused", "?2004-06%", r"[?~%].*[?~%]"),
    Fault("X beside an open end is refused", "201X/..", r"X.*/|/.*X"),
    Fault("an open end beside other members raises", "{1667,1760..}", r"^\{.*,.*\.\.\}|^\{\.\..*,"),
    Fault("spaces are accepted", " 2023", r"\s"),
]

OF_VALIDATE = [
    Fault("29 February is given to every year", "2001-02-29", r"-02-29"),
    Fault("30 February is accepted beside X", "2000-02-3X", r"02-3X"),
    Fault("the month is not asked when a day is qualified", "2004-?02-31", r"[?~%].*-3"),
    Fault("ends of unlike precision are compared by first days", "2004-05/2004"),
    Fault("year zero beside an open end is refused", "../0000", r"^(\.\.)?/0000|^0000.*/(\.\.)?$"),
    Fault(
        "a negative year at an open end is refused", "../-0001-01-01", r"^(\.\.)?/-|^-.*/(\.\.)?$"
    ),
    Fault("an interval without any date is refused", "/", r"^/$"),
    Fault("a season of a year with X is refused", "201X-21", r"^[0-9X]*X[0-9X]*-[234]\d$"),
    Fault("qualified seasons of a hemisphere are refused", "2001-25?"),
    Fault("two qualifiers of one month are refused", "2001-?09~-09"),
]


@pytest.mark.parametrize("fault", OF_EDTF, ids=lambda fault: fault.what)
def test_faults_of_edtf_are_still_there(fault: Fault) -> None:
    """Each fault that is listed for `edtf` can be seen in its example."""
    assert of_edtf(fault.example) != ours(fault.example)
    assert fault.pattern is None or re.search(fault.pattern, fault.example)


@pytest.mark.parametrize("fault", OF_VALIDATE, ids=lambda fault: fault.what)
def test_faults_of_edtf_validate_are_still_there(fault: Fault) -> None:
    """Each fault that is listed for `edtf-validate` can be seen in its example."""
    assert valid(fault.example) != (ours(fault.example) != REFUSED)
    assert fault.pattern is None or re.search(fault.pattern, fault.example)


@st.composite
def qualified_once(draw: st.DrawFn) -> str:
    """Put one qualifier before or after one component of a date."""
    text = draw(plain_dates())
    cut = draw(st.sampled_from([at for at in range(4, len(text) + 1) if _joint(text, at)]))
    mark = draw(st.sampled_from("?~%"))
    return draw(st.sampled_from((f"{text[:cut]}{mark}{text[cut:]}", f"{mark}{text}")))


def _joint(text: str, at: int) -> bool:
    return at == len(text) or "-" in (text[at], text[at - 1])


def periods(joined: str) -> st.SearchStrategy[str]:
    """Make two dates after year zero of one precision, in order, joined by a text."""
    alike = st.one_of(pairs(years(1)), pairs(months(1)), pairs(days(1)))
    return alike.map(joined.join)


def half_open(before: str, after: str) -> st.SearchStrategy[str]:
    """Make dates with something before or after them."""
    plain = plain_dates()
    return st.one_of(plain.map(lambda t: before + t), plain.map(lambda t: t + after))


def members() -> st.SearchStrategy[str]:
    """Make what stands between the brackets of a set."""
    several = st.lists(st.one_of(plain_dates(), periods("..")), min_size=2, max_size=3)
    return st.one_of(several.map(",".join), periods(".."), half_open("..", ".."))


dates = st.one_of(plain_dates(), seasons(), with_x(plain_dates()), qualified_once())
intervals = st.one_of(periods("/"), half_open("../", "/.."), half_open("/", "/"))
sets = st.builds(str.format, st.sampled_from(("[{}]", "{{{}}}")), members())
shapes = st.builds(
    "{}-{:02}-{:02}".format, years(0), st.integers(0, 45), st.integers(0, 33)
) | st.builds("{}-{:02}".format, years(0), st.integers(0, 45))


@settings(max_examples=300 if LONG else 60 if ALL_ROWS else 30)
@given(without(OF_EDTF, st.one_of(dates, intervals)))
def test_bounds_agree_with_edtf(text: str) -> None:
    """Dates and intervals mean the days that `edtf` says."""
    assert ours(text) == of_edtf(text)


@settings(max_examples=50 if LONG else 10)
@given(without(OF_EDTF, sets))
def test_bounds_of_sets_agree_with_edtf(text: str) -> None:
    """Sets mean the days that `edtf` says."""
    assert ours(text) == of_edtf(text)


@settings(max_examples=600 if LONG else 100 if ALL_ROWS else 50)
@given(without(OF_VALIDATE, st.one_of(dates, shapes, with_x(shapes), intervals, sets)))
def test_verdicts_agree_with_edtf_validate(text: str) -> None:
    """A text is a date exactly when `edtf-validate` says so."""
    assert (ours(text) != REFUSED) is valid(text)


def test_edtf_prints_when_it_fails() -> None:
    """`edtf` writes to standard output on some failures, which is why it is kept out of the way."""
    edtf, _ = theirs()
    noise = io.StringIO()
    with contextlib.redirect_stdout(noise), contextlib.suppress(AttributeError):
        edtf.parse_edtf("1984-1X").lower_strict()
    assert "trying to" in noise.getvalue()
