"""A path that somebody named on the command line."""

from __future__ import annotations

import os
from typing import Any

import click


class NamedPath(click.Path):
    """A path of at least one letter: `-l "$FILE"` with nothing in FILE means no folder, not this one."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Return the path; an empty one is refused."""
        if os.fspath(value) == "":
            self.fail("'' is no path; name a file or folder, '.' for this folder", param, ctx)
        return super().convert(value, param, ctx)
