"""What a ledger asks of git: to change none of its lines, to merge none as text, to keep some files out."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from factledger.cli.output_files import NOTHING, refusing

MADE = "the ledger is made; git may change its lines until this file keeps it from that"
_LONGEST = 2**20  # bytes of a file of git's
ATTRIBUTES = b"ledger.jsonl* -text merge=binary\n"
IGNORED = b"""\
*.jsonl.lock
*.jsonl.checkpoint.lock
*.jsonl.tree
torn-*
*.key
*.key.signed*
outside.json
"""


def write_attributes(folder: Path, left: str = NOTHING) -> None:
    """Write .gitattributes and .gitignore beside a ledger, or add to those that are there.

    `left` is what is said to be done already, where the system refuses them.
    """
    add_lines(folder / ".gitattributes", ATTRIBUTES, left)
    add_lines(folder / ".gitignore", IGNORED, left)


def add_lines(path: Path, wanted: bytes, left: str = NOTHING) -> None:
    """Add the lines that a file of git's does not hold, in one step; a link is left alone."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return  # git reads no link of this name, and none is to be written through
    from factledger.log.stores.placing.begun_files import write_new

    with refusing(path, left):
        if not path.exists():
            with suppress(FileExistsError):  # another command made it just now
                write_new(path, wanted, os.fsync)
                return
        if path.stat().st_size > _LONGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        held = set(map(bytes.strip, path.read_bytes().splitlines()))
        missing = [line for line in wanted.splitlines() if line not in held]
        if missing:
            _add(path, b"".join(line + b"\n" for line in missing))


def _add(path: Path, lines: bytes) -> None:
    from factledger.log.stores.files import Access
    from factledger.log.stores.placing.begun_files import write_durably

    before = path.read_bytes()
    end = b"" if before.endswith(b"\n") or not before else b"\n"
    write_durably(path, before + end + lines, os.fsync, Access.of(path.stat()))
