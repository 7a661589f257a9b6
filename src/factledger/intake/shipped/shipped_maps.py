"""The maps that come with factledger, by name."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent

SHIPPED_MAPS = {
    "ftm": "FollowTheMoney: entities as JSON Lines, or statements as CSV",
    "gdelt": "GDELT events, of either version",
    "icews": "ICEWS events, as tab-separated rows with their header",
    "polecat": "POLECAT events, as tab-separated rows with their header",
    "wikidata": "Wikidata items: who held which position, and who was a member of what",
}
"""What each is for; `factledger import --map NAME` takes it where there is no file of that name."""


def shipped_map(name: str) -> str | None:
    """Return the TOML text of a map that comes with factledger, None for another name."""
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8") if name in SHIPPED_MAPS else None
