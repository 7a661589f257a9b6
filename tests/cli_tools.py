"""Tools for tests of the command line: a small ledger, and what a command says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs
from click.testing import CliRunner

from factledger import Actor, Citation, Event, Ledger, Participant, Source, State, Tally
from factledger.cli.group import cli

AT = datetime(2024, 12, 1, 9, tzinfo=UTC)
# Before 8.2 click mixed the two outputs unless it was told not to.
SEPARATE: dict[str, Any] = {"mix_stderr": False} if version("click") < "8.2" else {}
ROOT = Path(__file__).resolve().parent.parent

# Written for these tests; nobody published it.
GAZETTE = (
    "The Prime Minister of Japan visited Kyiv on 21 March 2023. It was not a long visit. "
    "Two envoys met in Vienna. Two envoys met in Geneva. "
    "The minister called Kyiv last month. Japan did not lift its sanctions on Russia. "
    "The leaders telephoned seven times between 2022 and 2024. "
    "Ito Aiko is the Foreign Minister of Japan.\n"
)


@attrs.frozen
class Said:
    """What a command wrote, and the code with which it ended."""

    code: int
    out: str
    err: str


def run(*words: str, stdin: bytes | None = None, env: dict[str, str | None] | None = None) -> Said:
    """Return what the command line says to these words, run in this process."""
    plain = {"FACTLEDGER": None, "NO_COLOR": None, "FORCE_COLOR": None, "TERM": None}
    result = CliRunner(**SEPARATE).invoke(
        cli, words, prog_name="factledger", input=stdin, env={**plain, **(env or {})}
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


def process(*words: str, **options: object) -> subprocess.Popen[bytes]:
    """Return a process of its own that runs the command line."""
    kept = {n: v for n, v in os.environ.items() if n not in ("FACTLEDGER", "COLUMNS")}
    given: dict[str, object] = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "env": kept,
        **options,
    }
    return subprocess.Popen([sys.executable, "-m", "factledger", *words], **given)  # type: ignore[call-overload,no-any-return]


@contextmanager
def inside(folder: Path) -> Iterator[Path]:
    """Go to a folder for a while."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(before)


def entropy(count: int) -> bytes:
    """Return salts that are always the same: these ledgers hold no secrets."""
    return bytes(range(count))


def small_ledger(folder: Path) -> Ledger:
    """Return a ledger in a folder, beside the text of its source: `gazette.txt`.

    #2 is the source, #3 to #8 are actors, #9 a visit, #10 an office, #11 a tally of calls, #12
    sanctions that begin with the event.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gazette.txt").write_bytes(GAZETTE.encode())
    ledger = Ledger.create(
        folder, origin="small", title="A small ledger", clock=lambda: AT, entropy=entropy
    )
    ledger.append(*declarations(), *claims(), texts={"gazette": GAZETTE})
    return ledger


def declarations() -> Sequence[Source | Actor]:
    """Return the source and the actors of the small ledger."""
    return (
        Source(id="gazette", title="Two capitals", publisher="The Gazette", published="2024-11"),
        Actor(id="JPN", category="country", names=["Japan"], iso3166="JPN"),
        Actor(id="UKR", category="country", names=["Ukraine"], iso3166="UKR"),
        Actor(id="RUS", category="country", names=["Russia"], iso3166="RUS"),
        Actor(id="jpn-prime-minister", category="post", names=["Prime Minister of Japan"], of="JPN"),
        Actor(id="jpn-foreign-minister", category="post", names=["Foreign Minister of Japan"], of="JPN"),
        Actor(id="ito-aiko", category="person", names=["Ito Aiko"]),
    )  # fmt: skip


def claims() -> Sequence[Event | State | Tally]:
    """Return the claims of the small ledger."""
    from factledger import Count

    return (
        Event(
            type="CONSULT",
            mode="visit",
            label="visit",
            when="2023-03-21",
            participants=[
                Participant(role="actor", actor="jpn-prime-minister", of="JPN"),
                Participant(role="recipient", actor="UKR"),
            ],
            citations=[
                Citation(source="gazette", quote="visited Kyiv on 21 March 2023"),
            ],
        ),
        State(
            type="office",
            label="minister",
            since="",
            until="..",
            participants=[
                Participant(role="holder", actor="ito-aiko"),
                Participant(role="post", actor="jpn-foreign-minister"),
            ],
            citations=[
                Citation(source="gazette", quote="Ito Aiko is the Foreign Minister of Japan")
            ],
        ),
        Tally(
            type="CONSULT",
            mode="phone",
            label="calls",
            count=Count(lower=7, upper=7),
            since="2022",
            until="2024",
            participants=[
                Participant(role="actor", actor="JPN"),
                Participant(role="recipient", actor="UKR"),
            ],
            citations=[
                Citation(source="gazette", quote="telephoned seven times between 2022 and 2024")
            ],
        ),
        Event(
            type="SANCTION",
            label="sanctions",
            when="[2014,2022]",
            participants=[
                Participant(role="actor", actor="JPN"),
                Participant(role="recipient", actor="RUS"),
            ],
            citations=[Citation(source="gazette", locator="page 2")],
        ),
    )
