"""The files of the design, and the replies with them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from factledger.errors import NotFound
from factledger.web.replies.reply import Reply, error_reply

STATIC = {
    "icon.svg": "image/svg+xml",
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "add.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
}
LIVE_ONLY = frozenset({"add.js", "htmx.min.js"})  # what pages on a disk have no use for
STATIC_PATH = "/static/"


def static_reply(path: str) -> Reply:
    """Return the reply with a file of the design."""
    name = path.removeprefix(STATIC_PATH)
    if name not in STATIC:
        return error_reply(NotFound(f"the file {name[:100]!r}", "begin at /"))
    return Reply(200, static_file(name), STATIC[name])


@lru_cache
def static_file(name: str) -> bytes:
    """Return a file of the design."""
    return files("factledger.web").joinpath("static", name).read_bytes()
