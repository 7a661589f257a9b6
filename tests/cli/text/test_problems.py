"""Problems in lines: of very many the first of each kind, and how many more there are."""

from __future__ import annotations

import pytest

from factledger.cli.text.problems import ALL_PROBLEMS, FEW, few_notes, problem_lines
from factledger.errors import Problem


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have only some of each kind told."""
    monkeypatch.delenv(ALL_PROBLEMS, raising=False)


def many(count: int, where: str = "rows.csv:{}", message: str = "{} is wrong") -> list[Problem]:
    """Return problems of one kind."""
    return [
        Problem(where.format(n), "import-value", message.format(n)) for n in range(1, count + 1)
    ]


def test_few_are_told_as_they_are() -> None:
    """As many as are told one by one are told so, without a line about more."""
    assert [*problem_lines(many(FEW))] == [str(problem) for problem in many(FEW)]


@pytest.mark.parametrize(
    ("where", "head", "which"),
    [
        ("rows.csv:{}", "rows.csv: import-value", "that of line 1"),
        ("#{}", "import-value", "that of #1"),
        ("record {}", "import-value", "that of record 1"),
        ("map.toml", "map.toml: import-value", "that of map.toml"),
    ],
)
def test_of_many_the_first_are_told(where: str, head: str, which: str) -> None:
    """What is alike but for its values is told some times, then how often it is there besides."""
    *told, last = problem_lines(many(1_234, where))
    assert told == [str(problem) for problem in many(FEW, where)]
    assert last == f"{head}: 1,224 more like {which}; FACTLEDGER_PROBLEMS=all tells all of them"


@pytest.mark.parametrize(
    "message",
    ["{} is wrong", "'x{}' is wrong", '"x{}" is wrong', "at 2024-01-{}T00:00:00Z", "a ({})"],
)
def test_a_kind_is_the_words_around_the_values(message: str) -> None:
    """Numbers, instants, and what stands in quotes or brackets, make no other kind."""
    assert len([*problem_lines(many(100, message=message))]) == FEW + 1


def test_each_kind_and_each_file_has_its_own() -> None:
    """What is rare is told, however much there is of something else."""
    rare = Problem("rows.csv:99", "import-readable", "it is not JSON")
    told = [
        *problem_lines([*many(50), *many(50, "b.csv:{}"), *many(3, message="{} is late"), rare])
    ]
    assert len(told) == FEW + FEW + 3 + 1 + 2
    assert str(rare) in told


def test_all_are_told_where_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment can ask for all."""
    monkeypatch.setenv(ALL_PROBLEMS, "all")
    assert [*problem_lines(many(100))] == [str(problem) for problem in many(100)]


def test_of_many_notes_the_first_are_told() -> None:
    """Notes are as many as what they are about; those alike are told as problems are."""
    notes = [f"note: #{n} seals 5 characters" for n in range(12)]
    *told, last = few_notes([*notes, "note: a rare one"])
    assert told == [*notes[:FEW], "note: a rare one"]
    assert last == "note: 2 more like the first of #0; FACTLEDGER_PROBLEMS=all tells all of them"
    assert [*few_notes(["note: x"] * 11)][-1].startswith("note: 1 more like the first; ")
