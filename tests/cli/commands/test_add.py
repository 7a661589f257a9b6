"""`factledger add`: claims of a source, one after another, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adding_tools import GAZETTE, gazette_ledger
from cli_tools import inside, run
from factledger import Ledger

VISIT = "visited…2021\nvisit\nVessia > Ombra\n2 May 2021\n\n"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """Stand in the folder of a ledger with an article."""
    gazette_ledger(tmp_path)
    with inside(tmp_path):
        yield tmp_path


def added(typed: str, *words: str) -> str:
    """Return what `add` says to somebody who types so; nothing else is told."""
    said = run("add", "gazette", *words, stdin=typed.encode())
    assert said.code == 0, said.err
    return said.out + said.err


def test_a_claim_waits_until_it_is_appended(here: Path) -> None:
    """Kept beside the ledger, and found there by the next run."""
    told = added(f"{VISIT}\nn\n")
    assert "kept: Vessia visited Ombra (2 May 2021)" in told
    assert f"1 claim waits in {here}/drafts/gazette.toml" in told
    told = added("\ny\n")
    assert "added #6\n" in told
    assert not Path("drafts/gazette.toml").exists()
    assert "no claim waits" in added("\n")


def test_the_draft_is_one_that_append_takes(here: Path) -> None:
    """As any other; the text is the one that is kept."""
    added(VISIT)
    assert run("append", "drafts/gazette.toml").out == "added #6\n"


def test_what_is_wrong_is_asked_for_again(here: Path) -> None:
    """Only the fields that are wrong, all told at once."""
    told = added(
        "visited Kyiv\nvisit\nVessia > Ombra\nsoon\n\nvisited…2021\n2 May 2021\n\n", "--append"
    )
    assert "quote: the quote 'visited Kyiv' is not in the text" in told
    assert "when: when: 'soon' is not a date" in told
    assert told.count("Type") == 1
    assert "added #6\n" in told


def of_somebody_new(who: str, *answers: str) -> str:
    """Return what `add` says of a visit by somebody whom nobody knows, to whom it gets some answers."""
    return added("\n".join([f"visited…2021\nvisit\n{who}\n2 May 2021\n", *answers, ""]), "--append")


def test_somebody_new_is_declared_in_passing(here: Path) -> None:
    """By a category; or another name is written, where it was a slip."""
    told = of_somebody_new("Ada Lorn > Ombar", "person", "", "Ada Lorn > Ombra", "")
    assert "Ada Lorn is new: country, person" in told
    assert "kept: Ada Lorn visited Ombra (2 May 2021)" in told
    assert "added #6-#7\n" in told


def test_a_declaration_that_is_wrong_is_asked_for_again(here: Path) -> None:
    """With the categories that there are."""
    told = of_somebody_new("Ada Lorn > Ombra", "wizard", "Ada Lorn > Ombra", "person", "")
    assert "category: 'wizard' is not one of country" in told
    assert "added #6-#7\n" in told


def test_whose_name_has_an_apostrophe_is_declared_in_passing(here: Path) -> None:
    """By the name as it was typed."""
    assert "kept: Ann O'Dea visited Ombra" in of_somebody_new("Ann O'Dea > Ombra", "person", "")


@pytest.mark.parametrize(
    ("who", "answers"),
    [("Ada:Lorn > Ombra", ["person", "person"]), ("Ombar > Ombra", ["", "Ombar > Ombra"])],
)
def test_a_claim_that_stays_as_it_was_is_given_up(who: str, answers: list[str], here: Path) -> None:
    """For the same would be wrong with it for ever; the next one is asked for."""
    told = of_somebody_new(who, *answers, *VISIT.splitlines(), "")
    assert told.count("the claim is not kept: it is as it was") == 1
    assert "kept: Vessia visited Ombra" in told


def test_the_next_claim_is_asked_for_with_what_is_likely(here: Path) -> None:
    """Enter takes the type and who of the one before."""
    told = added(f"{VISIT}bridge…opened\n\n\n2021\n\n", "--append")
    assert "Type [visit]" in told
    assert "Who > whom @ where [Vessia > Ombra]" in told


@pytest.mark.parametrize(
    "typed", ["visited…2021\nvisit\n", "visited…2021\nvisit\nAda > Ombra\n2021\n\n", ""]
)
def test_whoever_leaves_half_way_loses_the_claim_at_hand_alone(typed: str, here: Path) -> None:
    """What was kept before is kept."""
    assert "1 claim waits" in added(VISIT + typed)


def test_a_text_and_a_place_for_the_draft_can_be_named(here: Path) -> None:
    """For a source whose text the ledger does not keep, and a ledger without a folder."""
    Path("lost.txt").write_text(GAZETTE)
    told = run("add", "lost", "--text", "lost.txt", "--draft", "mine.toml", stdin=VISIT.encode())
    assert told.code == 0
    assert "1 claim waits in mine.toml" in told.out
    assert Path("mine.toml").read_text().count("quote") == 1


MISUSES = [
    (("none",), "source 'none' is not declared; 'factledger source add' does that"),
    (("lost",), "the ledger keeps no text of 'lost'; give it with --text"),
]


@pytest.mark.parametrize(("words", "said"), MISUSES)
def test_a_source_without_a_text_is_told(words: tuple[str, ...], said: str, here: Path) -> None:
    """With what to do."""
    found = run("add", *words)
    assert found.code == 2
    assert said in found.err


def test_a_ledger_that_is_as_it_was_is_not_written_to(here: Path) -> None:
    """Until the draft is appended."""
    added(VISIT)
    with Ledger.open(here) as ledger:
        assert len(ledger) == 5
