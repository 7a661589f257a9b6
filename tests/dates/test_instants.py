"""Instants and entry numbers: up to where the log counts."""

from __future__ import annotations

import pytest

from factledger.dates.instants import entry_or_instant, numbered
from factledger.errors import DateError


@pytest.mark.parametrize("text", ["", "#", "-1", "1.5", "٣", "##1", "1" * 16])
def test_no_entry_number(text: str) -> None:
    """An entry number is at most fifteen ASCII digits, with or without `#`."""
    assert numbered(text) is None


@pytest.mark.parametrize("text", ["noon", "2026-13-01", "2026-11-24T12:00", "#2026-11-24"])
def test_what_is_neither_an_entry_nor_an_instant_is_refused(text: str) -> None:
    """A text that would have to be guessed at, or an instant without an offset, is no cut."""
    with pytest.raises(DateError) as refused:
        entry_or_instant(text)
    assert str(refused.value) == (
        f"{text!r} is neither an entry nor an instant: write 12, '#12', 2026-11-24 or "
        "2026-11-24T12:00:00Z"
    )
