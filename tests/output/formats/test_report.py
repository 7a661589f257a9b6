"""Reports: Markdown that says what a view says, and a bibliography in CSL-JSON."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from factledger.dates.edtf import parse
from factledger.ledger.ledger import Ledger
from factledger.output.formats.csl import csl_date, csl_object
from factledger.output.formats.markdown import plain, web_link
from factledger.output.formats.report import declared_sources, place_in_source, report
from factledger.records.amendments import Corroborate, Dispute, Withdraw
from factledger.records.claims import Citation, Inferred
from factledger.records.declarations import Source
from factledger.text import show
from ledgers import cited, event, ledger, level, office, source
from needed import program

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def parsed(text: str) -> list[Token]:
    """Return the blocks of Markdown as a parser of others reads them."""
    return MARKDOWN.parse(text)


def said(token: Token) -> str:
    """Return the words of a block, without what is made of them."""
    return "".join(t.content for t in token.children or () if t.type != "html_inline")


def lines_of(text: str, opening: str = "list_item_open") -> list[str]:
    """Return the words of each list item, or of each heading."""
    tokens = parsed(text)
    return [
        said(next(t for t in tokens[i:] if t.type == "inline"))
        for i, token in enumerate(tokens)
        if token.type == opening
    ]


def two_sources(*records: object) -> Ledger:
    """Return a ledger with two sources, each of which says that a relationship has a level."""
    other = Source(
        id="t", title="Other *story*", author="A. Writer", publisher="The Times",
        url="https://example.org/?a=1", published="2021-12", retrieved="2024-01-01",
        sha256="ab" * 32, complete=False, copy_of="s", note="seen in print",
    )  # fmt: skip
    foe = level("foe", "2022-01-01", "2022-12-31", sources=["t", "s"])
    partner = level("partner", "2021-01-01", "2022-12-31")
    return ledger(source(), other, partner, foe, *records)  # type: ignore[arg-type]


# --- text that stays text


@given(st.text(max_size=60))
@example("1. # no list")
@example("<script>alert(1)</script>")
@example("[a](javascript:alert(1)) ![b](x) [^1] [1]: x")
@example("---")
@example("# a #")
@example("&lt; &#60; `x` **b** _i_ ~~s~~ | a | b |")
@example("12) x")
@example("\\")
def test_text_is_read_back_as_the_same_text(text: str) -> None:
    """Whatever a ledger holds, a parser finds one line of text and no markup in it."""
    wanted = " ".join(show(text).split())
    for before in ("", "- ", "1. ", "# ", "- **definite** · "):
        tokens = parsed(before + plain(text))
        inlines = [t for t in tokens if t.type == "inline"]
        if not wanted:
            continue
        children = [t for t in inlines[0].children or () if not t.type.startswith("strong")]
        assert len(inlines) == 1
        assert {t.type for t in children} == {"text"}
        assert said(inlines[0]).removeprefix("definite · ") == wanted


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("see www.example.org", r"see www\.example.org"),
        ("see https://example.org", r"see https\://example.org"),
        ("a@example.org", r"a\@example.org"),
        (":smile: at 12:30:15", r"\:smile: at 12:30:15"),
        ("==x==", r"\=\=x\=\="),
        ("$1^2~", r"\$1\^2\~"),
    ],
)
def test_what_some_readers_make_of_words_is_prevented(text: str, markdown: str) -> None:
    """Links, pictures of words, formulas and citations of other dialects are escaped as well."""
    assert plain(text) == markdown


@pytest.mark.parametrize(
    "url", ["https://e.org/<b>", "ftp://e.org", "https://e.org/a b", "https://"]
)
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    """Anything else is text."""
    assert web_link(url) == plain(url)


# --- the report


def test_report_tells_both_sides_and_where_they_stand() -> None:
    """What is in dispute comes first with its other side below; entries and places stand behind."""
    view = two_sources().as_of("2022-06-01")
    text = report(two_sources(), view)
    headings = [
        "What stood on 1 June 2022, from 2 sources",
        "In dispute",
        "Entries and places",
        "Sources",
    ]
    assert lines_of(text, "heading_open") == headings
    assert lines_of(text)[:4] == [
        "The relationship between Jpn and Ukr has been a partner "
        "since 1 January 2021, planned until 31 December 2022 [1]",
        "but: The relationship between Jpn and Ukr has been a foe since 1 January 2022, "
        "planned until 31 December 2022 [1 2]",
        "#19 · s, p. 1",
        "#20 · t, p. 1, s, p. 1",
    ]


def test_report_quotes_what_the_ledger_holds() -> None:
    """Below a line stand the words that say so, with publisher and date, and how far they are vouched for."""
    said_so = [Citation(source="s", quote="they met", locator="p. 1")]
    backed = Corroborate(target=18, citations=[Citation(source="t", quote="so it seems", locator="p. 2")], hedge="it seems")  # fmt: skip
    other = source("t", publisher="T", published="2021-23")
    met = event("CONSULT", "2021", mode="meeting", actor="JPN", recipient="UKR")
    found = ledger(source(), attrs.evolve(met, citations=said_so), other, backed)
    assert lines_of(report(found, found.as_of("2022")))[:3] == [
        "Jpn met with Ukr, 2021 [1 2: “it seems”]",
        "“they met” (Story, 1 June 2022)",
        "“so it seems” (T, autumn 2021, “it seems”)",
    ]


def test_numbers_lead_to_the_bibliography() -> None:
    """Each number of a citation is one of the list of sources, and each source is cited."""
    ledger = two_sources()
    text = report(ledger, ledger.as_of("2022-06-01"))
    body, _, list_of_sources = text.partition("## Sources\n")
    used = {
        int(n) for group in re.findall(r"\\\[(.*?)\\\]", body) for n in re.findall(r"\d+", group)
    }
    assert used == {1, 2}
    assert len(lines_of(list_of_sources)) == 2
    assert [s.id for s in declared_sources(ledger.as_of("2022-06-01"))] == ["s", "t"]


def test_source_is_told_with_what_is_known_of_it() -> None:
    """Author, title, publisher, date, address, whose copy it is, and that its text breaks off."""
    ledger = two_sources()
    assert lines_of(report(ledger, ledger.as_of("2022-06-01")))[-2:] == [
        "Story, 1 June 2022 (s)",
        "A. Writer, Other *story*, The Times, December 2021, https://example.org/?a=1, "
        "retrieved 1 January 2024, a copy of s, its text breaks off (t)",
    ]


def test_inferred_fields_are_told_below_the_line() -> None:
    """What the source does not say itself is said, with the reason."""
    guessed = [Inferred(field="when", reason="the year is that of the source")]
    ledger_ = ledger(
        source(), event("CONSULT", "2021", actor="JPN", recipient="UKR", inferred=guessed)
    )
    text = report(ledger_, ledger_.as_of("2022"))
    assert "inferred when: the year is that of the source" in lines_of(text)


def test_withdrawn_source_is_not_cited() -> None:
    """A claim that another source still supports stays, and cites that one alone: it spoke of a plan."""
    ledger = two_sources(Withdraw(source="t", reason="retracted by its publisher"))
    assert lines_of(report(ledger, ledger.as_of("2022-06-01")))[1].endswith(
        "planned until 31 December 2022 [1]"
    )


def test_relationship_and_coarse_date_are_in_the_title() -> None:
    """The title says of whom, and what a coarse date was taken to mean."""
    ledger = two_sources()
    text = report(ledger, ledger.as_of("2022-06").between("JPN", "UKR"))
    assert text.startswith("# Jpn and Ukr on 30 June 2022 (end of June 2022), from 2 sources\n")


def test_nothing_stood_is_told() -> None:
    """An empty view says why, and has no bibliography."""
    ledger = two_sources()
    text = report(ledger, ledger.as_of("2000"))
    assert "Nothing stood on that date" in text
    assert "## Sources" not in text
    assert "## Sources" not in report(ledger, ledger.as_of("2000"), "keys")


def test_place_of_a_quote_without_a_place() -> None:
    """Where only the quote tells the place, it is told."""
    assert place_in_source(Citation(source="s", quote="it was so")) == "“it was so”"


# --- the bibliography


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2024-11-05", {"date-parts": [[2024, 11, 5]]}),
        ("2024", {"date-parts": [[2024]]}),
        ("-0044-03", {"date-parts": [[-44, 3]]}),
        ("2024-11~", {"date-parts": [[2024, 11]], "circa": True}),
        ("2024-33", {"date-parts": [[2024, 1, 1], [2024, 3, 31]]}),
        ("202X", {"date-parts": [[2020, 1, 1], [2029, 12, 31]]}),
        ("2023/2024", {"date-parts": [[2023, 1, 1], [2024, 12, 31]]}),
        ("[..2024]", {"literal": "[..2024]"}),
    ],
)
def test_date_in_a_bibliography(date: str, wanted: object) -> None:
    """A day, month or year is told as it is; what is wider is a range, without ends a text."""
    assert csl_date(parse(date)) == wanted


def test_source_as_an_item() -> None:
    """What is known of a source is there, and nothing else."""
    known = two_sources().belief().source("t")
    assert known is not None
    assert csl_object(known) == {
        "id": "t",
        "type": "webpage",
        "title": "Other *story*",
        "author": [{"literal": "A. Writer"}],
        "publisher": "The Times",
        "issued": {"date-parts": [[2021, 12]]},
        "accessed": {"date-parts": [[2024, 1, 1]]},
        "URL": "https://example.org/?a=1",
        "note": f"sha256: {'ab' * 32}\nseen in print",
    }
    assert csl_object(source(published=None)) == {"id": "s", "type": "document", "title": "Story"}


def test_pandoc_resolves_the_keys(tmp_path: Path) -> None:
    """With keys, pandoc finds every source in the CSL-JSON and writes the bibliography itself."""
    pandoc = program("pandoc", "pandoc")
    ledger = two_sources()
    view = ledger.as_of("2022-06-01")
    (tmp_path / "report.md").write_text(report(ledger, view, "keys"), encoding="utf-8")
    items = json.dumps([csl_object(s) for s in declared_sources(view)])
    (tmp_path / "sources.json").write_text(items, encoding="utf-8")
    done = subprocess.run(
        [pandoc, "report.md", "--citeproc", "--bibliography", "sources.json", "--to", "plain",
         "--wrap", "none"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert "(“Story” 2022)" in done.stdout
    assert "A. Writer. 2021. “Other *Story*.” The Times." in done.stdout


def test_keys_name_the_sources() -> None:
    """With keys a citation names the id of its source, and the heading awaits the list."""
    ledger = two_sources()
    text = report(ledger, ledger.as_of("2022-06-01"), "keys")
    assert "[@{t}; @{s}]" in text
    assert text.endswith("## Sources\n")


def test_dispute_is_a_mark_too() -> None:
    """A claim that a source disputes is in dispute, whatever the other says."""
    held = ledger(source(), office(), Dispute(target=18, citations=cited()))
    assert lines_of(report(held, held.as_of("2022")))[:2] == [
        "P1 has been pm since 1 March 2021, as last said on 1 June 2022 [1]",
        "but: another source disputes it [1]",
    ]
