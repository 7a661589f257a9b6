"""The desk in a real browser: claims are added with the keyboard alone, and with words that are selected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adding_tools import GAZETTE, gazette_ledger
from browser_tools import launched, violations, watched
from cli_tools import process
from factledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with launched() as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a ledger with an article."""
    return gazette_ledger(tmp_path / "mine")


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """Give the page on which claims of the article are added."""
    with process("serve", "-l", str(folder), "--port", "0", "--write") as running:
        assert running.stdout
        home = running.stdout.readline().decode().partition(" ")[0]
        where = running.stdout.readline().decode().partition(" ")[0]
        try:
            with watched(browser, home, refused=True) as found:
                found.goto(f"{where}gazette")
                yield found
        finally:
            running.terminate()
            running.communicate(timeout=60)


def typed(page: Page, *fields: str) -> None:
    """Type into one field after another, and send the form from the last."""
    for i, text in enumerate(fields):
        if i:
            page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_a_claim_is_added_with_the_keyboard_alone(page: Page, folder: Path) -> None:
    """One begins in the first field; what is wrong has the focus; and the draft is appended."""
    from playwright.sync_api import expect

    expect(page.locator("#quote")).to_be_focused()
    typed(page, "visited…2021", "visit", "Ada Lorn > Ombra", "2 May 2021")
    expect(page.locator("#who")).to_be_focused()
    expect(page.locator("#who-wrong")).to_contain_text("unknown actor 'Ada Lorn'")
    assert violations(page) == []
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("#new")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("person")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text(
        "added: Ada Lorn visited Ombra (2 May 2021)"
    )
    expect(page.locator("#quote")).to_be_focused()
    typed(page, "Bo Ferrin…2019", "COOPERATE", "VES > OMB", "since March")
    expect(page.locator("#when-wrong")).to_be_visible()
    expect(page.locator("#when")).to_be_focused()
    typed(page, "March 2019")
    expect(page.locator("#waiting")).to_have_text("2 claims wait")
    assert violations(page) == []
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.locator("button[value=append]:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("appended: entries #6 to #8")
    with Ledger.open(folder) as ledger:
        assert len(ledger) == 8


def test_selected_words_are_the_quote(page: Page, folder: Path) -> None:
    """Where they were selected, though they stand twice and behind an emoji; the keys select them too."""
    from playwright.sync_api import expect

    place = GAZETTE.rindex("bridge was opened")
    page.locator("#article").focus()
    page.evaluate(
        "([start, end]) => document.getElementById('article').setSelectionRange(start, end)",
        [place + 1, place + 1 + len("bridge was")],
    )
    for _ in range(len(" opened")):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#quote")).to_have_value("bridge was opened")
    page.keyboard.press("Enter")
    expect(page.locator("#type")).to_be_focused()
    typed(page, "COOPERATE", "VES > OMB", "2021")
    expect(page.locator("#waiting")).to_have_text("1 claim waits")
    assert (
        f"start = {place}, end = {place + len('bridge was opened')}"
        in (folder / "drafts/gazette.toml").read_text()
    )
