"""How many examples Hypothesis tries (set FACTLEDGER_LONG=1 for many), and that Ctrl-C is heard.

And what is said at the end of the faults that were tried.
"""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
# Where CI runs, the same examples are tried each time: a red run is about the change.
_SAME = os.environ.get("CI") == "true"

for name, examples in (("default", 50), ("long", 300)):
    settings.register_profile(
        name,
        deadline=None,
        max_examples=examples,
        derandomize=_SAME,
        suppress_health_check=_SLOW,
    )
settings.load_profile("long" if os.environ.get("FACTLEDGER_LONG") == "1" else "default")

# A shell starts what it puts into the background deaf to Ctrl-C, and so would be the commands
# that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which faults were tried, and which could not be."""
    from faults.summary import summary

    stats = terminalreporter.stats
    ran = [*stats.get("passed", []), *stats.get("failed", [])]
    for line in summary(ran, stats.get("skipped", [])):
        terminalreporter.write_line(line)
