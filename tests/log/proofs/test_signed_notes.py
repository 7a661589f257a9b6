"""Signed notes and checkpoints: true ones of others, and what a change makes of ours."""

from __future__ import annotations

import builtins
from base64 import b64encode
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import (
    MissingExtra,
    NotProved,
    PrivateKey,
    PublicKey,
    parse_public_key,
    read_checkpoint,
)
from factledger.log.proofs.signed_notes import check_signed, parse_note, parse_private_key
from proof_mutants import (
    FALSE_NOTES,
    KEY,
    NOTES_OF_OTHERS,
    OTHER,
    STRANGER,
    TEXT,
    TRUE_NOTES,
    note,
    root,
)

PUBLIC = KEY.public


@pytest.mark.parametrize(
    "vector", NOTES_OF_OTHERS, ids=lambda v: f"{v['kind']}-{v.get('size', '')}"
)
def test_a_note_of_others_verifies_with_its_key(vector: dict[str, Any]) -> None:
    """19 notes of four projects; a key and a note are written again as they were."""
    key, found = parse_public_key(vector["vkey"]), parse_note(vector["note"].encode())
    check_signed(found, key)
    assert (str(key), str(found)) == (vector["vkey"], vector["note"])
    changed = attrs.evolve(found, text=found.text.replace("\n", " \n", 1))
    with pytest.raises(NotProved, match="does not fit the text"):
        check_signed(changed, key)


def test_a_checkpoint_whose_key_has_another_name_proves_nothing_of_this_log() -> None:
    """sum.golang.org signs for an origin of another name: such a key has to be checked by hand."""
    (vector,) = (v for v in NOTES_OF_OTHERS if v["vkey"].startswith("sum.golang.org"))
    assert read_checkpoint(vector["note"].encode()).origin == "go.sum database tree"
    with pytest.raises(NotProved, match=r"1: it is of 'go.sum database tree', the key is of 'sum"):
        read_checkpoint(vector["note"].encode(), parse_public_key(vector["vkey"]))


@pytest.mark.parametrize("name", TRUE_NOTES)
def test_a_note_is_true_if_our_key_signed_it(name: str) -> None:
    """Others may have signed too, in any order; lines of an extension may follow the root."""
    found = read_checkpoint(TRUE_NOTES[name], PUBLIC)
    assert (found.origin, found.size, found.root) == ("example", 5, root(5))
    assert found.verified == PUBLIC
    assert found.note.encode() == TRUE_NOTES[name]


@pytest.mark.parametrize("name", FALSE_NOTES)
def test_a_changed_note_is_refused(name: str) -> None:
    """Form, name, id, key, signature: whatever is changed, nothing is proved."""
    with pytest.raises(NotProved):
        read_checkpoint(FALSE_NOTES[name], PUBLIC)


@given(st.integers(0, 8 * len(note()) - 1))
def test_no_bit_of_a_note_can_be_flipped(bit: int) -> None:
    """One bit anywhere, and the key did not sign it."""
    changed = bytearray(note())
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(NotProved):
        read_checkpoint(bytes(changed), PUBLIC)


def test_who_signed_instead_is_said() -> None:
    """A note without the signature that was wanted names those that it has."""
    with pytest.raises(NotProved, match=r"not signed by example\+c1ca759e, but by stranger\+"):
        read_checkpoint(note(TEXT, STRANGER), PUBLIC)
    with pytest.raises(NotProved, match=r"nobody signed it; wanted the signature of example\+c1ca"):
        read_checkpoint(TEXT.encode(), PUBLIC)


def test_one_false_signature_of_a_known_key_is_too_many() -> None:
    """A true signature does not make up for a false one of the same key; Go reads the first only."""
    false = str(KEY.sign("another\n")).split("\n\n")[1]
    with pytest.raises(NotProved, match="does not fit the text"):
        read_checkpoint(note() + false.encode(), PUBLIC)


def test_keys_are_read_as_they_are_written() -> None:
    """Both halves of a key have one text; that of the private half is a secret."""
    assert parse_public_key(str(PUBLIC)) == PUBLIC
    assert parse_private_key(KEY.secret_text(), "key") == KEY
    assert b64encode(KEY.seed).decode()[:20] not in repr(KEY)


SEED = b64encode(b"\x01" + bytes(32)).decode()
BAD_KEYS = [
    ("", "key: wanted NAME+ID+KEY, found something else"),
    ("example", "key: wanted NAME+ID+KEY, found something else"),
    (str(PUBLIC) + "\n", "key: wanted NAME+ID+KEY, found something else"),
    (str(PUBLIC).replace("example", "exa mple"), "key: wanted NAME+ID+KEY, found something else"),
    (str(PUBLIC).removeprefix("example"), "key: wanted NAME+ID+KEY, found something else"),
    (str(PUBLIC).replace("c1ca759e", "C1CA759E"), "key: wanted NAME+ID+KEY, found something else"),
    (str(PUBLIC)[:-1], "key: wanted NAME+ID+KEY, found something else"),
    (
        f"example+c1ca759e+{SEED[:-4]}",
        "key: it is not of Ed25519, the only kind that is known here",
    ),
    (f"example+c1ca759e+{'B' + SEED[1:]}", "key: it is not of Ed25519"),
    (
        str(PUBLIC).replace("c1ca759e", "c1ca759f"),
        "key: its id is c1ca759f, but its name and key make c1ca759e",
    ),
    (str(PUBLIC).replace("example", "exampel"), "key: its id is c1ca759e, but its name and key"),
    (KEY.secret_text(), "key: this is the private key; give the public one, NAME+ID+KEY"),
]


@pytest.mark.parametrize(("text", "fault"), BAD_KEYS)
def test_a_text_that_is_no_public_key_is_refused(text: str, fault: str) -> None:
    """Form, kind and id are checked before anything is verified with it."""
    with pytest.raises(NotProved) as caught:
        parse_public_key(text)
    assert str(caught.value).startswith(fault)


def test_a_text_that_is_no_private_key_is_refused_without_being_shown() -> None:
    """The place is named, never the secret."""
    for text in (str(PUBLIC), KEY.secret_text() + "x", KEY.secret_text().replace("c1", "c2")):
        with pytest.raises(NotProved, match=r"^FILE: ") as caught:
            parse_private_key(text, "FILE")
        assert text[-30:] not in str(caught.value)


def test_a_point_that_is_none_verifies_nothing() -> None:
    """A public key of the right length need not be one of the curve."""
    assert not PublicKey("example", b"\xff" * 32).verifies(b"text", bytes(64))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb"])
def test_a_key_has_a_name_that_a_note_can_hold(name: str) -> None:
    """No blanks of any script, no plus, not nothing."""
    with pytest.raises(NotProved, match="cannot name a key"):
        PrivateKey.new(name, bytes)


def test_signing_and_verifying_name_the_extra_that_they_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the package a signature is neither made nor taken for true; reading still works."""
    true_import = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("cryptography"):
            raise ModuleNotFoundError(name)
        return true_import(name, *rest, **named)

    signed = note()
    monkeypatch.setattr(builtins, "__import__", without)
    assert read_checkpoint(signed).size == 5
    for act in (lambda: read_checkpoint(signed, PUBLIC), lambda: OTHER.sign("text\n")):
        with pytest.raises(MissingExtra, match=r"pip install 'factledger\[sign\]'"):
            act()
