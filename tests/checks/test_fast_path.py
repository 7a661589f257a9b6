"""The short way into the log: what it lets pass, the long way lets pass, with the same body."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import Ledger, Refused
from factledger.checks.fast_path import FastPath
from factledger.records.codec import to_body
from factledger.testing.history import History, extended, histories, opened

Body = dict[str, Any]
odd = st.sampled_from(
    [None, "", " ", 0, 1, True, [], {}, "JPN", "UKR", "2021-01-01", "2030", "..", "x/y", "\u202e", "é",
     "same", "-x", "state", "event", "CONSULT", ["JPN"], [{"role": "actor"}], {"source": "s1"},
     [{"field": "type", "reason": "so"}], [{"field": "participants[0].actor", "reason": "so", "as_said": "he"}],
     [{"field": "no-such", "reason": "so"}], [{"field": "type"}], [{"field": "type", "reason": " "}]]
)  # fmt: skip


def answer(ledger: Ledger, *bodies: Body) -> object:
    """Return what a ledger answers to records: its head after it took them, or its problems."""
    try:
        ledger.append(*bodies)
    except Refused as refused:
        return refused.problems
    return ledger.head, len(ledger)


def both_ways(history: History, *bodies: Body) -> tuple[object, object]:
    """Return the answers to records by the short way, where it is open, and by the long."""
    short, long = history.ledger(), history.ledger()
    with patch.object(FastPath, "claim", lambda *_: False):
        told = answer(long, *bodies)
    return answer(short, *bodies), told


@given(histories())
def test_bodies_are_taken_as_records_are(history: History) -> None:
    """A history given as plain bodies makes the very ledger that its records make."""
    taken = extended(opened(history.first, history.step), ())
    for record in history.records:
        taken.append(to_body(record))
    assert taken.head == history.ledger().head


@given(histories())
def test_records_are_taken_alike_on_both_ways(history: History) -> None:
    """A history makes the very ledger by the short way, where it is open, that it makes by the long."""
    with patch.object(FastPath, "claim", lambda *_: False):
        long = history.ledger().head
    assert history.ledger().head == long


@given(histories(), st.data())
def test_the_short_way_takes_nothing_that_the_long_refuses(
    history: History, data: st.DataObject
) -> None:
    """A claim with something odd in it is taken, known or refused alike on both ways."""
    bodies = [to_body(record) for record in history.records]
    claims = [b for b in bodies if b["kind"] in ("event", "state", "correct")]
    body = dict(data.draw(st.sampled_from(claims or bodies)))
    held = body.get("record", body)
    changed = dict(held)
    name = data.draw(
        st.sampled_from([*sorted(changed), "label", "mode", "until", "text", "inferred", "x"])
    )
    if data.draw(st.booleans()) and name in changed:
        del changed[name]
    elif _has_parts(changed.get(name)) and data.draw(st.booleans()):
        part = dict(changed[name][0])
        part[data.draw(st.sampled_from([*sorted(part), "of", "quote", "as_said"]))] = data.draw(odd)
        changed[name] = [part, *changed[name][1:]]
    else:
        changed[name] = data.draw(odd)
    asked = {**body, "record": changed} if "record" in body else changed
    short, long = both_ways(history, asked, *data.draw(st.sampled_from([(), (asked,)])))
    assert short == long


def _has_parts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


WHO = [{"role": "actor", "actor": "JPN"}, {"role": "recipient", "actor": "UKR"}]


def claim(**fields: Any) -> Body:
    """Return the body of a visit, with fields changed."""
    return {
        "kind": "event",
        "type": "CONSULT",
        "when": "2021-01-02",
        "participants": WHO,
        "citations": [{"source": "wire", "locator": "p. 1"}],
        **fields,
    }


ODD_CLAIMS = st.lists(
    st.dictionaries(
        st.sampled_from([*claim(), "mode", "value", "inferred", "x"]), odd, max_size=1
    ).map(lambda change: claim(**change)),
    max_size=4,
)


@given(ODD_CLAIMS)
def test_claims_tried_apart_meet_the_faults_that_they_meet_together(claims: list[Body]) -> None:
    """Of claims without labels none rests on another: tried each by itself they have the same problems."""
    made = countries()
    apart, together = (problems_of(made, claims, apart=apart) for apart in (True, False))
    assert apart == together
    assert len(made) == 4


def problems_of(made: Ledger, claims: list[Body], *, apart: bool) -> object:
    """Return the problems of claims that are tried."""
    try:
        made.try_append(*claims, apart=apart)
    except Refused as refused:
        return refused.problems
    return ()


def test_what_is_plainly_fit_gets_no_number_apart() -> None:
    """A claim that is tried apart is looked at and left; one with a label keeps its place."""
    made, labelled = countries(), claim(label="a", when="2021-02")
    assert made.try_append(claim(), labelled, claim(), apart=True) == (5,)
    assert made.try_append(claim(), labelled, claim(), apart=False) == (5, 6, 5)
    with pytest.raises(Refused, match="label"):
        made.try_append(labelled, claim(label="a", when="2020"), apart=True)


@pytest.fixture
def ledger() -> Ledger:
    """Return a ledger with two countries and a source."""
    return countries()


def countries() -> Ledger:
    """Return a ledger with two countries and a source."""
    made = Ledger.create("memory:", origin="plain")
    made.append(
        {"kind": "actor", "id": "JPN", "category": "country", "names": ["Japan"]},
        {"kind": "actor", "id": "UKR", "category": "country", "names": ["Ukraine"]},
        {"kind": "source", "id": "wire", "title": "A wire", "published": "2022"},
    )
    return made


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ["event"]}, {"participants": ()}, {"citations": "wire"}, {"citations": []},
        {"participants": ["JPN"]}, {"participants": [{"role": "x", "actor": "JPN"}]},
        {"participants": [{"role": "actor", "actor": ["JPN"]}]}, {"type": ["CONSULT"]},
        {"participants": [{"role": "actor", "actor": "FRA"}]}, {"type": "no-such"},
        {"mode": "no-such"}, {"citations": [{"source": "other", "locator": "p"}]},
        {"citations": [{"source": "wire", "locator": " "}]}, {"citations": [{"source": "wire"}]},
        {"participants": [{"role": "actor", "actor": "JPN", "as_said": " "}, *WHO[1:]]},
        {"participants": [{"role": "actor", "actor": "JPN", "of": "UKR"}, *WHO[1:]]},
        {"inferred": []}, {"inferred": {}}, {"inferred": ["when"]}, {"inferred": [{"field": "when"}]},
        {"inferred": [{"field": "no-such", "reason": "so"}]}, {"inferred": [{"field": "since", "reason": "so"}]},
        {"inferred": [{"field": "when", "reason": "so", "as_said": 5}]},
        {"inferred": [{"field": "when", "reason": "so", "note": "x"}]},
        {"when": "2023"}, {"when": 5}, {"when": "soon"}, {"text": " "}, {"label": 5},
    ],
)  # fmt: skip
def test_what_is_not_plainly_fit_is_left_to_the_long_way(ledger: Ledger, change: Body) -> None:
    """Whatever is odd about a claim, the short way does not judge it."""
    assert FastPath(ledger.index).claim(claim())
    assert not FastPath(ledger.index).claim(claim(**change))


def test_the_words_of_a_source_and_what_is_inferred_are_plain(ledger: Ledger) -> None:
    """A claim may say how its source calls who takes part, and which fields it does not say itself."""
    said = [{**WHO[0], "as_said": "Tokyo"}, WHO[1]]
    because = {"field": "participants[0].actor", "reason": "the capital is named"}
    told = claim(participants=said, inferred=[because, {**because, "as_said": "Tokyo"}])
    assert FastPath(ledger.index).claim(told)
    [entry] = ledger.append(told)
    assert json.loads(list(ledger.lines())[-1])["body"] == told
    assert entry.record is not None
    assert to_body(entry.record) == told


def test_states_are_plain_with_ends_in_order(ledger: Ledger) -> None:
    """A state may have one end, both or none, in order; an unknown end is left out."""
    plain = FastPath(ledger.index).claim
    state = {n: v for n, v in claim(kind="state", type="sanctions").items() if n != "when"}
    fit: Callable[..., Body] = lambda **ends: {**state, **ends}  # noqa: E731
    for ends in ({"since": "2021", "until": ".."}, {}, {"until": "2021"}):
        assert plain(fit(**ends))
    for ends in ({"since": ""}, {"since": "2021", "until": "2020"}, {"since": "2021/2022"}):
        assert not plain(fit(**ends))


@pytest.mark.parametrize("name", ["mode", "since", "until", "label", "value"])
def test_what_is_nothing_is_left_out(ledger: Ledger, name: str) -> None:
    """A null of JSON, or None, stands in no line, also where its like was taken before."""
    state = {n: v for n, v in claim(kind="state", type="sanctions").items() if n != "when"}
    ledger.append(state)
    [entry] = ledger.append({**state, "text": "again", name: None})
    assert entry.record == ledger.entry(entry.number).record
    assert json.loads(list(ledger.lines())[-1])["body"] == {**state, "text": "again"}
    assert Ledger(ledger._kept.store).check() == ()


def test_a_correction_is_plain_where_its_target_stands(ledger: Ledger) -> None:
    """What names no standing claim, or is no correction by a claim, goes the long way."""
    ledger.append(claim())
    number = len(ledger)
    correct = {"kind": "correct", "target": number, "reason": "misdated", "record": claim()}
    plain = FastPath(ledger.index).correction
    assert plain(correct)
    changes: tuple[Body, ...] = (
        {"target": "#5"}, {"target": number + 1}, {"target": 2}, {"reason": "x"}, {"record": 5},
        {"note": "so"}, {"record": {}},
    )  # fmt: skip
    for change in changes:
        assert not plain({**correct, **change})
    ledger.append({**correct, "record": claim(when="2021-01-03")})
    assert not plain(correct)


def test_a_label_is_taken_once(ledger: Ledger) -> None:
    """A plain claim with the label of a live one is refused; its correction may keep it."""
    ledger.append(claim(label="visit"))
    with pytest.raises(Refused, match="label-unique"):
        ledger.append(claim(label="visit", when="2021-02-02"))
    changed = claim(label="visit", when="2021-02-02")
    ledger.append(
        {"kind": "correct", "target": len(ledger), "reason": "misdated", "record": changed}
    )
    with pytest.raises(Refused, match="label-unique"):
        ledger.append(claim(label="visit", when="2021-03-03"))
    assert ledger.find("visit").number == len(ledger)


def test_a_correction_with_a_hidden_letter_is_refused(ledger: Ledger) -> None:
    """What the short way cannot see through is looked at on the long."""
    ledger.append(claim())
    hidden = {**claim(), "text": "so\u202eit was"}
    with pytest.raises(Refused, match="name-visible"):
        ledger.append(
            {"kind": "correct", "target": len(ledger), "reason": "misread", "record": hidden}
        )


def test_what_was_corrected_is_there_by_either_way() -> None:
    """The claim that was first told, told again as it was, is not written twice."""
    ledger = Ledger.create("memory:", origin="o")
    told = {
        "kind": "event", "type": "CONSULT", "when": "2021-01-02",
        "participants": [{"role": "actor", "actor": "A"}],
        "citations": [{"source": "s", "locator": "p. 1"}],
    }  # fmt: skip
    ledger.append(
        {"kind": "source", "id": "s", "title": "S", "published": "2021-02"},
        {"kind": "actor", "id": "A", "category": "group", "names": ["A"]},
        told,
        {"kind": "correct", "target": 4, "reason": "misdated", "record": {**told, "when": "2021"}},
    )
    assert [e.number for e in ledger.append(told)] == [4]
    ledger.append({"kind": "retract", "target": 5, "reason": "misread"})
    ledger.append({"kind": "retract", "target": 4, "reason": "misread"})
    assert [e.number for e in ledger.append(told)] == [8]


def test_what_is_declared_between_claims_counts_for_the_next(ledger: Ledger) -> None:
    """A claim is held against the sources as the records before it in the batch leave them."""
    number = ledger.index.declarations("source", "wire")[-1]
    earlier = {"kind": "source", "id": "wire", "title": "A wire", "published": "2020"}
    correct = {"kind": "correct", "target": number, "reason": "misdated", "record": earlier}
    with pytest.raises(Refused, match="record 3"):
        ledger.append(claim(when="2019-05-05"), correct, claim())


def test_a_text_that_no_line_holds_is_refused(ledger: Ledger) -> None:
    """Half of a surrogate pair is a problem of its record, also in a claim that is plain otherwise."""
    with pytest.raises(Refused, match="surrogate"):
        ledger.append(claim(text="\ud800"))
