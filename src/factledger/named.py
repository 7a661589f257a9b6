"""Named tuples that are made in half the time."""

from __future__ import annotations

import sys
from collections import namedtuple
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple as NamedTuple  # pragma: no cover  what Python 3.11 never reaches
else:

    class _Making(type):
        """What makes a named tuple of the body of a class.

        Until Python 3.14 `typing` compiles what each field is said to be, at every start.
        """

        def __new__(meta, name, bases, body):
            fields = body["__annotations__"]
            given = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=given, module=body["__module__"])
            made.__new__.__annotations__ = fields
            for key in (key for key in body if key not in fields):
                setattr(made, key, body[key])
            return made

    NamedTuple = type.__new__(_Making, "NamedTuple", (), {})
