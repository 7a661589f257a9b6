"""Proofs as texts: what a stranger who has one entry, a key and no ledger can verify."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import ConsistencyProof, InclusionProof, NotProved, read_checkpoint, read_proof
from factledger.log.canonical import canonical
from factledger.log.lines import Line
from factledger.log.proofs.checkpoints import checkpoint_text
from factledger.log.proofs.merkle import leaf_hash, root_of
from factledger.log.proofs.proof_parts import MAX_PROOF, parse_content
from factledger.log.proofs.prover import prove_entry, prove_extension
from factledger.log.stores.memory import MemoryStore
from proof_mutants import KEY, OTHER, flipped
from store_faults import log

LINES = log(1, 3, 2, 5)
STORE = MemoryStore()
STORE.restore(LINES)


def signed(size: int) -> bytes:
    """Return the signed checkpoint of the first lines."""
    root = root_of(leaf_hash(line.envelope()) for line in LINES[:size])
    return str(KEY.sign(checkpoint_text("example", size, root))).encode()


@pytest.fixture(autouse=True, scope="module")
def named() -> Iterator[None]:
    """Let the first line name the log, whatever it holds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("factledger.log.proofs.prover.origin_of", lambda store: "example")
        yield


def entry_proof(number: int = 7, size: int = 11) -> InclusionProof:
    """Return the proof of an entry."""
    return prove_entry(STORE, number, read_checkpoint(signed(size), KEY.public))


def growth_proof(old: int = 6, size: int = 11) -> ConsistencyProof:
    """Return the proof that the log grew."""
    older, newer = (read_checkpoint(signed(n), KEY.public) for n in (old, size))
    return prove_extension(STORE, older, newer)


@pytest.mark.parametrize("size", range(1, 12))
def test_every_entry_is_proved_and_read_back(size: int) -> None:
    """A proof is read as it was written, and shows the entry as it stands in the log."""
    for number in range(1, size + 1):
        proof = entry_proof(number, size)
        found = read_proof(str(proof).encode(), KEY.public)
        assert found == proof
        assert isinstance(found, InclusionProof)
        assert found.fault is None
        assert found.line == LINES[number - 1]._replace(hash="")


@pytest.mark.parametrize("size", range(1, 12))
def test_every_growth_is_proved_and_read_back(size: int) -> None:
    """A checkpoint is proved to extend each older one, itself included."""
    for old in range(1, size + 1):
        proof = growth_proof(old, size)
        found = read_proof(str(proof).encode(), KEY.public)
        assert found == proof
        assert isinstance(found, ConsistencyProof)
        assert found.fault(read_checkpoint(signed(old))) is None


def test_an_erased_entry_is_proved_by_the_hashes_that_it_had() -> None:
    """Without its content the leaf is the same, and so are all proofs; the content is not shown."""
    store = MemoryStore()
    store.restore(LINES)
    store.erase({7})
    checkpoint = read_checkpoint(signed(11), KEY.public)
    before, after = entry_proof(7), prove_entry(store, 7, checkpoint)
    assert after.hashes == before.hashes
    assert after.fault is None
    assert after.line.body is None
    assert read_proof(str(after).encode(), KEY.public) == after
    assert prove_entry(store, 8, checkpoint) == entry_proof(8)


def test_the_proof_is_laid_out_as_the_specification_has_it() -> None:
    """First the name of the format, the entry, the index, the hashes; then the checkpoint."""
    proof = entry_proof(7)
    above, _, below = str(proof).partition("\n\n")
    first, extra, index, *hashes = above.split("\n")
    assert first == "c2sp.org/tlog-proof@v1"
    assert json.loads(b64decode(extra.removeprefix("extra ")))["seq"] == 7
    assert index == "index 6"
    assert tuple(map(b64decode, hashes)) == proof.hashes
    assert below.encode() == signed(11)


def test_the_growth_is_laid_out_as_a_witness_takes_it() -> None:
    """First the old size, then the hashes; then the checkpoint."""
    proof = growth_proof(6)
    above, _, below = str(proof).partition("\n\n")
    first, *hashes = above.split("\n")
    assert first == "old 6"
    assert tuple(map(b64decode, hashes)) == proof.hashes
    assert below.encode() == signed(11)


