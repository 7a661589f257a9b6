"""Clauses: whether a negation beside a quote can reach it, or speaks of something else.

English only, and by the marks that writers set: commas with relative pronouns, semicolons, words
such as *but* and *although*, and *and* before a new subject or a new verb. Where the marks do not
part the two, the negation reaches the quote: a false alarm costs a field, a miss a false claim.
"""

from __future__ import annotations

import re

_RELATIVE = r"(?:who|whom|whose|which|where)"
_CONTRAST = r"(?:although|though|whereas|while|despite)"
_TIME = r"(?:when|after|before|because|since|as|once|until)"
_TELLING = r"(?:saying|adding|arguing|noting|stating|insisting|claiming|telling|writing)"
_BE = (
    "(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should)"
)
_PAST = (
    r"(?:\w+ed|took|went|came|gave|became|began|left|met|said|made|held|won|told|sent|paid|led|"
    r"wrote|spoke|stood|flew|lost|built|bought|broke|chose|drew|fell|grew|kept|knew|rose|saw|sold)"
)
_WORD = r"(?!that\b|who\b|which\b|where\b|whose\b)[\w'-]+\ "  # of the same clause
_SUBJECT = r"(?:he|she|they|we|I|it|there)"
_NO_CLAUSE = r"(?!now\b|then\b|yet\b|of\b|today\b|recently\b|\d)"  # "until now", "as yet"


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


# Two marks with what stands between: it parts nothing that stands around it.
_ASIDE = _pattern(
    r"\ -\ [^-]*?\ -\ ",
    r"\([^()]*\)",
    rf",\ (?:{_RELATIVE}|{_CONTRAST}|{_TIME}|{_TELLING})\b[^,]*?,",
)

# --- between a negation and a quote behind it

_BEFORE_QUOTE = _pattern(
    r";\ (?!(?:and\ |or\ )?(?:that|or|nor|whether|to)\b)",
    rf"\b{_CONTRAST}\b(?!.{0, 300}\b(?:and|or)\b)",
    rf",\ (?:{_RELATIVE}|{_TIME}|{_TELLING})\b",
    r"\bbut\b(?!\ for\b)|,\ (?:yet|so)\ (?!to\b)",
)
_AND_BEFORE_QUOTE = _pattern(
    rf"\band\ (?:then\ )?(?:{_SUBJECT}|{_BE})\b",
    rf"\A[^,]*,\ and\ (?:then\ )?(?:{_WORD}){{0,4}}?(?:{_BE}|{_PAST})\b",
)
_DID_NOT = re.compile(r"(?:did|does|do)(?:n't|\ not)\Z", re.IGNORECASE)
_NEW_PAST = re.compile(rf"\band\ {_PAST}\b", re.IGNORECASE)
_AT_ONCE = re.compile(rf"\s*(?:{_CONTRAST}|{_TIME})\b", re.IGNORECASE)  # "never while in office"
_COMPLEMENT = re.compile(r"\b(?:that|whether|if)\b", re.IGNORECASE)

# What a negation stands in that can be over before the quote: how it opens, how it closes.
_OVER = (
    (re.compile(r"\([^()]*\Z"), re.compile(r"\)")),
    (re.compile(r"\ -\ [^-]*\Z"), re.compile(r"\ -\ ")),
    (
        re.compile(rf"(?:\A|[,;]\ )(?:{_CONTRAST}|when|as|because)\b[^,;]*\Z", re.IGNORECASE),
        re.compile(r"\A\s*[^,\s][^,]*,\ (?:he|she|they|we|I|it|there|the|an?|his|her|its|their|[A-Z0-9])"),
    ),
    (
        re.compile(
            rf"(?:,\ {_RELATIVE}\b[^,;]*|(?:\A|,\ )(?:not|without|instead\ of|rather\ than|never))\Z",
            re.IGNORECASE,
        ),
        re.compile(
            r"\A\s*[^,\s][^,]*,\ (?!in|on|at|by|for|from|to|with|of|n?or\b|and|according|as\b|if\b|\w+ing\b)"
        ),
    ),
)  # fmt: skip

# --- between a quote and a negation behind it

_AFTER_QUOTE = _pattern(
    r";|\ -\ |--",
    rf",\ (?:who|whom|whose|where|{_CONTRAST}|{_TIME}|{_TELLING})\b",
    rf",\ which\ (?:{_BE}\ )?\Z",
    rf"\bbut\ (?!{_BE}\b|not\b|never\b)[\w'-]+",
    rf",\ and\ (?:{_WORD}){{1,4}}",
)
_AFTER_CLAUSE = _pattern(
    rf"\ (?:{_CONTRAST}|{_TIME})\ {_NO_CLAUSE}",
    rf"\band\ (?:{_SUBJECT}\b|(?:{_BE}|never)\b|\Z)",
)
_HAS_VERB = _pattern(rf"\b{_PAST}\b", rf"\b{_BE}\b(?!\s*\Z)")
# What turns only what follows it.
_FORWARD = re.compile(r"without|rather than|instead of|hardly|scarcely|barely", re.IGNORECASE)
# A clause that speaks of the quote as a whole, or ends in the negation: "which is untrue".
_RETORT = _pattern(
    r"\b(?:un|not\ )true\b|\bfalse|\bthe\ case\b|\bhappen|\btruth\b|\bnot\ so\b|\bdo\ so\b",
    r"\b(?:confirm|verif|substantiat|corroborat|establish|believ|prov(?:ed|en)\b|evidence)",
    r"\bden(?:y|ies|ied|ying)\ (?:it|this|that|so|the\ (?:claim|charge|report|story|accusation))\b",
    r"\b(?:claim|report|charge|story|accusation|allegation)s?\b",
)
_ELLIPSIS = re.compile(r"\s*(?:[.,;:!?)\"]|\Z)")


def reaches_forward(before: str, negation: str, between: str, quote: str) -> bool:
    """Return whether a negation reaches a quote behind it: the words before it, and between the two.

    >>> reaches_forward("Oslo has ", "not", " taken ", "a hard line")
    True
    >>> reaches_forward("He did ", "not", " sign, and she ", "left")
    False
    """
    opening, rest = f"{before}{negation}", f"{between}{' '.join(quote.split()[:2])}"
    if any(opens.search(opening) and closes.search(rest) for opens, closes in _OVER):
        return False
    if _AT_ONCE.match(between):
        return True
    gap = _ASIDE.sub(" ", rest)
    if _BEFORE_QUOTE.search(gap):
        return False
    if _COMPLEMENT.search(gap):
        return True
    past = _DID_NOT.search(opening) and _NEW_PAST.search(gap)
    return not (past or _AND_BEFORE_QUOTE.search(gap))


def reaches_back(quote: str, between: str, negation: str, after: str) -> bool:
    """Return whether a negation reaches a quote before it: the words between, and those after it.

    >>> reaches_back("He paid", ", which is ", "untrue", ".")
    True
    >>> reaches_back("named by the president", ", who did ", "not", " come.")
    False
    """
    if _FORWARD.fullmatch(negation):
        return False
    clause = re.split(r"[,;]|\ -\ ", f"{negation}{after}", maxsplit=1)[0]
    near = re.split(r"[,;]|\ -\ ", between)[-1]
    if _RETORT.search(f"{near}{clause}") or _ELLIPSIS.match(after):
        return True
    gap = _ASIDE.sub(" ", between)
    return not (_AFTER_QUOTE.search(gap) or (_HAS_VERB.search(quote) and _AFTER_CLAUSE.search(gap)))
