"""The power goes out under a real file system: its image is copied while the writer stands still.

Copied is what the disk had; what the system still kept in memory is lost, as in a power cut.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

from effort import LONG
from factledger.log.stores import open_store
from faults.machine import environment, mounted, need_program, scratch
from faults.oracle import Broken
from faults.plan import STORES, Case
from store_faults import log

CUTS = 25 if LONG else 2
_PAUSE = 0.02
WRITER = """
import os, sys
from faults.flaws import plant
from factledger.ledger.copying import opened_or_made
from store_faults import AT, bodies, salts

address, *flaws = sys.argv[1:]
for flaw in flaws:
    plant(flaw)
with opened_or_made(address)[0] as store:
    while True:
        with store.writing() as writer:
            first = writer.head.seq + 1
            writer.append(bodies(2, first), at=AT, salts=salts(2, first))
        os.write(1, b"%d\\n" % (first + 1))
"""


@attrs.frozen
class FileSystem:
    """How a file system is made and mounted."""

    name: str
    make: tuple[str, ...]
    package: str
    size: int
    options: str = "loop"


FILE_SYSTEMS = (
    FileSystem("ext4", ("mkfs.ext4", "-q", "-F"), "e2fsprogs", 16 << 20),
    FileSystem(
        "ext4-writeback", ("mkfs.ext4", "-q", "-F"), "e2fsprogs", 16 << 20, "loop,data=writeback"
    ),
    FileSystem("xfs", ("mkfs.xfs", "-q"), "xfsprogs", 320 << 20, "loop,nouuid"),
    FileSystem("btrfs", ("mkfs.btrfs", "-q"), "btrfs-progs", 128 << 20),
)


def cut_power(system: FileSystem, store: str, cuts: int, flaw: str = "") -> int:
    """Cut the power under a writer again and again; return how many lines were acknowledged."""
    need_program(system.make[0], system.package)
    with scratch() as folder:
        image, disk = folder / "image", folder / "disk"
        os.truncate(os.open(image, os.O_CREAT | os.O_WRONLY), system.size)
        subprocess.run([*system.make, str(image)], check=True, capture_output=True)
        with mounted(disk, "-o", system.options, str(image)):
            copies = list(_copies(image, Case("append", store).address(disk), cuts, flaw))
        for copy, acknowledged in copies:
            with mounted(disk, "-o", system.options, str(copy)):
                _judge(Case("append", store).address(disk), acknowledged)
        return copies[-1][1]


def _copies(image: Path, address: str, cuts: int, flaw: str) -> Iterator[tuple[Path, int]]:
    """Yield copies of the image at some moments, and how many lines were acknowledged by then."""
    command = [sys.executable, "-c", WRITER, address, *([flaw] if flaw else [])]
    with _running(command) as writer:
        assert writer.stdout is not None
        said = writer.stdout.readline().decode()
        os.set_blocking(writer.stdout.fileno(), False)
        for number in range(cuts):
            time.sleep(_PAUSE * (1 + number % 5))
            os.kill(writer.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, writer.pid, os.WSTOPPED | os.WNOWAIT)
            said += (writer.stdout.read() or b"").decode()
            copy = image.with_name(f"copy-{number}")
            subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
            os.kill(writer.pid, signal.SIGCONT)
            yield copy, int(said.split()[-1])


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def _judge(address: str, acknowledged: int) -> None:
    try:
        with open_store(address) as store:
            lines = list(store.read())
            with store.writing() as writer:
                writer.restore(log(*[2] * (len(lines) // 2 + 1))[-2:])
            again = len(list(store.read()))
    except Exception as error:
        raise Broken(f"{acknowledged} lines were acknowledged: {error}") from error
    if len(lines) < acknowledged or lines != log(*[2] * (len(lines) // 2)):
        raise Broken(f"{acknowledged} lines were acknowledged, {len(lines)} are there")
    if again != len(lines) + 2:
        raise Broken("it does not go on")


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("system", FILE_SYSTEMS if LONG else FILE_SYSTEMS[:1], ids=lambda s: s.name)
def test_power_cut(
    system: FileSystem, store: str, record_property: Callable[[str, object], None]
) -> None:
    """After a power cut all that was acknowledged is there, and one can go on."""
    acknowledged = cut_power(system, store, CUTS)
    record_property("power cuts", CUTS)
    record_property("lines acknowledged before a power cut", acknowledged)
