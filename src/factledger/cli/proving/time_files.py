"""Times from third parties in files, and the lines that say until which entry they vouch for a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.errors import NotProved

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger
    from factledger.log.proofs.checkpoints import Checkpoint
    from factledger.log.proofs.times.statement import TimeStatement


def time_bytes(name: str) -> bytes:
    """Return what a file holds, as far as a time can be long."""
    from factledger.log.proofs.times.time_statement import MAX_TIME
    from factledger.log.stores.files import read_up_to

    return read_up_to(Path(name), MAX_TIME)


def kept_by_file(address: str) -> dict[str, Checkpoint]:
    """Return the checkpoint that is kept beside a ledger, by its file; raises UsageError for none."""
    from factledger.log.proofs.kept_checkpoints import checkpoint_path, kept_checkpoint

    kept = kept_checkpoint(address)
    if kept is None:
        raise click.UsageError("--time is for a checkpoint, and none is kept: give --checkpoint")
    return {str(checkpoint_path(address)): kept}


def times_read(
    ledger: Ledger, names: Sequence[str], by_file: Mapping[str, Checkpoint], roots: str | None
) -> tuple[list[str], list[str]]:
    """Return lines that say up to which entry each time is, and what it says; and those of the faults.

    The checkpoints are those that the ledger extends.
    """
    lines, faults = [], []
    held = None if roots is None else time_bytes(roots)
    for name in names:
        try:
            checkpoint, told = _fitting(name, list(by_file.values()), held)
        except NotProved as fault:
            faults.append(str(fault))
        else:
            at = ledger.index.at(checkpoint.size)
            lines.append(f"{name}: for the entries up to #{checkpoint.size}, recorded {at}. {told}")
    return lines, faults


def _fitting(
    name: str, checkpoints: Sequence[Checkpoint], roots: bytes | None
) -> tuple[Checkpoint, TimeStatement]:
    """Return the checkpoint that a time is for, with what it says of it; raises NotProved for none."""
    from factledger.log.proofs.times.time_statement import read_time

    data = time_bytes(name)
    for checkpoint in checkpoints[:-1]:
        try:
            return checkpoint, read_time(data, checkpoint, roots, name)
        except NotProved:
            continue
    return checkpoints[-1], read_time(data, checkpoints[-1], roots, name)
