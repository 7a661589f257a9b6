"""All at once over one ledger: a short part of what `soak.py` does for minutes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from effort import LONG
from faults.machine import environment
from faults.plan import STORES

SECONDS = 10


@pytest.mark.skipif(not LONG, reason="takes its time: only in a long run")
@pytest.mark.parametrize("store", STORES)
def test_soak(store: str, record_property: Callable[[str, object], None]) -> None:
    """Writers, readers, copies, erasures, signatures, a new index and verifications at once lose nothing."""
    script = Path(__file__).with_name("soak.py")
    command = [sys.executable, str(script), "--store", store, "--minutes", str(SECONDS / 60)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    record_property("seconds of all at once", SECONDS)
