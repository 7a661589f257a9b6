"""The reader of drafts: what it accepts is appended, or refused in our words, place first."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

from cli_tools import GAZETTE, claims, declarations
from factledger import FactledgerError, Ledger, Refused
from factledger.checks.proposals import Proposal
from factledger.intake.drafts import parse_drafts

NOWHERE = Path(__file__).parent / "no-such-folder"


@cache
def ledger() -> Ledger:
    """Return a ledger that holds the small one."""
    made = Ledger.create("memory:", origin="small")
    made.append(*declarations(), *claims(), texts={"gazette": GAZETTE})
    return made


def one(data: bytes) -> None:
    """Read bytes as a draft, and try to append what one in four holds."""
    try:
        found = parse_drafts(data, "draft", NOWHERE)
    except Refused as refused:
        check(refused)
        return
    assert all(proposal.where.startswith("draft") for proposal in found)
    chosen = crc32(data) % 16  # appending takes ten times as long as reading
    if chosen < 4:
        outcome = tried(found)
        assert chosen or tried(found) == outcome
        assert len(ledger()) == 12


def tried(found: list[Proposal]) -> str:
    """Return what comes of appending what a draft holds: numbers, or a refusal in our words."""
    try:
        return str(ledger().try_append(*found, texts={"gazette": GAZETTE}))
    except Refused as refused:
        check(refused)
        return str(refused)
    except FactledgerError as error:
        return str(error)


def check(refused: Refused) -> None:
    """Assert that every problem says where it is."""
    assert refused.problems
    assert all(problem.where.startswith("draft") for problem in refused.problems)
