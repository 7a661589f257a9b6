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

from factledger import (
    Actor,
    Citation,
    Close,
    Correct,
    Corroborate,
    Dispute,
    Event,
    Identify,
    Inferred,
    Ledger,
    Note,
    Participant,
    Redact,
    Retract,
    Source,
    State,
    Tally,
    Type,
    Withdraw,
)  # fmt: skip
from factledger.cli.group import cli
from factledger.cli.outcome import OUR_FAULT, TRACEBACK

AT = datetime(2024, 12, 1, 9, tzinfo=UTC)
# Before 8.2 click mixed the two outputs unless it was told not to.
SEPARATE: dict[str, Any] = {"mix_stderr": False} if version("click") < "8.2" else {}
ROOT = Path(__file__).resolve().parent.parent
DEMO = str(ROOT / "ledgers/japan-ukraine")
ONE_MORE = b'{"kind": "actor", "id": "X", "category": "group", "names": ["X"]}'

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
    plain = {
        "FACTLEDGER": None,
        "NO_COLOR": None,
        "FORCE_COLOR": None,
        "TERM": None,
        TRACEBACK: "1",
    }
    result = CliRunner(**SEPARATE).invoke(
        cli, words, prog_name="factledger", input=stdin, env={**plain, **(env or {})}
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code != OUR_FAULT, result.stderr
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


def busy_ledger(folder: Path) -> Ledger:
    """Return a ledger that holds a record of every kind."""
    ledger = small_ledger(folder)
    cited = [Citation(source="letter", locator="l. 1")]
    visit = ledger.entry(9).record
    assert isinstance(visit, Event)
    ledger.append(
        Source(id="letter", title="A letter"),
        Type(id="treaty-talk", shape="event", sentence="{actor} spoke of a treaty"),
        Type(id="bare-talk", shape="event"),
        Correct(
            target=9,
            reason="misdated",
            record=Event(
                type="CONSULT",
                mode="visit",
                label="visit",
                when="2023-03-22",
                participants=visit.participants,
                citations=cited,
                inferred=[
                    Inferred(field="when", reason="from the day before", as_said="yesterday")
                ],
            ),
        ),
        Close(target=10, until="2024", citations=cited),
        Corroborate(target=16, citations=cited, note="in other words"),
        Dispute(target=16, citations=cited),
        Identify(actors=["JPN", "RUS"], verdict="different", reason="two countries"),
        Identify(claims=[16, 12], verdict="unsure", reason="told together"),
        Note(text="No claim: a rhetorical question", citations=cited),
        Retract(target=11, reason="counted twice"),
        Withdraw(source="letter", reason="forged"),
        Redact(target=11, reason="asked for by the person", authority="court order"),
    )
    return ledger


def told_ledger(folder: Path) -> Ledger:
    """Return the small ledger with a correction, a dispute, a retraction, a withdrawal, an erasure.

    #13 is a letter, #14 corrects the visit, #15 disputes the office, #16 is a relationship, #17
    takes the calls back, #18 withdraws the gazette, #19 erases #12.
    """
    ledger = small_ledger(folder)
    page = [Citation(source="letter", locator="l. 1")]
    visit = Event(
        type="CONSULT",
        mode="visit",
        when="2023-03-22",
        participants=[
            Participant(role="actor", actor="JPN"),
            Participant(role="recipient", actor="UKR"),
        ],
        citations=page,
    )
    relationship = State(
        type="relationship-level",
        value="partnership",
        since="2022",
        until="..",
        participants=[Participant(role="party", actor=name) for name in ("JPN", "UKR")],
        citations=page,
    )
    ledger.append(
        Source(id="letter", title="A letter", published="2024-11-20"),
        Correct(target=9, reason="misdated", record=visit, note="the day after"),
        Dispute(target=10, citations=page),
        relationship,
        Retract(target=11, reason="counted twice"),
    )
    ledger.append(Withdraw(source="gazette", reason="printed in error"))
    ledger.redact(12, reason="asked for", authority="the editor")
    return ledger


def output_of(ledger: Ledger, *words: str) -> str:
    """Return what a command says of a ledger, in which nothing goes wrong."""
    found = run(*words, "-l", ledger.address)
    assert (found.code, found.err) == (0, "")
    return found.out


def finished(*words: str, **options: object) -> tuple[int, str, str]:
    """Return the code and the two outputs of a process that ran to its end."""
    with process(*words, **options) as running:
        out, err = running.communicate(timeout=60)
    return running.returncode, (out or b"").decode(), (err or b"").decode()
