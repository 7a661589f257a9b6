"""Parts are folded anew where something that bears on them changed, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factledger import Ledger
from factledger.errors import LogError
from factledger.log.stores import open_store
from factledger.scaling import (
    COUNTS,
    FoldedParts,
    fold_parts,
    fold_projection,
    rows_in,
    seal_lines,
    whole_digest,
)
from factledger.scaling.layout.reading import terms_from
from factledger.scaling.rows import RowSum
from factledger.views.projections import LEVEL

POSTS = 40


def office(post: int, holder: str, since: str) -> dict[str, object]:
    """Return the claim that somebody holds a post."""
    return {
        "kind": "state",
        "type": "office",
        "participants": [
            {"role": "holder", "actor": holder},
            {"role": "post", "actor": f"post{post}"},
        ],
        "since": since,
        "until": "..",
        "citations": [{"source": "paper", "locator": f"p. {post}"}],
        "label": f"{holder}-{post}-{since}",
    }


def post(number: int) -> dict[str, object]:
    """Return the record of a post."""
    name = f"post{number}"
    return {"kind": "actor", "id": name, "category": "post", "names": [name], "of": "land"}


def person(name: str) -> dict[str, object]:
    """Return the record of a person."""
    return {"kind": "actor", "id": name, "category": "person", "names": [name]}


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Return the address of a ledger of 40 posts with two holders each."""
    with Ledger.create(tmp_path / "ledger", origin="posts") as ledger:
        ledger.append(
            {"kind": "source", "id": "paper", "title": "Paper", "published": "2024-01-01"},
            {"kind": "actor", "id": "land", "category": "group", "names": ["The Land"]},
            *(person(name) for name in ("ann", "bob", "cyd")),
            *(post(n) for n in range(POSTS)),
        )
        for n in range(POSTS):
            ledger.append(office(n, "ann", "2019"), office(n, "bob", "2021-05"))
    return str(tmp_path / "ledger")


def folded(address: str, folder: Path) -> FoldedParts:
    """Return the parts of what is in a ledger now; they give the answer of the whole."""
    with open_store(address) as store:
        seal_lines(store, folder, size=32)
    found = fold_parts(folder, least=12)
    with Ledger.open(address) as ledger:
        assert found.digest == whole_digest(ledger.belief())
    assert RowSum(rows_in(found)).digest == found.digest
    return found


def test_only_parts_that_something_changed_for_are_folded_again(
    address: str, tmp_path: Path
) -> None:
    """A new claim folds one part again, a claim called the same as one elsewhere two at most."""
    first = folded(address, tmp_path / "parts")
    assert first.made == len(first.parts) == POSTS
    assert folded(address, tmp_path / "parts").made == 0
    with Ledger.open(address) as ledger:
        [new] = ledger.append(office(3, "cyd", "2022"))
    assert folded(address, tmp_path / "parts").made == 1
    with Ledger.open(address) as ledger:
        other = ledger.find("ann-7-2019").number
        same = {"kind": "identify", "claims": [other, new.number], "verdict": "same", "reason": "x"}
        ledger.append(same)
    assert folded(address, tmp_path / "parts").made <= 2


