"""A part of a view: of some types, some groups, or what is in dispute."""

from __future__ import annotations

import click
import pytest

from factledger import Dispute
from factledger.cli.asking.filters import WantedPart, filtered, wanted_standings
from ledgers import cited, event, ledger, level, office, source

CLAIMS = (
    source(),
    level("partner", "2021-01-01", "2022-12-31"),
    office(),
    event("CONSULT", "2021", mode="visit", actor="JPN", recipient="UKR"),
)


@pytest.mark.parametrize(
    ("types", "groups", "found"),
    [
        ((), (), ["relationship-level", "office", "CONSULT"]),
        (("office",), (), ["office"]),
        (("CONSULT", "office"), (), ["office", "CONSULT"]),
        (("CONSULT/visit",), (), ["CONSULT"]),
        (("CONSULT/phone",), (), []),
        ((), ("offices", "contacts"), ["office", "CONSULT"]),
        (("office",), ("contacts",), []),
    ],
)
def test_a_part_is_of_types_and_groups(
    types: tuple[str, ...], groups: tuple[str, ...], found: list[str]
) -> None:
    """Several types or groups are alternatives; a type and a group must both fit."""
    view = ledger(*CLAIMS).as_of("2022")
    kept = filtered(view, view.standings, wanted_standings(types, groups, False))
    assert sorted(s.claim.type for s in kept) == sorted(found)


def test_a_part_is_in_dispute() -> None:
    """What nobody contests is left out."""
    view = ledger(*CLAIMS, Dispute(target=19, citations=cited())).as_of("2022")
    kept = filtered(view, view.standings, WantedPart(contested=True))
    assert [s.number for s in kept] == [19]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (WantedPart(types=("ofice",)), "no type 'ofice'; did you mean 'office'?"),
        (WantedPart(groups=("office",)), "no group 'office'; did you mean 'offices'?"),
        (WantedPart(groups=("zzzz",)), "no group 'zzzz'; one of agreements"),
    ],
)
def test_what_is_not_there_is_told(wanted: WantedPart, words: str) -> None:
    """A type or group that is not known is no empty answer."""
    view = ledger(*CLAIMS).as_of("2022")
    with pytest.raises(click.UsageError) as told:
        filtered(view, view.standings, wanted)
    assert told.value.message.startswith(words)


def test_nothing_is_told_in_words() -> None:
    """Where nothing of the wanted stands, that is said."""
    assert (
        WantedPart(types=("office",), groups=("aid",)).nothing
        == "Nothing of office or aid stood on that date."
    )
    assert (
        WantedPart(("office",), contested=True).nothing
        == "Nothing of office is in dispute on that date."
    )
    assert WantedPart(contested=True).nothing == "Nothing is in dispute on that date."
    assert not WantedPart()
