"""Fields: the converters and validators that the records share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import attrs

from factledger.dates.dated import Edtf
from factledger.dates.edtf import parse as parse_date
from factledger.dates.edtf import parse_endpoint
from factledger.errors import FieldError
from factledger.log.limits import MAX_INT

_WANTED: dict[type, str] = {str: "text", int: "a whole number", bool: "true or false"}
UNKNOWN_END = parse_endpoint("")
MOST_MEMBERS = 64
"""The most members of a list in a record, unless its field says otherwise."""

MOST_NAMES = 1_000
"""The most names of an actor, and the most modes of a type."""
Validator: TypeAlias = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def one_of(*allowed: str) -> Validator:
    """Return a validator that takes the words `allowed` and no others."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if value not in allowed:
            from factledger.text import nearest  # only what is refused needs it

            near = nearest(value, allowed) if isinstance(value, str) else None
            meant = f"; did you mean {near!r}?" if near else ""
            raise FieldError(attribute.name, f"{value!r} is not one of {', '.join(allowed)}{meant}")

    return validate


def some_text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Refuse a value that is no text, and text without a character to read."""
    if not isinstance(value, str) or not value.strip():
        raise FieldError(attribute.name, f"wanted some text, found {value!r}")


def maybe_text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Refuse a value that is neither None nor text with a character to read."""
    if value is not None:
        some_text(instance, attribute, value)


MOST_OF_A_NAME = 100
"""The most characters of the name of who recorded something."""


def maybe_name(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Refuse a value that is neither None nor a name on one line, of at most 100 characters."""
    if fault := name_fault(value):
        raise FieldError(attribute.name, fault)


def name_fault(value: object) -> str | None:
    """Return why a value is neither None nor the name of who records, or None."""
    if value is None:
        return None
    if isinstance(value, str) and value.strip() and value.isprintable():
        if len(value) <= MOST_OF_A_NAME:
            return None
        value = f"{value[:MOST_OF_A_NAME]}…"
    return f"wanted a name on one line, of at most {MOST_OF_A_NAME} characters, found {value!r}"


def maybe_instant(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Refuse a value that is neither None nor an instant as the log writes it: UTC, six decimals."""
    if value is None:
        return
    from factledger.dates.instant_form import is_instant  # few records say one

    if not (isinstance(value, str) and is_instant(value)):
        wanted = "an instant such as 2026-11-24T12:00:00.000000Z"
        raise FieldError(attribute.name, f"wanted {wanted}, found {value!r}")


def maybe_width(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Refuse a value that is neither None nor a width of time, such as "10 years"."""
    if value is None:
        return
    from factledger.dates.widths import DECLARED_WIDTH, WIDTH_FORM  # few types and sources have one

    if not (isinstance(value, str) and DECLARED_WIDTH.fullmatch(value)):
        raise FieldError(attribute.name, f"wanted {WIDTH_FORM}, found {value!r}")


def whole_number(least: int) -> Validator:
    """Return a validator that takes whole numbers from `least` on."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not (type(value) is int and least <= value <= MAX_INT):
            wanted = f"a whole number from {least} on"
            raise FieldError(attribute.name, f"wanted {wanted}, found {value!r}")

    return validate


def maybe_whole_number(least: int) -> Validator:
    """Return a validator that takes None and whole numbers from `least` on."""
    validate_number = whole_number(least)

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if value is not None:
            validate_number(instance, attribute, value)

    return validate


def exactly(kind: type) -> Validator:
    """Return a validator that takes values of a kind: no text and no number in their place."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if type(value) is not kind:
            wanted = _WANTED.get(kind, f"a {kind.__name__}")
            raise FieldError(attribute.name, f"wanted {wanted}, found {value!r}")

    return validate


def to_tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return the values as a tuple, so that a list may be given."""
    return tuple(values)


def at_most(most: int, advice: str) -> Validator:
    """Return a validator that takes tuples of so many members; `advice` says what else to write."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: tuple[Any, ...]) -> None:
        if len(value) > most:
            raise FieldError(attribute.name, f"at most {most:,}, found {len(value):,}; {advice}")

    return validate


def members(
    kind: type, *, most: int = MOST_MEMBERS, advice: str = "write more records"
) -> Validator:
    """Return a validator that takes tuples of so many members, all of a kind."""
    validate_size, fit = at_most(most, advice), {kind}

    def validate(instance: object, attribute: attrs.Attribute[Any], value: tuple[Any, ...]) -> None:
        validate_size(instance, attribute, value)
        if {*map(type, value)} <= fit:
            return
        i, member = next((i, one) for i, one in enumerate(value) if type(one) is not kind)
        wanted = _WANTED.get(kind, f"a {kind.__name__}")
        raise FieldError(f"{attribute.name}[{i}]", f"wanted {wanted}, found {member!r}")

    return validate


def to_when(value: str | Edtf) -> Edtf:
    """Return `value` as the date of an event: EDTF text is parsed."""
    return parse_date(_date_text(value))


def to_date(value: str | Edtf | None) -> Edtf | None:
    """Return `value` as a date, None as it is: EDTF text is parsed."""
    return None if value is None else to_when(value)


def to_endpoint(value: str | Edtf | None) -> Edtf:
    """Return `value` as the start or end of a state: None and the empty text mean unknown."""
    return UNKNOWN_END if value is None else parse_endpoint(_date_text(value))


def _date_text(value: object) -> str:
    """Return the EDTF text of a date; a date of another kind is read again, and may be refused."""
    if isinstance(value, str | Edtf):
        return str(value)
    raise FieldError("date", f"wanted EDTF text such as '2023-03', found {value!r}")
