"""The pictures of pages in the documentation, made by `python tests/screenshots.py` in Chromium."""

from __future__ import annotations

from browser_tools import launched, served
from cli_tools import ROOT

PICTURES = ROOT / "docs" / "pictures"
DEMO, VOICES = ROOT / "ledgers" / "japan-ukraine", ROOT / "ledgers" / "three-voices"
SHOTS = {
    "browser.png": (DEMO, "/?asof=2023-04-01", 1280, 900),
    "browser-phone.png": (VOICES, "/?asof=2024-04-15", 390, 844),
    "browser-search.png": (DEMO, "/search?q=kishida", 768, 700),
    "browser-disputes.png": (VOICES, "/disputes", 768, 700),
}


def main() -> None:
    """Make all pictures anew."""
    with launched() as browser:
        for name, (ledger, address, width, height) in SHOTS.items():
            with served(ledger) as home:
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(home + address)
                page.screenshot(path=PICTURES / name)
                page.close()


if __name__ == "__main__":
    main()
