"""Entries on a line each."""

from __future__ import annotations

from factledger import Ledger
from factledger.web.pages.rows import entry_line
from web_tools import ARTICLE


def test_a_line_says_what_an_entry_is_and_what_retired_it() -> None:
    """A claim that was corrected names the entry that did; one that stands names none."""
    with Ledger.open(ARTICLE) as ledger:
        belief = ledger.belief()
        lines = [entry_line(belief, entry) for entry in ledger.entries(1)]
    assert (lines[55].number, lines[55].kind, lines[55].name) == (56, "event", "c39")
    assert all(line.retired_by == belief.retired_by(line.number) for line in lines)
