"""The ledger: where records meet a store and a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cli_tools import AT, entropy, small_ledger
from factledger import (
    Actor,
    Citation,
    Damaged,
    Day,
    Event,
    Header,
    HeadMoved,
    Ledger,
    NewerFormat,
    NotALedger,
    Note,
    NotFound,
    Participant,
    Refused,
    Retract,
    Source,
    WriteRefused,
)
from factledger.errors import Problem
from factledger.index.base import Index
from factledger.log.stores import create_store
from factledger.status.redactions import LOST
from factledger.views.projections import CONTACTS, SANCTIONS


def written(*bodies: bytes) -> Any:
    """Return a store in memory that holds these bodies."""
    store = create_store("memory:")
    with store.writing() as writer:
        writer.append(
            list(bodies), at="2024-12-01T09:00:00.000000Z", salts=[bytes(16)] * len(bodies)
        )
    return store


HEADER = b'{"format":1,"kind":"ledger","origin":"x","vocabulary":1}'


def test_created_ledger_is_opened_again(tmp_path: Path) -> None:
    """What was made is there, with its header, and is closed at the end of a block."""
    with Ledger.create(tmp_path / "l", origin="o", title="t") as made:
        assert made.head == made.entry(1).hash
    with Ledger.open(tmp_path / "l") as opened:
        assert opened.header is not None
        assert (opened.header.origin, opened.header.title) == ("o", "t")
        assert opened.address == str((tmp_path / "l/ledger.jsonl").resolve())
        assert opened.torn is None


@pytest.mark.parametrize("name", ["l", "l.db"])
def test_a_ledger_keeps_the_vocabulary_that_it_was_begun_with(tmp_path: Path, name: str) -> None:
    """A later version adds and changes types, and no answer of an older ledger changes by that."""
    for version, level, known in ((1, "definite", False), (2, None, True)):
        address = str(tmp_path / str(version) / name)
        Path(address).parent.mkdir()
        with Ledger(create_store(address)) as made:
            made.append(
                Header(format=1, vocabulary=version, origin="o"),
                Source(id="s", title="S", published="2024-02-01"),
                Actor(id="a", category="country", names=["A"]),
                Actor(id="b", category="country", names=["B"]),
                expulsion("2024-01-01"),
            )
        with Ledger.open(address) as opened:
            opened.append(expulsion("2024-01-02"))
            begun = [s.status for s in opened.as_of("2024-01-01").standings if s.derived]
            assert begun == ([level] if level else [])
            assert ("born" in opened.belief().vocabulary.types) is known


def expulsion(when: str) -> Event:
    """Return an expulsion of people of one country by another."""
    who = [Participant(role="actor", actor="a"), Participant(role="recipient", actor="b")]
    cited = [Citation(source="s", locator="p. 1")]
    return Event(type="SANCTION", mode="expel", when=when, participants=who, citations=cited)


def test_bad_origin_makes_no_file(tmp_path: Path) -> None:
    """An origin that is refused leaves nothing behind; a ledger that is there is kept."""
    with pytest.raises(Refused, match="identifier"):
        Ledger.create(tmp_path / "l", origin="not a name")
    assert not (tmp_path / "l").exists()
    Ledger.create(tmp_path / "l", origin="o")
    with pytest.raises(WriteRefused):
        Ledger.create(tmp_path / "l", origin="o")


def test_store_without_lines_is_an_empty_ledger() -> None:
    """Before its first record a ledger has no header and the head of the beginning."""
    empty = Ledger(create_store("memory:"))
    assert (len(empty), empty.header, empty.head) == (0, None, "0" * 64)
    assert empty.as_of("2023").at.recorded_at is None


@pytest.mark.parametrize(
    ("body", "error", "said"),
    [
        (b'{"kind":"actor"}', NotALedger, "its first record is of kind 'actor'"),
        (HEADER.replace(b'"format":1', b'"format":2'), NewerFormat, "format 2 is newer"),
        (HEADER.replace(b'"vocabulary":1', b'"vocabulary":9'), NewerFormat, "9"),
        (HEADER.replace(b'"format":1,', b""), NewerFormat, "None"),
        (b"{}", Damaged, "its body is not a record"),
        (b'{"kind":5}', Damaged, "its body is not a record"),
    ],
)
def test_first_record_that_is_no_header(body: bytes, error: type[Exception], said: str) -> None:
    """A log that is no ledger, or of a later format, is not opened."""
    with pytest.raises(error, match=said):
        Ledger(written(body))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"kind":"retract"}', "its body is not a record;"),
        (b'{"kind":"state"}', "its body is not a record;"),
        (b'{"id":[],"kind":"source"}', "its body is not a record;"),
        (b'{"kind":"event","participants":5,"type":"CONSULT"}', "its body is not a record;"),
        (b'{"kind":"correct","record":5,"target":1}', "its body is not a record;"),
        (b'{"claims":5,"kind":"identify"}', "its body is not a record;"),
        (b'{"id":"t","kind":"type"}', "its body is not a record: #2 shape: missing"),
    ],
)
def test_body_of_another_writer_that_is_no_record(body: bytes, said: str) -> None:
    """A line whose hash is right and whose body has not even the keys of a record is named."""
    with pytest.raises(Damaged, match=f"memory::2: damaged: {said}"):
        Ledger(written(HEADER, body))


def test_first_record_may_have_been_erased() -> None:
    """A redacted header is passed over."""
    store = written(HEADER)
    store.erase([1])
    assert Ledger(store).header is None


def test_entries_are_found_by_number_and_label(tmp_path: Path) -> None:
    """Entries count from 1; what is not there raises, and says how many there are."""
    ledger = small_ledger(tmp_path)
    assert [entry.number for entry in ledger.entries(11)] == [11, 12]
    assert ledger.find("visit") == ledger.entry(9)
    assert (ledger.entry(9).batch, ledger.entry(9).at) == (2, "2024-12-01T09:00:00.000000Z")
    for missing in (0, 13, -1):
        with pytest.raises(NotFound, match="the ledger has 12 entries"):
            ledger.entry(missing)
    with pytest.raises(NotFound, match="label 'nothing'"):
        ledger.find("nothing")


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    """The lines of the log, each with a newline, are the file."""
    ledger = small_ledger(tmp_path)
    stored = (tmp_path / "ledger.jsonl").read_bytes()
    assert b"".join(line + b"\n" for line in ledger.lines()) == stored


def test_append_expects_a_head(tmp_path: Path) -> None:
    """An append that saw another head is refused, whether it names hash or number."""
    ledger = small_ledger(tmp_path)
    for seen in (11, "0" * 64):
        with pytest.raises(HeadMoved):
            ledger.append(Retract(target=9, reason="r"), expect=seen)
    assert ledger.append(Retract(target=9, reason="r"), expect=12)[0].number == 13


def test_two_handles_see_each_others_entries(tmp_path: Path) -> None:
    """A handle takes in what another appended when it writes, or when it is refreshed."""
    one, other = small_ledger(tmp_path), Ledger.open(tmp_path)
    one.append(Actor(id="A", category="person", names=["A"]))
    assert len(other) == 12
    other.refresh()
    assert len(other) == 13
    one.append(Actor(id="B", category="person", names=["B"]))
    assert other.append(Actor(id="C", category="person", names=["C"]))[0].number == 15


def test_time_never_goes_back(tmp_path: Path) -> None:
    """A clock that steps back gives the instant of the entry before, also to the handle that wrote."""
    clock = iter([AT, AT + timedelta(hours=1), AT + timedelta(minutes=59)])
    ledger = Ledger.create("memory:", origin="x", clock=lambda: next(clock), entropy=entropy)
    ledger.append(Actor(id="A", category="person", names=["A"]))
    [entry] = ledger.append(Actor(id="B", category="person", names=["B"]))
    assert entry.at == ledger.entry(2).at == "2024-12-01T10:00:00.000000Z"


def test_trial_leaves_no_trace(tmp_path: Path) -> None:
    """A trial gives the numbers of a true append, or its problems, and changes nothing."""
    ledger = small_ledger(tmp_path)
    record = Retract(target=9, reason="r")
    assert ledger.try_append(record) == (13,)
    with pytest.raises(Refused, match="target-exists"):
        ledger.try_append(Retract(target=99, reason="r"))
    assert len(ledger) == 12
    assert ledger.append(record)[0].number == 13


@pytest.mark.parametrize("valid", ["2023-04-30", "2023-04", date(2023, 4, 30), Day.of(2023, 4, 30)])
def test_valid_date_in_any_form(tmp_path: Path, valid: str | date | Day) -> None:
    """A date may be text, a date or a day; a month means its last day."""
    assert str(small_ledger(tmp_path).as_of(valid).at.valid) == "2023-04-30"


def test_today_is_that_of_the_clock(tmp_path: Path) -> None:
    """`today` means the day of the ledger's own clock."""
    assert str(small_ledger(tmp_path).as_of("today").at.valid) == "2024-12-01"


