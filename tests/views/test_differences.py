"""What differs between two answers: which group and kind each step is of, and what caused it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factledger import (
    Actor,
    Cause,
    Close,
    Correct,
    Corroborate,
    Difference,
    Dispute,
    Identify,
    Ledger,
    NotFound,
    Redact,
    Retract,
    Step,
    Withdraw,
)
from factledger.dates.days import Day
from factledger.records.claims import Claim
from factledger.records.record import Record
from ledgers import FIRST_NUMBER, cited, event, ledger, level, office, source

N = FIRST_NUMBER
CLAIM, NEXT = N + 2, N + 3  # after two sources: the claim that is asked about, and what follows


def told(step: Step) -> tuple[str, str, tuple[int, ...]]:
    """Return of a step what the tables say: its group, its kind, and the entries that caused it."""
    return step.group, step.kind, tuple(cause.number for cause in step.by)


def learning(before: tuple[Record, ...], after: tuple[Record, ...], day: str) -> Difference:
    """Return what later records change about a day, given earlier ones; two sources are declared."""
    found = ledger(*TWO, *before, *after)
    known = len(found) - len(after)
    return found.difference((day, known), (day, len(found)))


# --- the world

VISIT = event("CONSULT", "2021-06", actor="JPN", recipient="UKR")
TALKED = office(since="2021-03-01", until="2021-12-31")
WORLD: list[tuple[Claim, str, str, str, str]] = [
    (VISIT, "2021-01-01", "2022-01-01", "happened", "2021-06-30"),
    (VISIT, "2021-01-01", "2021-06-15", "possibly happened", "2021-06-01"),
    (VISIT, "2021-06-15", "2022-01-01", "became definite", "2021-06-30"),
    (VISIT, "2022-01-01", "2021-06-15", "became possible", "2021-06-30"),
    (VISIT, "2022-01-01", "2021-01-01", "not yet", "2021-06-30"),
    (TALKED, "2021-01-01", "2021-06-01", "began", "2021-03-01"),
    (office(since="2021-03-01"), "2021-01-01", "2023-01-01", "began", "2021-03-01"),
    (office(since="2021-03-01"), "2023-01-01", "2021-01-01", "not yet", "2021-03-01"),
    (TALKED, "2021-06-01", "2022-06-01", "ended", "2022-01-01"),
    (TALKED, "2022-06-01", "2021-06-01", "not ended", "2022-01-01"),
    (office(since="2021"), "2020-01-01", "2021-02-01", "possibly began", "2021-01-01"),
    (office(), "2021-06-01", "2023-01-01", "became presumed", "2022-06-02"),
    (office(until="2022"), "2021-06-01", "2022-02-01", "became possible", "2022-01-02"),
]


@pytest.mark.parametrize(("claim", "one", "other", "kind", "day"), WORLD)
def test_what_the_world_did_is_told_with_the_day(
    claim: Claim, one: str, other: str, kind: str, day: str
) -> None:
    """A step of the world names what happened, since when, and the entry that says so."""
    found = ledger(source(), claim)
    (step,) = found.difference(one, other).world
    assert (step.kind, str(step.day)) == (kind, day)
    assert step.by == (Cause(N + 1, claim.shape),)
    assert step.reason is None


def test_a_standing_is_contested_from_a_day_on() -> None:
    """That a standing comes to be contradicted is a step of the world."""
    found = ledger(
        source(), office("p1", "2021-03-01", "2021-12-31"), office("p2", "2021-06-01", "2022-06-01")
    )
    steps = found.difference("2021-04-01", "2021-07-01").world
    assert [(step.standing.number, step.kind) for step in steps] == [
        (N + 1, "contested"),
        (N + 2, "began"),
    ]
    back = found.difference("2021-07-01", "2021-04-01").world
    assert [step.kind for step in back] == ["uncontested", "not yet"]


def test_a_standing_began_when_it_was_first_said() -> None:
    """Who has no known beginning began on the day of his source, which vouches for it, and not a day later."""
    told = (source("s"), source("t", published="2024-03-07"))
    found = ledger(*told, office("p1", ""), office("p2", "", sources=("t",)))
    (ended, began) = found.difference("2021-01-01", "2025-01-01").world
    assert (ended.kind, str(ended.day)) == ("ended", "2024-03-07")
    assert (began.kind, str(began.day)) == ("began", "2024-03-07")


def test_what_ended_for_itself_and_is_contested_began_when_it_began() -> None:
    """What a claim of another source contests after its end has begun when it says so."""
    found = ledger(
        source(), office("p1", "2021-03-01", "2021-12-31"), office("p1", "2021-03-01", "2022-06-01")
    )
    steps = found.difference("2021-01-01", "2022-03-01").world
    assert {(step.kind, str(step.day)) for step in steps} == {("began", "2021-03-01")}


# --- what was learnt, corrected, withdrawn, erased

EARLY, LATE = "2021-06-01", "2023-06-01"
SUCCESSOR = office("p2", "2022-10-01", sources=("t",))
ELSEWHERE = office("p2", "2022-10-01", post="premier", sources=("t",))
TWO = (source("s"), source("t", published="2023"))
Expected = list[tuple[str, str, tuple[int, ...]]]
KNOWN: dict[str, tuple[tuple[Record, ...], tuple[Record, ...], str, Expected]] = {
    "a new claim": ((), (office(),), EARLY, [("learnt", "now definite", (CLAIM,))]),
    "a new claim, corrected": (
        (),
        (office(), Correct(target=CLAIM, reason="misread", record=office("p2"))),
        EARLY,
        [("learnt", "now definite", (NEXT,))],
    ),
    "a successor": (
        (office(),),
        (SUCCESSOR,),
        LATE,
        [("learnt", "now ended", (NEXT,)), ("learnt", "now presumed", (NEXT,))],
    ),
    "an end": (
        (office(),),
        (Close(target=CLAIM, until="2022", citations=cited()),),
        LATE,
        [("learnt", "now ended", (NEXT,))],
    ),
    "a dispute": (
        (office(),),
        (Dispute(target=CLAIM, citations=cited("t")),),
        EARLY,
        [("learnt", "contested", (NEXT,))],
    ),
    "a dispute taken back": (
        (office(), Dispute(target=CLAIM, citations=cited("t"))),
        (Retract(target=NEXT, reason="of another"),),
        EARLY,
        [("corrected", "uncontested", (NEXT + 1,))],
    ),
    "another source": (
        (office(),),
        (Corroborate(target=CLAIM, citations=cited("t")),),
        EARLY,
        [("learnt", "supported", (NEXT,))],
    ),
    "what began it": (
        (office(),),
        (event("office-assumed", "2021-03-01", holder="p1", post="pm"),),
        EARLY,
        [("learnt", "retold", (NEXT,)), ("learnt", "now definite", (NEXT,))],
    ),
    "the same": (
        (VISIT, event("CONSULT", "2021-06-20", actor="JPN", recipient="UKR", sources=("t",))),
        (Identify(claims=[CLAIM, NEXT], verdict="same", reason="one visit"),),
        LATE,
        [("learnt", "joined", (NEXT + 1,)), ("learnt", "supported", (NEXT + 1,))],
    ),
    "a correction": (
        (office(),),
        (Correct(target=CLAIM, reason="misdated", record=office(since="2021-04-01")),),
        EARLY,
        [("corrected", "replaced", (NEXT,))],
    ),
    "a correction that moves it away": (
        (office(),),
        (Correct(target=CLAIM, reason="misdated", record=office(since="2022-01-01")),),
        EARLY,
        [("corrected", "now not-yet", (NEXT,))],
    ),
    "a correction that moves it here": (
        (office(since="2022-01-01"),),
        (Correct(target=CLAIM, reason="misdated", record=office()),),
        EARLY,
        [("corrected", "now definite", (NEXT,))],
    ),
    "two corrections": (
        (office(),),
        (
            Correct(target=CLAIM, reason="misread", record=office("p2")),
            Correct(target=NEXT, reason="misread", record=office("p3")),
        ),
        EARLY,
        [("corrected", "replaced", (NEXT, NEXT + 1))],
    ),
    "a correction of an event that began a state": (
        (event("office-assumed", "2021-03-01", holder="p1", post="pm"),),
        (
            Correct(
                target=CLAIM,
                reason="misread",
                record=event("office-assumed", "2021-03-01", holder="p2", post="pm"),
            ),
        ),
        EARLY,
        [("corrected", "replaced", (NEXT,)), ("corrected", "replaced", (NEXT,))],
    ),
    "a correction of a successor": (
        (office(), SUCCESSOR),
        (Correct(target=NEXT, reason="misidentified", record=ELSEWHERE),),
        LATE,
        [("corrected", "replaced", (NEXT + 1,)), ("corrected", "now presumed", (NEXT + 1,))],
    ),
    "a correction of a source": (
        (office(),),
        (Correct(target=N, reason="misdated", record=source(published="2021-05-01")),),
        EARLY,
        [("corrected", "now presumed", (NEXT,))],
    ),
    "a retraction": (
        (office(),),
        (Retract(target=CLAIM, reason="of another page"),),
        EARLY,
        [("corrected", "gone", (NEXT,))],
    ),
    "a withdrawn source": (
        (office(),),
        (Withdraw(source="s", reason="forged"),),
        EARLY,
        [("withdrawn", "gone", (NEXT,))],
    ),
    "a source that counts again": (
        (office(), Withdraw(source="s", reason="forged")),
        (Retract(target=NEXT, reason="it was not"),),
        EARLY,
        [("corrected", "now definite", (NEXT + 1,))],
    ),
    "a withdrawn source of an end": (
        (office(), Close(target=CLAIM, until="2022", citations=cited("t"))),
        (Withdraw(source="t", reason="forged"),),
        LATE,
        [("withdrawn", "now presumed", (NEXT + 1,))],
    ),
    "an erasure": (
        (office(),),
        (Redact(target=CLAIM, reason="a private person", authority="the keeper"),),
        EARLY,
        [("erased", "gone", (NEXT,))],
    ),
    "a correction, and more": (
        (office(),),
        (Correct(target=CLAIM, reason="misread", record=office("p2")), level()),
        EARLY,
        [("corrected", "replaced", (NEXT,)), ("learnt", "now definite", (NEXT + 1,))],
    ),
    "two corrections that move it here": (
        (office(since="2022-01-01"),),
        (
            Correct(target=CLAIM, reason="misdated", record=office(since="2022-02-01")),
            Correct(target=NEXT, reason="misdated", record=office()),
        ),
        EARLY,
        [("corrected", "now definite", (NEXT, NEXT + 1))],
    ),
    "a claim that had no source yet": (
        (Withdraw(source="s", reason="forged"), office()),
        (Retract(target=CLAIM, reason="it was not"),),
        EARLY,
        [("corrected", "now definite", (NEXT + 1,))],
    ),
    "there and back": (
        (office(),),
        (Dispute(target=CLAIM, citations=cited("t")), Retract(target=NEXT, reason="no")),
        EARLY,
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "day", "steps"), KNOWN.values(), ids=KNOWN)
def test_what_knowledge_did_is_told_with_the_entries(
    before: tuple[Record, ...], after: tuple[Record, ...], day: str, steps: Expected
) -> None:
    """Each step is in the group of what its entries are, and names those that changed it."""
    found = learning(before, after, day)
    assert [told(step) for step in found.steps] == steps
    assert {step.leg for step in found.steps} <= {"recorded"}
    groups = (found.world, found.learnt, found.corrected, found.withdrawn, found.erased)
    assert sorted(map(told, sum(groups, ()))) == sorted(steps)
    assert bool(found) is bool(steps) or found.redacted


def test_going_back_is_the_inverse() -> None:
    """Knowledge that goes back has the same steps, each the other way round."""
    found = ledger(source(), office(), Dispute(target=N + 1, citations=cited()))
    there, back = (found.difference((EARLY, a), (EARLY, b)) for a, b in ((N, N + 2), (N + 2, N)))
    assert back.steps == tuple(step.inverse for step in there.steps)
    assert [told(step) for step in back.steps] == [("learnt", "gone", (N + 1, N + 2))]
    assert there.inverse == back


def test_a_difference_carries_its_two_views() -> None:
    """Who tells it needs no ledger; the way back leads from the last view to the first."""
    found = ledger(source(), office(), Dispute(target=N + 1, citations=cited()))
    difference = found.difference((EARLY, N), (LATE, N + 2), involving="pm")
    start, end = found.as_of(EARLY, recorded=N), found.as_of(LATE, recorded=N + 2)
    assert (difference.start, difference.end) == (start.involving("pm"), end.involving("pm"))
    assert (difference.before, difference.after) == (start.at, end.at)
    assert difference.sides == ("pm",)
    assert (difference.inverse.start, difference.inverse.end) == (difference.end, difference.start)


def test_the_reason_is_that_of_the_last_entry_that_gives_one() -> None:
    """Of several entries the last with a reason tells why."""
    found = learning(
        (office(),),
        (
            Correct(target=CLAIM, reason="misread", record=office("p2")),
            Dispute(target=NEXT, citations=cited("t")),
        ),
        EARLY,
    )
    (step,) = found.corrected
    assert (step.kind, step.reason) == ("replaced", "misread")
    assert step.by == (Cause(NEXT, "correct", "misread"), Cause(NEXT + 1, "dispute"))


def test_who_belongs_to_whom_may_be_what_changed() -> None:
    """A post that is found to be another country's takes its claims out of the view of the first."""
    moved = Actor(id="premier", category="post", names=["premier"], of="UKR")
    found = ledger(
        source(),
        office(post="premier"),
        level(),
        Correct(target=9, reason="misread", record=moved),
    )
    assert found.entry(9).record.id == "premier"  # type: ignore[union-attr]
    steps = found.difference((EARLY, N + 1), (EARLY, N + 3), involving="JPN").steps
    assert [told(step) for step in steps] == [
        ("corrected", "gone", (N + 3,)),
        ("learnt", "now definite", (N + 2,)),
    ]


