"""The argument `N|LABEL`: an entry by its number or by the label of its claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factledger.errors import NotFound
from factledger.text import nearest

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger
    from factledger.records.entries import Entry


def entry_meant(ledger: Ledger, reference: str) -> Entry:
    """Return the entry of `12`, `#12` or a label; of a label the newest claim that carries it.

    Raises `NotFound`, with the nearest label.
    """
    digits = reference.removeprefix("#")
    if digits.isascii() and digits.isdigit():
        return ledger.entry(int(digits[:18]))
    try:
        return ledger.find(reference)
    except NotFound:
        near = nearest(reference, ledger.index.labels())
        advice = f"did you mean {near!r}?" if near else "'factledger log' lists the entries"
        raise NotFound(f"the entry {reference!r}", advice) from None
