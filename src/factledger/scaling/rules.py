"""Which rules made a file: a hash of the code of the meaning, so that no answer outlives its rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from factledger.scaling.files import digest_of

_ROOMS = ("dates", "records", "index", "status", "scaling")


@cache
def rules_digest(rooms: tuple[str, ...] = _ROOMS) -> str:
    """Return a hash of the code of some rooms: of all that decides how claims stand and what a row says of it."""
    package = Path(__file__).parents[1]
    files = (path for room in rooms for path in (package / room).rglob("*"))
    return digest_of(*(p.read_bytes() for p in sorted(files) if p.suffix in (".py", ".toml")))
