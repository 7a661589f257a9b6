"""The ledger: a log that answers what stood on a date, as recorded and published by then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

import attrs

from factledger.dates.days import Day
from factledger.dates.instants import utc_now
from factledger.errors import HeadMoved, NotFound, Problem, Refused, WriteRefused
from factledger.index.base import Index
from factledger.ledger.indexed_store import kept_store
from factledger.ledger.kept_scopes import KeptScopes
from factledger.ledger.recorder import Recorder
from factledger.log.lines import START
from factledger.log.stores import Store, Torn, create_store, open_store
from factledger.log.stores.base import PATIENCE
from factledger.records.codec import Body
from factledger.records.declarations import FORMAT, Header
from factledger.records.record import Record
from factledger.records.vocabulary import NEWEST
from factledger.status.belief import Belief
from factledger.status.timeline import Timeline
from factledger.status.tracks.changes import Change, changes
from factledger.views.questions import Cut, Date, Place, cut_asked, day_asked, place_asked
from factledger.views.scope import Scopes
from factledger.views.view import View

if TYPE_CHECKING:  # most processes ask one question, and load what it needs
    from pathlib import Path

    from factledger.checks.citations import Verdict
    from factledger.checks.erasing.traces import Trace
    from factledger.checks.proposals import Proposal
    from factledger.citations.seals import SealKey
    from factledger.citations.surroundings import Passage
    from factledger.ledger.replay import Replayed
    from factledger.ledger.texts import KeptTexts
    from factledger.log.proofs.checkpoints import Checkpoint
    from factledger.log.proofs.joint.joint_proof import JointProof
    from factledger.log.proofs.proof import ConsistencyProof, InclusionProof
    from factledger.log.proofs.signed_notes import PrivateKey
    from factledger.records.claims import Citation
    from factledger.records.entries import Entries, Entry
    from factledger.views.differences import Difference
    from factledger.views.inquiries.search import SearchResult
    from factledger.views.projections import Folded, Handed, Projection
    from factledger.views.steps import Step
    from factledger.views.vintages import Vintage


_CHECKED = 10  # times, while others go on erasing


class Ledger:
    """Claims with their sources, appended once and never edited; asked as of any date.

    `clock` gives the instant of recording and the day that `today` means, `entropy` the salts.
    With `behind`, a ledger is taken as it is whose index is far behind its lines, to verify it or
    to bring its index up. With `trust_clock`, what is appended behind an entry that is dated ahead
    of the clock is taken, and says when it was in fact written. `recorded_by` is who records: their
    name stands in each record that does not say another. Reading never writes; only `append`,
    `merge` and `redact` do.

    >>> ledger = Ledger.create("memory:", origin="example")
    >>> len(ledger), ledger.as_of("2023-04-01").standings
    (1, ())
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
        behind: bool = False,
        trust_clock: bool = False,
        recorded_by: str | None = None,
    ) -> None:
        self._kept = kept_store(store, behind=behind)
        self._recorder = Recorder(
            self._kept, clock, entropy, trust_clock=trust_clock, recorded_by=recorded_by
        )
        self._scopes = KeptScopes()

    # --- opening and closing

    @classmethod
    def open(
        cls,
        address: str | os.PathLike[str],
        *,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
        behind: bool = False,
        trust_clock: bool = False,
        recorded_by: str | None = None,
    ) -> Self:
        """Return the ledger at an address: a folder that holds `ledger.jsonl`, or the file.

        Every hash of a `.jsonl` file is checked. Of a SQLite file (`.db`, `.sqlite`, `.sqlite3`)
        each line is checked when it is read, and all of them by `verify`. One on a PostgreSQL
        server is `postgresql://HOST/DATABASE/LEDGER`; what comes new is checked as it is copied
        into a file of this machine's. Raises `NotFound`, `NotALedger`, `NewerFormat`, `Damaged`, or
        `HeadLost` for a log on a server that does not hold what was seen of it.
        """
        store = open_store(os.fspath(address))
        return cls(
            store,
            clock=clock,
            entropy=entropy,
            behind=behind,
            trust_clock=trust_clock,
            recorded_by=recorded_by,
        )

    @classmethod
    def create(
        cls,
        address: str | os.PathLike[str],
        *,
        origin: str,
        title: str | None = None,
        backfilled: str | datetime | None = None,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
        recorded_by: str | None = None,
    ) -> Self:
        """Return a new ledger at an address, with its first record; `memory:` keeps it in memory.

        `origin` names the ledger wherever its head is quoted; `backfilled` is as in `append`.
        Raises `WriteRefused` where a ledger is there, and `Refused` for an origin that is no
        identifier or an instant that is not past, before it makes a file.
        """
        header = Header(format=FORMAT, vocabulary=NEWEST, origin=origin, title=title)
        trying = cls(
            open_store("memory:"), clock=clock if backfilled else utc_now, recorded_by=recorded_by
        )
        trying.try_append(header, backfilled=backfilled)
        ledger = cls(
            create_store(os.fspath(address)),
            clock=clock,
            entropy=entropy,
            recorded_by=recorded_by,
        )
        try:
            ledger.append(header, backfilled=backfilled, expect=START.seq)
        except HeadMoved:
            raise WriteRefused(ledger.address, "a ledger is there already") from None
        return ledger

    def close(self) -> None:
        """Give back the files that the ledger holds."""
        self._kept.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- the log

    def __len__(self) -> int:
        return self._kept.index.written

    def __repr__(self) -> str:
        return f"Ledger.open({self.address!r})"

    @property
    def address(self) -> str:
        """The place where the ledger is kept."""
        return self._kept.store.address

    @property
    def torn(self) -> Torn | None:
        """The remains of an append that never finished, None where there are none."""
        return self._kept.store.torn

    @property
    def head(self) -> str:
        """The hash of the newest entry, 64 zeros for none."""
        return self.index.hash(len(self))

    @property
    def header(self) -> Header | None:
        """The first record, None where there is none yet."""
        record = self.index.record(1) if len(self) else None
        return record if isinstance(record, Header) else None

    @property
    def index(self) -> Index:
        """The index of the log; another one once content was erased."""
        return self._kept.index

    def entry(self, number: int) -> Entry:
        """Return the entry of a number; raises `NotFound` where there is none."""
        from factledger.records.entries import Entry

        self._check_there(number)
        index = self.index
        return Entry(
            number=number,
            at=index.at(number),
            batch=index.batch(number),
            hash=index.hash(number),
            record=index.record(number),
        )

    def entries(self, first: int = 1) -> Iterator[Entry]:
        """Yield the entries from number `first` on, in order."""
        return (self.entry(number) for number in range(first, len(self) + 1))

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the log as they are stored, without their newlines."""
        return (line.encode() for line in self._kept.store.read())

    def find(self, label: str) -> Entry:
        """Return the newest entry with a label; raises `NotFound` where there is none."""
        numbers = self.index.labelled(label)
        if not numbers:
            raise NotFound(f"label {label!r}", "factledger log lists the entries")
        return self.entry(numbers[-1])

    def _check_there(self, *entries: int) -> None:
        """Raise `NotFound` for the first number that no entry has."""
        for number in entries:
            if not 1 <= number <= len(self):
                raise NotFound(f"entry #{number}", f"the ledger has {len(self)} entries")

    def targeting(self, number: int) -> tuple[Entry, ...]:
        """Return the entries about an entry: corrections, closures, disputes and so on."""
        return tuple(self.entry(n) for n in self.index.targeting(number))

    def refresh(self) -> None:
        """Take in what other processes appended since."""
        self._kept.refresh()

    # --- appending

    def append(
        self,
        *records: Record | Proposal | Body,
        expect: str | int | None = None,
        texts: Mapping[str, str] | None = None,
        unproved: bool = False,
        seal_key: SealKey | None = None,
        backfilled: str | datetime | None = None,
        timeout: float = PATIENCE,
    ) -> Entries:
        """Append records or drafts as one batch; return an entry for each, once they are durable.

        All are written or none. A record that is in the ledger already, label apart, is not
        written again: its entry is the old one, and `new` of what is returned leaves it out. Quotes are proved against `texts`, by source id;
        `unproved` takes citations whose text is not given as they are. With `seal_key`, passages of
        sealed sources are sealed so that only who has the key can try a guess out. `expect` is the head hash
        or the number of entries that the caller saw.

        `backfilled` is the instant at which the batch was recorded elsewhere: its lines bear it,
        and each record says when it was in fact written. It is neither before the newest entry
        nor in the future; a day means its end.

        Raises `Refused` with every problem, `HeadMoved`, `Busy` after `timeout` seconds,
        `WriteRefused` or `OutcomeUnknown`.
        """
        from factledger.records.entries import Entries

        admitted = self._recorder.append(
            records,
            expect=expect,
            texts=texts,
            unproved=unproved,
            seal_key=seal_key,
            backfilled=backfilled,
            timeout=timeout,
        )
        new = [a.number for a in admitted if a.body is not None]
        return Entries([a.number for a in admitted], self.entry, new)

    def writing(
        self, *, expect: str | int | None = None, timeout: float = PATIENCE
    ) -> AbstractContextManager[None]:
        """Hold the right to append over several appends: nobody else's comes between them.

        What others append meanwhile waits, and is refused as `Busy` after its timeout. Each append
        inside is durable when it returns, as ever. `expect` is as in `append`. Raises `HeadMoved`,
        and `Busy` after `timeout` seconds.

        >>> ledger = Ledger.create("memory:", origin="example")
        >>> with ledger.writing():
        ...     [one] = ledger.append({"kind": "actor", "id": "A", "category": "group", "names": ["A"]})
        ...     [two] = ledger.append({"kind": "actor", "id": "B", "category": "group", "names": ["B"]})
        >>> one.number, two.number
        (2, 3)
        """
        return self._recorder.writing(expect=expect, timeout=timeout)

    def try_append(
        self,
        *records: Record | Proposal | Body,
        texts: Mapping[str, str] | None = None,
        unproved: bool = False,
        seal_key: SealKey | None = None,
        backfilled: str | datetime | None = None,
        apart: bool = False,
        tell: Callable[[Belief, Sequence[int]], object] | None = None,
    ) -> tuple[int, ...]:
        """Return the numbers that `append` would give, without writing; raises as it does.

        `tell` is called with what the ledger would hold, and the numbers; both are good for as
        long as the call lasts. Claims that are tried `apart` rest on none of the others; what is
        plainly fit among them gets no number.
        """
        numbers = self._recorder.try_append(
            records,
            texts=texts,
            unproved=unproved,
            seal_key=seal_key,
            backfilled=backfilled,
            apart=apart,
            tell=tell,
        )
        return tuple(numbers)

    def merge(
        self,
        other: Ledger,
        *,
        recorded_by: str | None = None,
        leave_out: bool = False,
        dry: bool = False,
        expect: str | int | None = None,
        timeout: float = PATIENCE,
    ) -> Replayed:
        """Replay what another ledger holds and this one does not, by content, as one batch.

        The numbers by which its entries name each other become those of here; what is here already
        is not written again. Each new record says when the other ledger recorded it, and by whom:
        `recorded_by`, where it does not say so itself. Whatever was erased there stays as it is here.
        Quotes are not proved again. With `leave_out`, entries that cannot be taken are left out,
        with all that is about them; with `dry`, nothing is written.

        Raises `Refused` with a problem for each entry that cannot be taken, and as `append` does.
        """
        from factledger.ledger.replay import Replay, Replayed, common_beginning

        self.refresh()
        theirs, mine = other.index, self.index
        common, now = common_beginning(mine, theirs), self._recorder.clock()
        replay = Replay(theirs, other.address, recorded_by, common, now)
        before = len(self)
        while True:
            try:
                self._recorder.append_merging(
                    replay.fill, expect=expect, timeout=timeout, dry=dry or leave_out
                )
            except Refused as refused:
                found = replay.faulty(refused.problems) if leave_out else {}
                if not found:
                    raise
                replay.without.update(found)
                continue
            if dry or not leave_out:
                break
            leave_out = False
        new = tuple(sorted({*replay.declared, *(n for n in replay.here.values() if n > before)}))
        return Replayed(dict(replay.here), new, tuple(replay.left), tuple(replay.notes))

    def redact(
        self,
        *entries: int,
        reason: str,
        authority: str,
        leave_traces: bool = False,
        expect: str | int | None = None,
        timeout: float = PATIENCE,
    ) -> Entries:
        """Erase the content of entries for good; return the entries that say so, for each one.

        First it is recorded that they are erased, for what `reason` and on whose `authority`, then
        their bodies and salts are taken out of the store; no hash changes. Where the second was
        cut short, doing it again finishes it. Entries that bear on others are erased with what
        they bear on, or not at all. Copies, exports and backups are not reached.

        Where another entry keeps a hash on which a guess at the content can be tried out, it is
        erased with it, or left on purpose with `leave_traces`; so it is with a text that is kept and
        holds its quotes. With a source goes the text that is kept of it.

        Raises `NotFound`, `Refused` for what cannot be erased, `NotErased` where it was recorded and
        could not be done, and as `append` does.
        """
        from factledger.ledger.erasing.redacting import redact_entries
        from factledger.records.entries import Entries

        numbers = redact_entries(
            self._kept,
            self._recorder,
            entries,
            reason=reason,
            authority=authority,
            leave_traces=leave_traces,
            expect=expect,
            timeout=timeout,
        )
        return Entries(numbers, self.entry)

    def traces(self, *entries: int) -> tuple[Trace, ...]:
        """Return what would still tell of the content of entries, once they are erased together.

        Those on which a guess can be tried out keep `redact` from erasing; the others name whoever
        was erased. All entries are read. Raises `NotFound` for a number that no entry has.
        """
        from factledger.ledger.erasing.redacting import traces_left

        self._check_there(*entries)
        return tuple(traces_left(self._kept, entries))

    def told_beside(self, *entries: int) -> tuple[Path, ...]:
        """Return the files beside the ledger that hold words of entries: drafts that wait, and others.

        To be asked before they are erased; `redact` does not reach those files.
        """
        from factledger.ledger.erasing.told_beside import told_beside

        self._check_there(*entries)
        return tuple(told_beside(self.index, entries, self.address))

    # --- the texts of its sources

    @property
    def texts(self) -> KeptTexts:
        """The texts that are kept beside the ledger, by source."""
        from factledger.ledger.texts import KeptTexts

        return KeptTexts.beside(self.address)

    def text(self, source: str) -> str | None:
        """Return the text of a source that the ledger keeps, None where it keeps none that was cited.

        Another text than the one whose hash the source states is none.
        """
        text = self.texts.get(source) if self.index.declarations("source", source) else None
        if text is None:
            return None
        from factledger.checks.citations import hash_fault

        return None if hash_fault(self.index, source, text) else text

    def passage(self, citation: Citation) -> Passage | None:
        """Return the words of a citation in their sentence, None where the text is not at hand."""
        text = None if citation.start is None else self.text(citation.source)
        if text is None or citation.start is None or citation.end is None:
            return None
        from factledger.citations.surroundings import passage_in

        return passage_in(text, citation.start, citation.end)

    # --- the index of the store

    @property
    def behind(self) -> int:
        """The number of entries left out, where the index of the store does not go so far."""
        return self._kept.behind

    def settle(self) -> None:
        """Bring the index of the store up to what was appended here, if others let it.

        It happens by itself before a question and at `close`; without it the next who appends
        does it, and until then every answer is read from the lines.
        """
        self._kept.settle()

    def reindex(self, on_progress: Callable[[int], object] | None = None) -> int:
        """Make the index of the store anew from the lines; return how many entries are in it.

        One that is far `behind`, as one whose making broke off, is brought up instead.
        `on_progress` is called with the number of entries done. A ledger whose store keeps no
        index has nothing to do.
        """
        return self._kept.rebuild(anew=not self.behind, on_progress=on_progress)

    def bring_up(self, on_progress: Callable[[int], object] | None = None) -> int:
        """Bring the index of the store up to the last line, and return as `reindex` does."""
        return self._kept.rebuild(anew=False, on_progress=on_progress)

    # --- asking

    def as_of(
        self,
        valid: str | date | Day,
        *,
        recorded: int | str | datetime | Entry | None = None,
        published: str | date | Day | None = None,
    ) -> View:
        """Return what stood on a date, as recorded and published by then.

        `valid` is a day; a month, quarter or year means its last day. `recorded` is an entry,
        its number, or an instant that means the last entry at or before it; None for all.
        `published` keeps the claims that a source published by that day supports.
        """
        day, coarse = self._day(valid)
        until = None if published is None else self._day(published)[0]
        return View(day, coarse, self._scopes_at(self._cut(recorded), until))

    def difference(
        self,
        before: Place,
        after: Place,
        *,
        between: tuple[str, str] | None = None,
        involving: str | None = None,
    ) -> Difference:
        """Return what differs between two answers: what the world did, what was learnt, corrected.

        A place is a valid date, or `(valid, recorded)`, or `(valid, recorded, published)`, each as
        in `as_of`, or the coordinates of a view. `between` and `involving` leave a relationship,
        or an actor. The path is fixed: first the date, then what was recorded, then what was
        published.
        """
        from factledger.views.differences import difference

        sides = between or (() if involving is None else (involving,))
        start, end = (self._at(place, sides) for place in (before, after))
        max(start, end, key=lambda view: view.belief.recorded).about(*sides)
        return difference(lambda *place: self._at(place, sides), start, end)

    def steps(
        self,
        entry: int,
        valid: Date,
        *,
        recorded: Cut = None,
        published: Date | None = None,
    ) -> tuple[Step, ...]:
        """Return, one by one, the entries that changed how a claim stands on a date, oldest first.

        It begins with the claim that `entry` corrects, if it corrects one.
        """
        from factledger.views.vintages import steps_of

        self._check_there(entry)
        newest = self._cut(recorded)
        return tuple(steps_of(lambda cut: self._at((valid, cut, published)), entry, newest))

    def vintages(
        self,
        valid: Date,
        *,
        between: tuple[str, str] | None = None,
        involving: str | None = None,
        post: str | None = None,
        recorded: Cut = None,
        published: Date | None = None,
    ) -> tuple[Vintage, ...]:
        """Return each answer that the ledger gave about a date, and from which entry on, oldest first.

        The question is what stood between two actors, or involving one, or who held a post: one
        of the three. A batch counts as a whole. Raises `NotFound` for an actor that is not declared.
        """
        from factledger.views.vintages import vintages_of

        asked = [one for one in (between, involving, post) if one is not None]
        if len(asked) != 1:
            raise TypeError(
                "vintages asks about `between`, `involving` or `post`: give one of them"
            )
        sides = between or (involving or post or "",)
        last = self._at((valid, recorded, published)).about(*sides)
        return tuple(vintages_of(lambda cut: self._at((valid, cut, published), sides), last, post))

    def _at(self, place: Place, sides: tuple[str, ...] = ()) -> View:
        """Return the view at a place, also of an actor that is not declared by then."""
        valid, recorded, published = place_asked(place)
        return attrs.evolve(self.as_of(valid, recorded=recorded, published=published), sides=sides)

    def changes(
        self,
        *,
        recorded: int | str | datetime | Entry | None = None,
        published: str | date | Day | None = None,
        between: tuple[str, str] | None = None,
        entry: int | None = None,
    ) -> tuple[Change, ...]:
        """Return every turn of every standing along valid time, by day.

        `between` leaves the claims in which both take part, `entry` the standings that this
        entry speaks for.
        """
        return tuple(self._changes(recorded, published, between, entry))

    def _changes(
        self,
        recorded: Cut,
        published: Date | None,
        between: tuple[str, str] | None,
        entry: int | None,
    ) -> Iterator[Change]:
        until = None if published is None else self._day(published)[0]
        scopes = self._scopes_at(self._cut(recorded), until)
        if entry is not None:
            return iter(changes(scopes.timeline.speaking(entry)))
        return scopes.about(*(between or ())).changes()

    def fold(
        self,
        projection: Projection[Folded, Handed],
        until: Date | None = None,
        *,
        recorded: Cut = None,
        published: Date | None = None,
        between: tuple[str, str] | None = None,
        entry: int | None = None,
    ) -> Handed:
        """Return what a projection makes of the changes up to a day, included; None for all.

        The other options choose the changes, as those of `changes` do.
        """
        from factledger.views.projections import fold

        last = None if until is None else self._day(until)[0]
        return fold(projection, self._changes(recorded, published, between, entry), last)

    def series(
        self,
        projection: Projection[Folded, Handed],
        first: Date,
        last: Date,
        *,
        recorded: Cut = None,
        published: Date | None = None,
        between: tuple[str, str] | None = None,
        entry: int | None = None,
    ) -> Iterator[tuple[Day, Handed]]:
        """Yield a projection's result on `first`, and on each day up to `last` that changes it.

        The other options choose the changes, as those of `changes` do.
        """
        from factledger.views.projections import series

        chosen = self._changes(recorded, published, between, entry)
        return series(projection, chosen, self._day(first)[0], self._day(last)[0])

    def search(
        self,
        words: str,
        *,
        kind: str | None = None,
        type: str | None = None,
        source: str | None = None,
        actor: str | None = None,
        year: str | int | None = None,
        recorded: Cut = None,
        first: int = 0,
        most: int = 50,
    ) -> SearchResult:
        """Return where words are: the entries that hold all of them, newest first.

        Looked through are sentences, names, labels, quotes that are not sealed, and what else a
        record says; case and accents do not count. The facets leave the entries of a kind, and the
        claims of a type, of a source, that name an actor, or whose dates name a year. `first`
        counts from 0. Raises `FieldError` for more than twenty words.

        >>> ledger = Ledger.create("memory:", origin="example")
        >>> ledger.append({"kind": "actor", "id": "ARV", "category": "country", "names": ["Arvénia"]})
        Entries(...)
        >>> ledger.search("arvenia").numbers, ledger.search("arv").total
        ((2,), 1)
        """
        from factledger.views.inquiries.search import search

        belief = self.belief(self._cut(recorded))
        return search(
            belief,
            words,
            kind=kind,
            type=type,
            source=source,
            actor=actor,
            year=year,
            first=first,
            most=most,
        )

    def check(self) -> tuple[Problem, ...]:
        """Return every problem that a named check finds, by entry.

        Where others erased something meanwhile, what was found may be due to that: it is checked anew.
        """
        from factledger.checks import problems
        from factledger.checks.instants import future_problems
        from factledger.ledger.auditing.soundness import without_erased_since

        place, clock, found = self._kept.place, self._recorder.clock, list[Problem]()
        for _ in range(_CHECKED):
            generation = self._kept.generation
            found = [*problems(self.index, place), *future_problems(self.index, clock, place)]
            if not found:
                break
            self.refresh()
            if self._kept.generation == generation:
                break
        return without_erased_since(tuple(found), self._kept)

    def verify(self, on_progress: Callable[[int], object] | None = None) -> tuple[Problem, ...]:
        """Return what is wrong with the log itself, read again from the store.

        An index that the store keeps is to cover all entries. `on_progress` is called with the
        number of entries read. Raises `Damaged` at the first line whose hash does not follow from
        the lines before.
        """
        from factledger.ledger.auditing.soundness import log_faults

        return tuple(log_faults(self._kept, self._recorder.clock, on_progress))

    def verify_text(
        self, source: str, text: str, seal_key: SealKey | None = None
    ) -> tuple[str | None, tuple[Verdict, ...]]:
        """Return how a text differs from the one cited, if it does, and a verdict a citation."""
        from factledger.checks.citations import hash_fault, verdicts

        return hash_fault(self.index, source, text), tuple(
            verdicts(self.index, source, text, seal_key)
        )

    def checkpoint(self, key: PrivateKey | None = None, *, fork: bool = False) -> Checkpoint:
        """Return the checkpoint of all entries, or sign the next one and keep it beside the log.

        Raises `NotProved` where the log does not extend the last one that was signed; `fork` signs
        a second history all the same.
        """
        from factledger.log.proofs.prover import checkpoint_now
        from factledger.log.proofs.signing import sign_checkpoint

        return (
            checkpoint_now(self._kept.store)
            if key is None
            else sign_checkpoint(self._kept.store, key, fork=fork)
        )

    def prove(self, number: int, checkpoint: Checkpoint) -> InclusionProof:
        """Return the proof that an entry is in a checkpoint; raises `NotFound` or `NotProved`."""
        from factledger.log.proofs.prover import prove_entry

        return prove_entry(self._kept.store, number, checkpoint)

    def prove_several(self, numbers: Sequence[int], checkpoint: Checkpoint) -> JointProof:
        """Return one proof that several entries are in a checkpoint, as `prove` does of one."""
        from factledger.log.proofs.prover import prove_entries

        return prove_entries(self._kept.store, numbers, checkpoint)

    def prove_extension(self, older: Checkpoint, newer: Checkpoint) -> ConsistencyProof:
        """Return the proof that a checkpoint extends an older one; raises `NotProved`."""
        from factledger.log.proofs.prover import prove_extension

        return prove_extension(self._kept.store, older, newer)

    def verify_checkpoint(self, checkpoint: Checkpoint) -> tuple[Problem, ...]:
        """Return what keeps the log from extending a checkpoint, worked out from the lines.

        Whether it was signed is asked when it is read (`read_checkpoint`).
        """
        from factledger.log.proofs.prover import checkpoint_faults

        return tuple(checkpoint_faults(self._kept.store, {self.address: checkpoint}))

    def belief(self, recorded: int | None = None, published: Day | None = None) -> Belief:
        """Return what the ledger holds at two cuts."""
        return self._scopes_at(self._cut(recorded), published).timeline.belief

    def _scopes_at(self, recorded: int, published: Day | None) -> Scopes:
        """Return what can be asked at two cuts: the same for one question after another."""
        self.settle()

        def made(earlier: Scopes | None) -> Scopes:
            before = earlier.timeline.belief if earlier else None
            if before is None or before.index is not self.index:
                return Scopes(Timeline(Belief(self.index, recorded, published)))
            return Scopes(Timeline(before.followed(recorded)))

        return self._scopes.at((recorded, published), len(self), self._kept.generation, made)

    def _day(self, asked: Date) -> tuple[Day, str | None]:
        return day_asked(asked, lambda: self._recorder.clock().date())

    def _cut(self, asked: Cut) -> int:
        return cut_asked(asked, self.index)
