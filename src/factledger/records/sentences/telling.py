"""A claim → one sentence: who says it, with which doubt, and whether it is denied or only planned.

The mark of a denial, a plan or a hypothesis stands in every sentence, also where the claim has a
`text` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from factledger.dates.wording.told import date_words
from factledger.named import NamedTuple
from factledger.records.claims import Aspect, Claim, Tally, doubt_of
from factledger.records.sentences.grammar import (
    how_often,
    listed,
    negates,
    present,
    with_name,
    with_the,
    within_sentence,
)
from factledger.records.sentences.patterns import filled, parts_of
from factledger.records.sentences.verbs import clause_of, in_mood

_SPEAKS_OF_PLANS = (
    r"(?i)\b(?:will|shall|plan(?:s|ned|ning)?|intend(?:s|ed)?|(?:is|are|was|were|due|about) to"
    r"|going to|expected)\b"
)
_SUPPOSES = (
    r"(?i)\b(?:would|could|might|may|if|perhaps|possibl[ye]|potential(?:ly)?|consider(?:s|ed|ing)?"
    r"|suppos(?:e|es|ed)|hypothe\w+)\b"
)
_NO_ADVERB = (  # a doubt that cannot stand before a sentence
    r"(?i)(?:is|are|was|were|has|have|had|may|might|can|could|would|should|must|seem(?:s|ed)?|appear(?:s|ed)?|said"
    r"|believed|reported|alleged|thought|supposed|rumou?red|claimed|expected|considered|understood|likely to"
    r"|unlikely|not|unconfirmed|uncertain|unclear|doubtful|disputed)\b"
)
_SAYS_SO = {"planned": _SPEAKS_OF_PLANS, "hypothetical": _SUPPOSES}
_ASIDE = {"planned": "as a plan", "hypothetical": "as a hypothesis"}


class Speech(NamedTuple):
    """What the words of a claim are made of: the patterns, and the names of actors.

    `infinitive` is the pattern with its verb as in "{actor} to visit {recipient}", None where the
    type gives none. `several` says of an actor whether its name is of several, `titled` whether it
    is the title of a post.
    """

    pattern: str
    infinitive: str | None
    name: Callable[[str], str]
    several: Callable[[str], bool]
    titled: Callable[[str], bool]

    def called(self, actor: str) -> str:
        """Return the name of an actor as it stands in a sentence, a title and its like with an article."""
        return (with_the if self.titled(actor) else with_name)(self.name(actor))


class _Core(NamedTuple):
    """The words of a claim without its speaker, and what they do not say yet."""

    words: str
    denied: bool = False
    unreal: str | None = None  # planned, hypothetical


def claim_words(claim: Claim, speech: Speech, aspect: Aspect | None = None) -> str:
    """Return a claim in one sentence, its speaker first.

    An `aspect` is passed over where the claim has words of its own, or none that allow it.
    """
    core = _own_words(claim) if claim.text else _made(claim, speech, aspect)
    sentence = _said(claim, core, speech) if claim.attributed_to else _stated(claim, core)
    if sentence == claim.text:  # nothing is to be marked
        return sentence
    return sentence[:1].upper() + sentence[1:]


def _stated(claim: Claim, core: _Core) -> str:
    words = core.words
    if core.denied and core.unreal == "planned":
        return f"it is denied that this was planned: {words}"
    if core.denied:
        so = "not so" if claim.hedge or core.unreal else "denied"
        words = f"it is {so} that {within_sentence(words)}"
    words = _doubted(words, claim)
    return f"{core.unreal}: {words}" if core.unreal else words


def _said(claim: Claim, core: _Core, speech: Speech) -> str:
    """Return who says it, and what: "Two former officials say that …"."""
    who = listed(map(speech.called, claim.attributed_to))
    several = len(claim.attributed_to) > 1 or speech.several(claim.attributed_to[0])
    verb = f"{present('deny' if core.denied else 'say', several)}{_to_whom(claim, speech)}"
    aside = f", {_ASIDE[core.unreal]}," if core.unreal else ""
    return f"{who} {verb}{aside} that {_doubted(within_sentence(core.words), claim)}"


def _doubted(words: str, claim: Claim) -> str:
    """Return words with the doubt of their source before them, or behind them where it is no adverb."""
    doubt = doubt_of(claim)
    if doubt is None:
        return words
    if re.match(_NO_ADVERB, doubt):
        return f"{words.strip().removesuffix('.')} (\N{LEFT DOUBLE QUOTATION MARK}{doubt}\N{RIGHT DOUBLE QUOTATION MARK})"
    return f"{doubt}, {within_sentence(words)}"


def _to_whom(claim: Claim, speech: Speech) -> str:
    """Return to whom, and when, something was told, as it stands behind the verb."""
    whom = f" to {listed(map(speech.called, claim.told_to))}" if claim.told_to else ""
    return f"{whom} ({date_words(claim.told_when)})" if claim.told_when else whom


# --- the words themselves


def _own_words(claim: Claim) -> _Core:
    """Return the `text` of a claim, with the marks that it does not make plain itself."""
    words, denied, unreal = str(claim.text), claim.polarity == "denied", _unreal(claim)
    if denied and negates(words):
        words, denied = _remarked(words, "a denial"), False
    if unreal and re.search(_SAYS_SO[unreal], words):
        words, unreal = _remarked(words, unreal), None
    return _Core(words, denied, unreal)


def _remarked(words: str, remark: str) -> str:
    return f"{words.strip().removesuffix('.')} ({remark})"


def _unreal(claim: Claim) -> str | None:
    return claim.modality if claim.modality in _ASIDE else None


def _made(claim: Claim, speech: Speech, aspect: Aspect | None) -> _Core:
    """Return the words that the patterns of a type make of a claim."""
    parts = parts_of(claim, speech.name, speech.called)
    denied, unreal = claim.polarity == "denied", _unreal(claim)
    often = how_often(claim.count) if isinstance(claim, Tally) else None
    none = isinstance(claim, Tally) and claim.count.upper == 0
    lasting, negative = claim.shape == "state", none if often else denied
    clause = None
    if lasting or negative or unreal:  # the pattern itself tells what happened
        clause = clause_of(speech.pattern, speech.infinitive, parts, claim, speech.several)
    if clause is None:
        return _Core(_repeated(filled(speech.pattern, parts), often), denied, unreal)
    if aspect == "no longer" and (denied or claim.attributed_to or doubt_of(claim)):
        aspect = None  # nobody says so: the end is told by others, and of what they say
    never_since = none and aspect == "since"
    words = in_mood(clause, lasting or never_since, negative, unreal, aspect)
    left = unreal if unreal == "hypothetical" else None
    return _Core(_repeated(words, None if none else often), denied and bool(often), left)


def _repeated(words: str, often: str | None) -> str:
    """Return the words with how often; before them where they end in what follows a colon."""
    if often is None:
        return words
    return f"{often}: {words}" if ":" in words else f"{words} {often}"
