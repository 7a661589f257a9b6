"""A ledger that no command can read: its hashes are right, and what it says makes no sense.

Who forges a log can hash anything, and whoever changes a SQLite file its index. A command that
runs into such a thing fails somewhere deep; here it is asked whether the ledger is to blame.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from factledger.errors import FactledgerError, Problem, Refused

FAULTS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
_READING = "factledger.ledger"
_ANEW = "; if 'factledger reindex' does not help, restore the file from a copy"


def reading(address: str) -> None:
    """Note which ledger the command reads, for the case that it cannot be read."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_READING] = address


def blamed(context: click.Context) -> FactledgerError | None:
    """Return the error of the ledger that a command was reading when it failed; None for a fit one.

    None means that the fault is ours.
    """
    address = context.meta.get(_READING)
    try:
        problem = next(_problems(address), None) if address else None
    except FactledgerError as error:
        return error
    return None if problem is None else Refused([problem])


def _problems(address: str) -> Iterator[Problem]:
    """Yield what is wrong with the entries of a ledger, from the first on."""
    from factledger.checks import entry_faults
    from factledger.ledger import Ledger

    advice = _ANEW if not address.endswith(".jsonl") else "; 'factledger check' tells more"
    try:
        ledger = Ledger.open(address, behind=True)
    except FAULTS as fault:
        if isinstance(fault, FactledgerError):
            raise
        yield Problem(address, "record-form", f"it cannot be made sense of{advice}")
        return
    with ledger:
        for number in range(1, len(ledger) + 1):
            where = f"{ledger.address}:{number}"
            try:
                faults = list(entry_faults(ledger.index, number))
            except FAULTS:
                faults = [("record-form", "what it says cannot be made sense of")]
            yield from (Problem(where, check, f"{said}{advice}") for check, said in faults)
    yield from _damages(address, advice)


def _damages(address: str, advice: str) -> Iterator[Problem]:
    """Yield what SQLite finds wrong with the file of a ledger whose entries are fit."""
    from factledger.stores import open_store

    with open_store(address) as store:
        damage = store.damage("quick_check") if hasattr(store, "damage") else None
    if damage is not None:
        yield Problem(address, "index-agrees", f"SQLite finds {damage!r} in the file{advice}")
