"""`key`, `checkpoint`, `prove`, and `verify` with what they made."""

from __future__ import annotations

import builtins
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli_tools import inside, run, small_ledger
from factledger import parse_public_key, read_checkpoint, read_proof

MORE = b'{"kind": "actor", "id": "X", "category": "group", "names": ["X"]}'


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """Stand in the folder of a small ledger, with its key, a checkpoint of #12 and of #13."""
    small_ledger(tmp_path).close()
    with inside(tmp_path):
        Path("public").write_text(run("key", "secret").out)
        Path("old").write_text(run("checkpoint", "--key", "secret").out)
        run("append", "-", stdin=MORE)
        Path("new").write_text(run("checkpoint", "--key", "secret").out)
        Path("proof").write_text(run("prove", "9").out)
        Path("growth").write_text(run("prove", "--from", "old").out)
        yield tmp_path


def test_a_key_is_made_once_and_its_public_half_printed(here: Path) -> None:
    """The private half never leaves its file."""
    public = Path("public").read_text()
    assert parse_public_key(public.strip()).name == "small"
    assert run("key", "secret", "--public").out == public
    again = run("key", "secret")
    assert (again.code, again.out) == (1, "")
    assert again.err == "secret: cannot write: file exists; nothing was written\n"
    seed = Path("secret").read_text().split("+", 4)[4]
    assert seed.strip() not in run("key", "secret", "--public").out + again.err


def test_a_checkpoint_is_printed_or_written_as_it_is(here: Path) -> None:
    """What is printed is byte for byte what is kept beside the ledger."""
    kept = Path("ledger.jsonl.checkpoint").read_text()
    assert run("checkpoint", "--key", "secret").out == kept == Path("new").read_text()
    assert run("checkpoint", "--key", "secret", "-o", "out").out == ""
    assert Path("out").read_text() == kept
    unsigned = run("checkpoint").out
    assert kept.startswith(unsigned)
    assert not read_checkpoint(unsigned.encode()).signed


def test_the_ledger_extends_the_checkpoints_that_were_made_of_it(here: Path) -> None:
    """Each is told on a line of its own, with who signed it, if that was asked."""
    said = run("verify", "--checkpoint", "new", "--checkpoint", "old", "--key", "public")
    id_ = parse_public_key(Path("public").read_text().strip()).short
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[1:] == [
        f"new: the ledger extends this checkpoint of 13 entries, signed by {id_}",
        f"old: the ledger extends this checkpoint of 12 entries, signed by {id_}",
    ]
    said = run("verify", "--checkpoint", "new", "--key", Path("public").read_text().strip())
    assert said.out.endswith(f"signed by {id_}\n")
    said = run("verify", "--checkpoint", "new")
    assert said.out.endswith("checkpoint of 13 entries, signature not verified\n")
    run("checkpoint", "-o", "plain")
    assert run("verify", "--checkpoint", "plain").out.endswith("of 13 entries, not signed\n")


def test_what_does_not_fit_is_a_problem(here: Path) -> None:
    """A ledger that was cut: what fits is said, what does not ends with code 1."""
    lines = Path("ledger.jsonl").read_bytes().splitlines(keepends=True)
    Path("ledger.jsonl").write_bytes(b"".join(lines[:12]))
    said = run("verify", "--checkpoint", "new", "--checkpoint", "old")
    assert said.code == 1
    assert said.out.splitlines()[1:] == [
        "old: the ledger extends this checkpoint of 12 entries, signature not verified",
        "new: checkpoint: truncated: the checkpoint is of 13 entries, the ledger has 12",
    ]
    refused = run("checkpoint", "--key", "secret")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.endswith(
        "ledger.jsonl: truncated: the checkpoint is of 13 entries, the ledger has 12; "
        "nothing was signed\n"
    )


def test_a_proof_is_verified_without_the_ledger(here: Path) -> None:
    """A key or a checkpoint of one's own is enough, and the entry is shown."""
    Path("ledger.jsonl").unlink()
    with_key = run("verify", "--proof", "proof", "--key", "public")
    with_both = run("verify", "--proof", "proof", "--key", "public", "--checkpoint", "new")
    alone = run("verify", "--proof", "proof", "--checkpoint", "new")
    id_ = parse_public_key(Path("public").read_text().strip()).short
    first, body = with_key.out.splitlines()
    assert first == (
        "proof: proved: entry 9 of small, recorded 2024-12-01T09:00:00.000000Z, "
        f"is in the checkpoint of 13 entries, signed by {id_}"
    )
    assert json.loads(body)["label"] == "visit"
    assert with_both == with_key
    assert alone.out.splitlines()[0].endswith("of 13 entries, signature not verified")
    other = run("verify", "--proof", "proof", "--checkpoint", "old")
    assert (other.code, other.out) == (1, "")
    assert other.err == "proof: it is for another checkpoint, 'small' of 13\n"


