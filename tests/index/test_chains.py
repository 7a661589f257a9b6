"""Claims as chains of readings: found alike from any reading, kept in step with what is added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from effort import few_examples
from factledger import Close, Correct, Dispute, Identify, Redact, Refused, Retract
from factledger.index.chains import Chains
from factledger.ledger.ledger import Ledger
from factledger.log.canonical import canonical
from factledger.testing import ACTORS, History, histories
from growth_tools import Work, assert_grows_evenly
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, office, source

CLAIM = S + 1


def correct(target: int, **fields: Any) -> Correct:
    """Return a correction of an office, by its holder unless said otherwise."""
    return Correct(target=target, reason="misread", record=office("p2"), **fields)


def chain_of(found: Ledger, number: int) -> tuple[list[int], dict[int, list[int]], dict[str, Any]]:
    """Return the readings, what takes them away, and what is about the claim."""
    chain = found.index.chains.of(number)
    about = {kind: numbers for kind, numbers in chain.about.items() if numbers}
    return chain.readings, {n: by for n, by in chain.taking.items() if by}, about


def test_what_is_about_any_reading_is_about_the_claim() -> None:
    """Whichever reading an entry names, it is found from all of them."""
    found = ledger(
        source(), office(),
        correct(CLAIM),
        Dispute(target=CLAIM, citations=cited()),
        correct(CLAIM, note="again"),
        Dispute(target=CLAIM + 1, citations=cited()),
        office("p3"),
        Identify(claims=[CLAIM + 3, CLAIM + 5], verdict="unsure", reason="r"),
        Retract(target=CLAIM + 3, reason="r"),
    )  # fmt: skip
    for reading in (CLAIM, CLAIM + 1, CLAIM + 3):
        assert found.index.chains.first(reading) == CLAIM
        assert chain_of(found, reading) == (
            [CLAIM, CLAIM + 1, CLAIM + 3],
            {CLAIM + 3: [CLAIM + 7]},
            {"dispute": [CLAIM + 2, CLAIM + 4], "identify": [CLAIM + 6]},
        )
    assert found.index.chains.of(CLAIM).entries == [*range(CLAIM, CLAIM + 5), CLAIM + 6, CLAIM + 7]
    assert [found.index.chains.alone(n) for n in (CLAIM, CLAIM + 1)] == [False, False]


@pytest.mark.parametrize("asked_before", [True, False])
def test_a_log_that_nobody_checked_has_chains_as_well(asked_before: bool) -> None:
    """Who forged lines can name two readings of one claim, or as erased what no later one corrects."""
    found = ledger(source(), office(), correct(CLAIM))
    if asked_before:
        found.index.chains.of(CLAIM)
    forged: tuple[dict[str, Any], ...] = (
        {"kind": "identify", "claims": [CLAIM, CLAIM + 1], "verdict": "same", "reason": "r"},
        {"kind": "redact", "target": CLAIM, "claim": CLAIM + 1, "reason": "r", "authority": "a"},
    )
    for body in forged:
        found.index.add(canonical(body), "2024-01-01T12:00:00.000000Z", body)
    assert chain_of(found, CLAIM)[::2] == ([CLAIM, CLAIM + 1], {"identify": [CLAIM + 2]})


def test_an_erased_correction_keeps_its_place() -> None:
    """Of what it corrected only the entry tells that erased it; later readings stay of one claim."""
    found = ledger(
        source(), office(), correct(CLAIM), correct(CLAIM + 1), Dispute(target=CLAIM, citations=cited())
    )  # fmt: skip
    found.redact(CLAIM, CLAIM + 1, reason="r", authority="a")
    assert found.entry(CLAIM + 5).record == Redact(
        target=CLAIM + 1, claim=CLAIM, reason="r", authority="a"
    )
    readings, taking, about = chain_of(found, CLAIM + 2)
    assert readings == [CLAIM, CLAIM + 1, CLAIM + 2]
    assert (taking, about) == (
        {CLAIM: [CLAIM + 4], CLAIM + 1: [CLAIM + 5]},
        {"dispute": [CLAIM + 3]},
    )
    assert found.belief().live(CLAIM + 2).disputes == (CLAIM + 3,)  # type: ignore[union-attr]
    assert found.check() == ()


@pytest.mark.parametrize("suffix", ["jsonl", "db"])
def test_a_correction_that_is_erased_leaves_the_other_readings_as_they_stood(
    tmp_path: Path, suffix: str
) -> None:
    """At every cut each other reading stands as before, told by tracks or counted by columns."""
    path = tmp_path / f"l.{suffix}"
    with Ledger.create(path, origin="o") as found:
        found.append(source(), *ACTORS)
        visit = event("CONSULT", "2020-01-01", actor="JPN", recipient="UKR")
        first = found.append(visit)[0].number
        later = [event("CONSULT", f"2020-0{n}-01", actor="JPN", recipient="UKR") for n in (3, 5)]
        found.append(
            Correct(target=first, reason="refined", record=later[0]),
            Correct(target=first + 1, reason="refined", record=later[1]),
            Retract(target=first + 1, reason="r"),
        )
        before = {cut: stood(found, cut) for cut in range(first, first + 4)}
        found.redact(first + 1, reason="r", authority="a")
        erased = {**before, first + 1: ([], 0)}  # nobody can tell what it said
        assert {cut: stood(found, cut) for cut in before} == erased
        assert not found.index.chains.alone(first)
    with Ledger.open(path) as again:
        again.reindex()
        assert {cut: stood(again, cut) for cut in before} == erased


def stood(found: Ledger, cut: int) -> tuple[list[int], int]:
    """Return the entries that stood as recorded up to a cut, and how many there were."""
    view = found.as_of("2020-06-01", recorded=cut)
    return [standing.number for standing in view.standings], view.count("event")


def test_what_was_tried_is_forgotten() -> None:
    """A correction that is refused with its batch leaves no reading behind."""
    found = ledger(source(), office())
    assert chain_of(found, CLAIM)[0] == [CLAIM]
    with pytest.raises(Refused):
        found.append(correct(CLAIM), correct(999))
    assert found.index.chains.of(CLAIM).readings == [CLAIM]


def test_chains_are_forgotten_where_there_are_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are found again when they are asked for."""
    monkeypatch.setattr("factledger.index.chains._KEPT", 1)
    found = ledger(source(), office(), correct(CLAIM), correct(CLAIM + 1), correct(CLAIM + 2))
    for number in range(CLAIM, CLAIM + 4):
        assert found.index.chains.first(number) == CLAIM
        assert found.index.chains.of(number).readings == [*range(CLAIM, CLAIM + 4)]


