"""A store and a list of lines, held against one another at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from hashlib import sha256
from itertools import islice

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from factledger.errors import HeadMoved
from factledger.log.canonical import canonical
from factledger.log.lines import START, Head, Line, make_lines
from factledger.log.stores import Store

AT, LATER = "2026-11-23T19:00:00.000000Z", "2026-11-23T19:00:01.000000Z"


def bodies(count: int, first: int = 1) -> list[bytes]:
    """Return `count` bodies that differ, each with what a careless reader would trip over."""
    text = 'Київ, "quoted"} \r\u2028 end'
    return [
        canonical({"kind": "event", "n": number, "text": text})
        for number in range(first, first + count)
    ]


def salts(count: int, first: int = 1) -> list[bytes]:
    """Return `count` salts that differ, the same in every run."""
    return [sha256(b"salt %d" % number).digest()[:16] for number in range(first, first + count)]


def batch(after: Head, count: int, at: str = AT) -> list[Line]:
    """Return the lines that an append of `count` records must give."""
    first = after.seq + 1
    return make_lines(after, at=at, bodies=bodies(count, first), salts=salts(count, first))


def append(store: Store, count: int = 1, at: str = AT) -> list[Line]:
    """Append `count` records at the head that the store finds."""
    with store.writing() as writer:
        first = writer.head.seq + 1
        return writer.append(bodies(count, first), at=at, salts=salts(count, first))


@contextmanager
def refused(error: type[Exception]) -> Iterator[list[Exception]]:
    """Raise AssertionError, unless the block raises this error; hand it out."""
    found: list[Exception] = []
    try:
        yield found
    except error as raised:
        found.append(raised)
        return
    raise AssertionError(f"{error.__name__} was not raised")


class GivenUp(Exception):
    """An error of the caller's own code while it holds the right to append."""


class Agreement(RuleBasedStateMachine):
    """A store and a list of lines do the same, for every order of appends and readings.

    `handles` are two handles on one store, which holds nothing yet.
    """

    def __init__(self, handles: AbstractContextManager[list[Store]]) -> None:
        super().__init__()
        self.model: list[Line] = []
        self._held = ExitStack()
        self.handles = self._held.enter_context(handles)

    @property
    def head(self) -> Head:
        """Where the model ends."""
        return self.model[-1].head if self.model else START

    @rule(
        which=st.integers(0, 1),
        sizes=st.lists(st.integers(0, 3), max_size=2),
        at=st.sampled_from([AT, LATER]),
    )
    def append(self, which: int, sizes: Sequence[int], at: str) -> None:
        """Several batches may be appended while the right to write is held."""
        with self.handles[which].writing(expect=self.head.hash) as writer:
            for size in sizes:
                assert writer.head == self.head
                lines = batch(self.head, size, at)
                content = [line.body or b"" for line in lines]
                salt = [line.salt or b"" for line in lines]
                assert writer.append(content, at=at, salts=salt) == lines
                self.model += lines
            assert writer.head == self.head

    @rule(which=st.integers(0, 1), sizes=st.lists(st.integers(1, 3), max_size=2))
    def restore(self, which: int, sizes: Sequence[int]) -> None:
        """Lines of another store are written as they are, batches of it at once."""
        lines: list[Line] = []
        for size in sizes:
            lines += batch(lines[-1].head if lines else self.head, size, LATER)
        with self.handles[which].writing(expect=self.head.seq) as writer:
            writer.restore(lines)
        self.model += lines

    @precondition(lambda self: self.model)
    @rule(which=st.integers(0, 1), by_hash=st.booleans(), data=st.data())
    def append_to_an_old_head(self, which: int, by_hash: bool, data: st.DataObject) -> None:
        """An append that expects another head is told so and writes nothing."""
        old = data.draw(st.sampled_from([START, *[line.head for line in self.model[:-1]]]))
        expect = old.hash if by_hash else old.seq
        with refused(HeadMoved), self.handles[which].writing(expect=expect):
            raise AssertionError("the right to append was given at another head")

    @rule(which=st.integers(0, 1))
    def give_up(self, which: int) -> None:
        """An error while the right to write is held gives it back and writes nothing."""
        with refused(GivenUp), self.handles[which].writing(expect=self.head.seq):
            raise GivenUp

    @rule(which=st.integers(0, 1), start=st.integers(-1, 12))
    def read_from(self, which: int, start: int) -> None:
        """Reading begins at the entry asked for, and the first is entry 1."""
        assert list(self.handles[which].read(start)) == self.model[max(start, 1) - 1 :]

    @rule(which=st.integers(0, 1))
    def read_while_appending(self, which: int) -> None:
        """A reading shows what was there when it began."""
        reading, before = self.handles[which].read(), list(self.model)
        seen = list(islice(reading, 1))
        self.append(1 - which, [2], AT)
        assert [*seen, *reading] == before

    @precondition(lambda self: self.model)
    @rule(which=st.integers(0, 1), data=st.data())
    def erase(self, which: int, data: st.DataObject) -> None:
        """What is erased is gone for every handle; the rest is as it was."""
        gone = data.draw(st.sets(st.sampled_from([line.seq for line in self.model]), max_size=2))
        self.handles[which].erase(gone)
        self.model = [line.erased() if line.seq in gone else line for line in self.model]

    @invariant()
    def nothing_is_torn(self) -> None:
        """No append here is cut short."""
        assert [handle.torn for handle in self.handles] == [None] * len(self.handles)

    def teardown(self) -> None:
        """Give back the handles, and what they hold."""
        self._held.close()
