"""A clause with its verb in the infinitive, put into the mood that a claim has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from factledger.records.claims import Claim
from factledger.records.sentences.grammar import present
from factledger.records.sentences.patterns import filled

_SUBJECT = re.compile(r"((?:[^\[\]]|\[[^\[\]]*\])*?) to ")  # up to the first "to" outside brackets
_ONE_ROLE = re.compile(r"\{(\w+)\}")
_PLAIN_VERB = re.compile(r"(\{\w+\}) (?:(is|are|was|were)|(?:has|have)(?= (?!\w+e[dn]\b)))(?=\W)")
_MARK = "\0"


class Clause(NamedTuple):
    """Somebody, and what they do: `subject` "A and B", `verb` "visit", `rest` " C in D"."""

    subject: str
    verb: str
    rest: str
    several: bool


def clause_of(
    pattern: str,
    infinitive: str | None,
    parts: Mapping[str, str],
    claim: Claim,
    several: Callable[[str], bool],
) -> Clause | None:
    """Return the clause that an infinitive pattern makes of a claim, None where there is none.

    Of a sentence with "is", "was" or "has" it is made here, where a type gives none.
    """
    infinitive = infinitive or _made_infinitive(pattern)
    found = _SUBJECT.match(infinitive)
    if found is None:
        return None
    placed = filled(f"{found[1]}{_MARK}{infinitive[found.end() :]}", parts)
    subject, _, predicate = placed.partition(_MARK)
    verb, rest = re.fullmatch(r"([\w-]*)(.*)", predicate, re.DOTALL).groups()  # type: ignore[union-attr]
    role = _ONE_ROLE.fullmatch(found[1])
    actors = claim.actors(role[1]) if role else ()
    return Clause(subject, verb, rest, len(actors) > 1 or any(map(several, actors)))


def _made_infinitive(pattern: str) -> str:
    found = _PLAIN_VERB.match(pattern)
    verb = "be" if found and found[2] else "have"  # "has" before a participle is another tense
    return f"{found[1]} to {verb}{pattern[found.end() :]}" if found else ""


def in_mood(clause: Clause, lasting: bool, negative: bool, unreal: str | None) -> str:
    """Return a clause in words: `lasting` in the present, else in the past.

    `unreal` is "planned" or "hypothetical" where it is not told as a fact.

    >>> visit = Clause("Japan", "visit", " Ukraine", several=False)
    >>> in_mood(visit, False, True, None), in_mood(visit, False, False, "planned")
    ('Japan did not visit Ukraine', 'Japan was to visit Ukraine')
    >>> in_mood(Clause("there", "be", " peace", False), True, True, None)
    'there is no peace'
    """
    be = present("be", clause.several) if lasting else "were" if clause.several else "was"
    if unreal == "planned":
        to_do = f"to {clause.verb}{clause.rest}"
        none = f"there {'is' if lasting else 'was'} no plan for {clause.subject} {to_do}"
        return none if negative else f"{clause.subject} {be} {to_do}"
    no = "" if not negative else " no" if clause.subject == "there" else " not"
    if unreal:
        would = f"would {clause.verb}{no}" if no == " no" else f"would{no} {clause.verb}"
        return f"{clause.subject} {would}{clause.rest}"
    if clause.verb == "be":
        return f"{clause.subject} {be}{no}{clause.rest}"
    if negative:
        do = present("do", clause.several) if lasting else "did"
        return f"{clause.subject} {do} not {clause.verb}{clause.rest}"
    return f"{clause.subject} {present(clause.verb, clause.several)}{clause.rest}"
