"""The lock of a file: it holds where its files are tidied away, and ends with who holds it."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

import pytest

from factledger.errors import Busy, OutcomeUnknown, WriteRefused
from factledger.log.stores import Store, create_store, locks, open_store
from factledger.log.stores.files import Access, lock_given_back
from factledger.log.stores.jsonl import JsonlStore
from factledger.log.stores.locks import locked
from factledger.log.stores.placing.begun_files import write_durably
from factledger.log.stores.sqlite import SqliteStore
from factledger.testing.store_model import AT, append
from processes import child_that_lives, in_child

NAMES = ["ledger.jsonl", "ledger.db"]
SOMEBODY, SOMEBODY_ELSE = 4321, 4322


@pytest.fixture(params=NAMES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a ledger of one entry, in each store in a file."""
    address = str(tmp_path / request.param)
    with create_store(address) as store:
        append(store)
    return address


def count_of(address: str) -> int:
    """Return how many entries a ledger has, read anew."""
    with open_store(address) as store:
        return len(list(store.read()))


def open_files() -> Iterator[int]:
    """Yield the numbers of the files that this process has open."""
    for fd in range(3, 256):
        with suppress(OSError):
            yield os.fstat(fd).st_ino


def is_free(address: str) -> bool:
    """Return whether one more writer gets the right to write."""
    with open_store(address) as store, suppress(Busy), store.writing(timeout=0.02):
        return True
    return False


# --- files that are tidied away ---------------------------------------------------------------


def test_a_lock_that_is_tidied_away_is_still_held(address: str) -> None:
    """Where the lock was removed while a writer writes, the next one waits for it all the same."""
    with open_store(address) as store, store.writing():
        Path(f"{address}.lock").unlink()
        assert not is_free(address)
        assert not is_free(address)  # it stands there anew now
    assert is_free(address)


def test_all_that_is_acknowledged_is_there_though_locks_go(address: str) -> None:
    """Two writers of which one removes the lock of the other write one chain."""

    def write() -> None:
        with open_store(address) as store:
            for _ in range(10):
                with suppress(FileNotFoundError):
                    Path(f"{address}.lock").unlink()
                append(store)

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count_of(address) == 31


def test_who_waits_for_a_lock_that_goes_waits_for_the_new_one(tmp_path: Path) -> None:
    """A lock that was got at last is of no use where another stands in its place."""
    path, lock, got = tmp_path / "x", tmp_path / "x.lock", threading.Event()

    def wait() -> None:
        with locked(path, 10):
            got.set()

    with locked(path, 0):
        thread = threading.Thread(target=wait)
        thread.start()
        assert not got.wait(0.05)
        lock.unlink()
        other = os.open(lock, os.O_RDONLY | os.O_CREAT)
    with lock_given_back(other):
        fcntl.flock(other, fcntl.LOCK_EX)
        assert not got.wait(0.1)
    thread.join()
    assert got.is_set()


def test_who_waits_is_not_overtaken_by_who_takes_the_lock_again_at_once(tmp_path: Path) -> None:
    """Of five who wait beside one who lets go for an instant, each has its turn after a few others."""
    path, turns, overtaken = tmp_path / "x", [0], list[int]()
    over = threading.Event()

    def take_again() -> None:
        while not over.is_set():
            with locked(path, 60):
                turns[0] += 1
                time.sleep(0.001)

    def wait() -> None:
        for _ in range(4):
            before = turns[0]
            with locked(path, 60):
                overtaken.append(turns[0] - before)

    busy, *others = [threading.Thread(target=f) for f in (take_again, *[wait] * 5)]
    busy.start()
    for other in others:
        other.start()
    for other in others:
        other.join()
    over.set()
    busy.join()
    assert len(overtaken) == 20
    assert sum(overtaken) < 200


def test_writers_of_a_ledger_wait_in_a_queue(address: str) -> None:
    """Whoever appends without a pause lets others in between, whatever the store."""
    taken, over = list[int](), threading.Event()

    def write(turns: int) -> None:
        with open_store(address) as store:
            for _ in range(turns):
                before = store.head.seq
                with store.writing(timeout=60) as writer:
                    taken.append(writer.head.seq - before)
                    writer.append([b'{"kind":"note"}'], at=AT, salts=[bytes(16)])
        over.set()

    def write_on() -> None:
        while not over.is_set():
            with open_store(address) as store:
                append(store)

    acts: list[Callable[[], object]] = [write_on, *[partial(write, 3)] * 5]
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 15
    assert max(taken) < 30


