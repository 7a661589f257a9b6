"""OpenTimestamps files: every hash worked out again, up to what somebody vouches for."""

from __future__ import annotations

from hashlib import sha1, sha256

import pytest

from factledger import NotProved
from factledger.log.proofs.times.opentimestamps import MAGIC
from factledger.log.proofs.times.time_statement import read_time
from log.proofs.times.test_time_statement import DIGEST, SMALL, held


def test_an_opentimestamps_file_names_its_block_or_who_promises_one() -> None:
    """The reference implementation works out the same root."""
    assert str(read_time(held("pending.ots"), SMALL)) == (
        "OpenTimestamps: it is for this checkpoint; not verified: any time: it is promised by "
        "https://calendar.example.org, and in no block yet; upgrade the file later"
    )
    assert str(read_time(held("bitcoin.ots"), SMALL)) == (
        "OpenTimestamps: the hashes lead from this checkpoint to Bitcoin; not verified: that block "
        "800000 has the Merkle root "
        "4d8f2a986c22350762e63d4dc50bceae1ec53bbf54675d3bb964c8f16bc032fe; "
        "compare it with a node or an explorer that you trust"
    )


START = MAGIC + b"\x01\x08" + DIGEST
BITCOIN = b"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x01\x07"
OTHER_WORD = b"\x00" + b"whatever" + b"\x00"


OPERATIONS = [
    (b"\xf2", DIGEST),
    (b"\xf3\x08", sha256(DIGEST.hex().encode()).digest()[::-1]),
    (b"\x02", sha1(DIGEST).digest()[::-1]),
    (b"\xf0\x01a\x08", sha256(DIGEST + b"a").digest()[::-1]),
    (b"\xf1\x01a\x08", sha256(b"a" + DIGEST).digest()[::-1]),
]


@pytest.mark.parametrize(("steps", "root"), OPERATIONS)
def test_every_operation_is_worked_out(steps: bytes, root: bytes) -> None:
    """Backwards, hexadecimal digits, SHA-1, something before or behind."""
    told = str(read_time(START + steps + BITCOIN, SMALL))
    assert f"block 7 has the Merkle root {root.hex()};" in told


def test_what_stands_behind_an_operation_that_is_not_known_proves_no_time() -> None:
    """A hash that not every Python has; and the word of somebody unknown."""
    for rest in (b"\x67" + BITCOIN, b"\x03\xf2\xf0\x01a" + BITCOIN, OTHER_WORD):
        assert "not verified: any time: it is promised, and in no block" in str(
            read_time(START + rest, SMALL)
        )


OTS_FAULTS = [
    (MAGIC, "the file breaks off"),
    (MAGIC + b"\x02", "wanted version 1 of OpenTimestamps, found 2"),
    (MAGIC + b"\x01\x02", "wanted the SHA-256 of a file"),
    (MAGIC + b"\xff" * 12, "a number is too long"),
    (START, "the file breaks off"),
    (START + BITCOIN + b"x", "something stands behind its end"),
    (START + b"\x77", "an operation that is not known: 0x77"),
    (START + b"\xf0\xff\x7f", "a part is longer than 8192 bytes"),
    (START + b"\xf2" * 300, "it is nested too deep"),
    (START + b"\xf3" * 10 + BITCOIN, "a message is too long"),
]


@pytest.mark.parametrize(("data", "told"), OTS_FAULTS)
def test_a_false_opentimestamps_file_is_refused(data: bytes, told: str) -> None:
    """Cut short, of another version, endless, or too deep."""
    with pytest.raises(NotProved, match=told):
        read_time(data, SMALL)
