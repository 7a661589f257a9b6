"""Files beside a ledger in which words still stand that are erased from it: drafts, rejected rows, copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from html import unescape
from itertools import islice
from pathlib import Path
from typing import IO, Any
from unicodedata import normalize

from factledger.index.base import Index
from factledger.index.bodies import content_of
from factledger.ledger.texts import KeptTexts
from factledger.log.stores import SQLITE

SEARCHED = 2**26  # bytes of a file that are searched, from its beginning, unpacked
_AT_ONCE = 2**16
FILES = 1000  # in the folder, and as many drafts
SHORTEST = 5  # characters with a blank on either side: what is shorter stands everywhere
_TOLD = ("quote", "text", "title", "names")
_no_word = re.compile(r"(?:\\[nrt\"]|[\W_])+")
_by_number = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")  # as JSON and TOML may write any letter
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def told_beside(index: Index, entries: Collection[int], address: str) -> list[Path]:
    """Return the files beside a ledger that hold what entries say: a quote, a text, a title or a name.

    Searched are the drafts that wait, and the files in the folder of the ledger but for its own and for
    texts (`.txt`), which belong to their sources; also where they are packed by themselves (`.gz`,
    `.xz`, `.bz2`). What is said in other words, and what lies in folders, is not found.
    """
    folder = KeptTexts.beside(address).folder
    said = {plain for n in entries for plain in _plain(content_of(index.body(n) or {"kind": ""}))}
    if folder is None or not said:
        return []
    own = Path(address)
    return [path for path in _files(own) if _holds_any(path, said)]


def names_that_keep(address: str) -> int:
    """Return how many other names of the file of a ledger will lead to what it was, once it is replaced.

    A SQLite file is not replaced: what is erased is gone under each of its names.
    """
    path = Path(address)
    if address.endswith(SQLITE) or not path.is_file():
        return 0
    return path.stat().st_nlink - 1


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
    r"""Return the words of a text alone, however a file writes them, and what is between them.

    >>> plain_words("He said:\n“Née”") == plain_words('he said:\\n\\"n\\u00e9e\\"') == plain_words("He said: N&eacute;e")
    True
    """
    if "\\u" in text:
        text = _by_number.sub(_letters, text)
    if "&" in text:
        text = unescape(text)
    return f" {_no_word.sub(' ', normalize('NFC', text)).strip().casefold()} "


def _letters(written: re.Match[str]) -> str:
    """Return the letters that are written by their numbers."""
    return bytes.fromhex(written[0].replace("\\u", "")).decode("utf-16-be", "replace")


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
    """Return the words of a file, as far as it is searched; none of one that cannot be read."""
    try:
        with _opened(path) as stream:
            data = _beginning(stream)
    except OSError:
        return ""
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8"
    return plain_words(data.decode(encoding, "replace"))


def _opened(path: Path) -> IO[bytes]:
    """Open a file; one that is packed gives what was packed."""
    if path.suffix not in (".gz", ".xz", ".bz2"):
        return path.open("rb")
    import bz2
    import gzip
    import lzma

    openers: dict[str, Callable[[Path], Any]] = {
        ".gz": gzip.open,
        ".xz": lzma.open,
        ".bz2": bz2.open,
    }
    found: IO[bytes] = openers[path.suffix](path)
    return found


def _beginning(stream: IO[bytes]) -> bytes:
    """Return what a file begins with, up to where it can be read."""
    from lzma import LZMAError
    from zlib import error

    found, left = bytearray(), SEARCHED
    with suppress(OSError, EOFError, LZMAError, error):
        while left > 0 and (some := stream.read(min(left, _AT_ONCE))):
            found += some
            left -= len(some)
    return bytes(found)
