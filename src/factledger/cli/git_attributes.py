"""The .gitattributes of a ledger: git neither changes its lines nor merges them as text."""

from __future__ import annotations

from pathlib import Path

ATTRIBUTES = "ledger.jsonl* -text merge=binary\n"


def write_attributes(folder: Path) -> None:
    """Write a .gitattributes beside a ledger, or add to the one that is there."""
    path = folder / ".gitattributes"
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return  # git reads no link of this name, and none is to be written through
    before = path.read_bytes() if path.exists() else b""
    if ATTRIBUTES.encode() not in before:
        path.write_bytes(before + ATTRIBUTES.encode())
