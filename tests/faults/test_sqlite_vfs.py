"""SQLite whose own file layer fails: the N-th write, sync, truncation or deletion of a file.

The store runs as it is; only its connection comes from `apsw`, which lets Python stand between
SQLite and the disk, and is another version of SQLite than that of Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import attrs
import pytest

from effort import LONG
from factledger.log.stores import sqlite
from faults.machine import scratch
from faults.oracle import judge
from faults.other_sqlite import Connection
from faults.plan import Case, write_files

STEP = 1 if LONG else 6
CALLS = ("xWrite", "xSync", "xTruncate", "xDelete")
ERRORS = ("IOError", "FullError", "short")
CASES = [Case(operation, "sqlite") for operation in ("create", "append", "recover", "copy")]


@attrs.define
class Trap:
    """The call that fails, and how; `seen` counts calls by name."""

    call: str = ""
    nth: int = 0
    error: str = ""
    seen: dict[str, int] = attrs.Factory(lambda: dict.fromkeys(CALLS, 0))

    def springs(self, call: str) -> bool:
        """Count a call, and return whether it is the one."""
        self.seen[call] += 1
        return (call, self.seen[call]) == (self.call, self.nth)

    def fail(self) -> None:
        """Raise what the file layer raises."""
        raise (apsw.FullError if self.error == "FullError" else apsw.IOError)("planted")


class FailingFile(apsw.VFSFile):
    """A file of the layer below, with a trap."""

    def __init__(self, trap: Trap, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._trap = trap

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        """Write, or fail, perhaps in the middle."""
        if self._trap.springs("xWrite"):
            if self._trap.error == "short":
                super().xWrite(bytes(data)[: len(data) // 2], offset)
            self._trap.fail()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Sync, or fail."""
        if self._trap.springs("xSync"):
            self._trap.fail()
        super().xSync(flags)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """Truncate, or fail."""
        if self._trap.springs("xTruncate"):
            self._trap.fail()
        super().xTruncate(newsize)


class FailingLayer(apsw.VFS):
    """The file layer below, with a trap."""

    def __init__(self, trap: Trap) -> None:
        self._trap = trap
        super().__init__("failing", "")

    def xOpen(self, name: Any, flags: list[int]) -> FailingFile:  # noqa: N802
        """Open a file with the trap."""
        return FailingFile(self._trap, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """Delete, or fail."""
        if self._trap.springs("xDelete"):
            self._trap.fail()
        super().xDelete(filename, syncdir)


def trapped(case: Case, root: Path, trap: Trap, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Run a case with a trap in the file layer; return what was told."""
    root.mkdir()
    write_files(root, case.start())
    layer, told = FailingLayer(trap), list[str]()
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "connected", partial(Connection, vfs="failing"))
        case.run(root, told.append)
    layer.unregister()
    return told


def traps(calls: dict[str, int]) -> Iterator[Trap]:
    """Yield a trap for each call and each way in which it fails."""
    for call in CALLS:
        for nth in range(1, calls[call] + 1):
            for error in ERRORS if call == "xWrite" else ERRORS[:2]:
                yield Trap(call, nth, error)


def trap_everywhere(case: Case, monkeypatch: pytest.MonkeyPatch, step: int = STEP) -> int:
    """Let every `step`-th trap spring, and judge what is left; return how many did."""
    with scratch() as folder:
        free = Trap()
        trapped(case, folder / "free", free, monkeypatch)
        chosen = list(traps(free.seen))[::step]
        for number, trap in enumerate(chosen):
            root = folder / str(number)
            judge(case, root, trapped(case, root, trap, monkeypatch))
    return len(chosen)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_sqlite_vfs(
    case: Case, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """Whichever call of SQLite fails, nothing acknowledged is lost, and one can go on."""
    record_property("failures below SQLite", trap_everywhere(case, monkeypatch))
