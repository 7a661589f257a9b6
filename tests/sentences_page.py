"""The page that shows every type and mode of the vocabulary in each of its readings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factledger import Assessment, Count, Event, Participant, State, Tally, Type
from factledger.records.vocabulary import shipped

_WHO = {
    "actor": ["Arvenia"], "recipient": ["Tolvia"], "party": ["Arvenia", "Tolvia"], "holder": ["Ana Renn"],
    "post": ["Foreign Minister of Arvenia"], "location": ["Kesh"], "topic": ["the river treaty"],
}  # fmt: skip
_SHAPES: dict[str, Any] = {"event": (Event, {"when": "2024"}), "state": (State, {})}
_READINGS: dict[str, dict[str, Any]] = {
    "asserted": {},
    "denied": {"polarity": "denied"},
    "planned": {"modality": "planned"},
    "planned, denied": {"modality": "planned", "polarity": "denied"},
    "hypothetical": {"modality": "hypothetical"},
    "hypothetical, denied": {"modality": "hypothetical", "polarity": "denied"},
}
_HEAD = """# How claims read

Every type and mode of the [vocabulary](vocabulary.md), as a fact, a plan and a hypothesis, asserted and
denied, as views, reports and exports print it. Arvenia and Tolvia do not exist. What is *presupposed*
reads as a fact. This page is made from `sentences.toml` in `src/factledger/records`, and is there to be
read through.

Who says it stands first, and the doubt of the source before what it says: *Two former officials say
that if the ministry is right, Arvenia visited Tolvia*. The mark of a denial, a plan and a hypothesis
stands whatever `text` a claim has: *It is denied that Kesh returned the compliment*; *Planned: …*;
*Hypothetical: …*; and behind words that say so already, *Kesh never replied (a denial)*.

A type that a ledger declares reads by its `sentence`; with an `infinitive`, such as `{actor} to open
{location}`, its denials and plans read as below. Without one, it is made of a sentence with *is*, *was* or
*has*, and of one whose first verb is known: `{actor} opened {location}`, `{holder} owns {topic}`. Of others
denials and plans read *It is denied that …* and *Planned: …*, and `append` says so as it is declared."""


def sentences_page() -> str:
    """Return the page."""
    types = [kind for kind in shipped().types.values() if kind.shape in _SHAPES]
    judged = [kind for kind in shipped().types.values() if kind.shape == "assessment"]
    parts = [_HEAD, "## Events and states", *map(_section, types)]
    parts += ["## Assessments", *(f"- {_told(kind, None)}." for kind in judged)]
    parts += ["## Tallies", "\n".join(_tallies())]
    return "\n\n".join(parts) + "\n"


def _section(kind: Type) -> str:
    blocks = [f"### {kind.id}"]
    for mode in (None, *kind.modes):
        lines = [f"**{mode}**", ""] if mode else []
        lines += [
            f"- {name}: {_told(kind, mode, **reading)}." for name, reading in _READINGS.items()
        ]
        lines += [f"- with a value: {_told(kind, mode, value='five X')}."]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _told(kind: Type, mode: str | None, **fields: Any) -> str:
    shape, dates = _SHAPES.get(kind.shape, (Assessment, {}))
    usual = ("recipient",) if kind.id.isupper() else ()
    roles = dict.fromkeys((*kind.required, *usual))
    pairs = [(role, who) for role in roles for who in _WHO[role][: 2 if kind.symmetric else 1]]
    who = [Participant(role=role, actor=actor) for role, actor in pairs]
    claim = shape(type=kind.id, mode=mode, participants=who, **dates, **fields)
    return shipped().sentence(claim, str)


def _tallies() -> Iterator[str]:
    who = [Participant(role="actor", actor=actor) for actor in _WHO["party"]]
    for lower, upper in ((0, 0), (1, 1), (2, 2), (4, 4), (2, 3), (2, None), (0, 3)):
        for polarity in ("asserted", "denied"):
            claim = Tally(type="CONSULT", mode="phone", count=Count(lower=lower, upper=upper), participants=who, polarity=polarity)  # fmt: skip
            yield f"- {claim.count}, {polarity}: {shipped().sentence(claim, str)}."
