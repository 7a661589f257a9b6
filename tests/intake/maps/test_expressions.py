"""Values of a map: what a row's cells become."""

from __future__ import annotations

from typing import Any

import pytest

from factledger import FieldError
from factledger.intake.maps.expressions import expression

ROW = {"id": "ab-1", "name": "New York", "start": "2021-05", "end": "", "n": "12", "a:b": "x"}


@pytest.mark.parametrize(
    ("held", "made"),
    [
        ("{id}", "ab-1"),
        ("{end}", None),
        (7, 7),
        (True, True),
        ({"actor": "{id}", "as_said": "{end}"}, {"actor": "ab-1"}),
        ({"actor": "{end}"}, None),
        (["{id}", "{end}", "{n}"], ["ab-1", "12"]),
        (["{end}"], None),
        ([], None),
        ({"is": "{id}"}, "ab-1"),
        ({"is": "{id}", "if": {"end": "?*"}}, None),
        ([{"if": {"end": "?*"}, "is": "{end}"}, {"is": ".."}], ".."),
        ([{"if": {"end": ""}, "is": ".."}, {"is": "{end}"}], ".."),
        ([{"if": {"end": "", "n": "1?"}, "is": "yes"}], "yes"),
        ([{"if": {"end": "", "n": "?"}, "is": "yes"}], None),
        ([{"if": {"n": ["3", "12"]}, "is": "yes"}], "yes"),
        ([{"if": {"n": ["3", "1*"]}, "is": "yes"}], "yes"),
        ([{"if": {"nowhere": ""}, "is": "yes"}], "yes"),
        ([{"if": {"end": ""}, "field": "until"}, {"if": {"id": ""}, "field": "x"}], [{"field": "until"}]),
        ({"number": "{n}"}, 12),
        ({"number": "{end}"}, None),
        ({"year": "{n}"}, "0012"),
        ({"year": "2021", "month": "5"}, "2021-05"),
        ({"year": "2021", "month": "5", "day": "1"}, "2021-05-01"),
        ({"year": "2021", "month": "{end}", "day": "{end}"}, "2021"),
        ({"year": "{end}", "month": "{end}"}, None),
        ({"is": "31/12/2021", "format": "%d/%m/%Y"}, "2021-12-31"),
        ({"is": "12/2021", "format": "%m/%Y"}, "2021-12"),
        ({"is": "’21", "format": "’%y"}, "2021"),
        ({"is": "2021-365", "format": "%Y-%j"}, "2021-12-31"),
        ({"is": "{end}", "format": "%Y"}, None),
    ],
)  # fmt: skip
def test_value_is_made(held: Any, made: Any) -> None:
    """Templates are filled, the first case that holds is taken, and what is empty is left out."""
    assert expression(held, "row", set())(ROW) == made


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        ({"number": "{id}"}, "row: wanted a whole number, found 'ab-1'"),
        ({"number": "٣"}, "row: wanted a whole number, found '٣'"),
        ({"year": "2021", "month": "", "day": "3"}, "row: a day without its month or year"),
        ({"year": "", "month": "3"}, "row: a day without its month or year"),
        ({"is": "{id}", "format": "%Y"}, "row: 'ab-1' is not a date in the format '%Y'"),
        ("{nowhere}", "nowhere: the row has no such column"),
    ],
)
def test_cell_that_does_not_fit(held: Any, fault: str) -> None:
    """A cell that is not what the map says it is, is a fault of its row."""
    made = expression(held, "row", set())
    with pytest.raises(FieldError) as found:
        made(ROW)
    assert str(found.value).startswith(fault)


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        ({"is": "{"}, "row.is: a '{' stands alone; write {column}, {{ or }}"),
        ({"is": 5}, "row.is: wanted text, found 5"),
        ({"is": "x", "format": "%d/%m, %%Y"}, "row.format: no year in '%d/%m, %%Y'; write '%Y'"),
        ({"is": "x", "day": "y"}, "row.day: no key beside 'is'; it goes with format, if"),
        ([{"if": "x", "is": "y"}], "row[0].if: wanted a table such as { column = 'pattern' }, found 'x'"),
        ([{"if": {"a": 1}, "is": "y"}], "row[0].if.a: wanted a pattern as text, or a list of them, found 1"),
        ([{"if": {"a": []}, "is": "y"}], "row[0].if.a: wanted a pattern as text, or a list of them, found []"),
    ],
)  # fmt: skip
def test_value_that_is_none(held: Any, fault: str) -> None:
    """What the map itself says wrong is found when it is read, with its place."""
    with pytest.raises(FieldError) as found:
        expression(held, "row", set())
    assert str(found.value) == fault


def test_columns_of_conditions_are_noted() -> None:
    """A column that only a condition names is needed as well."""
    columns: set[str] = set()
    expression([{"if": {"kind": "x"}, "is": "{a}"}, {"year": "{y}"}], "row", columns)
    assert columns == {"kind", "a", "y"}
