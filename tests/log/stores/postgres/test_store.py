"""A store on a PostgreSQL server keeps the contract of stores, and what is its own."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from effort import LONG
from factledger.log.stores import Store
from factledger.log.stores.postgres.address import postgres_address
from factledger.log.stores.postgres.store import PostgresStore
from factledger.testing import Agreement, StoreContract
from postgres_server import Server


class PostgresAgreement(Agreement):
    """Two connections to one server know of each other by the table alone."""

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        """A new handle knows nothing but the head, and finds all."""
        address = self.handles[which].address
        self.handles[which].close()
        self.handles[which] = PostgresStore(postgres_address(address))

    @invariant()
    def the_view_gives_the_lines(self) -> None:
        """Anyone with SQL can write the log out, byte for byte."""
        place = postgres_address(self.handles[0].address)
        query = f"SELECT line FROM {place.schema}.ledger_jsonl ORDER BY seq"
        with psycopg.connect(place.uri) as connection:
            rows = connection.execute(query.encode()).fetchall()
        assert [row[0].encode() for row in rows] == [line.encode() for line in self.model]


class TestPostgresStore(StoreContract):
    """A store on a server keeps the contract."""

    machine = PostgresAgreement
    tries = settings(StoreContract.tries, max_examples=60 if LONG else 10)
    server: Server

    @pytest.fixture(autouse=True)
    def _on(self, server: Server) -> None:
        self.server = server

    def open(self, folder: Path) -> Store:
        """Return the store of a folder, which keeps the address."""
        noted = folder / "address"
        if not noted.exists():
            noted.write_text(self.server.laid_out())
        return PostgresStore(postgres_address(noted.read_text()))
