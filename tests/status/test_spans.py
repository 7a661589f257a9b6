"""From when to when one claim by itself is possible, definite, presumed and ended."""

from __future__ import annotations

from typing import Any

import pytest

from factledger.dates.days import Day
from factledger.records.claims import Assessment, Claim, Count, Event, State, Tally
from factledger.status.spans import Span, Status
from ledgers import cited, level, people, statuses

# The source is published on 2022-06-01 unless a row says otherwise, and recorded in 2024.
Rows = list[tuple[str, Claim, str | None, dict[str, str]]]


def visit(when: str, **fields: Any) -> Event:
    """Return a visit."""
    who = people(actor="JPN", recipient="UKR")
    return Event(type="CONSULT", when=when, participants=who, citations=cited(), **fields)


def visits(count: Count, since: str, until: str, **fields: Any) -> Tally:
    """Return a count of visits."""
    who = people(actor="JPN", recipient="UKR")
    return Tally(
        type="CONSULT", count=count, since=since, until=until, participants=who, citations=cited(),
        **fields,
    )  # fmt: skip


def judged(**dates: Any) -> Assessment:
    """Return a judgement."""
    return Assessment(type="evaluative", citations=cited(), **dates)


SEVEN, NONE = Count(lower=7, upper=7), Count(lower=0, upper=0)

