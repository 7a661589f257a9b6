"""A clause with its verb in the infinitive, put into the mood that a claim has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from factledger.records.claims import Aspect, Claim
from factledger.records.sentences.grammar import ends_as_plural, names_several, present
from factledger.records.sentences.patterns import filled

_SUBJECT = re.compile(r"((?:[^\[\]]|\[[^\[\]]*\])*?) to ")  # up to the first "to" outside brackets
_ONE_ROLE = re.compile(r"\{(\w+)\}")
_PLAIN_VERB = re.compile(r"(\{\w+\}) (?:(is|are|was|were)|(?:has|have)(?= (?!\w+e[dn]\b)))(?=\W)")
_MARK = "\0"
_IRREGULAR: dict[str, tuple[str, str]] = {  # verb: its past, its past participle
    "arise": ("arose", "arisen"), "be": ("was", "been"), "bear": ("bore", "borne"), "beat": ("beat", "beaten"),
    "become": ("became", "become"), "begin": ("began", "begun"), "bind": ("bound", "bound"),
    "break": ("broke", "broken"), "bring": ("brought", "brought"), "build": ("built", "built"),
    "buy": ("bought", "bought"), "catch": ("caught", "caught"), "choose": ("chose", "chosen"),
    "come": ("came", "come"), "cost": ("cost", "cost"), "cut": ("cut", "cut"), "deal": ("dealt", "dealt"),
    "do": ("did", "done"), "draw": ("drew", "drawn"), "drive": ("drove", "driven"), "fall": ("fell", "fallen"),
    "feed": ("fed", "fed"), "feel": ("felt", "felt"), "fight": ("fought", "fought"), "find": ("found", "found"),
    "fly": ("flew", "flown"), "forbid": ("forbade", "forbidden"), "get": ("got", "got"), "give": ("gave", "given"),
    "go": ("went", "gone"), "grow": ("grew", "grown"), "have": ("had", "had"), "hear": ("heard", "heard"),
    "hide": ("hid", "hidden"), "hit": ("hit", "hit"), "hold": ("held", "held"), "keep": ("kept", "kept"),
    "know": ("knew", "known"), "lay": ("laid", "laid"), "lead": ("led", "led"), "leave": ("left", "left"),
    "lend": ("lent", "lent"), "let": ("let", "let"), "lie": ("lay", "lain"), "lose": ("lost", "lost"),
    "make": ("made", "made"), "mean": ("meant", "meant"), "meet": ("met", "met"),
    "oversee": ("oversaw", "overseen"), "overthrow": ("overthrew", "overthrown"), "pay": ("paid", "paid"),
    "put": ("put", "put"), "read": ("read", "read"), "ride": ("rode", "ridden"), "rise": ("rose", "risen"),
    "run": ("ran", "run"), "say": ("said", "said"), "see": ("saw", "seen"), "seek": ("sought", "sought"),
    "sell": ("sold", "sold"), "send": ("sent", "sent"), "set": ("set", "set"), "shoot": ("shot", "shot"),
    "show": ("showed", "shown"), "shut": ("shut", "shut"), "sit": ("sat", "sat"), "sleep": ("slept", "slept"),
    "speak": ("spoke", "spoken"), "spend": ("spent", "spent"), "split": ("split", "split"),
    "spread": ("spread", "spread"), "stand": ("stood", "stood"), "steal": ("stole", "stolen"),
    "strike": ("struck", "struck"), "swear": ("swore", "sworn"), "take": ("took", "taken"),
    "teach": ("taught", "taught"), "tell": ("told", "told"), "think": ("thought", "thought"),
    "throw": ("threw", "thrown"), "understand": ("understood", "understood"),
    "undertake": ("undertook", "undertaken"), "uphold": ("upheld", "upheld"), "wear": ("wore", "worn"),
    "win": ("won", "won"), "withdraw": ("withdrew", "withdrawn"), "withhold": ("withheld", "withheld"),
    "withstand": ("withstood", "withstood"), "write": ("wrote", "written"),
}  # fmt: skip
_DOUBLING = frozenset({  # the last letter before "ed"
    "admit", "ban", "bar", "commit", "compel", "control", "expel", "occur", "permit", "plan", "prefer",
    "rebel", "refer", "regret", "rob", "stop", "submit", "transfer", "trap",
})  # fmt: skip


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
    many = len(actors) > 1 or any(map(several, actors))
    if subject == "there":
        many = names_several(rest.lstrip()) or ends_as_plural(rest)
    return Clause(subject, verb, rest, many)


def _made_infinitive(pattern: str) -> str:
    found = _PLAIN_VERB.match(pattern)
    verb = "be" if found and found[2] else "have"  # "has" before a participle is another tense
    return f"{found[1]} to {verb}{pattern[found.end() :]}" if found else ""


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
    have, done = present("have", clause.several), participle(clause.verb)
    if negative and clause.subject == "there":
        return f"{clause.subject} {have} {done} no{clause.rest}"
    return f"{clause.subject} {have}{' not' if negative else ''} {done}{clause.rest}"


def _over(clause: Clause, negative: bool) -> str:
    if negative or clause.verb == "be":
        return in_mood(clause, lasting=False, negative=negative, unreal=None)
    return f"{clause.subject} {past(clause.verb)}{clause.rest}"


def _no_longer(clause: Clause) -> str:
    if clause.verb == "be":
        return f"{clause.subject} {present('be', clause.several)} no longer{clause.rest}"
    return f"{clause.subject} no longer {present(clause.verb, clause.several)}{clause.rest}"


def past(verb: str) -> str:
    """Return a verb in the simple past, "be" as of one.

    >>> [past(verb) for verb in ("take", "give", "occupy", "work")]
    ['took', 'gave', 'occupied', 'worked']
    """
    return _IRREGULAR[verb][0] if verb in _IRREGULAR else _with_ed(verb)


def participle(verb: str) -> str:
    """Return the past participle of a verb.

    >>> [participle(verb) for verb in ("be", "take", "recognise", "occupy", "work")]
    ['been', 'taken', 'recognised', 'occupied', 'worked']
    """
    return _IRREGULAR[verb][1] if verb in _IRREGULAR else _with_ed(verb)


def _with_ed(verb: str) -> str:
    if re.search("[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    if verb in _DOUBLING:
        return f"{verb}{verb[-1]}ed"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"
