"""Small ledgers in a few lines of text: read for the judge, written as records, and as a draft.

A line is a source (`p on 3`, `q on 5-7`), a claim (`a: state office ann 1 -> .. by p`), or a word
about one (`c: close a 6 by q`, `r: retract a`, `i: same a b`, `x: correct a misread state …`). Days
are those of one month, 1 to 12: `3`, `3-5`, `3-`, `-5`, `?` (unknown), `..` (open), `3~` (doubtful).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import attrs

from enumeration import Judge, is_derived
from enumeration_belief import Belief
from enumeration_ways import AFTER, BEFORE, DAYS, Claim, Date, Entry, Kind
from factledger.ledger.ledger import Ledger
from factledger.log.lines import Line
from factledger.log.stores import Store
from factledger.log.stores.memory import MemoryStore
from factledger.records.amendments import (
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Retract,
    Withdraw,
)  # fmt: skip
from factledger.records.claims import Citation, Count, Event, Participant, State, Tally
from factledger.records.codec import to_body
from factledger.records.declarations import Actor, Source, Type
from factledger.records.record import Record
from factledger.testing.history import opened

ACTORS = {
    "ann": "person", "bob": "person", "cy": "person", "ann2": "person",
    "premier": "post", "rome": "place", "oslo": "place", "land": "country",
}  # fmt: skip
WHO = {
    "born": ("actor",), "visit": ("actor",), "level": ("actor",), "aid": ("actor",), "sold": ("actor",),
    "office": ("holder",), "took": ("holder",), "left": ("holder",), "lives": ("holder", "location"),
}  # fmt: skip
POSTED = ("office", "took", "left")
DECLARED: dict[str, dict[str, Any]] = {
    "born": {"shape": "event", "required": ["actor"], "once": ["actor"]},
    "sold": {"shape": "event", "required": ["actor"], "quantity": True},
    "visit": {"shape": "event", "required": ["actor"]},
    "office": {"shape": "state", "required": ["holder", "post"], "key": ["post"], "single": True},
    "took": {"shape": "event", "required": ["holder", "post"], "begins": ["office"]},
    "left": {"shape": "event", "required": ["post"], "ends": ["office"]},
    "lives": {"shape": "state", "required": ["holder", "location"], "key": ["holder"], "single": True},
    "level": {"shape": "state", "required": ["actor"], "key": ["actor"], "single": True},
    "aid": {"shape": "state", "required": ["actor"], "key": ["actor"]},
}  # fmt: skip
KINDS = {
    name: Kind(
        key=tuple(d.get("key", ())),
        apart=tuple(r for r in d["required"] if r not in d.get("key", ())),
        single=d.get("single", False),
        once=tuple(d.get("once", ())),
        begins=tuple(d.get("begins", ())),
        ends=tuple(d.get("ends", ())),
        quantity=d.get("quantity", False),
    )
    for name, d in DECLARED.items()
}
FIELDS = {f.name for f in attrs.fields(Type)}


def ours(name: str) -> str:
    """Return the id of a type: the vocabulary has an `office` already."""
    return f"our-{name}"


def renamed(value: Any) -> Any:
    """Return a field of a type with the ids of types in it."""
    if isinstance(value, list):
        return [ours(v) if v in DECLARED else v for v in value]
    return value


def prelude() -> list[Record]:
    """Return the actors and types of all these ledgers, in the order in which they are declared."""
    actors: list[Record] = [
        Actor(id=name, category=kind, names=[name], of="land" if kind == "post" else None)
        for name, kind in reversed(ACTORS.items())
    ]
    types: list[Record] = [
        Type(id=ours(name), **{k: renamed(v) for k, v in fields.items() if k in FIELDS})
        for name, fields in DECLARED.items()
    ]
    return actors + types


PRELUDE = prelude()


class Written(NamedTuple):
    """A ledger as its lines of text, read: what the judge gets, and what factledger gets."""

    lines: tuple[str, ...]
    published: dict[str, tuple[int, int]]
    entries: tuple[Entry, ...]
    records: tuple[Record, ...]
    numbers: dict[str, int]


# --- reading


def read(lines: Sequence[str]) -> Written:
    """Return what a ledger says, in both forms."""
    published: dict[str, tuple[int, int]] = {}
    numbers: dict[str, int] = {}
    entries: list[Entry] = []
    records: list[Record] = []
    for number, line in enumerate(lines, len(PRELUDE) + 2):
        words = line.split()
        if words[1] == "on":
            day = date(words[2])
            published[words[0]] = day.first or BEFORE, AFTER if day.last is None else day.last
            name = words[3] if len(words) > 3 else words[0]
            records.append(
                Source(id=words[0], title=words[0], publisher=name, published=edtf(day) or None)
            )
            continue
        numbers[words[0].rstrip(":")] = number
        entry = entry_of(number, words[1:], numbers)
        entries.append(entry)
        records.append(record_of(entry))
    return Written(tuple(lines), published, tuple(entries), tuple(records), numbers)


def entry_of(number: int, words: list[str], numbers: Mapping[str, int]) -> Entry:
    """Return a line of the log from its words."""
    verb, rest = words[0], words[1:]
    if verb in ("event", "state", "tally"):
        return Entry(number, "assert", claim_of(words))
    if verb == "withdraw":
        return Entry(number, verb, sources=(rest[0],))
    if verb == "alias":
        return Entry(number, verb, sources=(rest[0], rest[1]))
    target = numbers[rest[0]]
    if verb == "correct":
        return Entry(number, verb, claim_of(rest[2:]), target, reason=rest[1])
    if verb in ("same", "different"):
        return Entry(number, verb, target=target, other=numbers[rest[1]])
    sources = tuple(rest[-1].split(",")) if verb != "retract" else ()
    until = date(rest[1]) if verb == "close" else Date()
    return Entry(number, verb, target=target, sources=sources, until=until)


def claim_of(words: list[str]) -> Claim:
    """Return a claim from its words."""
    shape, kind, who, *rest = words
    by = rest.index("by")
    dates, flags = rest[:by], rest[by + 2 :]
    named = dict(f.split("=") for f in flags if "=" in f)
    roles = {(r, a) for r, a in zip(WHO[kind], who.split("/"), strict=False) if a != "-"}
    roles |= {("post", "premier")} if kind in POSTED else set()
    low, _, high = named.get("count", "0").partition("..")
    return Claim(
        shape=shape,
        type=kind,
        roles=frozenset(roles),
        start=date(dates[0]),
        end=date(dates[2]) if len(dates) > 1 else Date(form="unknown"),
        sources=tuple(rest[by + 1].split(",")),
        polarity="denied" if "denied" in flags else "asserted",
        modality=next((f for f in flags if f in ("planned", "hypothetical")), "actual"),
        mode=named.get("mode"),
        value=named.get("value", "").replace("_", " "),
        counted=(int(low), int(high or low)),
    )


def date(word: str) -> Date:
    """Return a date from its word."""
    if word in ("..", "?"):
        return Date(form="open" if word == ".." else "unknown")
    doubtful, word = word.endswith("~"), word.rstrip("~")
    first, dash, last = word.partition("-")
    end = last if dash else first
    return Date(int(first) if first else None, int(end) if end else None, doubtful=doubtful)


# --- writing


def edtf(day: Date) -> str:
    """Return a date in EDTF."""
    if day.form != "date":
        return ".." if day.form == "open" else ""
    low, high = ("" if d is None else f"2021-06-{d:02}" for d in (day.first, day.last))
    mark = "~" if day.doubtful else ""
    return f"{low}{mark}" if low == high else f"[{low}..{high}]"


def record_of(entry: Entry) -> Record:
    """Return the record of a line."""
    cited = [Citation(source=s, locator="p. 1") for s in entry.sources]
    about: dict[str, Any] = {"target": entry.target, "citations": cited}
    if entry.verb == "assert":
        assert entry.claim is not None
        return stated(entry.claim)
    if entry.verb == "correct":
        assert entry.claim is not None
        return Correct(target=entry.target, reason=entry.reason, record=stated(entry.claim))
    if entry.verb == "retract":
        return Retract(target=entry.target, reason="taken back")
    if entry.verb == "withdraw":
        return Withdraw(source=entry.sources[0], reason="withdrawn")
    if entry.verb == "alias":
        return Identify(actors=entry.sources, verdict="same", reason="the same")
    if entry.verb in ("same", "different"):
        return Identify(claims=(entry.target, entry.other), verdict=entry.verb, reason="read")
    if entry.verb == "close":
        return Close(until=edtf(entry.until), **about)
    return Dispute(**about) if entry.verb == "dispute" else Corroborate(**about)


def stated(claim: Claim) -> Event | State | Tally:
    """Return a claim as a record."""
    shared: dict[str, Any] = {
        "type": ours(claim.type),
        "mode": claim.mode,
        "value": claim.value or None,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "participants": [Participant(role=r, actor=a) for r, a in sorted(claim.roles)],
        "citations": [Citation(source=s, locator="p. 1") for s in claim.sources],
    }
    if claim.shape == "event":
        return Event(when=edtf(claim.start), **shared)
    ends: dict[str, Any] = {"since": edtf(claim.start), "until": edtf(claim.end)}
    if claim.shape == "tally":
        return Tally(count=Count(lower=claim.counted[0], upper=claim.counted[1]), **ends, **shared)
    return State(**ends, **shared)


def begun(store: Store) -> Ledger:
    """Return a ledger in an empty store that holds what all these ledgers declare."""
    ledger = opened(datetime(2022, 1, 1, tzinfo=UTC), timedelta(days=1), store=store)
    ledger.append(*PRELUDE)
    return ledger


@cache
def first_lines() -> tuple[Line, ...]:
    """Return the lines of such a ledger, which are made once."""
    store = MemoryStore()
    begun(store)
    return tuple(store.read())


def begun_in_memory() -> Ledger:
    """Return such a ledger in memory."""
    store = MemoryStore()
    store.restore(first_lines())
    return Ledger(store)


def ledger_of(written: Written, store: Store | None = None) -> Ledger:
    """Return the ledger that holds all lines; raises what factledger refuses."""
    ledger = begun_in_memory() if store is None else begun(store)
    for record in written.records:
        before = len(ledger)
        ledger.append(record)
        if len(ledger) == before:
            raise ValueError("a line stands twice")
    return ledger


def draft(written: Written) -> str:
    """Return the ledger as a draft, to be appended to an empty one."""
    return "\n\n".join(map(table, (*PRELUDE, *written.records)))


def table(record: Record) -> str:
    """Return a record as a table of TOML."""
    body = dict(to_body(record))
    head = f"[[{body.pop('kind')}]]"
    return "\n".join([head, *(f"{name} = {toml(name, value)}" for name, value in body.items())])


def toml(name: str, value: Any) -> str:
    """Return a value in TOML; what names an entry is written as such."""
    if name in ("target", "claims") and isinstance(value, int):
        return f'"#{value}"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml(k, v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml(name, v) for v in value) + "]"
    return json.dumps(value)


# --- answers

SIGNS = {
    "not-yet": ".", "possible": "p", "definite": "D", "presumed": "~", "contested": "!", "ended": "x",
}  # fmt: skip
Answers = dict[str, tuple[str, ...]]


class Cut(NamedTuple):
    """What is known: lines up to a number, sources published by a day; None for all."""

    recorded: int | None = None
    published: int | None = None


ALL = Cut()


def judged(written: Written, cut: Cut = ALL, judge: type[Judge] = Judge) -> Answers:
    """Return the status of each claim on each day as the judge finds it, by label.

    `e+` is the state that follows from an event `e`.
    """
    judge_of = judge(Belief(written.entries, written.published, *cut), KINDS)
    found: dict[str, set[str]] = {}
    labels = {number: label for label, number in written.numbers.items()}
    for i, standing in enumerate(judge_of.standings):
        for told in standing.told:
            label = labels[told.number] + ("+" if is_derived(standing) else "")
            found.setdefault(label, set()).add(judge_of.line(i))
    return {label: tuple(sorted(lines)) for label, lines in sorted(found.items())}


def answered(written: Written, ledger: Ledger, cut: Cut = ALL) -> Answers:
    """Return the status of each claim on each day as factledger answers it, by label."""
    labels = {number: label for label, number in written.numbers.items()}
    lines: dict[tuple[int, bool, tuple[int, ...]], str] = {}
    published = None if cut.published is None else f"2021-06-{cut.published:02}"
    for day in DAYS:
        view = ledger.as_of(f"2021-06-{day:02}", recorded=cut.recorded, published=published)
        for s in view.every:
            name = s.number, s.derived, s.also
            lines[name] = lines.get(name, "") + SIGNS[str(s.status)]
    found: dict[str, set[str]] = {}
    for (number, derived, also), line in lines.items():
        for n in (number, *also):
            found.setdefault(labels[n] + ("+" if derived else ""), set()).add(line)
    return {label: tuple(sorted(some)) for label, some in sorted(found.items())}
