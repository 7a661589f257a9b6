"""Drafts: TOML and JSON → proposals, each with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factledger import Actor, Ledger, Refused, Retract, Source, read_drafts
from factledger.checks.proposals import expanded, proposed
from factledger.intake.claim_dates import series_ends
from factledger.intake.drafts import parse_drafts, read_text

HERE = Path()


def bodies(text: str) -> list[Any]:
    """Return the bodies of a draft."""
    return [p.body for p in parse_drafts(text.encode(), "d", HERE)]


def places(text: str) -> list[str]:
    """Return where the records of a draft stand."""
    return [p.where for p in parse_drafts(text.encode(), "d", HERE)]


def refusal(raw: bytes) -> str:
    """Return what is said of a draft that cannot be read."""
    with pytest.raises(Refused) as refused:
        parse_drafts(raw, "d", HERE)
    return str(refused.value)


MIXED = """\
# a comment with [[event]] in it

[[actor]]
id = "A"

  [[ event ]]
when = 2023-03-21
[[actor]]
id = "B"

[[event.participants]]
role = "actor"
"""


def test_toml_tables_keep_their_order_and_lines() -> None:
    """Records of several kinds come in the order of the file, each with the line of its header."""
    assert places(MIXED) == ["d:3", "d:6", "d:8"]
    assert [body["kind"] for body in bodies(MIXED)] == ["actor", "event", "actor"]


def test_single_table_is_a_record_too() -> None:
    """`[event]` with one bracket, and a stray key, are proposals; what they lack is found later."""
    assert bodies("[event]\nwhen = '2023'\n") == [{"kind": "event", "when": "2023"}]
    assert bodies("stray = 5\n") == [5]
    assert places("stray = 5\n") == ["d:1"]


def test_json_lines_keep_their_lines() -> None:
    """One record a line; blank lines count as lines only."""
    text = '{"kind": "retract", "target": 1}\n\n{"kind": "retract", "target": 2}\n'
    assert places(text) == ["d:1", "d:3"]
    assert [body["target"] for body in bodies(text)] == [1, 2]


def test_json_array_counts_its_records() -> None:
    """An array has no lines to name, so its records are counted."""
    text = '\n [ {"kind": "retract", "target": 1},\n {"kind": "retract", "target": 2}]'
    assert places(text) == ["d: record 1", "d: record 2"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\n\xff", "d:2: draft-readable: the draft is not UTF-8; save it as UTF-8"),
        (b'{"a": 1}\n{"a": 1, "a": 2}', "d:2: draft-readable: not JSON that a record can have: duplicate key 'a'"),
        (b'[{"a": NaN}]', "d: draft-readable: not JSON that a record can have: NaN is not an integer; write it as a text"),
        (b"a = 1\na = 2\n", "d:2: draft-readable: not TOML: a key stands twice (at line 2, column 6)"),
        (b"a =", "d: draft-readable: not TOML: Invalid value (at end of document)"),
    ],
)  # fmt: skip
def test_draft_that_cannot_be_read(raw: bytes, said: str) -> None:
    """What is neither TOML nor JSON is refused with its place."""
    assert refusal(raw) == said


@pytest.mark.parametrize(
    ("table", "participants"),
    [
        ({"actor": "A"}, [{"role": "actor", "actor": "A"}]),
        ({"party": ["A", "B"]}, [{"role": "party", "actor": "A"}, {"role": "party", "actor": "B"}]),
        ({"holder": {"actor": "A", "of": "B"}}, [{"role": "holder", "actor": "A", "of": "B"}]),
        (
            {"actor": "A", "participants": [{"role": "topic", "actor": "T"}]},
            [{"role": "topic", "actor": "T"}, {"role": "actor", "actor": "A"}],
        ),
        (
            {"with": "A", "participants": {"role": "topic", "actor": "T"}},
            [{"role": "topic", "actor": "T"}, {"role": "with", "actor": "A"}],
        ),
    ],
)
def test_roles_make_participants(table: dict[str, Any], participants: list[Any]) -> None:
    """A role as a key names one actor, several, or one with more to say; stated ones come first."""
    assert expanded({"kind": "event", **table})["participants"] == participants


@pytest.mark.parametrize(
    ("table", "citations"),
    [
        ({"source": "s", "quote": "q"}, [{"source": "s", "quote": "q"}]),
        ({"quote": "q", "prefix": "p"}, [{"source": "default", "quote": "q", "prefix": "p"}]),
        ({"source": "s", "start": 1, "end": 2}, [{"source": "s", "start": 1, "end": 2}]),
        (
            {"source": "s", "quote": "q", "citations": [{"locator": "l"}, {"source": "t", "locator": "m"}]},
            [{"source": "s", "quote": "q"}, {"source": "s", "locator": "l"}, {"source": "t", "locator": "m"}],
        ),
        ({"citations": {"locator": "l"}}, [{"source": "default", "locator": "l"}]),
        ({"citations": ["not an object"]}, ["not an object"]),
    ],
)  # fmt: skip
def test_keys_of_a_citation_make_one(table: dict[str, Any], citations: list[Any]) -> None:
    """A quote, a place or a locator beside the other keys is a citation of the record's source."""
    assert expanded({"kind": "event", **table}, "default")["citations"] == citations