# --- what was published


def test_what_was_published_is_learnt_and_names_the_sources() -> None:
    """Where only publication goes on, a step names the sources that count from then on."""
    found = ledger(source(), office())
    (step,) = found.difference((EARLY, None, "2022-01-01"), (EARLY, None, "2022-12-31")).learnt
    assert (step.leg, step.kind, step.by, step.sources) == ("published", "now definite", (), ("s",))
    (back,) = found.difference(EARLY, (EARLY, None, "2022-01-01")).learnt
    assert (back.kind, back.sources) == ("gone", ("s",))


def test_every_source_that_counts_from_then_on_is_named() -> None:
    """Several sources of one claim that are published in between are named in order."""
    names = [f"s{i}" for i in range(8, 0, -1)]
    found = ledger(*(source(name) for name in names), office(sources=names))
    (step,) = found.difference((EARLY, None, "2022-01-01"), EARLY).learnt
    assert step.sources == tuple(sorted(names))


def test_a_correction_that_is_perhaps_not_published_yet_does_not_stand_beside_its_claim() -> None:
    """One reading of a claim stands on a day of publication: the last that had surely its ground."""
    found = ledger(
        source("s", "2021-06-01"),
        source("t", "2022"),
        office(),
        Correct(target=CLAIM, reason="source-corrected", record=office("p2", sources=("t",))),
    )
    (step,) = found.difference((EARLY, None, "2022-06-01"), (EARLY, None, "2022-12-31")).steps
    assert (step.before and step.before.number, step.after and step.after.number) == (CLAIM, NEXT)
    assert [s.number for s in found.as_of(EARLY, published="2022-12-31").standings] == [NEXT]


