"""What must be so after any fault: the promise, and how it is found broken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from factledger.errors import LogError, NotALedger, NotFound
from factledger.log.lines import Line
from factledger.log.stores import open_store
from faults.plan import ENDS, WANTED, Case, read_files


class Broken(AssertionError):
    """A promise that was not kept."""


def acknowledged(told: Sequence[str], held: int = 0) -> int:
    """Return how many lines were acknowledged, those held before among them."""
    return max([held, *(int(word.split()[1]) for word in told if word.startswith("done"))])


def refused_last(told: Sequence[str]) -> bool:
    """Whether the last thing told was that nothing was written, and all before it was certain."""
    certain = not any(word.startswith("unknown") for word in told)
    return certain and bool(told) and told[-1].startswith("refused")


def judge(case: Case, root: Path, told: Sequence[str], *, may_refuse: bool = False) -> bool:
    """Return whether the ledger opened; raise Broken unless all that was promised is so.

    What was acknowledged is there byte for byte; what is there besides is a whole batch, and
    nothing after a refusal; the operation can be done again, to its end. Only where that is
    allowed may a ledger refuse to open, or to be made anew, and then it is left as it is.
    """
    sure, before = acknowledged(told, case.held), read_files(root)
    try:
        lines, torn = _found(case.address(root))
    except LogError as error:
        if read_files(root) != before:
            raise Broken(f"refused, and yet touched: {error}") from error
        if may_refuse:
            return False
        raise Broken(f"{sure} lines were acknowledged, and it does not open: {error}") from error
    _judge_lines(lines, sure)
    _judge_told(case, told)
    if refused_last(told) and (len(lines) != sure or (torn and not case.unfinished)):
        raise Broken(f"refused after {sure} lines, and there are {len(lines)}, or a part of one")
    try:
        _judge_going_on(case, root)
    except Broken:
        if may_refuse and not lines and not sure:
            return False
        raise
    return True


def _found(address: str) -> tuple[list[Line], bool]:
    """Return the lines of a ledger, and whether a part of an append stands behind them."""
    try:
        with open_store(address) as store:
            return list(store.read()), store.torn is not None
    except (NotFound, NotALedger):
        return [], False


def _judge_told(case: Case, told: Sequence[str]) -> None:
    """Raise Broken if a batch was acknowledged, and then found missing and written again."""
    done = [int(word.split()[1]) for word in told if word.startswith("done")]
    if case.operation != "copy" and done != sorted({*done}):
        raise Broken(f"acknowledged twice: {done}")


def _judge_lines(lines: Sequence[Line], sure: int) -> None:
    if list(lines) != WANTED[: len(lines)]:
        raise Broken("a line is not what was written")
    if len(lines) < sure:
        raise Broken(f"{sure} lines were acknowledged, {len(lines)} are there")
    if len(lines) not in ENDS:
        raise Broken(f"half a batch: {len(lines)} lines")


def _judge_going_on(case: Case, root: Path) -> None:
    """Raise Broken unless what is left of the plan can be done now, and reads back."""
    told: list[str] = []
    case.run(root, told.append)
    if not all(word.startswith("done") for word in told):
        raise Broken(f"it does not go on: {told}")
    if (lines := _found(case.address(root))[0]) != WANTED:
        raise Broken(f"went on, and {len(lines)} lines read back")
    left = read_files(root)
    aside = [data for name, data in left.items() if "torn-" in name and not name.endswith(".part")]
    if case.unfinished and case.unfinished not in aside:
        raise Broken("the remains of an unfinished append are gone")
