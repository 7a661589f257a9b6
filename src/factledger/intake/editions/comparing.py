"""What a later edition of a file changes: each row against the claim that stands under its key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factledger.errors import FieldError, Problem
from factledger.intake.batches import Draft
from factledger.intake.maps.map import Edition
from factledger.intake.row_steps import RowStep
from factledger.named import NamedTuple
from factledger.records.claims import Claim
from factledger.records.codec import Body, from_body, to_body
from factledger.status.belief import Belief

_ROW = re.compile(r".+, sha256 [0-9a-f]{64}").fullmatch
_WHOLE = re.compile(r"not among its [0-9,]+ rows").fullmatch
_BESIDE = frozenset({"citations", "label", "kind", "type", "backfilled"})  # compared otherwise


class Comparison(NamedTuple):
    """What a row, or its lack, comes to: `same`, `new`, `changed`, `again`, `gone` or `kept`; and the draft."""

    word: str
    draft: Draft | None = None


class FoundClaim(NamedTuple):
    """The claim that stands under a key: its entry, as it stands, and as the edition before gave it."""

    number: int
    claim: Claim
    given: Claim


def row_comparison(belief: Belief, step: RowStep, sources: frozenset[str]) -> Comparison | Problem:
    """Return what a row changes of what stands under its key and is of one of these sources."""
    if step.operation != "assert" or step.claim is None:
        told = f"rows of an edition assert, so that what is gone can be told; this one would {step.operation}"
        return Problem(step.where, "import-operation", told)
    new = {**step.claim, "label": step.label}
    numbers = [*belief.holding(step.label)]
    if not numbers:
        return Comparison("new", Draft(step.where, new))
    if _unchanged(belief, numbers[-1], new, sources):
        return Comparison("same")
    found = found_claim(belief, numbers[-1], sources)
    if found is None:
        told = f"{step.label!r} is #{numbers[-1]} already, which is no row of {_named(sources)}"
        return Problem(step.where, "import-changed", f"{told}; give another key")
    change = changed_fields(found, new)
    if isinstance(change, FieldError):  # the checks tell what is wrong, at its place
        return Comparison("new", Draft(step.where, step.claim))
    if change:
        return Comparison("changed", Draft(step.where, _correction(found, step, new, change)))
    if (close := _closed_as_gone(belief, found.number, sources)) is not None:
        reason = f"in the list again; {step.source}, line {step.row.line}"
        return Comparison(
            "again", Draft(step.where, {"kind": "retract", "target": close, "reason": reason})
        )
    return Comparison("same")


def _unchanged(belief: Belief, number: int, new: Body, sources: frozenset[str]) -> bool:
    """Return whether a claim about which nothing was recorded since says word for word what a row does.

    Most rows of an edition are so, and need no more to be compared.
    """
    if not belief.index.chains.alone(number):
        return False
    body = belief.index.body(number) or {}
    cited = body.get("citations", ())
    ours = any(c["source"] in sources and _ROW(c.get("locator", "")) for c in cited)
    alike = all(body.get(name) == new.get(name) for name in ("kind", "type"))
    return ours and alike and _said(body) == _said(new)


def _said(body: Body) -> Body:
    return {name: held for name, held in body.items() if name not in _BESIDE}


def _named(sources: frozenset[str]) -> str:
    return ", ".join(sorted(sources))


def found_claim(belief: Belief, number: int, sources: frozenset[str]) -> FoundClaim | None:
    """Return the claim of an entry that was imported from one of these sources, None for any other."""
    standing = belief.standing_reading(number)
    claim = None if standing is None else belief.reading(standing)
    given = _as_imported(belief, number, sources)
    if standing is None or claim is None or given is None:
        return None
    return FoundClaim(standing, claim, given)


def _as_imported(belief: Belief, number: int, sources: frozenset[str]) -> Claim | None:
    """Return a claim as its last row gave it: whoever corrected it by hand since cites no other row."""
    found: Claim | None = None
    for reading in reversed(belief.grounded(number)):
        claim = belief.reading(reading)
        place = None if claim is None else _row_of(claim, sources)
        if place is not None and (found is None or place != _row_of(found, sources)):
            found = claim
    return found


def _row_of(claim: Claim, sources: frozenset[str]) -> tuple[str, str] | None:
    """Return the source and the row that a claim cites, None where it cites none of these."""
    for citation in claim.citations:
        if citation.source in sources and _ROW(citation.locator or ""):
            return citation.source, str(citation.locator)
    return None


def changed_fields(found: FoundClaim, new: Body) -> Body | FieldError:
    """Return the fields in which a row differs from the edition before, and from what stands.

    What somebody corrected by hand stays, unless the new edition says another thing than the one
    before. Another kind or type is told as `type`.
    """
    try:
        row = to_body(from_body(new))
    except FieldError as fault:
        return fault
    given, standing = to_body(found.given), to_body(found.claim)
    if (row["kind"], row["type"]) != (standing["kind"], standing["type"]):
        return {"type": row["type"]}
    names = ({*row, *given} | {*standing}) - _BESIDE
    changed = [n for n in names if row.get(n) != given.get(n) and row.get(n) != standing.get(n)]
    return {
        name: row.get(name, "" if name in ("since", "until") else None) for name in sorted(changed)
    }


def _correction(found: FoundClaim, step: RowStep, new: Body, change: Body) -> Body:
    """Return the correction of a claim by a row, which cites the row."""
    said = {"kind": "correct", "target": found.number, "reason": "source-corrected", **step.words}
    if "type" in change:
        return {**said, "record": new}
    return {**said, "change": {**change, "citations": new["citations"]}}


# --- what is gone


def gone(
    belief: Belief, edition: Edition, source: str, sources: frozenset[str], met: set[str], rows: int
) -> Iterator[Comparison]:
    """Yield what becomes of the claims that stand of these sources and whose rows are in the file no more."""
    for label in belief.index.labels():
        if label in met:
            continue
        number = next(reversed([*belief.holding(label)]), None)
        found = None if number is None else found_claim(belief, number, sources)
        if found is not None:
            yield _gone(belief, edition, source, label, found, rows)


def _gone(
    belief: Belief, edition: Edition, source: str, label: str, found: FoundClaim, rows: int
) -> Comparison:
    where = f"{label} (#{found.number})"
    if edition.gone == "retract":
        first = belief.index.chains.first(found.number)
        reason = f"{edition.retraction}; {source}"
        return Comparison(
            "gone", Draft(where, {"kind": "retract", "target": first, "reason": reason})
        )
    if edition.gone == "close" and _goes_on(belief, found):
        cited = {"source": source, "locator": f"not among its {rows:,} rows"}
        close = {
            "kind": "close",
            "target": found.number,
            "until": edition.until,
            "citations": [cited],
        }
        return Comparison("gone", Draft(where, close))
    return Comparison("kept")


def _goes_on(belief: Belief, found: FoundClaim) -> bool:
    """Return whether a claim is a state that nothing on record has ended."""
    until = getattr(found.claim, "until", None)
    return until is not None and until.kind == "end" and belief.ending(found.number) is None


def _closed_as_gone(belief: Belief, number: int, sources: frozenset[str]) -> int | None:
    """Return the entry that closed a claim since its row was gone, None where none stands."""
    chain = belief.index.chains.of(number)
    for close in reversed(chain.about.get("close", [])):
        cited = (belief.index.body(close) or {}).get("citations", ())
        if belief.retired_by(close) is None and any(
            c["source"] in sources and _WHOLE(c.get("locator", "")) for c in cited
        ):
            return close
    return None
