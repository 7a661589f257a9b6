"""What a third party says of when a checkpoint existed, and how far that was verified."""

from __future__ import annotations

from factledger.errors import NotProved
from factledger.log.proofs.checkpoints import Checkpoint
from factledger.log.proofs.times.opentimestamps import MAGIC, read_opentimestamps
from factledger.log.proofs.times.statement import TimeStatement
from factledger.log.proofs.times.tokens import read_token

MAX_TIME = 2**20


def read_time(
    data: bytes, checkpoint: Checkpoint, roots: bytes | None = None, place: str = "time"
) -> TimeStatement:
    """Return what a file of a third party says of a checkpoint, as it was received.

    That is an OpenTimestamps file, or a response or token of RFC 3161; with `roots`, certificates
    in PEM, the signature of a token is verified too. Nothing is fetched. Raises NotProved for a
    file that is of something else, that is neither, or whose signature does not hold.
    """
    if len(data) > MAX_TIME:
        raise NotProved(place, f"longer than {MAX_TIME} bytes")
    content = checkpoint.note.encode()
    if data.startswith(MAGIC):
        return read_opentimestamps(data, content, place)
    return read_token(data, content, roots, place)
