"""A claim and what was said about it in words: its readings, what a correction keeps, replaces, settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from factledger.named import NamedTuple
from factledger.output.words.standings import entry_numbers
from factledger.status.belief import Belief

_SHOWN = 5


class ToldEntry(NamedTuple):
    """An entry of a chain: a reading or what is about the claim, its state, and by which entry it has it."""

    number: int
    kind: str
    state: str
    by: int | None = None

    def __str__(self) -> str:
        by = f" by #{self.by}" if self.by is not None else ""
        return f"#{self.number} {self.kind}: {self.state}{by}"


def readings_told(belief: Belief, number: int) -> list[ToldEntry]:
    """Return the readings of the claim of an entry, oldest first.

    One `stands`, or was `corrected`, `retracted` or `erased`, or `has no ground` at the cut.
    """
    index, grounded = belief.index, {*belief.grounded(number)}
    known = (n for n in index.chains.of(number).readings if n <= belief.recorded)
    return [_reading(belief, n, n in grounded) for n in known]


def _reading(belief: Belief, number: int, grounded: bool) -> ToldEntry:
    by, index = belief.retired_by(number), belief.index
    if by is None or (index.puts_claim(by) and not grounded):
        return ToldEntry(number, index.kind(number), "stands" if grounded else "has no ground")
    how = {"retract": "retracted", "redact": "erased"}.get(index.kind(by), "corrected")
    return ToldEntry(number, index.kind(number), how, by)


def said_told(belief: Belief, number: int) -> list[ToldEntry]:
    """Return what was said about the claim of an entry, oldest first.

    It `counts`, or was `replaced`, `settled` or `retracted`, or `has no ground` at the cut.
    """
    about = belief.index.chains.of(number).about
    known = sorted((n, kind) for kind in about for n in about[kind] if n <= belief.recorded)
    settled = belief.settled(number)
    return [_said(belief, n, kind, settled.get(n)) for n, kind in known]


def _said(belief: Belief, number: int, kind: str, settled: int | None) -> ToldEntry:
    by = belief.retired_by(number)
    if by is not None:
        return ToldEntry(number, kind, "retracted", by)
    if kind == "dispute" and settled is not None:
        return ToldEntry(number, kind, "settled", settled)
    moved = belief.end_moved_by(number) if kind == "close" else None
    if moved is not None:
        return ToldEntry(number, kind, "replaced", moved)
    heard = kind == "identify" or belief.heard(number)
    return ToldEntry(number, kind, "counts" if heard else "has no ground")


def chain_lines(belief: Belief, number: int) -> Iterator[str]:
    """Yield the readings of a claim that was corrected, and what was said about it, an entry a line.

    Of a claim that nobody corrected, what was said about it is told only where some of that does not
    count: the rest stands beside the claim.
    """
    readings, said = readings_told(belief, number), said_told(belief, number)
    if len(readings) > 1:
        yield "Readings of the claim"
        for told in readings:
            yield f"  {told}{_changes(belief, told.number)}"
    if said and (len(readings) > 1 or any(told.state != "counts" for told in said)):
        yield "Said about the claim"
        yield from (f"  {told}" for told in said)


def _changes(belief: Belief, number: int) -> str:
    """Return which fields a correction changes, where it does not give all."""
    record: Any = belief.index.record(number)
    names = getattr(record, "changes", ())
    return f", changes {', '.join(names)}" if names else ""


def chain_notes(belief: Belief, numbers: Iterable[int]) -> Iterator[str]:
    """Return what new entries did to claims that have more than one reading, a line a claim.

    Of a correction about whose claim nothing was said there is nothing to tell.
    """
    index, last = belief.index, dict[int, int]()
    for number in numbers:
        body = index.body(number) or {}
        of_claim = body.get("kind") in ("correct", "retract") and index.puts_claim(body["target"])
        if of_claim and len(index.chains.of(body["target"]).readings) > 1:
            last[index.chains.first(body["target"])] = number
    notes = (_note(belief, claim, number) for claim, number in last.items())
    return filter(None, notes)


def _note(belief: Belief, claim: int, number: int) -> str:
    """Return what an entry did to a claim, "" where there is nothing to tell."""
    target = (belief.index.body(number) or {})["target"]
    if belief.index.kind(number) == "correct":
        kept = _kept(belief, claim, number)
        return kept and f"#{number} corrects the claim #{claim}{kept}"
    if target == claim:
        return f"#{number} takes back the claim #{claim}, with all its corrections"
    standing = belief.standing_reading(claim)
    also = f"; to take back the claim, retract #{claim}" if standing == claim else ""
    return f"#{number} undoes the correction #{target}: #{standing} stands{also}"


def _kept(belief: Belief, claim: int, number: int) -> str:
    """Return what a correction keeps, replaces and settles, and which readings it stands in the place of."""
    said = said_told(belief, claim)
    told: dict[str, list[str]] = {
        "keeps": [f"#{t.number} {t.kind}" for t in said if t.state == "counts"],
        "replaces": [f"#{t.number} {t.kind}" for t in said if (t.state, t.by) == ("replaced", number)],
        "settles": [f"#{t.number} {t.kind}" for t in said if (t.state, t.by) == ("settled", number)],
    }  # fmt: skip
    if belief.standing_reading(claim) != number:
        told["has no ground, so that this stands"] = [f"#{belief.standing_reading(claim)}"]
    earlier = [t.number for t in readings_told(belief, claim) if claim < t.number < number]
    parts = [f"{word} {_some(names)}" for word, names in told.items() if names]
    before = (
        f" (corrected before: {_some([entry_numbers([n]) for n in earlier])})" if earlier else ""
    )
    return f"{before}{': ' if parts else ''}{'; '.join(parts)}"


def _some(names: list[str]) -> str:
    """Return the first of some names."""
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
