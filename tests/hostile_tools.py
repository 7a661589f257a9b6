"""Tools for tests of hostile input: texts that hide or act, and ledgers that a forger wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import category

from factledger.log.lines import START, Head, Line, linked
from factledger.log.stores.jsonl import FILE_NAME

AT = "2024-12-01T09:00:00.000000Z"
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
HEADER = {"kind": "ledger", "format": 1, "vocabulary": 1, "origin": "forged"}

ATTACKS = (
    "\x1b[2J\x1b[1;1H75 entries verified",
    "\x1b]52;c;cm0gLXJm\x07",
    "\x1b]8;;http://evil.example\x1b\\a link\x1b]8;;\x1b\\",
    "\x9b31m\x9d0;title\x9c",
    "\r#1 all is well",
    "bad\b\b\bgood",
    "one\ntwo\n#3 2024-12-01  note",
    "a\tb",
    "a\u202eb\u202c",
    "\u2066a\u2069\u061c\u200e\u200f",
    "p\u200ba\u200cy\u200dp\ufeffal\u00ad",
    "a\u2028b\u2029c",
    "\ue000\U000e0041\U0010ffff\U000f0000",
    "\x00\x7f\x85",
    "\u0378\uffff",
)
_PIECES = (
    "\x1b[", "\x1b]0;", "\x07", "\x1b\\", "\x9b", "\x9d", "31m", "2J", "\r", "\n", "\t", "\b",
    "\u202e", "\u2067", "\u2069", "\u200b", "\u200d", "\ufeff", "\u2028", "\u2029", "\ue001",
    "\U000e0020", "\U0010fffd", "=", "+1", "-", "@", "%s", "{actor}", "{0}", "[x]", "'", '"', "\\",
    "é", "e\u0301", "日本", "🇯🇵", "٥", "１", "Kyiv", "#7", " ", "/..", "..", "~", "draft.toml:1: ",
)  # fmt: skip
_OURS = re.compile(r"\x1b\[(?:1|2|0|3[0-7])m")  # the colours of the command line itself


def hostile_texts(count: int, seed: int = 1, *, surrogates: bool = False) -> list[str]:
    """Return texts that hide or act, the same each time; none is empty.

    With `surrogates` some hold half of a surrogate pair, as a name of a file may.
    """
    random = Random(seed)
    pieces = (*_PIECES, "\udcff", "\ud800") if surrogates else _PIECES
    return [_text(random, pieces, at) for at in range(count)]


def _text(random: Random, pieces: tuple[str, ...], at: int) -> str:
    if at < len(ATTACKS):
        return ATTACKS[at]
    chosen = [random.choice((*pieces, _any(random))) for _ in range(random.randint(1, 8))]
    return "".join(chosen) + random.choice("abcxyz")


def _any(random: Random) -> str:
    """Return a character of any plane but a surrogate; every second one is below U+0100."""
    number = random.randrange(0x100) if random.random() < 0.5 else random.randrange(0x110000)
    return chr(number) if not 0xD800 <= number < 0xE000 else "\x1b"


def leaks(output: str, *, keep: str = "\n") -> list[str]:
    """Return the hidden characters of an output, without our own colours and what may be kept."""
    plain = _OURS.sub("", output)
    return sorted({c for c in plain if c not in keep and category(c) in HIDDEN})


def forged(folder: Path, bodies: Iterable[object], erased: Collection[int] = ()) -> Path:
    """Return a new ledger whose hashes are right, whatever its bodies say; the header is added.

    The content of the entries in `erased` is taken out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    raw = [HEADER, *bodies]
    lines = chained([_written(body) for body in raw])
    kept = (line.erased() if line.seq in erased else line for line in lines)
    path.write_bytes(b"".join(line.encode() + b"\n" for line in kept))
    return path


def _written(body: object) -> bytes:
    if isinstance(body, bytes):
        return body
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chained(bodies: list[bytes], after: Head = START, at: str = AT) -> Iterator[Line]:
    """Yield lines that hold these bytes as their bodies, with hashes that fit."""
    for number, body in enumerate(bodies):
        (line,) = linked(after, at=at, bodies=[body], salts=[number.to_bytes(16, "big")])
        yield line
        after = line.head


def toml(tables: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Return a draft of tables whose values are texts, numbers or lists of them."""
    found = []
    for kind, table in tables:
        found.append(f"[[{kind}]]")
        found += [f"{json.dumps(k)} = {_toml(v)}" for k, v in table.items()]
    return "\n".join(found) + "\n"


def _toml(value: Any) -> str:
    """Return a value as TOML: an escape of JSON is one of TOML, but for pairs of surrogates."""
    if isinstance(value, str):
        return '"' + "".join(_toml_character(c) for c in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)


def _toml_character(char: str) -> str:
    return char if " " <= char <= "~" and char not in '"\\' else f"\\U{ord(char):08x}"
