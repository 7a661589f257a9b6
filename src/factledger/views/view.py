"""What stood at a date, as recorded and published by then: a value that answers questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from factledger.caching import cached_property
from factledger.collecting import no_collecting
from factledger.dates.days import Day
from factledger.errors import NotFound
from factledger.records.vocabulary import GROUPS
from factledger.status.redactions import Redaction, redactions
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.status.timeline import Timeline
from factledger.status.tracks.changes import Change
from factledger.status.tracks.track import Track, steps_along
from factledger.value import Value
from factledger.views.coordinates import Coordinates, coordinates_of
from factledger.views.scope import Scope, Scopes

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.views.plain.shapes import ViewShape

_BEST_FIRST = (Status.DEFINITE, Status.PRESUMED, Status.CONTESTED, Status.POSSIBLE)


@attrs.frozen(repr=False, eq=False)
class Answer(Value):
    """The standings that answer one question, best known first: no standing, no answer.

    >>> str(Answer(())), bool(Answer(()))
    ('unknown', False)
    """

    standings: tuple[Standing, ...]
    saying: Callable[[Standing], str] = attrs.field(
        default=lambda s: s.sentence, eq=False, repr=False
    )

    def __bool__(self) -> bool:
        return bool(self.standings)

    def __str__(self) -> str:
        said = dict.fromkeys(f"{self.saying(s)}, {s.status}" for s in self.standings)
        return "; ".join(said) or "unknown"

    @property
    def values(self) -> tuple[str, ...]:
        """The values that they give, each once, best known first."""
        return tuple(dict.fromkeys(self.saying(s) for s in self.standings))

    @property
    def status(self) -> Status | None:
        """The status of the best known, None without an answer."""
        return self.standings[0].status if self.standings else None

    @property
    def contested(self) -> bool:
        """Whether any of them is contested."""
        return any(s.contested_by for s in self.standings)


@attrs.frozen(repr=False, eq=False, slots=False)
class View(Value):
    """All standings at a date, as recorded and published by then.

    Standings come in the order of their first possible day, then of their entries; `len` counts
    them, and a loop gives one after the other. Two views are equal where they stand at the same
    coordinates, between the same sides.
    """

    day: Day
    coarse: str | None
    _scopes: Scopes = attrs.field(repr=False)
    sides: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and (self.at, self.sides) == (other.at, other.sides)

    def __hash__(self) -> int:
        return hash((self.at, self.sides))

    def __len__(self) -> int:
        return len(self.standings)

    def __iter__(self) -> Iterator[Standing]:
        return iter(self.standings)

    def __str__(self) -> str:
        from factledger.views.plain.pages import view_text

        return view_text(self)

    def _repr_html_(self) -> str:
        from factledger.views.plain.pages import view_html

        return view_html(self)

    @cached_property
    def at(self) -> Coordinates:
        """The place of the view: the date, and how much was known."""
        return coordinates_of(self.belief, self.day, self.coarse)

    @cached_property
    def every(self) -> tuple[Standing, ...]:
        """Every standing: assessments, ended and not-yet included."""
        return tuple([track.at(self.day) for track in self.tracks])

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The standings of each claim in view along all of time, whatever the day."""
        return self._timeline.about(*self.sides)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The standings that are definite, possible, presumed or contested, assessments left out."""
        return tuple([s for s in self._possible if s.claim.shape != "assessment"])

    @cached_property
    def _possible(self) -> list[Standing]:
        with no_collecting():
            tracks, day = self._scope.candidates(self.day), self.day
            return [standing for track in tracks if (standing := track.shown(day)) is not None]

    @cached_property
    def redacted(self) -> tuple[Redaction, ...]:
        """The entries that were erased: what they said, and whether it stood, nobody can tell."""
        return redactions(self.belief.index, self.belief.recorded)

    def changes(self) -> tuple[Change, ...]:
        """Return every turn, along valid time, of the standings of those in view, by day."""
        return tuple(self._scope.changes())

    def to_dict(self) -> ViewShape:
        """Return the view as plain values, the same that `factledger asof --format json` prints."""
        from factledger.views.plain.objects import view_object

        return view_object(self)

    def rows(self) -> list[dict[str, Any]]:
        """Return a flat row for each standing: texts, whole numbers, and lists of these.

        `pandas.DataFrame(view.rows())` and `polars.DataFrame(view.rows())` take them.
        """
        from factledger.views.plain.rows import view_rows

        return view_rows(self)

    def to_arrow(self) -> Any:
        """Return the rows as a table of pyarrow; raises `MissingExtra` without it.

        `polars.from_arrow(view.to_arrow())` and `view.to_arrow().to_pandas()` go on from it.
        """
        from factledger.views.plain.arrow import arrow_table
        from factledger.views.plain.rows import ROW_COLUMNS

        return arrow_table(self.rows(), ROW_COLUMNS)

    @property
    def belief(self) -> Belief:
        """The claims that are live, and the declarations, as far as was known."""
        return self._timeline.belief

    @property
    def _timeline(self) -> Timeline:
        return self._scopes.timeline

    @property
    def _scope(self) -> Scope:
        return self._scopes.about(*self.sides)

    def numbers(self, shape: str) -> tuple[int, ...]:
        """Return the entries that speak for the standings of one shape, in order, unread.

        A standing counts that is definite, possible, presumed or contested. No claim is read for it, where
        the ledger keeps an index and nothing else bears on the claim.
        """
        return tuple(self._scope.numbers(self.day, shape))

    def count(self, shape: str) -> int:
        """Return how many standings of one shape there are, as `numbers` finds them."""
        return self._scope.count(self.day, shape)

    def relationships(self) -> dict[tuple[str, str], Counter[str]]:
        """Return how many standings of each shape every two actors share, by the ids of the two.

        The two are in alphabetical order, each as the claims name it. It counts as `count` does.
        """
        return self._scope.by_pair(self.day)

    @property
    def assessments(self) -> tuple[Standing, ...]:
        """The judgements that had been passed, or possibly had."""
        return tuple(s for s in self._possible if s.claim.shape == "assessment")

    def between(self, one: str, other: str) -> View:
        """Return the view of a relationship: the claims in which both take part.

        A country takes part through its posts, and through whoever acts on its behalf. Raises
        `NotFound` for an actor that is not declared.
        """
        return self.about(one, other)

    def involving(self, actor: str) -> View:
        """Return the view of one actor: the claims in which it takes part."""
        return self.about(actor)

    def about(self, *sides: str) -> View:
        """Return the view of a relationship, of one actor, or of all: of two, one or no sides."""
        self._check(*sides)
        return attrs.evolve(self, sides=sides)

    @property
    def level(self) -> Answer:
        """The level of the relationships in view, best known first."""
        return _answer(self._of_type("relationship-level"), lambda s: s.claim.value or "unnamed")

    def holder(self, post: str) -> Answer:
        """Return who holds a post, best known first: by `office`, or any type of state of a post.

        Several are given where the sources leave it open or contradict one another. Raises
        `NotFound` for a post that is not declared.
        """
        belief = self.belief
        held = filter(self._is_of_a_post, self.involving(post).standings)
        one = belief.canonical(post)
        return _answer(
            (s for s in held if one in map(belief.canonical, s.claim.actors("post"))),
            lambda s: ", ".join(map(belief.name, s.claim.actors("holder"))),
        )

    def events(self, type: str | None = None, *, mode: str | None = None) -> tuple[Standing, ...]:
        """Return the events that happened, or possibly did: of one type and mode, if given."""
        of_type = (s for s in self.standings if type in (None, s.claim.type))
        return tuple(
            s for s in of_type if s.claim.shape == "event" and mode in (None, s.claim.mode)
        )

    @property
    def contested(self) -> tuple[Standing, ...]:
        """The standings that other entries contradict or dispute."""
        return tuple(s for s in self.standings if s.contested_by)

    def groups(self, standings: Iterable[Standing] | None = None) -> dict[str, list[Standing]]:
        """Return the standings by the group of their type, in the order of the vocabulary."""
        found: dict[str, list[Standing]] = {group: [] for group in GROUPS}
        for standing in self.standings if standings is None else standings:
            found.setdefault(self.group(standing), []).append(standing)
        return {group: members for group, members in found.items() if members}

    def group(self, standing: Standing) -> str:
        """Return the group of a standing's type; "other" where its type is not declared."""
        kind = self.belief.vocabulary.types.get(standing.claim.type)
        return kind.group if kind else "other"

    def name(self, actor: str) -> str:
        """Return the name to show of an actor."""
        return self.belief.name(actor)

    def owner(self, actor: str) -> str | None:
        """Return the actor that an actor belongs to, as a post does to its country; None if to none."""
        declared = self.belief.actor(actor)
        return declared.of if declared else None

    def why(self, number: int) -> tuple[Standing, ...]:
        """Return the standings that an entry speaks for, whatever their status; () if none."""
        return tuple(track.at(self.day) for track in self._timeline.speaking(number))

    def past(self, standing: Standing) -> list[tuple[Day, Standing]]:
        """Return the days on which a standing of this view turned, with how it stood from then on."""
        tracks = (t for t in self._timeline.speaking(standing.number) if t.at(self.day) == standing)
        return [step for step in steps_along(next(tracks)) if step[0] <= self.day]

    def _is_of_a_post(self, standing: Standing) -> bool:
        """Return whether a standing says that somebody holds the post that is its key."""
        claim, kind = standing.claim, self.belief.vocabulary.types.get(standing.claim.type)
        keyed = kind is not None and kind.shape == "state" and "post" in kind.key
        return keyed and claim.factual and bool(claim.actors("holder"))

    def _of_type(self, type_id: str) -> Iterable[Standing]:
        return (s for s in self.standings if s.claim.type == type_id and s.claim.factual)

    def _check(self, *actors: str) -> None:
        for actor in actors:
            if not self.belief.knows(actor):
                from factledger.views.inquiries.names import name_advice

                raise NotFound(f"actor {actor!r}", name_advice(self.belief, actor))


def _answer(standings: Iterable[Standing], saying: Callable[[Standing], str]) -> Answer:
    return Answer(tuple(sorted(standings, key=lambda s: _BEST_FIRST.index(s.status))), saying)
