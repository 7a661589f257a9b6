"""The ledger that a command means when it names none."""

from __future__ import annotations

from collections.abc import Iterator
from os.path import isdir, isfile
from pathlib import Path

from factledger.errors import NotFound

_FILE_NAME = "ledger.jsonl"
_LONGEST = 2**20  # letters of a file of settings
_WAYS = (
    "name one with -l PATH or in $FACTLEDGER, go to a folder with ledger.jsonl or ledgers/, "
    "or make one: 'factledger init' an empty one, 'factledger demo' one to try"
)


def find_ledger(folder: Path) -> Path:
    """Return the ledger that is meant in a folder.

    That is `ledger.jsonl` in it; else, from it upward, the first ledger that a `pyproject.toml`
    names (`ledger` under `[tool.factledger]`) or that is the only one in a folder `ledgers`.
    Raises `NotFound` where there is none, or where several are there and none is named.
    """
    if isfile(folder / _FILE_NAME):
        return folder / _FILE_NAME
    start = folder.absolute()
    for above in (start, *start.parents):
        named = named_default(above / "pyproject.toml")
        if named is not None:
            return above / named
        ledgers = list(ledgers_in(above / "ledgers"))
        if len(ledgers) == 1:
            return ledgers[0]
        if ledgers:
            names = ", ".join(str(path.relative_to(above)) for path in ledgers)
            raise NotFound(f"the one ledger meant by {above / 'ledgers'}", f"name it: -l {names}")
    raise NotFound("a ledger", _WAYS)


def ledgers_in(folder: Path) -> Iterator[Path]:
    """Yield the ledgers in a folder, by name: folders that hold a `ledger.jsonl`, or that file."""
    if isfile(folder / _FILE_NAME):
        yield folder
    if isdir(folder):
        yield from sorted(f.parent for f in folder.glob(f"*/{_FILE_NAME}") if isfile(f))


def settings_text(file: Path) -> str:
    """Return what a file of settings holds, no more of it than any such file needs."""
    with file.open(encoding="utf-8") as stream:
        return stream.read(_LONGEST)


def named_default(project: Path) -> str | None:
    """Return the ledger that a `pyproject.toml` names, None where it is missing or names none."""
    try:
        text = settings_text(project) if project.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return None
    if "tool.factledger" not in text:
        return None
    from factledger.intake.documents import parsed_toml  # slow to load, and seldom needed

    try:
        name = parsed_toml(text)["tool"]["factledger"]["ledger"]
    except (ValueError, KeyError, TypeError):
        return None
    return name if isinstance(name, str) else None