def test_one_that_waits_and_was_stopped_is_overtaken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who holds the first place and never comes keeps others waiting for a while, not for good."""
    path = tmp_path / "x"
    with locked(path, 0):
        pass
    with lock_given_back(os.open(tmp_path / "x.lock", os.O_RDONLY)) as stopped:
        assert locks._queued(stopped) == 1
        with pytest.raises(Busy), locked(path, 0.02):
            raise AssertionError
        monkeypatch.setattr(locks, "_BEFORE", 0.05)
        with locked(path, 10):
            pass


def test_without_a_queue_who_waits_has_the_lock_at_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system knows no locks of an open file's bytes, nobody queues, and nobody is kept out."""
    monkeypatch.setattr(locks, "_asked", lambda *_: b"")
    path = tmp_path / "x"
    with locked(path, 0), pytest.raises(Busy), locked(path, 0.01):
        raise AssertionError
    with locked(path, 0):
        pass


def test_an_erasure_holds_the_file_that_it_puts_in_place(tmp_path: Path) -> None:
    """Without its lock file an erasure is alone until the name of the new file is durable."""
    address, free = str(tmp_path / "ledger.jsonl"), []
    with create_store(address) as store:
        append(store, 3)

    def sync(fd: int) -> None:
        with suppress(FileNotFoundError):
            Path(f"{address}.lock").unlink()
        free.append(is_free(address))

    JsonlStore(Path(address), sync=sync).erase({2})
    assert free == [False, False, False]  # the file as it was, the new one, the folder
    assert is_free(address)
    assert count_of(address) == 3


def test_what_a_signer_writes_is_locked_itself(tmp_path: Path) -> None:
    """What tells of the last signature is held without its lock file, also when it is replaced."""
    path = tmp_path / "my.key.signed"
    path.write_text("before")
    with locked(path, 0):
        Path(f"{path}.lock").unlink()
        with pytest.raises(Busy), locked(path, 0.01):
            raise AssertionError
        write_durably(path, b"after", os.fsync, Access(0o600))
    with locked(path, 0):
        assert path.read_text() == "after"


def test_a_link_where_a_file_is_going_to_be_is_no_lock(tmp_path: Path) -> None:
    """What stands in place of a link is locked by the lock beside it."""
    path = tmp_path / "x"
    path.symlink_to(tmp_path / "elsewhere")
    with locked(path, 0), pytest.raises(Busy), locked(path, 0):
        raise AssertionError


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """A name in which the system sees none is refused in a line."""
    with pytest.raises(WriteRefused, match="cannot write"), locked(tmp_path / ("x" * 300), 0):
        raise AssertionError


def test_nothing_is_acknowledged_in_a_file_that_lost_its_place(address: str) -> None:
    """A ledger that is moved away while somebody writes has an unknown outcome."""
    moved = Path(address).with_name("moved")

    def move() -> None:
        if not moved.exists():
            Path(address).rename(moved)

    store: Store
    if address.endswith(".db"):
        store = SqliteStore.open(address)
        store.follow(Mover(move))
    else:
        store = JsonlStore(Path(address), sync=lambda fd: move())
    with store, pytest.raises(OutcomeUnknown, match="the file was replaced meanwhile"):
        append(store)


class Mover:
    """A follower that does something once the lines are written and not yet committed."""

    def __init__(self, move: Callable[[], None]) -> None:
        self._move = move

    def before_commit(self, head: object) -> None:
        """Do it."""
        self._move()

    def rewrite(self) -> None:
        """Keep nothing that would be written anew."""

    def forget(self) -> None:
        """Keep nothing."""


# --- processes that are forked ----------------------------------------------------------------


def test_a_lock_does_not_live_on_in_a_forked_process(address: str) -> None:
    """What is forked while somebody writes holds up nobody afterwards."""
    locks = [Path(f"{address}.lock").stat().st_ino, Path(address).stat().st_ino]
    with open_store(address) as store, ExitStack() as lives:
        with store.writing():
            numbers = in_child(lambda: {n for n in open_files() if n in locks})
            assert numbers in ("set()", f"{{{locks[1]}}}")  # the descriptor to write with, no lock
            lives.enter_context(child_that_lives())
        assert is_free(address)


