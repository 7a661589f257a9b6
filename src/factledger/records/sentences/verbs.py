"""A clause with its verb in the infinitive, put into the mood that a claim has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from factledger.named import NamedTuple
from factledger.records.claims import Aspect, Claim
from factledger.records.sentences.grammar import ends_as_plural, names_several, present
from factledger.records.sentences.patterns import filled

_SUBJECT = r"((?:[^\[\]]|\[[^\[\]]*\])*?) to "  # up to the first "to" outside brackets
_ONE_ROLE = r"\{(\w+)\}"
_PLAIN_VERB = r"(\{\w+\}) (?:(is|are|was|were)|(?:has|have)(?= (?!\w+e[dn]\b)))(?=\W)"
_FIRST_WORD = r"(\{\w+\}) ([a-z]+)(?=[ :\[]|\Z)"
_SECOND_VERB = r"\} \w+ not\b| (?:and|or) (?!\{)"  # it wants an infinitive of its own
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

    Where a type gives none, it is made of its sentence, if that can be.
    """
    infinitive = infinitive or made_infinitive(pattern, claim.shape) or ""
    found = re.match(_SUBJECT, infinitive)
    if found is None:
        return None
    placed = filled(f"{found[1]}{_MARK}{infinitive[found.end() :]}", parts)
    subject, _, predicate = placed.partition(_MARK)
    verb, rest = re.fullmatch(r"([\w-]*)(.*)", predicate, re.DOTALL).groups()  # type: ignore[union-attr]
    role = re.fullmatch(_ONE_ROLE, found[1])
    actors = claim.actors(role[1]) if role else ()
    many = len(actors) > 1 or any(map(several, actors))
    if subject == "there":
        many = names_several(rest.lstrip()) or ends_as_plural(rest)
    return Clause(subject, verb, rest, many)


def made_infinitive(pattern: str, shape: str) -> str | None:
    """Return the infinitive of a sentence with a verb that is known, None of others.

    >>> made_infinitive("{actor} opened {location}", "event"), made_infinitive("{holder} owns {topic}", "state")
    ('{actor} to open {location}', '{holder} to own {topic}')
    >>> made_infinitive("{topic} was sold", "event"), made_infinitive("{actor} zorped {topic}", "event")
    ('{topic} to be sold', None)
    """
    from factledger.records.sentences.conjugation import base_of_past, base_of_present

    found = re.match(_PLAIN_VERB, pattern)
    if found:
        verb = "be" if found[2] else "have"  # "has" before a participle is another tense
        return f"{found[1]} to {verb}{pattern[found.end() :]}"
    found = re.match(_FIRST_WORD, pattern)
    if found and re.search(_SECOND_VERB, pattern):
        return None
    base = found and (base_of_present if shape == "state" else base_of_past)(found[2])
    return f"{found[1]} to {base}{pattern[found.end() :]}" if found and base else None


def in_mood(
    clause: Clause,
    lasting: bool,
    negative: bool,
    unreal: str | None,
    aspect: Aspect | None = None,
) -> str:
    """Return a clause in words: `lasting` in the present, else in the past.

    `unreal` is "planned" or "hypothetical" where it is not told as a fact. An `aspect` is that of
    what lasts and is told as a fact.

    >>> visit = Clause("Japan", "visit", " Ukraine", several=False)
    >>> in_mood(visit, False, True, None), in_mood(visit, False, False, "planned")
    ('Japan did not visit Ukraine', 'Japan was to visit Ukraine')
    >>> in_mood(Clause("there", "be", " peace", False), True, True, None)
    'there is no peace'
    >>> in_mood(Clause("there", "be", " soldiers", True), True, False, None, "since")
    'there have been soldiers'
    >>> in_mood(Clause("Japan", "have", " an embassy", False), True, False, None, "since")
    'Japan has had an embassy'
    """
    if aspect and lasting and not unreal:
        told = {"since": _since, "over": _over}.get(aspect)
        return told(clause, negative) if told else _no_longer(clause)
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


def _since(clause: Clause, negative: bool) -> str:
    """Return a clause as it stands before "since 2019": "has been", "has not had"."""
    from factledger.records.sentences.conjugation import (
        participle,
    )  # few answers need a table of verbs

    have, done = present("have", clause.several), participle(clause.verb)
    if negative and clause.subject == "there":
        return f"{clause.subject} {have} {done} no{clause.rest}"
    return f"{clause.subject} {have}{' not' if negative else ''} {done}{clause.rest}"


def _over(clause: Clause, negative: bool) -> str:
    if negative or clause.verb == "be":
        return in_mood(clause, lasting=False, negative=negative, unreal=None)
    from factledger.records.sentences.conjugation import past

    return f"{clause.subject} {past(clause.verb)}{clause.rest}"


def _no_longer(clause: Clause) -> str:
    if clause.verb == "be":
        return f"{clause.subject} {present('be', clause.several)} no longer{clause.rest}"
    return f"{clause.subject} no longer {present(clause.verb, clause.several)}{clause.rest}"