def test_no_bit_of_a_proof_can_be_flipped() -> None:
    """One bit anywhere in a proof of an entry, and it is refused or proves nothing."""
    data = str(entry_proof(7)).encode()
    assert [bit for bit in range(8 * len(data)) if not not_proved(flipped(data, bit))] == []


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_bytes_of_any_kind_are_a_proof_or_refused(junk: bytes, place: int) -> None:
    """Reading what a stranger sends ends in a proof or in NotProved, never otherwise."""
    data = str(entry_proof(7)).encode()
    place %= len(data)
    for attempt in (
        junk,
        data[:place] + junk,
        data[:place] + junk + data[place:],
        b"old 3\n" + junk,
    ):
        try:
            found = read_proof(attempt)
        except NotProved:
            continue
        assert str(found).encode() == attempt


def not_proved(data: bytes) -> bool:
    """Tell whether bytes prove no entry."""
    try:
        found = read_proof(data, KEY.public)
    except NotProved:
        return True
    return not isinstance(found, InclusionProof) or found.fault is not None


def test_a_proof_for_another_entry_or_checkpoint_proves_nothing() -> None:
    """Entry, index, hashes and checkpoint belong together."""
    proof, other = entry_proof(7), entry_proof(8)
    assert attrs.evolve(proof, line=other.line).fault == "the proof leads to another root"
    assert attrs.evolve(proof, hashes=other.hashes).fault == "the proof leads to another root"
    smaller = read_checkpoint(signed(6))
    assert attrs.evolve(proof, checkpoint=smaller).fault == "leaf 6 is not in a tree of 6 leaves"
    with pytest.raises(NotProved, match="not signed by"):
        read_proof(str(proof).encode(), OTHER.public)


def test_a_forged_content_is_another_leaf() -> None:
    """Whoever changes the content of the entry that a proof shows has another commitment."""
    proof = entry_proof(7)
    body = (proof.line.body or b"").replace(b"quoted", b"forged")
    forged = str(attrs.evolve(proof, line=proof.line._replace(body=body))).encode()
    found = read_proof(forged, KEY.public)
    assert isinstance(found, InclusionProof)
    assert found.fault == "the proof leads to another root"


def test_a_growth_from_another_checkpoint_is_not_proved() -> None:
    """Origin and size are those that the proof starts from, and so is the root."""
    proof, older = growth_proof(6), read_checkpoint(signed(6))
    assert proof.fault(older) is None
    assert proof.fault(attrs.evolve(older, origin="another")) == (
        "the older checkpoint is of 'another', not 'example'"
    )
    assert proof.fault(attrs.evolve(older, size=5)) == (
        "it starts from 6 entries, the older checkpoint is of 5"
    )
    wrong = attrs.evolve(older, root=bytes(32))
    assert proof.fault(wrong) == "the proof leads to another old root"


