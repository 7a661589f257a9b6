"""The desk: an article and a form, problems beside their fields, and a draft that waits."""

from __future__ import annotations

import asyncio
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from adding_tools import GAZETTE, gazette_ledger
from factledger import Ledger
from factledger.web.adding.barring import MOST_SENT
from factledger.web.adding.desk import Desk, form_sent
from factledger.web.asgi import application
from factledger.web.replies.reply import POLICY


def told(page: str) -> str:
    """Return a page without escapes."""
    return unescape(page)


HOME = "http://127.0.0.1:8765"
VISIT = {"quote": "visited…2021", "type": "visit", "who": "Vessia > Ombra", "when": "2 May 2021"}


class DeskClient:
    """A browser of sorts at a desk of this process: it says where it comes from, as browsers do."""

    def __init__(self, address: Path, desk: Desk) -> None:
        self.app = application(str(address), desk=desk)
        self.desk = desk

    def ask(
        self, source: str | None, form: dict[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        """Return the reply to a form, or to a question for the page of a source."""
        path = self.desk.path if source is None else self.desk.path_of(source)
        written = {name.replace("_", "-"): value for name, value in headers.items()}
        own = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}

        async def asked() -> httpx.Response:
            at = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=at, base_url=HOME) as client:
                method = "GET" if form is None else "POST"
                content = None if form is None else urlencode(form)
                return await client.request(
                    method, path, headers={**own, **sent, **written}, content=content
                )

        return asyncio.run(asked())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a ledger with an article."""
    return gazette_ledger(tmp_path / "mine")


@pytest.fixture
def client(folder: Path) -> DeskClient:
    """Return a browser at a desk."""
    return DeskClient(folder, Desk("token", "Ann"))


def test_the_first_page_leads_to_the_sources_whose_text_is_at_hand(client: DeskClient) -> None:
    """The others are named, and that they have none."""
    page = client.ask(None)
    assert page.status_code == 200
    assert '<a href="/write/token/gazette">Across</a>' in page.text
    assert "Without a text <small>no text is kept</small>" in page.text
    assert client.ask("lost").status_code == 404
    assert client.ask("none").status_code == 404


def test_the_page_of_a_source_has_its_text_beside_a_form(client: DeskClient) -> None:
    """With headers as strict as on every page, and nothing that other sites could read."""
    page = client.ask("gazette")
    assert page.status_code == 200
    assert "Ada Lorn, the Foreign Minister of Vessia" in told(page.text)
    assert '<option value="CONSULT/visit">' in page.text
    assert page.headers["content-security-policy"] == POLICY
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"
    assert not any(name.startswith("access-control") for name in page.headers)


def test_a_claim_is_kept_until_it_is_appended(client: DeskClient, folder: Path) -> None:
    """In a draft beside the ledger, which another server finds there; then it is in the ledger."""
    sent = client.ask("gazette", {**VISIT, "do": "add"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/write/token/gazette")
    page = client.ask("gazette")
    assert "added: Vessia visited Ombra (2 May 2021)" in told(page.text)
    assert "1 claim waits" in told(page.text)
    assert 'name="type" value="visit"' in page.text
    assert "added: " not in told(client.ask("gazette").text)
    with Ledger.open(folder) as ledger:
        before = len(ledger)
    again = DeskClient(folder, Desk("other", "Ann"))
    assert "1 claim waits" in told(again.ask("gazette").text)
    again.ask("gazette", {"do": "append"})
    assert f"appended: entries #{before + 1} to #{before + 1}" in told(again.ask("gazette").text)
    with Ledger.open(folder) as ledger:
        record = ledger.entry(before + 1).record
    assert record is not None
    assert record.recorded_by == "Ann"
    assert not (folder / "drafts/gazette.toml").exists()
    again.ask("gazette", {"do": "append"})
    assert "no claim waits" in told(again.ask("gazette").text)


def test_problems_stand_beside_their_fields_all_at_once(client: DeskClient, folder: Path) -> None:
    """What was typed stays; who is not known only needs a category; nothing is kept."""
    wrong = {
        **VISIT,
        "quote": "visited Kyiv",
        "who": "Ada Lorn > Ombra",
        "when": "soon",
        "do": "add",
    }
    page = client.ask("gazette", wrong)
    assert page.status_code == 422
    assert page.text.count('aria-invalid="true"') == 3
    assert "the quote 'visited Kyiv' is not in the text" in told(page.text)
    assert 'value="soon"' in page.text
    assert "Ada Lorn: </textarea>" in page.text
    assert not (folder / "drafts").exists()
    mended = {**VISIT, "who": "Ada Lorn > Ombra", "new": "Ada Lorn: person", "do": "add"}
    assert client.ask("gazette", mended).status_code == 303


def test_the_last_claim_is_taken_back(client: DeskClient) -> None:
    """One at a time, until no claim waits."""
    client.ask("gazette", {**VISIT, "do": "add"})
    client.ask("gazette", {"do": "drop"})
    assert "the last claim was taken back" in told(client.ask("gazette").text)
    client.ask("gazette", {"do": "drop"})
    assert "no claim waits" in told(client.ask("gazette").text)


def test_a_draft_that_cannot_be_appended_is_told(client: DeskClient, folder: Path) -> None:
    """With its line; it stays as it is."""
    client.ask("gazette", {**VISIT, "do": "add"})
    path = folder / "drafts/gazette.toml"
    path.write_text(path.read_text().replace("CONSULT", "GONE"))
    for form in ({"do": "append"}, {**VISIT, "do": "add"}):
        page = client.ask("gazette", form)
        assert page.status_code == 409
        assert "gazette.toml:5: type-declared: unknown type 'GONE'" in told(page.text)
    assert path.exists()


def test_a_text_that_is_given_is_used(folder: Path) -> None:
    """Of a source whose text the ledger does not keep."""
    client = DeskClient(folder, Desk("token", texts={"lost": "Vessia was here."}))
    assert "Vessia was here." in told(client.ask("lost").text)


def test_whoever_is_barred_reaches_nothing(client: DeskClient, folder: Path) -> None:
    """No draft comes of it; and what is too long is not read to its end."""
    form = {**VISIT, "do": "add"}
    assert client.ask("gazette", form, Origin="http://evil.example").status_code == 403
    assert client.ask("gazette", form, Sec_Fetch_Site="cross-site").status_code == 403
    assert client.ask("gazette", {"quote": "x" * MOST_SENT}).status_code == 413
    assert not (folder / "drafts").exists()


def test_without_a_desk_nothing_is_written(folder: Path) -> None:
    """The addresses of a desk are pages that are not there, and a form is refused."""
    client = DeskClient(folder, Desk("token"))
    client.app = application(str(folder))
    assert client.ask("gazette").status_code == 404
    assert client.ask("gazette", {**VISIT, "do": "add"}).status_code == 405


def test_a_browser_counts_in_utf_16() -> None:
    """Behind an emoji a place is one further than here; what is no number is none."""
    place = GAZETTE.index("A bridge")
    assert form_sent({"at": str(place + 1)}, GAZETTE).at == place
    assert form_sent({"at": "x"}, GAZETTE).at is None
    assert form_sent({"at": "9" * 12, "quote": "a"}, GAZETTE).quote == "a"
