"""The types that are lacking, before a claim of a later vocabulary is admitted."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.records.declarations import Type
from factledger.records.vocabulary import Vocabulary


def types_to_declare(name: str, known: Vocabulary, later: Vocabulary) -> Iterator[Type]:
    """Yield the types of `later` that `known` lacks for a type: the states that it begins or ends first.

    A ledger of an earlier vocabulary declares them, to use the type. None where `known` has it, or
    `later` has it not.

    >>> from factledger.records.vocabulary import shipped
    >>> [kind.id for kind in types_to_declare("founded", shipped(1), shipped(2))]
    ['founded']
    >>> [kind.id for kind in types_to_declare("office", shipped(1), shipped(2))]
    []
    """
    if name in known.types or name not in later.types:
        return
    kind = later.types[name]
    effects = (*kind.begins_by, *kind.ends_by)
    states = (*kind.begins, *kind.ends, *(state for effect in effects for state in effect.types))
    for state in dict.fromkeys(states):
        yield from types_to_declare(state, known, later)
    yield kind
