"""A part of a ledger by itself: numbered anew, without what is about entries of other parts."""

from __future__ import annotations

from collections.abc import Sequence

from factledger import Correct, Corroborate, Dispute, Identify, Ledger, Retract
from factledger.records.codec import Body
from factledger.scaling.parts import LedgerPart, each_once
from ledgers import FIRST_NUMBER, cited, ledger, level, source

N = FIRST_NUMBER + 1


def lines_of(held: Ledger, numbers: Sequence[int]) -> list[bytes]:
    """Return the lines of some entries of a ledger."""
    lines = [*held.lines()]
    return [lines[number - 1] for number in numbers]


def body_of(part: LedgerPart, place: int) -> Body:
    """Return the body at a place of a part."""
    body = part.index.body(place)
    assert body is not None
    return body


def test_what_is_about_entries_of_other_parts_is_left_out() -> None:
    """Also what names two claims of which one is elsewhere; the rest names its own numbers."""
    held = ledger(
        source(), level("a"), level("b"), Dispute(target=N, citations=cited()),
        Corroborate(target=N, citations=cited()), Corroborate(target=N + 1, citations=cited()),
        Identify(claims=[N, N + 1], verdict="same", reason="one"),
    )  # fmt: skip
    part = LedgerPart(lines_of(held, [*range(1, N + 1), *range(N + 2, len(held) + 1)]))
    assert part.numbers == [*range(1, N + 1), N + 2, N + 3]
    assert part.index.kinds(N, len(part.index)) == ["state", "dispute", "corroborate"]
    assert body_of(part, N + 1)["target"] == N
    assert part.number_at(N + 1) == N + 2
    assert part.place_of(N + 1) == N


def test_a_correction_settles_the_disputes_that_are_here() -> None:
    """One that is in no line of the part disputes nothing in it."""
    held = ledger(
        source(),
        level("a"),
        *(Dispute(target=N, note=note, citations=cited()) for note in ("one", "two")),
    )
    held.append(Correct(target=N, reason="misread", record=level("b"), settles=[N + 1, N + 2]))
    part = LedgerPart(lines_of(held, [*range(1, N + 1), N + 2, N + 3]))
    assert body_of(part, N + 2)["settles"] == [N + 1]


def test_lines_of_several_parts_come_once() -> None:
    """In the order of their numbers."""
    held = ledger(source(), level("a"), Retract(target=N, reason="no"))
    one, other = lines_of(held, [1, 2, 4]), lines_of(held, [2, 3, 4, 5])
    assert [*each_once(one, other)] == lines_of(held, [1, 2, 3, 4, 5])
