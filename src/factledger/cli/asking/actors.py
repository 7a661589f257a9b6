"""Actors as a person types them: by id, or by any of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from factledger.records.declarations import Actor
    from factledger.status.belief import Belief

_SHOWN = 5


def actor_id(belief: Belief, text: str) -> str:
    """Return the id of the actor that an id or a name means; the text itself where none has it.

    Case does not count in a name. Raises `UsageError` for a name that several actors have who are
    not said to be the same, with the ids of them.
    """
    if belief.knows(text):
        return text
    found = [actor for actor in _known(belief) if _is_called(actor, text)]
    if len({belief.canonical(actor.id) for actor in found}) > 1:
        ids = ", ".join(f"{a.id} ({a.category}, {a.names[0]})" for a in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise click.UsageError(
            f"{text!r} names {len(found)} actors: {ids}{more}; give one by its id"
        )
    return found[0].id if found else text


def actor_asked(belief: Belief, text: str | None) -> str | None:
    """Return the id of the actor that is asked about, None where none is; empty words ask about one."""
    return None if text is None else actor_id(belief, text)


def actor_ids(belief: Belief, texts: tuple[str, str] | None) -> tuple[str, str] | None:
    """Return the ids of two actors, None for none."""
    return None if texts is None else (actor_id(belief, texts[0]), actor_id(belief, texts[1]))


def _known(belief: Belief) -> list[Actor]:
    declared = (belief.actor(name) for name in belief.index.declared("actor"))
    return [actor for actor in declared if actor is not None]


def _is_called(actor: Actor, text: str) -> bool:
    wanted = text.casefold()
    return any(name.casefold() == wanted for name in (actor.id, *actor.names))
