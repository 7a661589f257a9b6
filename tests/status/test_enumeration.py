"""How claims stand: a judge that lists every way in which they can have been, on ledgers worked by hand."""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random

import pytest

import enumeration
import enumeration_belief
import enumeration_ways
from enumeration import Judge, Unclear
from enumeration_cases import CASES, Case
from enumeration_ledgers import ALL, judged, read
from enumeration_planted import Apart, Careless, Deaf
from enumeration_search import Difference, fit, made
from factledger.intake.drafts import parse_drafts
from factledger.ledger.ledger import Ledger


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_judge_finds_what_was_worked_by_hand(case: Case) -> None:
    """Each rule, on a ledger of a few lines, gives the status that follows from the principle."""
    assert judged(case.written, case.cut) == case.wanted, case.reason


JUDGE = [
    Path(str(module.__file__)) for module in (enumeration, enumeration_belief, enumeration_ways)
]


@pytest.mark.parametrize("path", JUDGE, ids=lambda path: path.stem)
def test_the_judge_imports_nothing_of_what_it_judges(path: Path) -> None:
    """It stands on plain tuples and the standard library, so no error can be shared."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    names = {getattr(n, "module", None) or n.names[0].name for n in nodes}
    own = {path.stem for path in JUDGE}
    assert names - own <= {"__future__", "collections.abc", "itertools", "typing"}


@pytest.mark.parametrize(
    ("judge", "most"), [(Careless, 50), (Deaf, 65), (Apart, 45)], ids=["careless", "deaf", "apart"]
)
def test_a_judge_that_forgets_a_rule_fails_by_hand(judge: type[Judge], most: int) -> None:
    """The ledgers worked by hand tell each rule from its absence, and do not all hang on it."""
    wrong = []
    for case in CASES:
        try:
            wrong += [case.name] if judged(case.written, case.cut, judge) != case.wanted else []
        except Unclear:
            wrong.append(case.name)
    assert 3 <= len(wrong) <= most, wrong


def test_a_ledger_is_made_anew_from_its_seed() -> None:
    """What was found once is found again."""
    assert made(Random(5)) == made(Random(5)) != made(Random(6))


def test_a_draft_makes_the_very_ledger_that_was_judged() -> None:
    """Whoever is shown a difference can append it, and ask for oneself."""
    written = read(fit(("p on 4-6", "a: state office ann 2-3 -> .. by p", "b: event took bob 5 by p",
                        "c: close a 3 by p", "x: correct b misread event took bob 4 by p", "i: alias ann bob"))[0])  # fmt: skip
    shown = Difference(written, ALL, {"a": ("x",)}, {"a": ("p",), "b": (".",)})
    ledger = Ledger.create("memory:", origin="again")
    ledger.append(*parse_drafts(shown.draft.encode(), "draft.toml", Path()))
    assert [e.record for e in ledger.entries()][-6:] == list(written.records)
