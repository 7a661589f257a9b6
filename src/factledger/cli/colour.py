"""Whether to colour: colour only ever repeats what the words say."""

from __future__ import annotations

from collections.abc import Mapping


def wanted(environ: Mapping[str, str]) -> bool | None:
    """Return whether the environment asks for colour or forbids it; None leaves it to the output.

    `FORCE_COLOR` goes before `NO_COLOR`; both count when they are not empty. A dumb terminal
    gets none.

    >>> wanted({"NO_COLOR": "1"}), wanted({"NO_COLOR": ""}), wanted({"FORCE_COLOR": "1"})
    (False, None, True)
    """
    if environ.get("FORCE_COLOR"):
        return True
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return None