def test_citation_without_any_source_is_left_to_the_checks() -> None:
    """Nothing is made up where no source is named."""
    assert expanded({"kind": "event", "quote": "q"})["citations"] == [{"quote": "q"}]
    assert "citations" not in expanded({"kind": "event", "source": "s"})


def test_record_of_a_correction_is_expanded_too() -> None:
    """The record that a correction puts in place has the same shorthand."""
    table = {"kind": "correct", "record": {"kind": "event", "actor": "A", "quote": "q"}}
    assert expanded(table, "s")["record"] == {
        "kind": "event",
        "participants": [{"role": "actor", "actor": "A"}],
        "citations": [{"source": "s", "quote": "q"}],
    }


@pytest.mark.parametrize(
    "table", [5, "text", None, [], {"kind": "events"}, {"kind": ["event"]}, {}]
)
def test_what_is_no_record_stays_as_it_is(table: object) -> None:
    """Shorthand is only written out where the kind says what it means."""
    assert expanded(table) == table


def test_dates_of_toml_need_no_quotes() -> None:
    """TOML's own dates become text in fields of dates, and only there."""
    text = "[[source]]\npublished = 2024-11-01\n[[event]]\nwhen = 2023-03-21\nvalue = 2023-03-22\n"
    source, event = bodies(text)
    assert (source["published"], event["when"]) == ("2024-11-01", "2023-03-21")
    assert not isinstance(event["value"], str)


@pytest.mark.parametrize(
    "head",
    [
        'default_source = "s"\n',
        '[[source]]\nid = "s"\n',
        'default_source = "s"\n[[source]]\nid = "other"\n',
        '[source]\nid = "s"\n',
    ],
)
def test_claims_cite_the_source_of_their_draft(head: str) -> None:
    """A source named at the top, or the only one declared, is that of all claims that name none."""
    event = bodies(head + '[[event]]\nquote = "q"\n')[-1]
    assert event["citations"] == [{"source": "s", "quote": "q"}]


def test_two_sources_are_no_default() -> None:
    """Where a draft declares several sources, each claim names its own."""
    text = '[[source]]\nid = "s"\n[[source]]\nid = "t"\n[[event]]\nquote = "q"\n'
    assert bodies(text)[-1]["citations"] == [{"quote": "q"}]