@given(
    histories(
        moves=("claim", "correct", "correct", "retract", "dispute", "identify-claims", "redact")
    )
)
@few_examples
def test_chains_that_grow_are_those_that_are_made_anew(history: History) -> None:
    """What is taken in entry by entry is what is found in the whole log."""
    grown = history.ledger()
    for number in range(1, len(grown) + 1):
        grown.index.chains.of(number)
    anew = Chains(grown.index)
    for number in range(1, len(grown) + 1):
        assert grown.index.chains.of(number) == anew.of(number)


# --- growth


ROWS: dict[str, Any] = {
    "corrections": lambda n: [
        Correct(target=CLAIM, reason="misread", record=office(value=str(i))) for i in range(n)
    ],
    "changes": lambda n: [
        Correct(target=CLAIM, reason="misread", changes=["value"], record=office(value=str(i)))
        for i in range(n)
    ],
    "disputes": lambda n: [
        Dispute(target=CLAIM, citations=cited(), note=str(i)) for i in range(n)
    ],
    "ends": lambda n: [
        record
        for i in range(n)
        for record in (
            Close(target=CLAIM, until=f"{2022 + i}-01-01", citations=cited(), note=str(i)),
            Correct(target=CLAIM, reason="misread", record=office(until=f"{2022 + i}-02-02")),
        )
    ],
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("how", ["append", "ask", "check"])
def test_twice_as_much_about_one_claim_is_hardly_more_than_twice_the_work(
    row: str, how: str
) -> None:
    """Whether it is appended in one batch, asked for or checked."""

    def work(count: int) -> Work:
        found, records = ledger(source(), office()), ROWS[row](count)
        if how == "append":
            return lambda: found.append(*records)
        found.append(*records)
        if how == "check":
            return found.check
        return lambda: found.as_of("2022-01-01").standings

    assert_grows_evenly(work, 60, 2.5)


@pytest.mark.parametrize("row", ["corrections", "changes"])
def test_a_row_may_be_a_thousand_corrections_long(row: str) -> None:
    """Nothing calls itself for each of them; taking the last ones back leaves the one before."""
    found = ledger(source(), office())
    found.append(*ROWS[row](1_000))
    last = len(found)
    found.append(*(Retract(target=n, reason="r") for n in range(CLAIM + 500, last + 1)))
    (standing,) = found.as_of("2022-01-01").standings
    assert (standing.number, standing.claim.value) == (CLAIM + 499, "498")
