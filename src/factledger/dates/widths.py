"""How wide an approximate date is meant: "10 years" to either side of what it names."""

from __future__ import annotations

import re

DECLARED_WIDTH = re.compile(r"([1-9][0-9]{0,3}) (day|month|year)s?")
WIDTH_FORM = "a width such as '10 years', '6 months' or '5 days'"
