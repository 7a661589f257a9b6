"""The tables that commands read say what people read in TOML."""

from __future__ import annotations

import pytest

from shipped_tables import PACKAGE, TABLES, text_of


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_made_of_its_toml(name: str) -> None:
    """`python tests/shipped_tables.py` changes nothing."""
    assert (PACKAGE / name).read_text(encoding="utf-8") == text_of(name)


def test_every_language_that_ships_has_its_table() -> None:
    """A file of words in TOML beside English is of no use without the table that is read."""
    words = (PACKAGE / "dates" / "wording").glob("*.toml")
    assert {f"dates/wording/{path.stem}.json" for path in words} <= TABLES.keys()
