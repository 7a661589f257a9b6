"""A value of records: it is shown by its fields, and is the same as another by them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

import attrs


class Value:
    """The base of classes of attrs whose values are compared and shown by their fields.

    attrs would write these three methods anew for every class, which takes longer, at every start,
    than most answers. A class says `repr=False, eq=False` to have them from here.

    >>> @attrs.frozen(repr=False, eq=False)
    ... class Place(Value):
    ...     page: int
    ...     read_by: str = attrs.field(default="", eq=False)
    >>> Place(7), Place(7) == Place(7, "me"), Place(7) == Place(8)
    (Place(page=7, read_by=''), True, False)
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        compared = _compared(type(self))
        return bool(compared(self) == compared(other))

    def __hash__(self) -> int:
        cls = type(self)
        return hash((cls, _compared(cls)(self)))

    def __repr__(self) -> str:
        names = (field.name for field in attrs.fields(type(self)))  # type: ignore[arg-type]
        said = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({', '.join(said)})"


@cache
def _compared(cls: type[Any]) -> Callable[[object], object]:
    """Return what gives of a value all that it is compared by."""
    return attrgetter(*(field.name for field in attrs.fields(cls) if field.eq))
