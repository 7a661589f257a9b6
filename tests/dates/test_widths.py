"""How wide an approximate date is meant."""

from __future__ import annotations

import pytest

from factledger.dates.widths import DECLARED_WIDTH


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("10 years", True),
        ("1 year", True),
        ("6 months", True),
        ("5 days", True),
        ("0 years", False),
        ("10", False),
        ("ten years", False),
        ("10 weeks", False),
        ("10  years", False),
        ("٥ days", False),
        ("10000 years", False),
    ],
)
def test_a_width_is_a_number_of_days_months_or_years(text: str, fits: bool) -> None:
    """It is written in words that are read one way."""
    assert bool(DECLARED_WIDTH.fullmatch(text)) is fits
