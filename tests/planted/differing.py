"""Bugs in what differs between two answers, and in what was answered when."""

from __future__ import annotations

from typing import Any

import attrs

from factledger.views.differences import Difference
from factledger.views.view import View
from planted.bug import Bug, changed


def _without_publication(difference: Any, view_at: Any, x: View, y: View) -> Difference:
    found: Difference = difference(lambda day, cut, _: view_at(day, cut, None), x, y)
    return found


def _knowledge_first(difference: Any, view_at: Any, x: View, y: View) -> Difference:
    middle = view_at(x.day, y.at.recorded, x.at.published)
    first, then = difference(view_at, x, middle), difference(view_at, middle, y)
    found: Difference = attrs.evolve(then, start=first.start, steps=first.steps + then.steps)
    return found


BUGS = (
    Bug(
        "a state that an event begins is taken for the event",
        "",
        ("difference applied",),
        {"factledger.views.differences.standing_key": lambda s: (s.number, None)},
    ),
    Bug(
        "what was published is forgotten on the way from one answer to the other",
        "",
        ("no difference",),
        changed("factledger.views.differences.difference", _without_publication),
    ),
    Bug(
        "knowledge moves first, and the date after it",
        "",
        ("difference composed",),
        changed("factledger.views.differences.difference", _knowledge_first),
    ),
    Bug(
        "what differs and differs back is counted twice",
        "",
        ("difference and back",),
        {
            "factledger.views.differences._move": lambda standing, source, target: target.add(
                standing
            )
        },
    ),
    Bug(
        "what changed a standing is not found",
        "",
        ("causes",),
        {"factledger.views.causes.turning": lambda held, low, high: ()},
    ),
    Bug(
        "only claims of the relationship are looked at, and not what bears on them",
        "",
        ("vintages",),
        {"factledger.views.relevance.Relevance.of": lambda self, seeds, actors=(): sorted(seeds)},
    ),
    Bug(
        "only records about a claim are looked at, and no claim under its key",
        "",
        ("step by step",),
        {"factledger.views.relevance.Relevance._sharing": lambda self, content: ()},
    ),
)
