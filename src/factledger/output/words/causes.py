"""What changed a standing, in words."""

from __future__ import annotations

from factledger.output.words.entries import told
from factledger.records.amendments import Correct
from factledger.status.belief import Belief
from factledger.views.steps import Cause


def cause_words(cause: Cause, belief: Belief) -> str:
    """Return what an entry did: of a correction, why it was made."""
    record = belief.index.record(cause.number)
    if isinstance(record, Correct):
        note = f": {record.note}" if record.note else ""
        return f"#{cause.number} corrects #{record.target}, {record.reason}{note}"
    return f"#{cause.number} {told(record, belief)}"
