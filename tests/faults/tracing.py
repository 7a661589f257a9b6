"""What a traced process did to its files, put onto a `Disk` call by call."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

from faults.disk import Cut, Disk, Node, Write

RECORDING = ("-xx", "-s", "10000000")  # whole strings, as hex
_call = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_string = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@attrs.define
class _Opened:
    """A descriptor: of which name, where it stands, and whether it writes at the end."""

    name: str
    node: Node | None  # None for a folder
    at_end: bool
    place: int = 0


class Recording:
    """The calls of a process below a root, in order."""

    def __init__(self, log: str, root: Path, disk: Disk) -> None:
        self._log, self._root, self._disk = log, str(root), disk
        self._open: dict[int, _Opened] = {}

    def replay(self) -> Iterator[str]:
        """Do to the disk what was done, and stop after each call that changed it, with its name.

        What the process told is yielded instead where it told something.
        """
        for line in self._log.splitlines():
            if found := _call.match(line):
                name, arguments, returned = found[1], found[2], int(found[3])
                strings = [
                    bytes.fromhex(text.replace("\\x", "")) for text in _string.findall(arguments)
                ]
                if name == "write" and arguments.startswith("1,"):
                    yield strings[0].decode().strip()
                elif self._take(name, arguments, strings, returned):
                    yield name

    def _take(self, name: str, arguments: str, strings: list[bytes], returned: int) -> bool:
        """Do one call to the disk, and return whether it can have changed what a crash leaves."""
        if name in ("openat", "mkdir", "mkdirat", "rename", "renameat", "unlink", "unlinkat"):
            paths = [os.fsdecode(text) for text in strings]
            below = [os.path.relpath(path, self._root) for path in paths if self._is_below(path)]
            return (
                returned >= 0
                and len(below) == len(paths)
                and self._named(name, below, arguments, returned)
            )
        fd = arguments.split(",")[0]
        file = self._open.get(int(fd)) if fd.isdigit() else None
        if file is None:
            return False
        if name in ("fsync", "fdatasync"):
            return self._synced(file, returned)
        if returned < 0 or name == "close":
            self._open.pop(int(fd) if name == "close" else -1, None)
            return False
        return self._changed(name, file, arguments, strings, returned)

    def _is_below(self, path: str) -> bool:
        return path == self._root or path.startswith(self._root + "/")

    def _named(self, name: str, paths: list[str], arguments: str, returned: int) -> bool:
        path, names = paths[0].removeprefix("."), self._disk.names
        if name == "openat":
            return self._opened(path, arguments, returned)
        if name.startswith("mkdir"):
            self._disk.rename({path: Node(is_folder=True)})
        elif name.startswith("unlink"):
            self._disk.rename({path: None})
        else:
            self._disk.rename({paths[1]: names[path], path: None})
        return True

    def _opened(self, path: str, arguments: str, fd: int) -> bool:
        is_new = "O_CREAT" in arguments and path not in self._disk.names
        if is_new:
            self._disk.rename({path: Node()})
        node = self._disk.names.get(path)  # the root has none
        node = None if node and node.is_folder else node
        self._open[fd] = _Opened(path, node, "O_APPEND" in arguments)
        return is_new

    def _synced(self, file: _Opened, returned: int) -> bool:
        if file.node is None:
            if returned == 0:
                self._disk.sync_folder(file.name)
        elif returned == 0:
            file.node.synced()
        else:
            file.node.dropped()
        return True

    def _changed(
        self, name: str, file: _Opened, arguments: str, strings: list[bytes], returned: int
    ) -> bool:
        assert file.node is not None or name not in ("write", "pwrite64", "ftruncate")
        last = int(arguments.rsplit(",", 1)[1]) if name in ("pwrite64", "ftruncate") else 0
        if name == "lseek":
            file.place = returned
        elif name == "read":
            file.place += returned
        elif name == "ftruncate" and file.node:
            file.node.take(Cut(last))
        elif name in ("write", "pwrite64") and file.node:
            offset = (
                last if name == "pwrite64" else len(file.node.now) if file.at_end else file.place
            )
            file.node.take(Write(offset, strings[0][:returned]))
            file.place = offset + returned
        return name in ("write", "pwrite64", "ftruncate")
