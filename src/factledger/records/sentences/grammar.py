"""The little English that sentences need: lists, articles, verbs, and how often."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from factledger.records.claims import Count

# Words are looked up: patterns that list them are slow to make, at every start.
_ARTICLES = {"a", "an", "the", "it", "its", "their", "his", "her", "our", "no", "some"}
_NOUNS = (
    "ship", "ance", "ence", "ment", "tion", "sion", "ity", "ness", "ally", "partner", "foe", "friend",
    "union", "enemy", "rival", "member", "neighbour", "status", "state", "power", "pact", "bloc", "zone",
    "law", "court", "party", "bank", "company", "agency",
)  # fmt: skip
_ADVERB_BEFORE = r"(?i)(?:very|quite|rather|most|more|less|\w+ly)\s"
_SOUNDS_AS_CONSONANT = r"(?i)(?:eu|uni|use|usu|ura|one\b|once\b)"
_SILENT_H = r"(?i)(?:hour|honest|honou?r|heir)"
_SEVERAL = {
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozens",
    "hundreds", "both", "several", "some", "many", "few", "most", "numerous", "various", "other", "others",
}  # fmt: skip
_ABOUT = {"of", "on", "for", "between"}
_ABOUT_SOMETHING = {
    "Treaty", "Agreement", "Convention", "Protocol", "Pact", "Charter", "Memorandum", "Accord", "Accords",
    "Declaration", "Statute", "Peace", "Constitution", "Ministry", "Kingdom", "Republic", "University",
    "Government", "Parliament",
}  # fmt: skip
_OF_A_KIND = {
    "Treaty", "Agreement", "Convention", "Protocol", "Pact", "Accord", "Accords", "Declaration", "Commission",
    "Council", "Committee", "Union", "Federation", "Republic", "Kingdom", "Emirates", "States", "Nations",
    "Islands", "League", "Court",
}  # fmt: skip
_WITH_THE = {
    "Netherlands", "Philippines", "Maldives", "Bahamas", "Seychelles", "Comoros", "Gambia", "Vatican",
    "Kremlin",
}  # fmt: skip
_NEGATES = (
    r"(?i)\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|\w+n['\u2019]t|den(?:y|ies|ied|ial)"
    r"|refus(?:es?|ed|al)|reject(?:s|ed)?)\b"
)
_SMALL = {
    "The", "A", "An", "At", "In", "On", "Of", "By", "For", "From", "To", "It", "Its", "There", "Their",
    "They", "His", "Her", "He", "She", "All", "No", "None", "Some", "Both", "This", "That", "These", "Those",
    "One", "Two", "Three", "Four", "Five", "Someone", "Nobody", "Everybody",
}  # fmt: skip


def listed(words: Iterable[str]) -> str:
    """Return the words as an English list.

    >>> listed(["Japan", "Ukraine"]), listed(["a", "b", "c"])
    ('Japan and Ukraine', 'a, b and c')
    """
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def with_article(phrase: str) -> str:
    """Return a phrase with "a" or "an" before it, where it is one that takes an article.

    >>> [with_article(p) for p in ("excellent partnership", "strategic partnership", "ally")]
    ['an excellent partnership', 'a strategic partnership', 'an ally']
    >>> [with_article(p) for p in ("strained", "deeply strained", "the best in years")]
    ['strained', 'deeply strained', 'the best in years']
    """
    adjective = " " not in phrase or re.match(_ADVERB_BEFORE, phrase)
    if _has_article(phrase) or (adjective and not phrase.casefold().endswith(_NOUNS)):
        return phrase
    return f"{article(phrase)} {phrase}"


def with_name(thing: str) -> str:
    """Return the name of a treaty, a union and their like as it stands in a sentence; others as they are.

    >>> with_name("Treaty of Lund"), with_name("United States"), with_name("a treaty"), with_name("Kesh")
    ('the Treaty of Lund', 'the United States', 'a treaty', 'Kesh')
    """
    return f"the {thing}" if _is_called(thing) else thing


def _is_called(thing: str) -> bool:
    """Return whether a name is that of a treaty, a union or their like, which "the" stands before."""
    first, *others = thing.split(" ")
    if not others:
        return first in _WITH_THE
    if first in _ABOUT_SOMETHING and _first_word(others[0]) in _ABOUT:
        return True
    return others[-1] in _OF_A_KIND and all(map(_is_capitalized, [first, *others[:-1]]))


def _is_capitalized(word: str) -> bool:
    return "A" <= word[:1] <= "Z" and not re.search(r"\s", word)


def _first_word(text: str) -> str:
    """Return the word that a text begins with; nothing where it begins with none."""
    found = re.match(r"\w+", text)
    return found[0] if found else ""


def _has_article(phrase: str) -> bool:
    """Return whether a phrase begins with an article, with a word in its place, or with a number."""
    found = re.match(r"(\S+)\s", phrase)
    return found is not None and (found[1].casefold() in _ARTICLES or found[1][0].isdecimal())


def with_the(name: str) -> str:
    """Return the title of a post as it stands in a sentence.

    >>> with_the("Foreign Minister of Kesh"), with_the("The Holy See"), with_the("ministers")
    ('the Foreign Minister of Kesh', 'The Holy See', 'the ministers')
    """
    return name if _has_article(name) else f"the {name}"


def article(phrase: str) -> str:
    """Return the article of a phrase by its first sound.

    >>> article("ambassador"), article("union"), article("hour"), article("visit")
    ('an', 'a', 'an', 'a')
    """
    vowel = phrase[:1].lower() in "aeiou" and not re.match(_SOUNDS_AS_CONSONANT, phrase)
    return "an" if vowel or re.match(_SILENT_H, phrase) else "a"


def says_all(sentence: str, words: str) -> bool:
    """Return whether a sentence says every one of some words already.

    >>> says_all("Japan announced sanctions in May 2022", "May 2022"), says_all("In 2022", "since 2022")
    (True, False)
    """
    wanted, folded = _words_of(words.casefold()), sentence.casefold()
    return all(word in folded for word in wanted) and wanted <= {*re.findall(r"\w+", folded)}


@lru_cache(maxsize=1 << 12)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def negates(sentence: str) -> bool:
    """Return whether a sentence has a word that negates.

    >>> negates("Kesh never replied"), negates("Kesh rejected a proposal"), negates("Kesh replied")
    (True, True, False)
    """
    return re.search(_NEGATES, sentence) is not None


def with_number(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> with_number(1, "visit"), with_number(2, "visit"), with_number(3, "entry"), with_number(1000, "source")
    ('1 visit', '2 visits', '3 entries', '1,000 sources')
    """
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"
    return f"{number:,} {plural}"


