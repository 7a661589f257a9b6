"""Actors by the names that a person types."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from cli_tools import run, small_ledger
from factledger import Actor, Identify
from factledger.cli.asking.actors import actor_id, actor_ids
from ledgers import ledger

SMITHS = (
    Actor(id="smith-a", category="person", names=["Ann Smith", "Smith"]),
    Actor(id="smith-b", category="person", names=["Bo Smith", "smith"]),
)
SAME = Identify(actors=["smith-a", "smith-b"], verdict="same", reason="one person")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("JPN", "JPN"), ("jpn", "JPN"), ("ANN SMITH", "smith-a"), ("nobody", "nobody")],
)
def test_a_name_means_an_actor(text: str, meant: str) -> None:
    """An id goes before a name, case does not count, and what nobody is called stays as it is."""
    assert actor_id(ledger(*SMITHS).belief(), text) == meant


def test_a_name_of_several_is_refused() -> None:
    """Who is meant is asked, with the ids; of those said to be the same, either will do."""
    with pytest.raises(click.UsageError) as told:
        actor_id(ledger(*SMITHS).belief(), "Smith")
    assert told.value.message == (
        "'Smith' names 2 actors: smith-a (person, Ann Smith), smith-b (person, Bo Smith); "
        "give one by its id"
    )
    assert actor_id(ledger(*SMITHS, SAME).belief(), "Smith") == "smith-a"


def test_of_many_the_first_are_told() -> None:
    """A long list of candidates is cut."""
    many = [Actor(id=f"a{i}", category="person", names=["Lee"]) for i in range(7)]
    with pytest.raises(click.UsageError, match=r"'Lee' names 7 actors: .* and 2 more; give"):
        actor_id(ledger(*many).belief(), "Lee")


def test_two_are_named_or_none() -> None:
    """Both sides of a relationship may be names."""
    belief = ledger().belief()
    assert actor_ids(belief, ("jpn", "UKR")) == ("JPN", "UKR")
    assert actor_ids(belief, None) is None


@pytest.mark.parametrize(
    "words",
    [
        "asof 2024 --actor @",
        "asof 2024 --between JPN @",
        "timeline --actor @",
        "disputes --actor @",
        "suggest --actor @",
        "plot --actor @",
        "report 2024 --actor @",
        "diff 2022 2024 --actor @",
        "vintages 2024 --actor @",
        "vintages 2024 --post @",
        "holders @",
        "gaps @",
        "overlaps @",
    ],
)
def test_no_name_is_not_every_name(words: str, tmp_path: Path) -> None:
    """Where the name of an actor is empty, as of a variable that was not set, nobody answers for all."""
    small_ledger(tmp_path).close()
    said = run(*(word.strip("@") for word in words.split()), "-l", str(tmp_path))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Error: actor '': not found")


@pytest.mark.parametrize(
    "words",
    [
        "asof 2024 --between JPN UKR --actor @",
        "diff 2022 2024 --between JPN UKR --actor @",
        "vintages 2024 --post JPN --actor @",
        "plot --series contacts --actor @",
    ],
)
def test_no_name_beside_another_is_one_too_many(words: str, tmp_path: Path) -> None:
    """An empty name counts as given, where two questions cannot be asked at once."""
    small_ledger(tmp_path).close()
    said = run(*(word.strip("@") for word in words.split()), "-l", str(tmp_path))
    assert (said.code, said.out) == (2, "")
