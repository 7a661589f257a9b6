"""Templates: texts with columns of a row in them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import FieldError
from factledger.intake.maps.templates import escaped, template
from factledger.text import is_slug

ROW = {"id": "ab-1", "name": "New York", "start": "2021-05", "end": "", "n": "12", "a:b": "x"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{id}", "ab-1"),
        ("x-{id}.{n}", "x-ab-1.12"),
        ("{start:.4}", "2021"),
        ("{end:.4}", ""),
        ("{name:id}", "New_20York"),
        ("{{{id}}}", "{ab-1}"),
        ("{a:b}", "x"),
    ],
)
def test_template_is_filled(text: str, filled: str) -> None:
    """Cells stand where their columns are named, whole, cut or as an identifier."""
    assert template(text)(ROW) == filled


@pytest.mark.parametrize("text", ["{", "a}", "{}", "{a{b}"])
def test_brace_that_is_no_part(text: str) -> None:
    """A brace that names no column is refused when the map is read."""
    with pytest.raises(FieldError, match="stands alone"):
        template(text)


@pytest.mark.parametrize("text", ["{id.__class__}", "{0}", "{id!r}", "{name:>20}"])
def test_nothing_is_executed(text: str) -> None:
    """What reaches into values in other languages is the name of a column that is not there."""
    with pytest.raises(FieldError, match="the row has no such column"):
        template(text)(ROW)


def test_columns_are_noted() -> None:
    """A template says which columns it needs."""
    columns: set[str] = set()
    template("{id:.3}-{name}", columns)
    assert columns == {"id", "name"}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=9))
def test_escaped_text_is_read_back(text: str) -> None:
    """An escaped text is an identifier, but for its start, and no two texts have the same."""
    found = escaped(text)
    assert is_slug(f"x{found}"[:100])
    assert unquote(found.replace("_", "%")) == text


def test_a_value_of_a_list_stands_in_brackets() -> None:
    """A path as other programs write it is told how it is written here."""
    with pytest.raises(FieldError) as found:
        template("{post.0.place}")({"post[0].place": "Kesh"})
    assert found.value.reason == "the row has no such column; did you mean 'post[0].place'?"