def test_text_of_a_source_is_read_beside_the_draft(tmp_path: Path) -> None:
    """The file that `text` names is read from the folder of the draft; the key is not recorded."""
    (tmp_path / "s.txt").write_bytes(b"line\r\nline")
    draft = tmp_path / "d.toml"
    draft.write_text('[[source]]\nid = "s"\ntext = "s.txt"\n[[event]]\ntext = "a sentence"\n')
    source, event = read_drafts(str(draft))
    assert source.texts == {"s": "line\r\nline"}
    assert source.body == {"kind": "source", "id": "s"}
    assert event.body["text"] == "a sentence"
    assert source.where == f"{draft}:1"


def test_draft_that_is_not_there(tmp_path: Path) -> None:
    """A file that cannot be read is a problem of that file."""
    with pytest.raises(Refused) as refused:
        read_drafts(str(tmp_path))
    assert str(refused.value) == (
        f"{tmp_path}: draft-readable: cannot read the draft: is a directory; name a file, or - for "
        "standard input"
    )


def test_text_that_is_no_text(tmp_path: Path) -> None:
    """A text is UTF-8; its place is the draft's, or the file's own."""
    (tmp_path / "s.txt").write_bytes(b"\xff")
    for where in ("d:1", ""):
        with pytest.raises(Refused) as refused:
            read_text(tmp_path / "s.txt", where)
        place = where or f"{tmp_path}/s.txt"
        assert str(refused.value) == (
            f"{place}: source-text: the text {tmp_path}/s.txt is not UTF-8; save it as UTF-8"
        )


def test_records_tables_and_proposals_are_proposed_alike() -> None:
    """Records given in Python are counted, tables are expanded, proposals stay what they are."""
    proposal = parse_drafts(b'{"kind": "retract", "target": 1, "reason": "r"}', "d", HERE)[0]
    record = Retract(target=1, reason="r")
    given: list[Any] = [record, {"kind": "event", "actor": "A"}, proposal]
    found = [proposed(r, i) for i, r in enumerate(given, start=1)]
    assert [p.where for p in found] == ["record 1", "record 2", "d:1"]
    assert found[0].record is record
    assert found[1].body["participants"] == [{"role": "actor", "actor": "A"}]
    assert found[2] is proposal


def test_tables_written_inline_are_placed_at_their_line(tmp_path: Path) -> None:
    """A draft may write its tables in a list: each is placed at the line on which it begins."""
    text = '# a draft\nsource = [{ id = "s", title = "S" }]\nactor = [\n  { id = "A" },\n  { id = "B" },\n]\n'

    found = parse_drafts(text.encode(), "draft.toml", tmp_path)

    assert [p.where for p in found] == ["draft.toml:2", "draft.toml:4", "draft.toml:5"]


ENDS = """
[[source]]
id = "s"
title = "S"

[[state]]
type = "office"
holder = "ann"
post = "premier"
locator = "p. 1"
since = 1999-05-01
"""


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ("before = 2001-09-30", "2001-09-29"),
        ("before = '2001-09'", "2001-08-31"),
        ("before = '2001~'", "2000-12-31~"),
        ("before = '..'", ".."),
        ("until = 2001-09-30", "2001-09-30"),
    ],
)
def test_an_end_that_is_not_included_is_the_day_before(end: str, until: str) -> None:
    """`before` stands beside `until`; what is recorded is the last day on which it held."""
    body = bodies(ENDS + end)[1]
    assert body["until"] == until
    assert "before" not in body


