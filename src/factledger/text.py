"""Words fit to be shown: escaped, measured and wrapped; slugs, the nearest known word, reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Protocol
from unicodedata import category, combining, east_asian_width, name

from factledger.caching import cached_property

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_COMPARED = 100  # letters of a word, and known words, that are compared with care
_FORMULA = r'(\A|[;\n]"*)(?=[=+\-@\t\r\n\0＝＋－＠])'
_SLUG = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"


def show(text: str, *, newlines: bool = False) -> str:
    r"""Return the text with every character that hides or acts written as an escape.

    Those are the categories Cc, Cf, Cs, Co, Cn, Zl and Zp of Unicode: terminal controls,
    bidirectional overrides, marks without width, unassigned code points. All that comes from a
    ledger or from a user passes here before it reaches a terminal or a message. A backslash
    stays as it is, so this is for eyes and is never read back. `newlines` keeps line feeds.

    >>> show("a\x1b[2Jb\u202ec\n")
    'a\\x1b[2Jb\\u202ec\\n'
    """
    if text.isprintable():
        return text
    return "".join(
        _escape(c) if category(c) in _HIDDEN and not (newlines and c == "\n") else c for c in text
    )


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def show_json(text: str) -> str:
    r"""Return a JSON text that says the same, with what hides or acts in JSON's own escapes.

    Line feeds stay: those of a JSON text stand between its values.

    >>> print(show_json('["é\u202e\U000e0041"]'))
    ["é\u202e\udb40\udc41"]
    """
    if text.isprintable():
        return text
    return "".join(_json_escape(c) if category(c) in _HIDDEN and c != "\n" else c for c in text)


def _json_escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


def hidden_characters(text: str) -> list[tuple[int, str]]:
    r"""Return the offset and the name of every character that `show` escapes, in order.

    >>> hidden_characters("JPN\u202e\x00")
    [(3, 'U+202E RIGHT-TO-LEFT OVERRIDE'), (4, 'U+0000')]
    """
    return [
        (i, f"U+{ord(c):04X} {name(c, '')}".rstrip())
        for i, c in enumerate(text)
        if category(c) in _HIDDEN
    ]


def is_slug(text: str) -> bool:
    """Return whether a text can name a source, an actor, a type or a label.

    1 to 100 ASCII letters, digits, dots, underscores and hyphens, the first a letter or digit.

    >>> is_slug("kishida-fumio"), is_slug("-x"), is_slug("Kyiv\u2011Oblast")
    (True, False, False)
    """
    return re.fullmatch(_SLUG, text) is not None


def nearest(
    word: str, known: Iterable[str], *, names: Iterable[tuple[str, str]] = ()
) -> str | None:
    """Return the known word that was probably meant, for "did you mean", or None.

    Case does not count. `names` are pairs of a display name and the known word that it names;
    a display name that is near answers with its word. The order of the input does not matter.

    >>> nearest("UKX", ["JPN", "UKR"]), nearest("japan", ["JPN"], names=[("Japan", "JPN")])
    ('UKR', 'JPN')
    """
    return Spellings(known, names).nearest(word)


class Spellings:
    """Known words by their spelling, put in order once, so that many can be looked for.

    A word is compared with those that share the most pairs of letters with it.
    """

    def __init__(self, known: Iterable[str], names: Iterable[tuple[str, str]] = ()) -> None:
        own = ((k, k) for k in sorted(known, reverse=True))
        spelled = [*sorted(names, reverse=True), *own]  # of equal spellings the last one counts
        self._answers = {spelling.casefold(): answer for spelling, answer in spelled}
        self._all = sorted(self._answers)

    def nearest(self, word: str) -> str | None:
        """Return the known word that was probably meant, or None."""
        from difflib import get_close_matches  # only an error needs it

        spelling = word[:_COMPARED].casefold()
        near = get_close_matches(spelling, sorted(self._like(spelling)), n=1)
        return self._answers[near[0]] if near else None

    def _like(self, spelling: str) -> list[str]:
        if len(self._all) <= _COMPARED:
            return self._all
        shared = Counter(
            chain.from_iterable(self._by_letters.get(p, ()) for p in letter_pairs(spelling))
        )
        return [self._all[place] for place, _ in shared.most_common(_COMPARED)]

    @cached_property
    def _by_letters(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, spelling in enumerate(self._all):
            for pair in letter_pairs(spelling[:_COMPARED]):
                found.setdefault(pair, []).append(place)
        return found


def letter_pairs(word: str) -> set[str]:
    """Return every two letters that follow one another in a word, its ends marked.

    >>> sorted(letter_pairs("Kyiv"))
    [' K', 'Ky', 'iv', 'v ', 'yi']
    """
    return {first + second for first, second in pairwise(f" {word} ")}


def spreadsheet_cell(text: str) -> str:
    r"""Return the text with an apostrophe in front of what a spreadsheet would run as a formula.

    Escaped text is lossy: an export that passed here is not to be imported again.

    One that parts cells at semicolons takes the quotes around this one for text: then a formula may
    also follow a semicolon or a line end.

    >>> spreadsheet_cell("=1+1"), spreadsheet_cell("1+1"), spreadsheet_cell("said;=1+1")
    ("'=1+1", '1+1', "said;'=1+1")
    """
    return re.sub(_FORMULA, r"\1'", text)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes; a wide character takes two.

    >>> columns("Kyiv"), columns("日本")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def system_reason(error: Exception) -> str:
    """Return the system's reason why a file cannot be opened, read or written.

    >>> system_reason(FileNotFoundError(2, "No such file or directory"))
    'no such file or directory'
    """
    return (getattr(error, "strerror", None) or str(error)).lower()


def wrapped(text: str, width: int, indent: int = 0, *, whole: bool = False) -> Iterator[str]:
    """Yield the text in lines of at most `width` columns; those after the first are indented.

    A word that is longer than a line is broken, or stays `whole` and alone on a line.

    >>> list(wrapped("to and fro, incessantly", 9))
    ['to and', 'fro,', 'incessant', 'ly']
    >>> list(wrapped("- to and fro, incessantly", 9, 2, whole=True))
    ['- to and', '  fro,', '  incessantly']
    """
    row = ""
    for word in text.split(" ") if whole else _pieces(text, width - indent):
        if row.strip(" ") and columns(f"{row}{word}") > width:
            yield row.rstrip(" ")
            row = " " * indent
        row += f"{word} "
    yield row.rstrip(" ")


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield the words of a text, each that is wider than `width` in pieces that fit."""
    for word in filter(None, text.split(" ")):
        while columns(word) > width:
            head = fitting(word, width)
            yield head
            word = word[len(head) :]
        yield word


