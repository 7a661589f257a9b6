"""A form of a claim, as somebody typed it → the claim, or what is wrong, field by field."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from factledger.checks.names import ActorNames
from factledger.checks.proposals import Proposal, expanded
from factledger.checks.short_claims import ClaimParts, ShortClaim, in_short
from factledger.citations.folding import fold_text
from factledger.citations.proving import prove
from factledger.citations.quotes import Found, Repeated, find, quoted_words
from factledger.dates.wording.told import date_words, lasting_words, since_words, until_words
from factledger.errors import Problem, Refused
from factledger.intake.adding.said_when import said_when
from factledger.ledger.ledger import Ledger
from factledger.records.codec import Body
from factledger.status.belief import Belief

FORM_FIELDS = ("quote", "type", "who", "when", "more", "new")
CARRIED = ("type", "who")  # what the next claim is likely to say as well
_CLAIM, _NEW = "claim", "new actor"
_DECLARATION = re.compile(
    r"\s*(?P<name>[^:]+?)\s*:\s*(?P<category>[a-z-]+)(?:\s+of\s+(?P<of>.+?))?\s*"
)
_UNKNOWN = re.compile(r"""unknown actor (?P<name>(["'])(?:\\.|(?!\2).)+\2)""")
_T = TypeVar("_T")


@attrs.frozen
class ClaimForm:
    """The fields of a form, as they were typed.

    `who` is `WHO > WHOM @ WHERE`, `more` what a short claim has as extras, parted by `;`, and `new` a
    line for each actor who is declared in passing: `Ada Lorn: person`. `at` is where the quote was
    selected, in code points, where it was.
    """

    quote: str = ""
    type: str = ""
    who: str = ""
    when: str = ""
    more: str = ""
    new: str = ""
    at: int | None = None

    def next(self) -> ClaimForm:
        """Return the form of the next claim, with what it is likely to say as well."""
        return ClaimForm(**{name: getattr(self, name) for name in CARRIED})


@attrs.frozen
class FilledClaim:
    """What became of a form: the records of a draft, or problems, each with the field it is beside.

    `reading` is how its date was read, `said` what the caller made of the claim as recorded.
    """

    records: tuple[Body, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    reading: str = ""
    said: object = None


def filled_claim(
    ledger: Ledger,
    source: str,
    text: str,
    draft: Sequence[Proposal],
    form: ClaimForm,
    say: Callable[[Belief, int], object] = lambda belief, number: None,
) -> FilledClaim:
    """Return what a form says of a source, judged as if the draft were appended before it.

    All problems come at once. `say` is called with what the ledger would hold, and the claim's number.
    Raises `Refused` where the draft itself can no longer be appended.
    """
    texts = {source: text}
    declared, faults = told_of(ledger, draft, texts, lambda belief, _: new_actors(form.new, belief))
    before = [*draft, *(Proposal(_NEW, body) for body in declared)]
    try:
        found = told_of(ledger, before, texts, lambda belief, _: _read(form, belief, source, text))
    except Refused as refused:
        return FilledClaim(problems=(*faults, *(("new", p.message) for p in refused.problems)))
    claim, reading, wrong = found
    faults += wrong
    own = (*claim.beside, claim.body)
    if "kind" in claim.body:
        said, late = _judged(ledger, before, own, texts, say)
    else:  # of no type nothing more can be judged than its quote
        cited = prove(claim.body, claim.body, text, sealed=False)
        said, late = None, [("quote", told) for _, told in cited.faults]
    told_already = {field for field, _ in faults}
    faults += [one for one in late if one[0] not in told_already]
    if faults:
        return FilledClaim(problems=tuple(faults), reading=reading)
    return FilledClaim((*declared, *own), (), reading, said)


def _judged(
    ledger: Ledger,
    before: Sequence[Proposal],
    own: Sequence[Body],
    texts: Mapping[str, str],
    say: Callable[[Belief, int], object],
) -> tuple[object, list[tuple[str, str]]]:
    """Return what is said of the last of some records behind others, or what is wrong with it."""
    proposals = [*before, *(Proposal(_CLAIM, expanded(body)) for body in own)]
    try:
        said = told_of(ledger, proposals, texts, lambda belief, numbers: say(belief, numbers[-1]))
    except Refused as refused:
        return None, [(_field_of(p), in_short(p.message)) for p in refused.problems]
    return said, []


def told_of(
    ledger: Ledger,
    proposals: Sequence[Proposal],
    texts: Mapping[str, str],
    tell: Callable[[Belief, Sequence[int]], _T],
) -> _T:
    """Return what is told of a ledger that holds some proposals as well; raises `Refused`."""
    if not proposals:
        return tell(ledger.belief(), ())
    told: list[_T] = []
    ledger.try_append(*proposals, texts=texts, tell=lambda *found: told.append(tell(*found)))
    return told[0]


def _read(
    form: ClaimForm, belief: Belief, source: str, text: str
) -> tuple[ShortClaim, str, list[tuple[str, str]]]:
    """Return the claim that a form says, how its date is read, and what is wrong with its fields."""
    claim = ShortClaim(source, belief, ActorNames(belief), text)
    extras = tuple(part.strip() for part in form.more.split(";") if part.strip())
    lasting = _lasting(form, belief, extras)
    when = said_when(form.when, lasting=lasting)
    quote = form.quote.strip()
    stated = "2000/.." if lasting else "2000"
    claim.read(
        ClaimParts(form.type.strip(), form.who, stated if when.fault else when.text, quote, extras)
    )
    wrong = [
        (_PARTS[part], message)
        for part, (_, message) in zip(claim.parts, claim.faults, strict=True)
    ]
    wrong += [("when", when.fault)] if when.fault else []
    if not quote:
        wrong.append(("quote", "quote the words that say it"))
    else:
        claim.body.update(_cited(quote, text, form.at))
        claim.body = {name: held for name, held in claim.body.items() if held is not None}
    if when.inferred:
        claim.body["inferred"] = [*claim.body.get("inferred", ()), *when.inferred]
    return claim, "" if when.fault else reading_of(claim.body), wrong


_PARTS = {"type": "type", "who": "who", "when": "when", "extras": "more"}


def _lasting(form: ClaimForm, belief: Belief, extras: Sequence[str]) -> bool:
    """Return whether a form is of what lasts, or is counted over a time."""
    trial = ShortClaim(None, belief, ActorNames(belief))
    trial.read(ClaimParts(form.type.strip(), "", "", "", tuple(extras)))
    return trial.body.get("kind") in ("state", "tally")


def _cited(quote: str, text: str, at: int | None) -> dict[str, Any]:
    """Return the citation of a quote: its whole words, or its place where they stand more than once."""
    words = quoted_words(quote, text)
    found = find(words, fold_text(text))
    if not isinstance(found, Repeated) or at is None:
        return {"quote": words}
    place = nearest_place(found, at, words, text)
    return {"quote": None, "start": place.start, "end": place.end}


def nearest_place(found: Repeated, at: int, words: str, text: str) -> Found:
    """Return the place of a quote that is nearest to where it was selected.

    >>> twice = Repeated("on", (Found(0, 2), Found(9, 11)))
    >>> nearest_place(twice, 8, "on", "on it or on that")
    Found(start=9, end=11)
    """
    if text.startswith(words, at):
        return Found(at, at + len(words))
    return min(found.places, key=lambda place: abs(place.start - at))


def reading_of(body: Body) -> str:
    """Return the dates of a claim in words, "" for none.

    >>> reading_of({"when": "2021-05-02"}), reading_of({"since": "2019", "until": ".."})
    ('2 May 2021', 'since 2019')
    """
    if "when" in body:
        return date_words(body["when"])
    since, until = body.get("since"), body.get("until")
    if since and until and until != "..":
        return lasting_words(since, until)
    return since_words(since) if since else until_words(until) if until else ""


def new_actors(text: str, belief: Belief) -> tuple[list[Body], list[tuple[str, str]]]:
    """Return the declarations of actors, a line each, and what is wrong with the lines.

    Of whom a post or a body is may be said by an id or a name, of one who is declared there too.
    """
    names, declared, faults = ActorNames(belief), dict[str, Body](), list[tuple[str, str]]()
    for line in filter(str.strip, text.splitlines()):
        found = _DECLARATION.fullmatch(line)
        if found is None:
            told = f"wanted NAME: CATEGORY, as in Ada Lorn: person; found {line.strip()!r}"
            faults.append(("new", told))
            continue
        called, of = found["name"], found["of"]
        own = {body["names"][0].casefold(): one for one, body in declared.items()}
        name = _free_id(called, belief, declared)
        declared[name] = {
            "kind": "actor",
            "id": name,
            "category": found["category"],
            "names": [called],
        }
        if of:
            declared[name]["of"] = names.called(of) or own.get(of.casefold(), of)
    return list(declared.values()), faults


def _free_id(name: str, belief: Belief, declared: Mapping[str, Body]) -> str:
    """Return an id for a name that nobody has yet."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:80] or "actor"
    free, number = slug, 1
    while free in declared or belief.has("actor", free):
        number += 1
        free = f"{slug}-{number}"
    return free


def unknown_names(problems: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the names of whom nobody declared, as problems tell of them."""
    for _, message in problems:
        if found := _UNKNOWN.match(message):
            yield literal_eval(found["name"])


def _field_of(problem: Problem) -> str:
    """Return the field of a form that a problem is beside."""
    field = (problem.field or "").partition("[")[0].partition(".")[0]
    if field in _FIELD_OF:
        return _FIELD_OF[field]
    group = problem.check.partition("-")[0]
    return "when" if problem.check == "relative-date" else _GROUP_OF.get(group, "more")


_FIELD_OF = {
    "when": "when", "since": "when", "until": "when", "participants": "who", "citations": "quote",
    "quote": "quote", "start": "quote", "type": "type", "mode": "type",
}  # fmt: skip
_GROUP_OF = {
    "quote": "quote", "citation": "quote", "source": "quote", "type": "type", "mode": "type",
    "actor": "who", "role": "who", "participant": "who", "date": "when",
}  # fmt: skip
