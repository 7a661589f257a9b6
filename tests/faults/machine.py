"""What a fault needs of the machine; a row without it is skipped, or fails where all are to run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import factledger

_STRICT = os.environ.get("FACTLEDGER_ALL_FAULTS")
_ALL = _STRICT == "1" or (_STRICT is None and os.environ.get("CI") == "true")
_MEMORY = Path("/dev/shm")


def lacking(what: str) -> None:
    """Skip the row for want of something; where all faults are to run, fail instead."""
    if _ALL:
        pytest.fail(f"all faults are to run here, and there is no {what}")
    pytest.skip(f"no {what}")


def forbidden(what: str) -> None:
    """Skip the row for want of what nobody can install, a right or a part of the kernel.

    Only where all faults are asked for by name does it fail.
    """
    if _STRICT == "1":
        lacking(what)
    pytest.skip(f"no {what}")


def need_program(name: str, package: str) -> None:
    """Skip the row unless a program is there."""
    if shutil.which(name) is None:
        lacking(f"{name} (Debian package {package})")


def need_strace() -> None:
    """Skip the row unless one can follow the calls of a process and change what they return."""
    need_program("strace", "strace")
    probe = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "inject=fsync:error=EIO"]
    if subprocess.run([*probe, "true"], capture_output=True, check=False).returncode:
        forbidden("right to trace a process")


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder in memory, where there is such, so that a sync costs little."""
    where = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where, prefix="faults-") as folder:
        yield Path(folder).resolve()


@contextmanager
def mounted(folder: Path, *arguments: str) -> Iterator[None]:
    """Mount a file system on a folder for a while; skip the row where that is not allowed."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *arguments, str(folder)], capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode().strip()
        known = "unknown filesystem" not in said and _may_mount()
        (lacking if known else forbidden)(f"mount ({said})")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _may_mount() -> bool:
    """Return whether this machine lets us mount anything at all, a loop device included."""
    with tempfile.TemporaryDirectory() as folder:
        memory = ["mount", "-t", "tmpfs", "none", folder]
        if subprocess.run(memory, capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
    loop = subprocess.run(["losetup", "-f"], capture_output=True, check=False)
    return loop.returncode == 0


def environment() -> dict[str, str]:
    """Return the environment of a process that fails: ours, without what measures coverage.

    It tries the code that this process tries, whatever is installed.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    paths = Path(__file__).parent.parent, Path(factledger.__file__).parent.parent
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def command(case: object, root: Path, flaw: str = "") -> list[str]:
    """Return what carries out a case in a process of its own."""
    return [sys.executable, "-m", "faults", str(case), str(root), *([flaw] if flaw else [])]
