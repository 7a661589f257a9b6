"""`factledger postgres`, and the other commands on a ledger that lies on a server."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli_tools import DEMO, ONE_MORE, run
from factledger import Ledger
from factledger.log.stores.postgres.address import postgres_address
from postgres_server import Server


def test_setup_prints_what_it_would_run() -> None:
    """The script names the schema and the roles of the address, and connects to nothing."""
    said = run("postgres", "setup", "postgresql://nowhere.invalid/news/ukraine")
    assert said.code == 0
    assert 'CREATE SCHEMA "ukraine" AUTHORIZATION "news_ukraine_owner";' in said.out
    assert "pg_notify('factledger.ukraine', '')" in said.out
    assert re.search(r"@\w", said.out) is None
    quiet = run("postgres", "setup", "--quiet", "postgresql://nowhere.invalid/news/ukraine")
    assert "pg_notify" not in quiet.out


def test_a_ledger_is_named() -> None:
    """Nothing is set up, followed or accepted where no ledger is named; it may be named before."""
    said = run("postgres", "setup")
    assert (said.code, "Missing argument 'postgresql://" in said.err) == (2, True)
    assert run("-l", "postgresql://nowhere.invalid/news/ukraine", "postgres", "setup").code == 0


def test_a_ledger_on_a_server_takes_every_command(server: Server, home: Path) -> None:
    """Laid out, filled, asked, verified, exported, copied back: the address stands for a path."""
    address = server.address("kept", "postgres")
    said = run("postgres", "setup", "--apply", address)
    roles = "test_kept_owner, test_kept_writer, test_kept_reader"
    assert (said.out, said.err) == (f"laid out {address}, roles {roles}\n", "")
    assert run("postgres", "setup", "--apply", address).code == 1
    said = run("asof", "2023-04-01", "-l", address)
    assert (said.code, said.err) == (
        1,
        f"{address}:1: not a ledger: a ledger without its first record; "
        "'factledger init' makes a new one\n",
    )
    assert run("copy", DEMO, address).code == 0
    for words in (
        ["asof", "2023-04-01"],
        ["verify"],
        ["export"],
        ["log"],
        ["why", "31"],
        ["check"],
    ):
        there, here = run(*words, "-l", address), run(*words, "-l", DEMO)
        assert (there.code, there.out) == (here.code, here.out.replace(DEMO, address))
    assert run("verify", "--index", "-l", address).code == 0
    assert run("append", "-", "-l", address, stdin=ONE_MORE).code == 0
    assert run("copy", address, str(home / "back")).code == 0
    assert run("export", "-l", str(home / "back")).out == run("export", "-l", address).out
    assert "entries indexed" in run("reindex", "-l", address).out


def test_init_makes_a_ledger_where_one_is_laid_out(server: Server, home: Path) -> None:
    """The origin is the name of the ledger; what is not laid out is told what lays it out."""
    address = server.laid_out()
    assert run("init", address).out == f"made {address}, with entry #1\n"
    header = Ledger.open(address).header
    assert header is not None
    assert header.origin == postgres_address(address).ledger
    said = run("init", address)
    assert (said.code, "a ledger is there already" in said.err) == (1, True)
    said = run("init", server.address("nowhere"))
    assert said.code == 1
    assert "not found; 'factledger postgres setup' lays it out" in said.err
    assert run("log", "-l", server.address("nowhere")).code == 2


def test_follow_tells_of_what_comes(server: Server, home: Path) -> None:
    """Whoever follows sees the next append at once, and the copy has it."""
    address = server.laid_out()
    ledger = Ledger.create(address, origin="o")
    command = [sys.executable, "-m", "factledger", "postgres", "follow", address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1) as follower:
        assert follower.stdout is not None
        assert follower.stdout.readline() == f"1 entry, head {ledger.head}\n"
        channel = postgres_address(address).channel
        with server.connection() as connection:
            connection.execute(f'NOTIFY "{channel}"'.encode())
        time.sleep(0.3)  # it looks, and finds nothing
        ledger.append({"kind": "actor", "id": "X", "category": "group", "names": ["X"]})
        assert follower.stdout.readline() == f"#2-#2, head {ledger.head}\n"
        follower.send_signal(signal.SIGINT)
    assert follower.returncode == 130


def test_a_log_that_lost_its_head_is_refused_until_both_heads_are_named(
    server: Server, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a backup was put back, every command says so, and `accept` goes on."""
    address = server.laid_out()
    with Ledger.create(address, origin="o") as ledger:
        seen = ledger.append({"kind": "actor", "id": "X", "category": "group", "names": ["X"]})[
            0
        ].hash
    place = postgres_address(address)
    with server.connection() as connection:
        connection.execute(f"ALTER TABLE {place.schema}.line DISABLE TRIGGER ALL".encode())
        connection.execute(f"DELETE FROM {place.schema}.line WHERE seq = 2".encode())
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_STATE_HOME", str(home / "other"))
        elsewhere.setenv("XDG_CACHE_HOME", str(home / "other"))
        found = Ledger.open(address).head
    wanted = f"entry 2 was seen with hash {seen}, and is not there; the log ends at entry 1, hash {found}"
    for words in (["log"], ["verify"], ["append", "-"]):
        said = run(*words, "-l", address, stdin=ONE_MORE)
        assert (said.code, wanted in said.err) == (1, True)
    accept = ["postgres", "accept", address]
    assert run(*accept).code == 2
    said = run(*accept, "--seen", found, "--found", found)
    assert (said.code, f"has seen the head {seen}, not" in said.err) == (1, True)
    said = run(*accept, "--seen", seen, "--found", seen)
    assert (said.code, "the log ends at entry 1 with hash" in said.err) == (1, True)
    said = run(*accept, "--seen", seen, "--found", found)
    assert said.out == f"goes on at entry 1, head {found}\n"
    assert run("verify", "-l", address).code == 0