def test_the_end_of_a_close_and_of_a_correction_can_be_one_that_is_not_included() -> None:
    """Wherever a record says when something ended."""
    closing = {"kind": "close", "target": "a", "before": "2001-09-30"}
    assert expanded(closing) == {"kind": "close", "target": "a", "until": "2001-09-29"}
    record = {"kind": "state", "type": "office", "before": "2001"}
    found = expanded({"kind": "correct", "target": "a", "reason": "misdated", "record": record})
    assert found["record"]["until"] == "2000-12-31"


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"until": "2001", "before": "2001-09-30"},
         "before: until and before both say when it ended, until with that day; leave one out"),
        ({"before": "200X"},
         "before: '200X' is not a date: an end that is not included is a day, a month, a season or a "
         "year; write in 'until' the last day that is included"),
        ({"before": "soon"}, "before: 'soon' is not a date: dates are written in digits, as in "
         "2015-03 (March) or 2015-21 (spring)"),
        ({"before": 7}, "before: wanted a date as text, found 7"),
    ],
)  # fmt: skip
def test_an_end_that_is_none_is_told_once(more: dict[str, Any], fault: str) -> None:
    """Two ends, and what is no date, are refused with what is wrong about them."""
    ledger = Ledger.create("memory:", origin="o")
    ledger.append(
        Source(id="s", title="S"), Actor(id="a", category="person", names=["A"]),
        Actor(id="p", category="organization", names=["P"]),
    )  # fmt: skip
    state = {"kind": "state", "type": "membership", "holder": "a", "party": "p", "source": "s",
             "locator": "p. 1", **more}  # fmt: skip
    for given in (state, {"kind": "correct", "target": 5, "reason": "misdated", "record": state}):
        with pytest.raises(Refused) as refused:
            ledger.try_append(given)
        assert f"record 1: record-form: {fault}" in map(str, refused.value.problems)
        assert not any("unknown key" in str(problem) for problem in refused.value.problems)


def test_what_has_no_end_has_none_that_is_not_included() -> None:
    """An event has no end to give."""
    ledger = Ledger.create("memory:", origin="o")
    with pytest.raises(Refused, match="before: a record of kind 'event' has no end"):
        ledger.try_append({"kind": "event", "type": "CONSULT", "when": "2001", "before": "2002"})


SERIES = """
default_source = "s"
[[state]]
type = "office"
holder = "ann"
since = 1999-05-01
until = "next"
series = "premiers"
[[state]]
type = "office"
holder = "cy"
since = "2004"
until = "next"
series = "premiers"
[[state]]
type = "office"
holder = "bob"
since = "2001-03"
until = "next"
series = "premiers"
[[state]]
type = "office"
holder = "eve"
since = "2001-03"
until = "2002"
series = "mayors"
"""


def test_each_of_a_series_lasts_until_the_next_began() -> None:
    """By their starts, not their order in the draft; the last goes on, and another series is apart."""
    found = bodies(SERIES)
    ends = ["[2001-02-28..2001-03-30]", "..", "[2003-12-31..2004-12-30]", "2002"]
    assert [body["until"] for body in found] == ends
    assert [body.get("inferred", [{}])[0].get("reason") for body in found] == [
        "the day before the next of the series 'premiers' began, in '2001-03'",
        "the last of the series 'premiers', which its source gives whole",
        "the day before the next of the series 'premiers' began, in '2004'",
        None,
    ]
    assert not any("series" in body for body in found)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('series = "premiers"', ""), 'd:3: series-order: until = "next" needs series = a name '
         "that all states of the series bear"),
        (('"premiers"', "5"), 'd:3: series-order: until = "next" needs series = a name '
         "that all states of the series bear"),
        (("since = 1999-05-01", ""), "d:3: series-order: since is missing; a series is told by the "
         "day on which each of its states began"),
        (("1999-05-01", '"soon"'), "d:3: series-order: since: 'soon' is not a date: dates are written in "
         "digits, as in 2015-03 (March) or 2015-21 (spring)"),
        (("1999-05-01", '"2001-03-05"'), "d:15: series-order: one of the series 'premiers' begins in "
         "'2001-03' and one in '2001-03-05': it is not said which is first; give this one its until"),
    ],
)  # fmt: skip
def test_a_series_says_of_each_when_it_began(change: tuple[str, str], fault: str) -> None:
    """What cannot be put in order has no end."""
    assert refusal(SERIES.replace(*change, 1).encode()) == fault


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001-03-01", "2001-03-01"),
        ("2001-03", "[2001-03-31..2002-01-01]"),
        ("..", "2001"),
        ("", "2001"),
    ],
)
def test_of_a_series_no_two_can_have_begun_on_one_day(one: str, other: str) -> None:
    """The earlier has no end then, whichever is written first; an open start has none either."""
    found = series_ends([("a", one), ("b", one), ("a", other)])
    assert found[0].fault is not None
    assert series_ends([("a", other), ("a", one)])[1].until == found[0].until or one == other


