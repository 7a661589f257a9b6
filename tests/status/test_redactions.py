"""Erasure: the content of an entry is gone for good, and everything else stands as it stood."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import few_examples
from factledger import (
    Actor,
    Citation,
    Close,
    Correct,
    Corroborate,
    Dispute,
    Event,
    Identify,
    Ledger,
    ModeEffect,
    Note,
    NotFound,
    Participant,
    Redact,
    Redaction,
    Refused,
    Retract,
    Source,
    State,
    Type,
    Withdraw,
)
from factledger.errors import LogError
from factledger.ledger.copying import copy_into
from factledger.log.stores import open_store
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.memory import MemoryStore
from factledger.records.record import Record
from factledger.records.vocabulary import shipped
from factledger.testing.clock import FixedClock, seeded
from factledger.testing.history import History, histories
from index.histories_kept import filled, same_answers, stored, turning_days
from oracle import Oracle
from oracle_tools import rows

WORDS = "Meridian Lighthouse"
CITED = [Citation(source="letter", locator="l. 1")]
ORDER: dict[str, Any] = {"reason": "asked for by the person", "authority": "the editor"}
ADDRESSES = ["memory:", "x", "x.db"]


def event(who: str = "AAA", **held: Any) -> Event:
    """Return a visit to BBB."""
    people = [Participant(role="actor", actor=who), Participant(role="recipient", actor="BBB")]
    return Event(
        **{"type": "CONSULT", "when": "2020", "participants": people, "citations": CITED, **held}
    )


def office(**held: Any) -> State:
    """Return that somebody is foreign minister of AAA."""
    people = [Participant(role="holder", actor="ito"), Participant(role="post", actor="fm")]
    return State(type="office", since="2019", participants=people, citations=CITED, **held)


DECLARED: tuple[Record, ...] = (
    Source(id="letter", title="A letter", published="2021"),
    Actor(id="AAA", category="country", names=["A"]),
    Actor(id="BBB", category="country", names=["B"]),
    Actor(id="fm", category="post", of="AAA", names=["Foreign Minister"]),
    Actor(id="ito", category="person", names=["Ito"]),
)


def made(address: str | Path, *records: Record) -> Ledger:
    """Return a ledger of entries #2 to #6, the declarations, and of records from #7 on."""
    ledger = Ledger.create(address, origin="o", clock=FixedClock(), entropy=seeded())
    ledger.append(*DECLARED)
    for record in records:
        ledger.append(record)
    return ledger


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an address in each store."""
    return str(request.param if request.param == "memory:" else tmp_path / request.param)


def bytes_below(folder: Path) -> bytes:
    """Return all bytes of all files in a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_content_leaves_every_file_and_no_hash_changes(address: str, tmp_path: Path) -> None:
    """What was erased is nowhere in the files of the ledger; the hashes before and after stand."""
    with made(address, event(text=WORDS), event(when="2021")) as ledger:
        before = [entry.hash for entry in ledger.entries()]
        (said,) = ledger.redact(7, **ORDER)
        assert [entry.hash for entry in ledger.entries()][:8] == before
        assert said.record == Redact(target=7, **ORDER)
        assert (ledger.entry(7).record, ledger.verify(), ledger.check()) == (None, (), ())
        assert not any(WORDS.encode() in line for line in ledger.lines())
        assert WORDS.encode() not in bytes_below(tmp_path)
        assert ledger.as_of("2022").numbers("event") == (8,)


def test_a_view_says_what_is_not_known_any_more(address: str) -> None:
    """At every date and cut, also before the erasure was recorded; never as if it had not been."""
    with made(address, event(), event(when="2021")) as ledger:
        assert ledger.as_of("2022").redacted == ()
        ledger.redact(7, **ORDER)
        gone = Redaction(7, 9, ledger.index.at(9), **ORDER)
        for recorded in (7, 8, 9):
            assert ledger.as_of("1900", recorded=recorded).redacted == (gone,)
        assert ledger.as_of("2022", recorded=6).redacted == ()
        words = "#7 was redacted by #9 on 2024-06-01: asked for by the person (the editor)"
        assert str(gone) == words


def test_what_was_erased_is_told_by_entry(address: str) -> None:
    """In whatever order it was erased."""
    with made(address, event(), event(when="2021")) as ledger:
        ledger.redact(8, **ORDER)
        ledger.redact(7, **ORDER)
        assert [gone.number for gone in ledger.as_of("2022").redacted] == [7, 8]


