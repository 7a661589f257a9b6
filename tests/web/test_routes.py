"""From an address to an answer: what is let through, which headers it bears, and what it takes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import run, small_ledger
from factledger import Actor, Ledger
from factledger.web.replies.reply import HEADERS
from factledger.web.replies.welcome import LOOPBACK, hostname
from web_tools import ARTICLE, Client, asked

DATE = "/?asof=2023-04-01"


@pytest.mark.parametrize(
    "address",
    [
        "/", "/index.json", "/nowhere", "/?asof=x", "/static/page.js", "/static/nothing",
        "/entry/%0a1", "/%0a", "/actor/%0d%0a", "/%00", "//", "/between/JPN/UKR%0a",
    ],
)  # fmt: skip
def test_every_answer_bears_the_strict_headers(client: Client, address: str) -> None:
    """No answer may run what is not ours, be framed, be guessed at, or tell where one came from."""
    headers = client.get(address).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = headers["content-security-policy"]
    assert policy == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_same_answer_is_not_sent_twice(tmp_path: Path) -> None:
    """Who has an answer is told that it is still good, until the ledger grows or loses content."""
    with small_ledger(tmp_path) as ledger:
        client = Client(ledger.address)
        tag = client.get(DATE).headers["etag"]
        assert client.get(DATE, if_none_match=tag).status_code == 304
        assert client.get("/?asof=2023", if_none_match=tag).status_code == 200
        ledger.append(
            {"kind": "note", "text": "read", "citations": [{"source": "gazette", "locator": "1"}]}
        )
        grown = client.get(DATE, if_none_match=tag)
        assert grown.status_code == 200
        ledger.redact(13, reason="asked for", authority="us")
        erased = client.get(DATE, if_none_match=grown.headers["etag"])
        assert erased.status_code == 200


def test_what_others_append_is_seen(tmp_path: Path) -> None:
    """Each request sees what other processes appended before it."""
    with small_ledger(tmp_path), Ledger.open(tmp_path) as reading, Ledger.open(tmp_path) as writing:
        client = Client(reading.address)
        assert client.get("/entry/13").status_code == 404
        writing.append({"kind": "retract", "target": 9, "reason": "not in the text"})
        assert client.get("/entry/13").status_code == 200
        assert "head " + writing.head[:16] in client.get("/").text.replace("<code>", "")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8765", "", "localhost.", "0.0.0.0"]
)
def test_another_name_is_refused(client: Client, host: str) -> None:
    """A page of elsewhere that points its own name at this machine gets nothing of the ledger."""
    answer = client.get("/", host=host)
    assert answer.status_code == 421
    assert "Japan" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/static/style.css", "/search?q=a"])
def test_a_page_from_elsewhere_makes_nobody_ask(client: Client, address: str) -> None:
    """What a browser asks on behalf of another site is refused before the ledger is asked."""
    answer = client.get(address, sec_fetch_site="cross-site")
    assert answer.status_code == 403
    assert "open the address yourself" in answer.text
    assert client.get(address, sec_fetch_site="same-origin").status_code == 200
    assert client.get(address, sec_fetch_site="none").status_code == 200


@pytest.mark.parametrize(
    "host", ["127.0.0.1:9", "localhost", "LOCALHOST:8765", "[::1]:8765", "[::1]"]
)
def test_names_of_this_machine_are_answered(client: Client, host: str) -> None:
    """The loopback names are answered, whatever the port."""
    assert client.get("/", host=host).status_code == 200
    assert hostname(host) in LOOPBACK


def test_a_fault_of_the_ledger_is_told(tmp_path: Path) -> None:
    """A ledger that is damaged while it is looked at is reported, and nothing of it is shown."""
    with small_ledger(tmp_path) as ledger:
        path = tmp_path / "ledger.jsonl"
        path.write_bytes(path.read_bytes()[:-30] + b"x" * 29 + b"\n{}\n")
        answer = asked(ledger, "/")
        assert answer.status == 500
        assert b"ledger.jsonl" in answer.body


def test_a_ledger_in_tables_is_shown_as_well(tmp_path: Path) -> None:
    """A SQLite ledger gives the same page as the lines it was copied from."""
    assert run("copy", str(ARTICLE), str(tmp_path / "article.db")).code == 0
    with Ledger.open(tmp_path / "article.db") as tables, Ledger.open(ARTICLE) as lines:
        for address in (DATE, "/actor/JPN?asof=2023", "/between/JPN/UKR?asof=2023", "/entry/31"):
            assert asked(tables, address).body == asked(lines, address).body


@pytest.mark.parametrize("name", ["x", "x.db"])
def test_a_server_lists_what_is_declared_after_an_erasure(name: str, tmp_path: Path) -> None:
    """A running server takes in what others append also once content was erased under it."""
    Ledger.create(tmp_path / name, origin="o").close()
    with Ledger.open(tmp_path / name) as served, Ledger.open(tmp_path / name) as editor:
        editor.append(Actor(id="A", category="country", names=["Avia"]))
        editor.append(Actor(id="G", category="country", names=["Gonia"]))
        assert b"Avia" in asked(served, "/actors.json").body
        editor.redact(3, reason="a mistake", authority="the editor")
        assert asked(served, "/actors.json").status == 200
        editor.append(Actor(id="D", category="country", names=["Dunia"]))
        assert b"Dunia" in asked(served, "/actors.json").body
        assert b"Dunia" in asked(served, "/").body
