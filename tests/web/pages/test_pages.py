"""The pages of a ledger: what they show, where they lead, and what they refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from cli_tools import busy_ledger, run, small_ledger
from factledger import Ledger
from factledger.web.pages import date as dates
from factledger.web.pages import lists
from factledger.web.pages.entry import entry_page, outward
from factledger.web.query import PageQuery
from hostile_tools import leaks
from web_tools import ARTICLE, SCRIPTS, asked, dangers, hostile, page, plain

DATE = "/?asof=2023-04-01"


@pytest.fixture(scope="module")
def article() -> Iterator[Ledger]:
    """Give the ledger of the article."""
    with Ledger.open(ARTICLE) as ledger:
        yield ledger


def addresses(text: str) -> list[str]:
    """Return where a page leads within the server."""
    found = (unescape(link) for link in re.findall(r'(?:href|action)="(/[^"]*)"', text))
    return [link for link in dict.fromkeys(found) if not link.startswith("/static/")]


def test_every_page_of_the_article_is_well_formed_and_leads_only_to_pages(article: Ledger) -> None:
    """Whatever a page leads to is there, and every page is HTML without an error."""
    waiting, seen = [DATE], set[str]()
    while waiting:
        address = waiting.pop()
        kind = address.partition("?")[0].partition("#")[0]
        kind = "/day" if kind.startswith("/day/") else kind  # each leads to the next, without end
        if kind in seen:
            continue
        seen.add(kind)
        if ".json" in address:
            assert asked(article, address).status == 200
            continue
        waiting += addresses(page(article, address))
    assert {
        "/",
        "/actors",
        "/entries",
        "/search",
        "/disputes",
        "/sources",
        "/day",
        "/actor/JPN",
        "/between/JPN/UKR",
    } <= seen
    assert {f"/entry/{n}" for n in range(1, len(article) + 1)} <= seen


def test_a_date_shows_each_sentence_with_its_status_dates_and_source(article: Ledger) -> None:
    """What `asof` says of a date is on its page, each standing with all that belongs to it."""
    text = page(article, DATE)
    said = plain(text)
    view = article.as_of("2023-04-01")
    assert "What stood on 1 April 2023" in said
    for standing in view.standings:
        assert standing.sentence.removesuffix(".") in said
        assert all(f'title="{c.source}:{c.start}-{c.end}"' in text for c in standing.citations)
    assert "28 claims on 1 April 2023: 12 definite, 14 possible, 2 presumed" in said
    assert "between January 2014 and November 2024" in said
    assert "counts 7, itemised here: none" in said


def test_slider_stops_where_something_turns_and_on_the_date(article: Ledger) -> None:
    """The slider stops on each day that turns something, and on the day that is asked about."""
    text = page(article, DATE)
    found = re.search(r'max="(\d+)" step="1" value="(\d+)" data-days="([^"]*)"', text)
    assert found
    days = found[3].split()
    assert days == sorted(
        {*(str(c.day) for c in article.changes() if c.day.year > 0), "2023-04-01"}
    )
    assert (int(found[1]), days[int(found[2])]) == (len(days) - 1, "2023-04-01")
    assert 'value="2023-04-01" size="12"' in text


def test_previous_and_next_change_are_links(article: Ledger) -> None:
    """Links lead to the nearest days on which something turns, and keep what else was asked."""
    text = page(article, DATE + "&all=1")
    assert 'rel="prev" href="/?asof=2023-03-31&amp;all=1"' in text
    assert 'rel="next" href="/?asof=2024-09-01&amp;all=1"' in text
    assert "no change before" in page(article, "/?asof=1900")
    assert "no change after" in page(article, "/?asof=2030")


def test_a_change_day_says_what_turns_on_it(article: Ledger) -> None:
    """On a day that turns something, the page says what it was before and is from then on."""
    said = plain(page(article, "/?asof=2023-03-31"))
    assert "What turns on this day ● definite" in said
    assert "What turns" not in plain(page(article, DATE))


def test_json_is_what_the_commands_print(article: Ledger) -> None:
    """Each page has a twin that says what the command line says to the same question."""
    twins = {
        "/index.json?asof=2023-04-01": ("asof", "2023-04-01"),
        "/index.json?asof=2023-04-01&all=1": ("asof", "2023-04-01", "--all"),
        "/actor/JPN.json?asof=2023": ("asof", "2023", "--actor", "JPN"),
        "/between/JPN/UKR.json?asof=2023": ("asof", "2023", "--between", "JPN", "UKR"),
        "/entry/31.json": ("show", "31"),
        "/entries.json": ("log",),
    }
    for address, words in twins.items():
        found = asked(article, address)
        assert found.type == "application/json"
        printed = run(*words, "-l", str(ARTICLE), "--format", "json")
        assert json.loads(found.body) == json.loads(printed.out)


def test_permanent_address_names_date_entry_and_head(article: Ledger) -> None:
    """The permanent address says on which date, up to which entry, of which ledger."""
    text = page(article, "/between/JPN/UKR?asof=2023-Q2&published=2024")
    found = re.search(r'href="([^"]*)">Permanent address', text)
    assert found
    head = article.head[:16]
    assert unescape(found[1]) == (
        f"/between/JPN/UKR?asof=2023-06-30&recorded=75&published=2024-12-31&head={head}"
    )
    assert "Japan and Ukraine on 2023-06-30" in plain(page(article, unescape(found[1])))


def test_another_head_is_said(article: Ledger) -> None:
    """An address that names another head than the ledger has is not answered with this one."""
    said = plain(page(article, DATE + "&recorded=75&head=0000", 404))
    assert f"the head 0000: not found; at #75 this ledger has the head {article.head[:16]}" in said


def test_relationship_page_gives_the_level(article: Ledger) -> None:
    """The page of a relationship answers how high it is, and holds what both take part in."""
    said = plain(page(article, "/between/JPN/UKR?asof=2023-04-01"))
    assert "Japan and Ukraine on 1 April 2023" in said
    assert "Level of the relationship: special global partnership, possible" in said
    assert "Xi and Putin" not in said


def test_actor_page_says_who_it_is_and_with_whom(article: Ledger) -> None:
    """The page of an actor gives its kind, its office's holder, and with whom it takes part."""
    post = plain(page(article, "/actor/jpn-prime-minister?asof=2023-04-01"))
    assert "post of Japan · what is in dispute · jpn-prime-minister" in post
    assert (
        "Holder: the Prime Minister of Japan of that September, possible; Fumio Kishida, possible"
        in post
    )
    text = page(article, "/actor/JPN?asof=2023-04-01")
    assert 'href="/between/JPN/UKR?asof=2023-04-01">Ukraine</a>' in text
    assert "also Kishida Fumio" in plain(page(article, "/actor/kishida-fumio"))