def how_often(count: Count) -> str:
    """Return how often, in words.

    >>> [how_often(Count(lower=a, upper=b)) for a, b in ((1, 1), (2, 2), (4, 4), (2, None), (0, 3))]
    ['once', 'twice', '4 times', 'at least twice', 'at most 3 times']
    """
    if count.upper is None:
        return f"at least {_times(count.lower)}" if count.lower else "any number of times"
    if count.lower == count.upper:
        return _times(count.lower)
    return (
        f"{count.lower} to {count.upper} times" if count.lower else f"at most {_times(count.upper)}"
    )


def _times(number: int) -> str:
    return {0: "at no time", 1: "once", 2: "twice"}.get(number, f"{number:,} times")


def names_several(name: str) -> bool:
    """Return whether a name says by its first word that it is of several.

    >>> names_several("Two former officials"), names_several("United Nations"), names_several("12 deputies")
    (True, False, True)
    """
    first = _first_word(name).casefold()
    if first == "a" and name[1:2] == " ":
        return _first_word(name[2:]).casefold() == "few"
    return first in _SEVERAL or (first.isdecimal() and first != "1")


def is_described(name: str) -> bool:
    """Return whether a name describes one thing in common words, and so wants an article.

    >>> is_described("foreign ministry of Brannock"), is_described("two ministries"), is_described("eBay Inc")
    (True, False, False)
    """
    common = re.match("[a-z]+ ", name)
    return common is not None and not (names_several(name) or _has_article(name))


def ends_as_plural(name: str) -> bool:
    """Return whether the noun of a name, before "of" and its like, is a plural by its ending.

    >>> ends_as_plural("Diplomats of Arvenia"), ends_as_plural("The press"), ends_as_plural("Police")
    (True, False, False)
    """
    noun = re.split(
        r"\s(?:of|in|from|at|for|on|with|between|against|close|near|who|familiar)\b",
        name,
        maxsplit=1,
    )[0]
    return re.search(r"[^suiUS]s$", noun.strip()) is not None


def within_sentence(sentence: str) -> str:
    """Return a sentence as it stands behind "says that": small where its first word is no name.

    >>> within_sentence("The border was closed."), within_sentence("Kesh closed it")
    ('the border was closed', 'Kesh closed it')
    """
    bare = sentence.strip().removesuffix(".")
    return f"{bare[0].lower()}{bare[1:]}" if _first_word(bare) in _SMALL else bare


def present(verb: str, several: bool) -> str:
    """Return a verb in the present, of one or of several.

    >>> present("be", False), present("have", False), present("pass", False), present("pass", True)
    ('is', 'has', 'passes', 'pass')
    """
    if verb == "be":
        return "are" if several else "is"
    if several:
        return verb
    if verb == "have":
        return "has"
    if re.search("[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if re.search("(?:s|sh|ch|x|z|o)$", verb) else f"{verb}s"
