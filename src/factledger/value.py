"""A value: it is the same as another by its fields, and shown by them."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, ClassVar

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
    _shown: ClassVar[tuple[str, ...]]
    _compared: ClassVar[attrgetter[Any]]

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cls)  # type: ignore[arg-type]
        cls._shown = tuple(field.name for field in fields if field.repr)
        cls._compared = attrgetter(*(field.name for field in fields if field.eq))

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return bool(self._compared(self) == self._compared(other))

    def __hash__(self) -> int:
        return hash(self._compared(self))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
        return f"{type(self).__name__}({said})"
