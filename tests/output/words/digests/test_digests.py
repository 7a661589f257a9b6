"""Digests: a view and a difference as a reader reads them."""

from __future__ import annotations

import attrs
import pytest

from factledger import (
    Actor,
    Citation,
    Correct,
    Corroborate,
    Count,
    Dispute,
    Ledger,
    State,
    Tally,
    Type,
    Withdraw,
    overlaps,
    tenures,
)
from factledger.output.words.digests.changes import change_digest
from factledger.output.words.digests.digest import view_digest
from factledger.output.words.digests.teller import DigestLine
from factledger.output.words.tenures import holder_names
from factledger.records.record import Record
from ledgers import FIRST_NUMBER, cited, event, ledger, level, office, people, source

N = FIRST_NUMBER + 1  # the entry after the first source
NEWS = source(publisher="The News", published="2022-06-01")
LATER = source("t", publisher="The Times", published="2023-23")
MET = event("CONSULT", "2021-05-02", mode="meeting", actor="JPN", recipient="UKR")


def told(held: Ledger, day: str, possible: bool = False) -> dict[str, list[str]]:
    """Return the lines of a digest by heading, the other sides of a dispute below their line."""
    digest = view_digest(held.as_of(day), possible=possible)
    return {name: [*written(lines)] for name, lines in digest.sections}


def written(lines: tuple[DigestLine, ...]) -> list[str]:
    """Return lines as text."""
    return [text for line in lines for text in (str(line), *(f"but: {o}" for o in line.otherwise))]


def of(*records: Record) -> Ledger:
    """Return a ledger with a newspaper's claims."""
    return ledger(NEWS, LATER, *records)


N = FIRST_NUMBER + 2


@pytest.mark.parametrize(
    ("records", "day", "lines"),
    [
        # an event, and a state with what is known of its ends
        ([MET], "2022", {"Contacts": ["Jpn met with Ukr, 2 May 2021 [1]"]}),
        ([level("partner", "2021-24~")], "2022-06-01",
         {"Relationship": ["The relationship between Jpn and Ukr has been a partner since about winter 2021–22 [1]"]}),
        ([level("partner", "2021-24")], "2023",
         {"Relationship": ["The relationship between Jpn and Ukr has been a partner since winter 2021–22, as last said on 1 June 2022 [1]"]}),
        ([level("partner", "2021", sources=["t"])], "2024",
         {"Relationship": ["The relationship between Jpn and Ukr has been a partner since 2021, as last said between 1 September and 30 November 2023 [1]"]}),
        ([level("partner", "", "2022-12-31")], "2022-06-01",
         {"Relationship": ["The relationship between Jpn and Ukr is a partner, planned until 31 December 2022 [1]"]}),
        # a derived state has the date of its event
        ([event("SANCTION", "2021", actor="JPN", recipient="UKR")], "2022",
         {"Sanctions": ["Jpn has had sanctions against Ukr since 2021, as last said then [1]", "Jpn sanctioned Ukr, 2021 [1]"]}),
        # what is possible
        ([level("partner", "[2021..2023]", sources=["t"])], "2022",
         {"Relationship": ["Possibly, the relationship between Jpn and Ukr has been a partner since some time between 2021 and 2023 [1]"]}),
        ([attrs.evolve(MET, when="2021-05/2021-07")], "2021-06-01",
         {"Contacts": ["Possibly by then, Jpn met with Ukr, May to July 2021 [1]"]}),
        # words of one's own keep their dates
        ([attrs.evolve(MET, text="They met on 2 May 2021.")], "2022", {"Contacts": ["They met on 2 May 2021 [1]"]}),
        ([attrs.evolve(MET, text="iPhones were sold.")], "2022", {"Contacts": ["iPhones were sold, 2 May 2021 [1]"]}),
        ([office(text="Held")], "2022-06-01", {"Offices": ["Pm: Held, since 1 March 2021 [1]"]}),
        # a value behind a colon
        ([attrs.evolve(MET, value="on grain")], "2022", {"Contacts": ["Jpn met with Ukr: on grain (2 May 2021) [1]"]}),
        # a post is a line
        ([office("p1", "2020", "2021-12-31"), office("p2", "[2022-01..2022-03]")], "2022-02-01",
         {"Offices": ["Pm: possibly P2 since some time between January and March 2022 [1]"]}),
        ([office("p1", "2021", value="acting")], "2022-06-01", {"Offices": ["Pm: P1 (acting) since 2021 [1]"]}),
        ([office("p1", "2021", attributed_to=["UKR"])], "2022-06-01",
         {"Offices": ["Pm: Ukr says that P1 has been pm since 2021 [1]"]}),
        # two sources, one of which doubts
        ([MET, Corroborate(target=N, citations=cited("t"), hedge="it seems")], "2024",
         {"Contacts": ["Jpn met with Ukr, 2 May 2021 [1 2: “it seems”]"]}),
        # told alike twice is told once
        ([MET, attrs.evolve(MET, citations=cited("t"))], "2024", {"Contacts": ["Jpn met with Ukr, 2 May 2021 [1 2]"]}),
    ],
)  # fmt: skip
def test_a_view_is_told_a_line_a_thing(
    records: list[Record], day: str, lines: dict[str, list[str]]
) -> None:
    """Dates are words, sources numbers, and doubt is in the sentence."""
    assert told(of(*records), day) == lines


