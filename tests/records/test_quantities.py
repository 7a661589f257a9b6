"""What a value says in numbers, and which two cannot both be right."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.records.quantities import Quantity, cannot_both_be, quantity_of

# A range as text: [ and ] include a bound, ( and ) do not; ~ is approximate.
READ = [
    ("4.2 million t", "[4150000 4250000) t"),
    ("4.20 million t", "[4195000 4205000) t"),
    ("1.200 million", "[1199500 1200500)"),
    ("more than 5 million t", "(5000000 .] t"),
    ("Over 40 people", "(40 .] people"),
    ("in excess of 1,000", "(1000 .]"),
    ("> 5 t", "(5 .] t"),
    (">=5 t", "[5 .] t"),
    ("at least three", "[3 .]"),
    ("no fewer than twelve people", "[12 .] people"),
    ("not less than 3", "[3 .]"),
    ("from 5 t", "[5 .] t"),
    ("5+ people", "[5 .] people"),
    ("5 or more people", "[5 .] people"),
    ("no more than 3", "[. 3]"),
    ("up to 3 people", "[. 3] people"),
    ("3 or fewer", "[. 3]"),
    ("fewer than 3", "[. 3)"),
    ("under 5 km", "[. 5) km"),
    ("1,200 km", "[2399/2 2401/2) km"),
    ("1 200 km", "[2399/2 2401/2) km"),
    ("1\u202f200\u00a0km", "[2399/2 2401/2) km"),
    ("1\u2019200 km", "[2399/2 2401/2) km"),
    ("1200 km", "[2399/2 2401/2) km"),
    ("1,200 people", "[1200 1200] people"),
    ("1,200.5 people", "[24009/20 24011/20) people"),
    ("12,34,567 people", "[1234567 1234567] people"),
    ("2 lakh people", "[150000 250000) people"),
    ("3", "[3 3]"),
    ("three", "[3 3]"),
    ("twenty-three people", "[23 23] people"),
    ("five dozen", "[60 60]"),
    ("half a million people", "[450000 550000) people"),
    ("a million people", "[500000 1500000) people"),
    ("five hundred thousand", "[450000 550000)"),
    ("no casualties", "[0 0] casualties"),
    ("None", "[0 0]"),
    ("exactly 5 million t", "[5000000 5000000] t"),
    ("only 3 people", "[3 3] people"),
    ("about 40 %", "~[40 40] %"),
    ("some 300 people", "~[300 300] people"),
    ("c. 50", "~[50 50]"),
    ("~50", "~[50 50]"),
    ("50 or so", "~[50 50]"),
    ("about 3 to 5 t", "~[3 5] t"),
    ("3 to 5 million t", "[3000000 5000000] t"),
    ("2 million to 5 million t", "[2000000 5000000] t"),
    ("3–5 people", "[3 5] people"),
    ("3-5 people", "[3 5] people"),
    ("from 3 to 5 people", "[3 5] people"),
    ("between 3 and 5 million", "[3000000 5000000]"),
    ("5 ± 1 t", "[4 6] t"),
    ("40%", "[79/2 81/2) %"),
    ("40 per cent", "[79/2 81/2) %"),
    ("-5 °C", "[-11/2 -9/2) °C"),
    ("\u22125 to -3 °C", "[-5 -3] °C"),
    ("5 kt", "[4500 5500) t"),
    ("5 m", "[9/2000 11/2000) km"),
    ("$5m", "[4500000 5500000) $"),
    ("US$ 5.2 bn", "[5150000000 5250000000) US$"),
    ("EUR 3,000", "[3000 3000] EUR"),
    ("$3 to $5 million", "[3000000 5000000] $"),
    ("$5 per barrel", "[5 5] $ per barrel"),
    ("7 Conversations", "[7 7] conversations"),
    ("1 person", "[1 1] people"),
]  # fmt: skip
UNREAD = [
    "", "a few", "a great many", "over", "1.200", "1,5 million", "12,00", "5 3", "2023-04-01", "1/2",
    "5 to 3 people", "between 3 and many", "between 3", "at most 3 to 5", "forty-twelve", "five-five",
    "special global partnership", "a partnership", "9" * 300, "٣", "½",
]  # fmt: skip


def told(found: Quantity) -> str:
    """Return a quantity as the table writes it."""
    lower, upper = ("." if bound is None else str(bound) for bound in (found.lower, found.upper))
    ends = "(["[found.with_lower], ")]"[found.with_upper]
    return f"{'~' * found.approximate}{ends[0]}{lower} {upper}{ends[1]} {found.unit}".strip()


@pytest.mark.parametrize(("value", "expected"), READ)
def test_a_value_is_read_as_a_range_with_a_unit(value: str, expected: str) -> None:
    """Digits, words and scales are exact; what is measured or told in millions is rounded."""
    found = quantity_of(value)
    assert found is not None
    assert told(found) == expected


@pytest.mark.parametrize("value", UNREAD)
def test_what_is_no_number_or_may_be_two_is_not_read(value: str) -> None:
    """A point before three digits may group them; a comma before one may be decimal."""
    assert quantity_of(value) is None


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("4.2 million t", "more than 5 million t", True),
        ("4.2 million t", "4,187,000 tonnes", False),
        ("4.2 million t", "4.3 million t", True),
        ("4.2 million t", "4,200 kt", False),
        ("5 million t", "more than 5 million t", False),
        ("exactly 5 million t", "more than 5 million t", True),
        ("3 people", "4 persons", True),
        ("3 people", "at least three people", False),
        ("3 people", "more than three people", True),
        ("3 people", "3 cars", False),
        ("3 people", "4 cars", False),
        ("about 3 people", "40 people", False),
        ("a few people", "40 people", False),
        ("3 to 5 people", "5 to 7 people", False),
        ("1,200 km", "1 200 km", False),
        ("1,200 km", "1,300 km", True),
        ("up to 3 people", "fewer than 9 people", False),
        ("no casualties", "3 casualties", True),
    ],
)
def test_two_quantities_contradict_where_no_number_is_in_both(
    one: str, other: str, contradict: bool
) -> None:
    """Of one unit, both read, neither approximate; whichever comes first."""
    pair = quantity_of(one), quantity_of(other)
    assert cannot_both_be(*pair) is contradict
    assert cannot_both_be(*pair[::-1]) is contradict


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "\u202f", "'", ""]))
def test_grouping_does_not_change_a_number(number: int, mark: str) -> None:
    """Whatever sets the thousands apart."""
    assert quantity_of(f"{number:,} people".replace(",", mark)) == Quantity(
        Fraction(number), Fraction(number), "people"
    )


@given(st.decimals(0, 10**6, places=3), st.decimals(0, 10**6, places=3))
def test_a_quantity_holds_the_number_that_it_rounds(exact: object, other: object) -> None:
    """So a rounded figure never contradicts the exact one, and does so for one that is far off."""
    rounded = quantity_of(f"{exact:.1f} million")
    found = quantity_of(f"exactly {other} million")
    assert rounded is not None
    assert found is not None
    assert found.lower is not None
    far = abs(Fraction(str(other)) - Fraction(f"{exact:.1f}")) > Fraction(1, 20)
    assert not far or cannot_both_be(rounded, found)
    assert not cannot_both_be(rounded, quantity_of(f"{exact:.1f}0 million"))


@given(st.text(max_size=60))
def test_any_text_is_read_or_not(text: str) -> None:
    """Nothing that a value can hold makes the reading fail."""
    assert quantity_of(text) is None or quantity_of(text) == quantity_of(f" {text} ")
