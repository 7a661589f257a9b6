"""Draw command lines and run them: `python tests/fuzz/commands.py [--commands N] [--jobs J] [--seed S]`.

Each example is a few command lines over the files of a sandbox, of every command with any of its
options, and any standard streams; often one of the files was changed here and there before. No line
may end otherwise than with exit code 0, 1 or 2, in words and without a traceback; what a ledger held,
and what was acknowledged, is there afterwards, and it verifies. Exit code 1 where one does, with the
fewest lines that led to it; 3 where nobody can read the code.

The lines are drawn by a plain generator of random numbers: Hypothesis spends fifty times as long on
drawing them as it takes to run them.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))

import attrs  # noqa: E402
import click  # noqa: E402

from factledger.cli import OBJECTS  # noqa: E402
from factledger.cli.group import cli  # noqa: E402
from factledger.web import server  # noqa: E402
from fuzz import sandbox  # noqa: E402
from fuzz.command_lines import Change, Line, drawn_change, drawn_line  # noqa: E402

AT_ONCE = 20_000  # command lines of one child: what a command may leave in memory ends with it
ALLOWED = {0, 1, 2}
READER_GONE = 141
_said_added = re.compile(r"^added (?:#\d+-)?#(\d+)$", re.MULTILINE)


@attrs.frozen
class Ended:
    """How a command line ended."""

    code: object
    out: str
    err: str


# --- running --------------------------------------------------------------------------------------


def _stream(kind: str) -> io.TextIOWrapper:
    if kind == "full":
        return open("/dev/full", "w", encoding="utf-8")
    if kind == "closed":  # as `open_streams` opens it
        return os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if kind == "gone":
        reader, writer = os.pipe()
        os.close(reader)
        return os.fdopen(writer, "w", encoding="utf-8")
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _input(given: bytes | None) -> io.TextIOWrapper:
    if given is None:
        return os.fdopen(os.open(os.devnull, os.O_WRONLY), "r", encoding="utf-8")
    return io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")


def ended(line: Line) -> Ended:
    """Run a command line in this process."""
    kept = sys.stdin, sys.stdout, sys.stderr
    streams = _input(line.given), _stream(line.output), _stream(line.errors)
    before = {name: os.environ.get(name) for name, _ in line.environment}
    os.environ.update(line.environment)
    code: object
    try:
        sys.stdin, sys.stdout, sys.stderr = streams
        with sandbox.patience():
            cli.main(line.words, "factledger")
        code = "no exit"
    except SystemExit as end:
        code = end.code
    except BaseException:
        code = f"raised\n{traceback.format_exc()}"
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
    said = [_said(stream) for stream in streams[1:]]
    return Ended(code, *said)


def _said(stream: io.TextIOWrapper) -> str:
    with suppress(OSError, ValueError):
        stream.flush()
        if isinstance(stream.buffer, io.BytesIO):
            return stream.buffer.getvalue().decode("utf-8", "replace")
    with suppress(OSError, ValueError):
        stream.close()
    return ""


class Sandbox:
    """The folder, what is kept of it, and the hashes that its ledgers had."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.kept = folder, kept
        self.before = self.now = sandbox.seen(folder)
        self.whole = {name: sandbox.hashes(folder / name) for name in sandbox.WHOLE}

    def judge(self, lines: Sequence[Line], change: Change | None = None) -> None:
        """Run lines one after the other from the start, and raise where a promise is broken."""
        self.before = sandbox.renewed(self.folder, self.kept, self.before, self.now)
        if change is not None:
            (self.folder / change.name).write_bytes(change.held)
        whole, stamps = dict(self.whole), self.before
        for line in lines:
            end = ended(line)
            self.now = now = sandbox.seen(self.folder)
            self._judge_words(line, end)
            for name in sandbox.WHOLE:
                if now.get(name) != stamps.get(name) or sandbox.unfinished(name, now):
                    whole[name] = self._judge_ledger(name, whole[name])
                    self.now = sandbox.seen(self.folder)  # opening it may mend it
            self._judge_added(line, end, whole)
            stamps = now

    def breaks(self, lines: Sequence[Line], change: Change | None) -> str:
        """Return what lines break, "" for nothing."""
        try:
            self.judge(lines, change)
        except AssertionError as fault:
            return str(fault)
        return ""

    def fewest(self, lines: Sequence[Line], change: Change | None) -> str:
        """Return the least that still breaks something of what is known to, and what it breaks."""
        if change is not None and self.breaks(lines, None):
            change = None
        smaller: Sequence[Line] | None = lines
        while smaller is not None:
            lines = smaller
            smaller = next((less for less in _less(lines) if self.breaks(less, change)), None)
        return f"{change}\n{lines}\n{self.breaks(lines, change)}"

    def _judge_words(self, line: Line, end: Ended) -> None:
        allowed = ALLOWED | ({READER_GONE} if line.output == "gone" else set())
        assert end.code in allowed, f"{line}\nended with {end.code}\n{end.err}"
        assert "Traceback" not in end.err, f"{line}\n{end.err}"
        if end.code == 0 or line.errors != "kept" or line.output != "kept":
            return
        assert end.err.strip() or end.out.strip(), f"{line}\nended with {end.code}, without a word"

    def _judge_ledger(self, name: str, before: list[str]) -> list[str]:
        after = sandbox.hashes(self.folder / name)
        assert after[: len(before)] == before, f"{name} lost entries: {after[-1:]}"
        return after

    def _judge_added(self, line: Line, end: Ended, whole: dict[str, list[str]]) -> None:
        found = _said_added.search(end.out) if end.code == 0 else None
        if found is None or "-l" in line.words or "--ledger" in line.words or line.environment:
            return
        last = int(found[1])
        assert last == len(whole["ledger.jsonl"]), f"{line}\nsaid {found[0]}, and it is not there"


