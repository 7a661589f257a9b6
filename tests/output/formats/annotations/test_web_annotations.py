"""Citations as W3C Web Annotations."""

from __future__ import annotations

from pathlib import Path

from factledger import Ledger, read_drafts
from factledger.citations.folding import Found
from factledger.intake.marks.mark import placed
from factledger.intake.marks.web_annotations import web_marks
from factledger.output.formats.annotations.web_annotations import annotation_collection

VOICES = Path(__file__).parents[4] / "ledgers/three-voices"
TEXT = (
    "😀 She came.\r\nShe went to Kyiv on 3 May 2023. 外交部长访问了东京。 Then she came, and came."
)


def test_citations_go_out_and_come_back(tmp_path: Path) -> None:
    """As Web Annotations each quote is found again where it was, beside the text or without it."""
    ledger = Ledger.create(tmp_path / "l", origin="o")
    for name in ("wire", "essay", "reportage"):
        ledger.append(*read_drafts(str(VOICES / f"{name}.toml")))
    text = (VOICES / "wire.txt").read_text(encoding="utf-8")
    for kept in (False, True):
        if kept:
            ledger.texts.keep("wire", text)
        page = annotation_collection(ledger)
        mine = [a for a in page["items"] if a["target"]["source"].endswith(":wire")]
        cited = [
            c
            for e in ledger.entries()
            for c in getattr(e.record, "citations", ())
            if c.source == "wire"
        ]
        assert len(mine) == len(cited) == 10
        for one, citation in zip(web_marks(mine, "m"), cited, strict=True):
            found = placed(one, text)
            assert isinstance(found, Found)
            assert (found.start, found.end) == (citation.start, citation.end)
            assert (one.hint is not None) == kept
    assert {a["body"][0]["purpose"] for a in page["items"]} == {"describing"}


def test_a_sealed_citation_says_no_word() -> None:
    """It is left out, as is a place without words."""
    ledger = Ledger.create("memory:", origin="o")
    ledger.append(
        {"kind": "source", "id": "s", "title": "S", "policy": "sealed", "published": "2024"},
        {"kind": "note", "text": "Read.", "source": "s", "quote": "She went"},
        {"kind": "note", "text": "Read on.", "source": "s", "locator": "p. 1"},
        texts={"s": TEXT},
    )
    assert annotation_collection(ledger)["items"] == []
