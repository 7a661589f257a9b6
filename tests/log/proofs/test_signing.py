"""The checkpoints of a ledger: signed one after another, each an extension of the one before."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from cli_tools import small_ledger
from factledger import (
    Busy,
    Checkpoint,
    HeadMoved,
    Ledger,
    LogError,
    NotProved,
    PrivateKey,
    WriteRefused,
    make_key,
    read_checkpoint,
    read_key,
)
from factledger.log.lines import Line, make_lines
from factledger.log.proofs.checkpoints import checkpoint_text
from factledger.log.proofs.kept_checkpoints import checkpoint_path, kept_checkpoint, tree_path
from factledger.log.proofs.merkle import leaf_hash
from factledger.log.proofs.signing import check_durable, sign_checkpoint
from factledger.log.stores import Store, open_store
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.locks import locked
from log.proofs.signed_ledgers import KEY, grow, lines_of, rechained, rewrite, root_over, signed

NEW_KEY = PrivateKey("small", bytes(range(1, 33)))


def test_a_checkpoint_is_of_all_lines_and_is_kept_beside_the_ledger(address: str) -> None:
    """Origin, size and root are those of the lines; the key signed them; the file holds the same."""
    found, lines = signed(address), lines_of(address)
    assert (found.origin, found.size, found.root) == ("small", len(lines), root_over(lines))
    assert found.verified == KEY.public
    assert checkpoint_path(address).read_bytes() == found.note.encode()
    assert kept_checkpoint(address, KEY.public) == found


@pytest.mark.parametrize("place", [checkpoint_path, tree_path])
def test_nobody_waits_for_a_pipe_beside_the_ledger(
    place: Callable[[str], Path], address: str
) -> None:
    """What stands in the place of the last checkpoint is no checkpoint; what stands for the tree is none."""
    os.mkfifo(place(address))
    if place is tree_path:
        assert signed(address).size == len(lines_of(address))
    else:
        with pytest.raises(NotProved, match="cannot read: it is not a regular file"):
            signed(address)


def test_nothing_new_gives_the_same_checkpoint(address: str) -> None:
    """Asked again, the last checkpoint is the answer, and its file stays as it is."""
    found = signed(address)
    before = checkpoint_path(address).stat()
    assert signed(address) == found
    assert checkpoint_path(address).stat().st_mtime_ns == before.st_mtime_ns


def test_checkpoints_follow_one_another(address: str) -> None:
    """Each is the root over all lines of its time, and the ledger extends every one."""
    made = []
    for count in (1, 2, 3, 5, 8):
        made.append(signed(address))
        grow(address, count, f"word-{count}")
    lines = lines_of(address)
    with Ledger.open(address) as ledger:
        for older, newer in pairwise(made):
            assert newer.root == root_over(lines[: newer.size])
            assert ledger.prove_extension(older, newer).fault(older) is None
            assert ledger.verify_checkpoint(newer) == ()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return the leaves that were hashed since it was last emptied."""
    hashed: list[bytes] = []

    def counting(data: bytes) -> bytes:
        hashed.append(data)
        return leaf_hash(data)

    monkeypatch.setattr("factledger.log.proofs.prover.leaf_hash", counting)
    return hashed


def test_a_checkpoint_hashes_the_new_lines_only(address: str, counted: list[bytes]) -> None:
    """However long the ledger is, the work of the next checkpoint is that of what came since."""
    grow(address, 1000)
    signed(address)
    assert len(counted) == 1012
    for new in (1, 10, 0, 7):
        counted.clear()
        grow(address, new, f"word-{new}")
        signed(address)
        assert len(counted) == new


def test_the_tree_that_is_kept_grows_with_the_logarithm(address: str) -> None:
    """A thousand entries more, and a few hashes more are kept."""
    grow(address, 1011)
    signed(address)
    kept = json.loads(tree_path(address).read_bytes())
    assert kept["size"] == 1023
    assert len(kept["hashes"]) == 10


def damaged(change: Callable[[dict[str, object]], object]) -> Callable[[Path], object]:
    """Return what writes a kept tree in which something is changed."""

    def act(path: Path) -> object:
        kept = json.loads(path.read_bytes())
        change(kept)
        return path.write_text(json.dumps(kept))

    return act