# --- how it is asked


def test_a_place_can_be_told_in_several_ways() -> None:
    """A text, a date, a day, a tuple, the coordinates of a view: each says where an answer stands."""
    found = ledger(source(), VISIT)
    wanted = found.difference("2021-01-01", "2022-01-01")
    here, there = found.as_of("2021-01-01").at, found.as_of("2022-01-01").at
    ways: list[tuple[Any, Any]] = [
        (date(2021, 1, 1), Day.parse("2022-01-01")),
        (("2021-01-01", None), ("2022-01-01", len(found))),
        (("2021-01-01", found.entry(len(found))), ("2022-01-01", None, None)),
        (here, there),
    ]
    for one, other in ways:
        assert found.difference(one, other) == wanted
    assert (wanted.before, wanted.after) == (here, there)


def test_a_relationship_may_be_declared_later() -> None:
    """An actor that only the later answer knows has nothing before; one that none knows is refused."""
    found = Ledger.create("memory:", origin="o")
    actors = [Actor(id=name, category="country", names=[name]) for name in ("JPN", "UKR")]
    found.append(*actors, source(), VISIT)
    steps = found.difference(("2022", 1), "2022", between=("JPN", "UKR")).steps
    assert [told(step) for step in steps] == [("learnt", "now definite", (5,))]
    with pytest.raises(NotFound, match="actor 'JPM': not found; did you mean 'JPN'"):
        found.difference("2021", "2022", involving="JPM")


