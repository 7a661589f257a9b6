"""Drafts as people write them: dates without quotes, tables on one line, claims in short."""

from __future__ import annotations

from pathlib import Path

import pytest

from factledger import Refused
from factledger.intake.documents import parsed_toml
from factledger.intake.drafts import parse_drafts


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a = 2024-04", "2024-04"),
        ("a = 2024-04 # April", "2024-04"),
        ("a = 14 May 2024", "14 May 2024"),
        ("a = spring 2024 # or so", "spring 2024"),
        ("a = c. 1383", "c. 1383"),
        ("a = 14/5/2024", "14/5/2024"),
        ("a = 2024-04-03~", "2024-04-03~"),
        ("a = 2024-04?", "2024-04?"),
        ("a = 2024~", "2024~"),
        ("a = 202X", "202X"),
        ("a = 20XX", "20XX"),
        ("a = ..", ".."),
        ("a = 2024", 2024),
        ('a = "x = 2024-04"', "x = 2024-04"),
        ("a = 'x = 2024-04'", "x = 2024-04"),
        ('a = """\nx = 2024-04\n"""', "x = 2024-04\n"),
        ("a = '''\nx = 2024-04\n'''", "x = 2024-04\n"),
        ("# a = 2024-04\na = 1", 1),
        ("a = [2024-04, 2024-05]", ["2024-04", "2024-05"]),
        ("a = { b = 2024-04, c = .. }", {"b": "2024-04", "c": ".."}),
    ],
)
def test_a_date_that_toml_does_not_know_needs_no_quotes(written: str, read: object) -> None:
    """In the place of a value; what stands in a text or a comment is left alone."""
    assert parsed_toml(written)["a"] == read


@pytest.mark.parametrize("written", ["a = 2024-4", "a = 2024-04x", "a = .", "a = 2024-04 2024-05"])
def test_what_is_no_date_is_no_toml_still(written: str) -> None:
    """It is told as before."""
    with pytest.raises(ValueError, match="line 1"):
        parsed_toml(written)


def test_lines_of_errors_stay_where_they_are() -> None:
    """A date in quotation marks is as long as its line, which is what an error names."""
    with pytest.raises(Refused, match=r"d.toml:3: draft-readable: not TOML"):
        parse_drafts(b"a = 2024-04\nb = ..\nc = 2024-0\n", "d.toml", Path())


@pytest.mark.parametrize("date", ["2024", "2024-04", "2024-04-03"])
def test_dates_of_claims_are_text(date: str) -> None:
    """Years, months and days alike."""
    [draft] = parse_drafts(f"[[event]]\nwhen = {date}\n".encode(), "d.toml", Path())
    assert draft.body["when"] == date


def test_tables_on_one_line_are_declared_before_the_claims() -> None:
    """A key inside a claim is not taken for a second declaration; each has its place."""
    draft = (
        b'actor = [{ id = "A" }, { id = "B" }]\n'
        b'[[event]]\ntype = "CONSULT"\nactor = ["A", "B"]\nwhen = 2022\n'
    )
    found = parse_drafts(draft, "d.toml", Path())
    assert [(p.where, p.body["kind"]) for p in found] == [
        ("d.toml:1", "actor"), ("d.toml:1", "actor"), ("d.toml:2", "event")
    ]  # fmt: skip
    lone = parse_drafts(b'actor = [{ id = "A" }]\n', "d.toml", Path())
    assert [(p.where, p.body["id"]) for p in lone] == [("d.toml:1", "A")]


def test_json_between_fences_is_told_as_such() -> None:
    """As a chat gives it; an empty list holds no record."""
    with pytest.raises(
        Refused, match="d:1: draft-readable: it stands between lines with ```; leave"
    ):
        parse_drafts(b"\n```json\n[]\n```\n", "d", Path())
    assert parse_drafts(b" [\n] ", "d", Path()) == []


def test_short_claims_come_behind_the_tables() -> None:
    """Each has the line on which it stands, and the only source of the draft; blank lines and comments none."""
    draft = "claims = '''\n# of the first page\nvisit: a; 2020; x\n\n  visit: b; 2021; y\n'''\n\n"
    found = parse_drafts(f'{draft}[[source]]\nid = "s"\n'.encode(), "d.toml", Path())
    assert [(p.where, p.body.get("said")) for p in found] == [
        ("d.toml:8", None), ("d.toml:3", "visit: a; 2020; x"), ("d.toml:5", "visit: b; 2021; y")
    ]  # fmt: skip
    assert found[1].body == {"kind": "claim", "said": "visit: a; 2020; x", "source": "s"}
    [one] = parse_drafts(b'claims = "visit: a; 2020; x"', "d.toml", Path())
    assert (one.where, one.body["source"]) == ("d.toml:1", None)
    with pytest.raises(Refused, match="claims: wanted lines in '''"):
        parse_drafts(b"claims = 7", "d.toml", Path())