def to_folder(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:50]),
    "no UTF-8": lambda path: path.write_bytes(b"\xff"),
    "a list": lambda path: path.write_bytes(b"[]"),
    "of no end": lambda path: path.write_bytes(b" " * 20_000 + path.read_bytes()),
    "nested without end": lambda path: path.write_bytes(b"[" * 100_000),
    "a folder": to_folder,
    "of no size": damaged(lambda kept: kept.pop("size")),
    "of a size in words": damaged(lambda kept: kept.update(size="12")),
    "of half an entry": damaged(lambda kept: kept.update(size=12.5)),
    "of another size": damaged(lambda kept: kept.update(size=11)),
    "of a size that no ledger has": damaged(lambda kept: kept.update(size=10**30)),
    "of a wrong head": damaged(lambda kept: kept.update(head="0" * 64)),
    "of wrong hashes": damaged(lambda kept: kept.update(hashes=["00" * 32, "11" * 32])),
    "of hashes that are none": damaged(lambda kept: kept.update(hashes=[1, 2])),
    "of nothing": damaged(lambda kept: kept.update(size=0, hashes=[])),
}
in_a_text_file = pytest.mark.parametrize("address", ["ledger.jsonl"], indirect=True)


@in_a_text_file
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_kept_tree_that_rotted_is_made_anew(damage: str, address: str) -> None:
    """Whatever became of it, the next checkpoint is that of the lines, and it is mended."""
    signed(address)
    path = tree_path(address)
    DAMAGE[damage](path)
    grow(address)
    assert signed(address).root == root_over(lines_of(address))
    if path.is_file():
        assert json.loads(path.read_bytes())["size"] == 13


def test_a_kept_tree_counts_only_beside_the_checkpoint_that_it_led_to(address: str) -> None:
    """Without the checkpoint, or with an older one, nothing vouches for it: all lines are read."""
    signed(address)
    older = checkpoint_path(address).read_bytes()
    grow(address)
    newer = signed(address)
    checkpoint_path(address).write_bytes(older)
    assert signed(address) == newer
    checkpoint_path(address).unlink()
    damaged(lambda kept: kept.update(hashes=["00" * 32] * 3))(tree_path(address))
    assert signed(address) == newer


def test_an_older_tree_grows_to_the_checkpoint_first(address: str, counted: list[bytes]) -> None:
    """A crash between the two files leaves a tree behind its checkpoint; it is still of use."""
    signed(address)
    older = tree_path(address).read_bytes()
    grow(address, 3)
    signed(address)
    tree_path(address).write_bytes(older)
    grow(address, 2, "word")
    counted.clear()
    assert signed(address).root == root_over(lines_of(address))
    assert len(counted) == 5


REFUSED: dict[str, Callable[[list[Line]], list[Line]]] = {
    "rewritten": lambda lines: rechained(lines, 5),
    "truncated": lambda lines: lines[:1],
}


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("tree", ["kept", "lost", "forged"])
def test_a_ledger_that_does_not_extend_its_last_checkpoint_is_not_signed(
    kind: str, tree: str, address: str
) -> None:
    """Rewritten and linked anew, or cut: no second checkpoint contradicts the first."""
    signed(address)
    before = checkpoint_path(address).read_bytes()
    rewrite(address, REFUSED[kind](lines_of(address)))
    if tree == "lost":
        tree_path(address).unlink()
    elif tree == "forged":
        head = lines_of(address)[-1].hash
        damaged(lambda kept: kept.update(head=head, hashes=["00" * 32] * 2))(tree_path(address))
    grow(address)
    with pytest.raises(NotProved, match=f"{kind}: .* nothing was signed"):
        signed(address)
    assert checkpoint_path(address).read_bytes() == before


def test_lines_rewritten_under_a_forged_tree_are_never_signed(address: str) -> None:
    """Whoever forges the end of the kept tree gets a checkpoint of the true lines, not of theirs."""
    last, lines = signed(address), lines_of(address)
    rewrite(address, rechained(lines, 5))
    forged = lines_of(address)
    damaged(lambda kept: kept.update(head=forged[-1].hash))(tree_path(address))
    grow(address)
    found = signed(address)
    assert found.root == root_over([*lines, lines_of(address)[-1]])
    with Ledger.open(address) as ledger:
        (fault,) = ledger.verify_checkpoint(found)
        assert str(fault).startswith(f"{address}: checkpoint: rewritten: ")
        assert len(ledger.verify_checkpoint(last)) == 1


def test_a_ledger_whose_first_record_was_erased_has_no_name(address: str) -> None:
    """A checkpoint names its ledger; nothing is signed for one that is called nothing."""
    with open_store(address) as store:
        store.erase({1})
        with pytest.raises(LogError, match=":1: it does not name the ledger"):
            sign_checkpoint(store, KEY)


