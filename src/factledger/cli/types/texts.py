"""A name that somebody gave on the command line."""

from __future__ import annotations

from typing import Any

import click


class GivenName(click.types.StringParamType):
    """A text of at least one letter: `--host "$HOST"` with nothing in HOST names nothing, and not all."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the text; an empty one is refused."""
        if not str(value).strip():
            self.fail(f"{value!r} is empty; name something, or leave the option out", param, ctx)
        return super().convert(value, param, ctx)
