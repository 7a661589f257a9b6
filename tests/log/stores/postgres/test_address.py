"""Addresses of ledgers on a server."""

from __future__ import annotations

import pytest

from factledger.errors import LogError
from factledger.log.stores.postgres.address import postgres_address, quoted


@pytest.mark.parametrize(
    ("text", "database", "ledger", "uri"),
    [
        ("postgresql://h/news/ukraine", "news", "ukraine", "postgresql://h/news"),
        ("postgresql://h/news", "news", "factledger", "postgresql://h/news"),
        ("postgres://me@h:5433/news/u2/", "news", "u2", "postgresql://me@h:5433/news"),
        ("postgresql:///a%20b/x?host=/run", "a b", "x", "postgresql:///a%20b?host=/run"),
        ("postgresql://h/news?sslmode=require", "news", "factledger", "postgresql://h/news?sslmode=require"),
    ],
)  # fmt: skip
def test_an_address_names_server_database_and_ledger(
    text: str, database: str, ledger: str, uri: str
) -> None:
    """The last part is the schema; what libpq takes besides goes to it."""
    found = postgres_address(text)
    assert (found.database, found.ledger, found.uri) == (database, ledger, uri)
    assert found.channel == f"factledger.{ledger}"
    assert postgres_address(found.text) == found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("postgresql:///", "names no database; write postgresql://HOST/DATABASE/LEDGER"),
        ("postgresql://h/news/Ukraine", "'Ukraine' is no name of a ledger"),
        ("postgresql://h/news/pg_x", "'pg_x' is no name of a ledger"),
        ("postgresql://h/news/a/b", "'a/b' is no name of a ledger"),
        ("postgresql://[h/news", "not an address of PostgreSQL"),
        ("postgresql://h/n\udcff", "not an address of PostgreSQL: it is not in UTF-8"),
        ("postgresql://me:secret@h/news", "holds a password; keep it in ~/.pgpass"),
        ("postgresql://h/news?password=secret", "holds a password"),
        ("postgresql://h/news?PassWord=secret", "holds a password"),
        ("postgresql://h/news?ssl%70assword=secret", "holds a password"),
        ("postgresql://h/news?scram_client_key=secret", "holds a password"),
        ("postgresql://me:sec#secret@h/news", "a password is not written"),
        ("postgresql://me:sec/secret@h/news", "a password is not written"),
        ("postgresql://me:sec?secret@h/news", "a password is not written"),
        ("postgresql://me:secret@[h/news", "not an address of PostgreSQL: Invalid IPv6"),
    ],
)
def test_an_address_that_is_none_is_told(text: str, fault: str) -> None:
    """The error says what to write, and never shows a password."""
    with pytest.raises(LogError, match=fault.replace("?", r"\?")) as told:
        postgres_address(text)
    assert "secret" not in str(told.value)


def test_a_machine_has_one_memory_of_a_ledger() -> None:
    """Who asks, and how, makes no difference; another server, database or ledger does."""
    one = postgres_address("postgresql://me@h/news/u")
    assert postgres_address("postgresql://you@h/news/u?sslmode=require").key == one.key
    for other in ("h2/news/u", "h/old/u", "h/news/v", "h/news/u?port=5433"):
        assert postgres_address(f"postgresql://me@{other}").key != one.key


def test_a_machine_has_one_memory_of_each_server_that_its_environment_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the address leaves it to `$PGHOST`, another one is another ledger."""
    keys = set()
    for host in ("h", "h2"):
        monkeypatch.setenv("PGHOST", host)
        keys.add(postgres_address("postgresql:///news/u").key)
        keys.add(postgres_address("postgresql://h3/news/u").key)
    assert len(keys) == 3


def test_roles_are_named_after_database_and_ledger() -> None:
    """Roles are known to the whole server; a name that it would cut off is refused."""
    assert postgres_address("postgresql://h/news/u").role("writer") == "news_u_writer"
    with pytest.raises(LogError, match="more than 63 bytes; give the ledger or the database a"):
        postgres_address(f"postgresql://h/{'n' * 50}/ukraine").role("writer")


def test_a_name_is_quoted() -> None:
    """No name breaks out of a statement."""
    assert quoted('a"b') == '"a""b"'
