"""What a key signed last: kept beside the key, out of reach of whoever rolls a ledger back."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from factledger import Busy, Checkpoint, Ledger, NotProved, WriteRefused, make_key, read_key
from factledger.ledger.copying import copy_into
from factledger.log.lines import Line
from factledger.log.proofs.kept_checkpoints import checkpoint_path, kept_checkpoint
from factledger.log.proofs.merkle import leaf_hash, root_of
from factledger.log.proofs.signer import Signed, keep_signed, last_signed, signed_path
from factledger.log.proofs.signing import sign_checkpoint
from factledger.log.stores import create_store, open_store
from factledger.log.stores.locks import locked

NAMES = ["ledger.jsonl", "ledger.db"]


@pytest.fixture(params=NAMES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a ledger of three entries is, in a store of each kind; its key is `key`."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    made = str(folder / request.param)
    Ledger.create(made, origin="small").close()
    grow(made, "one")
    grow(made, "two")
    make_key(tmp_path / "key", "small", first=lines_of(made)[0].hash)
    return made


def grow(address: str, word: str) -> None:
    """Append an actor to a ledger."""
    with Ledger.open(address) as ledger:
        ledger.append({"kind": "actor", "id": word, "category": "group", "names": [word]})


def lines_of(address: str) -> list[Line]:
    """Return the lines of a ledger."""
    with open_store(address) as store:
        return list(store.read())


def key_file(address: str) -> Path:
    """Return the key of a ledger."""
    return Path(address).parent.parent / "key"


def signed(address: str, *, fork: bool = False) -> Checkpoint:
    """Return the next checkpoint of a ledger, signed with the key in the file."""
    with Ledger.open(address) as ledger:
        return ledger.checkpoint(read_key(key_file(address)), fork=fork)


def sign_and_roll_back(address: str) -> None:
    """Append, sign, and put back the whole folder of the ledger, with all that stands beside it."""
    folder = Path(address).parent
    shutil.copytree(folder, folder.with_name("before"))
    grow(address, "three")
    signed(address)
    shutil.rmtree(folder)
    folder.with_name("before").rename(folder)


def test_a_ledger_that_was_put_back_and_grew_otherwise_is_not_signed(address: str) -> None:
    """No second checkpoint contradicts the first, though nothing beside the ledger tells of it."""
    sign_and_roll_back(address)
    grow(address, "other")
    before = signed_path(key_file(address)).read_bytes()
    with pytest.raises(NotProved, match=r"rewritten: .*key\.signed; nothing was signed"):
        signed(address)
    assert signed_path(key_file(address)).read_bytes() == before
    assert kept_checkpoint(address) is None


def test_a_ledger_that_is_shorter_than_what_was_signed_is_not_signed(address: str) -> None:
    """A backup is older than a checkpoint that others have: what is missing is asked for first."""
    signed(address)
    sign_and_roll_back(address)
    with pytest.raises(
        NotProved, match=r"truncated: .* of 4 entries, the ledger has 3, says .*key"
    ):
        signed(address)


def test_what_is_kept_beside_the_ledger_binds_as_well(address: str) -> None:
    """Of two that tell of different histories neither is passed over, whichever is longer."""
    signed(address)
    state = signed_path(key_file(address)).read_bytes()
    grow(address, "three")
    signed(address)
    signed_path(key_file(address)).write_bytes(state.replace(b'"root":"', b'"root":"ff', 1))
    with pytest.raises(NotProved, match="does not tell what the key signed last"):
        signed(address)
    root = last_signed_of(state).root.hex().encode()
    signed_path(key_file(address)).write_bytes(state.replace(root, b"0" * 64))
    with pytest.raises(NotProved, match=r"rewritten: entries 1 to 3 .*key\.signed"):
        signed(address)


def last_signed_of(state: bytes) -> Signed:
    """Return what a state says, read from a file of its own."""
    path = Path("state")
    path.write_bytes(state)
    found = last_signed(path)
    path.unlink()
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_fork_is_signed_when_it_is_asked_for_and_leaves_a_trace(address: str) -> None:
    """Both histories stand beside the key, and the older checkpoint beside the ledger."""
    first = signed(address)
    sign_and_roll_back(address)
    grow(address, "other")
    second = signed(address, fork=True)
    assert (second.size, second.root) == (4, root_over(lines_of(address)))
    states = signed_path(key_file(address)).read_bytes().splitlines()
    assert [last_signed_of(state).size for state in states] == [4, 4]
    (aside,) = Path(address).parent.glob("*.checkpoint-*")
    assert aside.read_text() == first.note
    grow(address, "more")
    assert signed(address).size == 5
    assert len(signed_path(key_file(address)).read_bytes().splitlines()) == 2


def root_over(lines: list[Line]) -> bytes:
    """Return the root over some lines, worked out from the start."""
    return root_of(leaf_hash(line.envelope()) for line in lines)


@pytest.mark.parametrize("made_for", [True, False])
def test_a_key_signs_for_one_ledger_alone(made_for: bool, address: str, tmp_path: Path) -> None:
    """Another one of the same name has another first entry: from birth, or from its first signature."""
    if not made_for:
        signed_path(key_file(address)).unlink()
        signed(address)
    other = Path(address).parent / "other.jsonl"
    Ledger.create(other, origin="small").close()
    with (
        open_store(str(other)) as store,
        pytest.raises(NotProved, match=r"is of another ledger 'small': its entry 1 is .*…, here"),
    ):
        sign_checkpoint(store, read_key(key_file(address)))
    assert not checkpoint_path(str(other)).exists()


def test_a_copy_in_another_store_is_the_same_ledger(address: str) -> None:
    """What a key signed binds the lines, wherever they are kept."""
    first = signed(address)
    copy = Path(address).with_name("copy.db")
    with open_store(address) as origin, create_store(str(copy)) as store:
        copy_into(origin, store)
    assert signed(str(copy)).root == first.root


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"\n",
        b"[]",
        b"\xff",
        b"{}",
        b"[" * 100_000,
        b'{"first":"' + b"0" * 64 + b'","root":"' + b"0" * 64 + b'","size":-1}',
        b'{"first":"' + b"0" * 64 + b'","root":"' + b"0" * 64 + b'","size":true}',
        b'{"first":"' + b"0" * 64 + b'","root":"00","size":1}',
        b'{"first":"x","root":"' + b"0" * 64 + b'","size":1}',
        b" " * (2**20 + 1),
    ],
)
@pytest.mark.parametrize("address", ["ledger.jsonl"], indirect=True)
def test_a_state_that_says_nothing_is_told_and_stays(state: bytes, address: str) -> None:
    """What was signed last cannot be known: nothing is signed on a guess."""
    path = signed_path(key_file(address))
    path.write_bytes(state)
    with pytest.raises(NotProved, match=r"key\.signed: (it does not tell|longer than)"):
        signed(address)
    assert path.read_bytes() == state
    if state.strip() or len(state) > 2**20:
        with pytest.raises(NotProved, match=r"key\.signed: (it does not tell|longer than)"):
            signed(address, fork=True)
        assert path.read_bytes() == state
    else:
        signed(address, fork=True)
        assert path.read_bytes().startswith(state)


@pytest.mark.parametrize("name", ["ledger.jsonl", "copy.db", "key", "note"])
@pytest.mark.parametrize("address", ["ledger.jsonl"], indirect=True)
def test_nothing_is_written_over_in_the_place_of_the_state(
    name: str, address: str, tmp_path: Path
) -> None:
    """A ledger, a key or a note that is named as what the key signed last stays as it is."""
    held = Path(address).with_name("copy.db")
    with open_store(address) as origin, create_store(str(held)) as store:
        copy_into(origin, store)
    Path(address).with_name("note").write_text("origin\n1\nhash\n")
    path = key_file(address) if name == "key" else Path(address).with_name(name)
    before = path.read_bytes()
    for fork in (True, False):
        with open_store(address) as store, pytest.raises(NotProved, match="it does not tell"):
            sign_checkpoint(store, read_key(key_file(address), path), fork=fork)
    assert path.read_bytes() == before


def test_a_state_that_cannot_be_read_or_written_is_told(address: str) -> None:
    """A folder in its place, or no folder to keep it in: nothing is handed out."""
    path = signed_path(key_file(address))
    path.unlink()
    path.mkdir()
    with pytest.raises(NotProved, match="cannot read: is a directory"):
        signed(address)
    with open_store(address) as store, pytest.raises(WriteRefused):
        sign_checkpoint(store, read_key(key_file(address), Path("nowhere/state")))
    with pytest.raises(WriteRefused, match="cannot write"):
        keep_signed(Path("nowhere/state"), Signed("0" * 64))
    assert kept_checkpoint(address) is None


def test_one_signs_at_a_time_with_a_key(address: str) -> None:
    """Two that sign at once, each in a copy of the ledger, could sign two futures: one waits."""
    with (
        locked(signed_path(key_file(address)), 1),
        open_store(address) as store,
        pytest.raises(Busy, match=r"key\.signed"),
    ):
        sign_checkpoint(store, read_key(key_file(address)), timeout=0.01)


def test_what_a_key_signed_stands_beside_the_key_and_not_beside_a_link(address: str) -> None:
    """However the key is named, it is one key, and remembers what it signed."""
    link = Path(address).parent / "link"
    link.symlink_to(key_file(address))
    assert read_key(link).signed == signed_path(key_file(address))
    assert signed_path(key_file(address)).name == "key.signed"


def test_a_new_key_does_not_take_over_what_an_older_one_signed(address: str) -> None:
    """What stands there is of a key that is gone; it is for a person to look at."""
    key_file(address).unlink()
    with pytest.raises(WriteRefused, match="tells what an older key signed; move it away"):
        make_key(key_file(address), "small")
    assert not key_file(address).exists()


def test_a_key_that_was_not_made_leaves_nothing_that_keeps_it_from_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what it signed took its place and was not confirmed, both files go, and a second try succeeds."""
    path = tmp_path / "new.key"

    def unconfirmed(path: Path, signed: Signed) -> None:
        keep_signed(path, signed)
        raise WriteRefused(str(path), "input/output error")

    monkeypatch.setattr("factledger.log.proofs.key_files.keep_signed", unconfirmed)
    with pytest.raises(WriteRefused, match="input/output error"):
        make_key(path, "small", first="0" * 64)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    make_key(path, "small", first="0" * 64)
    assert path.exists()


