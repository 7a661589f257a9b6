"""A command killed at any time: done again, it ends as if nothing had happened, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TypeAlias

import attrs
import pytest

from cli_tools import inside, run, small_ledger
from effort import LONG, some
from factledger import Citation, Event, Ledger, Participant
from factledger.log.stores import open_store
from faults.machine import environment, scratch
from faults.oracle import Broken
from faults.plan import STORES

KILLS = int(os.environ.get("FACTLEDGER_KILLS", "20" if LONG else "1"))
TRIES = 3  # for each kill, at most
CLAIMS = 60
SECRET = "what-nobody-is-to-read"
_MAP = """[ledger]
origin = "rows"
[input]
format = "csv"
[[source]]
id = "roll"
title = "A roll"
[[actor]]
id = "A"
category = "country"
names = ["A"]
[row]
key = "{id}"
recorded = "{at}"
[row.claim]
kind = "state"
type = "aid"
value = "{id}"
participants = [{ role = "actor", actor = "A" }, { role = "recipient", actor = "A" }]
since = "{since}"
"""


@attrs.frozen
class Killed:
    """A command, the stores of the ledgers that it is tried on, and what must be so once it was done again.

    Of the words `LEDGER` is the ledger. `again` are the exit codes that doing it again may have,
    where a part was done before.
    """

    words: str
    stores: tuple[str, ...] = STORES
    again: tuple[int, ...] = (0,)
    judge: Callable[[Path, str, Path], None] = lambda folder, ledger, done: None

    def __str__(self) -> str:
        return self.words.split()[0]

    def line(self, ledger: str) -> list[str]:
        """Return the words of the command over a ledger."""
        return [ledger if word == "LEDGER" else word for word in self.words.split()]


def lines_of(address: Path) -> list[tuple[bytes | None, str]]:
    """Return the bodies and, where they were written by nobody twice, the hashes of a ledger's lines."""
    with open_store(str(address)) as store:
        return [(line.body, line.hash) for line in store.read()]


def erased(folder: Path, ledger: str, done: Path) -> None:
    """Raise Broken where any file still holds what was erased."""
    for path in folder.rglob("*"):
        if path.is_file() and SECRET.encode() in path.read_bytes():
            raise Broken(f"{path.name} still holds what was erased")
    gone = [number for number, (body, _) in enumerate(lines_of(folder / ledger), 1) if body is None]
    if gone != [13]:
        raise Broken(f"erased are {gone}")


def copied(folder: Path, ledger: str, done: Path) -> None:
    """Raise Broken unless both copies hold the lines of the ledger."""
    for name in ("new.jsonl", "new.db"):
        if (folder / name).exists() and lines_of(folder / name) != lines_of(folder / ledger):
            raise Broken(f"{name} is no copy")


def imported(folder: Path, ledger: str, done: Path) -> None:
    """Raise Broken unless the bodies are those of an import that nothing killed."""
    name = "new.jsonl" if (folder / "new.jsonl").exists() else "new.db"
    found, wanted = (
        [{**json.loads(body or b"{}"), "backfilled": ""} for body, _ in lines_of(where / name)]
        for where in (folder, done)
    )
    if found != wanted:
        raise Broken(f"imported {len(found)} entries, and {len(wanted)} were to be")


def written(folder: Path, ledger: str, done: Path) -> None:
    """Raise Broken unless the pages are those that are written where nothing is killed."""
    for path in sorted((done / "pages").rglob("*")):
        if path.is_file() and path.read_bytes() != (folder / path.relative_to(done)).read_bytes():
            raise Broken(f"{path.relative_to(done)} differs")


COMMANDS = (
    Killed(
        "redact 13 --reason r --authority a --yes --leave-traces -l LEDGER",
        again=(0, 1),
        judge=erased,
    ),
    Killed("reindex -l LEDGER", ("sqlite",)),
    Killed("copy LEDGER new.jsonl", judge=copied),
    Killed("copy LEDGER new.db", judge=copied),
    Killed("checkpoint --key my.key -l LEDGER"),
    Killed("site pages -l LEDGER", again=(0, 1), judge=written),
    Killed("import -m map.toml rows.csv -l new.jsonl", ("jsonl",), judge=imported),
    Killed("import -m map.toml rows.csv -l new.db", ("sqlite",), judge=imported),
)
ROWS = [pytest.param(c, s, id=f"{c}-{i}-{s}") for i, c in enumerate(COMMANDS) for s in c.stores]
NAMES = {"jsonl": "ledger.jsonl", "sqlite": "ledger.db"}


