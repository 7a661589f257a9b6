"""How the log writes an instant, as a pattern."""

from __future__ import annotations

import re

INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
"""An instant in UTC with six decimals; not every text that fits is one."""

is_instant = re.compile(INSTANT).fullmatch
