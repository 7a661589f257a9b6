"""The short way from a row to its claim is the long one, only shorter."""

from __future__ import annotations

import json

import attrs
from hypothesis import event, given
from hypothesis import strategies as st

from factledger.errors import Refused
from factledger.intake.maps.map import Map
from factledger.intake.maps.map_file import parse_map
from factledger.intake.plain_rows import plain_claim
from factledger.intake.reading.row import FileRow
from factledger.intake.row_steps import row_steps_of

CELLS = st.fixed_dictionaries(
    {
        "a": st.sampled_from(["event", "state", "tally", "note", "JPN", "r1", "", "é"]),
        "b": st.sampled_from(["2020-05-01", "next", "..", "", "31/12/2021", "-044"]),
    },
    optional={"c": st.sampled_from(["x", "", "{a}"])},
)
TEXTS = ['"event"', '"state"', '"{a}"', '"{b}"', '"{c}"', '"x{a}"', '"{a:id}"', '"next"', '""']
CASES = [
    '{ is = "{b}", format = "%d/%m/%Y" }',
    '{ year = "{b}" }',
    '{ if = { a = "?*" }, is = "{b}" }',
]
OTHERS = ["2020", "true", '[{ role = "actor", actor = "{a}" }]', '["{a}", "x"]']
VALUES = st.sampled_from([*TEXTS, *CASES, *OTHERS])
FIELDS = ["type", "mode", "value", "participants", "inferred", "when", "since", "until"]
SHORTHAND = ["actor", "quote", "locator", "before", "count", "text", "other"]
CLAIMS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4) | st.dictionaries(
    st.sampled_from([*FIELDS, *SHORTHAND]), VALUES, max_size=4
)
KINDS = st.sampled_from(['"event"', '"state"', '"{a}"', '"tally"', "2020"])
KEYS = st.sampled_from(['"r{a}"', '"r1"', '"{b}"', '"{c}"', '["r1", "r2"]'])
ROWS = st.fixed_dictionaries({"key": KEYS}) | st.fixed_dictionaries(
    {"key": KEYS},
    optional={
        "operation": st.sampled_from(['"assert"', '"{c}"', '"retract"']),
        "series": VALUES,
        "disputed": VALUES,
        "approximate": st.sampled_from(['"~2 years"', '"{c}"']),
        "recorded": st.sampled_from(['"2020-01-01T00:00:00.000000Z"', '"{b}"']),
    },
)


@st.composite
def maps(draw: st.DrawFn) -> Map | None:
    """Draw a map of one rule, None for one that is refused."""
    row, claim = draw(ROWS), {"kind": draw(KINDS), "type": '"{a}"', **draw(CLAIMS)}
    source = draw(st.sampled_from(['[[source]]\nid = "s"\ntitle = "S"', ""]))
    dates = draw(st.sampled_from(["", "", '[dates]\norder = "day-month"']))
    own = draw(st.sampled_from(["", "", '[columns]\nc = "{line}{a}"']))
    tables = [_table(row), "[row.claim]", _table(claim)]
    text = "\n".join([source, dates, own, "[row]", *tables])
    try:
        return parse_map(text, "map.toml")
    except Refused:
        return None


def _table(values: dict[str, str]) -> str:
    return "\n".join(f"{key} = {value}" for key, value in values.items())


@given(maps(), CELLS)
def test_the_short_way_makes_the_step_of_the_long_one(
    found: Map | None, cells: dict[str, str]
) -> None:
    """Under any map a row comes to the same step, or the same problem, by both ways."""
    row = FileRow(7, "ab" * 32, cells)
    if found is None:
        return
    long = attrs.evolve(
        found, rules=tuple(attrs.evolve(rule, asserts=False) for rule in found.rules)
    )
    steps = [repr([*row_steps_of(given, row, "f.csv")]) for given in (found, long)]
    event(f"short: {found.rules[0].asserts and 'RowStep' in steps[0]}")
    assert steps[0] == steps[1]


def test_a_plain_row_goes_the_short_way() -> None:
    """A row with texts for its dates needs nothing written out; one with a role for a key does."""
    plain = (
        '[row]\nkey = "{a}"\n[row.claim]\nsource = "s"\nkind = "event"\ntype = "T"\nwhen = "{b}"\n'
    )
    row = FileRow(7, "ab" * 32, {"a": "r1", "b": "2020-05-01"})
    for more, short in (
        ("", True),
        ('actor = "JPN"', False),
        ("since = 2020", False),
        ('until = "next"', False),
    ):
        rule = parse_map(plain + more, "map.toml").rules[0]
        assert (plain_claim(rule, row) is not None) is short, json.dumps(more)
