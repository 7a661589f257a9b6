"""What git must know of a ledger: that its lines are hashed and never merged by text."""

from __future__ import annotations

from pathlib import Path

ATTRIBUTES = "ledger.jsonl* -text merge=binary\n"


def write_attributes(folder: Path) -> None:
    """Tell git to leave a ledger's lines alone, unless a .gitattributes there says so already."""
    path = folder / ".gitattributes"
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return  # git reads no link of this name, and none is to be written through
    known = path.read_bytes() if path.exists() else b""
    if ATTRIBUTES.encode() not in known:
        path.write_bytes(known + ATTRIBUTES.encode())
