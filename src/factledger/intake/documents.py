"""Documents from outside: files read whole, and TOML, both within limits."""

from __future__ import annotations

import errno
import tomllib
from pathlib import Path
from typing import Any

from factledger.errors import Problem, Refused
from factledger.log.canonical import TOO_DEEP, TOO_LARGE, shape_fault
from factledger.text import system_reason

MAX_FILE = 2**28
"""The most bytes that a file may have which is read whole: a draft, a map, the text of a source."""

_BLOCK = 2**20


def read_whole(path: Path, most: int = MAX_FILE) -> bytes:
    """Return the bytes of a file or a pipe; no more than `most` are ever held.

    Whatever is wrong with it, its name or its size among that, raises OSError.
    """
    blocks: list[bytes] = []
    size = 0
    try:
        with path.open("rb") as file:
            while size <= most and (block := file.read(_BLOCK)):
                blocks.append(block)
                size += len(block)
    except ValueError:
        raise OSError(errno.EINVAL, "no file can have such a name") from None
    if size > most:
        raise OSError(errno.EFBIG, f"longer than {most:,} bytes")
    return b"".join(blocks)


def refused_by(check: str, where: str, message: str) -> Refused:
    """Return the error for one problem, which hides all others."""
    return Refused([Problem(where, check, message)])


def unreadable(error: Exception, check: str, where: str, what: str, advice: str = "") -> Refused:
    """Return the error for a file that cannot be read: `what` it is, and what to do instead."""
    message = f"cannot read {what}: {system_reason(error)}"
    return refused_by(check, where, f"{message}; {advice}" if advice else message)


def parsed_toml(text: str) -> dict[str, Any]:
    """Return the value of a TOML text; another text raises ValueError, with its line where known.

    Its tables and lists nest no deeper than those of a line of a ledger, and its whole numbers
    have at most 64 bits. What else may stand in it is for the reader of it to say.

    >>> parsed_toml("a = 99999999999999999999")
    Traceback (most recent call last):
    ValueError: an integer beyond 2^53 - 1; write it as a text
    """
    try:
        value = tomllib.loads(text)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # of `int`, for more than 4,300 digits
        raise ValueError(TOO_LARGE) from None
    if fault := shape_fault(value):
        raise ValueError(fault)
    return value