def _nothing(*_: object, **__: object) -> None:
    """Neither serve for ever, nor open a browser."""


def _less(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield the same without one line, one word, or what is special about a line."""
    for i, line in enumerate(lines):
        if len(lines) > 1:
            yield [*lines[:i], *lines[i + 1 :]]
        plain = Line(line.words)
        if line != plain:
            yield [*lines[:i], plain, *lines[i + 1 :]]
        for at in range(len(line.words)):
            words = (*line.words[:at], *line.words[at + 1 :])
            yield [*lines[:i], attrs.evolve(line, words=words), *lines[i + 1 :]]


def tried(folder: Path, kept: Path, count: int, number: int) -> int:
    """Try so many command lines in this process; return how many, below 0 where the last breaks something."""
    server.serve, click.launch = _nothing, _nothing  # type: ignore[assignment]
    made, random, ran = Sandbox(folder, kept), Random(number), 0
    while ran < count:
        lines = [drawn_line(random) for _ in range(random.choice((1, 1, 2, 3)))]
        change = drawn_change(random, kept) if random.randrange(3) == 0 else None
        ran += len(lines)
        if broken := made.breaks(lines, change):
            # What breaks once and not again, as with a machine that was busy, is told as it was.
            print(f"{ran} lines on, seed {number}: {change}\n{lines}\n{broken}", file=sys.stderr)
            print(f"the fewest: {made.fewest(lines, change)}", file=sys.stderr)
            return -ran
    return ran


def in_child(act: Callable[[], int]) -> tuple[int, int]:
    """Do it in a child that owns nothing but the sandbox; return its exit code and what it counted."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            sandbox.become_nobody()
            count = act()
            os.write(writer, b"%d" % abs(count))
            code = int(count < 0)
        except PermissionError:
            traceback.print_exc()
            code = 3
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        counted = int(told.read() or 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), counted


def shard(count: int, number: int) -> tuple[int, int]:
    """Try command lines in a sandbox of their own; return the exit code, and how many they were."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # where a sync costs little
    with tempfile.TemporaryDirectory(dir=memory, prefix="factledger-commands-") as name:
        above, started = Path(name), Path.cwd()
        folder, kept = above / "here", above / "kept"
        folder.mkdir()
        sandbox.lay(folder)
        shutil.copytree(folder, kept, symlinks=True, copy_function=shutil.copy2)
        (above / "tmp").mkdir()
        for path in (above, above / "tmp", kept, *kept.rglob("*")):
            if os.geteuid() == 0:
                os.chown(path, sandbox.NOBODY, sandbox.NOBODY, follow_symlinks=False)
        for one in ("TMPDIR", "HOME", "XDG_CACHE_HOME"):
            os.environ[one] = str(above / "tmp")
        os.environ["FACTLEDGER_TRACEBACK"] = "1"
        for one in ("FACTLEDGER", "NO_COLOR", "FORCE_COLOR"):
            os.environ.pop(one, None)
        tempfile.tempdir = None
        os.chdir(folder)
        try:
            return in_child(partial(tried, folder, kept, count, number))
        finally:
            os.chdir(started)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try as many command lines as are asked for, on all processors or on some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commands", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    given: Any = parser.parse_args(arguments)
    sandbox.load_all()
    gc.freeze()  # what is loaded is never looked through again
    gc.set_threshold(OBJECTS)
    start, ran, number, codes = time.monotonic(), 0, given.seed, {0}
    if given.jobs > 1:
        return _many(given)
    while ran < given.commands and codes == {0}:
        left = given.commands - ran
        code, count = shard(min(AT_ONCE, left), number)
        ran, number = ran + count, number + 1
        codes.add(code)
    seconds = time.monotonic() - start
    print(f"{ran:,} command lines in {seconds:,.0f} s ({ran / seconds:,.0f} a second)", flush=True)
    return max(codes)


def _many(given: Any) -> int:
    """Share the work among processes, each with seeds of its own."""
    import subprocess

    share = -(-given.commands // given.jobs)
    children = [
        subprocess.Popen(
            [sys.executable, __file__, "--commands", str(share), "--jobs", "1",
             "--seed", str(given.seed + 1_000_000 * job)]
        )
        for job in range(given.jobs)
    ]  # fmt: skip
    return max(child.wait() for child in children)


if __name__ == "__main__":
    sys.exit(main())
