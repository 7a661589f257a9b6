"""Backfilled recording times: what was recorded elsewhere keeps its instant, and says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import pytest

from cli_tools import run
from factledger import (
    Actor,
    Citation,
    Correct,
    Event,
    FieldError,
    Ledger,
    NotFound,
    Participant,
    Refused,
    Source,
)
from factledger.log.canonical import encoded
from factledger.log.stores import create_store
from factledger.testing import FixedClock

THEN = "2016-03-01T09:00:00+01:00"
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
WRITTEN = "2024-06-01T12:00:00.000000Z"
JAPAN = Actor(id="JPN", category="country", names=["Japan"])


def ledger(address: str = "memory:", backfilled: str | datetime | None = THEN) -> Ledger:
    """Return a ledger that was begun in 2016 elsewhere, and written in 2024."""
    return Ledger.create(address, origin="old", backfilled=backfilled, clock=FixedClock(NOW))


def visit(**changes: object) -> Event:
    """Return a claim that cites row 1."""
    who = [Participant(role="actor", actor="JPN")]
    cited = [Citation(source="s", locator="line 1")]
    made = Event(type="CONSULT", when="2015", participants=who, citations=cited)
    return attrs.evolve(made, **changes)  # type: ignore[arg-type]


def test_batch_bears_the_instant_of_elsewhere_and_says_when_it_was_written() -> None:
    """Lines bear the backfilled instant in UTC; each record, whatever its kind, says the true one."""
    found = ledger()
    source = Source(id="s", title="S", published="2016-02")
    found.append(
        JAPAN,
        {"kind": "source", "id": "s", "title": "S", "published": "2016-02"},
        visit(label="v"),
        {"kind": "correct", "target": "v", "reason": "refined", "record": {
            "kind": "event", "type": "CONSULT", "when": "2015-05", "actor": "JPN", "source": "s",
            "locator": "line 2"}},
        backfilled=datetime(2016, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    assert [e.at[:10] for e in found.entries()] == ["2016-03-01", *["2016-03-02"] * 4]
    assert found.entry(1).at == "2016-03-01T08:00:00.000000Z"
    assert [e.backfilled for e in found.entries()] == [WRITTEN] * 5
    assert found.entry(3).record == attrs.evolve(source, backfilled=WRITTEN)
    assert found.check() == ()


def test_append_without_it_is_recorded_now() -> None:
    """A record that says nothing was recorded when its line says."""
    found = ledger()
    [entry] = found.append(JAPAN)
    assert (entry.at, entry.backfilled) == (WRITTEN, None)
    erased = attrs.evolve(entry, record=None)
    assert erased.backfilled is None


def test_day_means_its_end() -> None:
    """A day without a time is taken to its end."""
    assert ledger(backfilled="2016-03-01").entry(1).at == "2016-03-01T23:59:59.999999Z"


@pytest.mark.parametrize(
    ("instant", "why"),
    [
        ("2016-02-29T00:00:00Z", "the newest entry was recorded at 2016-03-01T08:00:00.000000Z"),
        ("2024-06-01T12:00:01Z", "it is 2024-06-01T12:00:00.000000Z now"),
    ],
)
def test_instants_neither_decrease_nor_run_ahead(instant: str, why: str) -> None:
    """An instant before the newest entry, or in the future, is refused, tried or not."""
    found = ledger()
    for act in (found.append, found.try_append):
        with pytest.raises(Refused, match="backfilled") as refused:
            act(JAPAN, backfilled=instant)
        assert why in str(refused.value)
    assert len(found) == 1


def test_text_that_is_no_instant() -> None:
    """A time without its offset could be any of 25 hours."""
    with pytest.raises(NotFound, match="offset"):
        ledger().append(JAPAN, backfilled="2016-03-02T09:00:00")


def test_ledger_begun_in_the_future_makes_no_file(tmp_path: Path) -> None:
    """What cannot be created leaves nothing behind."""
    with pytest.raises(Refused, match="future"):
        ledger(str(tmp_path / "l"), backfilled="2025-01-01")
    assert list(tmp_path.iterdir()) == []


def test_backfilled_record_is_the_same_as_the_plain_one() -> None:
    """When a record was written is no part of what it says: it is not entered twice."""
    found = ledger()
    found.append(JAPAN, Source(id="s", title="S"), visit(label="v"), backfilled="2016-03-02")
    later = found.append(JAPAN, visit(), visit(label="w"))
    assert [e.number for e in later] == [2, 4, 4]
    assert [e.number for e in found.append(visit(), backfilled="2016-03-03")] == [4]
    assert [e.number for e in found.append(found.entry(4).record or JAPAN)] == [4]
    assert len(found) == 4


def test_only_the_ledger_says_when_it_wrote() -> None:
    """A draft cannot state it, for itself or for the record inside a correction."""
    found = ledger()
    found.append(JAPAN, Source(id="s", title="S"), visit(label="v"), backfilled="2016-03-02")
    with pytest.raises(Refused, match="backfilled: leave it out"):
        found.append(visit(when="2014", backfilled=WRITTEN))
    inner = visit(when="2014", backfilled=WRITTEN)
    with pytest.raises(Refused, match="says nothing of its own"):
        found.append(Correct(target=4, reason="misdated", record=inner))


def test_written_before_it_was_recorded() -> None:
    """A check finds a record that claims to have been written before its line says."""
    store = create_store("memory:")
    header = {"format": 1, "kind": "ledger", "origin": "x", "vocabulary": 1}
    with store.writing() as writer:
        body = encoded({**header, "backfilled": WRITTEN})
        writer.append([body], at="2024-06-01T12:00:00.000001Z", salts=[bytes(16)])
    assert list(map(str, Ledger(store).check())) == [
        f"#1: backfilled: written at {WRITTEN}, before it was recorded at "
        "2024-06-01T12:00:00.000001Z"
    ]


@pytest.mark.parametrize(
    "text", ["2024-06-01", "2024-06-01T12:00:00Z", "٢٠٢٤-06-01T12:00:00.000000Z"]
)
def test_form_of_the_instant(text: str) -> None:
    """It is written in the one form of the log: UTC, six decimals."""
    with pytest.raises(FieldError, match="wanted an instant"):
        Actor(id="a", category="person", names=["A"], backfilled=text)


def test_it_was_so_as_recorded_then() -> None:
    """A question as recorded on a past day is answered from what was backfilled for it."""
    found = ledger()
    found.append(JAPAN, Source(id="s", title="S"), visit(), backfilled="2016-03-02")
    assert len(found.as_of("2016", recorded="2016-03-02").standings) == 1
    assert found.as_of("2016", recorded="2016-03-01").standings == ()
    [standing] = found.as_of("2016").standings
    again = Ledger.create("memory:", origin="o", clock=FixedClock(NOW + timedelta(days=1)))
    again.append(JAPAN, Source(id="s", title="S", published="2016-03-02"), visit())
    [plain] = again.as_of("2016").standings
    assert standing.sentence == plain.sentence
    contents = (next(of.belief().claims()).content for of in (found, again))
    assert next(contents) == next(contents)


def test_commands_say_that_it_was_backfilled(tmp_path: Path) -> None:
    """`show`, `why` and `log` tell on which day it was in fact written."""
    found = ledger(str(tmp_path))
    found.append(JAPAN, Source(id="s", title="S"), visit(), backfilled="2016-03-02")
    first = "recorded 2016-03-02T23:59:59.999999Z, backfilled on 2024-06-01"
    for command in ("show", "why"):
        assert first in run(command, "4", "-l", str(tmp_path)).out.split("\n")[0]
    assert ", backfilled on 2024-06-01" in run("log", "-n", "1", "-l", str(tmp_path)).out
    found.append(Actor(id="UKR", category="country", names=["Ukraine"]))
    assert "backfilled" not in run("log", "-n", "1", "-l", str(tmp_path)).out
