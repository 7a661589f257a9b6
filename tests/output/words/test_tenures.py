"""Who held a post, in words."""

from __future__ import annotations

from typing import Any

import pytest

import ledgers
from factledger import tenures
from factledger.output.words.tenures import holder_names


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({}, "P1"),
        ({"hedge": "probably"}, "P1 (probably)"),
        ({"attributed_to": ["p2"]}, "P1 (so says P2)"),
        ({"attributed_to": ["p2", "p3"], "hedge": "perhaps"}, "P1 (so say P2 and P3; perhaps)"),
    ],
)
def test_a_holder_is_named_with_who_says_so(more: dict[str, Any], name: str) -> None:
    """What a source does not vouch for itself is told with its speaker and its doubt."""
    view = ledgers.ledger(
        ledgers.source(published="2023"), ledgers.office("p1", "2021", "2022", **more)
    ).as_of("2022-06-01")
    (tenure,) = tenures(view, "pm")
    assert holder_names(tenure, view) == name
