"""Which actor a reader means, who types an id or a name."""

from __future__ import annotations

from factledger.index.search.wanted import Wanted, facet_term, words_in
from factledger.status.belief import Belief


def actor_meant(belief: Belief, text: str) -> str:
    """Return the id of the actor that an id or a name means; the text itself where there is none."""
    if belief.knows(text):
        return text
    words, meant = tuple(words_in(text)), text.casefold()
    if not words:
        return text
    wanted = Wanted(words, (facet_term("kind", "actor"),))
    numbers = belief.index.find(wanted, belief.recorded, 0, belief.recorded)
    ids = (belief.index.content(number).id for number in reversed(numbers))
    actors = filter(None, map(belief.actor, ids))
    return next((a.id for a in actors if meant in map(str.casefold, (a.id, *a.names))), text)


def name_advice(belief: Belief, actor: str) -> str:
    """Return what to do about an actor that nobody declared by then."""
    near = belief.nearest("actor", actor)
    return f"did you mean {near!r}?" if near else "the ledger declares no such actor by then"
