"""Drafts: the TOML or JSON that a person or a program writes → proposals for records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from factledger.checks.proposals import Proposal, as_list, expanded
from factledger.dates.widths import DECLARED_WIDTH, WIDTH_FORM, with_windows
from factledger.intake.claim_dates import NEXT, ended, series_ends
from factledger.intake.documents import (
    parsed_toml,
    read_stream,
    read_whole,
    refused_by,
    tables_of_list,
    unreadable,
)
from factledger.log.lines import strict_loads
from factledger.records.claims import DATES, SHAPES
from factledger.records.codec import Body
from factledger.records.kinds import KINDS

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*([A-Za-z_-]+)[ \t]*\]\]", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_CLAIMS = re.compile(r"""^claims[ \t]*=[ \t]*(?:\'{3}|"{3})\n?""", re.MULTILINE)
_KEY = re.compile(r"^([A-Za-z_-]+)[ \t]*=[ \t]*\[", re.MULTILINE)
_ABOUT_OTHERS = frozenset(KINDS[KINDS.index("correct") : KINDS.index("redact")])
_refused = partial(refused_by, "draft-readable")
_refused_text = partial(refused_by, "source-text")


def read_drafts(path: str) -> list[Proposal]:
    """Return the proposals of a draft file, in the order of the file.

    It is read as JSON where it begins with a brace, or with a bracket and a brace, else as TOML.
    Raises `Refused` for a file that cannot be read, or is neither.
    """
    return _read(lambda: read_whole(Path(path)), path, Path(path).parent)


def read_drafts_from(stream: BinaryIO, name: str) -> list[Proposal]:
    """Return the proposals of a draft that comes through a stream, as `read_drafts` does of a file.

    Texts of sources are looked for in the present folder.
    """
    return _read(lambda: read_stream(stream), name, Path.cwd())


def _read(reading: Callable[[], bytes], name: str, folder: Path) -> list[Proposal]:
    try:
        raw = reading()
    except OSError as error:
        advice = "name a file, or - for standard input"
        raise unreadable(error, "draft-readable", name, "the draft", advice) from None
    return parse_drafts(raw, name, folder)


def parse_drafts(raw: bytes, name: str, folder: Path) -> list[Proposal]:
    """Return the proposals of a draft, in its order; texts of sources are read from `folder`.

    It is read as JSON where it begins with a brace, or with a bracket and a brace, else as TOML.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(f"{name}:{line}", "the draft is not UTF-8; save it as UTF-8") from None
    if text.lstrip().startswith("```"):
        raise _refused(f"{name}:1", "it stands between lines with ```; leave those out")
    if re.fullmatch(r"\s*\[\s*\]\s*", text):
        return []
    if text.lstrip()[:1] == "{":
        found = _json_lines(raw, name)
    elif re.match(r"\s*\[\s*\{", text):
        found = _json_array(raw, name)
    else:
        found = _toml(text, name)
    return [_with_texts(p, folder) for p in _with_ends(found)]


def _with_ends(proposals: list[Proposal]) -> list[Proposal]:
    """Return the proposals of a draft, each state that lasts until the next of its series with its end."""
    held = {i: p.body for i, p in enumerate(proposals) if isinstance(p.body, dict)}
    given = {i: (body["series"], body.get("since")) for i, body in held.items() if "series" in body}
    unnamed = [i for i, body in held.items() if body.get("until") == NEXT and i not in given]
    for i in (*unnamed, *(i for i, (series, _) in given.items() if not isinstance(series, str))):
        message = 'until = "next" needs series = a name that all states of the series bear'
        raise refused_by("series-order", proposals[i].where, message)
    found = list(proposals)
    for i, end in zip(given, series_ends([*given.values()]), strict=True):
        body = {name: value for name, value in held[i].items() if name != "series"}
        if body.get("until") == NEXT and end.fault is not None:
            raise refused_by("series-order", proposals[i].where, end.fault)
        body = ended(body, end) if body.get("until") == NEXT else body
        found[i] = attrs.evolve(proposals[i], body=body)
    return found


def _json_lines(raw: bytes, name: str) -> list[Proposal]:
    """Return one proposal a line; blank lines count as lines only."""
    lines = [(i, line) for i, line in enumerate(raw.split(b"\n"), start=1) if line.strip()]
    read = [(f"{name}:{i}", _loaded(line, f"{name}:{i}")) for i, line in lines]
    return [Proposal(where, expanded(body)) for where, body in read]


def _json_array(raw: bytes, name: str) -> list[Proposal]:
    values = _loaded(raw, name)
    return [Proposal(f"{name}: record {i}", expanded(v)) for i, v in enumerate(values, start=1)]


def _loaded(raw: bytes, where: str) -> Any:
    try:
        return strict_loads(raw.strip())
    except ValueError as error:
        raise _refused(
            where, f"not JSON that a record can have: {str(error).removeprefix('not JSON: ')}"
        ) from None


def _toml(text: str, name: str) -> list[Proposal]:
    """Return one proposal for each `[[kind]]` table, in the order of the file."""
    try:
        document = parsed_toml(text)
    except ValueError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{name}:{line[1]}" if line else name
        said = str(error).replace("Cannot overwrite a value", "a key stands twice")
        raise _refused(place, f"not TOML: {said}") from None
    default = document.pop("default_source", None) or _only_source(document)
    short = document.pop("claims", None)
    width = _width(document, name)
    places = _places(text, document, name)
    tables = [(kind, table) for kind, tables in document.items() for table in as_list(tables)]
    found = [
        Proposal(
            where, expanded({"kind": kind, **table} if isinstance(table, dict) else table, default)
        )
        for (kind, table), where in zip(tables, places, strict=True)
    ]
    if width is not None:
        found = [attrs.evolve(p, body=_windowed(p.body, width)) for p in _with_ends(found)]
    ordered = sorted(found, key=lambda p: int(p.where.rpartition(":")[2]))
    if short is None:
        return ordered
    beside = {"source": default} | ({} if width is None else {"approximate": width})
    lines = _short_claims(short, beside, text, name)
    about = [_is_about_others(p) for p in ordered]
    first = [p for p, later in zip(ordered, about, strict=True) if not later]
    return [*first, *lines, *(p for p, later in zip(ordered, about, strict=True) if later)]


def _is_about_others(proposal: Proposal) -> bool:
    """Return whether a table is about other entries, which may be short claims of the same draft."""
    return isinstance(proposal.body, dict) and proposal.body.get("kind") in _ABOUT_OTHERS


def _short_claims(short: object, beside: Body, text: str, name: str) -> list[Proposal]:
    """Return a proposal for each line of the short claims of a draft, with what holds for all of them."""
    if not isinstance(short, str):
        raise _refused(name, "claims: wanted lines in ''', a claim each")
    head = _CLAIMS.search(text)
    first = text.count("\n", 0, head.end()) + 1 if head else 1
    return [
        Proposal(f"{name}:{number}", {"kind": "claim", "said": line.strip(), **beside})
        for number, line in enumerate(short.split("\n"), first)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def _width(document: dict[str, object], name: str) -> str | None:
    """Return how wide a draft says that its approximate dates are."""
    width = document.pop("default_approximate", None)
    if width is not None and not (isinstance(width, str) and DECLARED_WIDTH.fullmatch(width)):
        raise _refused(name, f"default_approximate: wanted {WIDTH_FORM}, found {width!r}")
    return width


def _windowed(body: Any, width: str) -> Any:
    """Return a claim, or the correction by one, with its approximate dates as windows."""
    if not isinstance(body, dict):
        return body
    if body.get("kind") in SHAPES:
        return with_windows(body, DATES, width, "the draft")
    return {**body, "record": _windowed(body["record"], width)} if "record" in body else body


def _only_source(document: Mapping[str, object]) -> str | None:
    """Return the source of a draft that declares one: its claims need not repeat it."""
    sources = as_list(document.get("source", []))
    only = sources[0] if len(sources) == 1 else None
    return only.get("id") if isinstance(only, dict) else None


def _places(text: str, document: dict[str, object], name: str) -> list[str]:
    """Return the place of each table, kind by kind, in the order of the document.

    The TOML reader keeps no lines, so the headers are looked for in the text, and for tables
    written inline the list that holds them.
    """
    header = _TABLE.search(text)
    top = text[: header.start()] if header else text  # behind a header a key is of its table
    offsets: dict[str, list[int]] = {}
    for match in _HEADER.finditer(text):
        offsets.setdefault(match[1], []).append(match.start(1))
    end = 0
    for match in _KEY.finditer(top):
        if match.start() >= end:
            inline, end = tables_of_list(top, match.end())
            offsets.setdefault(match[1], []).extend(inline)
    line_of = _lines_of(text, sorted(at for found in offsets.values() for at in found))
    lines = {kind: [line_of[at] for at in found] for kind, found in offsets.items()}
    found = []
    for kind, tables in document.items():
        at = lines.get(kind) or [1]
        found += [f"{name}:{at[min(i, len(at) - 1)]}" for i in range(len(as_list(tables)))]
    return found


def _lines_of(text: str, offsets: Iterable[int]) -> dict[int, int]:
    """Return the lines on which some places of a text are; the places rise."""
    found, line, seen = {}, 1, 0
    for offset in offsets:
        line, seen = line + text.count("\n", seen, offset), offset
        found[offset] = line
    return found


def _with_texts(proposal: Proposal, folder: Path) -> Proposal:
    """Return the proposal of a source with the text that its `text` key names."""
    body = proposal.body
    if not isinstance(body, dict) or body.get("kind") != "source" or "text" not in body:
        return proposal
    text = read_text(_beside(folder, str(body["text"]), proposal.where), proposal.where)
    rest = {name: value for name, value in body.items() if name != "text"}
    return attrs.evolve(proposal, body=rest, texts={str(body.get("id")): text})


def _beside(folder: Path, name: str, where: str) -> Path:
    """Return the file that a draft names: beside it or in a folder there, and no device.

    A draft may come from anybody, and is not to say which files of its reader are opened.
    """
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        fits = inside and ".." not in Path(name).parts and (path.is_file() or not path.exists())
    except (OSError, RuntimeError, ValueError):  # a name that no file has, a loop of links
        fits = False
    if not fits:
        advice = "a draft names files beside it; give this one with --text SOURCE=FILE"
        raise _refused_text(where, f"will not read the text {path}: {advice}")
    return path


def read_text(path: Path, where: str = "") -> str:
    """Return the text of a source, byte for byte but for its encoding, UTF-8."""
    try:
        return read_whole(path).decode("utf-8")
    except OSError as error:
        what, advice = f"the text {path}", "name a file that can be read"
        raise unreadable(error, "source-text", where or str(path), what, advice) from None
    except UnicodeDecodeError:
        message = f"the text {path} is not UTF-8; save it as UTF-8"
        raise _refused_text(where or str(path), message) from None
