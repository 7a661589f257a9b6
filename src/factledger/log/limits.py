"""The limits of the JSON that a line can hold."""

from __future__ import annotations

MAX_INT = 2**53 - 1
"""The largest integer, either way: every reader of JSON has it exactly."""

MAX_DEPTH = 32
"""The most levels of objects and lists."""

MAX_BYTES = 2**20
"""The most bytes of a body."""
