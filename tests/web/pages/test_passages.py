"""Quotes in their sentences: wherever a page cites them, once the text is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import ROOT
from factledger import Ledger
from web_tools import page, plain

VOICES = ROOT / "ledgers" / "three-voices"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Give the ledger of three voices, which keeps the text of one of them."""
    folder = tmp_path / "voices"
    folder.mkdir()
    (folder / "ledger.jsonl").write_bytes((VOICES / "ledger.jsonl").read_bytes())
    with Ledger.open(folder) as ledger:
        ledger.texts.keep("wire", (VOICES / "wire.txt").read_text("utf-8"))
    return folder


@pytest.mark.parametrize(
    "address",
    ["/?asof=2024-04-15", "/entry/20", "/disputes", "/day/2024-03-03",
     "/difference?from=2024-01-01&to=2024-04-15"],
)  # fmt: skip
def test_a_quote_stands_in_its_sentence(kept: Path, address: str) -> None:
    """The words that were cited are marked in it; the text of another source is not there."""
    with Ledger.open(kept) as ledger:
        said = page(ledger, address)
    assert "<mark>Their foreign ministers met in Kessa on 3 March 2024</mark>" in said
    assert "<mark>The foreign ministers did not" not in said


def test_without_the_text_the_quote_stands_alone() -> None:
    """And nothing is marked."""
    with Ledger.open(VOICES) as ledger:
        said = page(ledger, "/?asof=2024-04-15")
    assert "<mark>" not in said
    assert "Their foreign ministers met in Kessa on 3 March 2024" in plain(said)