def fitting(text: str, width: int) -> str:
    """Return as much of the beginning of a text as fits, a character at least.

    >>> fitting("日本とウクライナ", 5)
    '日本'
    """
    end = min(len(text), max(width, 1))
    while end > 1 and columns(text[:end]) > width:
        end -= 1
    return text[:end]


class KnownWords(Protocol):
    """The known words by their kind, such as the declarations of a ledger."""

    def known(self, kind: str) -> Sequence[str]:
        """Return the words of a kind."""

    def shown_names(self, kind: str, known: Iterable[str]) -> Sequence[tuple[str, str]]:
        """Return the names by which words of a kind are shown, each with its word."""


class Advice:
    """The known words that were probably meant by others, as long as few are asked for.

    To find one takes a look at all that are known; and where very many are wrong, they are wrong
    for one reason.
    """

    def __init__(self, most: int = 20) -> None:
        self._left = most
        self._spellings: dict[tuple[str, int], Spellings] = {}

    def nearest(self, declared: KnownWords, kind: str, name: str) -> str | None:
        """Return the known word of a kind that was probably meant, or None."""
        if not self._left:
            return None
        self._left -= 1
        known = declared.known(kind)
        place = kind, len(known)
        if place not in self._spellings:
            self._spellings[place] = Spellings(known, declared.shown_names(kind, known))
        return self._spellings[place].nearest(name)
