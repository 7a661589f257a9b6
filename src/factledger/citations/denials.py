"""Denials: a quote that says by itself, in the one clause that it is, that something is not so.

English only. What may be said of another clause is passed over: a false alarm wears out whoever reads.
"""

from __future__ import annotations

import re

_BE = "is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should"
_DENIES = re.compile(
    rf"\b(?:(?:{_BE})\ (?:\w+ly\ )?not\b|(?:{_BE}|ca|wo)n['’]t\b|cannot\b|never\b)"
    r"(?!\ (?:only|just|merely|least|to\ mention|fail|because)\b)",
    re.IGNORECASE,
)
# What parts clauses, or lets a negation say that something is so after all.
_OTHERWISE = re.compile(
    r"[;:“”\"(]|\ [-–—]\ |--|,\ |\b(?:but|and|or|that|whether|if|who|whom|whose|which|where|what|while|whereas"
    r"|although|though|when|after|before|because|since|once|until|till|unless|except|without|only|than|again"
    r"|no\ longer|any\ ?more|any\ longer|besides|den(?:y|ied|ies)|doubt(?:s|ed)?)\b",
    re.IGNORECASE,
)


def denial_within(quote: str) -> str | None:
    """Return the words by which a quote of one clause says that something is not so, None for others.

    >>> denial_within("Brannock did not expel anybody"), denial_within("visited Kesh, but did not stay")
    ('did not', None)
    >>> denial_within("did not resign until 5 May 2021"), denial_within("was not only seen")
    (None, None)
    """
    plain = " ".join(quote.split())
    found = _DENIES.search(plain)
    return None if found is None or _OTHERWISE.search(plain) else found[0]
