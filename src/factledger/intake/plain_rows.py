"""The short way from a row to its claim, for rows that put plain claims forward and nothing else.

It is the second way; a property holds it equal to the first, of `row_steps`, which it leaves all to
that it does not know at a glance.
"""

from __future__ import annotations

from factledger.intake.claim_dates import NEXT
from factledger.intake.maps.map import Rule
from factledger.intake.reading.row import FileRow
from factledger.named import NamedTuple
from factledger.records.codec import Body
from factledger.text import is_slug

_FIELDS = frozenset(
    {"kind", "type", "mode", "value", "text", "participants", "inferred", "when", "since", "until"}
)
_KINDS = ("event", "state")


class PlainClaim(NamedTuple):
    """What a plain row says, in the order of a step."""

    label: str
    at: None
    source: str
    locator: str
    claim: Body
    words: Body


def plain_claim(rule: Rule, row: FileRow) -> PlainClaim | None:
    """Return the claim of a row that says nothing that would have to be written out; None of any other.

    Raises `FieldError` as the first way does.
    """
    cells = row.cells
    label, source = rule.key(cells), rule.citing(cells)
    if type(label) is not str or not is_slug(label) or type(source) is not str:
        return None
    claim, place = rule.claim(cells), row.locator
    if claim is None or not _is_plain(claim):
        return None
    cited = [{"source": source, "locator": place}]
    return PlainClaim(label, None, source, place, {**claim, "citations": cited}, {})


def _is_plain(claim: Body) -> bool:
    """Return whether a claim is written as it stands: it has no shorthand, and its dates are texts."""
    if not claim.keys() <= _FIELDS or claim.get("kind") not in _KINDS:
        return False
    if type(claim.get("when", "")) is not str or type(claim.get("since", "")) is not str:
        return False
    until = claim.get("until", "")
    return type(until) is str and until != NEXT
