"""Times in files: which checkpoint each is for."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import click
import pytest

from cli_tools import inside, small_ledger
from factledger import Checkpoint, Ledger
from factledger.cli.proving.time_files import kept_by_file, times_read
from factledger.log.proofs.times.opentimestamps import MAGIC


def promised(checkpoint: Checkpoint) -> bytes:
    """Return an OpenTimestamps file in which a calendar promises a time for a checkpoint."""
    calendar = b"https://calendar.example.org"
    word = bytes.fromhex("83dfe30d2ef90c8e") + bytes([len(calendar) + 1, len(calendar)]) + calendar
    digest = sha256(checkpoint.note.encode()).digest()
    return MAGIC + b"\x01\x08" + digest + b"\x00" + word


def test_a_time_is_told_of_the_checkpoint_that_it_is_for(tmp_path: Path) -> None:
    """Of several it is found which; one that is for none of them is a fault, and the others are told."""
    small_ledger(tmp_path).close()
    with inside(tmp_path), Ledger.open(tmp_path) as ledger:
        old = ledger.checkpoint()
        ledger.append({"kind": "actor", "id": "more", "category": "group", "names": ["More"]})
        new = ledger.checkpoint()
        Path("old.ots").write_bytes(promised(old))
        Path("new.ots").write_bytes(promised(new))
        lines, faults = times_read(ledger, ["new.ots", "old.ots"], {"a": old, "b": new}, None)
        assert [line.partition(",")[0] for line in lines] == [
            f"new.ots: for the entries up to #{new.size}",
            f"old.ots: for the entries up to #{old.size}",
        ]
        assert faults == []
        lines, faults = times_read(ledger, ["old.ots", "new.ots"], {"b": new}, None)
        assert (len(lines), len(faults)) == (1, 1)
        assert faults[0].startswith("old.ots: it is for a file of SHA-256 ")
        with pytest.raises(click.UsageError, match="none is kept"):
            kept_by_file(ledger.address)
