"""Small ledgers made at random, judged and asked; of one on which the two differ, the least."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

from enumeration import Judge, Unclear
from enumeration_ledgers import ALL, Answers, Cut, Written, answered, draft, judged, ledger_of, read
from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.log.stores import Store, create_store

Lines = tuple[str, ...]
Check = Callable[[Lines], "Difference | None"]

# Of these a ledger takes one theme, so that its claims meet; a name stands for a share of them.
THEMES: dict[str, tuple[str, ...]] = {
    "office": ("state office", "state office", "state office", "event took", "event left"),
    "office-states": ("state office",),
    "lives": ("state lives",),
    "level": ("state level",),
    "aid": ("state aid",),
    "born": ("event born",),
    "visit": ("event visit", "event visit", "tally visit"),
    "tally": ("tally visit",),
    "sold": ("event sold",),
    "mixed": (
        "state office",
        "event took",
        "event born",
        "event visit",
        "state aid",
        "tally visit",
    ),
}
WORDS = (
    "close",
    "correct",
    "retract",
    "corroborate",
    "dispute",
    "same",
    "different",
    "withdraw",
    "alias",
)
AMOUNTS = ("3_t", "4_t", "more_than_3_t", "3_kg", "some")
REASONS = ("misread", "misdated", "refined", "source-corrected")


class Difference(NamedTuple):
    """A ledger of which the judge and factledger say two things."""

    written: Written
    cut: Cut
    wanted: Answers
    found: Answers

    def __str__(self) -> str:
        """Return it to be read: the lines, what differs, and a draft."""
        known = ", ".join(f"{k} {v}" for k, v in self.cut._asdict().items() if v is not None)
        labels = [
            f"  {label:3} judge {' | '.join(self.wanted.get(label, ('(none)',))):12}  "
            f"factledger {' | '.join(self.found.get(label, ('(none)',)))}"
            for label in sorted({*self.wanted, *self.found})
            if self.wanted.get(label) != self.found.get(label)
        ]
        return "\n".join([*self.written.lines, *([known] if known else []), "", *labels])

    @property
    def overstated(self) -> bool:
        """Whether factledger calls a day definite that is not so in all ways."""
        pairs = ((self.wanted.get(label, ()), lines) for label, lines in self.found.items())
        lines = ((w, f) for wanted, found in pairs for w, f in zip(wanted, found, strict=False))
        return any(f == "D" != w for pair in lines for w, f in zip(*pair, strict=False))

    @property
    def draft(self) -> str:
        """The ledger as a draft."""
        return draft(self.written)


# --- making


class Wish(NamedTuple):
    """What ledgers to make: of one theme, with words about the claims or without, in what store."""

    theme: str | None = None
    words: bool = True
    sqlite: bool = False


ANY = Wish()


def made(random: Random, wish: Wish = ANY) -> Lines:
    """Return the lines of a ledger: one to three sources, one to six claims, up to three words."""
    sources = "pqr"[: random.choice((1, 2, 2, 3))]
    lines = [f"{s} on {published(random)}" for s in sources]
    theme = THEMES[wish.theme or random.choice(list(THEMES))]
    labels = "abcdef"[: random.choice((1, 2, 2, 2, 3, 3, 4, 5, 6))]
    claims = {x: claim(random, theme, sources) for x in labels}
    lines += [f"{x}: {text}" for x, text in claims.items()]
    words: list[str] = []
    for word in "xyz"[: random.choice((0, 0, 1, 1, 2, 3)) if wish.words else 0]:
        text = said(random, claims, sources, words)
        lines.append(f"{word}: {text}")
        words.append(word)
        if text.startswith("correct"):
            claims[word] = text.split(maxsplit=3)[3]
    return tuple(lines)


def published(random: Random) -> str:
    """Return a day of publication, mostly a known one."""
    first = random.randint(3, 11)
    last = min(12, first + random.choice((1, 2, 3)))
    return random.choice((f"{first}",) * 7 + (f"{first}-{last}",) * 2 + ("?",))


def claim(random: Random, theme: Sequence[str], sources: str) -> str:
    """Return a claim of a theme."""
    shape, kind = random.choice(theme).split()
    people = (
        ("ann", "ann", "bob", "cy") if kind in ("office", "took", "left") else ("ann", "ann", "bob")
    )
    who = random.choice(people)
    who = "-" if kind == "left" and random.random() < 0.3 else who
    who += random.choice(("/rome", "/oslo")) if kind == "lives" else ""
    dates = start(random) if shape == "event" else f"{start(random, True)} -> {end(random)}"
    flags = []
    if kind == "level" or kind == "aid":
        flags.append(f"value={random.choice(('good', 'bad'))}")
    if kind == "sold":
        flags.append(f"value={random.choice(AMOUNTS)}")
    if shape == "tally":
        flags.append(f"count={random.choice(('0', '0', '2', '3', '2..4'))}")
        vague = random.random() < 0.4
        last = random.choice(("..", "3-6", "5-8", "7-", "-6")) if vague else exact(random)
        dates = f"{start(random, True) if vague else exact(random)} -> {last}"
    chance = random.random()
    often = kind in ("aid", "visit", "level")
    if chance < (0.35 if often else 0.05):
        flags.append("denied")
    elif chance > 0.93:
        flags.append(random.choice(("planned", "planned", "hypothetical")))
    return " ".join([shape, kind, who, dates, "by", random.choice(sources), *flags])


def exact(random: Random) -> str:
    """Return a day."""
    return str(random.randint(1, 10))


def start(random: Random, state: bool = False) -> str:
    """Return a start: a day, days, or unknown."""
    first = random.randint(1, 9)
    days = f"{first}-{min(12, first + random.choice((1, 2, 3)))}"
    unknown = ("?", "?", "..") if state else ()
    rare = (f"-{first}", f"{first}-", f"{first}~", *unknown)
    among: list[str] = [f"{first}"] * 8 + [days] * 4 + [*rare]
    return random.choice(among)


def end(random: Random) -> str:
    """Return an end: a day, days, open or unknown."""
    first = random.randint(2, 12)
    days = f"{first}-{min(12, first + random.choice((1, 2, 3)))}"
    return random.choice(
        (f"{first}",) * 6
        + ("..",) * 8
        + ("?",) * 2
        + (days,) * 3
        + (f"-{first}", f"{first}-", f"{first}~")
    )


def said(random: Random, claims: dict[str, str], sources: str, before: list[str]) -> str:
    """Return a word about a claim, or one that takes back a word before it."""
    if before and random.random() < 0.4:
        return f"retract {random.choice(before)}"
    word, target = random.choice(WORDS), random.choice(list(claims))
    text, source = claims[target], random.choice(sources)
    alike = [x for x in claims if x != target and same_kind(claims[x], text)]
    if word in ("same", "different") and alike:
        return f"{word} {target} {random.choice(alike)}"
    if word == "close":
        return f"close {target} {exact(random)} by {source}"
    if word == "correct":
        return f"correct {target} {random.choice(REASONS)} {corrected(random, text, sources)}"
    if word == "withdraw":
        return f"withdraw {source}"
    if word == "alias":
        return "alias ann bob"
    if word == "retract":
        return f"retract {target}"
    return f"{random.choice(('dispute', 'corroborate'))} {target} by {source}"


def same_kind(a: str, b: str) -> bool:
    """Whether two claims say the same of the same, but for the days and the source."""
    return essence(a) == essence(b) and "planned" not in a and "hypothetical" not in a


def essence(text: str) -> tuple[list[str], list[str]]:
    """Return a claim without its days and sources."""
    words = text.split()
    return words[:3], words[words.index("by") + 2 :]


def corrected(random: Random, text: str, sources: str) -> str:
    """Return a claim with other days, or another source."""
    words = text.split()
    by = words.index("by")
    words[3] = start(random, words[0] == "state")
    if words[4] == "->" and random.random() < 0.4:
        words[5] = end(random)
    words[by + 1] = random.choice(sources)
    return " ".join(words)


# --- comparing


def taken(lines: Lines) -> Written | None:
    """Return a ledger as it is read, None where a line is about one that is not there."""
    try:
        return read(lines)
    except KeyError:
        return None


def fit(lines: Lines) -> tuple[Lines, Ledger]:
    """Return the lines without those that factledger refuses, and the ledger that holds them."""
    kept: Lines = ()
    ledger = ledger_of(read(()))
    for line in lines:
        written, length = taken((*kept, line)), len(ledger)
        if written is not None:
            with suppress(Refused):
                ledger.append(written.records[-1])
        if len(ledger) > length:
            kept = (*kept, line)
    return kept, ledger


def admitted(written: Written, store: Store | None = None) -> Ledger | None:
    """Return the ledger of some lines, None where one of them is refused."""
    try:
        return ledger_of(written, store)
    except (Refused, ValueError):
        return None


def cuts(written: Written, random: Random) -> Iterator[Cut]:
    """Yield all that is known, then an earlier line, then an earlier day of publication."""
    yield ALL
    if written.entries:
        yield Cut(recorded=random.choice(written.entries).number)
    yield Cut(published=random.randint(2, 12))


def difference(
    written: Written, ledger: Ledger, cut: Cut, judge: type[Judge] = Judge
) -> Difference | None:
    """Return what the judge and factledger say, where they differ; raises Unclear."""
    wanted = judged(written, cut, judge)
    try:
        found = answered(written, ledger, cut)
    except Exception as error:
        found = {"all": (f"{type(error).__name__}: {error}",)}
    return Difference(written, cut, wanted, found) if wanted != found else None


class Tried(NamedTuple):
    """What came of a ledger: differences, and the cuts of which the rules say nothing."""

    difference: Difference | None
    unclear: int
    cuts: int


def tried(seed: int, judge: type[Judge] = Judge, wish: Wish = ANY) -> Tried:
    """Make the ledger of a seed, and compare it at its cuts."""
    random = Random(seed)
    lines, ledger = fit(made(random, wish))
    written = taken(lines)
    assert written is not None
    if not wish.sqlite:
        return compared(written, ledger, random, judge)
    with tempfile.TemporaryDirectory() as folder:
        return compared(written, in_sqlite(written, Path(folder)), random, judge)


def compared(written: Written, ledger: Ledger, random: Random, judge: type[Judge]) -> Tried:
    """Compare what a ledger answers with the judge at its cuts."""
    unclear = asked = 0
    for cut in cuts(written, random):
        asked += 1
        try:
            if found := difference(written, ledger, cut, judge):
                return Tried(found, unclear, asked)
        except Unclear:
            unclear += 1
    return Tried(None, unclear, asked)


def in_sqlite(written: Written, folder: Path) -> Ledger:
    """Return the ledger as a SQLite file keeps it, asked through its index."""
    return ledger_of(written, create_store(str(folder / "ledger.db")))


# --- shrinking


def least(found: Difference, judge: type[Judge] = Judge) -> Difference:
    """Return the least ledger on which the two differ, by leaving out lines and words."""
    grown = True
    while grown:
        grown = False
        for lines in smaller(found.written.lines):
            if (less := differs(lines, found, judge)) is not None:
                found, grown = less, True
                break
    return found


def differs(lines: Lines, like: Difference, judge: type[Judge]) -> Difference | None:
    """Return the difference of a ledger at the cuts that it may have, None if there is none."""
    written = taken(lines)
    ledger = None if written is None else admitted(written)
    if written is None or ledger is None:
        return None
    tries = [ALL, Cut(published=like.cut.published)]
    tries += [Cut(recorded=e.number) for e in written.entries] if like.cut.recorded else []
    for cut in dict.fromkeys(tries):
        try:
            if found := difference(written, ledger, cut, judge):
                return found
        except Unclear:
            continue
    return None


def smaller(lines: Lines) -> Iterator[Lines]:
    """Yield the lines without one of them, then with one of them simpler."""
    for i in reversed(range(len(lines))):
        yield (*lines[:i], *lines[i + 1 :])
    for i, line in enumerate(lines):
        for simple in simpler(line):
            yield (*lines[:i], simple, *lines[i + 1 :])


def simpler(line: str) -> Iterator[str]:
    """Yield a line with one word simpler: one day in place of two, no flag, the first source."""
    words = line.split()
    for i, word in enumerate(words):
        if word in ("planned", "hypothetical", "denied"):
            yield " ".join([*words[:i], *words[i + 1 :]])
        first, dash, last = word.partition("-")
        if dash and first.isdigit() and last.isdigit():
            yield " ".join([*words[:i], first, *words[i + 1 :]])
            yield " ".join([*words[:i], last, *words[i + 1 :]])
        if i and words[i - 1] == "by" and word != "p":
            yield " ".join([*words[:i], "p", *words[i + 1 :]])
        if word.endswith("~") or (word != "->" and word.endswith("-") and word != "-"):
            yield " ".join([*words[:i], word[:-1], *words[i + 1 :]])