@pytest.mark.parametrize(
    ("recorded", "cut"),
    [
        (None, 12),
        (0, 0),
        (9, 9),
        ("2024-11-30", 0),
        ("2024-12-01", 12),
        ("2024-12-01T09:00:00Z", 12),
        ("2024-12-01T10:00:00+01:00", 12),
        ("2024-12-01T08:59:59Z", 0),
        (datetime(2024, 12, 1, 9, tzinfo=UTC), 12),
    ],
)
def test_recorded_cut_in_any_form(tmp_path: Path, recorded: Any, cut: int) -> None:
    """A cut is an entry number, or an instant that means the last entry at or before it."""
    assert small_ledger(tmp_path).as_of("2023", recorded=recorded).at.recorded == cut


def test_recorded_cut_at_an_entry(tmp_path: Path) -> None:
    """An entry itself is a cut; a number beyond the log is not."""
    ledger = small_ledger(tmp_path)
    at = ledger.as_of("2023", recorded=ledger.entry(9)).at
    assert (at.recorded, at.head) == (9, ledger.entry(9).hash)
    for missing in (13, -1):
        with pytest.raises(NotFound):
            ledger.as_of("2023", recorded=missing)


def test_folds_go_over_the_changes(tmp_path: Path) -> None:
    """A projection is folded up to a day or to the end, and over a range of days."""
    ledger = small_ledger(tmp_path)
    assert ledger.fold(SANCTIONS, "2013") == ()
    assert len(ledger.fold(SANCTIONS)) == 1
    assert ledger.fold(CONTACTS, "2023-12")["visit"].definite == 1
    days = [str(day) for day, _ in ledger.series(SANCTIONS, "2013", "2023", recorded=12)]
    assert days[:2] == ["2013-12-31", "2014-01-01"]
    assert "2022-12-31" in days


