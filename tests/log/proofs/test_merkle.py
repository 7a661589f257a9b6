"""The tree of RFC 6962: against the text of the RFC, and against the vectors of others."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import LONG
from factledger.log.proofs.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_fault,
    consistency_ranges,
    hashes_of,
    inclusion_fault,
    inclusion_ranges,
    leaf_hash,
    root_of,
    roots_at,
    roots_of,
)
from merkle_oracle import audit_path, consistency_proof, tree_hash
from proof_mutants import consistency, false_consistencies, false_inclusions, inclusion

VECTORS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data/merkle/vectors.jsonl").read_text().splitlines()
]
# Two texts of no bytes are equal roots there; here they are no roots.
STRICTER = "testdata/consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"
HASH = bytes(32)
inputs = st.lists(st.binary(max_size=4), max_size=70)
some_inputs = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(inputs)
def test_the_root_is_that_of_the_rfc(data: list[bytes]) -> None:
    """A tree that grows by one leaf at a time has the hash of section 2.1 at every size."""
    roots = roots_at(map(leaf_hash, data), range(len(data) + 1))
    assert roots == {size: tree_hash(data[:size]) for size in range(len(data) + 1)}
    assert root_of(map(leaf_hash, data)) == tree_hash(data)


@given(some_inputs, st.data())
def test_a_proof_of_inclusion_is_that_of_the_rfc(data: list[bytes], choice: st.DataObject) -> None:
    """The audit path is that of section 2.1.1, and verifies."""
    index = choice.draw(st.integers(0, len(data) - 1))
    leaves = list(map(leaf_hash, data))
    ranges = inclusion_ranges(index, len(data))
    proof = hashes_of(ranges, roots_of(ranges, leaves))
    assert list(proof) == audit_path(index, data)
    assert inclusion_fault(leaves[index], index, len(data), proof, tree_hash(data)) is None


@given(some_inputs, st.data())
def test_a_proof_of_consistency_is_that_of_the_rfc(
    data: list[bytes], choice: st.DataObject
) -> None:
    """The proof is that of section 2.1.2, and verifies."""
    old = choice.draw(st.integers(1, len(data)))
    ranges = consistency_ranges(old, len(data))
    proof = hashes_of(ranges, roots_of(ranges, map(leaf_hash, data)))
    assert list(proof) == consistency_proof(old, data)
    roots = tree_hash(data[:old]), tree_hash(data)
    assert consistency_fault(old, len(data), proof, *roots) is None


@given(some_inputs, st.data())
def test_a_tree_grows_on_from_its_frontier(data: list[bytes], choice: st.DataObject) -> None:
    """What a proof of growth needs is in the frontier of the old tree and in the new leaves."""
    old = choice.draw(st.integers(1, len(data)))
    leaves = list(map(leaf_hash, data))
    frontier = Frontier()
    for leaf in leaves[:old]:
        frontier.add(leaf)
    again = Frontier(frontier.size, frontier.hashes)
    ranges, known = consistency_ranges(old, len(data)), again.nodes()
    known |= roots_of([r for r in ranges if r not in known], again.adding(leaves[old:]), old)
    assert list(hashes_of(ranges, known)) == consistency_proof(old, data)
    assert (again.size, again.root) == (len(data), tree_hash(data))


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    """The root over no leaves is SHA-256 of no bytes."""
    assert root_of([]) == EMPTY_ROOT == tree_hash([])
    assert roots_at([], ()) == {}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["file"].removesuffix(".json")[9:])
def test_a_vector_of_others_has_the_verdict_that_they_expect(vector: dict[str, Any]) -> None:
    """196 probes; one is decided otherwise: its roots are no hashes."""
    proof = [b64decode(hash_) for hash_ in vector["proof"] or ()]
    if vector["kind"] == "inclusion":
        leaf, root = (b64decode(vector[name] or "") for name in ("leafHash", "root"))
        fault = inclusion_fault(leaf, vector["leafIdx"], vector["treeSize"], proof, root)
    else:
        roots = (b64decode(vector[name] or "") for name in ("root1", "root2"))
        fault = consistency_fault(vector["size1"], vector["size2"], proof, *roots)
    assert (fault is not None) == (vector["wantErr"] or vector["file"] == STRICTER)


@pytest.mark.parametrize("size", range(1, 65 if LONG else 18))
def test_a_changed_proof_proves_nothing(size: int) -> None:
    """A bit, a hash more or less, an exchange, another index or root: each is refused."""
    for index in range(size):
        assert inclusion(index, size).fault is None
        assert all(false.fault for false in false_inclusions(inclusion(index, size)))
    for old in range(1, size + 1):
        assert consistency(old, size).fault is None
        assert all(false.fault for false in false_consistencies(consistency(old, size)))


INCLUSION_FAULTS: list[tuple[tuple[Any, ...], str]] = [
    ((HASH, 3, 3, (), HASH), "leaf 3 is not in a tree of 3 leaves"),
    ((HASH, -1, 3, (), HASH), "leaf -1 is not in a tree of 3 leaves"),
    ((b"short", 0, 1, (), HASH), "a hash is not 32 bytes long"),
    ((HASH, 0, 2, (b"",), HASH), "a hash is not 32 bytes long"),
    ((HASH, 0, 1, (HASH,), HASH), "the proof is too long"),
    ((HASH, 0, 2, (), HASH), "the proof is too short"),
    ((HASH, 0, 2, (HASH,), HASH), "the proof leads to another root"),
]
CONSISTENCY_FAULTS: list[tuple[tuple[Any, ...], str]] = [
    ((0, 2, (), EMPTY_ROOT, HASH), "nothing proves that a tree of 2 leaves extends one of 0"),
    ((0, 0, (), EMPTY_ROOT, EMPTY_ROOT), "nothing proves that a tree of 0 leaves extends one of 0"),
    ((3, 2, (), HASH, HASH), "nothing proves that a tree of 2 leaves extends one of 3"),
    ((1, 2, (), b"short", HASH), "a hash is not 32 bytes long"),
    ((2, 2, (HASH,), HASH, HASH), "the proof is too long"),
    ((2, 2, (), HASH, EMPTY_ROOT), "the roots of trees of one size differ"),
    ((1, 2, (HASH, HASH), HASH, HASH), "the proof is too long"),
    ((1, 2, (), HASH, HASH), "the proof is too short"),
    ((3, 4, (), HASH, HASH), "the proof is too short"),
    ((1, 2, (HASH,), HASH, HASH), "the proof leads to another root"),
    ((3, 4, (HASH, HASH, HASH), HASH, HASH), "the proof leads to another old root"),
]


@pytest.mark.parametrize(("given", "fault"), INCLUSION_FAULTS)
def test_what_is_wrong_with_a_proof_of_inclusion_is_said(
    given: tuple[Any, ...], fault: str
) -> None:
    """The first fault is named, in words."""
    assert inclusion_fault(*given) == fault


@pytest.mark.parametrize(("given", "fault"), CONSISTENCY_FAULTS)
def test_what_is_wrong_with_a_proof_of_consistency_is_said(
    given: tuple[Any, ...], fault: str
) -> None:
    """The first fault is named; a tree without leaves has no proof, for every tree extends it."""
    assert consistency_fault(*given) == fault


def test_two_trees_of_one_size_are_one_tree_by_an_empty_proof() -> None:
    """Nothing is to be proved between equal sizes but that the roots are equal."""
    assert consistency_ranges(5, 5) == []
    assert consistency_fault(5, 5, (), HASH, HASH) is None


def test_there_is_no_proof_of_what_cannot_be() -> None:
    """Asking for one is a mistake of the caller."""
    with pytest.raises(ValueError, match="leaf 3 is not in a tree of 3 leaves"):
        inclusion_ranges(3, 3)
    with pytest.raises(ValueError, match="nothing proves that a tree of 3 leaves extends one of 4"):
        consistency_ranges(4, 3)
    with pytest.raises(ValueError, match="there are fewer than 4 leaves"):
        roots_of([(0, 1), (2, 4)], [HASH, HASH, HASH])


@pytest.mark.parametrize("given", [(-1, ()), (1, ()), (0, (HASH,)), (3, (HASH, b"short"))])
def test_a_frontier_that_no_tree_has_is_refused(given: tuple[int, tuple[bytes, ...]]) -> None:
    """A frontier has a hash for each one in the binary number of its leaves."""
    with pytest.raises(ValueError, match="is not made of"):
        Frontier(*given)


def test_a_tree_of_a_million_grows_by_the_new_leaves_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand leaves more take about a thousand hashes of nodes, not a million."""
    joined: list[int] = []

    def counting(left: bytes, right: bytes) -> bytes:
        joined.append(1)
        return HASH

    monkeypatch.setattr("factledger.log.proofs.merkle.node_hash", counting)
    frontier = Frontier(1_000_000, [HASH] * (1_000_000).bit_count())
    ranges, known = consistency_ranges(1_000_000, 1_001_000), frontier.nodes()
    new = [covered for covered in ranges if covered not in known]
    known |= roots_of(new, frontier.adding([HASH] * 1000), 1_000_000)
    assert len(hashes_of(ranges, known)) < 25
    assert frontier.root == HASH
    assert len(joined) < 2 * 1000 + 25