ROWS: Rows = [
    (
        "S1 an event is possible from the first day of its date and definite from the last",
        visit("2021-03"),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "possible", "2021-03-30": "possible",
         "2021-03-31": "definite", "2030-01-01": "definite"},
    ),
    (
        "S1 an event on a day is definite on that day",
        visit("2021-03-05"),
        "2022-06-01",
        {"2021-03-04": "not-yet", "2021-03-05": "definite"},
    ),
    (
        "S1 an event with no first day is possible since ever",
        visit("[..2021-03-05]"),
        "2022-06-01",
        {"1000-01-01": "possible", "2021-03-04": "possible", "2021-03-05": "definite"},
    ),
    (
        "S1 an event with no last day is definite once its source was surely published",
        visit("2021-03/.."),
        "2022-06",
        {"2021-02-28": "not-yet", "2022-06-29": "possible", "2022-06-30": "definite"},
    ),
    (
        "S0 a doubtful date is settled no earlier than the last day of publication",
        visit("2021-03?"),
        "2022-06",
        {"2021-03-01": "possible", "2022-06-29": "possible", "2022-06-30": "definite"},
    ),
    (
        "S0 a doubtful date is settled no earlier than its own last day",
        visit("2021~"),
        "2021-06-01",
        {"2021-06-01": "possible", "2021-12-30": "possible", "2021-12-31": "definite"},
    ),
    (
        "S2 a state holds from the last day of its start to the first day of its end",
        level(since="2021-03", until="2021-09"),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "possible", "2021-03-31": "definite",
         "2021-09-01": "definite", "2021-09-02": "possible", "2021-09-30": "possible",
         "2021-10-01": "ended"},
    ),
    (
        "S2 a state since `..` has always held",
        level(since="..", until="2021-09-01"),
        "2022-06-01",
        {"1000-01-01": "definite", "2021-09-01": "definite", "2021-09-02": "ended"},
    ),
    (
        "S2 a set open on both sides names days all the same, and is not `..`",
        level(since="[..2021-01,2022..]", until="[..2021-01,2022..]"),
        "2022-06-01",
        {"1000-01-01": "possible", "2022-05-31": "possible", "2022-06-01": "possible",
         "2030-01-01": "possible"},
    ),
    (
        "S2 an unknown start is no later than the publication of a source that says it holds",
        level(since="", until=".."),
        "2022-06-01",
        {"1000-01-01": "possible", "2022-05-31": "possible", "2022-06-01": "definite"},
    ),
    (
        "S2 a start with no last day is settled by the publication",
        level(since="[2021-03..]", until=".."),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2022-05-31": "possible", "2022-06-01": "definite"},
    ),
    (
        "S2 an open end is attested up to the first day of publication and presumed after it",
        level(since="2021-03-01", until=".."),
        "2022-06",
        {"2021-03-01": "definite", "2022-06-01": "definite", "2022-06-02": "presumed",
         "2030-01-01": "presumed"},
    ),
    (
        "S2 an unknown end leaves it possible after its first day, and never ends it",
        level(since="2021-03-01", until=""),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "definite", "2021-03-02": "possible",
         "2030-01-01": "possible"},
    ),
    (
        "S2 an unknown end of what began on one of many days leaves it possible",
        level(since="2021-03", until=""),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "possible", "2021-03-31": "possible",
         "2030-01-01": "possible"},
    ),
    (
        "S1 what is told as past had happened by the last day on which it can have been told",
        visit("2021-05"),
        "2021-05-20",
        {"2021-04-30": "not-yet", "2021-05-19": "possible", "2021-05-20": "definite"},
    ),
    (
        "S2 what is told as holding had begun by then, and held then",
        level(since="2021", until=".."),
        "2021-05-02",
        {"2020-12-31": "not-yet", "2021-05-01": "possible", "2021-05-02": "definite",
         "2021-05-03": "presumed"},
    ),
    (
        "S4 a denial says of each day of its window that by then nothing had happened in it",
        visit("2021-05", polarity="denied"),
        "2021-05-20",
        {"2021-04-30": "not-yet", "2021-05-01": "definite", "2021-05-31": "definite"},
    ),
    (
        "S4 a doubtful denial is settled by who tells it",
        visit("2021-05~", polarity="denied"),
        "2021-06-20",
        {"2021-05-20": "possible", "2021-06-19": "possible", "2021-06-20": "definite"},
    ),
    (
        "S2 a known last day is definite although the start is not known",
        level(since="1700~", until="1770-06-30"),
        "2001-01-01",
        {"1770-06-29": "possible", "1770-06-30": "definite", "1770-07-01": "ended"},
    ),
    (
        "S2 a source cannot tell of a state before it began: it is definite on its first day",
        level(since="2010-01-01", until=".."),
        None,
        {"2010-01-01": "definite", "2010-01-02": "presumed"},
    ),
    (
        "S2 an end after the publication is a plan",
        level(since="2021-01-01", until="2027-01-03"),
        "2022-02-03",
        {"2022-02-03": "definite", "2022-02-04": "presumed", "2027-01-03": "presumed",
         "2027-01-04": "ended"},
    ),
    (
        "S2 an end that a source without a day of publication tells is no plan, until it was recorded",
        level(since="2010-01-01", until="2012-05-05"),
        None,
        {"2012-05-05": "definite", "2012-05-06": "ended"},
    ),
    (
        "S2 a planned end is as vague as its date",
        level(since="2021-01-01", until="2027-01"),
        "2022-02-03",
        {"2027-01-01": "presumed", "2027-01-02": "possible", "2027-01-31": "possible",
         "2027-02-01": "ended"},
    ),
    (
        "S2 a planned end with no last day never ends a state",
        level(since="2021-01-01", until="[2027-01..]"),
        "2022-02-03",
        {"2027-01-01": "presumed", "2027-01-02": "possible", "2099-01-01": "possible"},
    ),
    (
        "S2 a doubtful end is past once the source that speaks of it as past was published",
        level(since="2021-03-01", until="2021-09?"),
        "2022-06-01",
        {"2021-09-01": "definite", "2021-10-01": "possible", "2022-06-01": "possible",
         "2022-06-02": "ended"},
    ),
    (
        "S2 an end with no last day never ends a state, however doubtful",
        level(since="2021-03-01", until="[2021-09?..]"),
        "2022-06-01",
        {"2021-09-01": "definite", "2021-09-02": "possible", "2030-01-01": "possible"},
    ),
    (
        "S3 a count is possible inside its period, definite from its last day on, and never ends",
        visits(SEVEN, "2021-03", "2021-09"),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "possible", "2021-09-29": "possible",
         "2021-09-30": "definite", "2030-01-01": "definite"},
    ),
    (
        "S3 a count up to the present is one up to the publication",
        visits(SEVEN, "2021-03", ".."),
        "2022-06",
        {"2021-03-01": "possible", "2022-06-29": "possible", "2022-06-30": "definite"},
    ),
    (
        "S3 a count of none is so on every day of its period",
        visits(NONE, "2021-03", "2021-09"),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "possible", "2021-03-31": "definite",
         "2021-09-30": "definite", "2030-01-01": "definite"},
    ),
    (
        "S3 a count of none within one month is so from its first day on",
        visits(NONE, "2021-03", "2021-03"),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "definite", "2030-01-01": "definite"},
    ),
    (
        "S3 a count of none up to the present is so from the last day on which it can have begun",
        visits(NONE, "2021-03", ".."),
        "2022-06-01",
        {"2021-03-01": "possible", "2021-03-30": "possible", "2021-03-31": "definite"},
    ),
    (
        "S3 a count of none since ever is definite once its period is over",
        visits(NONE, "", "2021-09"),
        "2022-06-01",
        {"1000-01-01": "possible", "2021-09-29": "possible", "2021-09-30": "definite"},
    ),
    (
        "S4 what is planned is possible at most",
        visit("2023-03-05", modality="planned"),
        "2022-06-01",
        {"2023-03-04": "not-yet", "2023-03-05": "possible", "2030-01-01": "possible"},
    ),
    (
        "S4 the days of a hypothesis are those of the idea",
        visit("2021-03-05", modality="hypothetical"),
        "2022-06-01",
        {"2021-03-04": "not-yet", "2021-03-05": "definite"},
    ),
    (
        "S4 a denial stands as an assertion does",
        level(until="..", polarity="denied"),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "definite", "2022-06-02": "presumed"},
    ),
    (
        "S1 an assessment with a date is passed on it",
        judged(when="2021-03"),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "possible", "2021-03-31": "definite"},
    ),
    (
        "S2 an assessment without a date holds from its start to its end",
        judged(since="2021-03-01", until="2021-09-01"),
        "2022-06-01",
        {"2021-02-28": "not-yet", "2021-03-01": "definite", "2021-09-02": "ended"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "published", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_the_status_of_a_claim_follows_from_its_dates_and_its_source(
    claim: State, published: str, expected: dict[str, str]
) -> None:
    """Each row is a rule: what the claim says, when its source was published, what stands when."""
    assert dict(zip(expected, statuses(claim, *expected, published=published), strict=True)) == (
        expected
    )


def test_a_span_that_is_over_before_it_begins_has_only_ended() -> None:
    """A claim whose end is before its start is not-yet and then ended, and never shown."""
    day = _day("2021-03-01")
    span = Span(first=day, sure=day, until=_day("2021-01-01"), gone=_day("2021-01-02"))
    assert [span.status(_day(day)) for day in ("2021-02-28", "2021-03-01")] == [
        Status.NOT_YET,
        Status.ENDED,
    ]


def _day(text: str) -> Day:
    return Day.parse(text)
