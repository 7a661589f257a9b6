"""A correction that gives only what changes, written out: what it keeps, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factledger import Citation, Correct, Dispute, Identify, Inferred, Refused, Retract
from factledger.checks.proposals import expanded
from factledger.intake.drafts import parse_drafts
from factledger.ledger.ledger import Ledger
from factledger.records.codec import to_body
from factledger.status.standings import Standing
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, office, source

CLAIM = S + 1


def change(target: Any = CLAIM, reason: str = "misread", **fields: Any) -> dict[str, Any]:
    """Return a correction of some fields, as a draft gives it."""
    return {"kind": "correct", "target": target, "reason": reason, "change": fields}


def claim(**fields: Any) -> Ledger:
    """Return a ledger with an office, about which its source says when it began by inference."""
    inferred = [Inferred(field="since", reason="the year of the paper")]
    return ledger(source(), source("t"), office(inferred=inferred, label="o", **fields))


def written(found: Ledger, record: Any) -> Correct:
    """Return what is recorded of a correction."""
    [entry] = found.append(record)
    assert isinstance(entry.record, Correct)
    assert found.check() == ()
    return entry.record


def test_what_it_does_not_name_stays() -> None:
    """The whole claim is recorded, with the names of the fields; what was inferred of one goes."""
    target = CLAIM + 1
    found = written(claim(), change(target, since="2020"))
    assert found == Correct(
        target=target, reason="misread", changes=["inferred", "since"],
        record=office(since="2020", label="o"),
    )  # fmt: skip
    kept = written(claim(), change("o", value=None, until="2023"))
    assert kept.changes == ("until", "value")
    assert kept.record.inferred  # type: ignore[union-attr]


def test_a_role_changes_who_takes_part_in_it() -> None:
    """The others stay, and so do the citations, unless a passage is given."""
    found = claim()
    one = written(found, change("o", holder="p2"))
    assert [p.actor for p in one.record.participants] == ["pm", "p2"]  # type: ignore[union-attr]
    two = written(found, change("o", source="t", locator="p. 4"))
    assert two.record.citations == (Citation(source="t", locator="p. 4"),)  # type: ignore[union-attr]
    assert (one.changes, two.changes) == (("participants",), ("citations",))


def since(standing: Standing) -> str:
    """Return the start of a state as it is written."""
    return str(getattr(standing.claim, "since", None))


def test_changes_of_different_fields_compose_also_when_one_is_undone() -> None:
    """Each is applied to the reading before it that stands."""
    found = claim()
    found.append(change("o", since="2019", inferred=[]), change("o", holder="p2"))
    first = CLAIM + 2
    assert [since(s) for s in found.as_of("2022").standings] == ["2019"]
    found.append(Retract(target=first, reason="r"))
    (standing,) = found.as_of("2022").standings
    assert (standing.number, since(standing)) == (first + 1, "2021-03-01")
    assert standing.claim.actors("holder") == ("p2",)


def test_what_is_composed_is_found_by_whom_it_names() -> None:
    """Not by whom an undone correction named, though a later one was recorded with that name."""
    found = claim()
    found.append(change("o", holder="p2"), change("o", since="2019", inferred=[]))
    found.append(Retract(target=CLAIM + 2, reason="r"))
    view = found.as_of("2022")
    assert [s.number for s in view.involving("p1").standings] == [CLAIM + 3]
    assert [s.number for s in view.between("p1", "pm").standings] == [CLAIM + 3]
    assert view.involving("p2").standings == ()
    assert [s.claim.actors("holder") for s in view.standings] == [("p1",)]


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        (change("o"), "record-form: change: wanted the fields that change, with their new values"),
        ({**change("o", since="2020"), "record": {}}, "record-form: change: give it, or the whole record; not both"),
        (change(S, title="T"), "correct-kind: nothing stands of #17 that some fields could be changed of"),
        (change("o", type="stance"), "correct-kind: changes names 'type', no field that it can change"),
        (change("o", sinse="2020"), "record-form: record.sinse: unknown key; did you mean 'since'?"),
        (Correct(target=CLAIM + 1, reason="misread", changes=["until"], record=office(since="2020")),
         "correct-kind: it differs from #19 in more than changes names"),
        (Correct(target=CLAIM + 1, reason="misread", changes=["xyzzy"], record=office()),
         "correct-kind: changes names 'xyzzy', no field that it can change; give the whole record"),
        (Correct(target=CLAIM + 1, reason="misread", changes=["when"], record=event("CONSULT", "2021", actor="p1", recipient="p2")),
         "correct-kind: #19 is of another type; give the whole record, and leave changes out"),
        (Correct(target=CLAIM + 1, reason="misread", settles=[CLAIM], record=office()),
         "target-kind: #18 is no dispute of #19; a correction settles those alone"),
        (Correct(target=CLAIM + 1, reason="misread", settles=[99], record=office()),
         "target-exists: there is no entry #99 before this one"),
        (Correct(target=S, reason="refined", settles=[CLAIM], record=source()),
         "correct-kind: changes and settles are of corrections of claims alone"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_so_is_told(record: Any, fault: str) -> None:
    """A correction of some fields says no more than that, and is of a claim that stands."""
    found = claim()
    with pytest.raises(Refused) as refused:
        found.append(record)
    assert fault in str(refused.value)


def test_what_was_taken_back_or_erased_is_not_settled_or_changed() -> None:
    """A dispute that was retracted needs no settling; fields that are erased cannot be kept."""
    found = claim()
    found.append(Dispute(target=CLAIM + 1, citations=cited()))
    found.append(Retract(target=CLAIM + 2, reason="r"))
    with pytest.raises(Refused, match="was taken back already"):
        found.append({**change("o", since="2019"), "settles": [CLAIM + 2]})
    found.append(change("o", since="2019"))
    with pytest.raises(Refused, match="two readings of one claim"):
        found.append(Identify(claims=[CLAIM + 1, CLAIM + 4], verdict="same", reason="r"))


def test_a_claim_and_its_correction_may_stand_in_one_draft_that_is_appended_again() -> None:
    """Whatever is there is not written twice, and corrected nothing is entered anew."""
    draft = """
    default_source = "s"
    [[event]]
    label = "z"
    type = "CONSULT"
    actor = "JPN"
    when = "2020"
    locator = "p. 9"
    [[correct]]
    target = "z"
    reason = "misread"
    [correct.record]
    kind = "event"
    label = "z"
    type = "CONSULT"
    actor = "JPN"
    when = "2019"
    locator = "p. 9"
    [[dispute]]
    target = "z"
    locator = "p. 10"
    """
    found = ledger(source())
    drafts = parse_drafts(draft.encode(), "d.toml", Path())
    first = [entry.number for entry in found.append(*drafts)]
    assert [entry.number for entry in found.append(*drafts)] == first == [S + 1, S + 2, S + 3]
    assert [s.claim.when.text for s in found.as_of("2021").standings] == ["2019"]  # type: ignore[attr-defined]


def test_what_was_taken_back_is_not_corrected_by_its_corrections() -> None:
    """A claim that was taken back is gone with all its readings."""
    found = claim()
    found.append(office("p3", label="x"), change("x", since="2019"))
    found.append(Retract(target=CLAIM + 2, reason="r"))
    again = {
        "kind": "correct",
        "target": CLAIM + 3,
        "reason": "misread",
        "record": to_body(office()),
    }
    with pytest.raises(Refused, match=f"#{CLAIM + 3} was already retracted by #{CLAIM + 4}"):
        found.append(again)


def test_fields_of_an_erased_reading_cannot_be_kept() -> None:
    """Another reading of the claim may still be named, but not what it said."""
    found = claim()
    correction = Correct(target=CLAIM + 1, reason="misread", record=office(since="2019"))
    found.append(correction, Correct(target=CLAIM + 1, reason="misread", record=office("p2")))
    found.redact(CLAIM + 1, CLAIM + 2, CLAIM + 3, reason="r", authority="a", leave_traces=True)
    with pytest.raises(Refused, match="erased"):
        found.append(
            Correct(
                target=CLAIM + 1, reason="misread", changes=["since"], record=office(since="2018")
            )
        )


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        (4, {"lower": 4, "upper": 4}),
        ("4", {"lower": 4, "upper": 4}),
        ("4 times", {"lower": 4, "upper": 4}),
        ("at least 5", {"lower": 5}),
        ("more than 5", {"lower": 6}),
        ("up to 3", {"lower": 0, "upper": 3}),
        ("fewer than 3", {"lower": 0, "upper": 2}),
        ("3 to 5", {"lower": 3, "upper": 5}),
        ("twelve", {"lower": 12, "upper": 12}),
        ("none", {"lower": 0, "upper": 0}),
        ("about 5", "about 5"),
        ("many", "many"),
        ("2.5", "2.5"),
        ("5 t", "5 t"),
        ("", ""),
        (True, True),
    ],
)
def test_a_count_in_words_is_its_bounds(said: object, bounds: object) -> None:
    """What is read as whole numbers is written as bounds, both included; all else stays, to be refused."""
    assert expanded({"kind": "tally", "count": said})["count"] == bounds
