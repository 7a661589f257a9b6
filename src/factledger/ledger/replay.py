"""The entries of another ledger, replayed into this one by what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from factledger.checks.admitting.lacking import types_to_declare
from factledger.checks.claims import label_taken
from factledger.checks.instants import dated_ahead
from factledger.checks.proposals import Proposal
from factledger.dates.instants import SKEW, instant
from factledger.errors import Problem
from factledger.index.bodies import content_of
from factledger.index.contents.addresses import readdressed, references
from factledger.log.canonical import encoded
from factledger.records.codec import to_body
from factledger.records.record import OF_RECORDING

if TYPE_CHECKING:
    from factledger.checks.admission import Admission
    from factledger.index.base import Index
    from factledger.records.codec import Body


@attrs.frozen
class Replayed:
    """What became of the entries of another ledger: by its numbers, the entries here.

    `here` are the entries that hold what it says; `new` those of them that were written. `left`
    are the entries of the other that were not replayed, and `notes` what was done otherwise than
    it says; both with the reason.
    """

    here: dict[int, int]
    new: tuple[int, ...] = ()
    left: tuple[tuple[int, str], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()


def common_beginning(one: Index, other: Index) -> int:
    """Return how many entries two logs begin with alike."""
    low, high = 0, min(one.written, other.written)
    while low < high:
        middle = (low + high + 1) // 2
        if one.hash(middle) == other.hash(middle):
            low = middle
        else:
            high = middle - 1
    return low


@attrs.define
class Replay:
    """A replay of the entries that come after the common beginning of two logs.

    `by` is who recorded what does not say so itself; `place` names an entry of the other; `now` is
    when it is replayed. Those in
    `without` are left out, and so is what is about them.
    """

    theirs: Index
    place: str
    by: str | None
    common: int
    now: datetime
    without: dict[int, str] = attrs.Factory(dict)
    here: dict[int, int] = attrs.Factory(dict)
    left: list[tuple[int, str]] = attrs.Factory(list)
    notes: list[tuple[int, str]] = attrs.Factory(list)
    declared: list[int] = attrs.Factory(list)  # types that only their vocabulary had
    _ahead: bool = False
    _spent: set[int] = attrs.Factory(set)  # those here that are not of the common beginning

    def fill(self, admission: Admission) -> None:
        """Put what this log lacks into an admission."""
        self.here.clear()
        self._spent.clear()
        self.left, self.notes, self.declared, self._ahead = [], [], [], False
        for number in range(self.common + 1, self.theirs.written + 1):
            body = self.theirs.body(number)
            reason = self._left_out(number, body)
            if body is None or reason is not None:
                self.left.append((number, reason or "its content was erased there"))
            elif (known := self._known(admission, number, body)) is not None:
                self._put(number, known)
            else:
                self._take(admission, number, body)

    def _number(self, number: int) -> int:
        """Return the entry here that is entry `number` of the other."""
        return number if number <= self.common else self.here[number]

    def _left_out(self, number: int, body: Body | None) -> str | None:
        """Return why an entry is not replayed, None where it is."""
        if body is None:
            return None
        if number in self.without:
            return self.without[number]
        if body["kind"] == "redact":
            return f"erases its #{body['target']}, {body['reason']}; redact that here as well"
        missing = [n for n in references(body) if n > self.common and n not in self.here]
        return f"is about its #{missing[0]}, which was left out" if missing else None

    def _known(self, admission: Admission, number: int, body: Body) -> int | None:
        """Return the entry here that takes the place of a first record or of a declaration."""
        if body["kind"] == "ledger":
            return 1
        if body["kind"] == "type" and body["id"] in admission.index.shipped.types:
            return self._in_vocabulary(admission.index, number, body)
        found = admission.index.declarations("actor", body["id"]) if body["kind"] == "actor" else ()
        if not found or found[0] <= self.common:
            return found[0] if found else None
        mine = admission.index.body(found[0]) or {}
        if _plain(mine) != _plain(body):
            told = f"declares actor {body['id']!r} in other words; #{found[0]} stays as it is"
            self.notes.append((number, told))
        return found[0]

    def _in_vocabulary(self, mine: Index, number: int, body: Body) -> int:
        """Return the entry that names the vocabulary, in which a type is here that they declare."""
        if to_body(mine.shipped.types[body["id"]]) != _plain(body):
            told = f"declares type {body['id']!r} in other words; that of the vocabulary here stays"
            self.notes.append((number, told))
        return 1

    def _take(self, admission: Admission, number: int, body: Body) -> None:
        """Admit an entry of the other, or note what is wrong with it."""
        told = readdressed(body, self._number)
        if (held := self._held(admission.index, told)) is not None:
            self._put(number, held)
            return
        self._part_labels(admission, number, told)
        self._note_corrected(admission, number, told)
        told.pop("backfilled", None)
        told.setdefault("first_recorded", self.theirs.at(number))
        self._note_ahead(number, told["first_recorded"])
        if self.by is not None:
            told.setdefault("recorded_by", self.by)
        self._declare_type(admission, number, told)
        expected = len(admission.index) + 1
        admission.take([Proposal(f"{self.place}:{number}", told)])
        last = admission.admitted[-1].number if admission.admitted else 0
        self._put(number, expected if len(admission.index) == expected else last)

    def _note_ahead(self, number: int, at: str) -> None:
        """Note the first entry that says of itself that it was recorded later than now."""
        if at > instant(self.now + SKEW) and not self._ahead:
            self._ahead = True
            told = f"{dated_ahead(at, instant(self.now))}; what is brought in says so, and stands as of now"
            self.notes.append((number, told))

    def _declare_type(self, admission: Admission, number: int, told: Body) -> None:
        """Declare the type of a claim that is in their vocabulary and not in an earlier one, of here."""
        named = content_of(told).get("type")
        known = admission.belief.vocabulary
        for kind in types_to_declare(named, known, self.theirs.shipped) if named else ():
            admission.take([Proposal(f"{self.place}:{number}", to_body(kind))])
            self.declared.append(len(admission.index))
            self.notes.append(
                (number, f"type {kind.id!r} of its vocabulary is declared here for it")
            )

    def _put(self, number: int, here: int) -> None:
        self.here[number] = here
        self._spent.add(here)

    def _held(self, index: Index, told: Body) -> int | None:
        """Return the entry that says the same here and is none of those replayed before.

        What was said, taken back and said again is several entries in either ledger. One that was
        taken back here alone is there all the same: a merge undoes nothing.
        """
        (known,) = index.fingerprints([(told, encoded(told))])
        late = (n for n in index.same(known) if n > self.common)
        return next((n for n in late if n not in self._spent), None)

    def _part_labels(self, admission: Admission, number: int, told: Body) -> None:
        """Take away a label that another claim has here, and note it."""
        content = content_of(told)
        label = content.get("label")
        if label is None:
            return
        own = told["target"] if told["kind"] == "correct" else None
        taken = label_taken(admission.belief, label, own)
        if taken is not None and not _same_claim(admission.index.body(taken), content):
            del content["label"]
            self.notes.append((number, f"leaves its label {label!r} behind: #{taken} has it here"))

    def _note_corrected(self, admission: Admission, number: int, told: Body) -> None:
        """Note where both corrected one claim: the later correction stands."""
        if told["kind"] != "correct" or not admission.index.puts_claim(told["target"]):
            return
        chain = admission.index.chains.of(told["target"])
        ours = [n for n in chain.readings if n > self.common and n not in self._spent]
        mine = next((n for n in ours if n != chain.first), None)
        if mine is not None and _plain(admission.index.body(mine) or {}) != _plain(told):
            told_of = f"corrects #{chain.first}, which #{mine} corrects here; the later one stands"
            self.notes.append((number, told_of))

    def faulty(self, problems: Iterable[Problem]) -> dict[int, str]:
        """Return the entries of the other that problems are of, with the first of each."""
        found: dict[int, str] = {}
        for problem in problems:
            place, _, number = problem.where.rpartition(":")
            if place == self.place:
                found.setdefault(int(number), f"{problem.check}: {problem.message}")
        return found


def _plain(body: Body) -> Body:
    return {name: held for name, held in body.items() if name not in OF_RECORDING}


def _same_claim(mine: Body | None, theirs: Body) -> bool:
    return _plain(content_of(mine)) == _plain(theirs)
