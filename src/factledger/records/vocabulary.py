"""The types of claims: what they need, which state they begin or end, and how they read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from factledger.frozen import defaults_of, with_fields
from factledger.records.claims import Aspect, Claim, State, doubt_of
from factledger.value import Value

if TYPE_CHECKING:  # a type is a value that it is given
    from factledger.records.declarations import ModeEffect, Type

# The state that is meant: its type, and the actors of its key roles.
Key: TypeAlias = tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]

NEWEST = 2
PLAIN = "{}[ by {{actor}}][ {{recipient}}][: {{value}}]"
GROUPS = (
    "relationship", "offices", "sanctions", "aid", "cooperation", "agreements", "contacts",
    "stances", "conflict", "other", "assessments",
)  # fmt: skip


@attrs.frozen(repr=False, eq=False)
class Vocabulary(Value):
    """The types that a ledger may use, by id, and the contexts.

    >>> shipped().types["CONSULT"].modes[0]
    'visit'
    """

    types: Mapping[str, Type]
    contexts: tuple[str, ...] = ()
    _keyed: dict[tuple[str, str | None], tuple[Type, ...]] = attrs.field(
        factory=dict, init=False, eq=False
    )

    def declaring(self, types: Iterable[Type]) -> Vocabulary:
        """Return this vocabulary with `types` added; a later type of the same id counts."""
        added = {t.id: t for t in types}
        return attrs.evolve(self, types={**self.types, **added}) if added else self

    def keyed(self, type_id: str, mode: str | None = None) -> tuple[Type, ...]:
        """Return the types of state under whose key a claim of this type and mode counts.

        A state counts under its own; an event under those that it begins and ends.
        """
        found = self._keyed.get((type_id, mode))
        if found is None:
            found = self._keyed[type_id, mode] = tuple(self._find_keyed(type_id, mode))
        return found

    def _find_keyed(self, type_id: str, mode: str | None) -> Iterator[Type]:
        kind = self.types.get(type_id)
        if kind is not None and kind.shape == "state":
            yield from (kind,) if kind.key else ()
        elif kind is not None:
            names = dict.fromkeys((*begun_by(kind, mode), *ended_by(kind, mode)))
            yield from (self.types[s] for s in names if s in self.types)

    def sentence(
        self,
        claim: Claim,
        name: Callable[[str], str],
        several: Callable[[str], bool] | None = None,
        titled: Callable[[str], bool] = lambda actor: False,
        aspect: Aspect | None = None,
    ) -> str:
        """Return the claim in words: its own `text`, or what the pattern of its type makes.

        The speaker stands first, and a denial, a plan and a hypothesis are said in either case.
        `several` says of an actor whether its name is of several, `titled` whether it is the title
        of a post. What lasts can be told as it stands before "since", or as what is over.
        """
        if claim.text and claim.factual and not claim.attributed_to and doubt_of(claim) is None:
            return (
                claim.text
            )  # as most claims that have words of their own: nothing is to be marked
        # How claims stand can be understood without how they read, and worked out without it.
        from factledger.records.sentences.grammar import names_several
        from factledger.records.sentences.telling import Speech, claim_words

        pattern, infinitive = self.patterns(claim)
        by_name = several or (lambda actor: names_several(name(actor)))
        return claim_words(claim, Speech(pattern, infinitive, name, by_name, titled), aspect)

    def patterns(self, claim: Claim) -> tuple[str, str | None]:
        """Return the sentence pattern and the infinitive for the claim's mode, or for its type."""
        kind = self.types.get(claim.type)
        if kind is None:
            return PLAIN.format(claim.type), None
        by_mode = next((s for s in kind.sentences if s.mode == claim.mode), None)
        if by_mode is not None:
            return by_mode.sentence, by_mode.infinitive
        return kind.sentence or PLAIN.format(claim.type), kind.infinitive


def shipped(version: int = NEWEST) -> Vocabulary:
    """Return a version of the vocabulary that ships with factledger.

    A later version is told by the types that it adds to the one before, or changes. The words of
    its sentences are of no version: they are the newest for all.
    """
    return _shipped(version)


