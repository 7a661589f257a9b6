"""Reading: a JSON value → the record that it holds, or every fault that keeps it from being one.

A value is read by the types of the fields of its class: nothing is coerced, no key is passed
over. The converters and validators of the class say what else a field may hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from types import UnionType
from typing import Any, Literal, TypeAlias, get_args, get_origin

import attrs

from factledger.dates.dated import Edtf
from factledger.errors import DateError, FieldError
from factledger.frozen import defaults_of
from factledger.records.claims import Count, Inferred, Participant
from factledger.records.declarations import Source
from factledger.records.fields import maybe_text, some_text
from factledger.records.kinds import CORRECTABLE, KINDS, class_of
from factledger.records.record import Record
from factledger.text import nearest

_Reader: TypeAlias = Callable[[object], Any]

_OF_TEXTS = (Participant, Inferred)
_REMEMBERED = 4096  # objects of each of these classes
_WANTED = {str: "text", int: "a whole number", bool: "true or false", Edtf: "a date as text"}


def read_record(body: object) -> Record | tuple[FieldError, ...]:
    """Return the record that a JSON value holds, or every fault that keeps it from being one.

    Faults come in the order of the fields, unknown keys last; each names the path of its field.

    >>> for fault in read_record({"kind": "retract", "target": "14", "raeson": "misread"}):
    ...     print(fault)
    target: wanted a whole number, found '14'
    reason: missing; every record of its kind has it
    raeson: unknown key; did you mean 'reason'?
    """
    try:
        return _record(body, KINDS)
    except _Unfit as unfit:
        return tuple(FieldError(f.field or "record", f.reason) for f in unfit.faults)


class _Unfit(Exception):
    """A value cannot be read: every reason, each with its path from that value on."""

    def __init__(self, faults: Iterable[FieldError]) -> None:
        self.faults = tuple(faults)


def _record(value: object, kinds: Collection[str]) -> Record:
    if type(value) is not dict:
        raise _unlike("an object", value)
    fields = dict(value)
    kind = fields.pop("kind", None)
    if type(kind) is not str or kind not in kinds:
        raise _Unfit([FieldError("kind", f"unknown kind {kind!r}{_advice(kind, kinds)}")])
    found: Record = _reader_of_kind(kind)(fields)
    return found


def _unlike(wanted: str, found: object) -> _Unfit:
    return _Unfit([FieldError("", f"wanted {wanted}, found {found!r}")])


def _advice(word: object, known: Iterable[str]) -> str:
    near = nearest(str(word), tuple(known))
    return f"; did you mean {near!r}?" if near else f"; one of {', '.join(known)}"


# --- readers, by the type of a field


@cache
def _reader_of_kind(kind: str) -> _Reader:
    return _reader_of_object(class_of(kind))


@cache
def _reader(hint: Any) -> _Reader:
    """Return the reader of a field with a type hint."""
    if isinstance(hint, UnionType):
        one, *others = get_args(hint)
        return _correctable if Source in others else _reader_of_value(one, *others)
    if get_origin(hint) is tuple:
        return _reader_of_list(_reader(get_args(hint)[0]))
    if get_origin(hint) is Literal:
        return _reader_of_value(str)
    return _reader_of_value(hint) if hint in _WANTED else _reader_of_object(hint)


def _correctable(value: object) -> Record:
    """Return the record that a correction puts in place."""
    return _record(value, CORRECTABLE)


def _reader_of_value(wanted: type, *others: type) -> _Reader:
    allowed = {str if wanted is Edtf else wanted, *others}

    def read(value: object) -> object:
        if type(value) not in allowed:
            raise _unlike(_WANTED[wanted], value)
        return value

    return read


def _reader_of_list(member: _Reader) -> _Reader:
    def read(values: object) -> object:
        if not isinstance(values, list | tuple):
            raise _unlike("a list", values)
        try:
            return tuple(map(member, values))
        except _Unfit:
            raise _Unfit(_faults_of_members(member, values)) from None

    return read


# What a draft may write instead, and is told where it writes what is not read.
_IN_WORDS = {
    Count: 'a number, or bounds in words ("at least 5", "4 to 6"; \'about\' sets none), or '
}


def _reader_of_object(cls: type[Any]) -> _Reader:
    """Return the reader of the objects of a class.

    Defaults are fit as they are: only what is given is converted and validated, each once.
    """
    readers = {field.name: _reader(field.type) for field in attrs.fields(cls)}
    fitting = {field.name: _fitting(field, readers[field.name]) for field in attrs.fields(cls)}
    defaults = defaults_of(cls)
    check_whole: Callable[[Any], None] | None = getattr(cls, "__attrs_post_init__", None)

    def read(value: object) -> object:
        if type(value) is not dict:
            raise _unlike(f"{_IN_WORDS.get(cls, '')}an object of {', '.join(readers)}", value)
        try:
            state = {**defaults, **{name: fitting[name](held) for name, held in value.items()}}
            if len(state) < len(fitting):
                raise KeyError
            found: Any = object.__new__(cls)
            found.__setstate__(state)
            if check_whole is not None:
                check_whole(found)
            return found
        except (_Unfit, DateError, FieldError, KeyError, TypeError) as error:
            faults = [*_faults_of_fields(cls, readers, value)]
            raise _Unfit(faults or [FieldError("", _reason(error))]) from None

    return _remembering(read) if cls in _OF_TEXTS else read


def _fitting(field: attrs.Attribute[Any], read: _Reader) -> _Reader:
    """Return the reader of a field that converts and validates what it reads, as the class does."""
    convert: Any = field.converter
    validate: Any = field.validator

    def fitting(value: object) -> object:
        held = read(value)
        if convert is not None:
            held = convert(held)
        if validate is not None:
            validate(None, field, held)
        return held

    def fitting_text(value: object) -> object:
        return value if type(value) is str and value.strip() else fitting(value)

    return fitting_text if validate in (some_text, maybe_text) else fitting


def _remembering(read: _Reader) -> _Reader:
    """Return a reader that reads each object of texts once: a log says the same of many claims."""

    @lru_cache(_REMEMBERED, typed=True)
    def remembered(*parts: str) -> object:
        names, values = parts[: len(parts) // 2], parts[len(parts) // 2 :]
        return read(dict(zip(names, values, strict=True)))

    def look(value: Any) -> object:
        try:
            return remembered(*value, *value.values())
        except (AttributeError, TypeError):  # no object, or one that holds a list
            return read(value)

    return look


# --- what is wrong with a value that could not be read


def _faults_of_members(member: _Reader, values: Iterable[object]) -> Iterator[FieldError]:
    for i, value in enumerate(values):
        try:
            member(value)
        except _Unfit as unfit:
            yield from _under(f"[{i}]", unfit)


def _faults_of_fields(
    cls: type[Any], readers: dict[str, _Reader], fields: dict[Any, object]
) -> Iterator[FieldError]:
    for field in attrs.fields(cls):
        if field.name in fields:
            yield from _faults_of_field(field, readers[field.name], fields[field.name])
        elif field.default is attrs.NOTHING:
            yield FieldError(field.name, "missing; every record of its kind has it")
    for name in sorted(map(str, fields.keys() - readers.keys())):
        yield FieldError(name, f"unknown key{_advice(name, readers)}")


def _faults_of_field(
    field: attrs.Attribute[Any], reader: _Reader, value: object
) -> Iterator[FieldError]:
    convert: Any = field.converter
    try:
        held = reader(value)
        held = convert(held) if convert else held
        if field.validator:
            field.validator(None, field, held)
    except _Unfit as unfit:
        yield from _under(field.name, unfit)
    except DateError as error:
        yield FieldError(field.name, str(error))
    except FieldError as fault:
        yield fault


def _reason(error: Exception) -> str:
    return error.reason if isinstance(error, FieldError) else str(error)


def _under(name: str, unfit: _Unfit) -> Iterator[FieldError]:
    """Yield the faults of what is held under a name, or at a place such as `[0]`."""
    for fault in unfit.faults:
        dot = "." if fault.field and not fault.field.startswith("[") else ""
        yield FieldError(f"{name}{dot}{fault.field}", fault.reason)
