"""What changed a standing, in words."""

from __future__ import annotations

from factledger.amendments import Correct
from factledger.ledger import Ledger
from factledger.steps import Cause
from factledger.wording.entries import told


def cause_words(ledger: Ledger, cause: Cause) -> str:
    """Return what an entry did: of a correction, why it was made."""
    record = ledger.entry(cause.number).record
    if isinstance(record, Correct):
        note = f": {record.note}" if record.note else ""
        return f"#{cause.number} corrects #{record.target}, {record.reason}{note}"
    return f"#{cause.number} {told(ledger, record)}"
