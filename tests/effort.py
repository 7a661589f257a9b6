"""How much the tests try: little each time, much where FACTLEDGER_LONG=1 asks for it."""

from __future__ import annotations

import os

from hypothesis import settings

LONG = os.environ.get("FACTLEDGER_LONG") == "1"

# Of properties whose every example is a ledger or several, a quarter of the examples. All are tried
# in a long run, and on mutants (`tests/mutation`), which are not to survive for want of one.
few_examples = (
    settings(max_examples=12) if settings.get_current_profile_name() == "default" else settings()
)
