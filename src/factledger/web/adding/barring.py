"""Who is barred from the desk: whoever does not know its address, and every page from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import compare_digest, token_urlsafe

from factledger.web.replies.reply import Reply, failed
from factledger.web.replies.welcome import LOOPBACK, unwelcome

WRITE_PATH = "/write/"
MOST_SENT = 2**17  # bytes of a form
_FORM = "application/x-www-form-urlencoded"


def new_token() -> str:
    """Return what makes the address of a desk one that nobody can guess."""
    return token_urlsafe(32)


def is_for_desk(path: str) -> bool:
    """Return whether a path is below those of a desk."""
    return path.startswith(WRITE_PATH)


def barred(
    method: str,
    path: str,
    headers: Mapping[str, str],
    token: str,
    hosts: frozenset[str] = LOOPBACK,
) -> Reply | None:
    """Return the reply to a request that must not reach the desk, None for any other.

    It must bear the token in its path. A browser must say that no other site had it made: by
    Sec-Fetch-Site, and for what writes by an Origin that is this server itself. `headers` have names
    in lower case. No reply tells others that they may read it, so no page from elsewhere can.
    """
    host, site = headers.get("host", ""), headers.get("sec-fetch-site", "")
    no = unwelcome(host, site, hosts)
    if no is not None:
        return no
    given = path.removeprefix(WRITE_PATH).partition("/")[0]
    if not compare_digest(given.encode("latin-1", "replace"), token.encode()):
        return failed(404, "no desk is here; the server has printed its address when it began")
    if method in ("GET", "HEAD"):
        return None if site in ("", "none", "same-origin") else _from_elsewhere()
    if method != "POST":
        return failed(405, "a desk takes GET and POST")
    if headers.get("origin") != f"http://{host}" or site not in ("", "same-origin"):
        return _from_elsewhere()
    if headers.get("content-type", "").partition(";")[0].strip() != _FORM:
        return failed(415, f"a desk takes {_FORM}")
    return None


def _from_elsewhere() -> Reply:
    return failed(403, "a page from elsewhere sent this; use the form of this server itself")
