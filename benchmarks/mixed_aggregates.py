"""The rival of `mixed_load`: an application of eventsourcing with an aggregate a pair of countries."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate, event


class Pair(Aggregate):
    """The claims between two countries, in the order in which they came."""

    @event("Started")
    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[tuple[str, str, str]] = []

    @staticmethod
    def create_id(name: str) -> UUID:
        """Return the id that belongs to the two names."""
        return uuid5(NAMESPACE_URL, name)

    @event("Claimed")
    def claim(self, kind: str, day: str, text: str, label: str, source: str, locator: str) -> None:
        """Take in a claim with what it says and where it was said."""
        self.rows.append((kind, day, text))


def opened(settings: dict[str, str]) -> Application[UUID]:
    """Return the application with these settings."""
    return Application(env=settings)


def changed(application: Application[UUID], batch: list[Any]) -> list[Pair]:
    """Return the pairs of a batch of claims, with these taken in."""
    found: dict[str, Pair] = {}
    for claim in batch:
        name = "|".join(sorted(p.actor for p in claim.participants))
        pair = found.get(name)
        if pair is None:
            try:
                pair = application.repository.get(Pair.create_id(name))
            except AggregateNotFoundError:
                pair = Pair(name)
            found[name] = pair
        day = str(getattr(claim, "when", None) or claim.since)
        cited = claim.citations[0]
        pair.claim(claim.type, day, claim.text, claim.label, cited.source, cited.locator)
    return [*found.values()]