@cache
def _shipped(version: int) -> Vocabulary:
    earlier = _shipped(version - 1) if version > 1 else Vocabulary({})
    table = _tables()[version - 1]
    contexts = (*earlier.contexts, *table["contexts"])
    return attrs.evolve(earlier.declaring(_shipped_types(table["types"])), contexts=contexts)


@cache
def _tables() -> list[dict[str, Any]]:
    """Return what each version adds, from the file that is made of those in TOML, which people read."""
    return json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _shipped_types(bodies: Iterable[Mapping[str, Any]]) -> list[Type]:
    """Return the types of a table that ships. They are fit: a test reads them as records are read."""
    # What types mean can be understood without how they are declared.
    from factledger.records.declarations import ModeEffect, ModeSentence, Type

    nested = {"begins_by": ModeEffect, "ends_by": ModeEffect, "sentences": ModeSentence}
    blank = {cls: defaults_of(cls) for cls in (Type, ModeEffect, ModeSentence)}

    def value(name: str, held: Any) -> Any:
        if type(held) is not list:
            return held
        return tuple(made(nested[name], one) if name in nested else one for one in held)

    def made(cls: type[Any], body: Mapping[str, Any]) -> Any:
        given = {name: value(name, held) for name, held in body.items() if name != "kind"}
        return with_fields(cls, **{**blank[cls], **given})

    return [made(Type, body) for body in bodies]


def begun_by(kind: Type, mode: str | None) -> tuple[str, ...]:
    """Return the types of state that an event of a type and mode begins.

    >>> sanction = shipped().types["SANCTION"]
    >>> begun_by(sanction, None), begun_by(sanction, "expel")
    (('sanctions',), ())
    """
    return _by_mode(kind.begins_by, mode, kind.begins)


def ended_by(kind: Type, mode: str | None) -> tuple[str, ...]:
    """Return the types of state that an event of a type and mode ends.

    >>> ended_by(shipped().types["office-left"], None)
    ('office',)
    """
    return _by_mode(kind.ends_by, mode, kind.ends)


def _by_mode(
    effects: Iterable[ModeEffect], mode: str | None, others: tuple[str, ...]
) -> tuple[str, ...]:
    return next((effect.types for effect in effects if effect.mode == mode), others)


def told_apart_by(kind: Type) -> tuple[str, ...]:
    """Return the roles whose actors tell the values of a single-valued state apart, besides its value.

    >>> told_apart_by(shipped().types["office"])
    ('holder',)
    """
    return kind.apart or tuple(dict.fromkeys(r for r in kind.required if r not in kind.key))


def key_of(state: Type, participants: Iterable[tuple[str, str]]) -> Key:
    """Return the key of `state` for these (role, actor) pairs; the order of actors does not matter."""
    found: dict[str, list[str]] = {role: [] for role in state.key}
    for role, actor in participants:
        if role in found:
            found[role].append(actor)
    return state.id, tuple((role, tuple(sorted(set(found[role])))) for role in state.key)


def once_of(kind: Type, participants: Iterable[tuple[str, str]]) -> Key | None:
    """Return what is the same for every event of a type that happens once to these (role, actor) pairs.

    None for a type without `once`, and where nobody is named in one of its roles: who is not named
    may be anybody.

    >>> once_of(shipped().types["born"], [("actor", "tolstoy"), ("location", "tula")])
    ('born', (('actor', ('tolstoy',)),))
    """
    who = tuple(participants)
    named = tuple((role, tuple(sorted({a for r, a in who if r == role}))) for role in kind.once)
    return (kind.id, named) if named and all(actors for _, actors in named) else None


# What a source says of an event it says of the state that the event begins.
_OF_EVENT = (
    "value", "contexts", "attributed_to", "told_to", "told_when", "hedge", "citations", "inferred",
)  # fmt: skip


_defaults_of_state = cache(partial(defaults_of, State))


def state_begun(event: Claim, kind: Type) -> State:
    """Return the state of type `kind` that `event` begins, without its dates."""
    kept = tuple(p for p in event.participants if p.role != "location" or p.role in kind.key)
    same = {name: getattr(event, name) for name in _OF_EVENT}
    held = {**_defaults_of_state(), **same}
    return with_fields(State, **{**held, "type": kind.id, "participants": kept})
