"""A JSON object → the value of a record class, by the types of its fields.

It leaves all judgement to the converters and validators of the fields, which coerce nothing. A
short command reads a few dozen records, and reads them here: making the hooks of a converter
would take it longer than the reading.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, get_args, get_origin

import attrs

from factledger.dates.edtf import Edtf
from factledger.errors import FieldError


def read(cls: Any, value: object) -> Any:
    """Return the `cls` that a JSON object holds.

    Raises `FieldError` for an unknown key or a value that the field refuses, and TypeError for
    a key that is missing.
    """
    if type(value) is not dict:
        raise FieldError("record", f"wanted an object, found {value!r}")
    readers = _readers(cls)
    try:
        return cls(**{name: readers[name](found) for name, found in value.items()})
    except KeyError as unknown:
        raise FieldError(str(unknown.args[0]), "unknown key") from None


@cache
def _readers(cls: Any) -> dict[str, Callable[[Any], Any]]:
    return {field.name: _reader(field.type) for field in attrs.fields(cls)}


def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what reads a field of a kind: only parts and lists of parts need reading."""
    if get_origin(kind) is tuple:
        member = _reader(get_args(kind)[0])
        return lambda values: tuple(map(member, _list(values)))
    if attrs.has(kind) and kind is not Edtf:
        return lambda value: read(kind, value)
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _list(values: object) -> list[Any]:
    if type(values) is not list:
        raise FieldError("record", f"wanted a list, found {values!r}")
    return values
