"""The reader of drafts: what it accepts is appended, or refused in our words, place first."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cli_tools import GAZETTE, claims, declarations
from factledger import FactledgerError, Ledger, Refused
from factledger.drafts import parse_drafts

NOWHERE = Path(__file__).parent / "no-such-folder"


@cache
def ledger() -> Ledger:
    """Return a ledger that holds the small one."""
    made = Ledger.create("memory:", origin="small")
    made.append(*declarations(), *claims(), texts={"gazette": GAZETTE})
    return made


def one(data: bytes) -> None:
    """Read bytes as a draft, and try to append what it holds, twice with the same outcome."""
    try:
        found = parse_drafts(data, "draft", NOWHERE)
    except Refused as refused:
        check(refused)
        return
    assert all(proposal.where.startswith("draft") for proposal in found)
    outcomes = []
    for _ in range(2):
        try:
            outcomes.append(str(ledger().try_append(*found, texts={"gazette": GAZETTE})))
        except Refused as refused:
            check(refused)
            outcomes.append(str(refused))
        except FactledgerError as error:
            outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]
    assert len(ledger()) == 12


def check(refused: Refused) -> None:
    """Assert that every problem says where it is."""
    assert refused.problems
    assert all(problem.where.startswith("draft") for problem in refused.problems)
