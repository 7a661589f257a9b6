"""Reading of the tables of an index; a failure says whether the index is lost or the file is."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from typing import Any, NoReturn

from factledger.errors import LogError
from factledger.log.stores.sqlite_file import code_of, raise_unreadable
from factledger.log.stores.thread_locks import gate


class TableReader:
    """The answers to queries over a connection; `address` is how errors call the file.

    `lock` is held while the connection is used.
    """

    def __init__(
        self, connection: sqlite3.Connection, address: str, lock: AbstractContextManager[object]
    ) -> None:
        self.connection = connection
        self._address = address
        self._lock = lock

    def all(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of an answer; none where a value is a text that no file holds."""
        try:
            with self._lock:
                return self.connection.execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # half of a surrogate pair, as of an argument in no encoding: nothing has it
        except sqlite3.Error as error:
            self.raise_unreadable(error)

    def columns(self, query: str, *values: object) -> list[Sequence[Any]]:
        """Return the columns of a long answer: one of texts, many the same, then whole numbers.

        It is read to its end: a statement that waited for whoever takes the rows would keep all
        others from writing.
        """
        texts, known, numbers = list[str](), dict[str, str](), array("q")
        try:
            with self._lock, gate, closing(self.connection.cursor(sqlite3.Cursor)) as answer:
                answer.execute(query, values)
                width = len(answer.description) - 1
                for text, *row in answer:
                    texts.append(known.setdefault(text, text))
                    numbers.extend(row)
        except sqlite3.Error as error:
            self.raise_unreadable(error)
        return [texts, *(numbers[i::width] for i in range(width))]

    def raise_unreadable(self, error: sqlite3.Error) -> NoReturn:
        """Raise what a failed reading means: without its tables, that the index is lost."""
        if code_of(error) == sqlite3.SQLITE_ERROR:
            fault = f"{self._address}: its index cannot be read: {error}"
            raise LogError(f"{fault}; 'factledger reindex' makes it anew") from error
        raise_unreadable(self._address, error)
