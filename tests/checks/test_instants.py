"""A clock that ran ahead: told at the next append, by every check, and gone on from honestly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli_tools import run
from factledger import Actor, Event, Ledger, Problem, Refused
from factledger.log.canonical import encoded
from factledger.log.stores import create_store
from factledger.testing import FixedClock

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
AHEAD = datetime(2062, 1, 1, tzinfo=UTC)
LATE = "2062-01-01T00:00:00.000000Z"
SAID = f"it was recorded at {LATE}, and it is 2026-11-30T12:00:00.000000Z now"


def actor(name: str) -> Actor:
    """Return an actor of a name."""
    return Actor(id=name, category="person", names=[name])


@pytest.fixture(params=["ledger.jsonl", "ledger.db"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a ledger is whose entry 2 was recorded under a clock of 2062."""
    made = str(tmp_path / request.param)
    Ledger.create(made, origin="x", clock=FixedClock(NOW - timedelta(days=1))).close()
    with Ledger.open(made, clock=FixedClock(AHEAD)) as ledger:
        ledger.append(actor("ahead"))
    return made


def at(address: str, clock: datetime = NOW, *, trust_clock: bool = False) -> Ledger:
    """Return a ledger under a clock."""
    return Ledger.open(address, clock=FixedClock(clock), trust_clock=trust_clock)


def test_nothing_is_appended_behind_an_entry_of_the_future(address: str) -> None:
    """Either clock may be the wrong one, so it is told at once, and with what to do."""
    with at(address) as ledger:
        for act in (ledger.append, ledger.try_append):
            with pytest.raises(Refused, match="recorded-future") as refused:
                act(actor("B"))
            assert refused.value.problems[0].message.startswith(f"{SAID}; nothing was written")
        with pytest.raises(Refused, match="--trust-clock"):
            ledger.redact(2, reason="r", authority="a")
        assert len(ledger) == 2


def test_clocks_may_differ_by_a_minute(address: str) -> None:
    """Two machines are never at the same instant; the line then bears that of the line before."""
    with at(address, AHEAD - timedelta(seconds=60)) as ledger:
        [entry] = ledger.append(actor("B"))
        assert (entry.at, entry.backfilled) == (LATE, None)
        assert ledger.check() == ledger.verify() == ()
    with at(address, AHEAD - timedelta(seconds=61)) as ledger, pytest.raises(Refused):
        ledger.append(actor("C"))


def test_an_entry_of_the_future_is_a_problem(address: str) -> None:
    """The first one is named, by `check` and by `verify`."""
    with at(address) as ledger:
        assert [p.check for p in ledger.check()] == ["recorded-future"]
        assert ledger.verify() == (Problem(f"{address}:2", "recorded-future", SAID),)
    with at(address, AHEAD) as ledger:
        assert ledger.check() == ledger.verify() == ()


def test_who_trusts_the_clock_goes_on_and_says_when_it_was(address: str) -> None:
    """Lines never go back; each record behind says when it was in fact written, from then on."""
    with at(address, trust_clock=True) as ledger:
        [entry] = ledger.append(actor("B"))
        assert (entry.at, entry.backfilled) == (LATE, "2026-11-30T12:00:00.000000Z")
    with at(address, NOW + timedelta(days=1)) as ledger:
        [entry] = ledger.append(actor("C"))
        assert (entry.at, entry.backfilled) == (LATE, "2026-12-01T12:00:00.000000Z")
        assert ledger.check() == ledger.verify() == ()
        assert ledger.redact(4, reason="r", authority="a")[0].at == LATE
        assert ledger.check() == ledger.verify() == ()
    with at(address, AHEAD + timedelta(days=1)) as ledger:
        [entry] = ledger.append(actor("D"))
        assert (entry.at, entry.backfilled) == ("2062-01-02T00:00:00.000000Z", None)
        assert ledger.check() == ledger.verify() == ()


@pytest.mark.parametrize("again", [False, True])
def test_an_instant_finds_what_was_written_by_then(again: bool, address: str) -> None:
    """A cut by an instant goes by when records were written, also where their lines say later."""
    with at(address, trust_clock=True) as ledger:
        ledger.append(actor("B"))
        ledger.append(actor("C"))
    with at(address, NOW + timedelta(days=1)) as ledger:
        ledger.append(actor("D"))
        if again:
            ledger.reindex()
        cuts = {
            day: ledger.as_of("2020", recorded=day).at.recorded
            for day in ("2026-11-28", "2026-11-29", "2026-11-30", "2026-12-01", "2063-01-01")
        }
    assert list(cuts.values()) == [0, 1, 4, 5, 5]
    with at(address) as ledger:
        assert ledger.as_of("2020", recorded="2026-11-30").at.recorded == 4


def test_a_second_clock_that_ran_ahead_is_told_again(address: str) -> None:
    """What a record says of its own recording is held against the clock as a line is."""
    with at(address, trust_clock=True) as ledger:
        ledger.append(actor("B"))
    with at(address, AHEAD - timedelta(days=3650)) as ledger:
        ledger.append(actor("C"))
    with at(address) as ledger:
        assert [p.where for p in ledger.verify()] == [f"{address}:4"]
        with pytest.raises(Refused, match="recorded-future"):
            ledger.append(actor("D"))
    with at(address, trust_clock=True) as ledger:
        ledger.append(actor("D"))
        assert ledger.verify() == ()
        assert ledger.as_of("2020", recorded="2026-12-01").at.recorded == 5


