"""Canonical JSON: the one way to write a value, and a reader that takes nothing else for it.

The profile: objects, lists, texts, integers up to 2^53 - 1 either way, true, false and null; keys
of `a-z`, `0-9` and `_`, none twice; UTF-8 without lone surrogates; at most 32 levels. Inside it
`json.dumps` with sorted keys gives the bytes of RFC 8785, and so do other careful writers.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from factledger.log.limits import MAX_BYTES, MAX_DEPTH, MAX_INT

_BITS = 64  # of a number that may still be named in an error: Python writes no endless ones
TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
TOO_LARGE = "an integer beyond 2^53 - 1; write it as a text"
_encode = json.JSONEncoder(
    sort_keys=True,
    separators=(",", ":"),
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,  # what contains itself is too deep already
).encode
_is_key = re.compile(r"[a-z0-9_]+").fullmatch


def canonical(value: object) -> bytes:
    """Return the one way to write a value of the profile: JSON in UTF-8, keys sorted, no blanks.

    A tuple is written as a list. What is outside the profile raises ValueError with a reason of
    one line.

    >>> canonical({"since": "2022-02-24", "count": [7, None]})
    b'{"count":[7,null],"since":"2022-02-24"}'
    """
    _check(value, 0)
    return encoded(value)


def canonical_text(value: object) -> str:
    """Return the canonical text of a value that is inside the profile, but for lone surrogates."""
    return _encode(value)


def encoded(value: object) -> bytes:
    """Return the canonical text of a value that is known to be inside the profile, as a record is.

    Only a lone surrogate is looked for: it raises ValueError.
    """
    try:
        return canonical_text(value).encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"lone surrogate {error.object[error.start]!r} in a text") from None


def _check(value: Any, depth: int) -> None:
    kind = type(value)
    if kind is dict or kind is list or kind is tuple:
        if depth == MAX_DEPTH:
            raise ValueError(TOO_DEEP)
        for item in _checked_values(value) if kind is dict else value:
            if type(item) is not str:
                _check(item, depth + 1)
    elif kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise ValueError(TOO_LARGE)
    elif kind is not str and kind is not bool and value is not None:
        raise ValueError(f"{kind.__name__} is not a kind of value that a line holds; write a text")


def _checked_values(value: dict[Any, Any]) -> Iterable[Any]:
    for key in value:
        if type(key) is not str or not _is_key(key):
            raise ValueError(f"key {str(key)[:40]!r} is not a text of a-z, 0-9 and _")
    return value.values()


def strict_loads(raw: bytes) -> Any:
    """Return the value of a JSON text, refusing all that `canonical` could not have meant.

    The text need not be canonical: blanks, escapes and the order of keys are free. Refused with
    ValueError: a duplicate key, bytes that are not UTF-8, a byte order mark, more than 1 MiB,
    and what is outside the profile of `canonical`.

    >>> strict_loads(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: duplicate key 'a'
    """
    if len(raw) > MAX_BYTES:
        raise ValueError(f"longer than {MAX_BYTES} bytes")
    text = decoded(raw)
    try:
        value = json.loads(
            text,
            object_pairs_hook=unique_keys,
            parse_float=_refuse_float,
            parse_int=_small_int,
            parse_constant=_refuse_float,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from None
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    _check(value, 0)
    if "\\u" in text:
        canonical(value)  # an escape is the one way to a lone surrogate
    return value


def decoded(raw: bytes) -> str:
    """Return the text of UTF-8 bytes, or raise ValueError with the place of the first bad one."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raise ValueError("begins with a byte order mark")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}") from None


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of these keys and values; ValueError for a key that stands there twice."""
    value = dict(pairs)
    if len(value) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise ValueError(f"duplicate key {counts.most_common(1)[0][0][:40]!r}")
    return value


def _refuse_float(text: str) -> Any:
    raise ValueError(f"{text[:40]} is not an integer; write it as a text")


def _small_int(text: str) -> int:
    if len(text) > 17:
        raise ValueError(TOO_LARGE)
    return int(text)


def shape_fault(value: object, depth: int = 0) -> str | None:
    """Return why a value is nested too deep or holds a number too large, None where it is neither.

    >>> shape_fault({"a": [10**400]})
    'an integer beyond 2^53 - 1; write it as a text'
    """
    if isinstance(value, dict | list | tuple):
        if depth == MAX_DEPTH:
            return TOO_DEEP
        held = value.values() if isinstance(value, dict) else value
        faults = (shape_fault(item, depth + 1) for item in held if not isinstance(item, str))
        return next((fault for fault in faults if fault), None)
    return TOO_LARGE if isinstance(value, int) and value.bit_length() > _BITS else None
