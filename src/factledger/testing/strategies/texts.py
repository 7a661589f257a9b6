"""Strategies for identifiers and texts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_SLUG = "abcxyzABCZ09._-"


@st.composite
def slugs(draw: st.DrawFn) -> str:
    """Make identifiers: ASCII letters, digits, dots, hyphens and underscores."""
    return draw(st.sampled_from(_SLUG[:12])) + draw(st.text(_SLUG, max_size=11))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Make texts in any script with a character to read, control characters among them."""
    characters = st.characters(exclude_categories=["Cs"])
    return draw(st.text(characters, min_size=1, max_size=20).filter(str.strip))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Make None, or what `strategy` makes."""
    return st.none() | strategy
