"""The declarations by a cut: types, sources with their publication, actors with their aliases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Self

from factledger.caching import cached_property
from factledger.dates.days import BEGINNING, Day, day_or
from factledger.index.bodies import CLAIM_KINDS, content_of
from factledger.named import NamedTuple
from factledger.records.claims import Aspect, Claim
from factledger.records.declarations import Actor, Source
from factledger.records.vocabulary import Vocabulary
from factledger.status.groups import joined

if TYPE_CHECKING:  # any index will do: only its questions are known here
    from factledger.index.base import Index
    from factledger.text import Advice


class Published(NamedTuple):
    """The first and the last day on which a source can have been published, both included."""

    first: Day
    last: Day

    @property
    def spoken(self) -> Day:
        """The day up to which what it tells is no plan: its first, or where none is known its last."""
        return self.first if self.first > BEGINNING else self.last


class Registry:
    """The declarations of a ledger up to an entry, included: worked out when asked for, and kept."""

    def __init__(self, index: Index, recorded: int, advice: Advice | None = None) -> None:
        self.index = index
        self.recorded = recorded
        self._advice = advice
        self._sources: dict[str, Source | None] = {}
        self._publication: dict[str, Published] = {}
        self._origins: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._actors: dict[str, Actor | None] = {}
        self._paired: tuple[int, dict[frozenset[str], str]] = (0, {})  # up to an entry: who is who

    def _keep(self, earlier: Self) -> None:
        """Take over the values of an earlier cut that the entries between cannot have changed."""
        self._advice = earlier._advice
        kinds = self.index.kinds(earlier.recorded + 1, self.recorded)
        if CLAIM_KINDS.issuperset(kinds):
            self._sources, self._publication = earlier._sources, earlier._publication
            self._origins = earlier._origins
            self._names, self._actors = earlier._names, earlier._actors
        if "vocabulary" in earlier.__dict__:
            between = [
                n for n in reversed_above(self.index.types, earlier.recorded) if n <= self.recorded
            ]
            new = [self.index.content(n) for n in reversed(between)]
            self.vocabulary = earlier.vocabulary.declaring(new) if new else earlier.vocabulary

    def _learn(self, earlier: Self, between: Iterable[int]) -> bool:
        """Take over the sources of an earlier cut; return whether they are as they were.

        The entries between, which undo nothing, may declare some that nobody asked about.
        """
        new = [n for n in between if self.index.kind(n) == "source"]
        ids = [content_of(self.index.body(n))["id"] for n in new]
        known = {**earlier._sources}
        unknown = type(None) in {*map(type, known.values())}  # compared by type: it calls nothing
        if unknown or not known.keys().isdisjoint(ids):
            return False
        self._sources, self._publication = known, {**earlier._publication}
        self._origins = {**earlier._origins}
        self._paired = earlier._paired
        return True

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The types as declared by the cut."""
        index = self.index
        newest = index.vocabulary  # before the list: who adds a type puts it on the list first
        if not index.types or index.types[-1] <= self.recorded:
            return newest
        return index.shipped.declaring(
            index.content(n) for n in index.upto(index.types, self.recorded)
        )

    def declared(self, kind: str, name: str) -> Source | Actor | None:
        """Return a source or actor as last declared by the cut, None if it is not declared."""
        for number in reversed(self.index.declarations(kind, name)):
            if number <= self.recorded:
                content = self.index.content(number)
                return content if isinstance(content, Source | Actor) else None
        return None

    def known(self, kind: str) -> list[str]:
        """Return every id that is declared of a kind by the cut, every type, or every label."""
        if kind == "label":
            return self.index.labels()
        if kind == "type":
            return [*self.vocabulary.types]
        return [name for name in self.index.declared(kind) if self._by_now(kind, name)]

    def _by_now(self, kind: str, name: str) -> bool:
        all_of_it = self.recorded >= len(self.index)
        return all_of_it or any(n <= self.recorded for n in self.index.declarations(kind, name))

    def shown_names(self, kind: str, known: Iterable[str]) -> list[tuple[str, str]]:
        """Return the names of actors, each with the id of the actor; other kinds have none."""
        actors = map(self.actor, known) if kind == "actor" else ()
        return [(name, actor.id) for actor in actors if actor for name in actor.names]

    def nearest(self, kind: str, name: str) -> str | None:
        """Return the id, type or label that was probably meant by another; None where many are wrong."""
        from factledger.text import Advice  # few ask for a name that is not there

        self._advice = self._advice or Advice()
        return self._advice.nearest(self, kind, name)

    def knows(self, actor: str) -> bool:
        """Return whether an actor is declared by the cut."""
        return any(n <= self.recorded for n in self.index.declarations("actor", actor))

    def has(self, kind: str, name: str) -> bool:
        """Return whether a source or actor is declared by the cut, or may have been and was erased.

        Of an erased declaration only a correction, which comes later, still tells the id.
        """
        declarations = self.index.declarations(kind, name)
        return any(n <= self.recorded or self._was_erased(n) for n in declarations)

    def _was_erased(self, number: int) -> bool:
        """Return whether the target of a correction is erased, and was there by the cut."""
        body = self.index.body(number) or {}
        if self.index.kind(body.get("target", number)) != "redacted":
            return False
        gone = self.index.upto(self.index.erasures, self.recorded)
        return any(self.index.kind(n) == "redacted" for n in gone)

    def actor(self, name: str) -> Actor | None:
        """Return an actor as last declared by the cut."""
        if name not in self._actors:
            found = self.declared("actor", name)
            self._actors[name] = found if isinstance(found, Actor) else None
        return self._actors[name]

    def source(self, name: str) -> Source | None:
        """Return a source as last declared by the cut."""
        if name not in self._sources:
            found = self.declared("source", name)
            self._sources[name] = found if isinstance(found, Source) else None
        return self._sources[name]

    def name(self, actor: str) -> str:
        """Return the name to show of an actor: the first that is declared, or else its id."""
        if actor not in self._names:
            declared = self.actor(actor)
            self._names[actor] = declared.names[0] if declared else actor
        return self._names[actor]

    def sentence(self, claim: Claim, aspect: Aspect | None = None) -> str:
        """Return a claim in words; what lasts as before "since", or as what is over, if so asked."""
        return self.vocabulary.sentence(claim, self.name, self.several, self.titled, aspect)

    def titled(self, actor: str) -> bool:
        """Return whether the name of an actor is a title: of a post, or "foreign ministry of Kesh"."""
        from factledger.records.sentences.grammar import is_described

        declared = self.actor(actor)
        if declared is None or declared.category != "organization":
            return declared is not None and declared.category == "post"
        return is_described(declared.names[0])

    def several(self, actor: str) -> bool:
        """Return whether the name of an actor is of several: "Two officials", a group "Voters"."""
        from factledger.records.sentences.grammar import ends_as_plural, names_several

        declared, name = self.actor(actor), self.name(actor)
        group = declared is not None and declared.category == "group"
        return names_several(name) or (group and ends_as_plural(name))

    def origin(self, name: str) -> str:
        """Return the publisher behind a source, through what it was copied from; without one an id."""
        if name in self._origins:
            return self._origins[name]
        chain, last = self._copied(name)
        source = self.source(last)
        if source and source.copy_of in self._origins:
            found = self._origins[source.copy_of]
        else:
            found = source.publisher if source and source.publisher else last
        # In a circle each finds another one at the end.
        if not (source and source.copy_of in chain):
            self._origins.update(dict.fromkeys(chain, found))
        return found

    def _copied(self, name: str) -> tuple[dict[str, None], str]:
        """Return a source, the one that it was copied from, and so on; and the last of them."""
        chain: dict[str, None] = {}
        copied: str | None = name
        while copied and copied not in chain and copied not in self._origins:
            name = copied
            chain[name] = None
            source = self.source(name)
            copied = source.copy_of if source else None
        return chain, name

    def publication(self, name: str) -> Published:
        """Return the days on which a source can have been published, up to its retrieval or recording."""
        if name not in self._publication:
            self._publication[name] = self._published(name)
        return self._publication[name]

    def _published(self, name: str) -> Published:
        source = self.source(name)
        stated = source.published if source else None
        first = day_or(stated.earliest, BEGINNING) if stated else BEGINNING
        dates = (stated, source.retrieved if source else None)
        latest = [date.latest for date in dates if date is not None]
        limits = [self._first_recorded(name), *(day for day in latest if isinstance(day, Day))]
        return Published(first, min((day for day in limits if day >= first), default=first))

    def _first_recorded(self, name: str) -> Day:
        declared = self.index.declarations("source", name)
        # In a forged log a source may be undeclared: it was published by the last entry, then.
        number = declared[0] if declared else self.recorded
        merged = (self.index.body(number) or {}).get("first_recorded")
        return Day.parse(str(merged or self.index.at(number))[:10])

    # --- who is who

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The id that stands for an actor and all that are the same, by the id of each of them."""
        seen, known = self._paired
        between = [n for n in reversed_above(self.index.identities, seen) if n <= self.recorded]
        bodies = (self.index.body(number) for number in reversed(between))
        told = [body for body in bodies if body is not None and "actors" in body]
        pairs = {**known, **{frozenset(body["actors"]): body["verdict"] for body in told}}
        self._paired = self.recorded, pairs
        same = (sorted(pair) for pair, verdict in pairs.items() if verdict == "same")
        groups = ((group, min(group)) for group in joined(same))
        return {name: one for group, one in groups for name in group}

    def standing_for(self, actor: str) -> list[str]:
        """Return the ids that stand for an actor: itself, its aliases, the posts that belong to it."""
        one = self.aliases.get(actor, actor)
        same = [actor, *(name for name, to in self.aliases.items() if to == one)]
        found = dict.fromkeys(same)
        for name in same:
            for number in self.index.upto(self.index.belonging(name), self.recorded):
                content = content_of(self.index.body(number))
                if content is not None and self._still_of(content["id"], name):
                    found[content["id"]] = None
        return list(found)

    def _still_of(self, actor: str, owner: str) -> bool:
        declared = self.actor(actor)
        return declared is not None and declared.of == owner


def reversed_above(numbers: Sequence[int], number: int) -> Iterator[int]:
    """Yield the rising numbers above one, the highest first.

    >>> list(reversed_above([2, 3, 5, 9], 3))
    [9, 5]
    """
    return takewhile(lambda n: n > number, reversed(numbers))
