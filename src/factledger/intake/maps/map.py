"""A map: what each row of a file says, as expressions over the cells of the row."""

from __future__ import annotations

from contextlib import suppress

import attrs

from factledger.dates.historical.manner import Manner
from factledger.errors import FieldError
from factledger.intake.maps.expressions import Expression, TableExpression
from factledger.intake.reading.row import Input
from factledger.records.codec import Body


@attrs.frozen
class RowDeclaration:
    """An actor or source that rows declare, as expressions: its id, and its whole table."""

    kind: str
    id: Expression
    table: TableExpression


@attrs.frozen(kw_only=True)
class Rule:
    """What one row says: one claim, with what it is found by, as expressions over the row's cells.

    `declared` are the actors and sources that it declares, once for each id. `series` names that of
    its state, if it has one; `approximate` how wide an approximate date is. `disputed` says why the
    source itself does not hold to the claim any more. With `once` only the first row of a key counts.
    `asserts` is true where each row puts a claim forward, now, and says nothing else of it.
    """

    declared: tuple[RowDeclaration, ...]
    key: Expression
    operation: Expression
    recorded: Expression | None
    reason: Expression
    note: Expression
    series: Expression | None
    approximate: Expression
    retraction: Expression
    disputed: Expression
    citing: Expression
    claim: TableExpression
    once: bool
    asserts: bool


@attrs.frozen(kw_only=True)
class Edition:
    """What the map says of a file that is published anew: `of` which sources it is a later edition.

    `gone` is what becomes of a claim whose row is in it no more: `keep`, `retract` for the reason
    `retraction`, or `close` with the end `until`.
    """

    of: tuple[str, ...] = ()
    gone: str = "keep"
    retraction: str = "no longer in the list"
    until: str | None = None


@attrs.frozen(kw_only=True)
class Map:
    """The meaning of each row of a file, as expressions over the cells of the row.

    `columns` are all that the map names and the file has to have; `own` are those that the map
    adds, each made from the ones before. `numbered` is true where it names the number of the line. `declarations` come first, once. `rules` make one claim of
    a row each. `source` is the one that a claim cites where it names none. `dates` is how the file
    writes everyday dates, None where they stand as they are. `text` is the TOML that says all this.
    """

    name: str
    input: Input
    origin: str | None
    title: str | None
    declarations: tuple[Body, ...]
    source: str | None
    rules: tuple[Rule, ...]
    own: tuple[tuple[str, Expression], ...]
    columns: frozenset[str]
    numbered: bool = True
    dates: Manner | None = None
    edition: Edition = Edition()
    text: str = attrs.field(default="", repr=False)

    @property
    def recorded(self) -> bool:
        """Whether rows say when they were recorded elsewhere."""
        return any(rule.recorded is not None for rule in self.rules)

    @property
    def series(self) -> bool:
        """Whether rows are of series."""
        return any(rule.series is not None for rule in self.rules)

    def widened(self, cells: dict[str, str], line: int) -> dict[str, str]:
        """Return the cells of a row with the number of its line, and with the map's own columns.

        One that is made from a column which the row lacks is lacking too.
        """
        if not self.numbered and not self.own:
            return cells
        found = {"line": str(line), **cells}
        for name, make in self.own:
            with suppress(FieldError):
                found[name] = str(make(found) or "")
        return found
