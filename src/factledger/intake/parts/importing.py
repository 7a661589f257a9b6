"""An import in parts: rows are mapped and tried by tasks, and appended by one, as if it had done all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import attrs

from factledger.errors import WriteRefused
from factledger.intake.batches import MappedRow, steps_together
from factledger.intake.maps.map import Map
from factledger.intake.parts.declared_file import write_declarations
from factledger.intake.parts.preparing import Prepared, PrepareTask, prepared
from factledger.intake.parts.row_files import cut_rows, rows_in_file
from factledger.intake.parts.step_lines import mapped_rows_of
from factledger.intake.row_steps import row_steps_of
from factledger.intake.run import Imported, import_rows
from factledger.intake.surveying import OnRows, silent
from factledger.ledger.ledger import Ledger
from factledger.ledger.texts import KeptTexts
from factledger.scaling.files import delete_old, delete_rooms, delete_unfinished, packed_lines
from factledger.scaling.running import Runner, here
from factledger.scaling.sealing import IMPORTED, IMPORTING

PART_ROWS = 10_000  # of a part


@attrs.frozen
class PreparedRows:
    """The rows of a file, mapped: `steps` yields what they come to, in their order."""

    folder: Path
    given: Map
    name: str
    parts: tuple[tuple[str, Prepared], ...]
    trusted: bool

    def steps(self) -> Iterator[MappedRow]:
        """Yield the steps of all rows, from the first on."""
        return steps_together(self.given, self._mapped)

    def _mapped(self) -> Iterator[MappedRow]:
        for rows, part in self.parts:
            if not part.steps:
                for row in rows_in_file(self.folder / "rows" / rows):
                    yield from row_steps_of(self.given, row, self.name)
                continue
            lines = packed_lines(self.folder / "steps" / part.steps)
            yield from mapped_rows_of(lines, self.name, tried=part.tried and self.trusted)

    def forget(self) -> None:
        """Delete what was made of the rows; it holds their content."""
        delete_rooms(self.folder, IMPORTED)
        with suppress(OSError):  # what others put there stays
            self.folder.rmdir()


def prepare_rows(
    ledger: Ledger,
    given: Map,
    file: str,
    folder: Path,
    run: Runner = here,
    *,
    name: str | None = None,
    size: int = PART_ROWS,
    on_rows: OnRows = silent,
) -> PreparedRows:
    """Map the rows of a file in parts of `size`, try each claim by itself, and return all as steps.

    All of it lies in a room of the folder, which every worker sees; what is there already is not made
    again. `on_rows` is called with the number of rows of each part, as it is done. Raises `Refused`
    where the file cannot be read or lacks a column.
    """
    room = folder / IMPORTING
    if room.is_symlink():
        raise WriteRefused(str(room), "it is a symbolic link; name another folder")
    delete_unfinished(room)
    declared = write_declarations(ledger.index, room / "declared")
    cuts: list[str] = []

    def tasks() -> Iterator[PrepareTask]:
        for rows in cut_rows(given, file, name or file, room / "rows", size):
            cuts.append(rows)
            yield PrepareTask(len(cuts), str(room), rows, given.text, declared)

    done = []
    for part in run(prepared, tasks()):
        done.append(part)
        on_rows(part.rows)
    parts = tuple((cuts[part.number - 1], part) for part in sorted(done))
    _clean(room, declared, parts)
    return PreparedRows(room, given, name or file, parts, not _has_texts(ledger))


def _clean(room: Path, declared: str, parts: tuple[tuple[str, Prepared], ...]) -> None:
    """Delete what was made of rows that are no longer so."""
    for name, kept in (
        ("rows", {rows for rows, _ in parts}),
        ("steps", {part.steps for _, part in parts}),
        ("declared", {declared}),
    ):
        delete_old(room / name, map(Path, kept))


def _has_texts(ledger: Ledger) -> bool:
    """Return whether texts are kept beside the ledger, which a task does not see."""
    folder = KeptTexts.beside(ledger.address).folder
    return folder is not None and folder.exists()


def import_in_parts(
    ledger: Ledger,
    given: Map,
    file: str,
    folder: Path,
    run: Runner = here,
    *,
    name: str | None = None,
    on_rows: OnRows = silent,
) -> Imported:
    """Append the rows of a file that the ledger does not hold yet, and return the outcome.

    It is what `import_rows` does, with the same checks, refusals and lines; but rows are mapped and
    tried by the tasks that `run` runs. An import that was interrupted goes on, here or by
    `import_rows`. What was made of the rows is deleted once all are in the ledger.
    """
    made = prepare_rows(ledger, given, file, folder, run, name=name)
    done = import_rows(ledger, given, file, name=name, on_rows=on_rows, steps=made.steps)
    made.forget()
    return done
