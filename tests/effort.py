"""How much the tests try: little each time, much where FACTLEDGER_LONG=1 asks for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

LONG = os.environ.get("FACTLEDGER_LONG") == "1"
ALL_ROWS = LONG or os.environ.get("FACTLEDGER_ALL_ROWS") == "1"

Row = TypeVar("Row")


def some(rows: Sequence[Row], step: int, first: int = 0) -> Sequence[Row]:
    """Return every `step`-th of the rows of a table, from one on; in a long run all of them.

    FACTLEDGER_ALL_ROWS=1 asks for all rows alone, each as quick as in a short run.
    """
    return rows if ALL_ROWS else rows[first::step]


_EXAMPLES = {"quick": (5, 15), "all rows": (9, 30)}.get(settings.get_current_profile_name() or "")

# Of properties whose every example is a ledger or several, a sixth of the examples or so; of those that
# hold the rules against a second evaluator, more than half. All are tried in a long run, and on
# mutants (`tests/mutation`), which are not to survive for want of one.
few_examples = settings(max_examples=_EXAMPLES[0]) if _EXAMPLES else settings()
some_examples = settings(max_examples=_EXAMPLES[1]) if _EXAMPLES else settings()