def test_a_tally_has_its_period_and_what_of_it_is_told() -> None:
    """A period that is a year is that year; the events that are told beside it are counted."""
    who = people(actor="JPN", recipient="UKR")
    calls = Tally(type="CONSULT", mode="meeting", count=Count(lower=4, upper=4), participants=who, since="2021-01-01", until="2021-12-31", citations=cited())  # fmt: skip
    assert told(of(calls), "2023")["Contacts"] == ["Jpn met with Ukr 4 times, 2021 [1]"]
    both = told(of(calls, MET), "2023")["Contacts"]
    assert "Jpn met with Ukr 4 times, 2021, 1 of them told here [1]" in both
    none = attrs.evolve(calls, count=Count(lower=0, upper=0), since="2021", until="..")
    assert told(of(none), "2023")["Contacts"] == ["Jpn has not met with Ukr since 2021 [1]"]


@pytest.mark.parametrize(
    ("since", "until", "hidden"),
    [("", "..", True), ("[..2024]", "..", True), ("..", "", True), ("", "2024", False), ("[2020..2024]", "..", False)],
)  # fmt: skip
def test_what_has_no_known_beginning_or_end_is_counted(
    since: str, until: str, hidden: bool
) -> None:
    """It is listed where it is asked for, and its sources are numbered then."""
    held = ledger(source(published="2024"), office("p1", since, until))
    digest = view_digest(held.as_of("2022"))
    assert (digest.hidden, bool(digest.sections), bool(digest.notes)) == (
        hidden,
        not hidden,
        not hidden,
    )
    assert (
        "Possible, with no known beginning or end" in told(held, "2022", possible=True)
    ) is hidden


def test_what_is_in_dispute_comes_first_with_the_other_side() -> None:
    """Both claims are one dispute, with their dates and sources; elsewhere they are not told again."""
    one = office("p1", "2019", "2022-12-31")
    other = office("p2", "2021-06-01", "2021-12-31", sources=["t"])
    found = of(one, other, MET)
    assert told(found, "2021-07") == {
        "In dispute": [
            "P1 has been pm since 2019, planned until 31 December 2022 [1]",
            "but: P2 is pm from 1 June 2021 until 31 December 2021 [2]",
        ],
        "Contacts": ["Jpn met with Ukr, 2 May 2021 [1]"],
    }
    digest = view_digest(found.as_of("2021-07"))
    assert digest.disputes == 1
    assert digest.heading == "What stood on 31 July 2021 (end of July 2021), from 2 sources"


@pytest.mark.parametrize(
    ("dispute", "words"),
    [
        (Dispute(target=N, citations=[Citation(source="t", quote="they never met", locator="p. 1")]), "“they never met” [2]"),
        (Dispute(target=N, citations=cited("t"), note="the Times denies it"), "the Times denies it [2]"),
        (Dispute(target=N, citations=cited("t")), "another source disputes it [2]"),
    ],
)  # fmt: skip
def test_a_bare_dispute_has_its_words(dispute: Dispute, words: str) -> None:
    """A record that disputes a claim is told by its quote, else by its note."""
    assert told(of(MET, dispute), "2024") == {
        "In dispute": ["Jpn met with Ukr, 2 May 2021 [1]", f"but: {words}"]
    }


def test_a_plan_stands_apart_until_it_is_overtaken() -> None:
    """A plan whose time is past says that nothing more is known; one of which is told is gone."""
    plan = event(
        "CONSULT", "2022-09", mode="visit", actor="JPN", recipient="UKR", modality="planned"
    )
    assert told(of(plan), "2022-09-15") == {"Planned": ["Jpn was to visit Ukr, September 2022 [1]"]}
    assert told(of(plan), "2023") == {
        "Planned": [
            "Jpn was to visit Ukr, September 2022; no source says whether it came to that [1]"
        ]
    }
    done = event("CONSULT", "2022-10-01", mode="visit", actor="JPN", recipient="UKR", sources=["t"])
    denied = attrs.evolve(done, polarity="denied")
    before = attrs.evolve(done, when="2022-08-01")
    other = attrs.evolve(done, mode="phone")
    assert "Planned" not in told(of(plan, done), "2024")
    assert "Planned" not in told(of(plan, denied), "2024")
    assert "Planned" in told(of(plan, before), "2024")
    assert "Planned" in told(of(plan, other), "2024")


