"""What we prove and sign, judged by verifiers that we did not write."""

from __future__ import annotations

import json
from base64 import b64decode
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pytest

from cli_tools import inside, run, small_ledger
from effort import LONG
from factledger import (
    ConsistencyProof,
    InclusionProof,
    NotProved,
    parse_public_key,
    read_checkpoint,
    read_proof,
)
from factledger.log.proofs.merkle import leaf_hash
from factledger.log.proofs.signed_notes import check_signed, parse_note
from judges.judging import (
    Judge,
    Signed,
    asked,
    built_judge,
    metamorphic,
    metamorphic_checkpoint,
    metamorphic_growth,
    metamorphic_inclusion,
    sumdb,
)
from proof_mutants import (
    FALSE_CHECKPOINTS,
    FALSE_NOTES,
    KEY,
    TEXT,
    TRUE_NOTES,
    Consistency,
    Inclusion,
    consistency,
    false_consistencies,
    false_inclusions,
    inclusion,
    leaf,
    note,
    other_sizes,
    root,
)

SIZES = range(1, 65)
CHANGED = SIZES if LONG else (1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 17, 64)
KEY_TEXT = str(KEY.public)
MORE = b'{"kind": "actor", "id": "X", "category": "group", "names": ["X"]}'


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program that asks Go's sumdb."""
    return built_judge(tmp_path_factory.mktemp("judge"))


@pytest.fixture(params=["sumdb", "metamorphic-log"])
def judge(request: pytest.FixtureRequest) -> Judge:
    """Return a verifier that others wrote."""
    if request.param == "sumdb":
        return sumdb(request.getfixturevalue("program"))
    return metamorphic()


def proofs_up_to_64() -> list[Inclusion | Consistency]:
    """Return every proof that there is in trees of 1 to 64 leaves."""
    inclusions = (inclusion(index, size) for size in SIZES for index in range(size))
    consistencies = (consistency(old, size) for size in SIZES for old in range(1, size + 1))
    return [*inclusions, *consistencies]


def test_the_judges_accept_every_proof_of_trees_up_to_64_leaves(judge: Judge) -> None:
    """All 2,080 proofs of inclusion and 2,080 of consistency hold, in the eyes of others too."""
    proofs = proofs_up_to_64()
    assert len(proofs) == 4160
    assert [proof for proof, holds in zip(proofs, judge(proofs), strict=True) if not holds] == []
    assert [proof for proof in proofs if proof.fault] == []


def test_the_judges_refuse_every_changed_proof_that_we_refuse(judge: Judge) -> None:
    """A bit, a hash, an index, a root: whatever is changed, they and we refuse the proof."""
    inclusions = (inclusion(index, size) for size in CHANGED for index in range(size))
    consistencies = (consistency(old, size) for size in CHANGED for old in range(1, size + 1))
    changed: list[Inclusion | Consistency] = [
        *chain.from_iterable(map(false_inclusions, inclusions)),
        *chain.from_iterable(map(false_consistencies, consistencies)),
    ]
    assert len(changed) > 5000
    assert [proof for proof in changed if not proof.fault] == []
    assert [proof for proof, holds in zip(changed, judge(changed), strict=True) if holds] == []


def test_the_judges_say_of_other_sizes_what_we_say(judge: Judge) -> None:
    """A proof tells of its path alone, so some fit another size too: the same to all of us."""
    moved = [other for proof in proofs_up_to_64() for other in other_sizes(proof)]
    ours = [proof.fault is None for proof in moved]
    assert judge(moved) == ours
    assert True in ours
    assert False in ours


def test_go_makes_the_same_tree_of_the_same_leaves(program: Path) -> None:
    """The root of Go's own tree is ours, at every size up to 64; so is the hash of a leaf."""
    trees = [
        {"kind": "root", "leaves": list(map(leaf, range(size))), "root": root(size)}
        for size in SIZES
    ]
    record = {"kind": "record", "text": "leaf 7", "leaf": leaf(7)}
    assert asked(program, [*trees, record]) == [True] * 65


def test_go_signs_the_same_note_with_the_same_key(program: Path) -> None:
    """A private key of ours is one of Go's, and Ed25519 leaves no room: the notes are equal."""
    question = {"kind": "signature", "signer": KEY.secret_text(), "text": TEXT, "note": note()}
    assert asked(program, [question]) == [True]


@pytest.mark.parametrize("name", TRUE_NOTES)
def test_the_judges_accept_each_note_that_we_accept(name: str, judge: Judge) -> None:
    """A signature of the key is enough, whoever else signed."""
    check_signed(parse_note(TRUE_NOTES[name]), KEY.public)
    assert judge([Signed(TRUE_NOTES[name], KEY_TEXT)]) == [True]


