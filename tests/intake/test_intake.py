"""Importing by a map: what rows become, what is refused, and what a second run does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from factledger import Actor, Busy, Correct, Ledger, Refused, Retract, State
from factledger.intake import Map, import_rows, new_ledger, read_map, survey
from factledger.intake.maps.map_file import parse_map
from factledger.testing import FixedClock

CONGRESS = Path(__file__).parents[1] / "data" / "congress"
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
MAP = """
[ledger]
origin = "terms"

[[source]]
id = "list"
title = "A list"

[row]
key = "t-{id}"
operation = "{op}"
retraction = "taken from the list"

[[row.actor]]
id = "{who:id}"
category = "person"
names = ["{who}"]

[[row.actor]]
id = "town"
category = "organization"
names = "Town"

[row.claim]
kind = "state"
type = "membership"
holder = "{who:id}"
party = "town"
since = "{since}"
until = [{ if = { until = "?*" }, is = "{until}" }, { is = ".." }]
"""
RECORDED = MAP.replace("[row]\n", '[row]\nrecorded = "{at}"\n')
HEAD = "id,op,who,since,until"
ANN, BOB = "1,assert,Ann,2001,", "2,assert,Bob B,2002-03,2003"


def given(text: str = MAP) -> Map:
    """Return a map."""
    return parse_map(text, "m.toml")


def ledger() -> Ledger:
    """Return a new ledger of the map's origin."""
    return Ledger.create("memory:", origin="terms", clock=FixedClock(NOW))


def file(folder: Path, *rows: str, head: str = HEAD, name: str = "f.csv") -> str:
    """Return the path of a CSV file with these rows."""
    (folder / name).write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return str(folder / name)


def problems(folder: Path, *rows: str, of: Ledger | None = None, text: str = MAP, head: str = HEAD) -> list[str]:  # fmt: skip
    """Return what is wrong with rows, without the folder."""
    path = file(folder, *rows, head=head)
    found = survey(of or ledger(), given(text), path, name="f.csv").problems
    return list(map(str, found))


def test_rows_become_claims_with_their_place(tmp_path: Path) -> None:
    """A row is one claim under its label, citing its line and its hash; actors are declared once."""
    into = ledger()
    done = import_rows(into, given(), file(tmp_path, ANN, BOB, "3,assert,Ann,2010,"))
    assert (done.found.rows, done.found.new, done.before, done.after) == (3, 3, 1, len(into))
    kinds = [into.index.kind(n) for n in range(2, len(into) + 1)]
    assert kinds == ["source", "actor", "actor", "actor", "state", "state", "state"]
    record = into.find("t-2").record
    assert isinstance(record, State)
    assert record.actors("holder") == ("Bob_20B",)
    assert (str(record.since), str(record.until)) == ("2002-03", "2003")
    assert record.citations[0].source == "list"
    assert (record.citations[0].locator or "").startswith("line 3, sha256 ")
    assert into.check() == ()


def test_corrections_and_retractions_find_their_claim_by_the_key(tmp_path: Path) -> None:
    """`correct` and `retract` are about what stands under the key; a key can be used again after."""
    into = ledger()
    rows = (ANN, "1,correct,Ann,2000,", BOB, "1,retract,,,", "1,assert,Ann,1999,")
    import_rows(into, given(), file(tmp_path, *rows))
    corrected, *_ = (e.record for e in into.entries() if isinstance(e.record, Correct))
    assert corrected.reason == "source-corrected"
    assert str(corrected.record.since) == "2000"  # type: ignore[union-attr]
    (retracted,) = (e.record for e in into.entries() if isinstance(e.record, Retract))
    assert retracted.reason == "taken from the list; list, line 5"
    assert [str(s.claim.since) for s in into.as_of("2001").standings] == ["1999"]  # type: ignore[attr-defined]
    assert into.check() == ()


def test_second_run_adds_nothing(tmp_path: Path) -> None:
    """Every row is found again by its label, line and hash: also those corrected or retracted since."""
    into = ledger()
    rows = (ANN, "1,correct,Ann,2000,", "1,retract,,,", "1,assert,Ann,1999,", BOB)
    path = file(tmp_path, *rows)
    import_rows(into, given(), path)
    head = into.head
    again = import_rows(into, given(), path)
    assert (again.found.entered, again.found.new, into.head) == (5, 0, head)