def test_entry_page_tells_claim_source_inferences_and_turns(article: Ledger) -> None:
    """The page of an entry holds what `why` tells of it."""
    said = plain(page(article, "/entry/31?asof=2023-04-01"))
    told = run("why", "31", "--asof", "2023-04-01", "-l", str(ARTICLE)).out
    assert "The relationship between Japan and Ukraine rose" in said
    for word in ("Inferred, not said", "Said in", "When it turns", "How it stands on 1 April 2023"):
        assert word in said
    for reason in re.findall(r"^  when: (?!\[)(.+)$", told, re.MULTILINE):
        assert reason.partition(" (said")[0] in said


def test_entry_page_shows_corrections_disputes_and_what_was_erased(tmp_path: Path) -> None:
    """An entry tells what became of it: corrected, disputed, taken back, erased, each with a link."""
    with small_ledger(tmp_path) as ledger:
        ledger.append(
            {
                "kind": "dispute",
                "target": 9,
                "citations": [{"source": "gazette", "locator": "p. 9"}],
            }
        )
        ledger.append({"kind": "retract", "target": 10, "reason": "not in the text"})
        ledger.redact(11, reason="a court ordered it", authority="the court")
        disputed = page(ledger, "/entry/9")
        assert '<a class="number" href="/entry/13?asof=today">#13</a>' in disputed
        assert "contested by #13" in plain(disputed)
        assert "It stands on no date" in plain(page(ledger, "/entry/10"))
        gone = plain(page(ledger, "/entry/11"))
        assert "#11 redacted" in gone
        assert "a court ordered it (the court)" in gone
        view = plain(page(ledger, "/?asof=2023-04-01"))
        assert "Not known any more" in view
        assert "#11 was redacted by #15" in view
        assert "redacted" in plain(page(ledger, "/entries"))
        assert "2 publishers" not in view


