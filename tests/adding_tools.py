"""A small ledger whose article claims are read out of: two ministers, a strait, a text that is kept."""

from __future__ import annotations

from pathlib import Path

from factledger import Ledger

# Written for these tests; nobody published it.
GAZETTE = (
    "Ada Lorn, the Foreign Minister of Vessia, visited Ombra on 2 May 2021. Two officials said that\n"
    "they had met four times in 2020. Bo Ferrin has been Premier of Vessia since March 2019.\n"
    "\U0001f6a2 A bridge was opened. Later a bridge was opened.\n"
)


def gazette_ledger(folder: Path) -> Path:
    """Make a ledger with a source whose text it keeps, and two countries; return its folder."""
    with Ledger.create(folder, origin="gazette") as ledger:
        ledger.append(
            {"kind": "source", "id": "gazette", "title": "Across", "published": "2021-05-03"},
            {"kind": "source", "id": "lost", "title": "Without a text", "published": "2021"},
            {"kind": "actor", "id": "VES", "category": "country", "names": ["Vessia"]},
            {"kind": "actor", "id": "OMB", "category": "country", "names": ["Ombra"]},
        )
        ledger.texts.keep("gazette", GAZETTE)
    return folder