@pytest.mark.parametrize("cut", range(6))
def test_interrupted_import_goes_on(tmp_path: Path, cut: int) -> None:
    """What is imported in two goes is what is imported in one."""
    rows = (ANN, "1,correct,Ann,2000,", BOB, "1,retract,,,", "1,assert,Ann,1999,", "2,retract,,,")
    whole, parts = ledger(), ledger()
    import_rows(whole, given(), file(tmp_path, *rows))
    import_rows(parts, given(), file(tmp_path, *rows[:cut]))
    done = import_rows(parts, given(), file(tmp_path, *rows))
    assert (done.found.entered, done.found.new) == (cut, 6 - cut)
    assert {e.claim for e in parts.belief().claims()} == {e.claim for e in whole.belief().claims()}
    kinds = (sorted(of.index.kinds(1, len(of))) for of in (parts, whole))
    assert next(kinds) == next(kinds)


def test_import_that_is_stopped_between_batches(tmp_path: Path) -> None:
    """After an interruption what was acknowledged stays, and the next run adds the rest."""
    rows = [f"{i},assert,Ann,{1000 + i % 900}," for i in range(2500)]
    path = file(tmp_path, *rows)
    into, seen = ledger(), list[int]()

    def stop(count: int) -> None:
        seen.append(count)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_rows(into, given(), path, on_rows=stop)
    assert (seen, len(into)) == ([0, 1000, 1000], 2 + 2 + 2000)
    found = survey(into, given(), path)
    assert (found.entered, found.new) == (2000, 500)
    counts = list[int]()
    import_rows(into, given(), path, on_rows=counts.append)
    assert (counts, len(into)) == ([2000, 500], 2 + 2 + 2500)