def test_what_was_recorded_later_is_not_there_yet(tmp_path: Path) -> None:
    """A page as recorded by an entry knows nothing of the later ones."""
    with small_ledger(tmp_path) as ledger:
        ledger.append({"kind": "retract", "target": 9, "reason": "not in the text"})
        assert "takes back #9" in plain(page(ledger, "/entry/9"))
        assert "takes back #9" not in plain(page(ledger, "/entry/9?recorded=12"))
        assert "#12 is the last that counts here" in plain(
            page(ledger, "/entry/13?recorded=12", 404)
        )
        assert asked(ledger, "/entry/13.json?recorded=12").status == 404
        assert "Nothing was recorded by then" in plain(page(ledger, "/?recorded=2"))
        assert "recorded up to #12" in plain(page(ledger, "/?recorded=%2312"))
        assert "recorded up to #13" in plain(page(ledger, "/?recorded=2024-12-01T09:00:00Z"))


def test_empty_page_says_why_and_what_to_do(article: Ledger) -> None:
    """A date on which nothing stood says so, and how to see what is ended or to come."""
    said = plain(page(article, "/between/CHN/PRK?asof=1900"))
    assert "No claim between China and North Korea." in said
    said = plain(page(article, "/actor/iwaya-takeshi?asof=2050"))
    assert "presumed" in said
    said = plain(page(article, "/actor/new-york?asof=1990"))
    assert "ask for them with the box below the dates" in said


def test_search_finds_actors_and_entries_by_all_words(article: Ledger) -> None:
    """Every word must occur; names of actors count, and sentences, kinds and labels of entries."""
    text = page(article, "/search?q=KISHIDA")
    assert 'href="/actor/kishida-fumio?asof=today">Fumio Kishida</a>' in text
    assert "visited Ukraine" in plain(text)
    assert "Nothing was found" in plain(page(article, "/search?q=kishida+zzz"))
    assert "Write words in the field" in plain(page(article, "/search"))
    found = json.loads(asked(article, "/search.json?q=kishida").body)
    assert {56, article.index.declarations("actor", "kishida-fumio")[0]} <= {
        entry["entry"] for entry in found["entries"]
    }
    assert json.loads(asked(article, "/search.json").body)["total"] == 0


def test_search_is_kept_to_what_is_chosen(article: Ledger) -> None:
    """Each facet of what was found leads to the search with it, and each that is chosen to one without."""
    text = page(article, "/search?q=kishida")
    assert 'href="/search?q=kishida&amp;year=2023&amp;asof=today">2023</a>' in text
    kept = page(article, "/search?q=kishida&type=CONSULT&actor=UKR")
    assert (
        'href="/search?q=kishida&amp;actor=UKR&amp;asof=today" aria-label="not only type CONSULT"'
        in kept
    )
    assert "actor Ukraine" in plain(kept)
    assert 'name="q" type="search" placeholder="Search" value="kishida"' in kept
    assert "conflict zone when Kishida" not in plain(kept)