def test_who_appends_in_a_thread_holds_up_nobody_in_a_forked_process(address: str) -> None:
    """Processes forked while a thread appends neither hold the ledger nor change it."""
    done, written = threading.Event(), 0
    with open_store(address) as store:

        def write() -> None:
            nonlocal written
            while not done.is_set():
                written += len(append(store))

        thread = threading.Thread(target=write)
        thread.start()
        try:
            said = [in_child(lambda: list(store.read())) for _ in range(20)]
            with child_that_lives():
                done.set()
                thread.join()
                assert is_free(address)
        finally:
            done.set()
            thread.join()
    assert [words for words in said if "open the ledger again in this process" not in words] == []
    assert count_of(address) == 1 + written


def test_a_pool_of_forked_processes_reads_while_a_thread_appends(address: str) -> None:
    """Workers of multiprocessing open the ledger each for itself, and the thread goes on."""
    done = threading.Event()
    with open_store(address) as store:

        def write() -> None:
            while not done.is_set():
                append(store)

        thread = threading.Thread(target=write)
        thread.start()
        try:
            with multiprocessing.get_context("fork").Pool(2) as pool:
                counts = pool.map(count_of, [address] * 10)
                done.set()
                thread.join()
                assert is_free(address)
                pool.close()
                pool.join()  # a signal of `terminate` that Python handles can come too late to wake one
        finally:
            done.set()
            thread.join()
    assert all(0 < count <= count_of(address) for count in counts)


def test_a_process_forked_inside_gives_nothing_back(address: str) -> None:
    """Leaving the block in the child ends neither the lock of the parent nor its transaction."""
    with open_store(address) as store:
        manager = store.writing()
        with manager as writer:
            writer.append([b'{"a":"1"}'], at=AT, salts=[bytes(16)])
            said = in_child(lambda: manager.__exit__(None, None, None))
            assert said in ("None", "False")
            assert not is_free(address)
            writer.append([b'{"a":"2"}'], at=AT, salts=[bytes(16)])
    assert count_of(address) == 3


@pytest.mark.parametrize(
    "act",
    [lambda store: list(store.read()), append, lambda store: store.erase({1})],
    ids=["read", "append", "erase"],
)
def test_a_store_is_of_no_use_in_a_forked_process(
    act: Callable[[Store], object], address: str
) -> None:
    """A child is told to open the ledger again, and can."""
    with open_store(address) as store:
        said = in_child(lambda: act(store))
        assert "the process was forked since; open the ledger again in this process" in said
        assert said.startswith(("LogError: ", "WriteRefused: "))
        assert in_child(store.close) == "None"
        assert in_child(lambda: count_of(address)) == "1"
        append(store)
    assert count_of(address) == 2


def test_what_a_process_leaves_to_its_parent_it_closes_once() -> None:
    """A descriptor that a forked process closed is not closed again when the block ends."""
    from factledger.log.stores import files

    fd = os.open("/dev/null", os.O_RDONLY)
    before = files._all_held.copy()
    files._all_held.clear()
    try:
        with lock_given_back(fd):
            files._close_copies()
            again = os.open("/dev/null", os.O_RDONLY)  # it takes the number that is free
        assert again == fd
        os.close(again)
    finally:
        files._all_held.update(before)


# --- several users ----------------------------------------------------------------------------


