"""`factledger checkpoint`: what is printed, and what is kept beside the ledger."""

from __future__ import annotations

import builtins
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from cli_tools import ONE_MORE, inside, run
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


def test_a_ledger_that_was_rolled_back_gets_no_second_signature(here: Path) -> None:
    """The older ledger with other entries is told apart; --fork signs it, and keeps both on record."""
    shutil.copytree(".", "../older", ignore=shutil.ignore_patterns("secret*"))
    run("append", "-", stdin=ONE_MORE.replace(b"X", b"Y"))
    said = run("checkpoint", "--key", "secret")
    run("append", "-", "-l", "../older", stdin=ONE_MORE.replace(b"X", b"Z"))
    refused = run("checkpoint", "--key", "secret", "-l", "../older")
    assert (refused.code, refused.out) == (1, "")
    assert "rewritten: entries 1 to 14 are not those of the checkpoint" in refused.err
    assert "secret.signed; nothing was signed" in refused.err
    forked = run("checkpoint", "--key", "secret", "-l", "../older", "--fork")
    assert forked.out.splitlines()[:2] == said.out.splitlines()[:2]
    assert forked.out.splitlines()[2] != said.out.splitlines()[2]
    assert len(Path("secret.signed").read_text().splitlines()) == 2
    assert run("checkpoint", "--key", "secret").code == 1
    assert run("checkpoint", "--key", "secret", "-l", "../older").out == forked.out


def test_a_key_that_forgot_what_it_signed_says_so(here: Path) -> None:
    """Who copied a key alone, or tidied away what stood beside it, hears what to do before that is relied on."""
    assert run("checkpoint", "--key", "secret").err == ""
    Path("secret.signed").unlink()
    said = run("checkpoint", "--key", "secret")
    assert (said.code, "secret.signed: it is not there, so what" in said.err) == (0, True)
    assert run("checkpoint", "--key", "secret").err == ""


def test_a_key_signs_for_no_other_ledger_of_its_name(tmp_path: Path) -> None:
    """Two folders of one name make two ledgers of one origin; each needs a key of its own."""
    with inside(tmp_path):
        run("init", "a/notes")
        run("init", "b/notes")
        run("key", "secret", "-l", "a/notes")
        refused = run("checkpoint", "--key", "secret", "-l", "b/notes")
        assert (refused.code, refused.out) == (1, "")
        assert "secret.signed is of another ledger 'notes': its entry 1 is " in refused.err
        assert run("checkpoint", "--key", "secret", "-l", "a/notes").code == 0


def test_what_a_key_signed_may_stand_elsewhere(here: Path) -> None:
    """A key on a medium that nobody may write to needs another place for it."""
    Path("elsewhere").mkdir()
    Path("elsewhere/key").write_bytes(Path("secret").read_bytes())
    words = ("checkpoint", "--key", "elsewhere/key", "--signed", "kept")
    assert run(*words).out == Path("new").read_text()
    assert [file.name for file in Path("elsewhere").iterdir()] == ["key"]
    assert json.loads(Path("kept").read_text())["size"] == 13


@pytest.mark.parametrize("words", [("--fork",), ("--signed", "kept")])
def test_what_belongs_to_a_key_is_misuse_without_one(words: tuple[str, ...], here: Path) -> None:
    """Where nothing is signed there is nothing to fork, and nothing to keep."""
    found = run("checkpoint", *words)
    assert (found.code, found.out) == (2, "")
    assert "--fork and --signed go with --key" in found.err


def test_without_cryptography_all_but_signatures_work(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What needs the package says so in one line; checkpoints, proofs and comparisons do not."""
    true_import = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("cryptography"):
            raise ModuleNotFoundError(name)
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
