"""The tables of docs/explanation/laws.md: `python tests/laws_page.py` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from factledger.testing import LAWS, Law, projection_laws
from factledger.views.projections import Projection
from planted import PLANTED
from planted.bug import Bug

PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "laws.md"
_PLAIN: Projection[int, int] = Projection("any", int, lambda state, change: state)


def tables() -> dict[str, str]:
    """Return the tables of the page by the names of their places."""
    of_projections = [
        (law.name.partition(": ")[2], law.sentence) for law in projection_laws(_PLAIN)
    ]
    return {
        "laws": _table(("law", "says"), map(_said, LAWS)),
        "projections": _table(("law", "says"), of_projections),
        "bugs": _table(("bug", "like", "found by"), map(_found, PLANTED)),
    }


def _said(law: Law) -> tuple[str, str]:
    return law.name, law.sentence


def _found(bug: Bug) -> tuple[str, str, str]:
    return bug.does, bug.link, ", ".join(bug.laws)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def filled(text: str) -> str:
    """Return the page with its tables as they should be."""
    for name, table in tables().items():
        place = re.compile(rf"(<!-- {name} -->\n\n).*?(\n\n<!-- end -->)", re.DOTALL)
        text = place.sub(lambda found, table=table: found[1] + table + found[2], text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
