"""The .gitattributes of a ledger: git neither changes its lines nor merges them as text."""

from __future__ import annotations

import os
from pathlib import Path

from factledger.cli.output_files import refusing

ATTRIBUTES = b"ledger.jsonl* -text merge=binary\n"


def write_attributes(folder: Path) -> None:
    """Write a .gitattributes beside a ledger, or add a line to the one that is there."""
    path = folder / ".gitattributes"
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return  # git reads no link of this name, and none is to be written through
    with refusing(path):
        if not path.exists():
            with path.open("xb") as file:
                file.write(ATTRIBUTES)
        elif ATTRIBUTES.strip() not in map(bytes.strip, path.read_bytes().splitlines()):
            _add(path)


def _add(path: Path) -> None:
    from factledger.log.stores.files import Access, write_durably

    before = path.read_bytes()
    end = b"" if before.endswith(b"\n") or not before else b"\n"
    write_durably(path, before + end + ATTRIBUTES, os.fsync, Access.of(path.stat()))
