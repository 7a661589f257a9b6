"""Numbers that are given for options."""

from __future__ import annotations

from typing import Any

import click
import pytest

from factledger.cli.types.numbers import Seconds, Whole


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [(Whole(min=1), "10", 10), (Whole(), "-3", -3), (Seconds(min=0), "0.5", 0.5), (Seconds(), "7", 7.0)],
)  # fmt: skip
def test_digits_are_a_number(kind: click.ParamType[Any], text: str, number: float) -> None:
    """Plain digits are read, with a sign or a point where the option takes one."""
    assert kind.convert(text, None, None) == number


@pytest.mark.parametrize("text", ["٥", "1_0", "+5", "1e9", "", " 1", "1" * 16])
def test_what_is_no_plain_digits_is_refused(text: str) -> None:
    """Digits of other scripts, separators, signs and exponents are no whole number."""
    with pytest.raises(click.BadParameter, match="is not a whole number; write digits, as in 10"):
        Whole().convert(text, None, None)


@pytest.mark.parametrize("text", ["nan", "inf", "1e9", "-", "0,5", "1" * 10])
def test_what_is_no_number_of_seconds_is_refused(text: str) -> None:
    """Nothing endless and nothing that is no number may be waited for."""
    with pytest.raises(click.BadParameter, match="is not a number of seconds"):
        Seconds().convert(text, None, None)
