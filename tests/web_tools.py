"""Tools for tests of the pages: ledgers with everything on them, and what a page says."""

from __future__ import annotations

import asyncio
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import html5lib
import httpx

from cli_tools import ROOT
from factledger import Ledger
from factledger.web.asgi import application
from factledger.web.replies.reply import Reply
from factledger.web.routes import reply
from hostile_tools import ATTACKS, forged

ARTICLE = ROOT / "ledgers/japan-ukraine"
SCRIPTS = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(2)>",
    "\"' onmouseover='alert(3)",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(4)",
    "]]></svg><svg onload=alert(5)>",
    "a\u2028b\u2029c",
)
EVIL = " ".join((*SCRIPTS, *ATTACKS))


class Client:
    """A browser of sorts: it asks a server that runs in this process, and follows nowhere."""

    def __init__(self, address: Path | str) -> None:
        self.app = application(str(address))

    def get(self, address: str, **headers: str) -> httpx.Response:
        """Return the answer to GET."""
        return self.request("GET", address, **headers)

    def request(self, method: str, address: str, **headers: str) -> httpx.Response:
        """Return the answer to a method; a header `if_none_match` is written with hyphens."""
        written = {name.replace("_", "-"): value for name, value in headers.items()}

        async def ask() -> httpx.Response:
            at = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=at, base_url="http://127.0.0.1:8765") as client:
                return await client.request(method, address, headers=written)

        return asyncio.run(ask())


def asked(ledger: Ledger, address: str, **given: Any) -> Reply:
    """Return what is replied to an address such as `/actor/JPN?asof=2023`."""
    path, _, query = address.partition("?")
    return reply(ledger, path, parse_qsl(query, keep_blank_values=True), **given)


def page(ledger: Ledger, address: str, status: int = 200) -> str:
    """Return the HTML of an address, once it is known to be well-formed."""
    found = asked(ledger, address)
    assert (found.status, found.type) == (status, "text/html; charset=utf-8"), found.body
    return well_formed(found.body.decode())


def well_formed(text: str) -> str:
    """Return a page that a strict reader of HTML takes without an error, and every id once."""
    reader = html5lib.HTMLParser(strict=True)
    reader.parse(text)
    ids = re.findall(r'\bid="([^"]*)"', text)
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    return text


def dangers(text: str) -> list[str]:
    """Return what a page holds that could act: foreign elements, handlers, addresses that run."""
    found = []
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        given = {str(name): value for name, value in element.attrib.items()}
        if element.tag == "script" and not given.get("src", "").startswith(
            ("/static/", "../", "static/")
        ):
            found.append("a script of its own")
        if element.tag in ("img", "iframe", "object", "embed", "style", "base", "b"):
            found.append(str(element.tag))
        found += [name for name in given if name.startswith("on") or name == "style"]
        leading = [given.get(name, "") for name in ("href", "src", "action", "formaction")]
        found += [to for to in leading if re.match(r"\s*(?!https?:)[a-z]+:", to, re.IGNORECASE)]
    return found


def plain(text: str) -> str:
    """Return the words of a page, without its markup, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def hostile(folder: Path) -> Ledger:
    """Return a ledger whose every text is hostile, with one entry that is erased."""
    cited = [{"source": "s", "quote": EVIL, "locator": EVIL}]
    people = [{"role": "party", "actor": actor, "as_said": EVIL} for actor in ("JPN", "../../x")]
    state = {
        "kind": "state", "type": "relationship-level", "participants": people, "value": EVIL,
        "since": "2021", "until": "..", "text": EVIL, "label": "evil", "citations": cited,
        "inferred": [{"field": "since", "reason": EVIL, "as_said": EVIL}], "attributed_to": ["JPN"],
    }  # fmt: skip
    rival = {**state, "text": f"no {EVIL}", "label": "rival", "value": "none", "since": "2022"}
    bodies = [
        {"kind": "source", "id": "s", "title": EVIL, "publisher": EVIL, "published": "2023", "url": "javascript:alert(6)"},
        {"kind": "actor", "id": "JPN", "category": "country", "names": [EVIL, EVIL + "2"], "note": EVIL},
        {"kind": "actor", "id": "../../x", "category": "post", "names": ["<b>x</b>"], "of": "JPN"},
        state,
        rival,
        {"kind": "dispute", "target": 5, "citations": cited, "note": EVIL},
        {"kind": "note", "text": EVIL, "citations": cited},
        {**state, "label": "gone"},
        {"kind": "redact", "target": 9, "reason": EVIL, "authority": EVIL},
    ]  # fmt: skip
    return Ledger.open(forged(folder, bodies, erased=(9,)))