def test_growth_is_verified_without_the_ledger(here: Path) -> None:
    """Whoever kept the old checkpoint sees that the new one extends it."""
    Path("ledger.jsonl").unlink()
    said = run("verify", "--proof", "growth", "--checkpoint", "old", "--key", "public")
    id_ = parse_public_key(Path("public").read_text().strip()).short
    assert said.out == (
        f"growth: proved: the checkpoint of 13 entries extends that of 12, signed by {id_}\n"
    )
    wrong = run("verify", "--proof", "growth", "--checkpoint", "new")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "growth: it starts from 12 entries, the older checkpoint is of 13\n"
    alone = run("verify", "--proof", "growth", "--key", "public")
    assert alone.code == 2
    assert "proves that a checkpoint extends an older one; give that with --checkpoint" in alone.err


def test_a_false_proof_proves_nothing(here: Path) -> None:
    """A changed hash leads to another root, and the code is 1."""
    lines = Path("proof").read_text().splitlines(keepends=True)
    lines[3], lines[4] = lines[4], lines[3]
    Path("proof").write_text("".join(lines))
    said = run("verify", "--proof", "proof", "--key", "public")
    assert (said.code, said.out, said.err) == (1, "", "proof: the proof leads to another root\n")


def test_an_erased_entry_is_proved_without_its_content(here: Path) -> None:
    """The proof holds, and says that there is nothing to show."""
    from factledger.log.stores import open_store

    with open_store(".") as store:
        store.erase({9})
    run("prove", "9", "-o", "erased")
    said = run("verify", "--proof", "erased", "--key", "public").out.splitlines()
    assert said[0].startswith("erased: proved: entry 9 of small, ")
    assert said[1:] == ["its content was erased"]


def test_a_proof_is_for_the_checkpoint_that_is_meant(here: Path) -> None:
    """One that is named, else the last that was signed, else one of all entries now."""
    run("append", "-", stdin=MORE.replace(b'"X"', b'"Y"'))
    sizes = {
        words: read_proof(run("prove", "#9", *words).out.encode()).checkpoint.size
        for words in ((), ("--checkpoint", "old"))
    }
    assert sizes == {(): 13, ("--checkpoint", "old"): 12}
    newer = run("prove", "14")
    assert newer.err == "Error: entry #14: not found; the checkpoint is of 13 entries\n"
    Path("ledger.jsonl.checkpoint").unlink()
    assert read_proof(run("prove", "14").out.encode()).checkpoint.size == 14


def test_a_proof_in_json_has_the_same_parts(here: Path) -> None:
    """Hashes are in base64, the entry is as its line, the checkpoint is its text."""
    found = json.loads(run("prove", "9", "--format", "json").out)
    assert list(found) == ["entry", "leaf", "index", "size", "root", "hashes", "checkpoint"]
    assert (found["index"], found["size"], found["entry"]["seq"]) == (8, 13, 9)
    assert found["entry"]["body"]["label"] == "visit"
    assert json.loads(found["leaf"]).keys() == {"at", "batch", "commit", "last", "seq"}
    assert found["checkpoint"] == Path("new").read_text()
    growth = json.loads(run("prove", "--from", "old", "-f", "json").out)
    assert list(growth) == ["old", "size", "root", "hashes", "checkpoint"]
    assert (growth["old"], growth["size"]) == (12, 13)


MISUSES = [
    (("prove",), "name an entry, or an older checkpoint with --from; not both"),
    (
        ("prove", "9", "--from", "old"),
        "name an entry, or an older checkpoint with --from; not both",
    ),
    (("prove", "visit"), "'visit' is not an entry: write 29 or '#29'"),
    (("verify", "--key", "public"), "--key verifies a --checkpoint or a --proof; give one"),
    (("verify", "--proof", "proof"), "--proof goes with --key, one --checkpoint or both, alone"),
    (
        ("verify", "--proof", "proof", "--key", "public", "--index"),
        "--proof goes with --key, one --checkpoint or both, alone",
    ),
    (
        ("verify", "--proof", "proof", "--checkpoint", "old", "--checkpoint", "new"),
        "--proof goes with --key, one --checkpoint or both, alone",
    ),
    (("checkpoint", "-l", "nowhere"), "'factledger init' makes a ledger"),
]


@pytest.mark.parametrize(("words", "said"), MISUSES)
def test_misuse_is_told(words: tuple[str, ...], said: str, here: Path) -> None:
    """What does not go together is said in one line, with code 2."""
    found = run(*words)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


def test_the_halves_of_a_key_are_not_mistaken(here: Path) -> None:
    """The private key is not for verifying, nor the public one for signing."""
    assert run("verify", "--checkpoint", "new", "--key", "secret").err == (
        "key: this is the private key; give the public one, NAME+ID+KEY\n"
    )
    assert run("checkpoint", "--key", "public").err == (
        "public: this is no private key; 'factledger key' makes one\n"
    )


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