def test_the_key_of_another_ledger_signs_nothing(address: str) -> None:
    """The name of a key is the origin of its ledger: one key never signs for two."""
    with pytest.raises(NotProved, match="the ledger is 'small', the key is of 'large'"):
        signed(address, PrivateKey("large", KEY.seed))
    assert not checkpoint_path(address).exists()


@pytest.mark.parametrize("kept", [b"", b"small\n1\n", b"\xff"])
def test_a_kept_checkpoint_that_is_none_is_told_and_stays(kept: bytes, address: str) -> None:
    """What was signed last cannot be known: nothing is signed on a guess."""
    checkpoint_path(address).write_bytes(kept)
    with pytest.raises(NotProved, match=r"ledger\.(jsonl|db)\.checkpoint"):
        signed(address)
    assert checkpoint_path(address).read_bytes() == kept


def test_a_new_key_needs_the_checkpoints_of_the_old_one_out_of_the_way(address: str) -> None:
    """It cannot vouch for what another key signed; that is for a person to look at."""
    signed(address)
    for _ in range(2):
        with pytest.raises(NotProved, match=r"not signed by small\+.*, but by small\+"):
            signed(address, NEW_KEY)
        grow(address)
    path = checkpoint_path(address)
    path.rename(path.with_suffix(".old"))
    assert signed(address, NEW_KEY).verified == NEW_KEY.public


def test_a_checkpoint_that_cannot_be_read_is_told(address: str) -> None:
    """A folder in its place is no checkpoint, and is not taken for none."""
    checkpoint_path(address).mkdir()
    with pytest.raises(NotProved, match="cannot read: is a directory"):
        signed(address)


def test_one_signs_at_a_time(address: str) -> None:
    """Two that sign at once could sign two futures: the second waits, and is told."""
    with (
        locked(checkpoint_path(address), 1),
        open_store(address) as store,
        pytest.raises(Busy, match="checkpoint: another process is writing"),
    ):
        sign_checkpoint(store, KEY, timeout=0.01)


class Broken(BaseException):
    """The machine stops here."""


@in_a_text_file
@pytest.mark.parametrize("stop", range(1, 6))
@pytest.mark.parametrize("how", [OSError(5, "Input/output error"), Broken()])
def test_whatever_stops_a_signing_leaves_one_checkpoint_whole(
    stop: int, how: BaseException, address: str
) -> None:
    """The old one or the new one is there, and the next signing is right; an error says which."""
    first = signed(address)
    grow(address)
    calls = iter(range(1, 100))

    def sync(fd: int) -> None:
        if next(calls) == stop:
            raise how

    with open_store(address) as store:
        if stop < (3 if isinstance(how, OSError) else 5):
            with pytest.raises((WriteRefused, Broken)) as stopped:
                sign_checkpoint(store, KEY, sync=sync)
            assert "nothing was written" not in str(stopped.value)
        else:
            sign_checkpoint(store, KEY, sync=sync)
    kept = kept_checkpoint(address, KEY.public)
    second = signed(address)
    assert kept in (first, second)
    assert second.root == root_over(lines_of(address))


def test_a_checkpoint_is_of_what_is_durable(tmp_path: Path) -> None:
    """Before a line is signed the file is synced: a power cut takes back no line that was signed."""
    small_ledger(tmp_path).close()
    synced: list[int] = []
    store = JsonlStore(tmp_path / "ledger.jsonl", sync=synced.append)
    sign_checkpoint(store, KEY)
    assert len(synced) == 1


def test_an_unfinished_append_is_in_no_checkpoint(tmp_path: Path) -> None:
    """What was never acknowledged is not signed; it is set aside as by any writer."""
    small_ledger(tmp_path).close()
    path = tmp_path / "ledger.jsonl"
    with path.open("ab") as file:
        file.write(b'{"at":"2026')
    assert signed(str(path)).size == 12
    assert len(list(tmp_path.glob("torn-*"))) == 1


def test_a_ledger_signs_by_its_own_method(tmp_path: Path) -> None:
    """`Ledger.checkpoint` with a key is what the command does."""
    with small_ledger(tmp_path) as ledger:
        found = ledger.checkpoint(KEY)
        assert kept_checkpoint(ledger.address) == read_checkpoint(found.note.encode())


