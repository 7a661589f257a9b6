"""The pages in a real browser: slider and field, keys, the way back, hostile texts, axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser_tools import launched, served, violations, watched
from cli_tools import run
from factledger.dates.wording.told import date_words
from web_tools import ARTICLE, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = {
    "date": "/?asof=2023-04-01",
    "all": "/?asof=2023-03-31&all=1",
    "relationship": "/between/JPN/UKR?asof=2023-04-01",
    "actor": "/actor/jpn-prime-minister?asof=2023-04-01",
    "entry": "/entry/31?asof=2023-04-01",
    "source": "/entry/2",
    "entries": "/entries",
    "actors": "/actors",
    "search": "/search?q=kishida",
    "nothing": "/search?q=zzz",
    "difference": "/difference?from=2022-01-01&to=2023-04-01&between=JPN&between=UKR",
    "post": "/actor/jpn-prime-minister?asof=2024-10-15",
    "disputes": "/disputes",
    "sources": "/sources",
    "said": "/source/neo-japan-ukraine",
    "day": "/day/2023-03-21",
    "error": "/?asof=spring",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[str]:
    """Give the address of a server of the article."""
    with served(ARTICLE) as address:
        yield address


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    """Give the page of a date of the article."""
    with watched(browser, home) as found:
        found.goto(home + PAGES["date"])
        yield found


@pytest.fixture(scope="module")
def reader(browser: Browser, home: str) -> Iterator[Page]:
    """Give one page that goes from address to address, as a reader does."""
    with watched(browser, home) as found:
        yield found


def agree(page: Page, day: str) -> None:
    """Hold that heading, field, slider, address and the words for who does not see agree on a day."""
    from playwright.sync_api import expect

    expect(page.locator("h1")).to_contain_text(f"on {date_words(day)}")
    page.wait_for_load_state()  # who steps on before the scripts are there is not heard
    expect(page).to_have_url(re.compile(rf"[?&]asof={day}(&|$)"))
    expect(page.locator("#asof")).to_have_value(day)
    slider = page.locator("#slider")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(f"^{day}, "))
    days = (slider.get_attribute("data-days") or "").split()
    assert days[int(slider.input_value())] == day


def test_slider_and_date_field_agree(page: Page) -> None:
    """Whichever of the two is moved, both say the same, and so does the address."""
    agree(page, "2023-04-01")
    page.locator("#slider").fill("3")
    day = (page.locator("#slider").get_attribute("data-days") or "").split()[3]
    agree(page, day)
    page.locator("#asof").fill("2014-06-15")
    page.locator("#asof").press("Enter")
    agree(page, "2014-06-15")


def test_keys_move_the_slider_and_it_keeps_the_focus(page: Page) -> None:
    """Arrows, Home and End move along the changes; the slider stays under the hand."""
    from playwright.sync_api import expect

    slider = page.locator("#slider")
    slider.focus()
    days = (slider.get_attribute("data-days") or "").split()
    for key, day in (("ArrowLeft", "2023-03-31"), ("End", days[-1]), ("Home", days[0])):
        page.keyboard.press(key)
        agree(page, day)
        expect(slider).to_be_focused()


def test_quick_steps_are_all_counted(page: Page) -> None:
    """Steps that follow fast on one another end where the last of them leads."""
    slider = page.locator("#slider")
    slider.fill("0")
    days = (slider.get_attribute("data-days") or "").split()
    agree(page, days[0])
    days = (slider.get_attribute("data-days") or "").split()
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    agree(page, days[5])


def test_previous_and_next_lead_along_and_back_again(page: Page) -> None:
    """The links lead to the changes beside the date; the way back of the browser leads back."""
    page.locator("#previous").click()
    agree(page, "2023-03-31")
    page.locator("#previous").click()
    agree(page, "2023-03-01")
    page.go_back()
    agree(page, "2023-03-31")
    page.go_back()
    agree(page, "2023-04-01")
    page.go_forward()
    agree(page, "2023-03-31")


def test_everything_is_reached_by_keys_in_the_order_of_sight(page: Page) -> None:
    """The first Tab leads to the content, and from there through dates, fields and sentences."""
    from playwright.sync_api import expect

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    order = []
    for _ in range(11):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
    assert order == [
        "1 April 2023", "previous", "slider", "next", "Ask otherwise",
        "asof", "between1", "between2", "published", "recorded", "",
    ]  # fmt: skip


def test_form_leads_to_a_relationship(page: Page) -> None:
    """Two actors and Enter lead to the page of their relationship, blanks left out of the address."""
    from playwright.sync_api import expect

    page.locator("#between1").fill("Japan")
    page.locator("#between2").fill("UKR")
    page.locator("#between2").press("Enter")
    expect(page.locator("h1")).to_contain_text("Japan and Ukraine on 1 April 2023")
    expect(page).to_have_url(re.compile(r"/between/JPN/UKR\?asof=2023-04-01$"))


def test_one_actor_alone_leads_to_its_page(page: Page) -> None:
    """Whichever of the two fields is left blank, the other is not lost."""
    from playwright.sync_api import expect

    for field in ("#between1", "#between2"):
        page.locator(field).fill("Japan")
        page.locator(field).press("Enter")
        expect(page).to_have_url(re.compile(r"/actor/JPN\?asof=2023-04-01$"))
        page.go_back()
        expect(page.locator("h1")).to_contain_text("What stood")


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_first_claim_and_the_bars_are_in_sight(reader: Page, home: str, width: int) -> None:
    """On a telephone, a tablet and a desk the page fits, and the picture has its bars."""
    reader.set_viewport_size({"width": width, "height": 844})
    reader.goto(f"{home}/between/JPN/UKR?asof=2023-04-01")
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    drawn = reader.locator(".picture .narrow" if width < 600 else ".picture .wide")
    box = drawn.locator("rect").last.bounding_box()
    assert box
    assert box["x"] + box["width"] <= width
    if width < 600:
        first = reader.locator(".standing .sentence, .picture summary").first.bounding_box()
        assert first
        assert first["y"] < 844
    if width == 1280:
        title, find = (reader.locator(one).bounding_box() for one in (".brand", ".find"))
        assert title
        assert find
        assert abs((title["y"] + title["height"] / 2) - (find["y"] + find["height"] / 2)) < 12
    assert violations(reader) == []


def test_search_is_found_from_every_page(page: Page) -> None:
    """The field in the head of each page finds, and the mistake in a date is told on a page."""
    from playwright.sync_api import expect

    page.locator("#find").fill("kishida")
    page.locator("#find").press("Enter")
    expect(page.locator("h1")).to_contain_text("Found for “kishida”")
    page.get_by_role("link", name="Fumio Kishida").first.click()
    expect(page.locator("h1")).to_contain_text("Fumio Kishida")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "error"])
def test_every_page_is_accessible_and_fits_a_telephone(reader: Page, home: str, name: str) -> None:
    """No rule of axe is broken; in a narrow window only the picture scrolls sideways, by itself."""
    reader.set_viewport_size({"width": 1280, "height": 720})
    reader.goto(home + PAGES[name])
    unfold(reader)
    assert violations(reader) == []
    reader.set_viewport_size({"width": 320, "height": 700})
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["date", "actor", "entry"])
def test_dark_colours_are_accessible(reader: Page, home: str, name: str) -> None:
    """No rule of axe is broken where the system asks for dark colours."""
    reader.emulate_media(color_scheme="dark")
    reader.goto(home + PAGES[name])
    unfold(reader)
    assert violations(reader) == []
    reader.emulate_media(color_scheme="light")


def test_the_page_of_an_error_is_accessible(browser: Browser, home: str) -> None:
    """Nor is any broken where a mistake is told."""
    with watched(browser, home, refused=True) as found:
        found.goto(home + PAGES["error"])
        assert violations(found) == []


def unfold(page: Page) -> None:
    """Open all that can be opened on a page."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def test_all_works_without_scripts(browser: Browser, home: str) -> None:
    """Without scripts the field, the links and the list of dates do the same; no slider is shown."""
    from playwright.sync_api import expect

    with watched(browser, home, java_script_enabled=False) as found:
        found.goto(home + PAGES["date"])
        expect(found.locator("#slider")).to_be_hidden()
        found.locator("#asof").fill("2014-06-15")
        found.locator("#asof").press("Enter")
        expect(found.locator("h1")).to_contain_text("on 15 June 2014")
        found.locator("#next").click()
        expect(found.locator("h1")).to_contain_text("on 31 December 2014")
        found.locator(".days summary").click()
        found.locator(".days").get_by_role("link", name="1 January 2022", exact=True).click()
        expect(found.locator("h1")).to_contain_text("on 1 January 2022")


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    """Nothing in a ledger runs, asks, loads or complains, on any page, with scripts on."""
    hostile(tmp_path).close()
    there = ["/?asof=2023&all=1", "/actor/JPN?asof=2023", "/between/JPN/..%2F..%2Fx?asof=2023",
             "/entries", "/actors", "/search?q=alert", *(f"/entry/{n}" for n in range(1, 11))]  # fmt: skip
    with served(tmp_path) as home, watched(browser, home) as found:
        for address in there:
            found.goto(home + address)
            said = found.locator("body").inner_text()
            assert "<script>alert(1)</script>" in said or address in ("/entry/1", "/entry/4")
            assert found.locator("main img, main svg[onload], main script, main b").count() == 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of the pages of the article, of its last days, as files."""
    pages = tmp_path_factory.mktemp("site") / "pages"
    assert run("site", str(pages), "--from", "2022", "-l", str(ARTICLE)).code == 0
    return pages.as_uri()


def test_site_works_from_a_disk(browser: Browser, site: str) -> None:
    """As files, without a server: slider, field, links and list of entries work, and axe is content."""
    from playwright.sync_api import expect

    with watched(browser, site) as found:
        found.goto(f"{site}/index.html")
        assert violations(found) == []
        days = (found.locator("#slider").get_attribute("data-days") or "").split()
        found.locator("#slider").fill(str(len(days) - 3))
        expect(found.locator("h1")).to_contain_text(f"on {date_words(days[-3])}")
        expect(found).to_have_url(f"{site}/asof/{days[-3]}.html")
        expect(found.locator("#asof")).to_have_value(days[-3])
        found.locator("#asof").fill("2023-04-01")
        found.locator("#asof").press("Enter")
        expect(found.locator("h1")).to_contain_text("on 31 March 2023")
        found.locator("#previous").click()
        expect(found.locator("h1")).to_contain_text("on 1 March 2023")
        found.go_back()
        expect(found.locator("h1")).to_contain_text("on 31 March 2023")
        found.get_by_role("link", name="Entries").click()
        found.locator("#filter").fill("kishida visited")
        expect(found.locator(".lines > li:visible")).to_have_count(3)
        found.locator(".lines > li:visible a").first.click()
        expect(found.locator("h1")).to_contain_text("event")
        assert violations(found) == []


def test_a_large_site_shows_a_day_by_script(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All claims can be read without a script; with it those of a day, with the words of a filter."""
    from playwright.sync_api import expect

    monkeypatch.setattr("factledger.web.site.BY_DAY", 10)
    pages = tmp_path / "pages"
    assert run("site", str(pages), "-l", str(ARTICLE)).code == 0
    with watched(browser, pages.as_uri()) as found:
        found.goto(f"{pages.as_uri()}/index.html")
        assert violations(found) == []
        shown = found.locator(".along-time > li:visible")
        everything = shown.count()
        found.locator("#day").fill("2023-04-01")
        found.locator("#day").press("Enter")
        expect(shown).to_have_count(28)
        assert everything > 28
        found.locator("#filter").fill("kishida")
        found.locator("#filter").press("Enter")
        expect(found.locator("#count")).to_contain_text("claims on 2023-04-01")
        expect(shown.first).to_contain_text("Kishida")
        found.locator("#day").fill("spring")
        found.locator("#day").press("Enter")
        expect(found.locator("#day")).to_have_attribute("aria-invalid", "")
        found.get_by_role("link", name="#56").first.click()
        assert violations(found) == []
        expect(found.locator("#e56")).to_be_visible()


def test_site_works_without_scripts(browser: Browser, site: str) -> None:
    """As files and without scripts, the links lead along the dates."""
    from playwright.sync_api import expect

    with watched(browser, site, java_script_enabled=False) as found:
        found.goto(f"{site}/index.html")
        found.locator("#previous").click()
        expect(found.locator("h1")).to_contain_text("on 30 November 2024")
        expect(found.locator("#asof")).to_be_hidden()
