"""One proof of several leaves: all small trees, all choices of leaves."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from factledger.log.proofs.joint.several_leaves import joint_fault, joint_ranges
from factledger.log.proofs.merkle import hashes_of, inclusion_ranges, roots_of
from proof_mutants import JUNK, leaf, root

SIZES = range(1, 9)
CASES = [
    (size, chosen)
    for size in SIZES
    for chosen in chain.from_iterable(combinations(range(size), n) for n in range(1, size + 1))
]


def proof_of(size: int, chosen: tuple[int, ...]) -> tuple[bytes, ...]:
    """Return the hashes that prove some leaves of a tree."""
    ranges = joint_ranges(chosen, size)
    return hashes_of(ranges, roots_of(ranges, map(leaf, range(size))))


def test_every_choice_of_leaves_of_every_small_tree_is_proved() -> None:
    """And with a hash less, a hash more, or another leaf nothing is."""
    for size, chosen in CASES:
        proof, leaves = proof_of(size, chosen), {index: leaf(index) for index in chosen}
        assert joint_fault(leaves, size, proof, root(size)) is None
        assert joint_fault(leaves, size, (*proof, JUNK), root(size)) == "the proof is too long"
        assert proof == () or joint_fault(leaves, size, proof[:-1], root(size)) == (
            "the proof is too short"
        )
        wrong = {**leaves, chosen[0]: JUNK}
        assert joint_fault(wrong, size, proof, root(size)) == "the proof leads to another root"


def test_a_proof_of_one_leaf_has_the_hashes_of_a_single_proof() -> None:
    """In the order of the leaves, where that goes from the leaf up."""
    for size in SIZES:
        for index in range(size):
            assert set(joint_ranges([index], size)) == set(inclusion_ranges(index, size))


def test_leaves_beside_each_other_share_their_hashes() -> None:
    """Sixteen of a thousand take seven hashes in the place of 160, all of them none."""
    assert len(joint_ranges(range(16), 1024)) == 6
    assert joint_ranges(range(1024), 1024) == []


@pytest.mark.parametrize("chosen", [[], [-1], [3], [0, 3]])
def test_what_is_no_leaf_of_the_tree_is_not_proved(chosen: list[int]) -> None:
    """Neither made nor verified."""
    with pytest.raises(ValueError, match="are not in a tree of 3 leaves"):
        joint_ranges(chosen, 3)
    told = joint_fault(dict.fromkeys(chosen, JUNK), 3, (), root(3))
    assert told == "not all of its leaves are in a tree of 3 leaves"


def test_a_hash_of_another_length_proves_nothing() -> None:
    """Leaf, root and every hash of the proof have 32 bytes."""
    proof = proof_of(3, (0,))
    assert joint_fault({0: b"short"}, 3, proof, root(3)) == "a hash is not 32 bytes long"
    assert joint_fault({0: leaf(0)}, 3, (b"x", *proof[1:]), root(3)) == (
        "a hash is not 32 bytes long"
    )


def test_a_tree_that_is_said_to_be_huge_is_answered_at_once() -> None:
    """The size of a false checkpoint costs no time."""
    assert joint_fault({5: JUNK, 2**62: JUNK}, 2**63 - 1, (), JUNK) == "the proof is too short"
