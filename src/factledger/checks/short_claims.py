"""Short claims: one line → the draft of a claim, by the types and the names that a ledger knows.

::

    TYPE[/MODE]: WHO [> WHOM] [@ WHERE] [; EXTRA]… ; WHEN ; QUOTE
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from factledger.checks.declarations import unknown
from factledger.checks.names import ActorNames
from factledger.citations.quotes import quoted_words
from factledger.dates.days import Day
from factledger.dates.edtf import parse
from factledger.dates.said import dates_said
from factledger.dates.widths import DECLARED_WIDTH, with_windows
from factledger.errors import DateError, Fault
from factledger.records.claims import DATES, MODALITIES, SHAPES
from factledger.records.codec import Body
from factledger.records.declarations import Type
from factledger.status.belief import Belief
from factledger.text import nearest

SHORT_FORM = "TYPE: WHO > WHOM @ WHERE; EXTRA; WHEN; QUOTE"
_AFTER = ("recipient", "topic", "location")
_WHO = re.compile(r'(?:"(?P<unnamed>[^"]+)"|(?P<name>[^"()]+?)) ?(?:\((?P<said>[^()]+)\))?')
_COUNT = re.compile(r"x\s*(\d{1,9})(?:\s*-\s*(\d{1,9})|(\+))?")
_MARKS: dict[str, tuple[str, str]] = {
    "denied": ("polarity", "denied"),
    "not": ("polarity", "denied"),
    "asserted": ("polarity", "asserted"),
    **{modality: ("modality", modality) for modality in MODALITIES},
}
_WHY = re.compile(r"why\s+(\w+)\s*:\s*(.+)", re.DOTALL)
_FIELD = re.compile(
    r"(text|label|locator|prefix|suffix|source|hedge|condition)\s*=\s*(.+)", re.DOTALL
)


def in_short(message: str) -> str:
    """Return what a check says of a claim in the words of a short one.

    >>> in_short('quote that too, or say polarity = "asserted" or "denied"')
    "quote that too, or say 'asserted' or 'not'"
    """
    for whole, short in _IN_SHORT.items():
        message = message.replace(whole, short)
    return message


_IN_SHORT = {
    'say polarity = "asserted" or "denied"': "say 'asserted' or 'not'",
    'say modality = "planned"': "say 'planned'",
    "say in inferred why": "say with 'why FIELD: REASON' why",
}


def _modes_of(types: Iterable[Type]) -> Iterator[str]:
    """Yield the modes that only one of some types has: a short claim can name these alone."""
    counted = Counter(mode for kind in types for mode in kind.modes)
    return (mode for mode, count in counted.items() if count == 1)


@attrs.frozen
class ClaimParts:
    """What a short claim is made of, each part as it is typed: `TYPE[/MODE]`, `WHO > WHOM @ WHERE`."""

    type: str
    who: str
    when: str
    quote: str
    extras: tuple[str, ...] = ()


@attrs.define
class ShortClaim:
    """A short claim on its way to a draft: what was read of it, and what is wrong with it.

    `text` is that of its source, where it is at hand. `beside` are the declarations of those whom it
    names by nothing but words. `parts` names, fault by fault, the part that each is of.
    """

    source: str | None
    belief: Belief
    names: ActorNames
    text: str | None = None
    body: Body = attrs.Factory(dict)
    beside: list[Body] = attrs.Factory(list)
    faults: list[Fault] = attrs.Factory(list)
    parts: list[str] = attrs.Factory(list)

    def read_line(self, line: str) -> None:
        """Read a line into `body`, and note every fault of it."""
        head, colon, rest = line.partition(":")
        parts = [part.strip() for part in rest.split(";")]
        if not colon or len(parts) < 3:
            self.faults.append(("record-form", f"a short claim is {SHORT_FORM}; found {line!r}"))
            return
        who, *extras, when, quote = parts
        self.read(ClaimParts(head.strip(), who, when, quote, tuple(extras)))

    def read(self, said: ClaimParts) -> None:
        """Read the parts of a claim into `body`, and note every fault of them."""
        kind, mode = self._type(said.type)
        self._name_part("type")
        if self.source:
            self.body["source"] = self.source
        if said.quote:
            self.body["quote"] = said.quote
        for extra in said.extras:
            self._extra(extra)
        self._name_part("extras")
        shape = "tally" if "count" in self.body else kind.shape if kind else "event"
        if kind is not None:
            self.body = {"kind": shape, "type": kind.id, **self.body}
            self._participants(kind, said.who)
            self._name_part("who")
        if mode is not None:
            self.body["mode"] = mode
        self._dates(shape, self._said(said.when, said.quote), said.when)
        self._name_part("when")

    def _name_part(self, part: str) -> None:
        """Note that what was wrong since is wrong with a part."""
        self.parts += [part] * (len(self.faults) - len(self.parts))

    # --- its type

    def _type(self, word: str) -> tuple[Type | None, str | None]:
        """Return the type that a word names, by its id or by one of its modes, and the mode."""
        types = self.belief.vocabulary.types
        name, slash, mode = (part.strip() for part in word.partition("/"))
        known = {one.casefold(): one for one in types}
        found = known.get(name.casefold())
        if found is None and name.endswith("*") and len(name) > 1:
            begun = [known[one] for one in known if one.startswith(name[:-1].casefold())]
            found = begun[0] if len(begun) == 1 else None
            if len(begun) > 1:
                told = f"several types begin so: {', '.join(begun[:5])}; write more of it"
                self.faults.append(("type-declared", told))
                return None, None
        if found is not None:
            return types[found], mode if slash else None
        having = [one for one, kind in types.items() if name.casefold() in kind.modes]
        if len(having) == 1 and not slash:
            return types[having[0]], name.casefold()
        if having:
            ways = " or ".join(f"{one}/{name}" for one in having)
            self.faults.append(
                ("type-declared", f"mode {name!r} is of several types; write {ways}")
            )
        else:
            modes = {mode: mode for mode in _modes_of(types.values())}
            self.faults.append(self._unknown_type(name, modes | known))
        return None, None

    def _unknown_type(self, name: str, known: Mapping[str, str]) -> Fault:
        """Return the fault of a word that is neither a type nor a mode, with the nearest that is.

        What is `known` is found in small letters, and told as it is declared.
        """
        check, told = unknown(self.belief, "type", name)
        near = nearest(name.casefold(), known)
        return check, f"unknown type {name!r}; did you mean {known[near]!r}?" if near else told

    # --- who

    def _participants(self, kind: Type, text: str) -> None:
        who, _, where = text.partition("@")
        sides = [side for side in who.split(">") if side.strip()]
        required = kind.required or (("party" if kind.shape == "assessment" else "actor"),)
        roles = (*required, *(role for role in _AFTER if role not in required))
        if len(sides) > len(roles):
            told = f"{kind.id} has no more than {len(roles)} sides; found {len(sides)} in {text!r}"
            self.faults.append(("record-form", told))
        found = [
            one for role, side in zip(roles, sides, strict=False) for one in self._side(role, side)
        ]
        found += self._side("location", where) if where.strip() else ()
        if found:
            self.body["participants"] = found

    def _side(self, role: str, text: str) -> Iterator[Body]:
        for one in _split(text):
            match = _WHO.fullmatch(" ".join(one.split()))
            if match is None:
                told = f'wanted a name, an id or "words in quotes", found {one.strip()!r}'
                self.faults.append(("record-form", told))
            elif match["unnamed"]:
                yield {"role": role, "actor": self._unnamed(match["unnamed"])}
            else:
                yield {"role": role, **self._named(match["name"], match["said"])}

    def _named(self, name: str, said: str | None) -> Body:
        """Return who is called so, and on whose behalf: `Ines Calder for Velmora`."""
        found, behalf = self.names.called(name), None
        if found is None and " for " in name:
            name, _, owner = name.rpartition(" for ")
            found, behalf = self.names.called(name), self._known(owner)
        who = {"actor": found or self._known(name)}
        who.update({"of": behalf} if behalf else {})
        return {**who, "as_said": self._words(said)} if said else who

    def _known(self, name: str) -> str:
        """Return the id of an actor, or the name itself with a fault noted."""
        found, faults = self.names.meant(name.strip())
        self.faults += faults
        return found

    def _unnamed(self, words: str) -> str:
        """Return the id of somebody whom the source does not name; it is declared beside the claim."""
        slug = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
        name = f"{self.source or 'source'}.{slug}"[:100].rstrip("-.")
        if not self.belief.has("actor", name) and name not in {b["id"] for b in self.beside}:
            note = "not named in the source"
            told = {"kind": "actor", "id": name, "category": "group", "names": [words]}
            self.beside.append({**told, "note": note})
        return name

    # --- all else

    def _extra(self, text: str) -> None:
        count, field, why = (form.fullmatch(text) for form in (_COUNT, _FIELD, _WHY))
        if text.startswith("="):
            self.body["value"] = self._words(text[1:].strip())
        elif text in _MARKS:
            name, value = _MARKS[text]
            self.body[name] = value
        elif text.startswith("by "):
            self._told(text[3:])
        elif text.startswith(("if ", "unless ")):
            self.body["condition"] = self._words(text)
            self.body.setdefault("modality", "hypothetical")
        elif why is not None:
            self.body.setdefault("inferred", []).append({"field": why[1], "reason": why[2]})
        elif count is not None:
            lower, upper, more = count.groups()
            self.body["count"] = {"lower": int(lower)}
            if not more:
                self.body["count"]["upper"] = int(upper or lower)
        elif field is not None:
            self.body[field[1]] = field[2].strip()
        else:
            known = "=VALUE, not, planned, if …, by NAME to NAME on DATE, xN, why FIELD: REASON or KEY=TEXT"
            self.faults.append(
                ("record-form", f"a short claim has {known} before WHEN and QUOTE; found {text!r}")
            )

    def _words(self, said: str) -> str:
        """Return the words that are meant: of an ellipsis, the passage that it leaves out as well."""
        found = quoted_words(said, self.text or "")
        if "…" in found and self.text is not None:
            told = f"no passage of the text is {said!r}; its first words are to stand there once"
            self.faults.append(("quote-found", told))
        return found

    def _told(self, text: str) -> None:
        """Note who told it, to whom, and when: `NAME to NAME on DATE`."""
        told, _, when = text.partition(" on ")
        who, _, whom = told.partition(" to ")
        self.body["attributed_to"] = [self._told_by(one) for one in _split(who)]
        if whom:
            self.body["told_to"] = [self._told_by(one) for one in _split(whom)]
        if when:
            self.body["told_when"] = when.strip()

    def _told_by(self, who: str) -> str:
        unnamed = re.fullmatch(r'\s*"([^"]+)"\s*', who)
        return self._unnamed(unnamed[1]) if unnamed else self._known(who)

    def _said(self, when: str, quote: str) -> str:
        """Return a date with those that the quote says in the place of each `.`, in their order."""
        ends = [end.strip() for end in when.split("/")]
        wanted = ends.count(".")
        if not wanted:
            return when
        dates = dates_said(quoted_words(quote, self.text or ""))
        if len(dates) != wanted:
            told = f"it says {', '.join(dates)}" if dates else "it says none that can be read"
            fault = f"each '.' is for a date of the quote, and there is no other; {told}; write the date"
            self.faults.append(("record-form", fault))
            dates = ["2000"] * wanted
        found = iter(dates)
        return "/".join(next(found) if end == "." else end for end in ends)

    def _dates(self, shape: str, text: str, written: str) -> None:
        if shape in ("event", "assessment") and "/" not in text:
            self.body.update({"when": text} if text else {})
        elif shape in ("state", "tally") and text and "/" not in text:
            self._period(text)
        elif shape != "event" and text.count("/") == 1:
            since, until = text.split("/")
            self.body.update(since=since.strip(), until=until.strip())
        else:
            wanted = {"event": "one date"}.get(shape, "SINCE/UNTIL, as in 2020/.. or 2020/2023-05")
            self.faults.append(("record-form", f"{shape}: wanted {wanted}, found {written!r}"))

    def _period(self, text: str) -> None:
        """Let a count, or a state, be of all of a year, a month or a day."""
        try:
            date = parse(text)
        except DateError as error:
            self.faults.append(("record-form", f"since: {error}"))
            return
        ends = date.earliest, date.latest
        if all(isinstance(end, Day) for end in ends):
            self.body.update(since=str(ends[0]), until=str(ends[1]))


def _split(text: str) -> Sequence[str]:
    """Return what commas part, but for those in quotation marks and parentheses.

    >>> _split('a, "b, c", d (e, f)')
    ['a', ' "b, c"', ' d (e, f)']
    """
    return re.findall(r'(?:"[^"]*"|\([^()]*\)|[^,])+', text)


def short_claim(
    body: Body, belief: Belief, names: ActorNames, text: str | None = None
) -> ShortClaim:
    """Return the short claim that a draft's table of kind `claim` holds, read.

    `text` is that of its source.
    """
    found = ShortClaim(body.get("source"), belief, names, text)
    width = body.get("approximate")
    known = {"kind", "said", "source"} | ({"approximate"} if _is_width(width) else set())
    extra = sorted(map(str, body.keys() - known))
    if extra or type(body.get("said")) is not str or not isinstance(body.get("source"), str | None):
        told = f"a claim of kind 'claim' has said = a line, and source; the others are {SHAPES}"
        found.faults.append(("record-form", told))
    else:
        found.read_line(str(body["said"]))
        if width is not None:
            found.body = with_windows(found.body, DATES, str(width), "the draft")
    return found


def _is_width(width: object) -> bool:
    return isinstance(width, str) and DECLARED_WIDTH.fullmatch(width) is not None
