"""Files beside a ledger in which words still stand that are erased from it: drafts, rejected rows, copies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from factledger.index.base import Index
from factledger.index.bodies import content_of
from factledger.ledger.texts import KeptTexts

SEARCHED = 2**26  # bytes of a file that is searched
FILES = 1000  # in the folder, and as many drafts
SHORTEST = 5  # characters with a blank on either side: what is shorter stands everywhere
_TOLD = ("quote", "text", "title", "names")
_no_word = re.compile(r"(?:\\[nrtu\"]|[\W_])+")


def told_beside(index: Index, entries: Collection[int], address: str) -> list[Path]:
    """Return the files beside a ledger that hold what entries say: a quote, a text, a title or a name.

    Searched are the drafts that wait, and the files in the folder of the ledger but for its own and for
    texts (`.txt`), which belong to their sources. What is said in other words is not found.
    """
    folder = KeptTexts.beside(address).folder
    said = {plain for n in entries for plain in _plain(content_of(index.body(n) or {"kind": ""}))}
    if folder is None or not said:
        return []
    own = Path(address)
    return [path for path in _files(own) if _holds_any(path, said)]


def drafts_beside(address: str) -> Path:
    """Return the folder in which drafts wait beside the ledger at an address."""
    path = Path(address)
    return path.with_name("drafts" if path.name == "ledger.jsonl" else f"{path.name}.drafts")


def _plain(content: Any) -> Iterator[str]:
    """Yield what a record tells in words of its own, each as the words alone."""
    for key, value in content.items() if isinstance(content, dict) else ():
        if key in _TOLD:
            told = map(plain_words, value if isinstance(value, list) else [value])
            yield from (words for words in told if len(words) >= SHORTEST)
        else:
            for part in value if isinstance(value, list) else [value]:
                yield from _plain(part)


def plain_words(text: str) -> str:
    r"""Return the words of a text alone, however a file writes what is between them.

    >>> plain_words("He said:\n“Never”") == plain_words('he said:\\n\\"never\\"')
    True
    """
    return f" {_no_word.sub(' ', text).strip().casefold()} "


def _files(own: Path) -> Iterator[Path]:
    """Yield the files beside a ledger that are not the ledger."""
    for folder in (drafts_beside(str(own)), own.parent):
        try:
            found = sorted(islice(folder.iterdir(), FILES))
        except OSError:
            continue
        for path in found:
            mine = path.name != own.name and path.suffix != ".txt"
            if mine and path.is_file() and not path.is_symlink():
                yield path


def _holds_any(path: Path, said: Collection[str]) -> bool:
    held = _held(path)
    return any(words in held for words in said)


def _held(path: Path) -> str:
    """Return the words of a file, none of one that is too large or cannot be read."""
    try:
        if path.stat().st_size > SEARCHED:
            return ""
        return plain_words(path.read_bytes().decode("utf-8", "replace"))
    except OSError:
        return ""
