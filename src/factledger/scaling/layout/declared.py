"""Who and what is declared, by name, in one sorted file: a part looks up the names that it has.

A line of the file is a name, a tab, the number of an entry, a tab, and the line of that entry.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from factledger.index.bodies import content_of, identifiers
from factledger.records.codec import Body
from factledger.scaling.files import digest_of, joined_lines, spoilt, write_whole
from factledger.scaling.layout.routing import number_of

Name: TypeAlias = tuple[str, str]
"""A kind and an id: of a source, or of the group of an actor; `("", "")` is everybody's."""

EVERYBODY: Name = ("", "")


def names_under(body: Body | None, groups: Mapping[str, str]) -> set[Name]:
    """Return the names under which the body of a line is looked for: of whom it declares, or undoes."""
    if body is None:
        return set()
    content = content_of(body)
    match content["kind"]:
        case "ledger" | "type":
            return {EVERYBODY}
        case "source":
            return {("source", content["id"])}
        case "withdraw":
            return {("source", content["source"])}
        case "actor":
            return {("actor", groups.get(content["id"], content["id"]))}
        case "identify":
            return {("actor", groups.get(one, one)) for one in content.get("actors", ())}
    return set()


def names_in(body: Body | None, groups: Mapping[str, str]) -> Iterator[Name]:
    """Yield the names that a record cites or names: its sources and who takes part."""
    if body is None:
        return
    content = content_of(body)
    for place in (body, content):
        for citation in place.get("citations", ()):
            yield "source", citation["source"]
    if content["kind"] == "source" and "copy_of" in content:
        yield "source", content["copy_of"]
    for actor in (*identifiers(content), *([content["of"]] if "of" in content else ())):
        yield "actor", groups.get(actor, actor)


def write_declared(
    folder: Path,
    declaring: Iterable[tuple[int, str]],
    about: Mapping[int, list[int]],
    groups: Mapping[str, str],
) -> str:
    """Write the file of all that is declared, and return its name; `about` is who undoes what."""
    names: dict[int, set[Name]] = {}
    rows = []
    for number, text in sorted(declaring):
        body = json.loads(text).get("body")
        found = names_under(body, groups)
        found.update(*(names.get(n, ()) for n in about.get(number, ())))
        names[number] = found
        rows += [_row(name, number, text) for name in found]
    data = joined_lines(sorted(rows))
    path = folder / "declared" / f"{digest_of(data)}.tsv"
    if not path.exists() or path.read_bytes() != data:
        write_whole(path, data)
    return path.name


def _row(name: Name, number: int, text: str) -> bytes:
    return b"%b%015d\t%b" % (_start(name), number, text.encode())


def _start(name: Name) -> bytes:
    return json.dumps(name).encode() + b"\t"


class Declared:
    """A file of what is declared, looked up by bisection: it is never read whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with open(path, "rb") as file:
            size = path.stat().st_size
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""

    def lines(self, name: Name) -> Iterator[bytes]:
        """Yield the lines of the entries under a name, by number."""
        start = _start(name)
        place = self._first(start)
        while self._map[place : place + len(start)] == start:
            end = self._end(place)
            yield self._map[place + len(start) + 16 : end]
            place = end + 1

    def _first(self, start: bytes) -> int:
        """Return where the first line begins that is not before a start."""
        low, high = 0, len(self._map)  # both are beginnings of lines
        while low < high:
            middle = self._map.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self._map[middle : middle + len(start)] < start:
                low = self._end(middle) + 1
            else:
                high = middle
        return low

    def _end(self, place: int) -> int:
        """Return where the line at a place ends; raises LogError where it is cut off."""
        if (found := self._map.find(b"\n", place)) < 0:
            raise spoilt(self._path)
        return found

    def closed_over(self, names: Iterable[Name], groups: Mapping[str, str]) -> list[bytes]:
        """Return the lines under some names, and under those that these lead to, each once, by number."""
        waiting, seen = [EVERYBODY, *names], set[Name]()
        found: dict[int, bytes] = {}
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            for raw in self.lines(name):
                found[number_of(raw)] = raw
                waiting.extend(names_in(json.loads(raw).get("body"), groups))
        return [raw for _, raw in sorted(found.items())]

    def close(self) -> None:
        """Give back the file."""
        if isinstance(self._map, mmap.mmap):
            self._map.close()
