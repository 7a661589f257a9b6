"""A real browser for tests: Chromium, watched for all that a page must not do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli_tools import ROOT, process
from needed import missing, program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

AXE = ROOT / "tests/data/axe/axe.min.js"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str:
    """Return the path of Chromium: the one that is named in $FACTLEDGER_CHROMIUM, or the system's."""
    return os.environ.get("FACTLEDGER_CHROMIUM") or program("chromium", "chromium")


@contextmanager
def launched() -> Iterator[Browser]:
    """Give a browser with a profile of its own, or skip the test and say why."""
    path = chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("no playwright here: pip install playwright")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(address: Path) -> Iterator[str]:
    """Give the address of a server of a ledger, which ends afterwards."""
    with process("serve", "-l", str(address), "--port", "0") as running:
        assert running.stdout
        line = running.stdout.readline().decode()
        try:
            yield line.partition(" ")[0].rstrip("/")
        finally:
            running.terminate()
            running.communicate(timeout=60)


@contextmanager
def watched(
    browser: Browser, home: str, *, refused: bool = False, **options: Any
) -> Iterator[Page]:
    """Give a new page; it must not complain, ask, or load anything that is not below `home`.

    A browser complains of every page that says that something is wrong: `refused` allows that.
    """
    context = browser.new_context(**options)
    page = context.new_page()
    wrong: list[str] = []

    def heard(said: ConsoleMessage) -> None:
        if not (refused and said.text.startswith("Failed to load resource")):
            wrong.append(f"console: {said.text} ({page.url})")

    def asked(dialog: Dialog) -> None:
        wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def sent(request: Request) -> None:
        if not request.url.startswith(home):
            wrong.append(f"request: {request.url}")

    page.on("console", heard)
    page.on("dialog", asked)
    page.on("request", sent)
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    yield page
    context.close()
    assert not wrong, wrong


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page: the rule, and the first element that breaks it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({preload: false})")
    assert len(found["passes"]) > 10
    return [
        f"{v['id']}: {v['nodes'][0]['html']} {v['nodes'][0]['failureSummary']}"
        for v in found["violations"]
    ]
