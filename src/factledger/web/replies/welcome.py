"""Whom the server answers: no page from elsewhere that a browser lets ask."""

from __future__ import annotations

from factledger.web.replies.reply import Reply, failed

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def unwelcome(host: str, site: str, hosts: frozenset[str] = LOOPBACK) -> Reply | None:
    """Return the reply to a browser that a page from elsewhere may have sent, None for any other.

    `host` is the name by which the browser calls the server; a name that is not in `hosts` may be
    one that a page from elsewhere points at this machine. `site` is the header Sec-Fetch-Site, by
    which the browser says that a page from elsewhere asks, such as with an image.
    """
    if hostname(host) not in hosts:
        return failed(421, f"this server does not answer for {host[:100]!r}; ask it as localhost")
    if site == "cross-site":
        return failed(403, "a page from elsewhere asked for this; open the address yourself")
    return None


def hostname(host: str) -> str:
    """Return the name in a Host header, without its port.

    >>> hostname("localhost:8765"), hostname("[::1]:80"), hostname("evil.example")
    ('localhost', '[::1]', 'evil.example')
    """
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).lower()
