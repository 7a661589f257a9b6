"""Whether a ledger is to blame for a command that failed: its hashes are right, its content is not.

Somebody who forges a log can hash any content, or change the index in a SQLite file. A command that
meets such content fails somewhere deep; then the ledger is looked through here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factledger.errors import FactledgerError, Problem, Refused

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger

FAULTS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
_READING = "factledger.cli.blame.reading"
_ANEW = "; if 'factledger reindex' does not help, restore the file from a copy"


def reading(address: str) -> None:
    """Note which ledger the command reads, in case it cannot be read."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_READING] = address


def blamed(context: click.Context) -> FactledgerError | None:
    """Return the error of the ledger that a command was reading when it failed.

    None for a ledger without fault: then the fault is ours.
    """
    address = context.meta.get(_READING)
    try:
        problem = _problem(address) if address else None
    except FactledgerError as error:
        return error
    return None if problem is None else Refused([problem])


def _problem(address: str) -> Problem | None:
    """Return the first thing that is wrong with the entries of a ledger, or with its file."""
    from factledger.ledger.ledger import Ledger

    advice = "; 'factledger check' tells more" if address.endswith(".jsonl") else _ANEW
    try:
        with Ledger.open(address, behind=True) as ledger:
            first = next(_problems(ledger), None) or _damage(address)
    except FAULTS:
        first = Problem(address, "record-form", "it cannot be made sense of")
    return first and Problem(first.where, first.check, f"{first.message}{advice}")


def _problems(ledger: Ledger) -> Iterator[Problem]:
    """Yield what is wrong with the entries of a ledger, from the first on."""
    from factledger.checks import entry_faults

    for number in range(1, len(ledger) + 1):
        try:
            faults = list(entry_faults(ledger.index, number))
        except FAULTS:
            faults = [("record-form", "what it says cannot be made sense of")]
        where = f"{ledger.address}:{number}"
        yield from (Problem(where, check, message) for check, message in faults)


def _damage(address: str) -> Problem | None:
    """Return what SQLite finds wrong with the file of a ledger whose entries are fit."""
    from factledger.log.stores import open_store
    from factledger.log.stores.base import TableStore

    with open_store(address) as store:
        damage = store.damage("quick_check") if isinstance(store, TableStore) else None
    if damage is None:
        return None
    return Problem(address, "index-agrees", f"SQLite finds {damage!r} in the file")
