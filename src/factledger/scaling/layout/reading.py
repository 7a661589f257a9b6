"""A segment read for what routing needs: the root of each claim, what refers to what, who is declared.

One task a segment. It depends on the lines, on the types and on who was ever said to be whom.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from factledger.index.bodies import CLAIM_KINDS, content_of, puts_declaration, vocabulary_of
from factledger.log.lines import parted
from factledger.named import NamedTuple
from factledger.records.codec import Body
from factledger.records.vocabulary import Vocabulary
from factledger.scaling.files import digest_of, json_in, put_json
from factledger.scaling.layout.roots import NO_ROOT, ever_same, roots_of_claim, vocabularies_of
from factledger.scaling.manifest import Segment
from factledger.scaling.rules import rules_digest

_MARKS = b'"kind":"type"', b'"kind":"identify"', b'"kind":"ledger"'


class Terms(NamedTuple):
    """What the roots of claims depend on besides themselves: types, and who is who."""

    header: Body
    types: tuple[Body, ...] = ()
    identities: tuple[Body, ...] = ()

    @property
    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """The vocabularies under which claims may count."""
        return vocabularies_of(vocabulary_of(self.header), self.types)

    @property
    def digest(self) -> str:
        """A hash of them, and of the rules by which they are read."""
        return digest_of(rules_digest(), json.dumps([*self], sort_keys=True))


class Readings(NamedTuple):
    """What was read of a segment.

    `first` is the number of its first entry. `roots` has one for each line, 0 where it puts no
    claim forward; `links` are roots that one claim has; `refers` has an entry and those it is about; `declaring` are entries that may
    declare, withdraw or identify, or undo it.
    """

    first: int
    roots: array[int]
    links: list[list[int]]
    refers: list[tuple[int, list[int]]]
    declaring: list[tuple[int, str]]


class SegmentTask(NamedTuple):
    """A segment in a folder, with the file that tells the terms."""

    folder: str
    segment: Segment
    terms: str = ""


def terms_in(task: SegmentTask) -> tuple[int, list[Body], list[Body], list[Body]]:
    """Return the first entry of a segment, and its headers, types and identities of actors in order.

    They are kept in a file, for only a new segment has others than before.
    """
    folder = Path(task.folder)
    path = terms_path(folder, task.segment)
    if not path.exists():
        put_json(path, _found_terms(task.segment.lines(folder)))
    headers, types, identities = json_in(path)
    return task.segment.first, headers, types, identities


def terms_path(folder: Path, segment: Segment) -> Path:
    """Return where the terms of a segment are kept."""
    return folder / "found" / f"{segment.digest}.json"


def _found_terms(raws: list[bytes]) -> tuple[list[Body], list[Body], list[Body]]:
    headers, types, identities = list[Body](), list[Body](), list[Body]()
    for raw in raws:
        if any(mark in raw for mark in _MARKS):
            body = json.loads(raw).get("body")
            content = content_of(body)
            if content["kind"] == "type":
                types.append(body)
            elif content["kind"] == "identify" and "actors" in content:
                identities.append(content)
            elif content["kind"] == "ledger":
                headers.append(content)
    return headers, types, identities


def read_segment(task: SegmentTask) -> str:
    """Read a segment, and return the name of the file that holds its `Readings`."""
    folder = Path(task.folder)
    path = folder / "roots" / f"{digest_of(task.segment.digest, task.terms)}.json"
    if not path.exists():
        terms = terms_from(str(folder / "terms" / f"{task.terms}.json"))
        found = _readings(task.segment, folder, terms.vocabularies, ever_same(terms.identities))
        put_json(path, _as_json(found))
    return path.name


@lru_cache(maxsize=1)
def terms_from(path: str) -> Terms:
    """Return the terms in a file, whose name tells what is in it."""
    header, types, identities = json_in(Path(path))
    return Terms(header, tuple(types), tuple(identities))


def _readings(
    segment: Segment,
    folder: Path,
    vocabularies: tuple[Vocabulary, ...],
    groups: Mapping[str, str],
) -> Readings:
    found = Readings(segment.first, array("Q"), [], [], [])
    path = str(segment.path(folder))
    for number, raw in enumerate(segment.lines(folder), segment.first):
        body = parted(raw, path, number).body
        record = None if body is None else json.loads(body)
        found.roots.append(_take(found, number, record, raw, vocabularies, groups))
    return found


def _take(
    found: Readings,
    number: int,
    body: Body | None,
    raw: bytes,
    vocabularies: tuple[Vocabulary, ...],
    groups: Mapping[str, str],
) -> int:
    """Take an entry in, and return the root of the claim that it puts forward."""
    content = content_of(body)
    about = [] if body is None else about_of(body)
    if about:
        found.refers.append((number, about))
    if content["kind"] in CLAIM_KINDS:
        roots = roots_of_claim(content, vocabularies, groups)
        if len(roots) > 1:
            found.links.append(roots)
        return roots[0]
    if puts_declaration(body) or content["kind"] in ("ledger", "withdraw", "retract", "identify"):
        found.declaring.append((number, raw.decode()))
    return NO_ROOT


def about_of(body: Body) -> list[int]:
    """Return the entries that a body is about."""
    named: list[Any] = [body.get("target"), body.get("claim"), *body.get("claims", ())]
    return [n for n in named if type(n) is int]


def _as_json(found: Readings) -> dict[str, Any]:
    return {**found._asdict(), "roots": b64encode(found.roots.tobytes()).decode()}


def readings_in(path: Path) -> Readings:
    """Return what a task read of a segment."""
    found = json_in(path)
    roots = array("Q")
    roots.frombytes(b64decode(found["roots"]))
    refers = [(number, about) for number, about in found["refers"]]
    declaring = [(number, raw) for number, raw in found["declaring"]]
    return Readings(found["first"], roots, found["links"], refers, declaring)
