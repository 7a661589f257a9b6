"""The text of a proof of several entries: written, read back, refused."""

from __future__ import annotations

import attrs
import pytest

from factledger import JointProof, Ledger, NotFound, NotProved, read_proof
from factledger.log.proofs.joint.joint_proof import MAX_ENTRIES
from factledger.log.proofs.prover import prove_entries
from factledger.log.stores import open_store
from log.proofs.signed_ledgers import KEY, signed


@pytest.fixture
def proof(address: str) -> JointProof:
    """Return a proof of three entries of a signed ledger."""
    with Ledger.open(address) as ledger:
        return ledger.prove_several([9, 3, 4, 3], signed(address))


def test_a_proof_is_read_back_as_it_was_written(proof: JointProof) -> None:
    """Its entries rise, each once; and it holds."""
    assert [line.seq for line in proof.lines] == [3, 4, 9]
    found = read_proof(str(proof).encode(), KEY.public)
    assert isinstance(found, JointProof)
    assert (found.lines, found.hashes, found.fault) == (proof.lines, proof.hashes, None)
    assert str(proof).startswith("factledger/1 proof of several\nentries 3\n")


def test_an_entry_that_is_left_out_or_put_in_makes_it_false(proof: JointProof) -> None:
    """Whoever changes which entries it is of has another proof."""
    assert attrs.evolve(proof, lines=proof.lines[1:]).fault == "the proof is too short"
    moved = proof.lines[0]._replace(seq=2)
    assert attrs.evolve(proof, lines=(moved, *proof.lines[1:])).fault is not None


def test_an_erased_entry_is_proved_without_its_content(address: str, proof: JointProof) -> None:
    """The others show theirs."""
    with open_store(address) as store:
        store.erase({4})
        later = prove_entries(store, [3, 4, 9], proof.checkpoint)
    assert later.fault is None
    assert [line.body is None for line in later.lines] == [False, True, False]


def test_entries_that_are_not_there_are_not_proved(address: str) -> None:
    """None at all, one behind the checkpoint, or too many for a file."""
    with Ledger.open(address) as ledger:
        checkpoint = ledger.checkpoint()
        with pytest.raises(NotFound, match="name at least one"):
            ledger.prove_several([], checkpoint)
        with pytest.raises(NotFound, match="entry #13: not found; the checkpoint is of 12"):
            ledger.prove_several([3, 13], checkpoint)
        large = attrs.evolve(checkpoint, size=2 * MAX_ENTRIES)
        with pytest.raises(NotProved, match="at most 100000 entries"):
            ledger.prove_several(range(1, MAX_ENTRIES + 2), large)


HEAD = "factledger/1 proof of several\n"
FAULTS = [
    ("\n", "p:2: wanted 'entries' and a number, found ''"),
    ("entry 1\n\n", "p:2: wanted 'entries' and a number, found 'entry 1'"),
    ("entries x\n\n", "p:2: wanted a number below 2^63"),
    ("entries 0\n\n", "p:2: wanted from 1 to 100000 entries below, not 0"),
    ("entries 2\nAAAA\n\n", "p:2: wanted from 1 to 100000 entries below, not 2"),
    ("entries 1\n?\n\n", "p:3: wanted an entry in base64"),
    ("entries 1\nAAAA\n\n", "p:3: it shows no entry"),
    ("entries 1\n{3}\nAAAA\n\n", "p:4: wanted 32 bytes in base64"),
    ("entries 2\n{3}\n{3}\n\n", "p: its entries do not rise"),
    ("entries 2\n{4}\n{3}\n\n", "p: its entries do not rise"),
]


@pytest.mark.parametrize(("above", "fault"), FAULTS)
def test_the_fault_is_said_with_its_line(above: str, fault: str, proof: JointProof) -> None:
    """The place comes first, then what was wanted and what was found."""
    shown = str(proof).split("\n")[2:4]
    text = above.replace("{3}", shown[0]).replace("{4}", shown[1])
    note = proof.checkpoint.note
    with pytest.raises(NotProved) as caught:
        read_proof(f"{HEAD}{text}{note}".encode(), place="p")
    assert str(caught.value).startswith(fault)