# --- differences


def changed(held: Ledger, *ends: object) -> dict[str, list[str]]:
    """Return the lines of a difference by heading, with what changed them behind an arrow."""
    difference = held.difference(*ends)  # type: ignore[arg-type]
    digest, short = change_digest(difference, aged=True), change_digest(difference)
    lines = dict(digest.sections)
    assert (digest.aged, short.aged) == (0, len(lines.get("Only aged", ())))
    return {
        name: [f"{text}{' <- ' + '; '.join(line.remarks) if line.remarks and i == 0 else ''}"
               for line in found for i, text in enumerate(written((line,)))]
        for name, found in lines.items()
    }  # fmt: skip


def test_what_ended_before_its_planned_end_is_not_told_by_that() -> None:
    """Of an end that never came no date is told: it was over by the day on which it was over."""
    left = event("office-left", "2022-09-05", holder="p1", post="pm")
    found = of(office("p1", "2021", "2025-06-30"), attrs.evolve(left, citations=cited("t")))
    lines = changed(found, "2022-09-01", "2023-01-01")["What happened"]
    assert lines[1].startswith("By 6 September 2022: P1 is no longer pm")
    assert not any("2025" in line for line in lines)


def test_what_happened_comes_first_by_date() -> None:
    """What began, happened and ended has its date before it; what only aged is apart."""
    found = of(
        level("partner", "2020"),
        office("p1", "2019", "2022-02-01", post="premier"),
        office("p2", "[2022-02..2022-03]", post="premier", sources=["t"]),
        attrs.evolve(MET, when="2022-04"),
        event("SANCTION", "2022-01", actor="JPN", recipient="UKR"),
    )
    assert changed(found, "2021", "2022-06-30") == {
        "What happened": [
            "January 2022: Jpn sanctioned Ukr [1]",
            "After 1 February 2022: P1 is no longer premier [1]",
            "Between February and March 2022, from then on: P2 is premier [2]",
            "April 2022: Jpn met with Ukr [1]",
        ],
        "Only aged": [
            "became presumed: The relationship between Jpn and Ukr has been a partner since 2020, as last said on 1 June 2022 [1]"
        ],
    }


def test_what_began_and_has_an_end_is_told_with_it() -> None:
    """A reader is not told that it holds from then on: its days are said."""
    found = of(
        office("p1", "2022-02-01", "2022-02-01", post="premier"),
        office("p2", "2022-01-01", "2022-12-31", sources=["t"]),
    )
    assert changed(found, "2021", "2022-02-01")["What happened"] == [
        "For all of 2022: P2 is pm [1]",
        "On 1 February 2022: P1 is premier [2]",
    ]


def test_what_ended_without_a_date_ended_by_a_day() -> None:
    """Whom another displaces is gone by the day from which the other surely holds the post."""
    found = of(office("p1", "", ".."), office("p2", "2022-09-01", sources=["t"]))
    assert changed(found, "2022-06-01", "2023-09-30")["What happened"] == [
        "By 1 September 2022: P1 is no longer pm [1]",
        "1 September 2022, from then on: P2 is pm [2]",
    ]


def test_what_sources_tell_otherwise_stands_together() -> None:
    """Also on a day on which they agree that it was."""
    found = of(
        event("born", "1998-06-12", actor="p1"),
        event("born", "1998-06-21", actor="p1", sources=["t"]),
    )
    lines = ["P1 was born, 12 June 1998 [1]", "but: P1 was born, 21 June 1998 [2]"]
    assert told(found, "1999") == {"Other": lines}
    assert told(found, "1998-06-15") == {"In dispute": lines}


def test_what_came_into_dispute_is_told_once() -> None:
    """Of two that contradict each other the other stands below the one, and is not told again."""
    found = of(
        office("p1", "2019", "2022-12-31"), office("p2", "2021-06-01", "2021-12-31", sources=["t"])
    )
    assert changed(found, "2021-01-01", "2021-07-01")["Came into dispute"] == [
        "P1 has been pm since 2019, planned until 31 December 2022 [2]",
        "but: P2 is pm from 1 June 2021 until 31 December 2021 [1]",
    ]
    assert "No longer in dispute" in changed(found, "2021-07-01", "2022-03-01")