def test_lists_are_parted_into_pages(article: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries are listed so many to a page, each page with a way to those beside it."""
    second = lists.entries_page(article, PageQuery(), 21, 20)
    assert (second.previous, second.following, len(second.lines)) == (1, 41, 20)
    assert lists.entries_page(article, PageQuery(), 61, 20).following is None
    text = page(article, "/entries?first=300")
    assert 'href="/entries?first=200&amp;asof=today"' in text
    monkeypatch.setattr(lists, "A_PAGE", 3)
    text = page(article, "/search?q=japan&first=3")
    assert "4 to 6 of " in plain(text)
    assert 'rel="prev" href="/search?q=japan"' in text
    assert 'rel="next" href="/search?q=japan&amp;first=6"' in text
    numbers = [e["record"]["kind"] for e in json.loads(asked(article, "/actors.json").body)]
    assert set(numbers) == {"actor"}


def test_names_lead_to_the_page_of_the_relationship(article: Ledger) -> None:
    """Two actors given by name or id lead to the page of their relationship."""
    for named in ("between=japan&between=UKR", "between=JPN&between=Ukraine"):
        found = asked(article, f"/?asof=2023&{named}")
        assert (found.status, found.headers["Location"]) == (303, "/between/JPN/UKR?asof=2023")
    found = asked(article, "/index.json?between=Japan&recorded=70")
    assert found.headers["Location"] == "/actor/JPN.json?asof=today&recorded=70"
    assert asked(article, "/?between=&between=").status == 200
    assert asked(article, "/?between=nobody").headers["Location"] == "/actor/nobody?asof=today"


REFUSED = {
    "/?asof=spring": (400, "'spring' is not a date"),
    "/?asof=2023-02-30": (400, "2023-02-30"),
    "/?asfo=2023": (400, "asfo: no such parameter here"),
    "/?asof=2023&asof=2022": (400, "asof: is given twice"),
    "/?recorded=noon": (400, "is neither an entry nor an instant"),
    "/?recorded=999": (404, "entry #999: not found; the ledger has 75 entries"),
    "/?published=x": (400, "'x' is not a date"),
    "/?between=JPN&between=UKR&between=RUS": (400, "wanted two actors at most"),
    "/actor/JPN?between=UKR": (400, "wanted two actors at most"),
    "/actor/JPX": (404, "did you mean 'JPN'?"),
    "/actor/": (404, "not found"),
    "/actor": (404, "the page '/actor': not found; begin at /"),
    "/between/JPN": (404, "begin at /"),
    "/entry/99": (404, "#75 is the last that counts here"),
    "/entry/0": (404, "entry #0"),
    "/entry/x": (404, "an entry is named by its number"),
    "/entry/٣": (404, "an entry is named by its number"),
    "/search?q=x&first=-1": (400, "first: wanted a whole number from 0 on"),
    "/?sort=colour": (400, "sort: wanted one of group, newest, words, found 'colour'"),
    "/source/neo": (404, "source 'neo': not found"),
    "/day/spring": (400, "is not a date"),
    "/entries?first=x": (400, "wanted the number of an entry, found 'x'"),
    "/static/../app.py": (404, "the file '../app.py'"),
    "/static/%2e%2e/html.py": (404, "not found"),
    "/%00": (404, "not found"),
}


@pytest.mark.parametrize("address", REFUSED)
def test_mistake_is_a_page_of_one_line(article: Ledger, address: str) -> None:
    """What cannot be answered says on one line what was wanted, found, and what to do."""
    status, line = REFUSED[address]
    text = page(article, address, status)
    assert line in plain(text)
    assert "Traceback" not in text


def test_hostile_text_stays_text_on_every_page(tmp_path: Path) -> None:
    """Scripts, quotes, templates, addresses and hidden characters of a ledger do nothing anywhere."""
    with hostile(tmp_path) as ledger:
        there = [
            "/", "/?asof=2023-06-01&all=1", "/actors", "/entries", "/search?q=alert",
            "/disputes", "/sources", "/source/s", "/day/2022-01-01", "/search?q=alert&type=relationship-level",
            "/actor/JPN?asof=2023", "/actor/..%2F..%2Fx", "/between/JPN/..%2F..%2Fx?asof=2021",
            *(f"/entry/{n}?asof=2023" for n in range(1, len(ledger) + 1)),
        ]  # fmt: skip
        for address in there:
            text = page(ledger, address)
            assert dangers(text) == [], address
            assert not re.search(r">\s*49\b", text)
            assert leaks(text) == []
        said = page(ledger, "/entry/5")
        assert SCRIPTS[0].replace("<", "&lt;").replace(">", "&gt;") in said


@pytest.mark.parametrize("query", SCRIPTS)
def test_hostile_question_stays_text(article: Ledger, query: str) -> None:
    """What is asked comes back as text, and never as markup."""
    from urllib.parse import quote

    asking = quote(query, safe="")
    for address, status in {
        f"/search?q={asking}": 200,
        f"/?asof={asking}": 400,
        f"/?{asking}=1": 400,
        f"/actor/{asking}": 404,
        f"/{asking}": 404,
    }.items():
        text = page(article, address, status)
        assert dangers(text) == []
        assert leaks(text) == []


def test_large_ledger_is_looked_into_by_relationship(
    article: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large ledger the first page counts and leads on; a relationship is shown whole."""
    monkeypatch.setattr(dates, "LARGE", 10)
    monkeypatch.setattr(lists, "OFFERED", 1)
    said = page(article, DATE)
    assert "28 claims on 1 April 2023" not in plain(said)
    assert "of the shape event" in plain(said)
    assert 'href="/between/JPN/UKR?asof=2023-04-01">Japan and Ukraine</a>' in said
    assert "<datalist" not in said
    assert "disabled" in said
    assert "Japan" in plain(page(article, "/actor/JPN?asof=2023"))
    assert "special global partnership" in plain(page(article, "/between/JPN/UKR?asof=2023-04-01"))


def test_long_page_says_what_it_leaves_out(
    article: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page shows so many standings, and says how many more there are and where."""
    monkeypatch.setattr(dates, "MANY", 5)
    text = page(article, f"{DATE}&sort=words&first=5")
    assert "28 claims on 1 April 2023" in plain(text)
    assert "6 to 10 of 28" in plain(text)
    assert 'rel="next" href="/?asof=2023-04-01&amp;sort=words&amp;first=10"' in text
    assert 'rel="prev" href="/?asof=2023-04-01&amp;sort=words"' in text


def test_a_list_is_told_in_the_order_that_is_asked_for(article: Ledger) -> None:
    """By group as the vocabulary has them, newest first, or by the first words of the sentences."""
    view = article.as_of("2023-04-01")

    def sentences(sort: str) -> list[str]:
        found = dates.date_page(article, PageQuery("2023-04-01"), sort=sort).groups.values()
        return [row.sentence for rows in found for row in rows]

    wanted = [s.sentence.removesuffix(".") for s in view.standings]
    assert sentences("newest") == wanted[::-1]
    assert sentences("words") == sorted(wanted)
    assert sorted(sentences("group")) == sorted(wanted)


def test_a_form_asks_the_same_without_scripts(article: Ledger) -> None:
    """The form is sent with GET, its fields say what is asked, and each has a label."""
    text = page(article, "/between/JPN/UKR?asof=2023-04-01&published=2024&recorded=70&all=1")
    form = text[
        text.index('<form class="ask') : text.index("</form>", text.index('<form class="ask'))
    ]
    assert 'action="/" method="get"' in form
    values = dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', form))
    assert values == {
        "asof": "2023-04-01", "between": "UKR", "published": "2024", "recorded": "70", "all": "1",
    }  # fmt: skip
    assert " checked" in form
    for name in re.findall(r'<input id="(\w+)"', text):
        assert f'for="{name}"' in text


def test_same_question_makes_the_same_page(article: Ledger) -> None:
    """A page depends on nothing but the ledger and the question."""
    with Ledger.open(ARTICLE) as again:
        assert page(article, DATE) == page(again, DATE)


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("https:///x", False),
        ("http://[::1", False),
        ("data:text/html,x", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_followed(address: str | None, followed: bool) -> None:
    """A link leads out of a ledger only by http and https, and to a host."""
    assert (outward(address) is not None) is followed


def renamed(folder: Path) -> Ledger:
    """Return a ledger in which #5 is a visit of an actor, and #6 gives the actor another name."""
    ledger = Ledger.create(folder / "renamed", origin="renamed")
    people = [
        {"role": "actor", "actor": "NEW"},
        {"role": "recipient", "actor": "BLA"},
    ]
    source = {"kind": "source", "id": "s", "title": "Old title", "published": "2020"}
    ledger.append(
        source,
        {"kind": "actor", "id": "NEW", "category": "country", "names": ["Oldname"]},
        {"kind": "actor", "id": "BLA", "category": "country", "names": ["Bland"]},
        {"kind": "event", "type": "CONSULT", "mode": "visit", "participants": people, "when": "2020", "citations": [{"source": "s", "locator": "p. 1"}]},
    )  # fmt: skip
    actor = {"kind": "actor", "id": "NEW", "category": "country", "names": ["Newname"]}
    ledger.append({"kind": "correct", "target": 3, "reason": "refined", "record": actor})
    ledger.append({"kind": "correct", "target": 2, "reason": "refined", "record": {**source, "title": "New title"}})  # fmt: skip
    return ledger


@pytest.mark.parametrize(
    "address",
    ["/entry/5", "/", "/entries", "/actors", "/search?q=visited", "/actor/NEW", "/difference?from=2019&to=2021&recorded=5..5"],
)  # fmt: skip
def test_no_page_knows_a_name_that_was_declared_later(address: str, tmp_path: Path) -> None:
    """A page as known at an entry uses the names and titles of that entry, and lists none after it."""
    with renamed(tmp_path) as ledger:
        joint = "&" if "?" in address else "?"
        old = address if "recorded" in address else f"{address}{joint}recorded=5"
        said = page(ledger, old)
        assert "Oldname" in said
        assert not re.search(r"Newname|New title|#[67]\b", plain(said))
        if ".." not in address:
            assert "Newname" in page(ledger, address)


@pytest.mark.parametrize("address", ["/actors.json", "/entries.json", "/search.json?q=visited"])
def test_no_json_knows_what_was_declared_later(address: str, tmp_path: Path) -> None:
    """The JSON twin of a page ends at the same entry."""
    with renamed(tmp_path) as ledger:
        joint = "&" if "?" in address else "?"
        said = asked(ledger, f"{address}{joint}recorded=5").body.decode()
        assert "Oldname" in said
        assert "Newname" not in said


def test_a_search_is_of_so_many_words(article: Ledger) -> None:
    """A search takes up to twenty words, and refuses more before it reads an entry."""
    page(article, "/search?q=" + "+".join(["visit"] * 20))
    text = page(article, "/search?q=" + "+".join("e" * 30_000), 400)
    assert "wanted 20 words at most, found 30000; give fewer" in plain(text)


def test_the_page_of_a_reading_shows_what_was_said_of_any_reading(tmp_path: Path) -> None:
    """What was aimed at a claim, or at a correction of it, is on the pages of all its readings."""
    with busy_ledger(tmp_path) as found:
        said = [
            [later.number for later in entry_page(found, n, PageQuery()).later] for n in (9, 16, 3)
        ]
    assert said[0] == [16, *said[1]]
    assert {18, 19, 21} <= set(said[1])
    assert 9 not in said[0] + said[1] + said[2]
