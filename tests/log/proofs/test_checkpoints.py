"""Checkpoints: origin, size and root in three lines, read in one way only."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import (
    NotProved,
    parse_public_key,
    read_checkpoint,
)
from factledger.log.proofs.checkpoints import checkpoint_text
from factledger.log.proofs.merkle import leaf_hash, root_of
from factledger.log.proofs.signed_notes import MAX_NOTE
from proof_mutants import (
    FALSE_CHECKPOINTS,
    NOTES_OF_OTHERS,
    TEXT,
    note,
)

CHECKPOINTS = [vector for vector in NOTES_OF_OTHERS if "leaves" in vector]


@pytest.mark.parametrize("vector", CHECKPOINTS, ids=lambda v: v["size"])
def test_a_checkpoint_of_others_holds_what_they_say(vector: dict[str, Any]) -> None:
    """Origin, size and root are read, and the root is the one over the leaves."""
    found = read_checkpoint(vector["note"].encode(), parse_public_key(vector["vkey"]))
    assert (found.size, found.root) == (vector["size"], b64decode(vector["root_b64"]))
    assert found.root == root_of(leaf_hash(text.encode()) for text in vector["leaves"])
    assert (found.note, found.signed) == (vector["note"], True)


@pytest.mark.parametrize("name", FALSE_CHECKPOINTS)
def test_a_signed_text_is_no_checkpoint_if_it_can_be_read_in_two_ways(name: str) -> None:
    """Numbers and hashes have one spelling, signed or not."""
    for data in (note(FALSE_CHECKPOINTS[name]), FALSE_CHECKPOINTS[name].encode()):
        with pytest.raises(NotProved):
            read_checkpoint(data)


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_a_checkpoint_or_refused(data: bytes) -> None:
    """Reading what a stranger sends ends in a checkpoint or in NotProved, never otherwise."""
    for attempt in (data, TEXT.encode() + data, note() + data, note()[: len(data)] + data):
        try:
            found = read_checkpoint(attempt)
        except NotProved:
            continue
        assert found.note.encode() == attempt


FAULTS = [
    (b"\xff", "note.txt: it is not UTF-8"),
    (b"a\n5\n\x1b\n", "note.txt:3: it holds the control character '\\x1b'"),
    (b"a\n5\n", "note.txt: wanted three lines: origin, number of entries, root"),
    (TEXT.encode()[:-1], "note.txt: its last line has no line feed"),
    (b"\n" + TEXT.encode(), "note.txt:1: wanted the origin, found nothing"),
    (
        TEXT.replace("\n5\n", "\n05\n").encode(),
        "note.txt:2: wanted a number below 2^63 in plain digits, found '05'",
    ),
    (
        f"a\n{2**63}\n{'A' * 43}=\n".encode(),
        "note.txt:2: wanted a number below 2^63 in plain digits, found '9223372036854775808'",
    ),
    (b"a\n5\nAAAA\n", "note.txt:3: wanted 32 bytes in base64, found 'AAAA'"),
    (
        f"a\n{2**63 - 1}\n{'A' * 42}B=\n".encode(),
        f"note.txt:3: wanted 32 bytes in base64, found '{'A' * 42}B='",
    ),
    (note("example\n5\n\n"), "note.txt:3: a line is empty"),
    (note(TEXT + "\nmore\n"), "note.txt:4: a line is empty"),
    (
        note().replace("\u2014 example".encode(), b"example"),
        "note.txt:5: wanted a signature (em dash, name, base64), found 'example wcp1",
    ),
    (TEXT.encode() + b"\n", "note.txt: it is no signed note: no blank line, or no signature below"),
    (note() * 70000, "note.txt: longer than 1048576 bytes"),
    (b"a\n" * 600000, "note.txt: longer than 1048576 bytes"),
    (note() + note().split(b"\n\n")[1] * 64, "note.txt: more than 64 signatures"),
]


@pytest.mark.parametrize(("data", "fault"), FAULTS, ids=[fault[:40] for _, fault in FAULTS])
def test_the_fault_of_a_checkpoint_is_said_with_its_line(data: bytes, fault: str) -> None:
    """The place comes first, then what was wanted and what was found."""
    with pytest.raises(NotProved) as caught:
        read_checkpoint(data, place="note.txt")
    assert str(caught.value).startswith(fault)


def test_a_long_checkpoint_is_within_the_limit() -> None:
    """The limit is far above what logs write."""
    text = checkpoint_text("example", 2**63 - 1, bytes(32))
    assert len(text) < MAX_NOTE // 1000
    assert read_checkpoint(text.encode()).size == 2**63 - 1
