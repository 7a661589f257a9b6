"""Checkpoints and proofs of the lines of a store: made anew, and what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import small_ledger
from factledger import (
    Ledger,
    NotFound,
    NotProved,
    Problem,
    WriteRefused,
    read_checkpoint,
)
from factledger.log.proofs.kept_checkpoints import checkpoint_path, tree_path
from factledger.log.stores import open_store
from log.proofs.signed_ledgers import KEY, grow, lines_of, rechained, rewrite, root_over, signed


def test_a_rewritten_chain_verifies_and_only_a_checkpoint_kept_elsewhere_tells(
    address: str,
) -> None:
    """Whoever can write the file can link it anew: all hashes fit, the old checkpoint does not."""
    elsewhere = signed(address).note.encode()
    checkpoint_path(address).unlink()
    tree_path(address).unlink()
    rewrite(address, rechained(lines_of(address), 9))
    with Ledger.open(address) as ledger:
        assert ledger.verify() == ()
        assert ledger.verify_checkpoint(read_checkpoint(elsewhere, KEY.public)) == (
            Problem(
                ledger.address,
                "checkpoint",
                "rewritten: entries 1 to 12 are not those of the checkpoint",
            ),
        )


def test_what_does_not_fit_is_told_from_the_smallest_checkpoint_on(address: str) -> None:
    """Foreign, truncated, rewritten: each is named; what fits is not."""
    first = signed(address)
    grow(address, 4)
    second = signed(address)
    lines = lines_of(address)
    rewrite(address, rechained(lines, 14))
    with Ledger.open(address) as ledger:
        assert ledger.verify_checkpoint(first) == ()
        assert "rewritten: entries 1 to 16" in str(*ledger.verify_checkpoint(second))
    rewrite(address, lines[:12])
    with Ledger.open(address) as ledger:
        assert "truncated: the checkpoint is of 16 entries, the ledger has 12" in str(
            *ledger.verify_checkpoint(second)
        )
        other = read_checkpoint(first.note.replace("small", "large", 1).encode())
        assert "foreign: it is a checkpoint of 'large', this ledger is 'small'" in str(
            *ledger.verify_checkpoint(other)
        )
        with pytest.raises(NotProved, match="foreign: "):
            ledger.prove(3, other)
        with pytest.raises(NotProved, match="truncated: "):
            ledger.prove(3, second)
        with pytest.raises(NotProved, match="truncated: "):
            ledger.prove_extension(first, second)
        with pytest.raises(NotProved, match="of 12 entries does not extend one of 16"):
            ledger.prove_extension(second, first)
        with pytest.raises(NotFound, match="the checkpoint is of 12 entries"):
            ledger.prove(13, first)


def test_a_proof_is_not_made_of_lines_that_were_rewritten(address: str) -> None:
    """What a stranger would refuse is refused here first."""
    first = signed(address)
    grow(address)
    second = signed(address)
    rewrite(address, rechained(lines_of(address), 5))
    with Ledger.open(address) as ledger:
        with pytest.raises(NotProved, match=r"rewritten: .* \(the proof leads to another root\)"):
            ledger.prove(3, second)
        with pytest.raises(NotProved, match="rewritten: "):
            ledger.prove_extension(first, second)


def test_erasing_content_changes_no_checkpoint_and_no_proof(address: str) -> None:
    """What must be erased is erased; every checkpoint, before or after, still fits."""
    before = signed(address)
    with Ledger.open(address) as ledger:
        proof = ledger.prove(5, before)
    with open_store(address) as store:
        store.erase({5})
    grow(address)
    after = signed(address)
    with Ledger.open(address) as ledger:
        assert ledger.verify_checkpoint(before) == ledger.verify_checkpoint(after) == ()
        assert ledger.prove(5, before).hashes == proof.hashes
        assert ledger.prove(5, before).line == proof.line.erased()
        assert ledger.prove_extension(before, after).fault(before) is None


def test_a_checkpoint_that_is_not_signed_writes_nothing(tmp_path: Path) -> None:
    """It is a reading like any other, and possible where nobody may write."""
    small_ledger(tmp_path).close()
    (tmp_path / "ledger.jsonl.lock").unlink(missing_ok=True)
    before = sorted(tmp_path.iterdir())
    with Ledger.open(tmp_path) as ledger:
        found = ledger.checkpoint()
    assert sorted(tmp_path.iterdir()) == before
    assert (found.size, found.root) == (12, root_over(lines_of(str(tmp_path))))
    assert not found.signed
    assert read_checkpoint(found.note.encode()) == found


def test_a_ledger_in_memory_has_checkpoints_that_nobody_signs() -> None:
    """There is nowhere to keep what was signed last, so nothing is."""
    ledger = Ledger.create("memory:", origin="small")
    checkpoint = ledger.checkpoint()
    assert ledger.prove(1, checkpoint).fault is None
    with pytest.raises(WriteRefused, match="a checkpoint is kept beside a ledger in a file"):
        ledger.checkpoint(KEY)
