"""Which claims others bear on, as an index finds it: by what they say, and under which keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factledger.index.base import Index
from factledger.index.bodies import is_whole, keys_of, opposes
from factledger.records.codec import Body
from factledger.records.vocabulary import Key, Vocabulary
from factledger.views.relevance import Relevance


class Meeting:
    """What meets what, at a vocabulary: perhaps more than does at any cut, never less."""

    def __init__(self, index: Index, vocabulary: Vocabulary) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._relevance = Relevance(index)

    def bears(self, claim: Body) -> bool:
        """Return whether others can bear on a claim's body by now, so that its span decides nothing.

        One that tallies or denies meets events of the same actors, and they meet it.
        """
        keys = keys_of(claim, self._vocabulary)
        if not keys:
            return False
        if len(keys) > 1 or not is_whole(keys[0]) or claim["kind"] == "tally" or opposes(claim):
            return True
        kind = self._vocabulary.types.get(claim["type"])
        measured = kind is not None and (kind.quantity or kind.approximate is not None)
        return measured or any(
            self._index.against(alike) for alike in self._relevance.alike(keys[0])
        )

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