def test_an_import_that_is_kept_from_going_on_says_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who writes on and on stops it between two batches; what was written stays."""
    monkeypatch.setattr("factledger.intake.run.MOST_IN_BATCH", 2)
    path, into = file(tmp_path, *(f"{i},assert,Ann,{2000 + i}," for i in range(5))), ledger()

    def busy(*_: object, **__: object) -> None:
        raise Busy("memory:", 10)

    def stop(count: int) -> None:
        if count:
            monkeypatch.setattr(into, "append", busy)

    with pytest.raises(Busy) as told:
        import_rows(into, given(), path, on_rows=stop)
    assert str(told.value) == (
        "memory:: another process is writing (waited 10 s); it ends with entry 6 now: "
        "what was written stays, and the same again goes on behind it"
    )
    monkeypatch.undo()
    assert import_rows(into, given(), path).found.entered == 2


def test_batches_are_the_rows_of_an_instant(tmp_path: Path) -> None:
    """Rows that were recorded elsewhere at one instant are one batch, and bear it."""
    days = ("2016-01-01T09:00:00+01:00", "2016-01-01T08:00:00Z", "2016-01-02")
    rows = [f"{i},assert,Ann,2001,,{at}" for i, at in enumerate(days)]
    path = file(tmp_path, *rows, head=HEAD + ",at")
    into = new_ledger(given(RECORDED), "memory:", path)
    import_rows(into, given(RECORDED), path)
    ats = {e.at: e.batch for e in into.entries()}
    assert ats == {"2016-01-01T08:00:00.000000Z": 2, "2016-01-02T23:59:59.999999Z": 7}
    assert all(e.backfilled for e in into.entries())
    assert into.check() == ()


@pytest.mark.parametrize("name", ["x.jsonl", "x.db"])
def test_nobody_appends_into_an_import_of_dated_rows(name: str, tmp_path: Path) -> None:
    """An entry of now among rows of then would keep out all below it: who appends meanwhile is told."""
    rows = [f"{i},assert,Ann,2001,,2016-01-{i:02}" for i in range(1, 6)]
    path, map_ = file(tmp_path, *rows, head=HEAD + ",at"), given(RECORDED)
    told: list[str] = []

    def meanwhile(count: int) -> None:
        with Ledger.open(address) as other:
            try:
                other.append(NOBODY, timeout=0)
            except Busy as busy:
                told.append(str(busy))

    with new_ledger(map_, str(tmp_path / name), path) as into:
        address = into.address
        done = import_rows(into, map_, path, on_rows=meanwhile)
        assert len(told) == 1 + 5
        assert (done.found.new, survey(into, map_, path).entered) == (5, 5)
        assert all("another process is writing" in busy for busy in told)
        meanwhile(0)
        assert len(told) == 6
        assert import_rows(into, map_, path).found.new == 0
        assert into.check() == into.verify() == ()


def test_an_import_of_dated_rows_looks_again_at_what_came_after_its_survey(tmp_path: Path) -> None:
    """Somebody appended between the two passes: every row is told, and none is written."""
    rows = [f"{i},assert,Ann,2001,,2016-01-{i:02}" for i in range(1, 6)]
    path, map_ = file(tmp_path, *rows, head=HEAD + ",at"), given(RECORDED)
    into = new_ledger(map_, "memory:", path)
    found = survey(into, map_, path)
    into.append(NOBODY)
    with pytest.raises(Refused, match="import-recorded") as refused:
        import_rows(into, map_, path, found=found)
    assert len(refused.value.problems) == 5
    assert len(into) == 2


def test_an_import_of_dated_rows_goes_on_after_an_interruption(tmp_path: Path) -> None:
    """What was written stays, the right to append is given back, and a second run adds the rest."""
    rows = [f"{i},assert,Ann,2001,,2016-01-{i:02}" for i in range(1, 6)]
    path, map_ = file(tmp_path, *rows, head=HEAD + ",at"), given(RECORDED)
    into, counts = new_ledger(map_, "memory:", path), list[int]()

    def stop(count: int) -> None:
        counts.append(count)
        if len(counts) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_rows(into, map_, path, on_rows=stop)
    done = import_rows(into, map_, path)
    assert (done.found.entered, done.found.new) == (2, 3)


NOBODY = Actor(id="nobody", category="person", names=["Nobody"])


def test_every_bad_row_is_told_and_nothing_written(tmp_path: Path) -> None:
    """One run tells of each bad row, with its line, what the map, the checks and the order say."""
    rows = (
        "1,assert,Ann,2001",
        "2,assert,Bob,2001-13,",
        "3,assert,Ann,2001,2000",
        "ü,assert,Ann,2001,",
        "4,replace,Ann,2001,",
        ",assert,,2001,",
        "5,correct,Ann,2001,",
        "6,assert,Ann,2999,",
        "7,assert,Cy,2001,",
        "7,assert,Cy,2002,",
        "7,retract,,,",
        "7,retract,,,",
    )
    told = problems(tmp_path, *rows)
    assert told == [
        "f.csv:2: import-readable: it has 4 cells, and the header 5 columns",
        "f.csv:3: record-form: since: '2001-13' is not a date: month 13 does not exist; months are 01 to 12, seasons and other parts of a year 21 to 41",
        "f.csv:4: date-order: until '2000' is before since '2001'; correct one of them",
        "f.csv:5: import-value: row.key: 't-ü' is no label; it has 1 to 100 ASCII letters, digits, dots, hyphens or underscores; see {column:id}",
        "f.csv:6: import-value: row.operation: 'replace' is not one of assert, correct, retract, skip",
        "f.csv:7: role-required: membership needs a participant in the role 'holder'; the claim has 'party'",
        "f.csv:8: import-operation: nothing to correct: 't-5' is under no label; assert it first",
        "f.csv:9: date-after-publication: '2999' is after 2024-06-01, the last day on which its source can have been published; correct one of the two, or say modality = \"planned\"",
        "f.csv:11: import-operation: 't-7' stands already (line 10); correct it, or give another key",
        "f.csv:13: import-operation: nothing to retract: 't-7' was retracted in line 12; assert it first",
    ]  # fmt: skip
    into = ledger()
    with pytest.raises(Refused) as refused:
        import_rows(into, given(), file(tmp_path, *rows))
    assert (len(refused.value.problems), len(into)) == (len(told), 1)


def test_what_stands_in_the_ledger_counts(tmp_path: Path) -> None:
    """An operation is judged by what stands in the ledger under the label."""
    into = ledger()
    import_rows(into, given(), file(tmp_path, ANN, BOB, "2,retract,,,"))
    rows = (ANN, BOB, "2,retract,,,", "1,assert,Ann,2005,", "2,correct,Bob B,2005,")
    assert problems(tmp_path, *rows, of=into) == [
        "f.csv:5: import-operation: 't-1' stands already (#6); correct it, or give another key",
        "f.csv:6: import-operation: nothing to correct: 't-2' was retracted by #8; assert it first",
    ]
    into.append({"kind": "correct", "target": "t-1", "reason": "misdated", "record": {
        "kind": "state", "type": "membership", "holder": "Ann", "party": "town", "since": "2004",
        "source": "list", "locator": "by hand"}})  # fmt: skip
    assert problems(tmp_path, *rows[:3], "1,retract,,,", of=into) == [
        "f.csv:5: import-operation: nothing to retract: 't-1' was corrected by #9; assert it first"
    ]


def test_file_that_was_changed_is_told(tmp_path: Path) -> None:
    """A row that was changed, or put in between, after the import is a problem, not a claim."""
    into = ledger()
    import_rows(into, given(), file(tmp_path, ANN, BOB, "2,retract,,,"))
    changed = (ANN.replace("2001", "2002"), BOB, "2,correct,Bob B,2002,")
    assert problems(tmp_path, *changed, of=into) == [
        "f.csv:2: import-changed: the row was imported as #6 and has changed since; add a row that corrects it, or correct the entry",
        "f.csv:4: import-changed: the row was imported as #8 and has changed since; add a row that corrects it, or correct the entry",
    ]  # fmt: skip
    other = ("9,assert,Cy,2001,", BOB, "2,retract,,,")
    assert problems(tmp_path, *other, of=into) == [
        "f.csv:2: import-changed: not in the ledger, but line 3 is, below it; the file was changed before its end: add new rows at the end"
    ]  # fmt: skip


def test_a_retraction_keeps_no_hash_of_its_row(tmp_path: Path) -> None:
    """It outlives the claim that was erased: with a hash, whoever guesses the row could try it out."""
    into = ledger()
    rows = (ANN, BOB, "1,retract,Ann,,")
    import_rows(into, given(), file(tmp_path, *rows))
    number = into.find("t-1").number
    into.redact(number, reason="asked for", authority="the keeper")
    kept = b"".join(into.lines())
    for row in rows:
        for text in (row, f"{row}\n", f"{row}\r\n"):
            assert (sha256(text.encode()).hexdigest().encode() in kept) == (text == BOB)


def test_a_retraction_with_a_hash_is_found_again(tmp_path: Path) -> None:
    """Ledgers that an earlier version imported hold one; the same file still adds nothing to them."""
    into, row = ledger(), "1,retract,Ann,,"
    path = file(tmp_path, ANN, row)
    import_rows(into, given(), file(tmp_path, ANN, name="first.csv"))
    hashed = sha256(row.encode()).hexdigest()
    reason = f"taken from the list; list, line 3, sha256 {hashed}"
    into.append(Retract(target=into.find("t-1").number, reason=reason))
    assert survey(into, given(), path).entered == 2
    [problem] = survey(into, given(), file(tmp_path, ANN, "1,retract,Ann,x,")).problems
    assert problem.check == "import-changed"


def test_same_row_of_another_source_is_another_row(tmp_path: Path) -> None:
    """A row is found by its source too: two files of one source are told apart by their keys."""
    into = ledger()
    import_rows(into, given(), file(tmp_path, ANN))
    other = MAP.replace('id = "list"', 'id = "other"')
    stands = [
        "f.csv:2: import-operation: 't-1' stands already (#5); correct it, or give another key"
    ]
    assert problems(tmp_path, ANN, of=into, text=other) == stands
    assert problems(tmp_path, ANN.replace("2001", "2002"), of=into, text=other) == stands


def test_words_of_a_retraction_may_be_any(tmp_path: Path) -> None:
    """A retraction is found again behind whatever the map says of it."""
    text = MAP.replace("taken from the list", "no; source, line 1, or so; {id}")
    into = ledger()
    path = file(tmp_path, ANN, "1,retract,,,")
    import_rows(into, given(text), path)
    assert survey(into, given(text), path).entered == 2


def test_actor_that_cannot_be_declared_is_told_once(tmp_path: Path) -> None:
    """What is wrong with a name is told where it is met first, not in every row that names it."""
    rows = ("1,assert,An\u200bn,2001,", "2,assert,An\u200bn,2002,", BOB.replace("2", "3", 1))
    assert [p.partition(": names")[0] for p in problems(tmp_path, *rows)] == [
        "f.csv:2: name-visible"
    ]


def test_instants_of_rows(tmp_path: Path) -> None:
    """Recording times never decrease, are not in the future, and are instants."""
    rows = (
        "1,assert,Ann,2001,,2016-02-01",
        "2,assert,Ann,2001,,2016-01-01",
        "3,assert,Ann,2001,,",
        "4,assert,Ann,2001,,2016-02-01T09:00:00",
        "5,assert,Ann,2001,,2999-01-01",
    )
    into = Ledger.create("memory:", origin="o", clock=FixedClock(NOW), backfilled="2016-01-15")
    found = problems(tmp_path, *rows, of=into, text=RECORDED, head=HEAD + ",at")
    assert [p.partition(": recorded")[0].partition("row.")[0] for p in found] == [
        "f.csv:3: import-recorded",
        "f.csv:4: import-value: ",
        "f.csv:5: import-value: ",
        "f.csv:6: import-recorded",
    ]
    assert "before what stands above it (2016-02-01T23:59:59.999999Z)" in found[0]
    assert "2024-06-01T12:00:00.000000Z now" in found[3]


def test_rows_that_the_map_leaves_out(tmp_path: Path) -> None:
    """The operation `skip` leaves a row out; it is counted, and never looked for."""
    into = ledger()
    path = file(tmp_path, ANN, "x,skip,,,", BOB)
    done = import_rows(into, given(), path)
    assert (done.found.rows, done.found.new) == (3, 2)
    assert survey(into, given(), path).new == 0


def test_declarations_that_the_ledger_has(tmp_path: Path) -> None:
    """What is declared already is not declared again, whatever it was corrected to."""
    into = ledger()
    into.append({"kind": "source", "id": "list", "title": "Another title"})
    into.append({"kind": "actor", "id": "Ann", "category": "person", "names": ["Anna"]})
    import_rows(into, given(), file(tmp_path, ANN))
    assert into.as_of("2020").name("Ann") == "Anna"
    assert into.check() == ()


def test_json_lines_with_keys_that_come_and_go(tmp_path: Path) -> None:
    """A retraction needs no more than its key; a claim without what the map asks for is told."""
    rows = [
        {"id": 1, "op": "assert", "who": "Ann", "since": "2001", "until": None},
        {"id": 1, "op": "retract"},
        {"id": 2, "op": "assert", "since": "2001"},
    ]
    path = tmp_path / "f.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [str(p) for p in survey(ledger(), given(), str(path), name="f").problems] == [
        "f:3: import-value: who: the row has no such column"
    ]


OWN = MAP.replace("[row]\n", '[columns]\nwhole = "{who}, {since}"\nage = "{nowhere}"\n[row]\n')


def test_columns_of_the_map(tmp_path: Path) -> None:
    """A map may add columns made from others; one made from a missing column is missing too."""
    text = OWN.replace('since = "{since}"', 'since = "{since}"\nvalue = "{whole}"')
    path = tmp_path / "f.jsonl"
    row = {"id": 1, "op": "assert", "who": "Ann", "since": "2001"}
    path.write_text(json.dumps(row))
    into = ledger()
    import_rows(into, given(text), str(path))
    assert into.find("t-1").record.value == "Ann, 2001"  # type: ignore[union-attr]
    missing = given(text.replace("{whole}", "{age}"))
    (problem,) = survey(ledger(), missing, str(path), name="f").problems
    assert str(problem) == "f:1: import-value: age: the row has no such column"


@pytest.mark.parametrize(
    ("head", "advice"),
    [("id,op,who,sinse,until", "did you mean 'sinse'?"), ("id,op,who,x,until", "it has id, op, who, x, until")],
)  # fmt: skip
def test_csv_lacks_a_column(tmp_path: Path, head: str, advice: str) -> None:
    """A column that the map names and the header lacks is told once."""
    with pytest.raises(Refused) as refused:
        problems(tmp_path, ANN, head=head)
    assert str(refused.value) == f"m.toml: import-map: f.csv has no column 'since'; {advice}"


@pytest.mark.parametrize(("sign", "told"), [(";", ";"), ("\t", "\\t"), ("|", "|")])
def test_columns_that_another_sign_parts_are_told_so(tmp_path: Path, sign: str, told: str) -> None:
    """Where the header is one column, the key of the map that parts it is said."""
    head, row = (sign.join(cells) for cells in (["id", "op", "who"], ["1", "assert", "Ann"]))
    with pytest.raises(Refused, match="has no column") as refused:
        problems(tmp_path, row, head=head)
    assert str(refused.value).endswith(
        f'it is parted by {sign!r}; say [input] delimiter = "{told}"'
    )


def test_claims_need_a_source(tmp_path: Path) -> None:
    """Where the map declares no single source, each row has to name one."""
    text = MAP.replace("[[source]]", '[[source]]\nid = "b"\ntitle = "B"\n\n[[source]]')
    assert problems(tmp_path, ANN, text=text) == [
        "f.csv:2: import-value: row.claim.source: the row names no source; a claim needs one"
    ]


def test_a_claim_of_which_a_row_says_nothing_is_refused(tmp_path: Path) -> None:
    """Where every cell of a claim is empty, there is no kind of record to make."""
    text = MAP[: MAP.index("[row.claim]")] + '[row.claim]\nkind = "{kind}"\ntype = "{type}"\n'
    told = problems(tmp_path, "1,assert,Ann,,", text=text, head="id,op,who,kind,type")
    assert [problem.partition(";")[0] for problem in told] == [
        "f.csv:2: record-form: kind: unknown kind None"
    ]


def test_retraction_needs_its_words(tmp_path: Path) -> None:
    """A map without `retraction` cannot take anything back."""
    text = MAP.replace("retraction", "note")
    assert problems(tmp_path, ANN, "1,retract,,,", text=text) == [
        "f.csv:3: import-value: row.retraction: missing; say why a claim is taken back"
    ]


def test_no_ledger_and_no_origin(tmp_path: Path) -> None:
    """A map without [ledger] makes no ledger."""
    text = MAP.replace('[ledger]\norigin = "terms"\n', "")
    with pytest.raises(Refused, match="no ledger yet, and the map has no"):
        new_ledger(given(text), "memory:", file(tmp_path, ANN))


def test_batch_that_is_refused_later_ends_the_import(tmp_path: Path) -> None:
    """Another writer can take a label between the passes: that batch is refused, those before stay."""
    into = ledger()
    path = file(tmp_path, *(f"{i},assert,Ann,2001," for i in range(1500)))
    found = survey(into, given(), path)

    def meanwhile(count: int) -> None:
        if count == 1000:
            import_rows(into, given(), file(tmp_path, "1200,assert,Ann,2002,", name="g.csv"))

    with pytest.raises(Refused, match="label-unique"):
        import_rows(into, given(), path, found=found, on_rows=meanwhile)
    assert len(into) == 2 + 2 + 1000 + 1


def names(of: Ledger, day: str, post: str) -> Sequence[str]:
    """Return who stands in a post on a day."""
    view = of.as_of(day)
    found = [s for s in view.standings if s.claim.actors("post") == (post,)]
    return [view.name(s.claim.actors("holder")[0]) for s in found]


def test_an_end_that_is_not_included_is_the_day_before(tmp_path: Path) -> None:
    """A map gives it as `before`; an open end and an unknown one come through it as they are."""
    text = MAP.replace("until = [", "before = [")
    rows = ["1,assert,Ann,2001,2003-05-01", "2,assert,Bob,2001,2003-05", "3,assert,Cy,2001,"]
    found = ledger()
    import_rows(found, given(text), file(tmp_path, *rows))
    assert [str(s.until) for s in states(found)] == ["2003-04-30", "2003-04-30", ".."]
    both = text.replace("before = [", "until = '2003'\nbefore = [")
    assert problems(tmp_path, rows[0], text=both) == [
        "f.csv:2: record-form: before: until and before both say when it ended, until with that day; "
        "leave one out"
    ]


def states(of: Ledger) -> list[State]:
    """Return the states of a ledger in their order."""
    return [e.record for e in of.entries() if isinstance(e.record, State)]


SERIES = MAP.replace("[row]\n", '[row]\nseries = ["{until}", "x"]\n').replace(
    'until = [{ if = { until = "?*" }, is = "{until}" }, { is = ".." }]', 'until = "next"'
)


def test_each_of_a_series_lasts_until_the_next_began(tmp_path: Path) -> None:
    """The file is read for the starts of all of a series first; the last goes on."""
    rows = ["1,assert,Ann,2001-02-03,P", "2,assert,Cy,2009,P", "3,assert,Eve,2004,Q",
            "4,assert,Bob,2004-05-06,P"]  # fmt: skip
    found, path = ledger(), file(tmp_path, *rows)
    import_rows(found, given(SERIES), path)
    ends = ["2004-05-05", "..", "..", "[2008-12-31..2009-12-30]"]
    assert [str(s.until) for s in states(found)] == ends
    assert states(found)[0].inferred[0].reason == (
        "the day before the next of the series 'P, x' began, in '2004-05-06'"
    )
    size = len(found)
    import_rows(found, given(SERIES), path)
    assert len(found) == size


def test_a_series_that_went_on_is_told(tmp_path: Path) -> None:
    """Who was the last is so no more: that has to be said, and then the rest is imported."""
    first, later = "1,assert,Ann,2001-02-03,P", "2,assert,Bob,2004-05-06,P"
    found = ledger()
    import_rows(found, given(SERIES), file(tmp_path, first))
    number = len(found)
    assert problems(tmp_path, first, later, of=found, text=SERIES) == [
        f"f.csv:2: import-changed: the row stands as #{number} until '..', and by its series ends "
        f"'2004-05-05'; close #{number} so, or correct it"
    ]
    found.append({"kind": "close", "target": number, "before": "2004-05-06", "source": "list",
                  "locator": "line 3"})  # fmt: skip
    import_rows(found, given(SERIES), file(tmp_path, first, later))
    assert [str(s.until) for s in states(found)] == ["..", ".."]


@pytest.mark.parametrize(
    ("rows", "text", "fault"),
    [
        (["1,assert,Ann,2001,P", "2,assert,Bob,2001-04,P"], SERIES,
         "f.csv:2: series-order: one of the series 'P, x' begins in '2001' and one in '2001-04': it is "
         "not said which is first; give this one its until"),
        (["1,retract,Ann,2001,P"], SERIES,
         "f.csv:2: import-value: row.series: a series is told whole, so no row of it can retract"),
        (["1,assert,Ann,2001,P"], SERIES.replace('series = ["{until}", "x"]', ""),
         'f.csv:2: import-value: row.claim.until: until = "next" needs [row] series, which says of what'),
        (["1,assert,Ann,2001,P"], SERIES.replace('["{until}", "x"]', '"{op}"\napproximate = "{who}"'),
         "f.csv:2: import-value: row.approximate: wanted a width such as '10 years', '6 months' or "
         "'5 days', found 'Ann'"),
    ],
)  # fmt: skip
def test_a_series_that_cannot_be_put_in_order(
    rows: list[str], text: str, fault: str, tmp_path: Path
) -> None:
    """Each row that has no end by it is told."""
    assert problems(tmp_path, *rows, text=text) == [fault]


def test_a_row_may_belong_to_no_series(tmp_path: Path) -> None:
    """Where the map finds no name for one, the row gives its own end."""
    text = SERIES.replace('["{until}", "x"]', '"{until}"').replace('"next"', '"2005"')
    found = ledger()
    import_rows(found, given(text), file(tmp_path, "1,assert,Ann,2001,", "2,assert,Bob,2001,P"))
    assert [str(s.until) for s in states(found)] == ["2005", "2005"]


def test_a_map_can_say_how_wide_approximate_dates_are(tmp_path: Path) -> None:
    """They are windows then, and inferred says so; a retraction has no dates to widen."""
    text = MAP.replace("[row]\n", '[row]\napproximate = "10 years"\n')
    rows = ["1,assert,Ann,1630~,1640", "1,retract,Ann,1630~,1640"]
    found = ledger()
    import_rows(found, given(text), file(tmp_path, *rows))
    [state] = states(found)
    assert (str(state.since), str(state.until)) == ("[1620..1640]", "1640")
    assert [(i.field, i.as_said, i.reason) for i in state.inferred] == [
        ("since", "1630~", "the map reads an approximate date as within 10 years")
    ]


def test_terms_of_congress() -> None:
    """Of 205 terms the map leaves out four of leadership, and the others stand on their days."""
    terms = read_map(str(CONGRESS / "terms.toml"))
    path = str(CONGRESS / "terms.csv")
    into = new_ledger(terms, "memory:", path)
    done = import_rows(into, terms, path)
    assert (done.found.rows, done.found.new) == (205, 201)
    assert names(into, "1862-01-01", "us-president") == ["Abraham Lincoln"]
    assert names(into, "2002", "us-senator-WA-1") == ["Maria Cantwell"]
    assert into.check() == ()


def test_an_import_sees_what_others_declared_after_an_erasure(tmp_path: Path) -> None:
    """An importer asks the index as it is now: what is declared already is not declared again."""
    address = tmp_path / "terms.db"
    Ledger.create(address, origin="terms", clock=FixedClock(NOW)).close()
    with Ledger.open(address) as into, Ledger.open(address) as other:
        noted = other.append(Actor(id="gone", category="person", names=["Gone"]))[0].number
        into.refresh()
        assert into.index.kind(noted) == "actor"
        other.redact(noted, reason="a mistake", authority="the editor")
        into.refresh()
        import_rows(other, given(), file(tmp_path, ANN))
        into.refresh()
        import_rows(into, given(), file(tmp_path, ANN, BOB))
        kinds = [into.index.kind(n) for n in range(1, len(into) + 1)]
        assert (kinds.count("source"), kinds.count("actor"), kinds.count("state")) == (1, 3, 2)


def test_a_claim_cites_the_footnote_of_its_row(tmp_path: Path) -> None:
    """Before the row, which is found again by its line; a row without one cites its line alone."""
    (tmp_path / "f.csv").write_text('id,from,book\n1,1950,"f. 12v, 3; a"\n2,1951,\n')
    map_ = parse_map(f'{FOOTNOTED}locator = "{{book}}"\n', "m.toml")
    into = Ledger.create("memory:", origin="o")
    import_rows(into, map_, str(tmp_path / "f.csv"))
    cited = [e.record.citations[0].locator for e in into.entries() if isinstance(e.record, State)]
    assert (cited[0] or "").startswith("f. 12v, 3; a; line 2, sha256 ")
    assert (cited[1] or "").startswith("line 3, sha256 ")
    assert import_rows(into, map_, str(tmp_path / "f.csv")).found.new == 0
    (tmp_path / "f.csv").write_text("id,from,book\n1,1950,f. 13r\n2,1951,\n")
    with pytest.raises(Refused, match=r"f.csv:2: import-changed: the row was imported as #\d+ and"):
        import_rows(into, map_, str(tmp_path / "f.csv"))


FOOTNOTED = """
source = [{ id = "s", title = "S", published = 2020 }]
actor = [
  { id = "A", category = "country", names = ["A"] }, { id = "p", category = "post", of = "A", names = ["P"] },
  { id = "ann", category = "person", names = ["Ann"] },
]
[row]
key = "{id}"
[row.claim]
kind = "state"
type = "office"
holder = "ann"
post = "p"
since = "{from}"
"""
