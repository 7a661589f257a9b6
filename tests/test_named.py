"""Named tuples as `typing` has them, made faster."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
import typing
from pathlib import Path

import pytest

import factledger
from factledger.named import NamedTuple


class _Place(NamedTuple):
    """Where something is."""

    page: int
    line: int = 1

    @property
    def before(self) -> _Place:
        """The line before."""
        return self._replace(line=self.line - 1)

    @classmethod
    def first(cls, page: int) -> _Place:
        """Return the first line of a page."""
        return cls(page)


def test_a_named_tuple_is_one_of_typing() -> None:
    """It has the signature, the defaults, the name and the words that the class gives."""
    assert str(inspect.signature(_Place)) == "(page: 'int', line: 'int' = 1)"
    assert (_Place._fields, _Place._field_defaults) == (("page", "line"), {"line": 1})
    assert (_Place.__doc__, _Place.__name__, _Place.__qualname__) == (
        "Where something is.",
        "_Place",
        "_Place",
    )
    assert (_Place.__module__, _Place.__bases__) == (__name__, (tuple,))
    assert typing.get_type_hints(_Place) == {"page": int, "line": int}


def test_a_named_tuple_holds_what_it_is_given() -> None:
    """By place or by name; it is a tuple, has the methods of its class, and can be stored and copied."""
    place = _Place(7, line=3)
    assert place == (7, 3) == tuple(place)
    assert repr(place) == "_Place(page=7, line=3)"
    assert place.before == _Place(7, 2)
    assert _Place.first(4) == (4, 1)
    assert pickle.loads(pickle.dumps(place)) == copy.deepcopy(place) == place
    with pytest.raises(AttributeError):
        place.page = 8  # type: ignore[misc]
    with pytest.raises(TypeError, match="page"):
        _Place()  # type: ignore[call-arg]


def test_the_package_makes_its_named_tuples_so() -> None:
    """No module takes the slower ones, but where a tuple is generic, which these cannot be."""
    package = Path(factledger.__file__).parent
    slow = re.compile(r"^from typing import .*\bNamedTuple\b", re.MULTILINE)
    found = [p for p in package.rglob("*.py") if slow.search(p.read_text(encoding="utf-8"))]
    assert [p.name for p in found] == ["workers.py"]
