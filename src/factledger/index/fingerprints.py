"""Fingerprints of bodies: whether the same is in the log already, and where its rows are in tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TypeAlias

from factledger.dates.days import BEGINNING, day_or
from factledger.dates.edtf import parse, parse_endpoint
from factledger.errors import FactledgerError
from factledger.index.bodies import CLAIM_KINDS, content_of
from factledger.log.canonical import encoded
from factledger.named import NamedTuple
from factledger.records.claims import SHAPES
from factledger.records.codec import Body
from factledger.records.plain.who import Pair, Who, who_of
from factledger.records.record import OF_RECORDING

_LEFT_OUT = (*OF_RECORDING, "label")
_SHAPES = {shape: i for i, shape in enumerate(SHAPES)}

Placed: TypeAlias = tuple[Pair, int, int]
"""Where a row of a claim is in the tables of an index: two actors, its shape, its first day."""


class Fingerprint(NamedTuple):
    """The hash of a body's content, which tells whether the same is in the log already.

    `who` takes part in the claim that it puts forward, if any. `places` are where the rows of that
    are in tables, and `below` the entries in tables that may hold the very same.
    """

    content: bytes
    who: Who
    places: Sequence[Placed] = ()
    below: Sequence[int] = ()


def fingerprint_of(body: Body, written: bytes) -> Fingerprint:
    """Return the fingerprint of a body, of which nothing is looked up; `written` is canonical."""
    claim = content_of(body)
    who = who_of(claim)
    places = places_of(claim, who) if claim["kind"] in CLAIM_KINDS else ()
    return Fingerprint(content_hash(body, written), who, places)


def content_hash(body: Body, written: bytes) -> bytes:
    """Return the hash of all that makes a record the same as another; `written` is canonical.

    That is all of it but its label, and how it came into the ledger.
    """
    for name in _LEFT_OUT:  # no other part of a record has a key of these names
        if name in body:
            field = b'"%b":%b' % (name.encode(), encoded(body[name]))
            shorter = written.replace(field + b",", b"", 1)
            written = shorter if shorter != written else written.replace(b"," + field, b"", 1)
    return sha256(written).digest()


def places_of(claim: Body, who: Who | None = None) -> list[Placed]:
    """Return where the rows of a claim's body are: a place for every two actors that it names.

    A claim of one actor alone stands with nobody. `who` takes part in it, where that is known.
    """
    who = who or who_of(claim)
    pairs = who.pairs or ((who.actors[0] if who.actors else "", ""),)
    shape, first = _SHAPES[claim["kind"]], _first_day(claim)
    return [(pair, shape, first) for pair in pairs]


def short_hash(content: bytes) -> int:
    """Return the first eight bytes of a hash as a number that SQLite can keep."""
    return int.from_bytes(content[:8], "big", signed=True)


@lru_cache(maxsize=1 << 14)
def _day_begun(when: str | None, since: str) -> int:
    bound = parse_endpoint(since).earliest if when is None else parse(when).earliest
    return day_or(bound, BEGINNING)


def _first_day(claim: Body) -> int:
    try:
        return _day_begun(claim.get("when"), claim.get("since") or "")
    except (FactledgerError, TypeError, AttributeError):
        return BEGINNING