def test_changes_can_be_those_between_two_actors(tmp_path: Path) -> None:
    """Changes may be asked of a relationship, and under cuts of knowledge."""
    ledger = small_ledger(tmp_path)
    between = ledger.changes(between=("JPN", "UKR"), published="2024-12")
    assert {change.standing.number for change in between} == {9, 11}
    assert ledger.changes(recorded=8) == ()


def test_views_at_many_cuts_are_not_all_kept(tmp_path: Path) -> None:
    """A few timelines are kept for questions that come again; the oldest go."""
    ledger = small_ledger(tmp_path)
    for recorded in range(1, 13):
        ledger.as_of("2023", recorded=recorded)
    assert len(ledger._scopes) == 8


def test_what_is_asked_of_the_past_does_not_cost_the_newest(tmp_path: Path) -> None:
    """Answers as recorded earlier, however many, leave what was read for the newest as it is."""
    ledger = small_ledger(tmp_path)
    newest = ledger.as_of("2023").belief
    for recorded in range(1, 12):
        ledger.as_of("2023", recorded=recorded)
        ledger.as_of("2023", published=f"20{recorded:02}")
    assert ledger.as_of("2024").belief is newest


def test_verify_names_lines_that_are_not_canonical() -> None:
    """A body that another writer spelled otherwise is told, with its place."""
    store = written(HEADER, b'{"kind": "actor", "id": "A"}')
    [problem] = Ledger(store).verify()
    assert (problem.where, problem.check) == ("#2", "record-canonical")