def test_what_was_learnt_says_what_it_was_before() -> None:
    """A new claim is told as it is; what changed an old one stands beside it."""
    backed = Corroborate(target=N, citations=cited("t"))
    correct = Correct(target=N, reason="misread", record=attrs.evolve(MET, when="2021-06-02"))
    found = of(MET, backed, correct)
    day = "2023"
    assert changed(found, (day, N - 1), (day, N)) == {
        "We learnt": ["Jpn met with Ukr, 2 May 2021 [1]"]
    }
    assert changed(found, (day, N), (day, N + 1))["We learnt"][0].startswith("supported: Jpn met with Ukr, 2 May 2021 [1 2]")  # fmt: skip
    assert changed(found, (day, N + 1), (day, N + 2))["We corrected"][0].startswith("replaced: Jpn met with Ukr, 2 June 2021")  # fmt: skip


def test_two_that_were_learnt_and_contradict_each_other_are_told_once() -> None:
    """The one stands below the other."""
    found = of(office("p1", "2019", "2022-12-31"), office("p2", "2021-06-01", "2021-12-31", sources=["t"]))  # fmt: skip
    assert changed(found, ("2021-07-01", N - 1), ("2021-07-01", N + 1)) == {
        "We learnt": [
            f"P1 has been pm since 2019, planned until 31 December 2022 [1] <- by #{N + 1} P2 is pm",
            "but: P2 is pm from 1 June 2021 until 31 December 2021 [2]",
        ]
    }


def test_what_loses_a_source_is_told_as_that() -> None:
    """It is not "supported" when one of two sources is withdrawn."""
    backed = Corroborate(target=N, citations=cited("t"))
    found = of(MET, backed, Withdraw(source="t", reason="taken back"))
    assert changed(found, ("2024", N + 1), ("2024", N + 2)) == {
        "A source was withdrawn": [
            f"lost a source: Jpn met with Ukr, 2 May 2021 [1] <- by #{N + 2} source t is withdrawn: taken back"
        ]
    }


def test_what_is_gone_and_what_turned_are_told_with_what_they_were() -> None:
    """A claim that nothing supports is gone; one that another displaced says how it stood."""
    gone = Withdraw(source="s", reason="x")
    found = of(office("p1", "2020"), office("p2", "2022-09-01", sources=["t"]), gone)
    day = "2023-01-01"
    assert changed(found, (day, N), (day, N + 1))["We learnt"] == [
        f"now ended, presumed before: P1 was pm from 2020 on [1] <- by #{N + 1} P2 is pm",
        "P2 has been pm since 1 September 2022 [2]",
    ]
    assert changed(found, ("2022-06-01", N + 1), ("2022-06-01", N + 2)) == {
        "A source was withdrawn": [
            f"gone: P1 has been pm since 2020 [1] <- by #{N + 2} source s is withdrawn: x"
        ]
    }


def test_an_event_may_possibly_have_happened() -> None:
    """What the calendar makes possible happened possibly; a plan whose day comes only aged."""
    plan = attrs.evolve(MET, when="2022-08", modality="planned")
    found = of(attrs.evolve(MET, when="2022-04/2022-09"), plan)
    assert changed(found, "2022-01-01", "2022-05-15") == {
        "What happened": ["April to September 2022, possibly: Jpn met with Ukr [1]"]
    }
    assert [*changed(found, "2022-05-15", "2022-08-15")] == ["Only aged"]


def test_an_actor_without_a_known_name_is_told_by_its_id() -> None:
    """Of a source that is not declared the id alone is known."""
    held = of(Actor(id="x", category="person", names=["Xu"]), event("CONSULT", "2021", actor="x"))
    assert told(held, "2022") == {"Contacts": ["Xu consulted, 2021 [1]"]}


def test_what_an_event_began_and_another_ended_is_told_by_the_day() -> None:
    """No source states such a state, so none tells its end: it is over by the day after the event."""
    began = event("SANCTION", "2021-05-04", actor="JPN", recipient="UKR")
    lifted = event("sanctions-lifted", "2022-05-20", actor="JPN", recipient="UKR")
    lines = changed(of(began, lifted), "2021-06-01", "2022-06-01")["What happened"]
    assert [line.partition(":")[0] for line in lines] == ["20 May 2022", "By 21 May 2022"]