@pytest.fixture
def shared() -> Iterator[Path]:
    """Give a folder in which everybody may write, and which everybody can reach."""
    if os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
    with tempfile.TemporaryDirectory(prefix="factledger-test-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o777)
        if any(not parent.stat().st_mode & stat.S_IXOTH for parent in folder.parents):
            pytest.skip("nobody else can reach the folder for temporary files")
        yield folder


def ledger_of(owner: int, path: Path, mode: int) -> str:
    """Return the address of a ledger of somebody's."""
    with create_store(str(path)) as store:
        append(store, 2)
    for beside in (".lock", "-journal"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    os.chown(path, owner, SOMEBODY)
    path.chmod(mode)
    return str(path)


@pytest.mark.parametrize("name", NAMES)
def test_who_may_write_a_ledger_may_lock_it(name: str, shared: Path) -> None:
    """Two users with the right to write take turns, whoever made the lock."""
    address = ledger_of(SOMEBODY, shared / name, 0o666)
    for user in (SOMEBODY, SOMEBODY_ELSE, None):
        said = in_child(lambda: len(append_to(address)), user=user)
        assert said == "1"
    status = Path(f"{address}.lock").stat()
    assert (status.st_uid, stat.S_IMODE(status.st_mode)) == (SOMEBODY, 0o666)


@pytest.mark.parametrize("name", NAMES)
def test_who_may_not_read_a_ledger_may_not_lock_it(name: str, shared: Path) -> None:
    """The lock has the access of its ledger, whoever made it."""
    address = ledger_of(SOMEBODY, shared / name, 0o600)
    append_to(address)
    said = in_child(lambda: os.close(os.open(f"{address}.lock", os.O_RDONLY)), user=SOMEBODY_ELSE)
    assert said.startswith("PermissionError")
    assert in_child(lambda: len(append_to(address)), user=SOMEBODY) == "1"


@pytest.mark.parametrize("name", NAMES)
def test_an_erasure_leaves_a_ledger_to_its_owner(name: str, shared: Path) -> None:
    """Whoever erases, the ledger has the owner and the mode that it had."""
    address = ledger_of(SOMEBODY, shared / name, 0o640)
    with open_store(address) as store:
        store.erase({1})
    status = Path(address).stat()
    found = status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)
    assert found == (SOMEBODY, SOMEBODY, 0o640)
    assert in_child(lambda: count_of(address), user=SOMEBODY) == "2"


def test_who_cannot_give_a_file_away_keeps_it(shared: Path) -> None:
    """A user who erases from the ledger of another is left with what the system allows."""
    address = ledger_of(SOMEBODY, shared / "ledger.jsonl", 0o666)

    def erase() -> None:
        with open_store(address) as store:
            store.erase({1})

    assert in_child(erase, user=SOMEBODY_ELSE) == "None"
    assert stat.S_IMODE(Path(address).stat().st_mode) == 0o666
    assert count_of(address) == 2


def append_to(address: str) -> list[object]:
    """Append one record to a ledger."""
    with open_store(address) as store:
        return [*append(store)]


def test_a_mode_that_cannot_be_given_is_not_asked_for_again(tmp_path: Path) -> None:
    """Where the system does not let a lock have the access of its ledger, it serves as it is."""
    path = tmp_path / "x"
    path.write_bytes(b"")
    path.chmod(0o640)
    with locked(path, 0):
        assert stat.S_IMODE(Path(f"{path}.lock").stat().st_mode) == 0o640
    path.chmod(0o660)
    with locked(path, 0):
        assert stat.S_IMODE(Path(f"{path}.lock").stat().st_mode) == 0o660


def test_who_may_not_give_files_away_still_says_who_may_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where neither owner nor group can be given, the mode is."""

    def refuse(fd: int, owner: int, group: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuse)
    write_durably(tmp_path / "x", b"", os.fsync, Access(0o640, SOMEBODY, SOMEBODY))
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


def test_a_file_that_may_not_be_locked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is there and cannot be opened is not passed over."""
    path, open_file = tmp_path / "x", os.open
    path.touch()

    def refuse(name: object, flags: int, *mode: int) -> int:
        if name == path:
            raise PermissionError(13, "Permission denied")
        return open_file(str(name), flags, *mode)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(WriteRefused, match="x: cannot write: permission denied"), locked(path, 0):
        raise AssertionError


INHERITED = """
import sys
from factledger.log.stores import open_store, sqlite_file

store = open_store(sys.argv[1])
sqlite_file._leave_to_parent()  # as in a forked process, of which nobody counts the lines
for statement in (store.connection.execute, store.connection.executemany):
    try:
        statement("SELECT ?", [[1]])
    except Exception as error:
        print(type(error).__name__, error)
store.close()
print(sqlite_file.sqlite3.Connection.execute(store.connection, "SELECT 1").fetchall())
"""


def test_an_inherited_connection_is_neither_used_nor_closed(tmp_path: Path) -> None:
    """A process that was forked leaves the connections that it inherited as they are."""
    address = str(tmp_path / "x.db")
    with create_store(address) as store:
        append(store)
    done = subprocess.run(
        [sys.executable, "-c", INHERITED, address], capture_output=True, text=True, check=True
    )
    told = (
        f"LogError {address}: the process was forked since; open the ledger again in this process"
    )
    assert done.stdout.splitlines() == [told, told, "[(1,)]"]


@pytest.mark.parametrize("system", ["another", "without such locks"])
def test_nobody_queues_where_the_system_has_no_such_locks(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the lock is held by one at a time all the same, and another waits as long as it said."""
    if system == "another":
        monkeypatch.setattr(sys, "platform", "darwin")
    else:
        monkeypatch.delattr(fcntl, "F_OFD_GETLK")
        monkeypatch.delattr(fcntl, "F_OFD_SETLK")
    path = tmp_path / "x"
    with locked(path, 1), pytest.raises(Busy), locked(path, 0.01):
        pass
    with locked(path, 0):
        assert path.with_name("x.lock").exists()