def test_entry_is_told_by_those_about_it(tmp_path: Path) -> None:
    """What later entries say about an entry can be listed."""
    ledger = small_ledger(tmp_path)
    ledger.append(Retract(target=9, reason="r"))
    assert [entry.number for entry in ledger.targeting(9)] == [13]


def test_note_and_event_share_the_labels(tmp_path: Path) -> None:
    """A note is found by its label as a claim is."""
    ledger = small_ledger(tmp_path)
    ledger.append(
        Note(text="t", label="aside", citations=[Citation(source="gazette", locator="l")])
    )
    assert ledger.find("aside").number == 13


def test_own_clock_dates_the_record() -> None:
    """Without a clock of its own a ledger records the present instant."""
    ledger = Ledger.create("memory:", origin="x")
    ledger.append(
        Source(id="s", title="S"),
        Actor(id="A", category="person", names=["A"]),
        Event(
            type="CONSULT", when="2020", participants=[Participant(role="actor", actor="A")],
            citations=[Citation(source="s", locator="l")],
        ),
    )  # fmt: skip
    assert ledger.entry(1).at <= ledger.entry(2).at


def test_checking_ends_although_others_go_on_erasing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is still found after a few times is told."""
    ledger = Ledger.create("memory:", origin="o")
    ledger.append({"kind": "actor", "id": "a", "category": "person", "names": ["A"]})
    ledger._kept.store.erase([2])
    ledger._kept.reread()
    looked: list[int] = []

    def refresh() -> None:
        looked.append(1)
        ledger._kept.generation += 1

    monkeypatch.setattr(ledger, "refresh", refresh)
    assert [problem.check for problem in ledger.check()] == ["redaction"]
    assert len(looked) == 10


def test_what_is_erased_during_a_check_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often others erase something while all entries are checked, content that is gone by order is no fault."""
    small_ledger(tmp_path).close()
    erasing = iter((12, 11, 10, 9))

    def problems(index: Index, where: Callable[[int], str]) -> Iterator[Problem]:
        with Ledger.open(tmp_path) as other:
            number = next(erasing)
            other.redact(number, reason="r", authority="a", leave_traces=True)
        yield Problem(where(number), "redaction", LOST)

    monkeypatch.setattr("factledger.ledger.ledger._CHECKED", 4)
    monkeypatch.setattr("factledger.checks.problems", problems)
    with Ledger.open(tmp_path) as ledger:
        assert ledger.check() == ()
        monkeypatch.setattr(
            "factledger.checks.problems",
            lambda index, where: [Problem(where(2), "redaction", LOST)],
        )
        assert [problem.message for problem in ledger.check()] == [LOST]


@pytest.mark.parametrize("name", ["ledger.jsonl", "ledger.db"])
@pytest.mark.parametrize("number", [0, -1, 7, 2**63, 2**70, -(2**70)])
def test_a_number_that_no_entry_has_is_not_found(name: str, number: int, tmp_path: Path) -> None:
    """Whatever is asked of it, and in whichever store: it is neither damage nor an error of the index."""
    with Ledger.create(tmp_path / name, origin="o") as ledger:
        asked: tuple[Callable[[], object], ...] = (
            lambda: ledger.entry(number),
            lambda: ledger.steps(number, "2020"),
            lambda: ledger.traces(1, number),
            lambda: ledger.told_beside(number),
            lambda: ledger.redact(number, reason="r", authority="a"),
        )
        for ask in asked:
            with pytest.raises(
                NotFound, match=f"entry #{number}: not found; the ledger has 1 entr"
            ):
                ask()
