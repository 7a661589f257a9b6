"""SQLite files that somebody else made: refused, or read without trusting them."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cli_tools import Said, run, small_ledger
from effort import LONG
from factledger import Ledger
from factledger.errors import Damaged, NotFound, WriteRefused
from factledger.log.stores import create_store, open_store
from factledger.log.stores.sqlite import SqliteStore

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
READINGS = (
    ("log",),
    ("asof", "2023-04-01"),
    ("asof", "2023-04-01", "--between", "JPN", "UKR"),
    ("show", "visit"),
    ("why", "9"),
    ("check",),
    ("verify",),
    ("verify", "--index"),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of the SQLite file of the small ledger."""
    folder = tmp_path_factory.mktemp("small")
    small_ledger(folder).close()
    assert run("copy", str(folder), str(folder / "small.db")).code == 0
    return (folder / "small.db").read_bytes()


@pytest.fixture
def path(whole: bytes, tmp_path: Path) -> Path:
    """Return such a file."""
    path = tmp_path / "small.db"
    path.write_bytes(whole)
    return path


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file as another program does, one that does not wait for the disk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        yield connection


def changed(path: Path, *statements: str) -> None:
    """Change a file as one does who may write it: its triggers are taken away first."""
    with opened(path) as connection:
        execute = connection.execute
        for (name,) in execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            execute(f"DROP TRIGGER {name}")
        execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            execute(statement)


def loosely(path: Path, *statements: str) -> None:
    """Change a file whose columns meanwhile take values of any type; its schema stays as it is."""
    strict = _schema(path)
    _write_schema(path, {name: _loose(sql) for name, sql in strict.items()})
    changed(path, *statements)
    _write_schema(path, strict)


def _schema(path: Path) -> dict[str, str]:
    with opened(path) as connection:
        return dict(
            connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
        )


def _loose(sql: str) -> str:
    plain = re.sub(r"(TEXT|INTEGER|BLOB) NOT NULL", r"\1", re.sub(r"--[^\n]*", "", sql))
    return plain.replace("STRICT, WITHOUT ROWID", "WITHOUT ROWID").replace("STRICT", "")


def _write_schema(path: Path, tables: dict[str, str]) -> None:
    with opened(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for name, sql in tables.items():
            connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        connection.execute(f"PRAGMA schema_version = {version + 1}")


def answered(said: Said, path: Path) -> None:
    """Assert that a command did it, or said in one line what is wrong and with which file."""
    if said.code == 0:
        assert said.err == ""
        return
    assert said.code == 1
    told = [*said.err.splitlines(), *said.out.splitlines()]
    assert any(re.match(rf"(Error: )?{re.escape(str(path))}:", line) for line in told), told
    assert len(said.err.splitlines()) <= 1


# --- tables that are not ours


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TRIGGER foreign_one AFTER INSERT ON record BEGIN DELETE FROM posting; END",),
        ("CREATE TRIGGER foreign_one BEFORE INSERT ON batch BEGIN SELECT RAISE(IGNORE); END",),
        (
            "ALTER TABLE record RENAME TO kept",
            f"CREATE VIEW record AS {ENDLESS} SELECT x AS seq, 1 AS batch, '{{}}' AS body, "
            "'a' AS salt, NULL AS \"commit\", zeroblob(32) AS hash FROM n",
        ),
        (
            "ALTER TABLE batch RENAME TO kept",
            f"CREATE VIEW batch AS {ENDLESS} SELECT x AS first, x AS last, 'a' AS at FROM n",
        ),
        ("DROP TABLE record", "CREATE TABLE record (seq INTEGER PRIMARY KEY)"),
        ("DROP TABLE batch",),
        ("ALTER TABLE record ADD COLUMN more TEXT",),
        ("ALTER TABLE record ADD COLUMN more TEXT AS (hex(zeroblob(1000000)))",),
        ("ALTER TABLE batch RENAME COLUMN at TO instant",),
        ("DROP TABLE record", "CREATE VIRTUAL TABLE record USING fts5(seq, batch, body, salt)"),
    ],
    ids=lambda statements: statements[-1][:60],
)
def test_a_log_of_another_shape_is_refused(statements: tuple[str, ...], path: Path) -> None:
    """Where a table of the log is not the one that factledger makes, nothing is read from it."""
    changed(path, "DROP VIEW line", *statements)
    before = path.read_bytes()
    for words in READINGS:
        said = run(*words, "-l", str(path))
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith(f"{path}:1: not a ledger: its ")
        assert said.err.endswith(
            "is not what factledger makes; 'factledger init' makes a new one\n"
        )
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TABLE pairing",),
        (
            "DROP TABLE pairing",
            f"CREATE VIEW pairing AS {ENDLESS} SELECT x AS pair, x AS shape FROM n",
        ),
        ("DROP TABLE progress", f"CREATE VIEW progress AS {ENDLESS} SELECT x AS indexed FROM n"),
        ("DROP TABLE word", "CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT)"),
        ("DROP TABLE posting", "CREATE VIRTUAL TABLE posting USING fts5(list, key, number)"),
        ("CREATE TRIGGER foreign_two AFTER INSERT ON posting BEGIN DELETE FROM batch; END",),
        ("UPDATE progress SET hash = randomblob(32)",),
        ("UPDATE progress SET indexed = -5",),
        ("UPDATE progress SET indexed = 9223372036854775807",),
    ],
    ids=lambda statements: statements[-1][:60],
)
def test_an_index_of_another_shape_or_log_is_none(statements: tuple[str, ...], path: Path) -> None:
    """Where the index is not the one that factledger made of this log, answers come from the lines."""
    truth = [run(*words, "-l", str(path)) for words in READINGS[:6]]
    changed(path, *statements)
    assert [run(*words, "-l", str(path)) for words in READINGS[:6]] == truth
    assert run("reindex", "-l", str(path)).code == 0
    assert run("verify", "--index", "-l", str(path)).code == 0
    assert [run(*words, "-l", str(path)) for words in READINGS[:6]] == truth