def test_a_draft_can_say_how_wide_its_approximate_dates_are() -> None:
    """They are windows then, and inferred says whose word that is; other dates stay as they are."""
    head = 'default_approximate = "10 years"\n'
    claim = '[[state]]\ntype = "office"\nsince = "1630~"\nuntil = "1650"\n'
    nested = (
        '[[correct]]\ntarget = "a"\n[correct.record]\nkind = "event"\nwhen = "1630?/1640"\n'
        'inferred = { field = "type", reason = "r" }\n'
    )
    told = {
        "field": "since",
        "reason": "the draft reads an approximate date as within 10 years",
        "as_said": "1630~",
    }
    state, actor, correct = bodies(f"{head}{claim}[[actor]]\nid = 'a'\n{nested}")
    assert state["since"] == "[1620..1640]"
    assert (state["until"], state["inferred"], actor) == (
        "1650",
        [told],
        {"kind": "actor", "id": "a"},
    )
    assert correct["record"]["when"] == "1630?/1640"
    again = bodies(f"{head}{nested.replace('1630?/1640', '1630~')}stray = 5\n")
    assert again[0]["record"]["inferred"] == [
        {"field": "type", "reason": "r"}, {**told, "field": "when"},
    ]  # fmt: skip
    assert bodies(f"{head}stray = 5\n") == [5]


def test_claims_in_short_come_before_what_is_about_them() -> None:
    """They stand behind declarations and claims, and before corrections and disputes; each keeps its line."""
    draft = (
        "default_approximate = \"10 years\"\nclaims = '''\nvisit: a; 2020; x\n'''\n"
        '[[dispute]]\ntarget = "l"\n[[actor]]\nid = "a"\n[[note]]\ntext = "t"\n[[event]]\nlabel = "l"\n'
    )
    found = parse_drafts(draft.encode(), "d.toml", Path())
    assert [(p.body["kind"], p.where) for p in found] == [
        ("actor", "d.toml:7"),
        ("note", "d.toml:9"),
        ("event", "d.toml:11"),
        ("claim", "d.toml:3"),
        ("dispute", "d.toml:5"),
    ]
    assert found[3].body["approximate"] == "10 years"
    assert refusal(b"default_approximate = 10\n") == (
        "d: draft-readable: default_approximate: wanted a width such as '10 years', '6 months' or "
        "'5 days', found 10"
    )


def test_a_count_that_is_one_number_is_that_number() -> None:
    """In a tally and in what a correction changes of one; a count with bounds stays as it is."""
    three, bounds = {"lower": 3, "upper": 3}, {"lower": 2}
    assert expanded({"kind": "tally", "count": 3})["count"] == three
    assert expanded({"kind": "tally", "count": bounds})["count"] == bounds
    changed = expanded({"kind": "correct", "target": 5, "change": {"count": 3}})
    assert changed["change"]["count"] == three


def test_what_looks_like_a_list_within_a_list_is_none(tmp_path: Path) -> None:
    """Words of several lines may hold anything; each table keeps the line at which it stands."""
    text = (
        'actor = [\n  { id = "A", category = "country", names = ["""Aland\nactor = [\n"""] },\n'
        '  { id = "B", category = "land", names = ["Bland"] },\n]\n'
    )
    ledger = Ledger.create("memory:", origin="o")
    with pytest.raises(Refused) as refused:
        ledger.append(*parse_drafts(text.encode(), "draft.toml", tmp_path))
    assert [p.where for p in refused.value.problems if p.check == "record-form"] == ["draft.toml:5"]
