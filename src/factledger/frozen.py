"""Frozen classes of attrs that are quickly made, and objects of them whose fields are known to be fit."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

Made = TypeVar("Made")

if TYPE_CHECKING:
    from attrs import frozen as frozen
else:

    def frozen(**options):
        """Return what makes a class as `attrs.frozen` does with these options, its methods apart.

        attrs writes and compiles these with the class, which was the dearest part of a start; and
        whoever reads a ledger makes records without them. So the class is made with fields of which
        attrs has nothing to write, is given its own afterwards, and has a method once it is looked at.
        """

        def made(cls: type) -> type:
            own = []

            def bared(_, fields):
                own.extend(map(_with_alias, fields))
                return map(_bare, own)

            bare = {**options, "repr": False, "eq": False, "field_transformer": bared}
            found = attrs.frozen(cls, **bare)
            found.__attrs_attrs__ = type(found.__attrs_attrs__)(own)
            wanted = [names for option, names in _METHODS.items() if options.get(option, True)]
            for name in chain(*wanted):
                setattr(found, name, _Late(found, name))
            return found

        return made


_METHODS = {"init": ["__init__"], "repr": ["__repr__"], "eq": ["__eq__", "__ne__", "__hash__"]}


class _Late:
    """A method of a class until it is first looked at: then attrs writes it, for a class below."""

    def __init__(self, owner: type, name: str) -> None:
        self.owner = owner
        self.name = name

    def __get__(self, instance: object, _: type | None = None) -> Any:
        names = {"__module__": self.owner.__module__, "__qualname__": self.owner.__qualname__}
        below: Any = type(self.owner.__name__, (self.owner,), names)
        more = self.name != "__init__"
        written = getattr(attrs.frozen(below, repr=more, eq=more), self.name)
        setattr(self.owner, self.name, written)
        return written if instance is None else written.__get__(instance)


def _with_alias(field: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    """Return a field with the name by which it is given: some versions of attrs set it only later."""
    return field if field.alias else field.evolve(alias=field.name.lstrip("_"))


_BARE: dict[str, attrs.Attribute[Any]] = {}


def _bare(field: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    """Return a field of this name that no `__init__` sets, the same for all that bear the name."""
    if field.name not in _BARE:
        _BARE[field.name] = field.evolve(
            init=False, default=attrs.NOTHING, converter=None, validator=None
        )
    return _BARE[field.name]


# --- objects without their `__init__`


def defaults_of(cls: type[Any]) -> Mapping[str, Any]:
    """Return what the fields of a class hold where nothing is given for them."""
    return {f.name: _default(f) for f in attrs.fields(cls) if f.default is not attrs.NOTHING}


def _default(field: attrs.Attribute[Any]) -> Any:
    convert: Any = field.converter
    return field.default if convert is None else convert(field.default)


def with_fields(cls: type[Made], **fields: Any) -> Made:
    """Return an object that has all its fields as they are given: converted, and known to be fit."""
    made: Any = object.__new__(cls)
    made.__setstate__(fields)
    return made  # type: ignore[no-any-return]