NOTE = signed(11).decode()
HASH = b64encode(bytes(32)).decode()
EXTRA = b64encode(LINES[6].encode(hashed=False)).decode()
FIRST = "c2sp.org/tlog-proof@v1"
FAULTS = [
    (f"{FIRST}\nextra {EXTRA}\nindex 6\n", "p: it is no proof: no blank line"),
    (f"{FIRST}\r\n\n{NOTE}", "p:1: it holds the control character '\\r'"),
    (f"another/proof@v1\nindex 6\n\n{NOTE}", "p:1: wanted 'c2sp.org/tlog-proof@v1' or 'old N'"),
    (f"{FIRST}\n\n{NOTE}", "p:2: wanted 'extra' and the entry in base64"),
    (f"{FIRST}\nindex 6\n\n{NOTE}", "p:2: wanted 'extra' and the entry in base64"),
    (f"{FIRST}\nextra !\nindex 6\n\n{NOTE}", "p:2: wanted 'extra' and the entry in base64"),
    (f"{FIRST}\nextra {EXTRA}\n\n{NOTE}", "p:3: wanted 'index' and a number, found ''"),
    (f"{FIRST}\nextra {EXTRA}\nindex 06\n\n{NOTE}", "p:3: wanted a number below 2^63"),
    (f"{FIRST}\nextra {EXTRA}\nindex 7\n\n{NOTE}", "p:3: it shows entry 7, but leads to entry 8"),
    (f"{FIRST}\nextra {EXTRA}\nindex 6\n{HASH}=\n\n{NOTE}", "p:4: wanted 32 bytes in base64"),
    (
        f"{FIRST}\nextra {EXTRA}\nindex 6\n" + f"{HASH}\n" * 64 + f"\n{NOTE}",
        "p: more than 63 hashes",
    ),
    (f"old +6\n\n{NOTE}", "p:1: wanted a number below 2^63"),
    (f"old 6\n{HASH[:-4]}\n\n{NOTE}", "p:2: wanted 32 bytes in base64"),
    (f"old 6\n\n{NOTE[:-1]}", "p: its checkpoint: its last line has no line feed"),
    ("x" * (MAX_PROOF + 1), f"p: longer than {MAX_PROOF} bytes"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS, ids=[fault[:30] for _, fault in FAULTS])
def test_the_fault_of_a_proof_is_said_with_its_line(text: str, fault: str) -> None:
    """The place comes first, then what was wanted and what was found."""
    with pytest.raises(NotProved) as caught:
        read_proof(text.encode(), place="p")
    assert str(caught.value).startswith(fault)


WHOLE = json.loads(LINES[6].encode(hashed=False))
NO_ENTRIES: list[Any] = [
    7,
    [],
    {},
    {**WHOLE, "more": 1},
    {**WHOLE, "at": 5},
    {**WHOLE, "at": "2026-11-23T19:00:00Z"},
    {**WHOLE, "at": "\u0662026-11-23T19:00:00.000000Z"[1:]},
    {**WHOLE, "seq": "7"},
    {**WHOLE, "seq": 0},
    {**WHOLE, "seq": True},
    {**WHOLE, "batch": None},
    {**WHOLE, "last": -1},
    {**WHOLE, "salt": 5},
    {**WHOLE, "salt": "AAAA"},
    {**WHOLE, "salt": "\u20ac"},
    {**WHOLE, "salt": WHOLE["salt"][:-1] + "B"},
    {**WHOLE, "body": "text"},
    {**{name: WHOLE[name] for name in ("at", "batch", "last", "seq")}, "commit": 5},
    {**{name: WHOLE[name] for name in ("at", "batch", "last", "seq")}, "commit": "A" * 64},
]


@pytest.mark.parametrize("value", NO_ENTRIES)
def test_what_is_no_entry_is_not_shown_as_one(value: Any) -> None:
    """The content in a proof has exactly the keys of a line, less the hash, each of its kind."""
    with pytest.raises(NotProved, match="it shows no entry as a ledger writes it"):
        parse_content(canonical(value), "p:2")


@pytest.mark.parametrize("data", [b"", b"{", b'{"seq":7,"seq":7}', b"\xff", b"[" * 100000])
def test_what_is_not_json_of_the_profile_is_not_shown(data: bytes) -> None:
    """Bytes that no ledger writes are refused before anything is made of them."""
    with pytest.raises(NotProved, match="p:2: it shows no entry"):
        parse_content(data, "p:2")


def test_an_entry_is_shown_in_its_one_spelling() -> None:
    """A blank, another order of keys: the same values, and yet not what the ledger wrote."""
    loose = json.dumps(WHOLE, sort_keys=True).encode()
    with pytest.raises(NotProved, match="it shows no entry as a ledger writes it"):
        parse_content(loose, "p:2")


@pytest.mark.parametrize("line", [LINES[6], LINES[6].erased()])
def test_content_is_read_back_from_a_proof(line: Line) -> None:
    """Whole or erased, a line is the same but for its hash, which no proof shows."""
    assert parse_content(line.encode(hashed=False), "p") == line._replace(hash="")
