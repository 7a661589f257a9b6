"""`factledger prove`: proofs to hand out, and what `verify` says of them without the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_tools import ONE_MORE, run
from factledger import parse_public_key, read_proof


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
    run("append", "-", stdin=ONE_MORE.replace(b'"X"', b'"Y"'))
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
    (("prove",), "name entries, or an older checkpoint with --from; not both"),
    (
        ("prove", "9", "--from", "old"),
        "name entries, or an older checkpoint with --from; not both",
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
