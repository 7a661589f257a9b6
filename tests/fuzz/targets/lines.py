"""The reader of lines: what it accepts is written in the one way, whatever a forger hashed."""

from __future__ import annotations

import json
from contextlib import suppress

from factledger.errors import Damaged
from factledger.log.canonical import canonical, strict_loads
from factledger.log.lines import START, canonical_fault, chain, linked, unfit

AT = "2026-11-24T12:00:00.000000Z"
SALT = bytes(range(16))


def one(data: bytes) -> None:
    """Read bytes as lines, as the body of a line with a fitting hash, and as a JSON value."""
    how, rest = data[:1], data[1:]
    if how == b"l":
        with suppress(Damaged):
            for raw, line in zip(rest.split(b"\n"), chain(rest.split(b"\n")), strict=False):
                assert line.encode() == raw
    elif how == b"v":
        value(rest)
    elif unfit(rest, SALT) is None:
        body(rest)


def body(raw: bytes) -> None:
    """Read a line that holds these bytes as its body, with the hash that fits."""
    (made,) = linked(START, at=AT, bodies=[raw], salts=[SALT])
    try:
        (line,) = chain([made.encode()])
    except Damaged:
        assert b"\n" in raw or len(made.encode()) > 2**20
        return
    assert line.encode() == made.encode()
    if canonical_fault(line) is None:
        again = json.dumps(
            json.loads(raw), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        assert again.encode() == raw
        assert canonical(strict_loads(raw)) == raw


def value(raw: bytes) -> None:
    """Read bytes as a JSON value of the profile: what is accepted has one way to be written."""
    try:
        found = strict_loads(raw)
    except ValueError as error:
        assert "\n" not in str(error)
        return
    written = canonical(found)
    assert strict_loads(written) == found
    assert canonical(strict_loads(written)) == written
