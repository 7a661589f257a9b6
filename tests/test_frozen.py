"""Classes whose `__init__` is written late, and objects that are made without it."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any

import attrs
import pytest

from factledger.errors import FieldError
from factledger.frozen import defaults_of, frozen, with_fields
from factledger.records.claims import Citation, Count, Event, State, Tally
from factledger.records.fields import to_tuple
from factledger.value import Value


def not_negative(instance: object, attribute: attrs.Attribute[Any], value: int) -> None:
    """Refuse a number below nought."""
    if value < 0:
        raise FieldError(attribute.name, "negative")


@frozen(kw_only=True, repr=False, eq=False)
class _Box(Value):
    width: int = attrs.field(converter=int, validator=not_negative)
    colour: str = "red"


@frozen(kw_only=True, repr=False, eq=False)
class _Crate(_Box):
    slats: tuple[str, ...] = attrs.field(default=(), converter=to_tuple)

    def __attrs_post_init__(self) -> None:
        if len(self.slats) > self.width:
            raise FieldError("slats", "too many")


@attrs.frozen(kw_only=True)
class _Twin:
    width: int = attrs.field(converter=int, validator=not_negative)
    colour: str = "red"
    slats: tuple[str, ...] = attrs.field(default=(), converter=to_tuple)


def test_a_class_is_made_as_attrs_makes_it() -> None:
    """It takes what a class of attrs takes, by the same signature, and has the same fields."""
    assert inspect.signature(_Crate) == inspect.signature(_Twin)
    assert [f.name for f in attrs.fields(_Crate)] == [f.name for f in attrs.fields(_Twin)]
    assert vars(_Crate)["__attrs_attrs__"].slats.default == ()
    assert _Crate.__init__.__qualname__ == "_Crate.__init__"


def test_a_value_is_converted_and_checked_when_it_is_made() -> None:
    """Converters, validators, defaults and the check of the whole work as in a class of attrs."""
    crate = _Crate(width="3", slats=["a", "b"])
    assert (crate.width, crate.colour, crate.slats) == (3, "red", ("a", "b"))
    assert attrs.evolve(crate, width=2) == _Crate(width=2, slats=("a", "b"))
    for given, wrong in (
        ({"width": -1}, "width: negative"),
        ({"width": 0, "slats": "a"}, "slats: too"),
    ):
        with pytest.raises(FieldError, match=wrong):
            _Crate(**given)
    with pytest.raises(TypeError, match="'width'"):
        _Crate()  # type: ignore[call-arg]


def test_a_value_stays_as_it_is() -> None:
    """No field of it can be set, also before its class has made a value."""
    box = with_fields(_Box, width=1, colour="blue")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        box.width = 2  # type: ignore[misc]
    assert not hasattr(box, "__dict__")


@pytest.mark.parametrize("cls", [Event, State, Tally, Citation])
def test_what_has_the_fields_of_a_value_is_the_same_value(cls: type[Any]) -> None:
    """An object made of all fields equals the one that was converted and checked."""
    given: dict[str, Any] = {
        "type": "AID", "when": "2024", "count": Count(lower=1), "source": "s", "quote": "q"
    }  # fmt: skip
    names = {f.name for f in attrs.fields(cls)}
    made = cls(**{name: value for name, value in given.items() if name in names})
    held = {name: getattr(made, name) for name in names if name in given}
    assert with_fields(cls, **{**defaults_of(cls), **held}) == made


def test_a_value_is_compared_and_shown_as_attrs_does() -> None:
    """A class that shares no methods has its own, written when they are first looked at."""

    @frozen()
    class Mark:
        page: int
        by: str = attrs.field(default="", eq=False, repr=False)

    assert Mark(1, "a") == Mark(1, "b") != Mark(2, "a")
    assert {Mark(1, "a"), Mark(1, "b")} == {Mark(1)}
    assert repr(Mark(1, "a")).endswith("Mark(page=1)")
    other: object = (1, "")
    assert Mark(1) != other


def test_no_class_is_given_its_init_before_it_is_wanted() -> None:
    """Who only reads records compiles no `__init__` of them."""
    code = (
        "from factledger.records.codec import from_body\n"
        "from factledger.records.claims import Event\n"
        "from_body({'kind': 'event', 'type': 'AID', 'when': '2024'})\n"
        "print(type(vars(Event)['__init__']).__name__)\n"
        "Event(type='AID', when='2024')\n"
        "print(type(vars(Event)['__init__']).__name__)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["_Late", "function"]
