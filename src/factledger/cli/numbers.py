"""Numbers on the command line, in ASCII digits: `int` and `float` take much that nobody means."""

from __future__ import annotations

import re
from typing import Any

import click

_is_whole = re.compile(r"-?[0-9]{1,15}").fullmatch
_is_decimal = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?").fullmatch


class Whole(click.IntRange):
    """A whole number of at most 15 digits: no `٥`, no `1_0`, no `+5`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number that a text writes."""
        if isinstance(value, str) and not _is_whole(value):
            self.fail(f"{value!r} is not a whole number; write digits, as in 10", param, ctx)
        return super().convert(value, param, ctx)


class Seconds(click.FloatRange):
    """A number of seconds of at most nine digits: no `nan`, no `inf`, no `1e9`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number that a text writes."""
        if isinstance(value, str) and not _is_decimal(value):
            self.fail(f"{value!r} is not a number of seconds; write 10 or 0.5", param, ctx)
        return super().convert(value, param, ctx)
