"""Records that are cheap to write, and that something else is the dearer for, the more there are of them."""

from __future__ import annotations

from collections.abc import Iterator

from factledger import (
    Assessment,
    Citation,
    Correct,
    Corroborate,
    Count,
    Dispute,
    Identify,
    Note,
    Participant,
    Retract,
    State,
    Tally,
    Type,
    Withdraw,
)
from factledger.records.claims import About
from factledger.records.declarations import Actor
from factledger.records.record import Record
from ledgers import FIRST_NUMBER, event, level, office, people, source

CLAIM = FIRST_NUMBER + 1  # the first claim, behind the first source

Records = Iterator[Record]


def begun() -> Records:
    """Yield the source and the claim that all of these begin with."""
    yield source()
    yield level("0")


def labels(count: int) -> Records:
    """One claim, corrected again and again under its one label."""
    yield source()
    yield level("0", label="one")
    for i in range(count):
        yield Correct(target=CLAIM + i, reason="misread", record=level(str(i + 1), label="one"))


def taken_back(count: int) -> Records:
    """The same claim, said and taken back again and again."""
    yield source()
    for i in range(count):
        yield level("0", label="one")
        yield Retract(target=CLAIM + 2 * i, reason="r")


def doubted(count: int) -> Records:
    """Two actors, said to be the same and to be different in turn."""
    yield from begun()
    for i in range(count):
        verdict = ("same", "different")[i % 2]
        yield Identify(actors=["JPN", "UKR"], verdict=verdict, reason="r")


def doubted_claims(count: int) -> Records:
    """Two claims, said to be the same and to be different in turn."""
    yield from begun()
    yield level("1", "2022")
    for i in range(count):
        verdict = ("same", "different")[i % 2]
        yield Identify(claims=[CLAIM, CLAIM + 1], verdict=verdict, reason="r")


def said_to_be_one(count: int) -> Records:
    """Many events, each said to be the first."""
    yield source()
    for i in range(count):
        yield event("CONSULT", "2021-03", actor="JPN", recipient="UKR", text=f"t{i}")
    for i in range(1, count):
        yield Identify(claims=[CLAIM, CLAIM + i], verdict="same", reason="r")


def backed(count: int) -> Records:
    """One claim, backed by many sources."""
    yield from begun()
    for i in range(count):
        yield source(f"b{i}")
        yield Corroborate(target=CLAIM, citations=[Citation(source=f"b{i}", locator="l")])


def disputed(count: int) -> Records:
    """One claim, disputed by many sources."""
    yield from begun()
    for i in range(count):
        yield source(f"b{i}")
        yield Dispute(target=CLAIM, citations=[Citation(source=f"b{i}", locator="l")])


def withdrawn(count: int) -> Records:
    """One source of many claims, withdrawn many times."""
    yield source()
    for i in range(count):
        yield event("CONSULT", "2021-03", actor="JPN", recipient="UKR", text=f"t{i}")
    for i in range(count):
        yield Withdraw(source="s", reason=f"r{i}")


def source_corrected(count: int) -> Records:
    """A source with many claims, corrected many times."""
    yield source()
    for i in range(count):
        yield event("CONSULT", "2021-03", actor="JPN", recipient="UKR", text=f"t{i}")
    for i in range(count):
        target = FIRST_NUMBER if not i else FIRST_NUMBER + count + i
        yield Correct(target=target, reason="misread", record=source(note=f"note {i}"))


def actor_corrected(count: int) -> Records:
    """An actor, renamed many times, with many claims."""
    yield Actor(id="zz", category="person", names=["Z"])
    yield source()
    for i in range(count):
        yield event("CONSULT", "2021-03", actor="zz", recipient="UKR", text=f"t{i}")
    for i in range(count):
        target = FIRST_NUMBER if not i else FIRST_NUMBER + 1 + count + i
        yield Correct(
            target=target,
            reason="misread",
            record=Actor(id="zz", category="person", names=[f"Z{i}"]),
        )


def types(count: int) -> Records:
    """Many types of a ledger's own, each with a claim."""
    yield source()
    for i in range(count):
        yield Type(id=f"own{i}", shape="event", sentence="{actor} did")
        yield event(f"own{i}", "2021", actor="JPN")


def posts(count: int) -> Records:
    """A post of a post of a post, with somebody in each."""
    yield source()
    yield Actor(id="post0", category="post", names=["P"], of="JPN")
    for i in range(count):
        yield Actor(id=f"post{i + 1}", category="post", names=["P"], of=f"post{i}")
        yield office(post=f"post{i + 1}")


def tallies(count: int) -> Records:
    """Many counts of many calls."""
    yield source()
    for i in range(count):
        yield event(
            "CONSULT", f"2021-03-{i % 28 + 1:02d}", mode="phone", actor="JPN", recipient="UKR",
            text=f"t{i}",
        )  # fmt: skip
        yield Tally(
            type="CONSULT", mode="phone", count=Count(lower=i), since="2021", until="2021",
            participants=people(actor="JPN", recipient="UKR"),
            citations=[Citation(source="s", locator="l")],
        )  # fmt: skip


def wide(count: int) -> Records:
    """Claims with as many actors as a claim can have."""
    yield source()
    for i in range(64):
        yield Actor(id=f"w{i}", category="country", names=["W"])
    for i in range(count):
        who = [Participant(role="party", actor=f"w{i}") for i in range(64)]
        cited = [Citation(source="s", locator="l")]
        yield State(
            type="relationship-level", value=str(i), since=f"20{i % 22:02d}", until="..",
            participants=who, citations=cited,
        )  # fmt: skip


def cited_often(count: int) -> Records:
    """Claims with as many citations as a claim can have."""
    for i in range(64):
        yield source("s" if not i else f"s{i}", copy_of="s" if i else None)
    for i in range(count):
        yield event(
            "CONSULT", "2021", actor="JPN", recipient="UKR", text=f"t{i}",
            sources=["s", *(f"s{j}" for j in range(1, 64))],
        )  # fmt: skip


def judged(count: int) -> Records:
    """Judgements of one claim, and of one another."""
    yield from begun()
    for i in range(count):
        yield Assessment(
            type="evaluative", when="2022", text=f"t{i}",
            about=[About(role="topic", target=CLAIM), About(role="cause", target=CLAIM + i)],
            citations=[Citation(source="s", locator="l")],
        )  # fmt: skip


def notes(count: int) -> Records:
    """Passages that say nothing, under labels that look alike."""
    yield from begun()
    for i in range(count):
        yield Note(text=f"t{i}", label=f"label-{i}", citations=[Citation(source="s", locator="l")])


BOMBS = (
    labels, taken_back, doubted, doubted_claims, said_to_be_one, backed, disputed, withdrawn,
    source_corrected, actor_corrected, types, posts, tallies, wide, cited_often,
    judged, notes,
)  # fmt: skip