# --- rows that are not ours


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET hash = NULL WHERE seq = 9",
        "UPDATE record SET hash = 'text' WHERE seq = 9",
        "UPDATE record SET hash = zeroblob(5) WHERE seq = 9",
        "UPDATE record SET hash = NULL WHERE seq = 12",
        "UPDATE record SET hash = hex(hash) WHERE seq = 8",
        "UPDATE record SET salt = 'x' WHERE seq = 9",
        "UPDATE record SET salt = salt || '====' WHERE seq = 9",
        "UPDATE record SET salt = substr(salt, 1, 21) || 'B' WHERE seq = 9",
        "UPDATE record SET salt = NULL WHERE seq = 9",
        "UPDATE record SET body = NULL WHERE seq = 9",
        "UPDATE record SET body = 5 WHERE seq = 9",
        "UPDATE record SET body = '' WHERE seq = 9",
        "UPDATE record SET body = x'7bff7d' WHERE seq = 9",
        "UPDATE record SET body = '{\"kind\":' WHERE seq = 9",
        "UPDATE record SET body = '{' || char(10) || '}' WHERE seq = 9",
        "UPDATE record SET body = zeroblob(2000000) WHERE seq = 9",
        "UPDATE record SET body = zeroblob(20000000) WHERE seq = 9",
        'UPDATE record SET "commit" = zeroblob(32) WHERE seq = 9',
        "UPDATE record SET \"commit\" = 'a', body = NULL, salt = NULL WHERE seq = 9",
        "UPDATE record SET batch = 'x' WHERE seq = 9",
        "UPDATE record SET batch = 9223372036854775807 WHERE seq = 9",
        "UPDATE record SET batch = NULL",
        "UPDATE batch SET at = char(27) || '[2J'",
        "UPDATE batch SET at = NULL",
        "UPDATE batch SET at = 20240101",
        "UPDATE batch SET at = '2024-12-01' || char(27) || '09:00:00.000000Z'",
        "UPDATE batch SET last = 'x'",
        "UPDATE batch SET last = -1",
        "DELETE FROM record WHERE seq = 9",
        "DELETE FROM record WHERE seq = 12",
        "DELETE FROM record WHERE seq = 1",
        "DELETE FROM record",
        "DELETE FROM batch",
        "INSERT INTO record VALUES (-5, -5, '{}', 'x', NULL, zeroblob(32))",
        "INSERT INTO record VALUES (9223372036854775807, 1, '{}', 'x', NULL, zeroblob(32))",
        "UPDATE record SET seq = seq + 1000000",
    ],
)
def test_a_row_that_is_none_of_a_line_is_damage(statement: str, path: Path) -> None:
    """Whatever a row of the log holds, of whatever type: it is a line, or damage at its place."""
    loosely(path, statement)
    refusals = 0
    for words in (*READINGS[:2], *READINGS[4:7]):
        said = run(*words, "-l", str(path))
        answered(said, path)
        refusals += said.code
    assert refusals, "nobody saw it"
    assert run("verify", "-l", str(path)).code == 1


