"""Steps: what led to a standing, entry by entry."""

from __future__ import annotations

from factledger import (
    Correct,
    Dispute,
    Step,
    Withdraw,
)
from ledgers import FIRST_NUMBER, cited, ledger, level, office, source

N = FIRST_NUMBER
CLAIM, NEXT = N + 2, N + 3  # after two sources: the claim that is asked about, and what follows


def told(step: Step) -> tuple[str, str, tuple[int, ...]]:
    """Return of a step what the tables say: its group, its kind, and the entries that caused it."""
    return step.group, step.kind, tuple(cause.number for cause in step.by)


EARLY, LATE = "2021-06-01", "2023-06-01"


def test_steps_lead_to_a_standing() -> None:
    """The entries that changed how a claim stands are told one by one, from what it corrects on."""
    found = ledger(
        source(),
        source("t"),
        office(),
        Dispute(target=CLAIM, citations=cited("t")),
        Correct(target=CLAIM, reason="misread", record=office("p2")),
        level(),
        Withdraw(source="s", reason="forged"),
    )
    steps = found.steps(NEXT + 1, EARLY)
    assert [told(step) for step in steps] == [
        ("learnt", "now definite", (CLAIM,)),
        ("learnt", "contested", (NEXT,)),
        ("corrected", "replaced", (NEXT + 1,)),
        ("withdrawn", "gone", (NEXT + 3,)),
    ]
    assert found.steps(NEXT + 1, EARLY, recorded=NEXT) == steps[:2]
    assert [told(step)[1] for step in found.steps(CLAIM, EARLY)] == [
        "now definite", "contested", "replaced", "gone",
    ]  # fmt: skip


def test_steps_of_what_was_erased_begin_after_it() -> None:
    """A correction of what is erased has only its own step, and the one that corrects it none."""
    found = ledger(
        source(),
        office(),
        Correct(target=N + 1, reason="misread", record=office("p2")),
        Correct(target=N + 2, reason="misread", record=office("p3")),
    )
    found.redact(N + 1, N + 2, reason="a private person", authority="the keeper")
    assert [told(step) for step in found.steps(N + 3, EARLY)] == [
        ("corrected", "now definite", (N + 3,))
    ]