class Broken(BaseException):
    """The machine stops here."""


@pytest.mark.parametrize("address", ["ledger.jsonl"], indirect=True)
@pytest.mark.parametrize("stop", range(1, 8))
def test_whatever_stops_a_signing_the_key_knows_what_was_handed_out(
    stop: int, address: str
) -> None:
    """What a key signed is written down first: a checkpoint that somebody has is never forgotten."""
    calls = iter(range(1, 100))

    def sync(fd: int) -> None:
        if next(calls) == stop:
            raise Broken

    grow(address, "three")
    with open_store(address) as store, suppress(Broken):
        sign_checkpoint(store, read_key(key_file(address)), sync=sync)
    state = last_signed(signed_path(key_file(address)))
    assert state is not None
    if kept_checkpoint(address) is not None:
        assert state.size == 4
    assert signed(address).root == root_over(lines_of(address))


@pytest.mark.parametrize("address", ["ledger.jsonl"], indirect=True)
def test_however_a_ledger_is_put_back_its_key_signs_one_history(address: str) -> None:
    """Appends, signings, backups and their return in any order: of all checkpoints one is the longest."""
    chance, folder = random.Random(11), Path(address).parent
    made: list[tuple[Checkpoint, list[Line]]] = []
    refused = 0
    for turn in range(150):
        what = chance.choice(["grow", "grow", "sign", "sign", "keep", "put back"])
        if what == "grow":
            grow(address, f"a{turn}")
        elif what == "keep":
            shutil.copytree(folder, folder.with_name(f"kept{turn}"))
        elif what == "put back" and (kept := sorted(folder.parent.glob("kept*"))):
            shutil.rmtree(folder)
            shutil.copytree(chance.choice(kept), folder)
        elif what == "sign":
            try:
                made.append((signed(address), lines_of(address)))
            except NotProved:
                refused += 1
    assert len(made) > 5
    assert refused > 5
    lines = max((lines for _, lines in made), key=len)
    assert all(found.root == root_over(lines[: found.size]) for found, _ in made)
