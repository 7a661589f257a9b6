"""Addresses: an entry named by what it says, the same in every ledger that holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factledger import Ledger, NotFound, Refused
from factledger.index.contents.addresses import Addresses, is_address

ACTOR = {"kind": "actor", "id": "A", "category": "group", "names": ["A"]}
SOURCE = {"kind": "source", "id": "s", "title": "S", "published": "2022-06-01"}


def visit(place: int, **fields: Any) -> dict[str, Any]:
    """Return the draft of an event that is told on a page."""
    told = {"kind": "event", "type": "CONSULT", "actor": "A", "when": "2022", "source": "s"}
    return {**told, "locator": f"p. {place}", **fields}


def opened(where: str, *records: dict[str, Any]) -> Ledger:
    """Return a new ledger with a source, an actor and these records."""
    found = Ledger.create(where, origin="o")
    found.append(SOURCE, ACTOR, *records)
    found.settle()
    return found


@pytest.fixture(params=["memory:", "found.db"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return an address for a ledger: in memory, or in a SQLite file."""
    return request.param if request.param == "memory:" else str(tmp_path / request.param)


def test_what_an_entry_says_makes_its_address(where: str) -> None:
    """Neither its number, nor its label, nor how it came into the ledger counts."""
    one = Addresses(opened("memory:", visit(1, label="a"), visit(2)).index)
    other = Addresses(opened(where, visit(2), visit(1, recorded_by="B")).index)
    assert [one.of(n) for n in (4, 5)] == [other.of(n) for n in (5, 4)]
    assert len({one.of(n) for n in range(1, 6)}) == 5


def test_an_amendment_is_addressed_by_what_it_is_about(where: str) -> None:
    """In the place of a number stands the address of its entry: the address survives a merge."""
    doubt = {"kind": "dispute", "source": "s", "locator": "p. 9"}
    one = opened("memory:", visit(1), {**doubt, "target": 4})
    other = opened(where, visit(2), visit(1), {**doubt, "target": "#5"}, {**doubt, "target": "#4"})
    mine, theirs = Addresses(one.index), Addresses(other.index)
    assert mine.of(5) == theirs.of(6) != theirs.of(7)


def test_an_address_or_its_first_digits_name_an_entry(where: str) -> None:
    """Of a claim, a declaration and an amendment alike; of what was said again, the newest."""
    ledger = opened(where, visit(1), {"kind": "retract", "target": "#4", "reason": "misread"})
    ledger.append(visit(1))
    known = Addresses(ledger.index)
    assert [known.entry(known.shown(n)) for n in range(1, 7)] == [1, 2, 3, 6, 5, 6]
    assert known.entry(known.of(5)) == known.entry(f"@{known.of(5)[:4]}") == 5
    ledger.settle()
    assert Addresses(ledger.index).entry(known.of(2)) == 2


def test_a_draft_names_a_claim_by_its_address(where: str) -> None:
    """An address is taken wherever a number or a label is, also of a claim of the same draft."""
    there = Addresses(opened("memory:", visit(1)).index).shown(4)
    ledger = opened(where)
    ledger.append(visit(1), {"kind": "dispute", "target": there, "source": "s", "locator": "p. 9"})
    assert ledger.index.body(5)["target"] == 4  # type: ignore[index]
    with pytest.raises(Refused, match="target-exists: the entry '@0000000000': not found"):
        ledger.append({"kind": "retract", "target": "@0000000000", "reason": "misread"})


def test_what_names_no_entry_or_several_is_refused() -> None:
    """Too few digits, none alike, or several: each is told, the last with its candidates."""
    ledger = opened("memory:", *(visit(n) for n in range(300)))
    known = Addresses(ledger.index)
    with pytest.raises(NotFound, match=r"'@abc': not found; write at least 4 of its digits"):
        known.entry("@abc")
    with pytest.raises(NotFound, match=r"'@ffffffff': not found; 'factledger log --addresses'"):
        known.entry("@ffffffff")
    starts: dict[str, list[int]] = {}
    for number in range(1, 304):
        starts.setdefault(known.of(number)[:2], []).append(number)
    twin = next(numbers for numbers in starts.values() if len(numbers) > 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("factledger.index.contents.addresses.FEWEST_DIGITS", 2)
        with pytest.raises(NotFound) as ambiguous:
            known.entry(known.of(twin[0])[:2])
    told = ", ".join(f"#{n} is @{known.of(n)[:10]}" for n in twin[:5])
    assert str(ambiguous.value).endswith(f": not found; {told}; write more of its digits")


@pytest.mark.parametrize(
    "text", ["@visit", "@3FA9", "@3fa9 ", "@:l<-m}", "@\u0663\u0664\u0665\u0666", f"@{'0' * 65}"]
)
def test_a_text_that_is_no_address_names_no_entry(text: str) -> None:
    """What is not spelled as an address is not found, and it is told how one is spelled."""
    known = Addresses(opened("memory:", visit(1)).index)
    with pytest.raises(NotFound, match="not found; an address is '@' and digits from 0 to 9 and a"):
        known.entry(text)


def test_an_erased_entry_has_no_address() -> None:
    """A hash without a salt would let a guess be tried; what was about it keeps an address."""
    ledger = opened("memory:", visit(1))
    before = Addresses(ledger.index).of(4)
    ledger.redact(4, reason="asked for", authority="the editor")
    known = Addresses(ledger.index)
    assert (known.of(4), known.shown(4)) == ("", "")
    assert known.entry(known.of(5)) == 5
    with pytest.raises(NotFound):
        known.entry(before)


def test_an_address_covers_the_claims_that_an_assessment_judges() -> None:
    """They are named in `about`, each with its part."""
    link = {
        "kind": "assessment", "type": "cause", "source": "s", "locator": "p. 3",
        "text": "The one led to the other.",
    }  # fmt: skip
    declared = {"kind": "type", "id": "cause", "shape": "assessment"}
    about = [{"role": "cause", "target": "#4"}, {"role": "effect", "target": "#5"}]
    one = opened("memory:", visit(1), visit(2), declared, {**link, "about": about})
    turned = [{"role": "cause", "target": "#5"}, {"role": "effect", "target": "#4"}]
    other = opened("memory:", visit(2), visit(1), declared, {**link, "about": turned})
    assert Addresses(one.index).of(7) == Addresses(other.index).of(7)


@pytest.mark.parametrize("text", ["@", "3fa9", "@3FA9", "@3fa9g", f"@{'0' * 65}", "@visit"])
def test_what_is_no_address(text: str) -> None:
    """An address is `@` and at most 64 small hexadecimal digits."""
    assert not is_address(text)