def test_a_difference_leads_from_one_answer_to_the_other_and_back() -> None:
    """Applied to the standings before it gives those after; on the whole only the two ends count."""
    found = ledger(source(), office(), Retract(target=N + 1, reason="no"), VISIT)
    here, there = ("2021-01-01", N + 1), ("2022-01-01", N + 3)
    before, after = (set(found.as_of(d, recorded=n).standings) for d, n in (here, there))
    difference = found.difference(here, there)
    assert [told(step)[:2] for step in difference.steps] == [
        ("world", "began"),
        ("corrected", "gone"),
        ("learnt", "now definite"),
    ]
    assert difference.apply(before) == after
    assert difference.inverse.apply(after) == before
    assert difference.net == (frozenset(), frozenset(after))


def test_what_does_not_fit_is_not_applied() -> None:
    """Steps are applied to the standings that they begin with, and to no others."""
    found = ledger(source(), VISIT)
    with pytest.raises(ValueError, match=f"#{N + 1} does not stand as it did before"):
        found.difference("2022-01-01", "2021-01-01").apply(())


def test_what_was_erased_in_between_is_named() -> None:
    """Of what is gone nobody can tell how it stood; that it was erased in between is a difference."""
    found = ledger(source(), VISIT, VISIT)
    (order,) = found.redact(N + 1, reason="a private person", authority="the keeper")
    between = found.difference(("2022", N + 1), ("2022", order.number))
    assert (between.steps, bool(between)) == ((), True)
    assert [(r.number, r.by) for r in between.redacted] == [(N + 1, order.number)]
    back = found.difference(("2022", order.number), ("2022", N + 1))
    assert back.redacted == between.redacted
    assert found.difference(("2022", order.number), "2022").redacted == ()
    assert found.difference(("2022", N), ("2022", N + 1)).redacted == ()


# --- vintages and steps
