"""Cues: words in or around a quote that a reader must not overlook.

English only: in a text of another language no cue is found, and none may be concluded.
The lists are short on purpose. A cue never decides; it asks for an explicit word of the user,
so a false alarm costs a field and a miss costs a false claim.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from factledger.citations.clauses import reaches_back, reaches_forward
from factledger.citations.folding import WHITE, FoldedText, fold_text

_WINDOW = 2000  # code points to each side of a quote in which its sentence is looked for

_STOP = re.compile(
    r"""(?P<stop>[.!?…]["'’”»)\]]*)(?P<gap>\s+|\Z)(?=["'‘“«(\[]*(?P<next>.?))"""
    r"""|(?P<blank>\s*\n\s*\n\s*)""",
)
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|Sgt|St|Mt|[Nn]o|vs|e\.g|i\.e|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)$"
)
_LONGEST = 4  # characters of an abbreviation

# With each of these a sentence says the opposite of a part of it that is quoted alone.
_NEGATION = re.compile(
    r"""\b(?:
      \w+n't | not(?!\ (?:only|least|to\ mention)\b) | cannot | never
    | no(?!\.\ ?\d|\ (?:doubt|wonder|fewer|less|later|sooner)\b|\ more\ than\b) | none | nobody | nothing
    | neither | nor | without | non(?=-)                          # negators proper
    | hardly | scarcely | barely                                  # nearly negators
    | den(?:y|ies|ied|ying|ials?) | refus(?:es?|ed|ing|als?)      # verbs that turn their object
    | reject(?:s|ed|ing|ions?)? | fail(?:s|ed|ing|ure)?\ to | ruled\ out
    | rather\ than | instead\ of | yet\ to | false(?:ly)? | untrue
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)

_UNIT = (
    "(?:day|night|week|weekend|fortnight|month|quarter|year|decade|century"
    "|spring|summer|autumn|fall|winter"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
    ")s?"
)
_RELATIVE = re.compile(
    rf"""\b(?:
      yesterday | today | tonight | tomorrow | recently | ago
    | (?:last|past|previous|this|current|next|coming|following|recent)\ (?:\w+\ )?{_UNIT}
    | {_UNIT}\ (?:earlier|later|before|after)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"\b[12]\d{3}\b")
_YEARLESS = re.compile(
    r"""\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day
    | (?:Jan|Febr)uary | March | April | June | July | August
    | (?:Septem|Octo|Novem|Decem)ber
    | May(?=\ \d) | (?<=\d\ )May | (?<=\b(?:in|by|of)\ )May       # not the verb, not the name
    )\b""",
    re.VERBOSE,
)
# Scripts that put no space between words: a part of a sentence is cut off at no word's edge.
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W{_UNSPACED}]"
_GROUPING = f"[{WHITE}]"
_WORD = re.compile(
    rf"""(?: (?<![\w.,]) [+\-−±] )?  # a sign, but no dash between two words
    (?: (?<!\d) \d{{1,3}} (?: {_GROUPING} \d{{3}} )+ (?!\d) (?: [.,]\d+ )* {_LETTER}*
      | \d+ (?: [.,'’] \d+ )* {_LETTER}*
    )
    | {_LETTER}+""",
    re.VERBOSE,
)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence, or the sentences, of the passage begin and end.

    A sentence ends after `.`, `!`, `?` or `…` and closing quotes, where white space and then
    anything but a small letter follows, or nothing; and at a blank line. It does not end after
    an initial or one of a few abbreviations, nor at a single line break, because a wrapped line
    must not part a quote from its "not". In doubt it is too long. At most 2,000 code points to
    each side are looked at.

    >>> sentence_around("He left. She did not go. Why?", 13, 23)
    (9, 24)
    """
    low, high = max(0, start - _WINDOW), end + _WINDOW
    stops = list(_stops(text[low:high]))
    begins = [low + after for _, after in stops if low + after <= start]
    ends = [low + stop for stop, _ in stops if low + stop >= end]
    return (begins[-1] if begins else low), (ends[0] if ends else min(high, len(text)))


def _stops(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence ends, and where the next one begins."""
    for match in _STOP.finditer(text):
        if match["blank"] is not None:
            yield match.start(), match.end()
        elif not match["next"].islower() and not _abbreviated(text, match):
            yield match.end("stop"), match.end("gap")


def _abbreviated(text: str, match: re.Match[str]) -> bool:
    stop = match.start("stop")
    before = max(0, stop - _LONGEST)  # what stands before is looked at for the edge of a word
    return match["stop"] == "." and bool(_ABBREVIATION.search(text, before, stop))


def negation_cue(text: str, start: int, end: int) -> str | None:
    """Return the first negation in the sentence of the quote that reaches it from outside, or None.

    One in another clause, which the marks of the sentence part from the quote, does not reach it.

    A negation inside the quote is shown by the quote itself and is no cue; one outside counts
    even then ("denied that it had not paid"). A word that the quote cuts, as in "did[n't]",
    is outside.

    >>> text = "Oslo has not taken a hard line."
    >>> negation_cue(text, 13, 30), negation_cue(text, 5, 30)
    ('not', None)
    """
    low, high = sentence_around(text, start, end)
    sentence = fold_text(text[low:high])
    quote = _folded_place(sentence, start - low), _folded_place(sentence, end - low)
    for match in _NEGATION.finditer(sentence.text):
        if _reaches(sentence.text, match.span(), quote):
            return match[0]
    return None


def _folded_place(text: FoldedText, place: int) -> int:
    """Return where in a folded text a place of the original is."""
    letters = range(len(text.text))
    return bisect_left(letters, place, key=lambda letter: text.place(letter, letter + 1).start)


def _reaches(sentence: str, negation: tuple[int, int], quote: tuple[int, int]) -> bool:
    """Return whether a negation reaches a quote from outside, in their sentence; one that it cuts does."""
    (first, last), (start, end) = negation, quote
    if last <= start:
        before, between = sentence[:first], sentence[last:start]
        return reaches_forward(before, sentence[first:last], between, sentence[start:end])
    if first >= end:
        between, after = sentence[end:first], sentence[last:]
        return reaches_back(sentence[start:end], between, sentence[first:last], after)
    return first < start or last > end


def cut_word(text: str, start: int, end: int) -> str | None:
    """Return the word or number that an edge of the quote cuts, or None.

    "happy with it" stands in "unhappy with it", "500 men" in "1,500 men", and "5 degrees" in
    "-5 degrees". Where words have no spaces between them, as in Chinese and Thai, none is cut.

    >>> cut_word("They were unhappy.", 12, 17), cut_word("some 1,500 men", 7, 14)
    ('unhappy', '1,500')
    """
    low, high = max(0, start - 100), end + 100
    for match in _WORD.finditer(text, low, high):
        if match.start() < start < match.end() or match.start() < end < match.end():
            return match[0]
    return None


def relative_cue(text: str) -> str | None:
    """Return the first words by which a quote dates itself from its own day, or None.

    "yesterday", "last month", "in recent weeks", "two years ago", "the week before"; and a
    month or a weekday when no year stands in the same quote, since then the year is inferred.
    Lengths of time ("for three decades") are not cues.

    >>> relative_cue("met in Oslo last month"), relative_cue("on 3 May"), relative_cue("in May 2023")
    ('last month', 'May', None)
    """
    folded = fold_text(text).text
    match = _RELATIVE.search(folded) or (None if _YEAR.search(folded) else _YEARLESS.search(folded))
    return match[0] if match else None
