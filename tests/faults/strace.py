"""A process whose system calls are counted, made to fail, or its last; by `strace`."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import attrs

from faults.machine import environment
from faults.oracle import Broken
from faults.plan import Case, write_files

CALLS = (
    "openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fchmod",
    "rename", "unlink", "mkdir", "flock", "fcntl", "stat", "newfstatat", "fstat", "lseek", "close",
)  # fmt: skip
_call = re.compile(r"^(\w+)\(", re.MULTILINE)
_EVERY = ",".join(f"?{call}" for call in CALLS)  # not every machine has every call


@attrs.frozen
class Run:
    """What a run told, and the calls that it made on files below its folder, as strace shows them."""

    told: list[str]
    log: str

    @property
    def calls(self) -> Counter[str]:
        """How many calls were made, by name."""
        return Counter(_call.findall(self.log))

    @property
    def struck(self) -> bool:
        """Whether what was to happen happened."""
        return "(INJECTED)" in self.log or "killed by SIGKILL" in self.log


@cache
def _mother() -> subprocess.Popen[str]:
    """Return the process that bears all others; it lives as long as ours."""
    mother = subprocess.Popen(
        [sys.executable, "-m", "faults"], env=environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    atexit.register(mother.communicate)
    return mother


class Bench:
    """A folder in which cases are run, each anew from its start, by children of one process."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self._paths: dict[Case, list[str]] = {}
        self._log = folder / "log"
        self._folder = folder

    def lay(self, case: Case) -> None:
        """Make the folder as it is before a case."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        write_files(self.root, case.start())

    def run(self, case: Case, *options: str, flaw: str = "") -> Run:
        """Run a case from its start; strace is given the options, about files of the case alone."""
        return self.traced(case, *options, *self._only(case), flaw=flaw)

    def _only(self, case: Case) -> list[str]:
        if case not in self._paths:
            log = self.traced(case).log
            found = re.findall(rf'"({re.escape(str(self.root))}[^"]*)"', log)
            self._paths[case] = sorted({*found, str(self.root)})
        return [part for path in self._paths[case] for part in ("-P", path)]

    def traced(self, case: Case, *options: str, flaw: str = "") -> Run:
        """Run a case from its start, and show the calls on all files."""
        self.lay(case)
        mother = _mother()
        assert mother.stdin is not None
        assert mother.stdout is not None
        mother.stdin.write(f"{case} {self.root} {flaw}\n")
        mother.stdin.flush()
        child = int(mother.stdout.readline())
        self._follow(child, options)
        status = int(mother.stdout.readline())
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise Broken(f"{(self._folder / 'errors').read_text()}\nis nothing for a user to read")
        told = (self._folder / "told").read_text().splitlines()
        return Run(told, self._log.read_text(errors="replace"))

    def _follow(self, child: int, options: Sequence[str]) -> None:
        """Let a stopped process go on to its end, traced."""
        command = [
            "strace",
            "-o",
            str(self._log),
            "-e",
            f"trace={_EVERY}",
            *options,
            "-p",
            str(child),
        ]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            said = ""
            for line in strace.stderr:  # it may first say how it resolves paths
                said += line
                if "attached" in line:
                    break
            os.kill(child, signal.SIGCONT)
            said += strace.stderr.read()
        if "attached" not in said:
            raise OSError(f"strace does not attach: {said}")
