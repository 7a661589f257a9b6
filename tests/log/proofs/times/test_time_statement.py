"""Times from third parties: for which checkpoint they are, and how far they are verified."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from factledger import MissingExtra, NotProved, read_checkpoint
from factledger.log.proofs.times.time_statement import MAX_TIME, read_time

DATA = Path(__file__).resolve().parents[3] / "data" / "times"
SMALL = read_checkpoint((DATA / "small.checkpoint").read_bytes())
ROOT = (DATA / "root.pem").read_bytes()
DIGEST = bytes.fromhex("ee270a6326bc6adf323e0127b90fe1b5707fae77edc188280a4044cde864272f")
SAID = "RFC 3161: it says that this checkpoint existed at 2026-11-30T03:32:34Z"


def held(name: str) -> bytes:
    """Return a file of the data."""
    return (DATA / name).read_bytes()


@pytest.mark.parametrize("name", ["small.tsr", "small.tst"])
def test_a_token_is_for_this_checkpoint_and_its_signature_leads_to_a_root(name: str) -> None:
    """A response or the token alone; who says so is verified where the root is given."""
    assert str(read_time(held(name), SMALL)) == (
        f"{SAID}; not verified: who says so; give the root of the authority to verify that"
    )
    assert str(read_time(held(name), SMALL, ROOT)) == (
        f"{SAID}, signed by CN=Example Time Authority and by a chain to the root that was given; "
        "not verified: whether a certificate was revoked"
    )


OTHER = read_checkpoint(SMALL.note.replace("3", "4").encode())


@pytest.mark.parametrize("name", ["small.tsr", "pending.ots"])
def test_a_time_of_another_file_is_refused(name: str) -> None:
    """The hash that it is for is told."""
    with pytest.raises(NotProved, match=f"{DIGEST.hex()}, not this checkpoint"):
        read_time(held(name), OTHER)


def test_a_token_whose_signature_does_not_hold_is_refused() -> None:
    """Another root, another signature, a root that is none."""
    token = held("small.tst")
    changed = token[:-1] + bytes([token[-1] ^ 1])
    with pytest.raises(NotProved, match="its certificates do not lead to the root"):
        read_time(token, SMALL, held("authority.pem"))
    with pytest.raises(NotProved, match="its signature is false"):
        read_time(changed, SMALL, ROOT)
    with pytest.raises(NotProved, match="the root is no certificate in PEM"):
        read_time(token, SMALL, b"no")


def test_a_token_for_a_hash_that_is_broken_is_refused() -> None:
    """Its imprint must be of the family of SHA-2."""
    known, other = bytes.fromhex("0609608648016503040201"), bytes.fromhex("0609608648016503040209")
    assert known in held("small.tst")
    with pytest.raises(NotProved, match="wanted a token for SHA-256, SHA-384 or SHA-512"):
        read_time(held("small.tst").replace(known, other), SMALL)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "neither an OpenTimestamps file nor a token of RFC 3161"),
        (b"\x30\x05\x30\x03\x02\x01\x02", "neither an OpenTimestamps file nor a token"),
        (b"x" * 200, "neither an OpenTimestamps file nor a token of RFC 3161"),
        (bytes(MAX_TIME + 1), "longer than 1048576 bytes"),
    ],
)
def test_what_is_no_time_is_refused(data: bytes, told: str) -> None:
    """Also a response by which an authority refused."""
    with pytest.raises(NotProved, match=told):
        read_time(data, SMALL)


def test_tokens_need_their_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is named."""
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(MissingExtra, match=r"pip install 'factledger\[time\]'"):
        read_time(held("small.tsr"), SMALL)
