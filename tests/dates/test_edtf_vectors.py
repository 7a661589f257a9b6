"""The parser gives the verdicts and bounds that other implementations' test suites assert.

Every line of the vectors is accounted for: it is met, or refused by the name of its feature, or
it is listed below with the reason why the profile decides otherwise. The counts are asserted,
so that no line can slip away in silence.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from factledger.dates.dated import End
from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.errors import DateError, OutsideProfile

VECTORS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data/edtf/vectors.jsonl")
    .read_text("utf-8")
    .splitlines()
]

# Features that the profile leaves out, recognised here without the parser's help.
OUTSIDE = (
    (re.compile(r"T\d\d:"), "times of day"),
    (re.compile(r"^Y.*E"), "exponential years"),
    (re.compile(r"S\d"), "significant digits"),
    (re.compile(r"^Y-?\d{5}"), "long years"),
)

INVENTED = "an unknown end has no date; this suite puts it ten years from the known one"
WINTER = "seasons have no agreed months; here a winter ends in the February after its year"
BOUNDS_OTHERWISE = {
    ("/2006", "lower"): INVENTED,
    ("1984-06-02?/", "upper"): INVENTED,
    ("1943-24", "upper"): WINTER,
}

SHORT_YEAR = "decades and centuries of two or three digits are not in the specification of 2019"
SPACES = "the specification allows no spaces"
ENGLISH = "English is not EDTF"
SHORT_Y = "Y is for years of more than four digits"
OVERLAP = "the end can come after the start: one of the two contains the other or overlaps it"
VERDICT_OTHERWISE = {
    **dict.fromkeys(("-019", "-193", "00", "009", "019", "19", "193", "19~"), SHORT_YEAR),
    **dict.fromkeys(("197%", "197~"), SHORT_YEAR),
    **dict.fromkeys(("  1985-04-12  ", "[1667, 1668, 1670..1672]", "[1667, 1760-12]"), SPACES),
    **dict.fromkeys(("[1760-01, 1760-02, 1760-12..]", "{1667,1668, 1670..1672}"), SPACES),
    **dict.fromkeys(("{1960 ,  1961-12}", "{1960, 1961-12}"), SPACES),
    **dict.fromkeys(("Spring, 2002", "winter, 2002"), ENGLISH),
    "Y-1200": SHORT_Y,
    **dict.fromkeys(("0000-01-03/0000-01", "0000-02/0000", "2004-06-11%/2004-%06"), OVERLAP),
    "2012-21/2012-22": "spring comes before summer",
}


def outside(vector: dict[str, Any]) -> str | None:
    """Return the feature that puts a text outside the profile, if it has one."""
    return next((name for mark, name in OUTSIDE if mark.search(vector["edtf"])), None)


def disputed(vector: dict[str, Any]) -> bool:
    """Return whether some implementation decides otherwise when run on the text."""
    return bool(vector["implementations_disagreeing"])


def accepted(text: str) -> bool:
    """Return whether the parser takes a text for a date of the profile."""
    try:
        parse(text)
    except DateError:
        return False
    return True


def bound(found: Day | End) -> str:
    """Return a bound of the parser as the vectors write it, both infinities as one."""
    return {"..": "inf", "": "unknown"}.get(str(found), str(found))


def asserted(text: str) -> str:
    """Return a bound of the vectors without its time of day and the sign of infinity."""
    return text.split("T")[0].replace("-inf", "inf")


INSIDE = [vector for vector in VECTORS if not outside(vector)]
BOUNDS = [
    (vector["edtf"], side, vector[side])
    for vector in INSIDE
    if accepted(vector["edtf"])
    for side in ("lower", "upper")
    if vector[side] is not None
]


def test_every_vector_is_accounted_for() -> None:
    """The numbers of vectors inside, outside, agreed and disputed are those of the file."""
    kinds = Counter(
        (
            "outside" if outside(vector) else "inside",
            "disputed" if disputed(vector) else "agreed",
            vector["valid"],
        )
        for vector in VECTORS
    )
    assert kinds == {
        ("inside", "agreed", True): 387,
        ("inside", "agreed", False): 61,
        ("inside", "disputed", True): 108,
        ("inside", "disputed", False): 15,
        ("outside", "agreed", True): 72,
        ("outside", "agreed", False): 15,
        ("outside", "disputed", True): 13,
        ("outside", "disputed", False): 10,
    }
    assert (len(BOUNDS), len(VERDICT_OTHERWISE), len(BOUNDS_OTHERWISE)) == (244, 24, 3)


@pytest.mark.parametrize("vector", INSIDE, ids=lambda vector: repr(vector["edtf"]))
def test_verdict(vector: dict[str, Any]) -> None:
    """A text of the profile is a date exactly when the suite says so, but for the listed ones."""
    if vector["edtf"] in VERDICT_OTHERWISE:
        assert disputed(vector)
        assert accepted(vector["edtf"]) is not vector["valid"]
    else:
        assert accepted(vector["edtf"]) is vector["valid"]


@pytest.mark.parametrize(("text", "side", "expected"), sorted(set(BOUNDS)))
def test_bounds(text: str, side: str, expected: str) -> None:
    """The first and last day are those that the suite asserts, but for the listed ones."""
    found = bound(getattr(parse(text), {"lower": "earliest", "upper": "latest"}[side]))
    assert (found == asserted(expected)) is ((text, side) not in BOUNDS_OTHERWISE)


@pytest.mark.parametrize(
    "vector",
    [vector for vector in VECTORS if outside(vector)],
    ids=lambda vector: repr(vector["edtf"]),
)
def test_refused_by_name(vector: dict[str, Any]) -> None:
    """EDTF outside the profile is refused by the name of its feature, and so is what looks like it."""
    with pytest.raises(DateError) as refused:
        parse(vector["edtf"])
    if vector["valid"]:
        assert isinstance(refused.value, OutsideProfile)
        assert refused.value.feature == outside(vector)


def test_no_exception_is_stale() -> None:
    """Every text listed as an exception is in the vectors."""
    assert VERDICT_OTHERWISE.keys() <= {vector["edtf"] for vector in INSIDE}
    assert BOUNDS_OTHERWISE.keys() <= {(text, side) for text, side, _ in BOUNDS}
