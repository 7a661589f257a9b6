"""Bugs in what claims do to one another."""

from __future__ import annotations

from typing import Any

from factledger.status.things.rows import state_rows
from factledger.status.things.taken import Taken
from planted.bug import Bug, changed


def _on_their_left(between: Any, self: Any, side: Any, other: Any) -> list[int]:
    pairs = [(a, b) for a in side for b in other]
    return sorted({n for pair in pairs for n in self.on("pair", pair)})


def _in_no_mode(self: Any, type_id: str, mode: str | None = None) -> Any:
    return (*self._find_keyed(type_id, None),)


def _rows_of_values(states: Any, vocabulary: Any) -> list[Any]:
    denials = {"asserted", "denied"}
    return [row for row in state_rows(states, vocabulary) if {*row.sides.values()} != denials]


BUGS = (
    Bug(
        "what arrives later overwrites, whatever it is about",
        "",
        ("late arrival is local",),
        {
            "factledger.status.things.following.Following.surely": lambda self, one, piece: (
                piece.first
            )
        },
    ),
    Bug(
        "of equal claims, the one that arrived first counts",
        "Rails Event Store #1565",
        ("permutation",),
        {"factledger.status.merging.MergedClaim.content": property(lambda c: str(c.number))},
    ),
    Bug(
        "facts about others retire a fact",
        "Graphiti #1728",
        ("frame",),
        {"factledger.index.bodies.key_of": lambda state, people: (state.id, ())},
    ),
    Bug(
        "actors whose names begin alike are taken for one",
        "",
        ("renaming",),
        changed("factledger.status.live.keys.Keys.canonical", lambda whole, self, actor: actor[:6]),
    ),
    Bug(
        "a relationship is seen from one side only",
        "",
        ("symmetry",),
        changed("factledger.index.memory.MemoryIndex.between", _on_their_left),
    ),
    Bug(
        "what can happen but once may happen twice",
        "",
        ("once", "agreement merges"),
        {
            "factledger.status.uniting.once_of": lambda kind, who: None,
            "factledger.status.uniting.is_single": lambda one, vocabulary: False,
        },
    ),
    Bug(
        "two days of one birth are both believed",
        "",
        ("once",),
        {"factledger.status.things.dated.Dated.of": lambda self, claim: []},
    ),
    Bug(
        "a denial of an event is kept beside it",
        "",
        ("polarity",),
        {"factledger.status.contrary.opposed.denied": lambda events, belief: ()},
    ),
    Bug(
        "a state goes on being denied though it began",
        "",
        ("denied state",),
        {"factledger.status.bearing.state_rows": _rows_of_values},
    ),
    Bug(
        "three calls and four of one year are both believed",
        "",
        ("counts and amounts",),
        {
            "factledger.status.contrary.opposed.miscounted": lambda tallies, belief: (),
            "factledger.status.contrary.measured.unlike_amounts": lambda claims, belief: (),
        },
    ),
    Bug(
        "nobody hears that a claim is disputed",
        "",
        ("dispute",),
        {"factledger.status.live.voices.Voices._disputes": lambda self, chain: ()},
    ),
    Bug(
        "to expel diplomats begins sanctions",
        "",
        ("begins by mode",),
        {
            "factledger.status.effects.begun.begun_by": lambda kind, mode: kind.begins,
            "factledger.records.vocabulary.Vocabulary.keyed": _in_no_mode,
        },
    ),
    Bug(
        "another may hold the post of a definite holder",
        "Graphiti #1841",
        ("nobody beside a holder",),
        {"factledger.status.things.rooms.Rooms._taken": lambda self, row: Taken(())},
    ),
)
