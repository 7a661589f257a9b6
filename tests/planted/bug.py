"""A bug that is planted: what it does, what it is like, and the laws that find it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import attrs

PROJECTS = {
    "XTDB": "xtdb/xtdb",
    "Datahike": "replikativ/datahike",
    "Cozo": "cozodb/cozo",
    "Graphiti": "getzep/graphiti",
    "Rails Event Store": "RailsEventStore/rails_event_store",
    "eventsourcing": "pyeventsourcing/eventsourcing",
    "OpenSanctions": "opensanctions/opensanctions",
}


@attrs.frozen
class Bug:
    """A bug: names of the product and what is put in their place while a test runs.

    `like` names a public issue of another system that has its shape, "" for one of our own;
    `laws` are the laws that find it within few ledgers.
    """

    does: str
    like: str
    laws: tuple[str, ...]
    patches: Mapping[str, Any]

    def __str__(self) -> str:
        return self.does

    @property
    def link(self) -> str:
        """Return a link to the issue that it is like, a dash for none."""
        if "#" not in self.like:
            return self.like or "–"
        project, _, number = self.like.partition(" #")
        return f"[{self.like}](https://github.com/{PROJECTS[project]}/issues/{number})"


def original(place: str) -> Any:
    """Return what stands at a place of the product, such as `factledger.status.belief.Belief.live`."""
    parts = place.split(".")
    for size in range(len(parts) - 1, 0, -1):
        try:
            found: Any = import_module(".".join(parts[:size]))
        except ModuleNotFoundError:
            continue
        for name in parts[size:]:
            found = vars(found)[name]
        return found
    raise LookupError(place)


def changed(place: str, change: Callable[..., Any]) -> dict[str, Any]:
    """Return a patch of a function: `change` is given the original, then the arguments."""
    whole = original(place)
    return {place: lambda *args, **named: change(whole, *args, **named)}
