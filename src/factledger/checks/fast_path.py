"""The second way into the log, for very many claims alike: bodies that show at a glance that they are fit.

The first way is `checks.record_faults`, by records and named checks. A property test holds the
two equal: the first way lets pass all that this one lets pass, with the same body. It sees bodies
and makes no records, which imports three times as much in the same time. It leaves to the first
way what it cannot see at a glance.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from factledger.checks.claims import claim_fields, field_meant
from factledger.dates.days import BEGINNING, FOREVER, Day, day_or
from factledger.dates.edtf import parse
from factledger.errors import DateError, FieldError
from factledger.index.base import Index
from factledger.index.bodies import RETIRING, puts_claim
from factledger.records.amendments import REASONS
from factledger.records.claims import MOST_ACTORS, ROLES, Event, State
from factledger.records.codec import Body
from factledger.records.fields import MOST_MEMBERS, to_endpoint
from factledger.records.plain.who import People
from factledger.status.belief import Belief

_TEXTS = ("value", "text", "label")
_COMMON = {"kind", "type", "mode", "participants", "citations", "inferred", *_TEXTS}
_KEYS = {"event": frozenset({*_COMMON, "when"}), "state": frozenset({*_COMMON, "since", "until"})}
_SHAPES = {"event": Event, "state": State}
_NEEDED = frozenset({"kind", "type", "participants", "citations"})
_CORRECTING = {"kind", "target", "reason", "record"}


class FastPath:
    """What was seen to be fit: types with their roles, who takes part, sources with their last day."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._belief: Belief | None = None
        self._types: set[tuple[str, str, str | None, tuple[str, ...]]] = set()
        self._named: set[People] = set()
        self._sources: dict[str, Day] = {}

    def forget(self) -> None:
        """Forget all, since something was declared or corrected."""
        self._belief = None
        for seen in (self._types, self._named, self._sources):
            seen.clear()

    def claim(self, body: Body) -> bool:
        """Return whether a claim's body, but for its label, is fit to be written as it is."""
        try:
            if not _is_formed(body["kind"], tuple(body)) or None in body.values():
                return False  # what is nothing is written by leaving it out
            people, citations = body["participants"], body["citations"]
            if type(people) is not list or type(citations) is not list:
                return False
            if not (0 < len(people) <= MOST_ACTORS and 0 < len(citations) <= MOST_MEMBERS):
                return False
            named = _named(people)
            return (
                self._people(named)
                and self._typed(body, named)
                and _are_told(body, _TEXTS)
                and ("inferred" not in body or _is_inferred(body["inferred"], body["kind"]))
                and self._dated(body, self._cited(citations))
            )
        except (KeyError, TypeError):  # a value is a list, or a part has other keys
            return False

    def correction(self, body: Body) -> bool:
        """Return whether the correction of a claim by a claim is fit to be written as it is."""
        target, record = body.get("target"), body.get("record")
        if body.keys() != _CORRECTING or body["reason"] not in REASONS or type(record) is not dict:
            return False
        if type(target) is not int or not 1 <= target <= len(self.index):
            return False
        if not self._stands(target):
            return False
        return "kind" in record and self.claim(record)

    def _stands(self, target: int) -> bool:
        """Return whether an entry is the newest reading of a claim that nobody took back."""
        chains = self.index.chains
        if chains.alone(target):
            return True
        if not puts_claim(self.index.body(target)) or chains.of(target).taking:
            return False
        return not any(self.index.kind(n) in RETIRING for n in self.index.targeting(target))

    def _people(self, named: People) -> bool:
        if named in self._named:
            return True
        for role, actor, _ in named:
            if role not in ROLES or type(actor) is not str or self._declared.actor(actor) is None:
                return False
        self._named.add(named)
        return True

    def _typed(self, body: Body, named: People) -> bool:
        roles = tuple([one[0] for one in named])
        asked = (body["kind"], body["type"], body.get("mode"), roles)
        if asked in self._types:
            return True
        kind = self._declared.vocabulary.types.get(asked[1])
        fits = (
            kind is not None
            and kind.shape == asked[0]
            and (asked[2] in kind.modes if "mode" in body else True)
            and set(kind.required) <= set(roles)
        )
        if fits:
            self._types.add(asked)
        return fits

    def _cited(self, citations: list[Any]) -> Day | None:
        """Return the last day on which the latest source can have been published, if all are fit."""
        last = BEGINNING
        for one in citations:
            if type(one) is not dict or len(one) != 2:
                return None
            source, locator = one["source"], one["locator"]
            if type(source) is not str or type(locator) is not str or not locator.strip():
                return None
            day = self._sources.get(source)
            if day is None:
                if self._declared.source(source) is None:
                    return None
                day = self._sources[source] = self._declared.publication(source).last
            if day > last:
                last = day
        return last

    def _dated(self, body: Body, seen: Day | None) -> bool:
        """Return whether the dates can be read, are in order, and can have been seen by then."""
        if seen is None:
            return False
        try:
            if body["kind"] == "event":
                return _when(body["when"]) <= seen
            since, until = body.get("since"), body.get("until")
            if since == "" or until == "":
                return False  # written by leaving it out
            begins = _ends(since)[0]
            return begins <= seen and begins <= _ends(until)[1]
        except (DateError, FieldError, KeyError, TypeError):
            return False

    @property
    def _declared(self) -> Belief:
        if self._belief is None:
            self._belief = Belief(self.index, len(self.index))
        return self._belief


@lru_cache(maxsize=1 << 10)
def _is_formed(kind: str, names: tuple[str, ...]) -> bool:
    """Return whether these are the fields of a plain claim of a kind."""
    return kind in _KEYS and _NEEDED <= set(names) <= _KEYS[kind]


def _named(people: list[Any]) -> People:
    """Return who takes part; raises TypeError or KeyError where more is said than role, actor and words."""
    for one in people:
        if type(one) is not dict or (len(one) != 2 and not _is_said(one, 2)):
            raise TypeError
    return tuple([(one["role"], one["actor"], None) for one in people])


def _is_said(part: Body, others: int) -> bool:
    """Return whether a part of a claim gives the words of its source beside so many other fields."""
    return len(part) == others + 1 and "as_said" in part and _are_told(part, ("as_said",))


def _is_inferred(inferred: object, kind: str) -> bool:
    """Return whether each part of what is inferred names a field of a claim, and says why."""
    if type(inferred) is not list or not 0 < len(inferred) <= MOST_MEMBERS:
        return False
    return all(
        type(one) is dict
        and (len(one) == 2 or _is_said(one, 2))
        and _are_told(one, ("field", "reason"))
        and field_meant(one["field"]) in claim_fields(_SHAPES[kind])
        and "reason" in one
        for one in inferred
    )


def _are_told(part: Body, names: tuple[str, ...]) -> bool:
    """Return whether what is said in words under some names, if it is, is text to read."""
    for name in names:
        if name in part and not (type(part[name]) is str and part[name].strip()):
            return False
    return True


@lru_cache(maxsize=1 << 15)
def _when(text: str) -> Day:
    """Return the first day that the date of an event can mean."""
    return day_or(parse(text).earliest, BEGINNING)


@lru_cache(maxsize=1 << 15)
def _ends(text: str | None) -> tuple[Day, Day]:
    """Return the first and the last day that one end of a state can mean."""
    end = to_endpoint(text)
    return day_or(end.earliest, BEGINNING), day_or(end.latest, FOREVER)
