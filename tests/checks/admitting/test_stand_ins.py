"""What stands for a refused declaration: its name and all that can be read of it, and no longer than a trial."""

from __future__ import annotations

from typing import Any

import pytest

from factledger import Ledger, Refused
from factledger.checks.admitting.stand_ins import stand_in

CLAIM: dict[str, Any] = {
    "kind": "event", "type": "CONSULT", "actor": "a", "recipient": "b", "when": "2020", "source": "s",
    "locator": "p. 1",
}  # fmt: skip
FIRST: list[dict[str, Any]] = [
    {"kind": "source", "id": "s", "title": "S", "published": "2021"},
    {"kind": "actor", "id": "a", "category": "country", "names": ["A"]},
    {"kind": "actor", "id": "b", "category": "country", "names": ["B"]},
    {"kind": "type", "id": "t", "shape": "state", "required": ["actor"], "key": ["actor"]},
]


def messages(*records: dict[str, Any]) -> list[str]:
    """Return the problems of an append."""
    ledger = Ledger.create("memory:", origin="o")
    with pytest.raises(Refused) as refused:
        ledger.append(*records)
    assert len(ledger) == 1
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("place", "field", "value", "told"),
    [
        (0, "published", "soonish", "published: 'soonish' is not a date"),
        (0, "titel", "S", "titel: unknown key"),
        (1, "category", "contry", "category: "),
        (1, "of", "nobody", "unknown actor 'nobody'"),
        (3, "group", 7, "group: wanted text"),
        (3, "shape", "stat", "shape: "),
    ],
)
def test_one_mistake_in_a_declaration_is_one_problem(
    place: int, field: str, value: object, told: str
) -> None:
    """What claims name is declared, though wrongly: they are not told that it is unknown."""
    wrong = [{**one, field: value} if i == place else one for i, one in enumerate(FIRST)]
    state = {
        "kind": "state",
        "type": "t",
        "actor": "a",
        "since": "2020",
        "source": "s",
        "locator": "p",
    }
    [message] = messages(*wrong, CLAIM, state)
    assert told in message


def test_other_problems_are_told_beside_it() -> None:
    """The dates of its source still count, and what is unknown in truth is told."""
    source = {**FIRST[0], "retrieved": "soonish"}
    found = messages(source, *FIRST[1:], {**CLAIM, "when": "2022"}, {**CLAIM, "actor": "nobody"})
    assert [line.split(": ")[1] for line in found] == [
        "record-form", "date-after-publication", "actor-declared",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "nothing",
        {"kind": "event", "id": "x"},
        {"kind": "source"},
        {"kind": "source", "id": "no id"},
        {"kind": "type", "id": "office", "shape": "state"},
    ],
)
def test_what_gives_no_free_name_has_no_stand_in(body: object) -> None:
    """No declaration, none with an id that can be, and none of a name that is taken."""
    assert stand_in(Ledger.create("memory:", origin="o").belief(), body) is None
