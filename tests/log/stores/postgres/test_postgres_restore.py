"""A server that is put back to an earlier moment, as the page about servers tells it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cli_tools import run
from factledger import HeadLost, Ledger
from postgres_server import Server, running_server

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "share-a-ledger-on-a-server.md"


def actor(name: str) -> dict[str, object]:
    """Return the record of an actor."""
    return {"kind": "actor", "id": name, "category": "group", "names": [name]}


def as_server(server: Server, *words: str) -> None:
    """Run a program as the user who runs the server."""
    subprocess.run([*server.as_user(), *words], check=True, capture_output=True, cwd=server.folder)


def test_a_restore_to_a_named_point_is_refused_until_it_is_accepted(home: Path) -> None:
    """Base backup, named point, disaster, restore: clients refuse, both heads are named, it goes on.

    What was lost is still in the copy of each machine, and goes back where it was.
    """
    with running_server() as server:
        archive = server.folder / "archive"
        as_server(server, "mkdir", str(archive))
        server.stop()
        settings = ("archive_mode=on", f"archive_command=cp %p {archive}/%f")
        server.start(*settings)
        address = server.laid_out()
        with Ledger.create(address, origin="o") as ledger:
            ledger.append(actor("A"))
            kept = ledger.head
        backup = str(server.folder / "backup")
        program = str(server.programs / "pg_basebackup")
        as_server(
            server, program, "-h", str(server.folder), "-U", "postgres", "-D", backup, "-c", "fast"
        )
        with server.connection() as connection:
            connection.execute("SELECT pg_create_restore_point('checkpoint_2')")
        with Ledger.open(address) as ledger:
            ledger.append(actor("B"))
            lost = ledger.head
        with server.connection() as connection:
            connection.execute("SELECT pg_switch_wal()")
        server.stop()
        shutil.rmtree(server.data)
        as_server(server, "mv", backup, str(server.data))
        as_server(server, "touch", str(server.data / "recovery.signal"))
        server.start(
            f"restore_command=cp {archive}/%f %p",
            "recovery_target_name=checkpoint_2",
            "recovery_target_action=promote",
        )
        with pytest.raises(HeadLost) as refused:
            Ledger.open(address)
        assert (refused.value.seen, refused.value.found) == ((3, lost), (2, kept))
        saved = str(home / "saved.db")
        shutil.copy(next((home / "cache" / "factledger").glob("*.db")), saved)
        said = run("postgres", "accept", address, "--seen", lost, "--found", kept)
        assert (said.code, said.err) == (0, "")
        with Ledger.open(address) as ledger:
            assert (len(ledger), ledger.verify()) == (2, ())
        assert run("copy", saved, address).code == 0
        with Ledger.open(address) as ledger:
            assert (len(ledger), ledger.head, ledger.verify()) == (3, lost, ())


def test_the_page_names_what_is_played_through() -> None:
    """The commands of the restore on the page are those of the test above."""
    text = PAGE.read_text(encoding="utf-8")
    for word in (
        "pg_basebackup", "pg_create_restore_point", "recovery.signal", "recovery_target_name",
        "restore_command", "archive_command", "factledger postgres accept", "--seen", "--found",
    ):  # fmt: skip
        assert re.search(rf"(?<!\w){re.escape(word)}", text), word
