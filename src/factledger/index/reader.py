"""Reading of the tables of an index; a failure says whether the index is lost or the file is."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from factledger.errors import LogError
from factledger.log.stores.sqlite_file import code_of, raise_unreadable

_PAGE = 1000  # rows that are fetched at once


class TableReader:
    """The answers to queries over a connection; `address` is how errors call the file."""

    def __init__(self, connection: sqlite3.Connection, address: str) -> None:
        self.connection = connection
        self._address = address

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of an answer; none where a value is a text that no file holds."""
        try:
            return self.connection.execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # half of a surrogate pair, as of an argument in no encoding: nothing has it
        except sqlite3.Error as error:
            self.raise_unreadable(error)

    def packed(self, query: str, *values: object) -> list[bytes]:
        """Return a long answer, read to its end and packed, some rows together; `unpacked` has them.

        A statement that waited for whoever takes the rows would keep all others from writing.
        """
        try:
            answer = self.connection.execute(query, values)
            return [marshal.dumps(page) for page in iter(lambda: answer.fetchmany(_PAGE), [])]
        except sqlite3.Error as error:
            self.raise_unreadable(error)

    def raise_unreadable(self, error: sqlite3.Error) -> NoReturn:
        """Raise what a failed reading means: without its tables, that the index is lost."""
        if code_of(error) == sqlite3.SQLITE_ERROR:
            fault = f"{self._address}: its index cannot be read: {error}"
            raise LogError(f"{fault}; 'factledger reindex' makes it anew") from error
        raise_unreadable(self._address, error)


def unpacked(pages: Iterable[bytes]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of an answer that was packed."""
    for page in pages:
        yield from marshal.loads(page)  # noqa: S302  it was packed in this process