def test_a_clock_that_steps_back_a_little_keeps_the_order(address: str) -> None:
    """Within the minute, what records say of their writing never goes back either."""
    with at(address, trust_clock=True) as ledger:
        ledger.append(actor("B"))
    with at(address, NOW - timedelta(seconds=30)) as ledger:
        [entry] = ledger.append(actor("C"))
        assert entry.backfilled == "2026-11-30T12:00:00.000000Z"


def test_only_a_line_that_was_carried_forward_was_written_before_it_says(tmp_path: Path) -> None:
    """A record written before the first line of its instant is a forgery, or a fault."""
    header = {"format": 1, "kind": "ledger", "origin": "x", "vocabulary": 1}
    body = {"category": "group", "id": "G", "kind": "actor", "names": ["G"]}
    early = {**body, "backfilled": "2020-01-01T00:00:00.000000Z"}
    with create_store(str(tmp_path / "ledger.jsonl")) as store, store.writing() as writer:
        writer.append([encoded(header)], at="2021-01-01T00:00:00.000000Z", salts=[bytes(16)])
        writer.append([encoded(early)], at="2022-01-01T00:00:00.000000Z", salts=[bytes(16)])
        writer.append(
            [encoded({**early, "id": "H"})], at="2022-01-01T00:00:00.000000Z", salts=[bytes(16)]
        )
    with Ledger.open(tmp_path) as ledger:
        assert [p.where.rpartition(":")[2] for p in ledger.check()] == ["2"]


def test_the_commands_say_what_to_do_and_go_on(tmp_path: Path) -> None:
    """`append`, `redact` and `import` take --trust-clock; what is shown says when it was written."""
    Ledger.create(tmp_path, origin="x").close()
    with Ledger.open(tmp_path, clock=FixedClock(datetime(2999, 1, 1, tzinfo=UTC))) as ledger:
        ledger.append(actor("ahead"))
    here = ("-l", str(tmp_path))
    draft = b'{"kind": "actor", "id": "G", "category": "group", "names": ["G"]}'
    refused = run("append", "-", *here, stdin=draft)
    assert (refused.code, refused.out) == (1, "")
    assert "ledger.jsonl:2: recorded-future: it was recorded at 2999-01-01" in refused.err
    assert run("verify", *here).code == run("check", *here).code == 1
    assert run("append", "-", "--trust-clock", *here, stdin=draft).out == "added #3\n"
    assert run("verify", *here).code == run("check", *here).code == 0
    assert ", written on 20" in run("show", "3", *here).out
    assert ", written on 20" in run("log", *here).out
    reason = ("--reason", "r", "--authority", "a", "--yes")
    assert run("redact", "2", "--trust-clock", *reason, *here).code == 0


def test_rows_are_imported_behind_an_entry_of_the_future(tmp_path: Path) -> None:
    """Rows without an instant of their own are recorded now, and say so."""
    Ledger.create(tmp_path, origin="x").close()
    with Ledger.open(tmp_path, clock=FixedClock(datetime(2999, 1, 1, tzinfo=UTC))) as ledger:
        ledger.append(actor("ahead"))
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "rows.csv").write_text("id,when\na,2020-01-01\n")
    words = ("import", "--map", str(tmp_path / "map.toml"), str(tmp_path / "rows.csv"))
    assert "recorded-future" in run(*words, "-l", str(tmp_path)).err
    assert run(*words, "-l", str(tmp_path), "--trust-clock").out.startswith("added #3-#")
    with Ledger.open(tmp_path) as ledger:
        found = [entry for entry in ledger.entries() if isinstance(entry.record, Event)]
        assert [entry.backfilled is not None for entry in found] == [True]


MAP = """
[[source]]
id = "list"
title = "A list"
published = "2020-02-01"

[row]
key = "{id}"

[row.claim]
kind = "event"
type = "CONSULT"
when = "{when}"
actor = "ahead"
source = "list"
"""


@pytest.mark.parametrize("name", ["ledger.jsonl", "ledger.db"])
@pytest.mark.parametrize("ask", ["check", "verify"])
def test_what_others_write_meanwhile_is_not_of_the_future(
    ask: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a check takes hours, what it meets last was recorded after it began, and before its end."""
    address, now = str(tmp_path / name), [NOW]
    ledger = Ledger.create(address, origin="x", clock=lambda: now[0])

    def meanwhile() -> None:
        now[0] += timedelta(hours=2)
        with Ledger.open(address, clock=lambda: now[0]) as other:
            other.append(actor(f"at-{now[0].hour}"))
        refresh()

    def slow(*_: object) -> tuple[Problem, ...]:
        meanwhile()
        return ()

    refresh = ledger._kept.refresh
    monkeypatch.setattr("factledger.checks.problems", slow)
    monkeypatch.setattr(ledger._kept, "refresh", meanwhile if ask == "verify" else refresh)
    with ledger:
        assert getattr(ledger, ask)() == ()
        assert len(ledger) > 1