def lay(folder: Path, store: str) -> None:
    """Lay out the folder as it is before a command: a ledger, a key, and rows to import."""
    small_ledger(folder).close()
    who = [Participant(role="actor", actor="JPN"), Participant(role="recipient", actor="UKR")]
    with Ledger.open(folder) as ledger:
        ledger.append(
            *(
                Event(
                    type="CONSULT", when="2024", participants=who, text=f"{i or SECRET}",
                    citations=[Citation(source="gazette", locator=f"l. {i}")],
                )
                for i in range(CLAIMS)
            )
        )  # fmt: skip
    rows = (f"{i},{2000 + i % 20},2026-01-{i % 28 + 1:02d}T00:00:00Z" for i in range(CLAIMS))
    (folder / "rows.csv").write_text("\n".join(["id,since,at", *sorted(rows, key=_at), ""]))
    (folder / "map.toml").write_text(_MAP)
    with inside(folder):
        if store == "sqlite":
            assert run("copy", "ledger.jsonl", "ledger.db").code == 0
            for path in folder.glob("ledger.jsonl*"):
                path.unlink()
        assert run("key", "my.key", "-l", NAMES[store]).code == 0


def _at(row: str) -> str:
    return row.rsplit(",", 1)[1]


Act: TypeAlias = Callable[..., tuple[int, float]]


@contextmanager
def killer() -> Iterator[Act]:
    """Give a function that carries out a command in a folder, and kills it after some seconds."""
    command = [sys.executable, "-m", "faults.killing"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment(), **pipes) as mother:  # type: ignore[call-overload]

        def act(
            folder: Path, seconds: float | None, words: Sequence[str], **limits: int
        ) -> tuple[int, float]:
            mother.stdin.write(json.dumps([str(folder), seconds, list(words), limits]) + "\n")
            mother.stdin.flush()
            code, lasted = json.loads(mother.stdout.readline())
            return code, lasted

        yield act
        mother.stdin.close()


def kill_at_random(command: Killed, store: str, kills: int) -> int:
    """Kill a command at times that are drawn, do it again, and judge; return how often it was killed.

    Where the time that is drawn is longer than the command takes, it ends by itself, and is tried anew.
    """
    ledger, random, killed = NAMES[store], Random(str(command) + store), 0
    with scratch() as above, killer() as act:
        start, done, folder = above / "start", above / "done", above / "folder"
        lay(start, store)
        shutil.copytree(start, done)
        lasted = max(_whole(act, above, start, done, command.line(ledger)) for _ in range(3))
        names = _names(done)
        for _ in range(TRIES * kills):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(start, folder)
            code, _ = act(folder, random.random() * lasted, command.line(ledger))
            killed += code == -9
            with inside(folder):
                again = run(*command.line(ledger))
            if again.code not in command.again:
                raise Broken(f"done again it ended with {again.code}: {again.out}{again.err}")
            _judge(folder, command, ledger, done, names)
            if killed == kills:
                break
    return killed


def _whole(act: Act, above: Path, start: Path, done: Path, words: list[str]) -> float:
    """Carry a command out to its end, from the start, and return how long it lasted."""
    shutil.rmtree(done)
    shutil.copytree(start, done)
    code, lasted = act(done, None, words)
    assert code == 0, (above / "said").read_text()
    return lasted


def _judge(folder: Path, command: Killed, ledger: str, done: Path, names: set[str]) -> None:
    ledgers = [name for name in (ledger, "new.jsonl", "new.db") if (folder / name).exists()]
    for name in ledgers:
        with inside(folder):
            said = run("verify", "-l", name, *(["--index"] if name.endswith("db") else []))
        if said.code != 0:
            raise Broken(f"{name} does not verify: {said.out}{said.err}")
    if left := _names(folder) - names:
        raise Broken(f"left behind: {left}")
    command.judge(folder, ledger, done)


def _names(folder: Path) -> set[str]:
    """Return what is in a folder, but for the remains of appends, which are never deleted."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if not path.name.startswith("torn-")
    }


@pytest.mark.parametrize(("command", "store"), some(ROWS, 4))
def test_killed_commands(
    command: Killed, store: str, record_property: Callable[[str, object], None]
) -> None:
    """Killed at any time and done again, a command ends whole, its ledgers verify, and nothing is left behind."""
    record_property("kills of commands", kill_at_random(command, store, KILLS))
