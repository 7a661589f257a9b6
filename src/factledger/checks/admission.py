"""The conditions for entering the log: labels resolved, citations proved, every check passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

import attrs

from factledger.checks import form_faults, record_faults
from factledger.checks.admitting.given_texts import GivenTexts
from factledger.checks.admitting.held import entry_holding
from factledger.checks.admitting.stand_ins import stand_in
from factledger.checks.claims import label_taken
from factledger.checks.fast_path import FastPath
from factledger.checks.instants import backfilled_faults
from factledger.checks.names import ActorNames, name_faults, with_ids, with_numbers
from factledger.checks.proposals import (
    Proposal,
    before_faults,
    expanded,
    proposed,
    whole_correction,
)
from factledger.checks.short_claims import ShortClaim, in_short, short_claim
from factledger.checks.values import is_plain
from factledger.citations.seals import SealKey
from factledger.errors import Fault, Problem, Refused
from factledger.index.base import Index
from factledger.index.bodies import CLAIM_KINDS, content_of
from factledger.index.fingerprints import Fingerprint
from factledger.log.canonical import encoded, shape_fault
from factledger.log.lines import MAX_BODY
from factledger.named import NamedTuple
from factledger.records.claims import SHAPES, Event, State, Tally
from factledger.records.codec import Body, to_body
from factledger.records.declarations import Source
from factledger.records.fields import MOST_MEMBERS
from factledger.records.plain.claim_text import claim_text
from factledger.records.reading import read_record
from factledger.records.record import Record
from factledger.status.belief import Belief
from factledger.text import is_slug

_Given: TypeAlias = Record | Proposal | Body
_AT_ONCE = 250  # claims that are looked at together: few enough to stay near the processor


class Admitted(NamedTuple):
    """A proposal that may be written: its number, and its canonical body unless it is known.

    `body` is None where the very same record is in the ledger already, as entry `number`.
    """

    number: int
    body: bytes | None


@attrs.define
class Admission:
    """One append on its way: proposals go in, in order; what may be written comes out.

    It adds what it admits to the index, so that later proposals may refer to earlier ones; the
    caller holds a trial of the index, and calls `raise_problems` in it before anything is written.
    Where claims are tried `apart`, none refers to another: one that is plainly fit, and that nobody
    could name, is seen to be so and left out.
    """

    index: Index
    at: str
    fast_path: FastPath
    texts: dict[str, str] = attrs.Factory(dict)
    unproved: bool = False
    seal_key: SealKey | None = None
    backfilled: str | None = None
    recorded_by: str | None = None
    merging: bool = False
    apart: bool = False
    kept_text: Callable[[str], str | None] | None = None
    earlier: Belief | None = None
    problems: list[Problem] = attrs.Factory(list)
    admitted: list[Admitted] = attrs.Factory(list)
    _belief: Belief = attrs.field(init=False)
    _given: GivenTexts = attrs.field(init=False)
    _names: ActorNames | None = attrs.field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        self._belief = self.earlier or Belief(self.index, len(self.index))
        self._given = GivenTexts(self.texts, self.unproved, self.seal_key, self.kept_text)

    @property
    def belief(self) -> Belief:
        """The belief so far, with the records that were admitted."""
        if self._belief.recorded < len(self.index):
            self._belief = self._belief.up_to(len(self.index))
        return self._belief

    @property
    def names(self) -> ActorNames:
        """Who is called what, with the records that were admitted."""
        if self._names is None:
            self._names = ActorNames(self.belief)
        return self._names

    def take(self, records: Iterable[_Given]) -> None:
        """Admit what can be admitted, and note the problems of the rest."""
        # By their place in the batch, with no declaration among them.
        claims: dict[int, tuple[Body, _Given]] = {}
        for place, record in enumerate(records, 1):
            body = _claim_body(record)
            if body is not None:
                claims[place] = body, record
            if body is None or len(claims) == _AT_ONCE:
                self._take_claims(claims)
                claims = {}
            if body is None:
                self._take(proposed(record, place))
        self._take_claims(claims)

    def raise_problems(self) -> None:
        """Raise `Refused` with every problem, where there is one."""
        if self.problems:
            raise Refused(self.problems)

    def _take_claims(self, given: Mapping[int, tuple[Body, _Given]]) -> None:
        """Admit bodies by their place in the batch, none of which declares anything; each with what it is of."""
        if not given:
            return
        bodies = {i: body for i, (body, _) in given.items()}
        fit = {i: self._written(b) for i, b in bodies.items() if self.fast_path.claim(b)}
        ready = {i: (b, text.encode()) for i, (b, text) in fit.items() if _is_plain_line(text)}
        if self.apart:
            bodies = {i: b for i, b in bodies.items() if i not in ready or "label" in b}
            ready = {i: held for i, held in ready.items() if i in bodies}
        known = dict(zip(ready, self.index.fingerprints([*ready.values()]), strict=True))
        labels = (content_of(b).get("label") for b in bodies.values())
        targets = (b.get("target") for b in bodies.values())
        self.index.look_ahead(
            labels=[n for n in labels if type(n) is str and is_slug(n)],
            targets=[n for n in targets if type(n) is int],
        )
        for i, body in bodies.items():
            if i in ready:
                admitted = self._admit_fast(*ready[i], known[i])
            else:
                admitted = self._correct_fast(body)
            if not admitted:
                self._take(proposed(given[i][1], i))

    def _take(self, proposal: Proposal) -> None:
        if proposal.texts:
            self.texts.update(proposal.texts)
        short = self._short(proposal.body)
        for beside in short.beside if short else ():
            self._take(Proposal(proposal.where, beside))
        number = len(self.index) + 1
        if short:
            proposal = attrs.evolve(proposal, body=expanded(short.body))
        wrong = (short and short.faults) or self._admit(proposal, number)
        if wrong:
            told = [(check, in_short(said)) for check, said in wrong] if short else wrong
            self.problems += [Problem(proposal.where, *fault) for fault in told]
            self._stand_in(proposal.body)
        if len(self.index) == number and self.index.kind(number) not in CLAIM_KINDS:
            self.fast_path.forget()
            self._names = None

    def _stand_in(self, body: Any) -> None:
        """Put something in the place of a refused proposal: later ones keep their numbers and names."""
        found = stand_in(self.belief, body)
        self.index.add(None if found is None else encoded(found), self.at, found)

    def _short(self, body: Any) -> ShortClaim | None:
        """Return the short claim of a draft, read; None for any other table."""
        if not isinstance(body, dict) or body.get("kind") != "claim":
            return None
        declared = self.belief.source(str(body.get("source")))
        text = None if declared is None else self._given.of(declared)
        return short_claim(body, self.belief, self.names, text)

    # --- the fast path, for what shows at a glance that it is fit

    def _written(self, body: Body) -> tuple[Body, str]:
        """Return a plain body as it will stand in the log, and its canonical text."""
        whole = self._recorded(body)
        return whole, claim_text(whole)

    def _recorded(self, body: Body) -> Body:
        """Return a body with what this append says of its recording, where it does not say so itself."""
        if not (self.backfilled or self.recorded_by):
            return body
        found = dict(body)
        if self.backfilled:
            found["backfilled"] = self.backfilled
        if self.recorded_by:
            found.setdefault("recorded_by", self.recorded_by)
        return found

    def _correct_fast(self, body: Body) -> bool:
        if not self.fast_path.correction(body):
            return False
        ready, text = self._written(body)
        if not _is_plain_line(text) or not self._label_free(body["record"], body["target"]):
            return False
        written = text.encode()
        # The same correction once more would find its target corrected, and take the full path.
        self.admitted.append(Admitted(self.index.add(written, self.at, ready), written))
        return True

    def _admit_fast(self, body: Body, written: bytes, known: Fingerprint) -> bool:
        """Admit a claim that shows at a glance that it is fit, if the rest is; return whether."""
        if not self._label_free(body, None):
            return False
        last = next(iter(reversed(self.index.same(known))), None)  # one before it was retired then
        if last is not None and self.belief.retired_by(last) is not None:
            return False  # where it was corrected, it is there all the same
        number = self.index.add(written, self.at, body, known) if last is None else last
        self.admitted.append(Admitted(number, written if last is None else None))
        return True

    def _label_free(self, claim: Body, replaced: int | None) -> bool:
        """Return whether a claim has no label, or one that no other live claim has."""
        label = claim.get("label")
        if label is None:
            return True
        # A belief in all that was admitted so far is worked out only for a label that some claim bears.
        return is_slug(label) and (
            not self.index.labelled(label) or label_taken(self.belief, label, replaced) is None
        )

    # --- the full path, by records and checks

    def _admit(self, proposal: Proposal, number: int) -> list[Fault]:
        """Admit a proposal as entry `number`, or return what keeps it out."""
        record: Any = proposal.record
        if fault := shape_fault(proposal.body):
            return [("record-form", fault)]
        if record is not None and (self.backfilled or self.recorded_by):
            record = attrs.evolve(
                record,
                backfilled=self.backfilled or record.backfilled,
                recorded_by=record.recorded_by or self.recorded_by,
            )
        if record is None or self._needs_work(record):
            body, wrong = self._prepared(to_body(record) if record else proposal.body)
            body = self._recorded(body) if isinstance(body, dict) else body
            record = read_record(body)
            wrong += form_faults(record)
            if wrong:
                later = (
                    self._faults_later(record) if isinstance(record, Event | State | Tally) else ()
                )
                return [*dict.fromkeys((*wrong, *name_faults(self.belief, body), *later))]
        body = to_body(record)
        try:
            written = encoded(body)
        except ValueError as error:
            return [("record-form", str(error))]
        (known,) = self.index.fingerprints([(body, written)])
        held = entry_holding(self.belief, known, record)
        if held is not None:
            self.admitted.append(Admitted(held, None))
            return []
        wrong = list(record_faults(self.belief, record, written))
        if record.backfilled != self.backfilled:
            wrong.append(("backfilled", "leave it out: the ledger says when it wrote a record"))
        if record.first_recorded is not None and not self.merging:
            wrong.append(("backfilled", "leave first_recorded out: a merge says it"))
        before = self.index.at(number - 1) if number > 1 else ""
        wrong += backfilled_faults(record, self.at, before)
        if not wrong:
            self.index.add(written, self.at, body, known)
            self.index.keep(number, record)
            self.admitted.append(Admitted(number, written))
        return wrong

    def _faults_later(self, record: Record) -> Iterator[Fault]:
        """Yield what checks find in a claim whose quotes were not proved: its form is right."""
        with suppress(ValueError):
            yield from record_faults(self.belief, record, encoded(to_body(record)))

    def _needs_work(self, record: Record) -> bool:
        """Return whether a record given in Python still has something to prove or to hash."""
        content = record.content
        for citation in getattr(content, "citations", ()):
            if citation.locator is None:
                return True
        return isinstance(content, Source)

    def _prepared(self, body: Any) -> tuple[Any, list[Fault]]:
        """Return the body with its references resolved and its citations proved, and the faults."""
        if not isinstance(body, dict):
            return body, []
        wrong: list[Fault] = []
        own = _without_before(body, wrong)
        if isinstance(body.get("record"), dict):
            own["record"] = _without_before(body["record"], wrong)
        ready = with_numbers(own, self.belief, wrong)
        if ready.get("kind") == "correct" and "change" in ready:
            ready = whole_correction(self.belief, ready, wrong)
        if isinstance(ready.get("record"), dict):
            changes = ready.get("changes")
            cites = not isinstance(changes, list) or not changes or "citations" in changes
            ready["record"] = self._finished(ready["record"], wrong, cites=cites)
        return self._finished(ready, wrong), wrong

    def _finished(self, body: Body, wrong: list[Fault], *, cites: bool = True) -> Body:
        """Return the body with its citations proved; those that a correction leaves were proved before."""
        if body.get("kind") == "source":
            return self._given.hashed(body, wrong)
        if body.get("kind") in SHAPES and not self.merging:
            body = with_ids(body, self.names, wrong)
        citations = body.get("citations")
        # More are refused later: they are not looked for first.
        if cites and isinstance(citations, list) and len(citations) <= MOST_MEMBERS:
            body["citations"] = [self._given.proved(c, body, self.belief, wrong) for c in citations]
        return {name: value for name, value in body.items() if value is not None}


def _without_before(body: Body, wrong: list[Fault]) -> Body:
    """Return a draft's table without a `before` that makes no end of it, and note why."""
    wrong += before_faults(body)
    return {name: held for name, held in body.items() if name != "before"}


def _claim_body(record: _Given) -> Body | None:
    """Return the body of what may be a claim that is plainly fit, None of all else."""
    if type(record) is dict:
        return record if _may_be_claim(record) else None
    if isinstance(record, Event | State) and all(c.locator for c in record.citations):
        return to_body(record)
    return None


def _may_be_claim(body: Body) -> bool:
    """Return whether a body puts a claim forward, if it is a record at all, and declares nothing."""
    if body.get("kind") == "correct":
        body = body["record"] if type(body.get("record")) is dict else body
    return type(kind := body.get("kind")) is str and kind in CLAIM_KINDS


def _is_plain_line(text: str) -> bool:
    """Return whether a body hides nothing, and is no longer than a line can be."""
    return len(text) <= MAX_BODY and is_plain(text)