@pytest.mark.parametrize(
    ("records", "day", "lines"),
    [
        # the other says more, and else
        ([event("born", "1906-12-20", actor="p1"), event("born", "1906", actor="p1", location="kyiv", sources=["t"])],
         "2024", ["P1 was born, 20 December 1906 [1]", "In other words: P1 was born in kyiv [2]"]),
        # the other says nothing more
        ([event("born", "1906-12-20", actor="p1", location="kyiv"), event("born", "1906", actor="p1", sources=["t"])],
         "2024", ["P1 was born in kyiv, 20 December 1906 [1 2]"]),
        # who tells of the day, and who only of a later one
        ([office("p1", "2015-01-01", ".."), office("p1", "", "..", sources=["t"])], "2016", ["Pm: P1 since 1 January 2015 [1]"]),
        ([office("p1", "2015-01-01", ".."), office("p1", "", "..", sources=["t"])], "2023-02", ["Pm: P1 since 1 January 2015 [1 2]"]),
        # an end that another tells
        ([office("p1", "2015", "2025"), office("p1", "2015", "2022-10-01", sources=["t"])], "2016", ["Pm: P1 from 2015 until 1 October 2022 [1 2]"]),
        # what goes on after it was told
        ([event("CONSULT", "2022", mode="visit", actor="JPN", recipient="UKR", polarity="denied")], "2022-11",
         ["Jpn did not visit Ukr, 2022, as told on 1 June 2022 [1]"]),
        ([event("CONSULT", "2021", mode="visit", actor="JPN", recipient="UKR", polarity="denied")], "2021-02",
         ["Jpn did not visit Ukr, 2021 [1]"]),
    ],
)  # fmt: skip
def test_a_line_names_who_says_what_it_says(
    records: list[Record], day: str, lines: list[str]
) -> None:
    """No source is named for words, an end or a day that it does not tell."""
    assert [line for them in told(of(*records), day).values() for line in them] == lines


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"published": "2021-03-10"}, ", as told on 10 March 2021"),
        ({"published": "2021-03"}, ", as told in March 2021"),
        ({"published": None, "retrieved": "2021-03-10"}, ", as told 10 March 2021 or earlier"),
        ({"published": "2022-01-01"}, ""),
    ],
)
def test_a_denial_of_days_that_go_on_tells_when_it_was_told(
    dates: dict[str, str], words: str
) -> None:
    """On a day, within a month, or at the latest when the source was retrieved."""
    denial = event("CONSULT", "2021", mode="visit", actor="JPN", recipient="UKR", polarity="denied")
    found = ledger(source(**dates), denial)
    lines = [line.words for line in view_digest(found.as_of("2021-02-01")).lines]
    assert lines == [f"Jpn did not visit Ukr, 2021{words}"]


def test_who_holds_a_post_for_somebody_is_told_with_whom() -> None:
    """Two ambassadors to two countries are not two holders of one post."""
    held = [
        State(
            type="envoy", since="2020", until="2022", citations=cited(),
            participants=people(holder=who, post="pm", recipient=where),
        )
        for who, where in (("p1", "JPN"), ("p2", "UKR"))
    ]  # fmt: skip
    kind = Type(
        id="envoy", shape="state", required=["holder", "post", "recipient"], single=True,
        key=["post", "recipient"], sentence="{holder} is {post} in {recipient}",
    )  # fmt: skip
    view = of(kind, *held).as_of("2021")
    lines = [line for them in told(of(kind, *held), "2021").values() for line in them]
    assert lines == [
        "P1 is pm in Jpn from 2020 until 2022 [1]",
        "P2 is pm in Ukr from 2020 until 2022 [1]",
    ]
    assert overlaps(view, "pm") == ()
    assert [holder_names(tenure, view) for tenure in tenures(view, "pm")] == [
        "P1 (Jpn)",
        "P2 (Ukr)",
    ]


def test_a_tally_of_fewer_than_are_told_does_not_say_that_they_are_of_it() -> None:
    """Some of those that are told may be one, told twice."""
    calls = Tally(
        type="CONSULT", mode="meeting", count=Count(lower=0, upper=1), since="2021", until="2021",
        participants=people(actor="JPN", recipient="UKR"), citations=cited(),
    )  # fmt: skip
    lines = told(of(calls, MET, attrs.evolve(MET, when="2021-06-02")), "2022")["Contacts"]
    assert lines[0] == "Jpn met with Ukr at most once, 2021, 2 told here [1]"


def test_of_what_nobody_planned_nothing_is_awaited() -> None:
    """That no source says whether it came to a plan is said of plans alone."""
    none = attrs.evolve(MET, mode="visit", modality="planned", polarity="denied", when="2022-07")
    lines = told(of(none), "2023")["Planned"]
    assert lines == ["There was no plan for Jpn to visit Ukr, July 2022 [1]"]