def test_a_line_that_is_not_there_is_told_and_not_sought_for_ages(path: Path) -> None:
    """A gap in the numbers ends a reading at once, however far the next number is."""
    changed(
        path,
        "DELETE FROM record WHERE seq = 9",
        'INSERT INTO record SELECT 900000000000000, 900000000000000, body, salt, "commit", hash '
        "FROM record WHERE seq = 8",
        "INSERT INTO batch SELECT 900000000000000, 900000000000000, at FROM batch WHERE first = 1",
    )
    with open_store(str(path)) as store:
        assert isinstance(store, SqliteStore)
        with pytest.raises(Damaged, match=":9: damaged: it is missing"):
            store.line(9)
        with pytest.raises(Damaged, match=r"damaged: .*entry|missing"):
            list(store.read())
        with pytest.raises(Damaged, match="it is missing"):
            store.kinds(5, 20)


WRONG = ("'x'", "NULL", "-1", "9223372036854775807", "1.5", "x'00'")
COLUMNS = {
    "progress": "indexed hash",
    "posting": "list key number",
    "word": "word",
    "pair": "one other",
    "pairing": "shape first number sure until gone presumed retired touched home type sources content",
    "bearing": "number touched",
}


@pytest.mark.parametrize(
    ("table", "column"), [(table, c) for table, names in COLUMNS.items() for c in names.split()]
)
def test_an_index_that_lies_ends_no_command_with_a_traceback(
    table: str, column: str, path: Path, whole: bytes
) -> None:
    """Whatever type and value a column of the index holds, a command answers or says what is wrong."""
    for value in WRONG if LONG else WRONG[:2]:
        path.write_bytes(whole)
        one = f"WHERE {column} = (SELECT max({column}) FROM {table})"
        loosely(path, f"UPDATE OR IGNORE {table} SET {column} = {value} {one}")
        for words in READINGS[1:6]:
            said = run(*words, "-l", str(path))
            if (
                said.err
                != "Error: the entry 'visit': not found; 'factledger log' lists the entries\n"
            ):
                answered(said, path)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM pairing WHERE number = 9",
        "UPDATE pairing SET first = 800000, sure = 800000",
        "UPDATE pairing SET retired = 5",
        "UPDATE pairing SET touched = 5",
        "UPDATE pairing SET type = (SELECT max(id) FROM word)",
        "DELETE FROM posting WHERE list = 'label'",
        "UPDATE posting SET number = 9 WHERE list = 'label' AND key = 'calls'",
        "UPDATE OR REPLACE pair SET one = 'AAA' WHERE id = 1",
        "INSERT INTO bearing VALUES (1, 9, 5)",
    ],
)
def test_an_index_that_leaves_out_or_invents_is_found_out(statement: str, path: Path) -> None:
    """What the index says that the lines do not is found by `verify --index`, mended by `reindex`."""
    truth = [run(*words, "-l", str(path)) for words in READINGS[1:5]]
    changed(path, statement)
    said = run("verify", "--index", "-l", str(path))
    assert said.code == 1
    assert f"{path}: index-agrees: " in said.out
    assert run("reindex", "-l", str(path)).code == 0
    assert [run(*words, "-l", str(path)) for words in READINGS[1:5]] == truth


