"""`factledger checkpoint`: what is printed, and what is kept beside the ledger."""

from __future__ import annotations

import builtins
import os
from pathlib import Path
from typing import Any

import pytest

from cli_tools import run
from factledger import read_checkpoint


def test_a_checkpoint_is_printed_or_written_as_it_is(here: Path) -> None:
    """What is printed is byte for byte what is kept beside the ledger."""
    kept = Path("ledger.jsonl.checkpoint").read_text()
    assert run("checkpoint", "--key", "secret").out == kept == Path("new").read_text()
    assert run("checkpoint", "--key", "secret", "-o", "out").out == ""
    assert Path("out").read_text() == kept
    unsigned = run("checkpoint").out
    assert kept.startswith(unsigned)
    assert not read_checkpoint(unsigned.encode()).signed


def test_without_cryptography_all_but_signatures_work(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What needs the package says so in one line; checkpoints, proofs and comparisons do not."""
    true_import = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return true_import(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    wanted = (
        "Error: Ed25519 signatures need the package cryptography; install it: "
        "pip install 'factledger[sign]'\n"
    )
    for words in (
        ("key", "another"),
        ("checkpoint", "--key", "secret"),
        ("verify", "--checkpoint", "new", "--key", "public"),
        ("verify", "--proof", "proof", "--key", "public"),
    ):
        said = run(*words)
        assert (said.code, said.out, said.err) == (1, "", wanted)
    assert not Path("another").exists()
    for line in (
        "checkpoint",
        "prove 9",
        "prove --from old",
        "verify --checkpoint new",
        "verify --proof proof --checkpoint new",
    ):
        assert run(*line.split()).code == 0


def test_a_ledger_that_nobody_may_write_to_is_proved_all_the_same(here: Path) -> None:
    """Checkpoints that nobody signs, proofs and verifying are readings."""
    Path("ledger.jsonl.lock").unlink()
    Path("ledger.jsonl.checkpoint.lock").unlink()
    before = sorted(os.listdir())
    for words in (("checkpoint",), ("prove", "9"), ("verify", "--checkpoint", "old")):
        assert run(*words).code == 0
    assert sorted(os.listdir()) == before
