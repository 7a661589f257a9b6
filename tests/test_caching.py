"""What is worked out once is worked out without a lock that other objects share."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import attrs

from factledger.caching import cached_property


class Waits:
    """An object whose value may wait for another object's."""

    def __init__(self, other: Waits | None = None) -> None:
        self.other = other
        self.began = threading.Event()
        self.times = 0

    @cached_property
    def value(self) -> int:
        """Wait until the other's value is asked in another thread, and count."""
        self.began.set()
        if self.other is not None:
            assert self.other.began.wait(timeout=10)
        self.times += 1
        return self.times


def test_a_value_of_one_object_waits_for_none_of_another() -> None:
    """While a thread works out a value of one object, another thread gets the value of another one."""
    second = Waits()
    first = Waits(second)
    with ThreadPoolExecutor(2) as pool:
        asked = pool.submit(lambda: first.value)
        assert first.began.wait(timeout=10)
        assert pool.submit(lambda: second.value).result(timeout=10) == 1
        assert asked.result(timeout=10) == 1


def test_a_value_is_worked_out_once() -> None:
    """What was asked once is kept."""
    made = Waits()
    assert (made.value, made.value, made.times) == (1, 1, 1)


def test_a_class_of_slots_keeps_it_too() -> None:
    """A frozen class of attrs, which has slots, keeps the first value."""

    @attrs.frozen
    class Slotted:
        seen: list[int] = attrs.field(factory=list)

        @cached_property
        def value(self) -> int:
            self.seen.append(1)
            return len(self.seen)

    made = Slotted()
    assert (made.value, made.value, made.seen) == (1, 1, [1])


def test_who_comes_second_gets_the_value_of_who_came_first() -> None:
    """What another thread kept meanwhile is given, and not worked out anew; the class has the property itself."""
    made = Waits()
    prop = Waits.__dict__["value"]
    assert Waits.value is prop
    assert (prop.__get__(made), prop.__get__(made), made.times) == (1, 1, 1)
