"""A bug that is planted: what it does, what it is like, and the laws that find it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
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

    def plant(self, set_: Callable[[str, Any], None]) -> set[str]:
        """Put the bug into the product, and return the places that have run: a set that grows.

        Raises LookupError for a place that is not there, or is inherited from another.
        """
        ran: set[str] = set()
        for place, planted in self.patches.items():
            original(place)
            set_(place, _noted(planted, partial(ran.add, place)))
        return ran

    @property
    def link(self) -> str:
        """Return a link to the issue that it is like, a dash for none."""
        if "#" not in self.like:
            return self.like or "–"
        project, _, number = self.like.partition(" #")
        return f"[{self.like}](https://github.com/{PROJECTS[project]}/issues/{number})"


def _noted(planted: Any, note: Callable[[], object]) -> Any:
    """Return what is planted, a function or a property, so that it notes each time that it runs."""
    if isinstance(planted, property):
        return property(_noted(planted.fget, note))

    @wraps(planted)
    def noted(*args: Any, **named: Any) -> Any:
        note()
        return planted(*args, **named)

    return noted


def original(place: str) -> Any:
    """Return what stands at a place of the product, such as `factledger.status.belief.Belief.live`.

    Raises LookupError where nothing does, or only what is inherited.
    """
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
