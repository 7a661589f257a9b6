"""What many clients at once do to a simple page: `python benchmarks/load.py [SECONDS] [STORE]`, with `wrk`.

`factledger serve` shows the archive of chiefs of mission (16,825 entries) on loopback. One client asks
for entries, each on the connection of the one before; meanwhile `wrk` asks on sixteen connections for
far dates, answers as recorded earlier, differences, searches and whole lists as JSON. Reported are the
times of the entries, alone and then beside the sixteen, each minute of a long run; the memory of the
server and of its processes; and the load of the machine. STORE is `jsonl` or `sqlite`.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import attrs

ARCHIVE = Path(__file__).resolve().parent.parent / "ledgers/us-chiefs-of-mission"
COMMAND = [sys.executable, "-m", "factledger"]
SECONDS = 30
CLIENTS = 16
PAUSE = 0.05  # seconds between two questions of the one client
WANTED = 200  # milliseconds
FILES = {"jsonl": "chiefs", "sqlite": "chiefs.db"}


@attrs.frozen
class Times:
    """How long a simple page took, in milliseconds, over all times that it was asked."""

    asked: int
    median: float
    most: float  # of 99 in a hundred
    refused: int  # told to come again

    def __str__(self) -> str:
        return f"{self.asked} times, p50 {self.median:.1f} ms, p99 {self.most:.1f} ms, {self.refused} refused"


def main(length: float, store: str) -> None:
    """Print the times of a simple page alone and beside many clients, and the memory before and after."""
    print(f"{store}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        ledger = archive(Path(folder) / FILES[store])
        with server(ledger) as (process, port):
            entry_times(port, 1)  # so that the ledger is open
            print(f"alone: {entry_times(port, length / 3)}; {megabytes(process)}")
            with pressure(Path(folder), port, length) as asking:
                time.sleep(1)
                for _ in range(rounds := max(2, int(length / 60))):  # what grows goes on growing
                    times = entry_times(port, (length - 2) / rounds)
                    told = f"{times}; {megabytes(process)}, load {os.getloadavg()[0]:.1f}"
                    print(f"beside {CLIENTS} clients: {told}", flush=True)
                print(f"p99 within {WANTED} ms: {'yes' if times.most <= WANTED else 'no'}")
                print(counted(asking))


def archive(ledger: Path) -> Path:
    """Import the archive into a new ledger, and return its path."""
    rows = ARCHIVE / "chiefs_history.jsonl.xz"
    given = ["--map", str(ARCHIVE / "map.toml"), str(rows), "-l", str(ledger)]
    subprocess.run([*COMMAND, "import", *given], check=True, stdout=subprocess.DEVNULL)
    return ledger


@contextmanager
def server(ledger: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve a ledger at a free port until the block ends."""
    serve = [*COMMAND, "serve", "--port", "0", "-l", str(ledger)]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found, "the server did not say where it listens"
        try:
            yield process, int(found[1])
        finally:
            process.kill()


@contextmanager
def pressure(folder: Path, port: int, length: float) -> Iterator[subprocess.Popen[str]]:
    """Let `wrk` ask for costly pages while the block runs, and stop by itself at its end."""
    wrk = shutil.which("wrk")
    if wrk is None:
        sys.exit("wrk is not there; install it: apt-get install wrk")
    script = folder / "addresses.lua"
    script.write_text(lua(addresses(random.Random(1))), encoding="utf-8")
    options = ["-t", "1", "-c", str(CLIENTS), "-d", f"{length:.0f}s", "--timeout", "60s"]
    where = f"http://127.0.0.1:{port}/"
    with subprocess.Popen(
        [wrk, *options, "-s", str(script), where], stdout=subprocess.PIPE, text=True
    ) as asking:
        yield asking


def addresses(chance: random.Random, count: int = 500) -> list[str]:
    """Return addresses of costly pages, no two alike."""
    return [costly(chance, kind) for kind in range(count)]


def costly(chance: random.Random, kind: int) -> str:
    """Return the address of a costly page of one of five kinds."""
    one, other = (f"{chance.randint(1780, 2022)}-{chance.randint(1, 12):02}-11" for _ in "ab")
    cut = chance.randint(5000, 16825)
    word = chance.choice(["john", "paris", "since", "q" * chance.randint(2, 9)])
    return (
        f"/?asof={one}",
        f"/?asof={one}&recorded={cut}",
        f"/difference?from={one}&to={other}",
        f"/search?q={word}+{chance.randint(1800, 2020)}",
        f"/index.json?asof={other}&all=1",
    )[kind % 5]


def lua(paths: list[str]) -> str:
    """Return the script by which `wrk` asks for addresses in turn."""
    quoted = ", ".join(f'"{path}"' for path in paths)
    return f"""
local paths, turn = {{ {quoted} }}, 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
"""


def entry_times(port: int, length: float) -> Times:
    """Ask for entries for so many seconds, and return what they took."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    found, chance, end, refused = [], random.Random(2), time.monotonic() + length, 0
    while time.monotonic() < end:
        start = time.perf_counter()
        connection.request("GET", f"/entry/{chance.randint(2, 16825)}")
        answer = connection.getresponse()
        answer.read()
        found.append((time.perf_counter() - start) * 1e3)
        assert answer.status in (200, 503), answer.status
        refused += answer.status == 503
        time.sleep(PAUSE)
    connection.close()
    ordered = sorted(found)
    return Times(len(found), statistics.median(found), ordered[int(len(found) * 0.99)], refused)


def megabytes(process: subprocess.Popen[str]) -> str:
    """Return how much memory the server has, and the processes that it started, where the system tells."""
    own = resident(process.pid)
    threads = Path(f"/proc/{process.pid}/task").glob("*/children")
    children = {int(child) for thread in threads for child in text_of(thread).split()}
    return f"{own:.0f} MB and {sum(map(resident, children)):.0f} MB of its processes"


def resident(process: int) -> float:
    """Return how many megabytes of memory a process has; none where it is not known."""
    found = re.search(r"VmRSS:\s+(\d+)", text_of(Path(f"/proc/{process}/status")))
    return int(found[1]) / 1024 if found else 0


def text_of(path: Path) -> str:
    """Return what the system tells there; nothing where a process or a thread has ended."""
    try:
        return path.read_text()
    except OSError:
        return ""


def counted(asking: subprocess.Popen[str]) -> str:
    """Return what `wrk` says of its own answers: how many, how many of them refused."""
    said, _ = asking.communicate()
    lines = [" ".join(line.split()) for line in said.splitlines()]
    wanted = ("requests in", "Non-2xx", "Socket errors")
    return "wrk: " + "; ".join(line for line in lines if any(word in line for word in wanted))


if __name__ == "__main__":
    length, store = (*sys.argv[1:], *(str(SECONDS), "jsonl")[len(sys.argv) - 1 :])
    main(float(length), store)
