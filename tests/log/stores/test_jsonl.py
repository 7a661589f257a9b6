"""The store in a file: what a crash, a full disk, rot and other processes do to it."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from effort import LONG
from factledger.errors import (
    Busy,
    Damaged,
    HeadMoved,
    LogError,
    NotALedger,
    NotFound,
    OutcomeUnknown,
    WriteRefused,
)
from factledger.log.lines import START, Head, Line
from factledger.log.stores import create_store, open_store
from factledger.log.stores.files import BLOCK, OpenFile
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.placing.begun_files import begun_path
from store_faults import (
    AT,
    Disk,
    append,
    asides,
    batch,
    bodies,
    encoded,
    log,
    not_synced,
    salts,
    store_of,
)


def recovered(store: JsonlStore) -> list[Line]:
    """Return what is left once a writer has opened the file."""
    with store.writing():
        return list(store.read())


# --- an append that never finished ------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 3])
def test_an_append_cut_anywhere_is_skipped_and_moved_away(size: int, tmp_path: Path) -> None:
    """Cut at any byte, the last batch is not there, none of its bytes is lost, and one can go on.

    Only the newline may be missing from a batch that counts.
    """
    lines = log(2, size)
    data, whole = encoded(lines), encoded(lines[:2])
    for cut in range(len(whole) + 1, len(data) - 1):
        folder = tmp_path / str(cut)
        folder.mkdir()
        store = store_of(data[:cut], folder)
        assert list(store.read()) == lines[:2]
        assert store.torn is not None
        assert (store.torn.after, store.torn.size) == (2, cut - len(whole))
        assert str(store.torn) == (
            f"{cut - len(whole)} bytes of an unfinished append after entry 2, ignored"
        )
        assert Path(store.address).read_bytes() == data[:cut]
        assert recovered(store) == lines[:2]
        assert asides(store) == [data[len(whole) : cut]]
        assert str(store.torn).endswith(f"moved to {store.torn.moved_to}")
        assert append(store, size) == lines[2:]
        assert Path(store.address).read_bytes() == data


def test_a_last_line_without_its_newline_is_ended(tmp_path: Path) -> None:
    """A complete last line counts; the next writer adds what is missing, and moves nothing."""
    lines = log(1, 2)
    store = store_of(encoded(lines)[:-1], tmp_path)
    assert list(store.read()) == lines
    assert Path(store.address).read_bytes() == encoded(lines)[:-1]
    assert recovered(store) == lines
    assert append(store) == batch(lines[-1].head, 1)
    assert Path(store.address).read_bytes() == encoded(log(1, 2, 1))
    assert store.torn is None
    assert asides(store) == []


def test_zeros_that_a_power_cut_left_are_moved_away(tmp_path: Path) -> None:
    """A file may have grown without its data; zeros in the last batch are no damage."""
    lines = log(1, 3)
    start, data = len(encoded(lines[:1])), encoded(lines)
    hole = data[: start + 40] + bytes(100) + data[start + 140 :]
    for number, bad in enumerate([hole, data[:start] + bytes(len(data) - start)]):
        (tmp_path / str(number)).mkdir()
        store = store_of(bad, tmp_path / str(number))
        assert list(store.read()) == lines[:1]
        assert recovered(store) == lines[:1]
        assert asides(store) == [bad[start:]]


def test_recovery_can_itself_be_cut_short(tmp_path: Path) -> None:
    """Dying after the tail was copied and before it was cut off makes one copy, not two."""
    lines, tail = log(2), b'{"at":"2026'
    store = store_of(encoded(lines) + tail, tmp_path)
    recovered(store)
    part = Path(store.torn.moved_to if store.torn and store.torn.moved_to else "")
    left = begun_path(part)
    left.write_bytes(b"half")
    store = store_of(encoded(lines) + tail, tmp_path)
    recovered(store)
    assert asides(store) == [tail]
    assert not left.exists()


def test_what_was_moved_away_is_as_private_as_the_ledger(tmp_path: Path) -> None:
    """Who may not read the ledger may not read the remains of an append either."""
    store = store_of(encoded(log(1)) + b"{", tmp_path)
    Path(store.address).chmod(0o600)
    recovered(store)
    assert [path.stat().st_mode & 0o777 for path in tmp_path.glob("torn-*")] == [0o600]


DIES = """
import os, signal, sys
from pathlib import Path
from store_faults import append
from factledger.log.stores.jsonl import JsonlStore

