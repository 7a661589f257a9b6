"""A folder that command lines are tried in: two ledgers that must stay whole, and files that need not.

The process that tries them owns that folder and nothing else: where it is started by root, it
becomes nobody first.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pkgutil
import resource
import shutil
import signal
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TypeAlias

import factledger
from cli_tools import busy_ledger, inside, run, told_ledger
from factledger.errors import FactledgerError
from factledger.log.stores import open_store

NOBODY = 65534
WHOLE = ("ledger.jsonl", "other.db")
"""The ledgers that must stay whole, whatever is asked."""

LEDGERS = (
    *WHOLE,
    ".",
    "deep",
    "hurt.jsonl",
    "hurt.db",
    "forged.jsonl",
    "link",
    "new.jsonl",
    "new.db",
)
FILES = (
    "gazette.txt", "draft.toml", "draft.json", "wrong.toml", "rows.csv", "rows.jsonl", "map.toml", "csv.toml",
    "my.key", "my.pub", "seal.key", "old.checkpoint", "new.checkpoint", "entry.proof", "csl.json",
    "empty", "secret", "noise", "folder", "dangling", "not there", "new", "é\u202e\x1b[2J", "-",
    "/dev/null", "/proc/nowhere",
)  # fmt: skip
CHANGED = (
    "draft.toml", "draft.json", "map.toml", "csv.toml", "rows.csv", "rows.jsonl", "gazette.txt",
    "my.key", "my.pub", "seal.key", "new.checkpoint", "old.checkpoint", "entry.proof", "forged.jsonl", "hurt.jsonl",
    "hurt.db",
)  # fmt: skip
"""The files that are changed here and there before a command reads them."""
PATIENCE = 30  # seconds for one command
MEMORY = 2**31
LONGEST_FILE = 2**26
_KEEP_CAPABILITIES, _CAPABILITIES = 8, 0x20080522  # of prctl(2) and capset(2)
_TO_READ = (1 << 2, 1 << 2, 0, 0, 0, 0)  # CAP_DAC_READ_SEARCH, in effect and permitted
_DRAFT = """[[event]]
type = "CONSULT"
mode = "phone"
actor = "JPN"
recipient = "UKR"
when = "2024-05"
source = "gazette"
locator = "page 3"
"""
_ROWS = "id,who,since,until\n1,ito-aiko,2001,2002\n2,JPN,2003,\n"
_MAP = """[ledger]
origin = "rows"
[[source]]
id = "roll"
title = "A roll"
[[actor]]
id = "post"
category = "group"
names = ["A post"]
[[actor]]
id = "JPN"
category = "country"
names = ["Japan"]
[[actor]]
id = "ito-aiko"
category = "person"
names = ["Ito Aiko"]
[row]
key = "{id}"
[row.claim]
kind = "state"
type = "aid"
value = "{id}"
participants = [{ role = "actor", actor = "{who}" }, { role = "recipient", actor = "post" }]
since = "{since}"
until = "{until}"
"""


Seen: TypeAlias = dict[str, tuple[int, ...]]
"""What tells of each name in a folder whether it changed."""


class TooLong(BaseException):
    """A command did not end."""


def load_all() -> None:
    """Load all modules of the package: whoever becomes nobody may not be able to read them."""
    for module in pkgutil.walk_packages(factledger.__path__, "factledger."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def lay(folder: Path) -> None:
    """Lay out the folder as it is before each command line."""
    told_ledger(folder).close()
    busy_ledger(folder / "busy").close()
    with inside(folder):
        run("copy", "busy", "other.db")
        shutil.rmtree("busy")
        shutil.copytree(".", "../deep")
        shutil.move("../deep", "deep")
        for name in ("deep/other.db", "deep/other.db.lock"):
            Path(name).unlink(missing_ok=True)
        _hurt()
        files = {
            "draft.toml": _DRAFT, "wrong.toml": "[[event]]\ntype = 5\n", "rows.csv": _ROWS, "empty": "",
            "rows.jsonl": '{"id": "1", "who": "JPN", "since": "2001", "until": ""}\n', "map.toml": _MAP,
            "csv.toml": '[input]\nformat = "csv"\n' + _MAP,
            "draft.json": '{"kind": "actor", "id": "X", "category": "group", "names": ["X"]}',
            "noise": "\x00\x1b[2J'\"=1+1\u202e\n" * 9, "secret": "x",
        }  # fmt: skip
        for name, text in files.items():
            Path(name).write_text(text, encoding="utf-8")
        Path("my.pub").write_text(run("key", "my.key").out, encoding="utf-8")
        run("key", "--seal", "seal.key")
        run("checkpoint", "-o", "old.checkpoint")
        run("append", "draft.json")
        run("checkpoint", "--key", "my.key", "-o", "new.checkpoint")
        run("prove", "9", "--checkpoint", "new.checkpoint", "-o", "entry.proof")
        Path("folder").mkdir()
        Path("link").symlink_to("ledger.jsonl")
        Path("dangling").symlink_to("nowhere")
        Path("secret").chmod(0)
        for path in [Path(), *Path().rglob("*")]:
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def _hurt() -> None:
    whole, tables = Path("ledger.jsonl").read_bytes(), Path("other.db").read_bytes()
    Path("hurt.jsonl").write_bytes(whole[: len(whole) // 2] + b"X" + whole[len(whole) // 2 :])
    Path("hurt.db").write_bytes(tables[:8000] + b"\xff" * 500 + tables[8500:])
    lines = whole.splitlines(keepends=True)
    Path("forged.jsonl").write_bytes(b"".join(lines[:-1]) + lines[-1][:-20])


def become_nobody() -> None:
    """Give up the rights of root, but for that to read, and what memory and space no command needs.

    Python itself may lie where nobody else can read it. Where root lacks the right to read all, so
    does nobody.
    """
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        libc.prctl(_KEEP_CAPABILITIES, 1)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        header, kept = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)(*_TO_READ)
        libc.capset(header, kept)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LONGEST_FILE, LONGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


@contextlib.contextmanager
def patience() -> Iterator[None]:
    """Raise `TooLong` in what takes longer than a command may."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    # Of the processor, for a machine may be busy; who waits for somebody uses none, and gets longer.
    before = {number: signal.signal(number, stop) for number in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    signal.alarm(20 * PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        for number, handler in before.items():
            signal.signal(number, handler)


def seen(folder: Path) -> Seen:
    """Return what tells of each name in a folder whether it changed."""
    found: Seen = {}
    for entry in os.scandir(folder):
        stat = entry.stat(follow_symlinks=False)
        found[entry.name] = (stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return found


def unfinished(name: str, found: Seen) -> bool:
    """Return whether a journal of SQLite tells how to undo what was begun."""
    return found.get(f"{name}-journal", (0, 0))[1] > 0


def hashes(address: Path) -> list[str]:
    """Return the hashes of a ledger's lines, which it verifies; the words of a fault for one with any."""
    try:
        with open_store(str(address)) as store:
            return [line.hash for line in store.read()]
    except FactledgerError as error:
        return [f"broken: {error}"]


def renewed(folder: Path, kept: Path, before: Seen, after: Seen) -> Seen:
    """Put a folder back to what it was, from what is kept of it; return what is seen of it now.

    `before` is what was seen of it when it was whole, `after` what was seen of it last.
    """
    for name in after.keys() | before.keys():
        if after.get(name) == before.get(name):
            continue
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        if name in before:
            _copied(kept / name, path)
    return after if after == before else seen(folder)


def _copied(kept: Path, path: Path) -> None:
    if kept.is_dir() and not kept.is_symlink():
        shutil.copytree(kept, path, symlinks=True)
    elif kept.name == "secret":
        path.touch(0)
    else:
        shutil.copy2(kept, path, follow_symlinks=False)