def test_a_claim_is_erased_as_it_is_retracted(address: str, tmp_path: Path) -> None:
    """Of what else stands, erasing a claim changes what retracting it would, and no more."""
    claims = (office(), office(until="2020"), event(), event("ito"))
    with made(address, *claims) as erased, made("memory:", *claims) as retracted:
        erased.redact(8, **ORDER)
        retracted.append(Retract(target=8, reason="r"))
        for day in ("2019", "2020-06", "2024"):
            mine, theirs = erased.as_of(day), retracted.as_of(day)
            assert mine.every == theirs.every


BEARING: dict[str, tuple[tuple[Record, ...], int, str]] = {
    "header": ((), 1, "#1 opens the ledger, and stays"),
    "redact": ((event(), Redact(target=7, **ORDER)), 8, "#8 says what was erased, and stays"),
    "correct": (
        (event(), Correct(target=7, reason="misread", record=event(when="2021"))),
        8,
        "#8 corrects #7; retract #8 first, or redact #7 too",
    ),
    "retract": ((event(), Retract(target=7, reason="r")), 8, "#8 takes back #7; redact #7 too"),
    "close": (
        (office(), Close(target=7, until="2020", citations=CITED)),
        8,
        "#8 ends #7; retract #8 first, or redact #7 too",
    ),
    "corroborate": (
        (event(), Corroborate(target=7, citations=CITED)),
        8,
        "#8 backs #7; retract #8 first, or redact #7 too",
    ),
    "dispute": (
        (event(), Dispute(target=7, citations=CITED)),
        8,
        "#8 disputes #7; retract #8 first, or redact #7 too",
    ),
    "withdraw": (
        (Withdraw(source="letter", reason="forged"),),
        7,
        "#7 withdraws 'letter'; retract it first",
    ),
    "identify claims": (
        (event(), event(when="2021"), Identify(claims=[7, 8], verdict="same", reason="r")),
        9,
        "#9 is the last word on #7 and #8; identify them anew first",
    ),
    "identify actors": (
        (Identify(actors=["AAA", "BBB"], verdict="same", reason="r"),),
        7,
        "#7 is the last word on AAA and BBB; identify them anew first",
    ),
    "identify claims, and others after them": (
        (
            event(), event(when="2021"), event(when="2021-06"),
            Identify(claims=[7, 8], verdict="same", reason="r"),
            Identify(claims=[7, 9], verdict="same", reason="r"),
        ),
        10,
        "#10 is the last word on #7 and #8; identify them anew first",
    ),
    "identify actors, and others after them": (
        (
            Identify(actors=["AAA", "BBB"], verdict="same", reason="r"),
            Identify(actors=["AAA", "ito"], verdict="different", reason="r"),
        ),
        7,
        "#7 is the last word on AAA and BBB; identify them anew first",
    ),
    "reading before a replaced end": (
        (
            office(), Close(target=7, until="2019", citations=CITED), Retract(target=8, reason="r"),
            Close(target=7, until="2020", citations=CITED),
            Correct(target=7, reason="misread", record=office(until="2021")),
        ),
        7,
        "#10 gives an end that #11 replaces; retract #10 first",
    ),
    "correction that settled a dispute": (
        (
            event(), *[Dispute(target=7, citations=CITED, note=n) for n in "ab"],
            Correct(target=7, reason="misread", record=event(when="2021"), settles=[8, 9]),
            Retract(target=8, reason="r"), Retract(target=10, reason="r"),
        ),
        10,
        "#10 settles #9; retract #9 first",
    ),
    "actor": ((office(), event("ito")), 6, "actor 'ito' is named in #7, #8; redact them too, or correct #6 first"),
    "actor of a post": ((), 3, "actor 'AAA' is named in #5; redact it too, or correct #3 first"),
    "source": (
        tuple(event(when=f"20{n}") for n in range(10, 17)),
        2,
        "source 'letter' is named in #7, #8, #9, #10, #11 and more; redact them too, or correct #2 first",
    ),
    "type": (
        (Type(id="talk", shape="event"), event(type="talk")),
        7,
        "type 'talk' is named in #8; redact it too",
    ),
    "type of state that a mode begins": (
        (
            Type(id="guard", shape="state", key=["holder"]),
            Type(id="hired", shape="event", modes=["guard"],
                 begins_by=[ModeEffect(mode="guard", types=["guard"])]),
        ),
        7,
        "type 'guard' is named in #8; redact it too",
    ),
    "type corrected": (
        (
            Type(id="talk", shape="event"),
            event(type="talk"),
            Correct(target=7, reason="refined", record=Type(id="talk", shape="event", note="n")),
        ),
        7,
        "type 'talk' is named in #8; redact it too",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("records", "target", "fault"), BEARING.values(), ids=BEARING)
def test_what_bears_on_others_is_not_erased_alone(
    records: tuple[Record, ...], target: int, fault: str
) -> None:
    """Erasing must not bring back, uncontest or leave without a name what is not erased."""
    ledger = made("memory:", *records)
    size = len(ledger)
    with pytest.raises(Refused) as refused:
        ledger.redact(target, **ORDER)
    assert str(refused.value) == f"#{target}: redaction-bears: {fault}"
    assert len(ledger) == size


TOGETHER: dict[str, tuple[tuple[Record, ...], tuple[int, ...]]] = {
    "correct": ((event(), Correct(target=7, reason="misread", record=event(when="2021"))), (8, 7)),
    "retract": ((event(), Retract(target=7, reason="r")), (8, 7)),
    "close": ((office(), Close(target=7, until="2020", citations=CITED)), (8, 7)),
    "dispute taken back": (
        (event(), Dispute(target=7, citations=CITED), Retract(target=8, reason="r")),
        (8,),
    ),
    "both of it": (
        (event(), Dispute(target=7, citations=CITED), Retract(target=8, reason="r")),
        (9, 8),
    ),
    "withdraw taken back": (
        (Withdraw(source="letter", reason="r"), Retract(target=7, reason="r")),
        (7,),
    ),
    "identified anew": (
        (
            event(),
            event(when="2021"),
            Identify(claims=[7, 8], verdict="same", reason="r"),
            Identify(claims=[8, 7], verdict="different", reason="r"),
        ),
        (9,),
    ),
    "actors identified anew": (
        (
            Identify(actors=["AAA", "BBB"], verdict="same", reason="r"),
            Identify(actors=["BBB", "AAA"], verdict="different", reason="r"),
        ),
        (7,),
    ),
    "identified with the claim": (
        (event(), event(when="2021"), Identify(claims=[7, 8], verdict="same", reason="r")),
        (7, 9),
    ),
    "person": ((office(), event("ito"), event()), (6, 7, 8)),
    "note": ((Note(text="it breaks off", citations=CITED),), (7,)),
    "type": ((Type(id="talk", shape="event"), event(type="talk")), (8, 7)),
    "type that nothing names": ((Type(id="talk", shape="event"),), (7,)),
    "corrected source": (
        (event(), Correct(target=2, reason="refined", record=Source(id="letter", title="?"))),
        (2,),
    ),
    "corrected actor": (
        (
            office(),
            event("ito"),
            Identify(actors=["ito", "AAA"], verdict="different", reason="r"),
            Withdraw(source="letter", reason="r"),
            Correct(target=6, reason="refined", record=Actor(id="ito", category="person", names=["I."])),
        ),
        (6,),
    ),
    "corrected country of a post": (
        (Correct(target=3, reason="refined", record=Actor(id="AAA", category="country", names=["A."])),),
        (3,),
    ),
    "corrected twice": (
        (
            office(),
            Correct(target=6, reason="refined", record=Actor(id="ito", category="person", names=["I."])),
            Correct(target=8, reason="refined", record=Actor(id="ito", category="person", names=["J."])),
        ),
        (8, 6),
    ),
}  # fmt: skip


def redact(number: int, records: tuple[Record, ...]) -> Redact:
    """Return what is recorded of an erasing: of a correction of a claim, which claim it was."""
    record = records[number - 7] if number >= 7 else None
    of_claim = isinstance(record, Correct) and isinstance(record.record, Event)
    claim = record.target if isinstance(record, Correct) and of_claim else None
    return Redact(target=number, claim=claim, **ORDER)


@pytest.mark.parametrize(("records", "targets"), TOGETHER.values(), ids=TOGETHER)
def test_what_bears_is_erased_with_what_it_bears_on(
    records: tuple[Record, ...], targets: tuple[int, ...], address: str
) -> None:
    """In whatever order they are named; what is left is sound, and answers at every cut."""
    with made(address, *records) as ledger:
        said = ledger.redact(*targets, **ORDER)
        assert [entry.record for entry in said] == [redact(n, records) for n in targets]
        assert (ledger.check(), ledger.verify()) == ((), ())
        for cut in range(len(ledger) + 1):
            assert len(ledger.changes(recorded=cut)) >= len(
                ledger.as_of("2020", recorded=cut).every
            )
            assert set(targets) >= {r.number for r in ledger.as_of("2020", recorded=cut).redacted}


def test_a_source_of_a_source_is_named() -> None:
    """What a copy was made of is needed as long as the copy is there."""
    ledger = made("memory:", Source(id="copy", title="A copy", copy_of="letter"))
    with pytest.raises(Refused, match="source 'letter' is named in #7"):
        ledger.redact(2, **ORDER)
    ledger.append(Correct(target=2, reason="refined", record=Source(id="letter", title="B")))
    ledger.redact(2, **ORDER)
    assert ledger.check() == ()


@pytest.mark.parametrize("records", [(event(),), ()])
def test_nothing_new_is_said_about_what_was_erased(records: tuple[Record, ...]) -> None:
    """It can be neither disputed nor retracted nor erased again by a record of its own."""
    ledger = made("memory:", event())
    ledger.redact(7, **ORDER)
    for record in (Dispute(target=7, citations=CITED), Retract(target=7, reason="r")):
        with pytest.raises(Refused, match="target-live: #7 was already erased by #8"):
            ledger.append(record)
    with pytest.raises(Refused, match="target-live: #7 was already redacted by #8"):
        ledger.append(Redact(target=7, reason="again", authority="another"))


def test_a_correction_of_a_declaration_is_corrected_again_and_not_retracted() -> None:
    """To retract it would give back the older declaration in silence."""
    ledger = made(
        "memory:",
        Correct(target=2, reason="refined", record=Source(id="letter", title="B")),
    )
    with pytest.raises(Refused, match="#7 corrects a declaration; correct #7 again instead"):
        ledger.append(Retract(target=7, reason="r"))


def test_what_is_declared_later_is_not_there_before() -> None:
    """Only a declaration that may have been erased excuses a name that is not declared."""
    ledger = made("memory:")
    assert [ledger.belief(cut).has("actor", "BBB") for cut in (3, 4)] == [False, True]


def test_what_was_erased_can_be_said_again(address: str) -> None:
    """The same claim, once erased, is no duplicate: it is a new entry, if someone adds it."""
    with made(address, event(label="visit")) as ledger:
        ledger.redact(7, **ORDER)
        (again,) = ledger.append(event(label="visit"))
        assert (again.number, ledger.find("visit").number) == (9, 9)


def test_an_erasure_that_was_cut_short_is_reported_and_finished(address: str) -> None:
    """Where only the record is there, verify says so; to erase again adds no second record."""
    with made(address, event()) as ledger:
        ledger.append(Redact(target=7, **ORDER))
        (problem,) = ledger.verify()
        assert (problem.check, problem.message) == (
            "redaction",
            "#8 says that it was erased, and it is there; 'factledger redact 7' erases it",
        )
        (said,) = ledger.redact(7, reason="other", authority="other")
        assert (said.number, len(ledger), ledger.verify()) == (8, 8, ())
        assert ledger.entry(7).record is None


@pytest.mark.parametrize("failing", range(1, 7))
def test_an_erasure_that_fails_anywhere_is_done_said_or_not_begun(
    failing: int, tmp_path: Path
) -> None:
    """Whichever confirmation of the disk fails: content never goes without a record of it."""
    made(tmp_path, event(text=WORDS)).close()
    count = 0

    def sync(descriptor: int) -> None:
        nonlocal count
        count += 1
        if count == failing:
            raise OSError(5, "Input/output error")

    with suppress(LogError):
        Ledger(JsonlStore.open(str(tmp_path), sync=sync)).redact(7, **ORDER)
    with Ledger.open(tmp_path) as ledger:
        gone, said = ledger.entry(7).record is None, len(ledger) == 8
        assert said or not gone
        assert [p.check for p in ledger.verify()] == ["redaction"] * (said and not gone)
        ledger.redact(7, **ORDER)
        assert (len(ledger), ledger.verify(), ledger.check()) == (8, (), ())
        assert WORDS.encode() not in (tmp_path / "ledger.jsonl").read_bytes()


def test_what_is_lost_is_never_shown_as_erased(address: str) -> None:
    """Content that is missing without a record is a fault, and no erasing covers it up."""
    with made(address, event()) as ledger:
        ledger._kept.store.erase([7])
        ledger.reindex()
        lost = "its content is missing, and no redact record says that it was erased"
        again = ledger if address == "memory:" else Ledger.open(address)
        again._kept.reread()
        assert [p.message for p in (*again.verify(), *again.check())] == [lost, lost]
        assert [str(r) for r in again.as_of("2020").redacted] == [f"#7: {lost}"]
        with pytest.raises(Refused, match="its content is lost, and was not erased"):
            again.redact(7, **ORDER)
        again.close()


def test_a_note_that_only_looks_like_an_erasure_is_none() -> None:
    """What counts is the kind of a record, not what its words spell."""
    ledger = made("memory:", Note(text='{"kind":"redact","target":2}', citations=CITED))
    assert ledger.verify() == ()


def test_an_entry_that_is_not_there_is_not_found() -> None:
    """Nothing is erased when one of the entries does not exist."""
    ledger = made("memory:", event())
    with pytest.raises(NotFound):
        ledger.redact(7, 99, **ORDER)
    assert len(ledger) == 7


@pytest.mark.parametrize("name", ["x", "x.db"])
def test_another_process_forgets_at_its_next_look(name: str, tmp_path: Path) -> None:
    """Who holds the ledger open holds nothing of what was erased, once it looks again."""
    path = tmp_path / name
    with made(path, event(text=WORDS), event(when="2021")) as ledger, Ledger.open(path) as other:
        assert other.as_of("2020").standings[0].claim.text == WORDS
        ledger.redact(7, **ORDER)
        for _ in range(2):
            other.refresh()
            assert other.entry(7).record is None
            assert [s.claim.text for s in other.as_of("2022", recorded=8).standings] == [None]


def test_another_process_that_looks_in_between_looks_twice(tmp_path: Path) -> None:
    """Where the record is seen before the content is gone, the next look still forgets it."""
    with made(tmp_path / "x", event(text=WORDS)) as ledger, Ledger.open(tmp_path / "x") as other:
        ledger.append(Redact(target=7, **ORDER))
        other.refresh()
        assert other.entry(7).record is not None
        ledger.redact(7, **ORDER)
        other.refresh()
        assert other.entry(7).record is None


def test_copies_forget_when_they_are_copied_again(tmp_path: Path) -> None:
    """A copy that holds the content loses it when the ledger is copied into it once more."""
    ledger, copy = made(tmp_path / "x", event(text=WORDS)), MemoryStore()
    with open_store(str(tmp_path / "x")) as origin:
        copy_into(origin, copy)
        ledger.redact(7, **ORDER)
        assert any(WORDS.encode() in (line.body or b"") for line in copy.read())
        copy_into(origin, copy)
        assert [line.encode() for line in copy.read()] == list(ledger.lines())


@given(histories(), st.data())
@few_examples
def test_a_ledger_answers_after_any_erasure(history: History, data: st.DataObject) -> None:
    """Whatever is erased that may be: both indexes and the slow evaluator agree at every cut."""
    memory = filled(MemoryStore(), history, 1)
    with stored(history, 1) as ledger:
        numbers = st.integers(2, len(ledger))
        chosen = data.draw(st.lists(numbers, min_size=1, max_size=4, unique=True))
        erased = [n for n in chosen if redacted_in(memory, n) and redacted_in(ledger, n)]
        known = memory.check()
        assert ledger.head == memory.head
        assert known == () or not erased
        for recorded in {data.draw(st.integers(1, len(ledger))), len(ledger)}:
            days = turning_days(memory, recorded)
            same_answers(memory, ledger, days, recorded)
            oracle = Oracle(memory.entries(), shipped().types, recorded)
            for day in days:
                assert rows(memory.as_of(day, recorded=recorded)) == oracle.rows(day)


def redacted_in(ledger: Ledger, number: int) -> bool:
    """Erase an entry if it may be, and return whether it was."""
    try:
        ledger.redact(number, **ORDER)
    except Refused:
        return False
    return True


def test_the_index_forgets_what_was_erased(address: str) -> None:
    """What a ledger's index gives after an erasure is what its entries give: no erased word."""
    with made(address, event(text=WORDS)) as ledger:
        assert (ledger.index.body(7) or {})["text"] == WORDS
        ledger.redact(7, **ORDER)
        ledger.append(event(when="2021"))
        assert (ledger.index.body(7), ledger.entry(7).record) == (None, None)
        assert len(ledger.index) == len(ledger) == 9


def test_what_is_ordered_to_be_erased_is_no_fault_of_a_ledger() -> None:
    """A claim that a record says is erased may still be there, and name an actor that is gone."""
    with made("memory:", event(), Redact(target=7, **ORDER)) as ledger:
        ledger.redact(4, **ORDER)
        assert (ledger.entry(4).record, ledger.check()) == (None, ())
        assert [p.where for p in ledger.verify()] == ["#7"]