@pytest.mark.parametrize("name", FALSE_NOTES)
def test_the_judges_refuse_each_note_that_we_refuse(name: str, judge: Judge) -> None:
    """Form, name, id, signature: whatever is changed, they and we refuse the note."""
    with pytest.raises(NotProved):
        check_signed(parse_note(FALSE_NOTES[name]), KEY.public)
    assert judge([Signed(FALSE_NOTES[name], KEY_TEXT)]) == [False]


@pytest.mark.parametrize("name", FALSE_CHECKPOINTS)
def test_a_signed_text_that_is_no_checkpoint_is_refused(name: str, program: Path) -> None:
    """metamorphic-log refuses it as we do; to Go, which verifies notes alone, it is a true note."""
    signed = note(FALSE_CHECKPOINTS[name])
    with pytest.raises(NotProved):
        read_checkpoint(signed, KEY.public)
    metamorphic()
    assert not metamorphic_checkpoint(signed, KEY_TEXT)
    assert sumdb(program)([Signed(signed, KEY_TEXT)]) == [True]


@pytest.mark.parametrize("store", ["ledger.jsonl", "ledger.db"])
def test_the_judges_accept_what_the_commands_prove_of_a_ledger(
    store: str, judge: Judge, tmp_path: Path
) -> None:
    """Proofs and checkpoints of a real ledger hold for others, and erasing an entry changes none."""
    with inside(tmp_path):
        small_ledger(tmp_path).close()
        if store == "ledger.db":
            run("copy", "ledger.jsonl", store)
        key = run("key", "secret", "-l", store).out.strip()
        Path("old").write_text(run("checkpoint", "--key", "secret", "-l", store).out)
        before = proved(store, key, judge)
        erased = run("redact", "9", "-l", store, "--reason", "asked", "--authority", "me", "--yes")
        assert erased.code == 0
        assert proved(store, key, judge) == before
        run("append", "-", "-l", store, stdin=MORE)
        Path("new").write_text(run("checkpoint", "--key", "secret", "-l", store).out)
        grown = read_proof(run("prove", "--from", "old", "-l", store).out.encode())
    assert isinstance(grown, ConsistencyProof)
    older = read_checkpoint(Path(tmp_path, "old").read_bytes())
    newer = grown.checkpoint
    question = Consistency(grown.old, newer.size, grown.hashes, older.root, newer.root)
    assert judge([question, Signed(newer.note.encode(), key)]) == [True, True]


def test_a_stranger_verifies_the_files_as_they_are_with_another_program(tmp_path: Path) -> None:
    """Proofs and notes are split at their lines and given to metamorphic-log, which does the rest."""
    metamorphic()
    with inside(tmp_path):
        small_ledger(tmp_path).close()
        key = run("key", "secret").out.strip()
        old = run("checkpoint", "--key", "secret").out
        Path("old").write_text(old)
        run("append", "-", stdin=MORE)
        new = run("checkpoint", "--key", "secret").out
        entry, growth = run("prove", "9").out, run("prove", "--from", "old").out
        leaf_text = json.loads(run("prove", "9", "-f", "json").out)["leaf"]
    (_, _, index, *hashes), note_of_entry = split_proof(entry)
    proof = tuple(map(b64decode, hashes))
    hashed = sha256(b"\0" + leaf_text.encode()).digest()
    metamorphic_inclusion(note_of_entry, key, int(index.removeprefix("index ")), hashed, proof)
    (first, *hashes), note_of_growth = split_proof(growth)
    assert (first, note_of_entry, note_of_growth) == ("old 12", new, new)
    metamorphic_growth(old, new, key, tuple(map(b64decode, hashes)))


def split_proof(text: str) -> tuple[list[str], str]:
    """Return the lines of a proof, and the note below them."""
    above, _, note_below = text.partition("\n\n")
    return above.split("\n"), note_below


def proved(store: str, key: str, judge: Judge) -> list[tuple[bytes, ...]]:
    """Return the hashes that prove each entry, once a judge and we agree that they do."""
    length = read_checkpoint(Path("old").read_bytes(), parse_public_key(key)).size
    questions, hashes = [], []
    for number in range(1, length + 1):
        proof = read_proof(run("prove", str(number), "-l", store).out.encode())
        assert isinstance(proof, InclusionProof)
        assert proof.fault is None
        hashed = leaf_hash(proof.line.envelope())
        checkpoint = proof.checkpoint
        questions.append(Inclusion(number - 1, length, hashed, proof.hashes, checkpoint.root))
        hashes.append(proof.hashes)
    assert judge([*questions, Signed(checkpoint.note.encode(), key)]) == [True] * (length + 1)
    return hashes
