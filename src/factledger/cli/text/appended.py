"""What is told of entries that were appended: their numbers, and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factledger.status.belief import Belief


def appending_notes(belief: Belief, new: Sequence[int], *, with_texts: bool) -> Iterator[str]:
    """Yield what is worth a note of new entries; of the seals only where texts were given."""
    yield from easy_seal_notes(belief, new if with_texts else ())
    yield from planned_end_notes(belief, new)
    yield from reading_notes(belief, new)
    yield from correction_notes(belief, new)


def easy_seal_notes(belief: Belief, numbers: Iterable[int]) -> Iterator[str]:
    """Yield a note for each entry with a plain seal of so few characters that they can be guessed."""
    from factledger.citations.seals import EASY, is_keyed
    from factledger.index.bodies import content_of

    for number in numbers:
        cited = content_of(belief.index.body(number)).get("citations", ())
        sealed = [c for c in cited if "sealed" in c and not is_keyed(c["sealed"])]
        least = min((c["end"] - c["start"] for c in sealed), default=EASY)
        if least < EASY:
            told = f"#{number} seals {least} characters, which can be guessed"
            yield f"note: {told}; seal longer passages, or give --seal-key"


def correction_notes(belief: Belief, numbers: Sequence[int]) -> Iterator[str]:
    """Yield a note for each claim that new entries corrected, or of which they took a reading back."""
    if any(belief.index.kind(number) in ("correct", "retract") for number in numbers):
        from factledger.output.words.readings import chain_notes

        yield from (f"note: {told}" for told in chain_notes(belief, numbers))


def planned_end_notes(belief: Belief, numbers: Iterable[int]) -> Iterator[str]:
    """Yield a note on the entries that end a state after all of their sources were published."""
    from factledger.checks.notes import planned_ends

    found = [*planned_ends(belief, numbers)]
    if found:
        told = "ends after its source can have been published" if len(found) == 1 else _THEY_END
        yield f"note: {ranges(found)} {told}; that is read as a plan until a later source tells more"


def reading_notes(belief: Belief, numbers: Sequence[int]) -> Iterator[str]:
    """Yield a note on each entry that can read otherwise than its sources, and on each type that will."""
    from factledger.checks.notes import (
        claims_too_late,
        other_ends,
        types_without_moods,
        unheeded_denials,
    )
    from factledger.output.words.dates import in_words

    for number, target, end in other_ends(belief, numbers):
        told = (
            f"#{number} ends #{target}, of which its own source tells another end ({in_words(end)})"
        )
        yield f"note: {told}; where two sources differ, append the other end as a claim of its own"
    for number, source, late in claims_too_late(belief, numbers):
        told = f"#{number} dates {source!r} before what {ranges(late)} {'tells' if len(late) == 1 else 'tell'} of"
        yield f"note: {told}; correct one of them"
    for number, said in unheeded_denials(belief, numbers):
        told = f"#{number} is asserted, and its quote says {said!r}"
        yield f'note: {told}; where the source denies it, correct it with polarity = "denied"'
    for number, kind in types_without_moods(belief, numbers):
        told = f"#{number}, the type {kind!r}, has no infinitive, such as '{{actor}} to visit {{recipient}}'"
        yield f"note: {told}; without one, plans and denials of it read 'Planned: …', 'It is denied that …'"


_THEY_END = "end after their sources can have been published"


def summary(numbers: Sequence[int], before: int, verb: str) -> str:
    """Return the numbers of the entries that are new, and of those that were there.

    >>> summary([2, 3, 4, 1], 1, "added"), summary([1], 1, "added")
    ('added #2-#4; already there: #1', 'already there: #1')
    """
    new = sorted({n for n in numbers if n > before})
    old = sorted({n for n in numbers if n <= before})
    parts = [f"{verb} {ranges(new)}"] if new else []
    parts += [f"already there: {ranges(old)}"] if old else []
    return "; ".join(parts) or "the drafts hold no record"


def ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers of entries as runs.

    >>> ranges([2, 3, 4, 7])
    '#2-#4, #7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(f"#{n}" for n in run) for run in runs)
