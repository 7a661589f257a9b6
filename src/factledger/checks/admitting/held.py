"""The entry that holds a record already, if it counts."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.index.fingerprints import Fingerprint
from factledger.records.amendments import Identify
from factledger.records.declarations import Header
from factledger.records.record import Record
from factledger.status.belief import Belief
from factledger.status.registry import reversed_above


def entry_holding(belief: Belief, known: Fingerprint, record: Record) -> int | None:
    """Return the entry that holds the very same record, labels apart, if it counts.

    Only the last can: it was written because those before it were live no longer. What was
    corrected since is still there, as a reading of its claim.
    """
    last = next(iter(reversed(belief.index.same(known))), None)
    if last is None or isinstance(record, Header):
        return last
    by = belief.retired_by(last)
    gone = by is not None and not belief.index.puts_claim(by)
    return None if gone or _overruled(belief, last, record) else last


def _overruled(belief: Belief, number: int, record: Record) -> bool:
    """Return whether a later word on the same pair has taken the place of an identification."""
    if not isinstance(record, Identify):
        return False
    first, pair = belief.index.chains.first, {*record.actors, *record.claims}
    if record.claims:
        claims = {first(n) for n in record.claims}
        later = (belief.index.body(n) or {} for n in _same_claims(belief, record.claims[0], number))
        return any({first(n) for n in body.get("claims", ())} == claims for body in later)
    words = map(belief.index.record, reversed_above(belief.index.identities, number))
    return any(isinstance(r, Identify) and pair == {*r.actors} for r in words)


def _same_claims(belief: Belief, claim: int, number: int) -> Iterator[int]:
    """Yield the identifications of a claim that came after an entry."""
    about = belief.index.chains.of(claim).about.get("identify", ())
    return (n for n in reversed_above(about, number) if n <= belief.recorded)
