"""Numbers in plain digits, as people write them."""

from __future__ import annotations

import re
from typing import Any

import click

_WHOLE = r"-?[0-9]{1,15}"
_DECIMAL = r"-?[0-9]{1,9}(\.[0-9]{1,9})?"


class Whole(click.IntRange):
    """A whole number of at most 15 digits: no `٥`, no `1_0`, no `+5`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number in a text."""
        if isinstance(value, str) and not re.fullmatch(_WHOLE, value):
            self.fail(f"{value!r} is not a whole number; write digits, as in 10", param, ctx)
        return super().convert(value, param, ctx)


class Seconds(click.FloatRange):
    """A number of seconds of at most nine digits: no `nan`, no `inf`, no `1e9`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number in a text."""
        if isinstance(value, str) and not re.fullmatch(_DECIMAL, value):
            self.fail(f"{value!r} is not a number of seconds; write 10 or 0.5", param, ctx)
        return super().convert(value, param, ctx)
