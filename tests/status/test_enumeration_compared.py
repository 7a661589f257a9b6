"""How claims stand: factledger beside the judge, on the ledgers worked by hand and on many made at random."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from random import Random

import pytest

import factledger
from effort import LONG
from enumeration import Judge
from enumeration_cases import CASES, Case
from enumeration_ledgers import answered, judged, ledger_of, read
from enumeration_planted import Deaf
from enumeration_search import THEMES, Lines, Wish, cuts, fit, least, made, same_kind, tried
from factledger.log.stores import create_store

HOUSE = Path(factledger.__file__).parent
LANDED = all((HOUSE / room).exists() for room in ("status/things", "index/chains.py"))
pytestmark = pytest.mark.skipif(not LANDED, reason="the meaning that is judged has not landed")

# The ledgers of each theme on which the two still differ, by their seeds: whoever mends one takes it out.
OPEN_SEEDS: dict[str, frozenset[int]] = {}
EACH = (
    300 if LONG else 6
)  # of each theme; `tests/enumeration_run.py` compares as many as are asked for


BY_NAME: dict[str, Case] = {case.name: case for case in CASES}


@pytest.mark.parametrize("name", BY_NAME)
def test_factledger_answers_what_was_worked_by_hand(name: str) -> None:
    """Each rule, on a ledger of a few lines, gives the status that follows from the principle."""
    case = BY_NAME[name]
    assert answered(case.written, ledger_of(case.written), case.cut) == case.wanted, case.reason


@pytest.mark.parametrize("theme", THEMES)
def test_factledger_answers_as_the_judge_on_ledgers_made_at_random(theme: str) -> None:
    """At three cuts each, every claim has on every day the status that its ways give it."""
    open_seeds = OPEN_SEEDS.get(theme, frozenset())
    for seed in (s for s in range(EACH) if s not in open_seeds):
        if found := tried(seed, wish=Wish(theme)).difference:
            pytest.fail(f"seed {seed}\n{least(found)}")


@pytest.mark.parametrize("theme", ["office-states", "lives", "level", "born"])
def test_no_day_is_definite_before_another_telling_of_the_same(theme: str) -> None:
    """What a person calls the same is not definite on a day on which the other telling says "not yet"."""
    for seed in (*range(EACH), 131, 349):  # of which two were wrong
        lines, pairs = called_the_same(seed, theme)
        found = answered(read(lines), ledger_of(read(lines)))
        for one, other in pairs:
            alone = told_alone(lines, other)
            for line in found[one]:
                days = [d for d, (sign, no) in enumerate(zip(line, alone, strict=True), 1)
                        if (sign, no) == ("D", ".")]  # fmt: skip
                assert not days, (seed, one, other, lines)


def called_the_same(seed: int, theme: str) -> tuple[Lines, list[tuple[str, str]]]:
    """Return claims of which those that say the same of the same are called the same, and these pairs."""
    lines, _ = fit(made(Random(seed), Wish(theme, words=False)))
    claims = {line[0]: line.split(maxsplit=1)[1] for line in lines if line[1] == ":"}
    pairs = [p for p in permutations(claims, 2) if same_kind(*(claims[one] for one in p))]
    words = (f"{word}: same {a} {b}" for word, (a, b) in zip("uvwxyz", pairs, strict=False))
    return (*lines, *words), pairs


def told_alone(lines: Lines, label: str) -> str:
    """Return how a claim stands by itself."""
    written = read([line for line in lines if line[1] != ":" or line[0] == label])
    [line] = answered(written, ledger_of(written))[label]
    return line


@pytest.mark.parametrize("store", ["ledger.db", "ledger.jsonl"])
def test_ledgers_on_a_disk_answer_as_those_in_memory(store: str, tmp_path: Path) -> None:
    """What is asked of an index in a SQLite file, or read from lines, is the same."""
    for i, case in enumerate(CASES[:: 1 if LONG else 8]):
        kept = ledger_of(case.written, create_store(str(tmp_path / f"{i}" / store)))
        assert answered(case.written, kept, case.cut) == answered(
            case.written, ledger_of(case.written), case.cut
        )
        kept.close()


@pytest.mark.parametrize("store", ["ledger.db", "ledger.jsonl"])
def test_ledgers_made_at_random_answer_on_a_disk_as_in_memory(store: str, tmp_path: Path) -> None:
    """At all that is known, at an earlier line and at an earlier day, a file answers what memory does."""
    for seed in range(EACH):
        lines, ledger = fit(made(Random(seed)))
        kept = ledger_of(read(lines), create_store(str(tmp_path / f"{seed}" / store)))
        for cut in cuts(read(lines), Random(seed)):
            assert answered(read(lines), kept, cut) == answered(read(lines), ledger, cut), seed
        kept.close()


def test_of_a_difference_the_least_ledger_is_shown() -> None:
    """A judge that knows of no contradiction differs, and in two or three lines one sees where."""
    found = next(d for seed in range(200) if (d := tried(seed, Deaf, Wish("visit")).difference))
    less = least(found, Deaf)
    assert len(less.written.lines) <= 4
    assert "judge" in str(less)
    assert judged(less.written, less.cut, Judge) == less.found
