"""The laws of a ledger, each a sentence and a check that draws its own examples.

Run them as property tests::

    @pytest.mark.parametrize("law", [*LAWS, *projection_laws(MINE)], ids=str)
    @given(st.data())
    def test_laws(law, data):
        law.check(data.draw)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeAlias

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from factledger.amendments import Correct, Identify, Retract
from factledger.claims import Claim, State
from factledger.codec import from_body, to_body
from factledger.days import BEGINNING, FOREVER, Day
from factledger.declarations import Source
from factledger.edtf import Edtf, parse
from factledger.errors import Refused
from factledger.ledger import Ledger
from factledger.lines import canonical, chain
from factledger.projections import Projection, fold
from factledger.spans import Status
from factledger.standings import Standing
from factledger.stores.memory import MemoryStore
from factledger.testing.few import ACTORS, TYPES, few_claims, few_dates, few_states
from factledger.testing.history import FIRST, extended, histories, opened
from factledger.testing.moves import Move
from factledger.testing.retelling import all_unlike, elsewhere, renumbered, reordered, retargeted
from factledger.testing.strategies import dates, days, records
from factledger.timeline import Change

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
LATE, NO_TIME = FIRST + timedelta(days=1000), timedelta(0)


@attrs.frozen
class Law:
    """A sentence that holds of every ledger, and its check.

    `check` takes what draws examples (of a Hypothesis test, `data.draw`) and raises
    AssertionError where the law is broken.
    """

    name: str
    sentence: str
    check: Callable[[Draw], None]

    def __str__(self) -> str:
        return self.name


_found: list[Law] = []


def law(name: str, sentence: str) -> Callable[[Callable[[Draw], None]], Callable[[Draw], None]]:
    """Return a decorator that adds a check to the laws, under a name and with its sentence."""

    def decorated(check: Callable[[Draw], None]) -> Callable[[Draw], None]:
        _found.append(Law(name, sentence, check))
        return check

    return decorated


def every(ledger: Ledger, day: Day, **cuts: Any) -> tuple[Standing, ...]:
    """Return every standing on a day: what most laws compare."""
    return ledger.as_of(day, **cuts).every


def _published(draw: Draw) -> Day | None:
    day: Day | None = draw(st.none() | days())
    return day


def _back(draw: Draw, length: int) -> int:
    """Return a number of entries up to `length`: mostly near it, where the claims are."""
    back: int = draw(st.sampled_from([0, 1, 2, 3, 5, 8, 100]))
    return max(0, length - back)


# --- what was known


@law("stability", "Appending never changes an answer at an earlier recorded cut.")
def _stability(draw: Draw) -> None:
    history, day, published = draw(histories()), draw(days()), _published(draw)
    now = _back(draw, len(history.records))
    ledger = history.ledger(now)
    cut = _back(draw, len(ledger))
    before = every(ledger, day, recorded=cut, published=published)
    extended(ledger, history.records[now:])
    for later in (ledger, history.ledger()):  # one that kept its answer, and one that cannot have
        assert every(later, day, recorded=cut, published=published) == before


@law("prefix", "The answer at a recorded cut is that of the log that ends there.")
def _prefix(draw: Draw) -> None:
    history, day, published = draw(histories()), draw(days()), _published(draw)
    now = _back(draw, len(history.records))
    whole, part = history.ledger(), history.ledger(now)
    cut: dict[str, Any] = {"recorded": len(part), "published": published}
    assert whole.as_of(day, **cut).at.head == part.head
    assert every(whole, day, **cut) == every(part, day, published=published)


@law("retraction", "What is retracted stands at no later cut, whatever is appended afterwards.")
def _retraction(draw: Draw) -> None:
    history, day, published = draw(histories()), draw(days()), _published(draw)
    now = _back(draw, len(history.records))
    ledger = history.ledger(now)
    targets = [live.number for live in ledger.belief().claims()]
    assume(targets)
    target = draw(st.sampled_from(targets))
    (retraction,) = ledger.append(Retract(target=target, reason="taken back"))
    for record in history.records[now:]:
        with suppress(Refused):
            ledger.append(record)
    for cut in range(retraction.number, len(ledger) + 1):
        for standing in every(ledger, day, recorded=cut, published=published):
            assert target not in (standing.number, standing.because, *standing.also)


@law("correction", "A correction is a retraction and an assertion, and no cut shows half of it.")
def _correction(draw: Draw) -> None:
    history, day, published = draw(histories()), draw(days()), _published(draw)
    ledger, apart = history.ledger(), history.ledger()
    move = Move(draw, ledger, few_claims())
    targets, claim = [live.number for live in ledger.belief().claims()], move.claim
    assume(targets)
    target, known = draw(st.sampled_from(targets)), len(ledger)
    correction = Correct(target=target, reason="misread", record=claim)
    with suppress(Refused):
        ledger.append(correction)
        extended(apart, [Retract(target=target, reason="misread"), claim])
    assume((len(ledger), len(apart)) == (known + 1, known + 2))
    number_of = {known + 2: known + 1}
    expected = [renumbered(s, number_of) for s in every(apart, day, published=published)]
    assert [renumbered(s, {}) for s in every(ledger, day, published=published)] == expected
    before, after = ledger.belief(known), ledger.belief()
    assert [before.live(n) is None for n in (target, known + 1)] == [False, True]
    assert after.live(target) is None
    assert (after.live(known + 1) is None) == (apart.belief().live(known + 2) is None)


@law("no look-ahead", "Whatever supports an answer was recorded and published by its cuts.")
def _no_look_ahead(draw: Draw) -> None:
    history, day, published = draw(histories()), draw(days()), draw(days())
    ledger = history.ledger()
    cut = _back(draw, len(ledger))
    for standing in every(ledger, day, recorded=cut, published=published):
        named = (standing.number, standing.because or 0, *standing.also, *standing.contested_by)
        assert max(named) <= cut
        assert standing.supports
        assert all(s.number <= cut for s in standing.supports)
        assert all(s.published.first <= published for s in standing.supports)
        if standing.status in (Status.DEFINITE, Status.PRESUMED):
            assert any(s.published.last <= published for s in standing.supports)


# --- along the days


@law("steps", "A view changes on the days that its changes name, and on no others.")
def _steps(draw: Draw) -> None:
    claims = draw(st.sampled_from([None, few_states("level")]))
    history, published = draw(histories(claims=claims)), _published(draw)
    ledger = history.ledger()
    named = sorted({c.day for c in ledger.changes(published=published)} - {BEGINNING})
    for day, following in zip([BEGINNING, *named], [*named, FOREVER], strict=True):
        last = Day(following - 1)
        between = every(ledger, day, published=published)
        assert every(ledger, last, published=published) == between
        if following < FOREVER:
            assert every(ledger, following, published=published) != between


@law("folded changes", "Folding the changes up to a day gives the view of that day.")
def _folded_changes(draw: Draw) -> None:
    history, day, published = draw(histories()), draw(days()), _published(draw)
    ledger = history.ledger()
    changes = ledger.changes(published=published)
    assert [c.day for c in changes] == sorted(c.day for c in changes)
    seen: dict[object, Standing] = {}
    for change in changes:
        if change.day <= day:
            one = (change.standing.number, change.standing.derived, change.standing.claim.type)
            assert change.before is (seen[one].status if one in seen else Status.NOT_YET)
            assert change.after is change.standing.status
            seen[one] = change.standing
    shown = [s for s in every(ledger, day, published=published) if s.status is not Status.NOT_YET]
    assert sorted(seen.values(), key=repr) == sorted(shown, key=repr)


@law("half-open", "Of two states under one key that touch, one stands at each day and never both.")
def _half_open(draw: Draw) -> None:
    first, second = sorted(draw(st.lists(days(), min_size=2, max_size=2, unique=True)))
    end = draw(st.sampled_from([str(Day(second - 1)), ".."]))
    spoken = draw(days(str(first), str(Day(second - 1)))) if end == ".." else second
    ledger = extended(
        opened(),
        [
            *ACTORS,
            Source(id="s1", title="First", published=str(spoken)),
            Source(id="s2", title="Second", published=str(second)),
            _level("one", str(first), end, "s1"),
            _level("two", str(second), "..", "s2"),
        ],
    )
    day = draw(st.sampled_from([first, second]) | days(str(first)))
    values = [s.claim.value for s in ledger.as_of(day).standings]
    assert values == (["one"] if day < second else ["two"])


def _level(value: str, since: str, until: str, source: str) -> State:
    """Return that Japan and Ukraine have a relationship of a level."""
    body = {
        "kind": "state",
        "type": "relationship-level",
        "value": value,
        "since": since,
        "until": until,
        "participants": [{"role": "party", "actor": name} for name in ("JPN", "UKR")],
        "citations": [{"source": source, "locator": "p. 1"}],
    }
    state = from_body(body)
    assert isinstance(state, State)
    return state


_WALK = {
    Status.NOT_YET: 0,
    Status.DEFINITE: 2,
    Status.PRESUMED: 3,
    Status.ENDED: 5,
}


@law(
    "order of statuses",
    "A status goes from not-yet over possible and definite to presumed or possible, and to ended, "
    "and never back.",
)
def _order_of_statuses(draw: Draw) -> None:
    history, published = draw(histories()), _published(draw)
    reached: dict[object, int] = {}
    for change in history.ledger().changes(published=published):
        standing = change.standing
        identity = (standing.number, standing.derived, standing.claim.type)
        place = reached.get(identity, 0)
        if change.after is Status.POSSIBLE:
            reached[identity] = 1 if place <= 1 else 4
            assert place <= 4
        else:
            reached[identity] = _WALK[change.after]
            assert place <= reached[identity]


@law(
    "refinement",
    "A more precise date never turns definite into not-yet or ended, nor these into definite: of "
    "a claim by itself it only settles what was possible.",
)
def _refinement(draw: Draw) -> None:
    claim = draw(few_claims())
    move = Move(
        draw, extended(opened(), [*ACTORS, *TYPES, Source(id="s", title="S")]), few_claims()
    )
    claim = attrs.evolve(claim, citations=move.citations)
    names = [n for n in ("when", "since", "until") if _bounded(getattr(claim, n, None))]
    assume(names)
    name = draw(st.sampled_from(names))
    coarse: Edtf = getattr(claim, name)
    finer = draw(few_dates().filter(lambda date: _within(date, coarse)))
    day = draw(days())
    before, after = (_status_alone(c, day) for c in (claim, attrs.evolve(claim, **{name: finer})))
    if before is not Status.POSSIBLE:
        assert after is before, f"{coarse} made {finer}: {before} became {after}"


def _bounded(date: object) -> bool:
    return (
        isinstance(date, Edtf) and isinstance(date.earliest, Day) and isinstance(date.latest, Day)
    )


def _within(date: Edtf, coarse: Edtf) -> bool:
    """Return whether a date can take the place of a coarser one, doubtful only where that is."""
    return (
        date.kind != "interval"
        and date.kind != "all-of"
        and _bounded(date)
        and coarse.earliest <= date.earliest  # type: ignore[operator]
        and date.latest <= coarse.latest  # type: ignore[operator]
        and date.qualified <= coarse.qualified
    )


def _status_alone(claim: Claim, day: Day) -> Status:
    ledger = extended(opened(), [*ACTORS, *TYPES, Source(id="s", title="S")])
    with suppress(Refused):
        ledger.append(claim)
    stated = [s for s in every(ledger, day) if not s.derived]
    assume(stated)
    return stated[0].status


# --- late and in another order


@law(
    "late arrival is local",
    "Under a single-valued key whose states begin on exact days, each attested on its first day "
    "only and open-ended: one more of them, read late, changes nothing before its first day and "
    "nothing from the first day of the next one on.",
)
def _late_arrival(draw: Draw) -> None:
    firsts = draw(st.lists(days(), min_size=2, max_size=5, unique=True))
    late, *known = firsts
    ledger = extended(opened(), ACTORS)
    for first in known:
        _attested_on(ledger, first)
    day = draw(days())
    before = every(ledger, day)
    _attested_on(ledger, late)
    later = [first for first in known if first > late]
    after = every(ledger, day)
    shown = [s for s in after if s.shown]
    if day < late or (later and day >= min(later)):
        assert [s for s in before if s.shown] == shown


def _attested_on(ledger: Ledger, day: Day) -> None:
    name = f"on-{day}"
    ledger.append(
        Source(id=name, title=name, published=str(day)), _level(str(day), str(day), "..", name)
    )


# Ties are broken by content, never by arrival: claims of one date make many of them.
_OF_ONE_DATE = few_states().map(lambda c: attrs.evolve(c, since="2021-02", until=".."))


@law(
    "permutation",
    "The order in which claims and what backs or disputes them arrive changes no answer, as long as "
    "each comes after what it names.",
)
def _permutation(draw: Draw) -> None:
    claims = draw(st.sampled_from([None, _OF_ONE_DATE]))
    moves = () if claims is None else ("identify-claims", "tell-again")
    history = draw(histories(claims=claims, moves=moves))
    day, published = draw(days()), _published(draw)
    records = history.records
    assume(all_unlike(records))
    order = reordered(draw, records)
    number_of = {old + 2: new for new, old in enumerate(order, start=2)}
    moved = [retargeted(records[old], number_of) for old in order]
    together, apart = opened(LATE, NO_TIME), opened(LATE, NO_TIME)
    with suppress(Refused):
        extended(together, records)
        extended(apart, moved)
    assume(len(together) == len(apart) == len(records) + 1)
    before = [renumbered(s, number_of) for s in every(together, day, published=published)]
    after = [renumbered(s, {}) for s in every(apart, day, published=published)]
    assert sorted(before, key=repr) == sorted(after, key=repr)


@law("frame", "Claims about other actors never change an answer.")
def _frame(draw: Draw) -> None:
    history, day, published = draw(histories()), draw(days()), _published(draw)
    ledger = history.ledger()
    others = [f"other-{actor.id}" for actor in ACTORS]
    known, before = len(ledger), every(ledger, day, published=published)
    extended(ledger, [elsewhere(actor) for actor in ACTORS])
    claims = [r for r in history.records if isinstance(r, Claim)]
    for claim in (*draw(st.permutations(claims)), Move(draw, ledger, few_claims()).claim):
        with suppress(Refused):
            ledger.append(elsewhere(claim))
    after = every(ledger, day, published=published)
    assert [s for s in after if s.number <= known] == list(before)
    assert all(p.actor in others for s in after if s.number > known for p in s.claim.participants)


# --- kept


@law("replay", "A ledger that was asked between its appends answers as one that was not.")
def _replay(draw: Draw) -> None:
    history, day, published = draw(histories()), draw(days()), _published(draw)
    asked = opened(history.first, history.step)
    for record in history.records:
        asked.append(record)
        every(asked, day, published=published)
    assert every(asked, day, published=published) == every(
        history.ledger(), day, published=published
    )


@law("dates round trip", "A date read again from its text is the same, with the same bounds.")
def _dates_round_trip(draw: Draw) -> None:
    date = draw(dates())
    again = parse(str(date))
    assert (again, again.earliest, again.latest) == (date, date.earliest, date.latest)


@law("records round trip", "A record read from its line is the record that was written.")
def _records_round_trip(draw: Draw) -> None:
    record = draw(records())
    assert from_body(json.loads(canonical(to_body(record)))) == record


@law("lines round trip", "A ledger read from its lines has the same lines, entries and answers.")
def _lines_round_trip(draw: Draw) -> None:
    history, day = draw(histories()), draw(days())
    ledger = history.ledger()
    store = MemoryStore()
    for line in chain(ledger.lines()):
        with store.writing() as writer:
            writer.append([line.body or b""], at=line.at, salts=[line.salt or b""])
    again = Ledger(store)
    assert list(again.lines()) == list(ledger.lines())
    assert list(again.entries()) == list(ledger.entries())
    assert every(again, day) == every(ledger, day)


@law("idempotence", "A record that stands in the ledger is not written again.")
def _idempotence(draw: Draw) -> None:
    history = draw(histories())
    ledger = history.ledger()
    head, belief = ledger.head, ledger.belief()
    for entry in list(ledger.entries()):
        if belief.retired_by(entry.number) is None and not isinstance(entry.record, Identify):
            assert entry.record is not None
            assert ledger.append(entry.record)[0].number == entry.number
    assert ledger.head == head


LAWS: tuple[Law, ...] = tuple(_found)
"""The laws of every ledger, in the order in which the documentation tells them."""


# --- of projections


def projection_laws(projection: Projection[Any, Any]) -> tuple[Law, ...]:
    """Return what holds of every projection that is a fold over changes and nothing besides.

    Results are compared with `==`.
    """

    def named(name: str, sentence: str, check: Callable[[Draw], None]) -> Law:
        return Law(f"{projection.name}: {name}", sentence, check)

    def result(changes: Iterable[Change], until: Day | None = None) -> Any:
        return fold(projection, changes, until)

    def incremental(draw: Draw) -> None:
        changes = draw(histories()).ledger().changes()
        state = projection.initial()
        for i, change in enumerate(changes):
            state = projection.step(state, change)
            assert projection.result(state) == result(changes[: i + 1])

    def repeatable(draw: Draw) -> None:
        changes, other = draw(histories()).ledger().changes(), draw(histories()).ledger().changes()
        first = result(changes)
        kept = repr(first)
        result(other)
        assert result(changes) == first
        assert repr(first) == kept

    def framed(draw: Draw) -> None:
        ledger = draw(histories()).ledger()
        pair = ("JPN", "UKR")
        before = result(ledger.changes(between=pair))
        extended(ledger, [elsewhere(actor) for actor in ACTORS])
        with suppress(Refused):
            ledger.append(elsewhere(Move(draw, ledger, few_claims()).claim))
        assert result(ledger.changes(between=pair)) == before

    def steady(draw: Draw) -> None:
        changes, day = draw(histories()).ledger().changes(), draw(days())
        turns = any(change.day == day for change in changes)
        assert turns or result(changes, day) == result(changes, Day(day - 1))

    return (
        named("incremental", "Stepping change by change gives what a replay gives.", incremental),
        named(
            "repeatable", "A fold shares no state with another, nor with its results.", repeatable
        ),
        named("frame", "Claims about other actors never change a result.", framed),
        named("steps", "A result changes only on the days of changes.", steady),
    )