def test_a_new_key_is_for_its_owner_alone_and_never_replaces_another(tmp_path: Path) -> None:
    """The file is readable by its owner only, whatever the process would give to a new file."""
    path = tmp_path / "key"
    public = make_key(path, "small", entropy=lambda count: KEY.seed[:count])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public == KEY.public
    assert read_key(path) == KEY
    with pytest.raises(WriteRefused, match="file exists; nothing was written"):
        make_key(path, "small")
    assert read_key(path) == KEY


def test_a_key_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A folder holds no key."""
    with pytest.raises(NotProved, match="cannot read: is a directory"):
        read_key(tmp_path)


def test_how_far_a_long_reading_is_is_told(tmp_path: Path) -> None:
    """Every thousand entries, whoever waits hears of it."""
    small_ledger(tmp_path).close()
    grow(str(tmp_path), 2500)
    told: list[int] = []
    with open_store(str(tmp_path)) as store:
        sign_checkpoint(store, KEY, on_progress=told.append)
    assert told == [1000, 2000]


def test_a_fault_of_our_own_prover_is_found_before_anything_is_signed(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The growth is verified as a stranger would, so a wrong tree is not signed by us either."""
    first = signed(address)
    grow(address)
    monkeypatch.setattr(
        "factledger.log.proofs.signing.hashes_of", lambda ranges, roots: (bytes(32),)
    )
    with pytest.raises(NotProved, match="the tree does not grow as it should"):
        signed(address)
    assert kept_checkpoint(address, KEY.public) == first


@in_a_text_file
def test_many_sign_one_history(address: str) -> None:
    """Whoever signs and whoever appends meanwhile: the ledger extends all that was ever signed."""

    def work(name: str) -> list[Checkpoint]:
        made = []
        for round_ in range(4):
            grow(address, 2, f"{name}-{round_}")
            made.append(signed(address))
        return made

    with ThreadPoolExecutor(4) as pool:
        made = [found for some in pool.map(work, ["a", "b", "c", "d"]) for found in some]
    lines = lines_of(address)
    assert len(lines) == 12 + 32
    assert [c for c in made if c.root != root_over(lines[: c.size])] == []


def test_a_kept_checkpoint_that_was_forged_leads_to_no_signature(address: str) -> None:
    """Whoever rewrites the lines, and their checkpoint to fit, lacks the key."""
    first = signed(address)
    rewrite(address, rechained(lines_of(address), 5))
    forged = checkpoint_text("small", 12, root_over(lines_of(address)))
    checkpoint_path(address).write_text(forged + first.note[first.note.index("\n\n") + 1 :])
    grow(address)
    with pytest.raises(NotProved, match="does not fit the text"):
        signed(address)


def test_a_line_is_signed_only_if_it_is_there_for_good(address: str) -> None:
    """What a reader saw, and a failed append took back or replaced, is told as a head that moved."""
    lines = lines_of(address)
    with open_store(address) as store:
        check_durable(store, lines[-1], 1)
        check_durable(store, lines[4], 1)
        longer = make_lines(lines[-1].head, at=lines[-1].at, bodies=[b"{}"], salts=[bytes(16)])
        for taken_back in (longer[0], *rechained(lines, 5)[4:]):
            with pytest.raises(HeadMoved, match="nothing was written, read again and retry"):
                check_durable(store, taken_back, 1)


def test_what_comes_meanwhile_is_for_the_next_checkpoint(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An append between the reading and the signing does no harm, and is not signed unread."""
    asked: list[int] = []

    def check(store: Store, newest: Line, timeout: float) -> None:
        if not asked:
            grow(address, word="meanwhile")
        asked.append(newest.seq)
        check_durable(store, newest, timeout)

    monkeypatch.setattr("factledger.log.proofs.signing.check_durable", check)
    first, second = signed(address), signed(address)
    assert asked == [12, 13]
    assert (first.size, second.size) == (12, 13)


class Reread(JsonlStore):
    """A store that tells how many lines were read of it."""

    seen = 0

    def read(self, start: int = 1) -> Iterator[Line]:
        """Yield the lines, each counted."""
        for line in super().read(start):
            self.seen += 1
            yield line


def test_a_ledger_in_one_file_is_read_once_to_be_signed(tmp_path: Path) -> None:
    """The file is verified as it is whenever it is opened, and not twice for its tree."""
    small_ledger(tmp_path).close()
    path = tmp_path / "ledger.jsonl"
    for expected in (1 + 12, 1 + 11):
        store = Reread(path)
        sign_checkpoint(store, KEY)
        assert store.seen <= expected
        grow(str(path), 10, f"word-{expected}")
