"""Drafts: TOML and JSON → proposals, each with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factledger import Refused, Retract, read_drafts
from factledger.checks.proposals import expanded, proposed
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


def test_tables_written_inline_are_placed_at_their_key(tmp_path: Path) -> None:
    """A draft may write its tables inline: each is placed at the line of the key that holds it."""
    text = '# a draft\nsource = [{ id = "s", title = "S" }]\nactor = [\n  { id = "A" },\n  { id = "B" },\n]\n'

    found = parse_drafts(text.encode(), "draft.toml", tmp_path)

    assert [p.where for p in found] == ["draft.toml:2", "draft.toml:3", "draft.toml:3"]
