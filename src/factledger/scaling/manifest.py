"""The manifest of a folder of segments: which lines each holds, and where it joins the one before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from factledger.errors import LogError, NewerFormat, NotALedger, NotFound
from factledger.log.lines import START, Line
from factledger.scaling.files import digest_of, json_in, put_json, read_packed, spoilt

SEGMENT_LINES = 65_536  # a full tile of two levels, as C2SP's tlog-tiles has them
FORM = 1
_NAME = "manifest.json"


@attrs.frozen
class Joint:
    """Where a segment ends and the next begins: what the chain goes on from."""

    seq: int
    hash: str
    at: str
    batch: int
    last: int

    @classmethod
    def of(cls, line: Line) -> Joint:
        """Return the joint behind a line."""
        return cls(line.seq, line.hash, line.at, line.batch, line.last)

    @property
    def line(self) -> Line:
        """The line before, as far as the chain goes on from it."""
        return Line(self.seq, self.at, self.batch, self.last, None, None, "", self.hash)


BEFORE_ALL = Joint(START.seq, START.hash, START.at, 0, 0)


@attrs.frozen
class Segment:
    """Some lines of a ledger in a file of their own, from entry `first` on; `digest` is of the lines."""

    digest: str
    before: Joint
    after: Joint

    @property
    def first(self) -> int:
        """The number of its first entry."""
        return self.before.seq + 1

    @property
    def count(self) -> int:
        """How many lines it has."""
        return self.after.seq - self.before.seq

    def path(self, folder: Path) -> Path:
        """Return where it lies."""
        return folder / "segments" / f"{self.first:015d}-{self.digest}.jsonl.gz"

    def lines(self, folder: Path) -> list[bytes]:
        """Return its lines as they stand in the log; raises `LogError` where the file is spoilt."""
        path = self.path(folder)
        data = read_packed(path)
        if digest_of(data) != self.digest:
            raise spoilt(path)
        return data.split(b"\n")[:-1]


@attrs.frozen
class Manifest:
    """The segments of a ledger, in order, and the entries that are said to be erased and are not yet.

    `size` is the number of lines a full segment has.
    """

    origin: str
    segments: tuple[Segment, ...] = ()
    awaited: tuple[int, ...] = ()
    size: int = SEGMENT_LINES

    @property
    def end(self) -> Joint:
        """Where the last segment ends."""
        return self.segments[-1].after if self.segments else BEFORE_ALL

    @property
    def entries(self) -> int:
        """How many entries are sealed."""
        return self.end.seq

    def full(self) -> tuple[Segment, ...]:
        """Return the segments that no later line will change."""
        return tuple(s for s in self.segments if s.count == self.size)

    def write(self, folder: Path) -> None:
        """Put it in place of the one before."""
        put_json(folder / _NAME, {"form": FORM, **attrs.asdict(self)})


def manifest_in(folder: Path) -> Manifest:
    """Return the manifest of a folder; raises `NotFound`, `NotALedger` or `NewerFormat`."""
    path = folder / _NAME
    if not path.exists():
        raise NotFound(str(path), "'factledger scale seal LEDGER DIR' makes it")
    try:
        found = json_in(path)
    except LogError:
        raise spoilt(path, "the folder") from None
    try:
        form = found.pop("form")
        if form != FORM:
            raise NewerFormat(str(path), form, FORM)
        return _manifest(found)
    except (TypeError, KeyError, AttributeError):
        raise NotALedger(str(path), "not a manifest of segments") from None


def _manifest(found: dict[str, Any]) -> Manifest:
    segments = (
        Segment(s["digest"], Joint(**s["before"]), Joint(**s["after"])) for s in found["segments"]
    )
    return Manifest(found["origin"], tuple(segments), tuple(found["awaited"]), found["size"])
