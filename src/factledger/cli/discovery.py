"""Where the ledger is that a command means, when it does not say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from factledger.errors import NotFound

FILE_NAME = "ledger.jsonl"
WAYS = (
    "name one with -l PATH or in $FACTLEDGER, go to a folder with ledger.jsonl or ledgers/, "
    "or make one: 'factledger init' an empty one, 'factledger demo' one to try"
)


def find_ledger(folder: Path) -> Path:
    """Return the ledger that is meant in a folder.

    That is `ledger.jsonl` in it; else the first, going upward from it, of the ledger that
    `pyproject.toml` names (`ledger` under `[tool.factledger]`) and the only ledger in a folder
    `ledgers`. Raises `NotFound` where there is none, or several and no word on which.
    """
    if (folder / FILE_NAME).is_file():
        return folder / FILE_NAME
    start = folder.absolute()
    for above in (start, *start.parents):
        named = named_default(above / "pyproject.toml")
        if named is not None:
            return above / named
        found = list(ledgers_in(above / "ledgers"))
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(str(path.relative_to(above)) for path in found)
            raise NotFound(f"the one ledger meant by {above / 'ledgers'}", f"name it: -l {names}")
    raise NotFound("a ledger", WAYS)


def ledgers_in(folder: Path) -> Iterator[Path]:
    """Yield the ledgers in a folder, by name: folders that hold a `ledger.jsonl`, or that file."""
    if (folder / FILE_NAME).is_file():
        yield folder
    if folder.is_dir():
        yield from sorted(f.parent for f in folder.glob(f"*/{FILE_NAME}") if f.is_file())


def named_default(project: Path) -> str | None:
    """Return the ledger that a `pyproject.toml` names, None where it is missing or names none."""
    try:
        text = project.read_text(encoding="utf-8") if project.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return None
    if "tool.factledger" not in text:
        return None
    from factledger.intake.documents import parsed_toml  # slow to load, and seldom needed

    try:
        found = parsed_toml(text)["tool"]["factledger"]["ledger"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None