def test_no_answer_outlives_its_rules(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the code of the meaning is another, every part is folded again."""
    folded(address, tmp_path / "parts")
    monkeypatch.setattr("factledger.scaling.folding.rules_digest", lambda: "other rules")
    assert folded(address, tmp_path / "parts").made == POSTS


def test_what_bears_on_all_folds_all_again(address: str, tmp_path: Path) -> None:
    """A withdrawn source folds every part again that rests on it, and people who are the same too."""
    folded(address, tmp_path / "parts")
    with Ledger.open(address) as ledger:
        ledger.append(
            {"kind": "identify", "actors": ["ann", "cyd"], "verdict": "same", "reason": "x"}
        )
    assert folded(address, tmp_path / "parts").made == POSTS
    with Ledger.open(address) as ledger:
        ledger.append({"kind": "withdraw", "source": "paper", "reason": "a forgery"})
    assert folded(address, tmp_path / "parts").rows == 0


def test_a_correction_that_moves_a_claim_is_answered_once(address: str, tmp_path: Path) -> None:
    """A claim that is moved to another post leaves the first, and stands once under the second."""
    with Ledger.open(address) as ledger:
        moved = ledger.find("ann-3-2019").number
        ledger.append(
            {
                "kind": "correct",
                "target": moved,
                "reason": "misread",
                "record": office(9, "ann", "2018"),
            }
        )
    folded(address, tmp_path / "parts")


def test_rows_are_divided_into_parts_by_their_number(address: str, tmp_path: Path) -> None:
    """A part has at most as many lines as asked for, where what bears on one another allows it."""
    with open_store(address) as store:
        seal_lines(store, tmp_path / "parts")
    assert len(fold_parts(tmp_path / "parts").parts) == 1
    few = fold_parts(tmp_path / "parts", most=10)
    assert len(few.parts) > 8
    assert few.digest == fold_parts(tmp_path / "parts").digest


def test_a_file_of_a_part_that_is_cut_off_is_found(address: str, tmp_path: Path) -> None:
    """A file that a task hands on is not taken where it was cut off."""
    folded(address, tmp_path / "parts")
    for path in (tmp_path / "parts" / "routed").glob("*.lines"):
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(LogError, match="cut off or changed"):
        fold_parts(tmp_path / "parts")


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _another_digit(data: bytes) -> bytes:
    """Return data in which one digit is another, as where a disk errs: what it is stays well formed."""
    place = next((i for i in range(len(data) // 3, len(data)) if data[i : i + 1].isdigit()), -1)
    return (
        data
        if place < 0
        else data[:place] + b"%d" % (9 - int(data[place : place + 1])) + data[place + 1 :]
    )


def _rows(address: str, parts: Path) -> set[bytes]:
    with open_store(address) as store:
        seal_lines(store, parts, size=128)
    return set(rows_in(fold_parts(parts, least=1)))


@pytest.mark.parametrize("room", ["found", "terms", "roots", "routed", "declared", "parts"])
@pytest.mark.parametrize("spoil", [_cut, _another_digit, None])
def test_nothing_is_answered_from_a_spoilt_file(
    room: str, spoil: Callable[[bytes], bytes] | None, address: str, tmp_path: Path
) -> None:
    """What was changed is made anew, or named; without what is named, the answer is as before."""
    parts = tmp_path / "parts"
    wanted, told = _rows(address, parts), list[str]()
    for path in sorted((parts / room).iterdir())[:2]:
        before = path.read_bytes()
        path.write_bytes(spoil(before)) if spoil else path.unlink()
        terms_from.cache_clear()
        try:
            assert _rows(address, parts) == wanted
        except LogError as error:
            told.append(str(error).removeprefix(f"{path}: "))
            assert spoil is not None
            path.unlink()
            assert _rows(address, parts) == wanted
    assert set(told) <= {"it is cut off or changed; delete it, and run the command again"}


def test_a_projection_that_combines_is_folded_in_parts(address: str, tmp_path: Path) -> None:
    """Put together from parts, it gives what the whole gives, at any day."""
    with open_store(address) as store:
        seal_lines(store, tmp_path / "parts", size=16)
    with Ledger.open(address) as ledger:
        for day in (None, "2020-01-01", "2023-06-30"):
            until = None if day is None else ledger.as_of(day).day
            found = fold_projection(tmp_path / "parts", COUNTS, until=until, least=12)
            assert found == ledger.fold(COUNTS, day)
    assert found == {("office", "ended"): 0} or all(found.values())


def test_a_projection_that_does_not_combine_is_told(tmp_path: Path) -> None:
    """Without `combine`, nobody knows how to put two parts together."""
    with pytest.raises(TypeError, match="'level' has no combine; give it one"):
        fold_projection(tmp_path, LEVEL)
