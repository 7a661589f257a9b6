"""What git must know of a ledger: that its lines are hashed and never merged by text."""

from __future__ import annotations

from pathlib import Path

ATTRIBUTES = "ledger.jsonl* -text merge=binary\n"


def write_attributes(folder: Path) -> None:
    """Tell git to leave a ledger's lines alone, unless a .gitattributes there says so already."""
    path = folder / ".gitattributes"
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    if ATTRIBUTES not in known:
        path.write_text(known + ATTRIBUTES, encoding="utf-8")
