"""What the body of a record says to an index: the claim or declaration, its actors, its keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from factledger.records.claims import SHAPES
from factledger.records.plain.who import Roles, Who, roles_of, who_of
from factledger.records.vocabulary import NEWEST, Key, Vocabulary, key_of, once_of, shipped

if TYPE_CHECKING:
    from factledger.records.codec import Body

CLAIM_KINDS = frozenset(SHAPES)
RETIRING = frozenset({"correct", "retract", "redact"})
_Naming: TypeAlias = Callable[[str], str]
DECLARED = frozenset({"source", "actor", "type"})


def content_of(body: Body | None) -> Body:
    """Return the claim or declaration that a body puts forward, also inside a correction.

    Of another record it is the body itself, of one that was erased an object of no kind.
    """
    if body is None:
        return {"kind": ""}
    content: Body = body["record"] if body["kind"] == "correct" else body
    return content


def vocabulary_of(header: Body) -> Vocabulary:
    """Return the shipped vocabulary that the first record of a ledger names.

    A number that no version has is refused where it is read or checked; here it is the newest.
    """
    version = header.get("vocabulary")
    return shipped(version if type(version) is int and 1 <= version <= NEWEST else NEWEST)


def puts_claim(body: Body | None) -> bool:
    """Return whether a body puts a claim forward, of its own or in a correction."""
    return content_of(body)["kind"] in CLAIM_KINDS


def puts_declaration(body: Body | None) -> bool:
    """Return whether a body declares a source, an actor or a type, also in a correction."""
    return content_of(body)["kind"] in DECLARED


def identifiers(claim: Body) -> tuple[str, ...]:
    """Return the actors that a claim's body names, each once, in order: who, and on whose behalf."""
    return who_of(claim).actors


def keys_of(
    claim: Body, vocabulary: Vocabulary, canonical: _Naming = str, known: Who | None = None
) -> tuple[Key, ...]:
    """Return the keys under which a claim's body meets what bears on it.

    They are those of its state, or of the states that it moves; what can happen but once; and,
    but of a state that has a key, all that take part: so an event meets who denies it, a tally
    meets other tallies, and one of none the events that it would count. `known` are those who
    take part, where they were worked out already.
    """
    if claim["kind"] not in ("event", "state", "tally"):
        return ()
    who, _, _, roles = known or who_of(claim)
    if canonical is not str:
        who = tuple([(role, canonical(actor)) for role, actor in who])
        roles = roles_of(who)
    found = state_keys_of(claim, vocabulary, who)
    kind = vocabulary.types.get(claim["type"])
    once = once_of(kind, who) if kind is not None and kind.once else None
    if once is not None:
        found = (*found, once)
    if claim["kind"] == "state" and found:
        return found
    whole = whole_key(claim["type"], roles)
    if claim["kind"] == "tally":
        counted = (f"#{claim['type']}", roles)
        return (counted, whole) if opposes(claim) else (counted,)
    return (*found, whole)


def state_keys_of(
    claim: Body, vocabulary: Vocabulary, who: Sequence[tuple[str, str]]
) -> tuple[Key, ...]:
    """Return the keys of the state of a claim's body, or of those it moves; `who` takes part."""
    if claim["kind"] not in ("event", "state"):
        return ()
    states = vocabulary.keyed(claim["type"], claim.get("mode"))
    return tuple([key_of(state, who) for state in states]) if states else ()


def whole_key(type_id: str, roles: Roles) -> Key:
    """Return the key of all that take part in claims of a type, in which roles.

    >>> whole_key("CONSULT", (("actor", ("JPN",)), ("recipient", ("UKR",))))
    ('=CONSULT', (('actor', ('JPN',)), ('recipient', ('UKR',))))
    """
    return f"={type_id}", roles


def key_text(key: Key) -> str:
    """Return a key as a text, from which it can be read again."""
    name, roles = key
    return f"[{_as_json(name)}, {_as_json(roles)}]"


_as_json = lru_cache(maxsize=1 << 14)(json.dumps)


def as_key(text: str) -> Key:
    """Return the key that was written as a text.

    >>> as_key(key_text(("=CONSULT", (("actor", ("JPN",)),))))
    ('=CONSULT', (('actor', ('JPN',)),))
    """
    name, roles = json.loads(text)
    return name, tuple((role, tuple(actors)) for role, actors in roles)


def is_whole(key: Key) -> bool:
    """Return whether a key is one of all that take part."""
    return key[0].startswith("=")


def opposes(claim: Body) -> bool:
    """Return whether a claim's body may contradict events that name the same actors."""
    if claim["kind"] == "tally":
        return (claim.get("count") or {}).get("upper") == 0
    return claim["kind"] in ("event", "state") and claim.get("polarity") == "denied"