left = 0

def dies(call, halfway=None):
    def wrapped(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            if halfway:
                halfway(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **options)
    return wrapped

write = os.write
os.open, os.ftruncate, os.replace = dies(os.open), dies(os.ftruncate), dies(os.replace)
os.write = dies(os.write, lambda fd, data: write(fd, bytes(data[: len(data) // 2])))

for address in sys.argv[1:]:
    left += 1
    child = os.fork()
    if child == 0:
        store = JsonlStore(Path(address), sync=dies(os.fsync))
        for count in (2, 1, 3):
            append(store, count)
            print(count, flush=True)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print("ended", ended, flush=True)
"""


def test_a_writer_killed_at_any_call_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """Killed at each call that opens, writes, cuts or syncs, recovery included.

    What was acknowledged is there, no batch is there by half, and one can go on.
    """
    wanted, tail = log(1, 2, 1, 3), b'{"at":"2026'
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    stores = []
    for call in range(1, 40):  # the writer of the last one makes fewer calls, and ends by itself
        folder = tmp_path / str(call)
        folder.mkdir()
        stores.append(store_of(encoded(wanted[:1]) + tail, folder))
    command = [sys.executable, "-c", DIES, *(store.address for store in stores)]
    done = subprocess.run(command, env=here, stdout=subprocess.PIPE, check=True, text=True)
    told = re.findall(r"((?:\d\n)*)ended (-?\d+)\n", done.stdout)
    killed = sum(code == "-9" for _, code in told)
    assert {code for _, code in told[killed:]} == {"0"}
    assert 12 < killed < len(stores)
    for store, (counts, _) in zip(stores, told, strict=True):
        acknowledged = 1 + sum(map(int, counts.split()))
        lines = recovered(store)
        assert len(lines) >= acknowledged
        assert len(lines) in (1, 3, 4, 7)
        assert lines == wanted[: len(lines)]
        assert tail in asides(store)
        assert append(store) == batch(lines[-1].head, 1)
    assert acknowledged == 7


def test_a_reader_never_sees_half_a_batch(tmp_path: Path) -> None:
    """While a batch of four is written line by line, a reader sees none of it, then all."""
    lines = log(1, 4)
    store = store_of(b"", tmp_path)
    with Path(store.address).open("ab", buffering=0) as file:
        for count in range(1, 6):
            file.write(lines[count - 1].encode() + b"\n")
            assert len(list(store.read())) == (1 if count < 5 else 5)
    assert store.torn is None


# --- rot and tampering ------------------------------------------------------------------------


def test_every_flipped_bit_is_refused_or_moved_away(tmp_path: Path) -> None:
    """A flipped bit before the last batch is always refused and nothing is touched.

    In the last batch it is refused as well, unless it looks like a write that stopped: a zero
    byte, or a file that does not end in a newline. Then the bytes are moved away whole.
    """
    lines = log(1, 2, 1)
    data = encoded(lines)
    last, moved = len(encoded(lines[:3])), 0
    (tmp_path / "ledger.jsonl").touch()
    for bit in range(0, 8 * len(data), 1 if LONG else 7):
        bad = bytearray(data)
        bad[bit // 8] ^= 1 << bit % 8
        store = store_of(bytes(bad), tmp_path)
        try:
            found = recovered(store)
        except (Damaged, NotALedger):
            assert Path(store.address).read_bytes() == bad
        else:
            moved += 1
            assert bit // 8 >= last
            assert found == lines[:3]
            assert Path(store.address).read_bytes() == data[:last]
            assert asides(store) == [bad[last:]]
            Path((store.torn and store.torn.moved_to) or "").unlink()
    assert 1 <= moved <= 64


def test_every_lost_or_doubled_byte_before_the_last_batch_is_refused(tmp_path: Path) -> None:
    """A byte taken out or put in breaks a line, and a later batch proves that it was whole."""
    lines = log(1, 2, 1)
    data, last = encoded(lines), len(encoded(lines[:3]))
    for place in range(0, last, 1 if LONG else 3):
        for bad in (data[:place] + data[place + 1 :], data[:place] + b"}" + data[place:]):
            store = store_of(bad, tmp_path)
            with pytest.raises((Damaged, NotALedger)):
                recovered(store)
            assert Path(store.address).read_bytes() == bad


def test_lines_out_of_place_are_refused(tmp_path: Path) -> None:
    """Lines deleted, doubled, swapped or put in are refused, also at the end."""
    lines = log(1, 1, 2, 1)
    raws = [line.encode() + b"\n" for line in lines]
    orders = [raws[:i] + raws[i + 1 :] for i in range(4)]
    orders += [[*raws[: i + 1], raws[i], *raws[i + 1 :]] for i in range(5)]
    orders += [[*raws[:i], raws[j], *raws[i + 1 : j], raws[i]] for j in range(5) for i in range(j)]
    orders += [[*raws[:i], b"\n", *raws[i:]] for i in range(1, 6)]
    orders += [[raw.replace(b"\n", b"\r\n") for raw in raws]]
    for order in orders:
        store = store_of(b"".join(order), tmp_path)
        with pytest.raises(Damaged):
            recovered(store)
        assert Path(store.address).read_bytes() == b"".join(order)
        assert asides(store) == []


def test_damage_names_the_line_after_the_good_ones_were_read(tmp_path: Path) -> None:
    """The error says file, line and reason; entries before it can still be read."""
    lines = log(1, 1, 1)
    store = store_of(encoded(lines).replace(b'"n":2', b'"n":9'), tmp_path)
    reading = store.read()
    assert next(reading) == lines[0]
    with pytest.raises(Damaged) as caught:
        next(reading)
    assert str(caught.value) == (
        f"{store.address}:2: damaged: the hash does not follow from the content and the line "
        "before; nothing was changed, restore the file from a copy"
    )


def test_two_damaged_batches_do_not_hide_each_other(tmp_path: Path) -> None:
    """Zeros over acknowledged entries are damage, for a later batch had begun."""
    data = encoded(log(1, 1, 1, 1))
    second, fourth = data.index(b"\n") + 1, len(encoded(log(1, 1, 1)))
    for size in (1, 300, fourth - second):
        store = store_of(data[:second] + bytes(size) + data[second + size :], tmp_path)
        with pytest.raises(Damaged):
            recovered(store)


# --- another file, another process ------------------------------------------------------------


def test_what_another_handle_appended_is_seen(tmp_path: Path) -> None:
    """A handle reads on where it stopped, and finds the entries of others."""
    first = create_store(str(tmp_path))
    assert isinstance(first, JsonlStore)
    second = JsonlStore(Path(first.address), sync=not_synced)
    append(first, 2)
    assert [line.seq for line in second.read(2)] == [2]
    append(first, 1)
    with second.writing() as writer:
        assert writer.head.seq == 3
        assert [line.seq for line in second.read(3)] == [3]
    assert [line.seq for line in first.read(4)] == []


def test_a_slow_reading_does_not_move_the_writer_back(tmp_path: Path) -> None:
    """A reading that began before an append may end after it; the next append follows the first."""
    store = store_of(encoded(log(1)), tmp_path)
    with store.writing() as writer:
        reading = store.read()
        next(reading)
        for number in (2, 3):
            writer.append(bodies(1, number), at=AT, salts=salts(1, number))
            assert list(reading) == []
    assert list(store.read()) == log(1, 1, 1)


def test_only_new_bytes_are_verified_again(tmp_path: Path) -> None:
    """A handle does not look twice at what it read; a new handle does."""
    store = store_of(encoded(log(1, 1, 1)), tmp_path)
    list(store.read())
    path = Path(store.address)
    path.write_bytes(path.read_bytes().replace(b'"n":1', b'"n":9'))
    append(store)
    assert [line.seq for line in store.read(4)] == [4]
    with pytest.raises(Damaged):
        list(JsonlStore(path).read(4))


@pytest.mark.parametrize(
    "replacement", [log(1), log(1, 1), batch(START, 2, "2026-11-24" + AT[10:])]
)
def test_a_file_that_took_the_place_of_the_ledger_must_continue_it(
    replacement: list[Line], tmp_path: Path
) -> None:
    """An older copy, or another history, is refused by whoever has read more."""
    store = store_of(encoded(log(2)), tmp_path)
    list(store.read())
    other = tmp_path / "other"
    other.write_bytes(encoded(replacement))
    other.replace(store.address)
    for _ in range(2):
        with pytest.raises(Damaged, match=r"ledger\.jsonl:2: .* the file was replaced"):
            list(store.read())
        with pytest.raises(Damaged), store.writing():
            raise AssertionError
    assert store.head == log(2)[-1].head


def test_a_copy_that_continues_the_ledger_is_accepted(tmp_path: Path) -> None:
    """A file replaced by a longer one with the same beginning is read on."""
    store = store_of(encoded(log(2)), tmp_path)
    list(store.read())
    other = tmp_path / "other"
    other.write_bytes(encoded([log(2)[0].erased(), *log(2, 1)[1:]]))
    other.replace(store.address)
    assert [line.seq for line in store.read(3)] == [3]
    assert append(store) == batch(log(2, 1)[-1].head, 1)


def test_a_file_replaced_while_writing_is_not_acknowledged(tmp_path: Path) -> None:
    """What was written to a file that is gone by then is not durable."""
    store = store_of(encoded(log(1)), tmp_path)
    other = tmp_path / "other"
    other.write_bytes(encoded(log(1)))
    with store.writing() as writer:
        other.replace(store.address)
        with pytest.raises(OutcomeUnknown, match="the file was replaced meanwhile"):
            writer.append(bodies(1), at=AT, salts=salts(1))


def test_a_ledger_that_vanished_is_not_found(tmp_path: Path) -> None:
    """A file deleted under a handle is not made anew, also not while it is written to."""
    store = store_of(encoded(log(1)), tmp_path)
    with store.writing() as writer:
        Path(store.address).unlink()
        with pytest.raises(OutcomeUnknown):
            writer.append(bodies(1), at=AT, salts=salts(1))
    store = JsonlStore(Path(store.address))
    with pytest.raises(NotFound, match="the ledger was there before; restore it"):
        list(store.read())
    with pytest.raises(NotFound):
        recovered(store)
    assert not Path(store.address).exists()


def test_processes_that_append_at_once_never_fork_the_ledger(tmp_path: Path) -> None:
    """Three processes of 25 appends give 75 batches in one chain."""
    store = create_store(str(tmp_path))
    assert isinstance(store, JsonlStore)
    script = (
        "import sys; from pathlib import Path; from store_faults import append;"
        "from factledger.log.stores.jsonl import JsonlStore;"
        "store = JsonlStore(Path(sys.argv[1]));"
        "[append(store, 2) for _ in range(25)]"
    )
    command = [sys.executable, "-c", script, store.address]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    running = [subprocess.Popen(command, env=here) for _ in range(3)]
    assert [process.wait() for process in running] == [0] * 3
    lines = list(store.read())
    assert [line.seq for line in lines] == list(range(1, 151))
    assert lines == log(*[2] * 75)
    assert (store.torn, asides(store)) == (None, [])


def test_who_expects_an_old_head_is_refused(tmp_path: Path) -> None:
    """The head is compared under the lock, after the entries of others were seen."""
    store = store_of(encoded(log(1)), tmp_path)
    list(store.read())
    append(JsonlStore(Path(store.address), sync=not_synced))
    with (
        pytest.raises(HeadMoved, match="expected the head at 1, found it at 2"),
        store.writing(expect=1),
    ):
        raise AssertionError


# --- the lock ---------------------------------------------------------------------------------


def test_reading_needs_no_lock_and_leaves_no_trace(tmp_path: Path) -> None:
    """While another process writes, one reads; and reading makes no file."""
    store = store_of(encoded(log(1)), tmp_path)
    assert len(list(store.read())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.jsonl"]
    with JsonlStore(Path(store.address)).writing():
        assert len(list(store.read())) == 1


def test_the_lock_file_stays(tmp_path: Path) -> None:
    """A lock file that one writer removes is another file for the next."""
    store = store_of(b"", tmp_path)
    append(store)
    number = (tmp_path / "ledger.jsonl.lock").stat().st_ino
    append(store)
    assert (tmp_path / "ledger.jsonl.lock").stat().st_ino == number


def test_another_program_that_holds_the_lock_is_waited_for(tmp_path: Path) -> None:
    """Any program can keep factledger from writing with flock."""
    store = store_of(encoded(log(1)), tmp_path)
    with (tmp_path / "ledger.jsonl.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="nothing was written"), store.writing(timeout=0.02):
            raise AssertionError
    append(store)


def test_a_lock_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """A link in the place of the lock could lead anywhere."""
    store = store_of(encoded(log(1)), tmp_path)
    (tmp_path / "ledger.jsonl.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteRefused, match=r"jsonl\.lock: cannot write: it is a symbolic link"):
        append(store)
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_system_without_locks_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system gives no lock for another reason than a writer, that reason is told."""

    def refuse(fd: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(WriteRefused, match="cannot write: no locks available"):
        append(store_of(encoded(log(1)), tmp_path))


def test_a_link_to_the_ledger_has_the_lock_of_the_ledger(tmp_path: Path) -> None:
    """Whoever comes by another name meets the same lock."""
    store = store_of(encoded(log(1)), tmp_path)
    (tmp_path / "link.jsonl").symlink_to(store.address)
    link = open_store(str(tmp_path / "link.jsonl"))
    with store.writing(), pytest.raises(Busy), link.writing(timeout=0):
        raise AssertionError


def test_a_forked_child_does_not_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child shares the lock of its parent, so it must open the ledger for itself."""
    store = store_of(encoded(log(1)), tmp_path)
    with store.writing() as writer:
        monkeypatch.setattr(os, "getpid", lambda: -1)
        with pytest.raises(WriteRefused, match="forked"):
            writer.append(bodies(1), at=AT, salts=salts(1))
    with pytest.raises(WriteRefused, match="forked"):
        append(store)
    with pytest.raises(LogError, match="forked"):
        list(store.read())
    append(JsonlStore(Path(store.address), sync=not_synced))


def test_appending_needs_the_right_to_write(tmp_path: Path) -> None:
    """Outside `writing` nothing is appended, also not by the one who held it."""
    store = store_of(encoded(log(1)), tmp_path)
    with store.writing() as writer:
        pass
    with pytest.raises(WriteRefused, match=r"appending needs 'with store\.writing\(\)'"):
        writer.append(bodies(1), at=AT, salts=salts(1))
    with pytest.raises(WriteRefused, match=r"restoring needs 'with store\.writing\(\)'"):
        writer.restore(log(1, 1)[1:])


# --- disks that fail --------------------------------------------------------------------------


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO])
def test_a_disk_that_refuses_leaves_the_file_as_it_was(
    error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch that does not fit is not there, wherever it stopped; with room it fits."""
    lines = log(1, 2)
    before = encoded(lines[:1])
    store = store_of(before, tmp_path)
    for room in (0, 1, 300, len(encoded(lines)) - len(before) - 1):
        disk = Disk(room, error)
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", disk.write)
            with pytest.raises(WriteRefused, match="nothing was written"):
                append(store, 2)
        assert Path(store.address).read_bytes() == before
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", Disk(10_000, error).write)
        assert append(store, 2) == lines[1:]
    assert Path(store.address).read_bytes() == encoded(lines)


def test_an_undone_write_is_undone_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cut is synced too, before the refusal is told: nothing comes back after a power cut."""
    sizes: list[int] = []
    path = Path(store_of(encoded(log(1)), tmp_path).address)
    store = JsonlStore(path, sync=lambda fd: sizes.append(os.fstat(fd).st_size))
    with store.writing() as writer:
        sizes.clear()
        monkeypatch.setattr(os, "write", Disk(20, errno.ENOSPC).write)
        with pytest.raises(WriteRefused):
            writer.append(bodies(1), at=AT, salts=salts(1))
        assert sizes == [len(encoded(log(1)))]


def test_a_file_size_limit_refuses(tmp_path: Path) -> None:
    """A real limit, not a simulated one: the write stops short, and then fails."""
    before = encoded(log(3))
    store = store_of(before, tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, hard))
    try:
        with pytest.raises(WriteRefused, match="file too large"):
            append(store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert Path(store.address).read_bytes() == before
    append(store)


def test_an_interrupted_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two writes of a batch undoes the batch."""
    before = encoded(log(1))
    store = store_of(before, tmp_path)
    write = os.write

    def interrupted(fd: int, data: memoryview) -> int:
        write(fd, bytes(data[:9]))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            append(store)
    assert Path(store.address).read_bytes() == before
    append(store)


def test_a_failed_undo_is_an_unknown_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When half a batch cannot be taken back, the writer says so and stops."""
    store = store_of(encoded(log(1)), tmp_path)

    def refuse(fd: int, size: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", Disk(20, errno.ENOSPC).write)
        patch.setattr(os, "ftruncate", refuse)
        with pytest.raises(OutcomeUnknown):
            append(store)
    with pytest.raises(OutcomeUnknown, match="input/output error"):
        append(store)
    assert recovered(JsonlStore(Path(store.address), sync=not_synced)) == log(1)


def test_a_failed_sync_ends_all_writing(tmp_path: Path) -> None:
    """The first failed sync is never tried again: the next one could lie.

    So that it does not lie to the next writer either, what was not confirmed is taken back.
    """
    disk = Disk(0, 0)
    path = Path(store_of(encoded(log(1)), tmp_path).address)
    store = JsonlStore(path, sync=disk.sync)
    with store.writing() as writer:
        disk.sync_error, disk.syncs = errno.EIO, 0
        with pytest.raises(OutcomeUnknown, match="input/output error"):
            writer.append(bodies(1), at=AT, salts=salts(1))
    disk.sync_error = None
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            append(store)
    assert disk.syncs == 1
    assert path.read_bytes() == encoded(log(1))
    assert append(JsonlStore(path, sync=disk.sync)) == log(1, 1)[1:]


def test_an_interrupted_sync_ends_all_writing(tmp_path: Path) -> None:
    """Who does not know whether the sync was done does not go on."""
    store = store_of(encoded(log(1)), tmp_path)

    def interrupted(fd: int) -> None:
        raise KeyboardInterrupt

    store = JsonlStore(Path(store.address), sync=interrupted)
    with pytest.raises(KeyboardInterrupt):
        append(store)
    with pytest.raises(OutcomeUnknown, match="interrupted"):
        append(store)


def test_what_is_acknowledged_was_synced_before(tmp_path: Path) -> None:
    """One append is one sync, after its bytes are in the file; many records do not cost more."""
    seen: list[int] = []
    store = JsonlStore.create(str(tmp_path), sync=lambda fd: seen.append(os.fstat(fd).st_size))
    sizes = []
    for count in (1, 50):
        seen.clear()
        append(store, count)
        sizes.append((tmp_path / "ledger.jsonl").stat().st_size)
        assert seen == sizes[-1:]
    seen.clear()
    with store.writing():
        pass
    assert seen == []


def test_what_others_wrote_is_synced_before_it_is_built_upon(tmp_path: Path) -> None:
    """Lines found in the file may not be durable yet; a new batch must not outlive them."""
    store = store_of(encoded(log(1)), tmp_path)
    disk = Disk(0, 0)
    store = JsonlStore(Path(store.address), sync=disk.sync)
    list(store.read())
    with store.writing():
        assert disk.syncs == 1
    append(JsonlStore(Path(store.address), sync=not_synced))
    with store.writing():
        assert disk.syncs == 2


def test_a_new_name_is_synced_with_its_folder(tmp_path: Path) -> None:
    """The sync of a file does not make its name durable: create syncs the folder and the one above."""
    synced: list[str] = []

    def sync(fd: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{fd}").readlink()))

    store = JsonlStore.create(str(tmp_path / "new"), sync=sync)
    assert synced[:2] == [str(tmp_path / "new"), str(tmp_path)]
    with Path(store.address).open("ab") as file:
        file.write(encoded(log(1)) + b"{")
    synced.clear()
    recovered(store)
    aside = Path((store.torn and store.torn.moved_to) or "")
    assert (synced[0].endswith(".part"), synced[1:]) == (True, [str(aside.parent), store.address])


@pytest.mark.parametrize("call", ["open", "ftruncate", "write"])
def test_a_tail_that_cannot_be_moved_stays(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk refuses the copy, or the cut, nothing is lost, and a later try does it."""
    tail = b'{"at":"2026'
    store = store_of(encoded(log(1)) + tail, tmp_path)
    recovered(store_of(encoded(log(1)), tmp_path))
    store = store_of(encoded(log(1)) + tail, tmp_path)
    real: Callable[..., int] = getattr(os, call)

    def refuse(*arguments: object, **options: object) -> int:
        if call == "open" and ".part" not in str(arguments[0]):
            return real(*arguments, **options)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(WriteRefused, match="no space left on device"):
            append(store)
    assert Path(store.address).read_bytes() == encoded(log(1)) + tail
    append(store)
    assert asides(store) == [tail]


@pytest.mark.parametrize(("flags", "word"), [(os.O_RDONLY, "read"), (os.O_RDWR, "write")])
def test_a_file_that_may_not_be_opened_says_so(
    flags: int, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the permission to read or to write, the system's reason is told."""
    store = store_of(encoded(log(1)), tmp_path)
    real = os.open

    def refuse(path: object, wanted: int, mode: int = 0o777) -> int:
        if str(path) == store.address and wanted & 3 == flags:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(str(path), wanted, mode)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(LogError, match=f"cannot {word}: permission denied"):
        list(store.read()) if flags == os.O_RDONLY else append(store)


def test_a_disk_that_cannot_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error while reading is a LogError too."""
    store = store_of(encoded(log(1)), tmp_path)

    def refuse(*_: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "pread", refuse)
    with pytest.raises(LogError, match="cannot read: input/output error"):
        list(store.read())


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").touch()
    with pytest.raises(WriteRefused, match="cannot write: not a directory"):
        create_store(str(tmp_path / "file" / "folder"))


# --- what is not a ledger ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b"\n", r"it begins with b'\n'"),
        (b"a,b\n1,2\n", r"it begins with b'a,b\n1,2\n'"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), r"it begins with b'\x89PNG\r\n"),
        (bytes(5000), "an unfinished first append"),
        (b"x" * 3_000_000, "it begins with b'xxxxxxxxxxxxxxxxxxxxxxxx'"),
        (b'{"kind":"event"}\n', "not a line of a ledger (its keys: kind)"),
        (b'{"at":1,"format":7}\n', "not a line of a ledger (its keys: at, format)"),
        (b'{"hash":"","seq":1,"version":2}\n', "(its keys: hash, seq, version)"),
        (b"{", "an unfinished first append"),
        (b'{"at":"2026-11', "an unfinished first append"),
        (encoded(log(3))[:-400], "an unfinished first append"),
    ],
)
def test_another_file_is_not_a_ledger(data: bytes, found: str, tmp_path: Path) -> None:
    """The error says what was found, and the file is left alone."""
    (tmp_path / "ledger.jsonl").write_bytes(data)
    with pytest.raises(NotALedger) as caught:
        open_store(str(tmp_path))
    assert found in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path}/ledger.jsonl:1: not a ledger: ")
    assert (tmp_path / "ledger.jsonl").read_bytes() == data


def test_a_file_without_newlines_is_not_read_whole(tmp_path: Path) -> None:
    """Reading stops a block after the longest line that there can be."""
    store = store_of(b"x" * 5_000_000, tmp_path)
    with Path(store.address).open("rb") as file:
        assert [len(raw) for raw in OpenFile("", file.fileno()).lines(0, 5_000_000)] == [2 * BLOCK]


def test_a_folder_or_a_pipe_is_not_a_ledger(tmp_path: Path) -> None:
    """Only a regular file is opened: a pipe would wait for ever."""
    (tmp_path / "ledger.jsonl" / "ledger.jsonl").mkdir(parents=True)
    os.mkfifo(tmp_path / "pipe.jsonl")
    for address in (tmp_path / "ledger.jsonl", tmp_path / "pipe.jsonl"):
        with pytest.raises(NotALedger, match="not a regular file"):
            open_store(str(address))
    with pytest.raises(WriteRefused, match="is a directory"):
        create_store(str(tmp_path))


def test_a_ledger_with_a_damaged_first_line_is_damaged(tmp_path: Path) -> None:
    """What goes on as a ledger was one."""
    (tmp_path / "ledger.jsonl").write_bytes(encoded(log(1, 1)).replace(b'"n":1', b'"n":9'))
    with pytest.raises(Damaged, match=r"ledger\.jsonl:1: "):
        open_store(str(tmp_path))


def test_an_unfinished_first_append_is_moved_away_by_create(tmp_path: Path) -> None:
    """Dying in the very first append leaves nothing that keeps one from beginning again."""
    data = encoded(log(2))[:-9]
    (tmp_path / "ledger.jsonl").write_bytes(data)
    store = create_store(str(tmp_path))
    assert isinstance(store, JsonlStore)
    assert store.head == Head(0, "0" * 64, "")
    assert asides(store) == [data]
    assert append(store, 2) == log(2)


# --- erasing ----------------------------------------------------------------------------------


def test_erased_content_is_in_no_file(tmp_path: Path) -> None:
    """After erasing, the text stands nowhere in the folder; mode and hashes are as before."""
    store = store_of(encoded(log(2, 1)), tmp_path)
    Path(store.address).chmod(0o666)
    store.erase([2])
    for path in tmp_path.iterdir():
        assert b'"n":2' not in path.read_bytes()
    lines = log(2, 1)
    assert list(store.read()) == [lines[0], lines[1].erased(), lines[2]]
    assert Path(store.address).stat().st_mode & 0o777 == 0o666


def test_erasing_cut_short_leaves_the_ledger_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk while the new file is written changes nothing."""
    store = store_of(encoded(log(2)), tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", Disk(100, errno.ENOSPC).write)
        with pytest.raises(WriteRefused, match="no space left"):
            store.erase([1])
    assert list(store.read()) == log(2)
    store.erase([1])
    assert next(store.read()).body is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.jsonl", "ledger.jsonl.lock"]
