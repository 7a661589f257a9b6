"""The entries that can bear on a claim at any cut: perhaps more than do at one, never fewer."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

from factledger.caching import cached_property
from factledger.index.bodies import (
    content_of,
    identifiers,
    is_whole,
    keys_of,
    opposes,
    whole_key,
)
from factledger.index.postings import AGAINST
from factledger.records.vocabulary import Key
from factledger.status.groups import joined

if TYPE_CHECKING:
    from factledger.index.base import Index
    from factledger.records.codec import Body
    from factledger.records.declarations import Type
    from factledger.records.plain.who import Who
    from factledger.records.vocabulary import Vocabulary


class Relevance:
    """The entries that can bear on others at any cut, found by the names that they share.

    Where a type was corrected any entry can: by then its claims may have counted under other keys.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._met: set[Hashable] = set()

    def of(self, seeds: Iterable[int], actors: Iterable[str] = ()) -> list[int]:
        """Return the entries that can bear on some entries or on the identity of actors, oldest first."""
        index = self._index
        if any(index.kind(number) == "correct" for number in index.types):
            return list(range(1, len(index) + 1))
        found: set[int] = {*index.types, *index.identities, *index.erasures}
        self._met.clear()
        waiting = [*seeds, *(n for actor in actors for n in self._declaring(actor))]
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                waiting.extend(self._near(number))
        return sorted(found | seen)

    def _near(self, number: int) -> Iterator[int]:
        """Yield the entries that name an entry, those that it names, and those that share a key with it."""
        index = self._index
        yield from index.targeting(number)
        body = index.body(number)
        if body is None:
            return
        yield from (body[name] for name in ("target", "claim") if name in body)
        yield from body.get("claims", ())
        content = content_of(body)
        for place in (body, content):
            for citation in place.get("citations", ()):
                yield from self._sources(citation["source"])
        yield from self._sharing(content)

    def _sharing(self, content: Body) -> Iterator[int]:
        for actor in filter(self._is_new, identifiers(content)):
            yield from self._declaring(actor)
        for key in filter(self._is_new, keys_of(content, self._index.vocabulary)):
            for alike in self.alike(key):
                yield from self._index.keyed(alike)

    def _is_new(self, name: Hashable) -> bool:
        """Return whether a name is met for the first time: what shares it is looked for once."""
        known = name in self._met
        self._met.add(name)
        return not known

    def alike(self, key: Key) -> Iterator[Key]:
        """Yield the key under every name that its actors ever had."""
        state, roles = key
        ways = [
            [(role, tuple(sorted(set(names)))) for names in product(*map(self.names, actors))]
            for role, actors in roles
        ]
        yield from ((state, found) for found in product(*ways))

    def names(self, actor: str) -> list[str]:
        """Return every id that an actor was ever said to have."""
        return sorted(self._groups.get(actor, {actor}))

    @cached_property
    def _groups(self) -> dict[str, set[str]]:
        bodies = (self._index.body(number) for number in self._index.identities)
        pairs = [b["actors"] for b in bodies if b and "actors" in b and b["verdict"] == "same"]
        return {name: group for group in joined(pairs) for name in group}

    def _declaring(self, actor: str) -> Iterator[int]:
        for name in self.names(actor):
            yield from self._index.declarations("actor", name)
            yield from self._index.belonging(name)

    def _sources(self, source: str) -> Iterator[int]:
        """Yield the entries that declare, correct or withdraw a source, and those of its originals."""
        waiting = [source]
        while waiting:
            name = waiting.pop()
            if self._is_new(("source", name)):
                for number in self._index.declarations("source", name):
                    yield number
                    content: Any = self._index.content(number)
                    if content is not None and content.copy_of:
                        waiting.append(content.copy_of)
                yield from self._index.withdrawals(name)

    def standing_for(self, actor: str) -> list[str]:
        """Return every id under which an actor ever took part: its own, and those that belonged to it."""
        own = self.names(actor)
        belonging = (
            content_of(self._index.body(n)) for name in own for n in self._index.belonging(name)
        )
        return list(
            dict.fromkeys([*own, *(body["id"] for body in belonging if body and "id" in body)])
        )


class Meeting:
    """What meets what, at a vocabulary: perhaps more than does at any cut, never less."""

    def __init__(self, index: Index, vocabulary: Vocabulary) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._relevance = Relevance(index)
        self._whole: dict[tuple[str, str, str | None], bool] = {}

    def bears(self, claim: Body, who: Who) -> bool:
        """Return whether others can bear on a claim's body by now, so that its span decides nothing.

        One that tallies or denies meets events of the same actors, and they meet it. `who` takes part.
        """
        if self._only_whole(claim["kind"], claim["type"], claim.get("mode")) and not opposes(claim):
            opposed = not self._index.is_empty(AGAINST)
            return opposed and self._is_opposed(whole_key(claim["type"], who.roles))
        keys = keys_of(claim, self._vocabulary, known=who)
        if not keys:
            return False
        if len(keys) > 1 or not is_whole(keys[0]) or claim["kind"] == "tally" or opposes(claim):
            return True
        kind = self._vocabulary.types.get(claim["type"])
        return _is_measured(kind) or self._is_opposed(keys[0])

    def _only_whole(self, kind: str, type_id: str, mode: str | None) -> bool:
        """Return whether claims of a type that are not denied meet but who opposes all that take part."""
        key = kind, type_id, mode
        if key not in self._whole:
            known = self._vocabulary.types.get(type_id)
            keyed = self._vocabulary.keyed(type_id, mode) or (known is not None and known.once)
            self._whole[key] = kind in ("event", "state") and not keyed and not _is_measured(known)
        return self._whole[key]

    def _is_opposed(self, key: Key) -> bool:
        """Return whether a claim opposes those under a key, by whatever names its actors ever had."""
        return any(self._index.against(alike) for alike in self._relevance.alike(key))

    def opposing(self, actors: Iterable[str]) -> Iterator[tuple[Key, int]]:
        """Yield the keys that name an actor, each with the claims that may contradict others under it."""
        names = set(actors)
        for key in self._index.opposed():
            if any(names.intersection(named) for _, named in key[1]):
                yield from ((key, number) for number in self._index.against(key))

    def under(self, key: Key) -> Iterator[int]:
        """Yield the claims under a key, by whatever names its actors ever had."""
        for alike in self._relevance.alike(key):
            yield from self._index.keyed(alike)


def _is_measured(kind: Type | None) -> bool:
    return kind is not None and (kind.quantity or kind.approximate is not None)
