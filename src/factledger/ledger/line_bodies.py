"""From a line to the body of a record; a hash may be right and its body still not be a record."""

from __future__ import annotations

import json

from factledger.errors import Damaged, NewerFormat, NotALedger
from factledger.log.lines import Line, canonical_fault
from factledger.records.codec import Body
from factledger.records.declarations import FORMAT
from factledger.records.forms import unknown_part
from factledger.records.vocabulary import NEWEST


def line_body(line: Line, address: str) -> Body | None:
    """Return the body that a line holds, None where it was erased.

    Raises `Damaged` for what is not the body of a record, `NotALedger` for a first line that does
    not begin a ledger, and `NewerFormat` for what only a later version can have written: an older
    one that passes it over would show what it takes back.
    """
    if line.body is None:
        return None
    try:
        body: Body = json.loads(line.body.decode())
        known = isinstance(body["kind"], str) and (
            b"\\u" not in line.body or canonical_fault(line) is None  # half of a surrogate pair
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        known = False
    if not known:
        raise Damaged(address, line.seq, "its body is not a record")
    if line.seq == 1:
        _check_header(body, address)
    if (part := unknown_part(body)) is not None:
        raise NewerFormat(address, part, FORMAT, line.seq)
    return body


def _check_header(body: Body, address: str) -> None:
    if body["kind"] != "ledger":
        raise NotALedger(address, f"its first record is of kind {body['kind']!r}")
    for name, known in (("format", FORMAT), ("vocabulary", NEWEST)):
        if type(body.get(name)) is not int or body[name] > known:
            raise NewerFormat(address, body.get(name), known)
