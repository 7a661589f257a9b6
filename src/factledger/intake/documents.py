"""Documents from outside: files read whole, and TOML, both within limits."""

from __future__ import annotations

import errno
import re
import tomllib
from pathlib import Path
from typing import Any, BinaryIO

from factledger.errors import Problem, Refused
from factledger.log.canonical import TOO_DEEP, TOO_LARGE, shape_fault
from factledger.log.limits import MAX_DEPTH
from factledger.text import system_reason

MAX_FILE = 2**28
"""The most bytes that a file may have which is read whole: a draft, a map, the text of a source."""

_BLOCK = 2**20


def read_whole(path: Path, most: int = MAX_FILE) -> bytes:
    """Return the bytes of a file or a pipe; no more than `most` are ever held.

    Whatever is wrong with it, its name or its size among that, raises OSError.
    """
    try:
        with path.open("rb") as file:
            return read_stream(file, most)
    except ValueError:
        raise OSError(errno.EINVAL, "no file can have such a name") from None


def read_stream(stream: BinaryIO, most: int = MAX_FILE) -> bytes:
    """Return all that comes through a stream; OSError where it is more than `most` bytes."""
    blocks: list[bytes] = []
    size = 0
    while size <= most and (block := stream.read(_BLOCK)):
        blocks.append(block)
        size += len(block)
    if size > most:
        raise OSError(errno.EFBIG, f"longer than {most:,} bytes")
    return b"".join(blocks)


def refused_by(check: str, where: str, message: str) -> Refused:
    """Return the error for one problem, which hides all others."""
    return Refused([Problem(where, check, message)])


def unreadable(error: Exception, check: str, where: str, what: str, advice: str = "") -> Refused:
    """Return the error for a file that cannot be read: `what` it is, and what to do instead."""
    message = f"cannot read {what}: {system_reason(error)}"
    if getattr(error, "errno", None) == errno.EFBIG:
        advice = "give it in parts"
    return refused_by(check, where, f"{message}; {advice}" if advice else message)


def parsed_toml(text: str) -> dict[str, Any]:
    """Return the value of a TOML text; another text raises ValueError, with its line where known.

    Its tables and lists nest no deeper than those of a line of a ledger, and its whole numbers
    have at most 64 bits. What else may stand in it is for the reader of it to say.

    >>> parsed_toml("a = 99999999999999999999")
    Traceback (most recent call last):
    ValueError: an integer beyond 2^53 - 1; write it as a text
    """
    if line := _long_key(text):
        raise ValueError(f"{TOO_DEEP} (at line {line})")
    try:
        value = tomllib.loads(_BARE.sub(_quoted, text))
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # of `int`, for more than 4,300 digits
        raise ValueError(TOO_LARGE) from None
    if fault := shape_fault(value):
        raise ValueError(fault)
    return value


_MARK = re.compile(
    r'''
      """ [^"\\]*+ (?: (?: \\. | "(?!"") ) [^"\\]*+ )*+ "{3,5}      # strings: of several lines,
    | " [^"\\\n]*+ (?: \\. [^"\\\n]*+ )*+ "                        # of one,
    | '{3} .*? '{3,5} | ' [^'\n]* '                                # and literal
    | \# [^\n]*                                                      # a comment
    | [.=,\[\]{}\n"']                                                # and what can stand beside
    ''',
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(
    rf"""(?P<whole>{_MARK.pattern.rpartition("|")[0]})
    | (?P<before>[=,\[][ \t]*) (?P<date>
        \d{{4}}-\d\d (?: -\d\d[~?%] | [~?%] )? | \d{{4}}[~?%] | \d{{3}}X | \d\dXX | \.\.
        | (?: \d\d?\.?\ )? [^\W\d_]{{1,12}}\.?\ \d{{4}} | \d\d?[./]\d\d?[./]\d{{4}}  # to be advised
      ) (?=[ \t]*(?:[,\]}}\#\r\n]|\Z))""",
    re.DOTALL | re.VERBOSE,
)


def _quoted(match: re.Match[str]) -> str:
    """Return a date that TOML does not know in quotation marks, also one in words; all else as it is.

    Of one in words its reader says how to write it, and whoever wrote it learns the rest as well.
    """
    return match[0] if match["date"] is None else f'{match["before"]}"{match["date"]}"'


def tables_of_list(text: str, start: int) -> tuple[list[int], int]:
    """Return where the tables stand that are written in a list of TOML, and where the list ends.

    `start` is behind its bracket. What is no TOML may have any of them.

    >>> tables_of_list('[{ a = "{" }, { b = { c = 1 } }] d', 1)
    ([1, 14], 32)
    """
    found, depth = [], 1
    for mark in _MARK.finditer(text, start):
        if mark[0] in ("{", "["):
            found += [mark.start()] if mark[0] == "{" and depth == 1 else []
            depth += 1
        elif mark[0] in ("}", "]"):
            depth -= 1
        if not depth:
            return found, mark.end()
    return found, len(text)


_BETWEEN_KEYS = frozenset("=,[]{}\n")


def _long_key(text: str) -> int | None:
    """Return the line of the first key of more parts than levels are allowed, None if there is none.

    The reader of TOML takes the square of the parts of a dotted key. What is no TOML is left to it.
    """
    dots = 0
    for mark in _MARK.finditer(text):
        if mark[0] in ('"', "'"):  # a string without an end
            return None
        if mark[0] == ".":
            dots += 1
        elif mark[0] in _BETWEEN_KEYS:
            dots = 0
        if dots > MAX_DEPTH:
            return text.count("\n", 0, mark.start()) + 1
    return None