def test_an_index_of_sqlite_that_lies_is_found_out(path: Path) -> None:
    """Rows that SQLite's own index leaves out are found too: not only our tables can lie."""
    with opened(path) as connection:
        row = connection.execute("SELECT * FROM sqlite_master WHERE name = 'pair_other'").fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'pair_other'")
        _bump(connection)
    changed(path, "UPDATE pair SET other = 'ZZZ' WHERE other = 'UKR'")
    with opened(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
        _bump(connection)
    changed(path, "UPDATE pair SET one = one")
    said = run("verify", "--index", "-l", str(path))
    assert said.code == 1
    assert f"{path}: index-agrees: SQLite finds " in said.out
    assert run("reindex", "-l", str(path)).code == 0
    assert run("verify", "--index", "-l", str(path)).code == 0


def _bump(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {version + 1}")


# --- files that are not ours


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("PRAGMA application_id = 1", "not a ledger: a SQLite file of something else"),
        ("PRAGMA application_id = 0", "not a ledger: a SQLite file of something else"),
        ("PRAGMA user_version = 2", "format 2 is newer than format 1"),
    ],
)
def test_a_file_of_something_else_is_refused(statement: str, said: str, path: Path) -> None:
    """The header of the file says whose it is and which layout it has."""
    changed(path, statement)
    found = run("log", "-l", str(path))
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith(f"{path}:1: {said}")


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "garbage",
        "CREATE TABLE",
        "CREATE TABLE record (x",
        "\x00",
        "CREATE VIEW record AS SELECT load_extension('x')",
    ],
)
@pytest.mark.parametrize("table", ["record", "pairing"])
def test_a_schema_of_garbage_is_refused(sql: str, table: str, path: Path) -> None:
    """A schema that SQLite cannot read makes no ledger, and no crash."""
    _write_schema(path, {table: sql})
    for words in READINGS:
        said = run(*words, "-l", str(path))
        answered(said, path)
        assert said.code == 1


def test_damaged_pages_are_damage(path: Path, whole: bytes) -> None:
    """Bytes changed anywhere in the file end in an answer or in one line, never in a crash."""
    step = 499 if LONG else 2999
    for place in range(0, len(whole), step):
        path.write_bytes(whole[:place] + b"\xff\x00\xfe" + whole[place + 3 :])
        for words in (READINGS[0], READINGS[2], READINGS[6]):
            answered(run(*words, "-l", str(path)), path)


def test_links_in_a_circle_lead_to_no_ledger(tmp_path: Path) -> None:
    """A name whose links lead in a circle names no ledger."""
    for name in ("a.db", "a.jsonl", "a"):
        (tmp_path / name).symlink_to(tmp_path / name)
        said = run("log", "-l", str(tmp_path / name))
        assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1)
        assert run("init", str(tmp_path / name)).code == 1
    with pytest.raises(NotFound):  # a newer Python gives no reason
        open_store(str(tmp_path / "a.db"))


def test_no_ledger_is_made_through_a_link(tmp_path: Path) -> None:
    """A link where a new ledger is to be makes no file where it leads."""
    for name in ("new.db", "new.jsonl"):
        (tmp_path / name).symlink_to(tmp_path / "elsewhere")
        said = run("init", str(tmp_path / name))
        assert (said.code, said.out) == (1, "")
        assert "it is a symbolic link" in said.err
        assert not (tmp_path / "elsewhere").exists()


def test_a_pipe_or_device_is_no_ledger(tmp_path: Path) -> None:
    """What is no regular file is never opened as a ledger, nor waited for."""
    os.mkfifo(tmp_path / "pipe.db")
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "folder.db").mkdir()
    for name in ("pipe.db", "pipe.jsonl", "folder.db"):
        said = run("log", "-l", str(tmp_path / name))
        assert said.code == 1
        assert "it is not a regular file" in said.err
    assert "it is not a regular file" in run("log", "-l", "/dev/zero").err


def test_a_ledger_in_a_linked_file_is_one_ledger(path: Path) -> None:
    """A link to a ledger opens the ledger, with the one lock beside the file itself."""
    link = path.with_name("link.db")
    link.symlink_to(path)
    with Ledger.open(link) as ledger:
        assert ledger.address == str(path)
    with pytest.raises(WriteRefused, match="it is a symbolic link"):
        create_store(str(link))
