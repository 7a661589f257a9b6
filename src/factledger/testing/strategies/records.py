"""Strategies for declarations, and for records of every kind."""

from __future__ import annotations

from hypothesis import strategies as st

from factledger.records.amendments import (
    REASONS,
    VERDICTS,
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Note,
    Redact,
    Retract,
    Withdraw,
)
from factledger.records.claims import ROLES, SHAPES
from factledger.records.declarations import (
    CATEGORIES,
    POLICIES,
    Actor,
    Header,
    ModeEffect,
    ModeSentence,
    Source,
    Type,
)
from factledger.records.record import Record
from factledger.testing.strategies.claims import citations, claims, few
from factledger.testing.strategies.dates import dates, endpoints, is_dated
from factledger.testing.strategies.texts import maybe, slugs, texts


def sources() -> st.SearchStrategy[Source]:
    """Make sources with any values that the fields take."""
    return st.builds(
        Source,
        id=slugs(),
        title=texts(),
        publisher=maybe(texts()),
        url=maybe(texts()),
        published=maybe(dates()),
        retrieved=maybe(dates()),
        sha256=maybe(st.just("0" * 64)),
        complete=st.booleans(),
        policy=st.sampled_from(POLICIES),
        copy_of=maybe(slugs()),
        note=maybe(texts()),
    )


def actors() -> st.SearchStrategy[Actor]:
    """Make actors with any values that the fields take."""
    return st.builds(
        Actor,
        id=slugs(),
        category=st.sampled_from(CATEGORIES),
        names=st.lists(texts(), min_size=1, max_size=3),
        of=maybe(slugs()),
        iso3166=maybe(st.just("JPN")),
        wikidata=maybe(st.just("Q17")),
    )


def widths() -> st.SearchStrategy[str]:
    """Make widths that an approximate date may have, such as "10 years"."""
    return st.sampled_from(("1 day", "5 days", "6 months", "10 years"))


def types() -> st.SearchStrategy[Type]:
    """Make declared types with any values that the fields take."""
    roles = few(st.sampled_from(ROLES))
    effects = st.builds(ModeEffect, mode=slugs(), types=few(slugs()))
    return st.builds(
        Type,
        id=slugs(),
        shape=st.sampled_from(SHAPES),
        group=slugs(),
        required=roles,
        modes=few(slugs()),
        key=roles,
        single=st.booleans(),
        begins=few(slugs()),
        ends=few(slugs()),
        begins_by=few(effects),
        ends_by=few(effects),
        once=roles,
        apart=roles,
        quantity=st.booleans(),
        approximate=maybe(widths()),
        symmetric=st.booleans(),
        sentence=maybe(texts()),
        infinitive=maybe(texts()),
        sentences=few(
            st.builds(ModeSentence, mode=slugs(), sentence=texts(), infinitive=maybe(texts()))
        ),
    )


def records() -> st.SearchStrategy[Record]:
    """Make records of every kind, each by itself: what they refer to need not be there."""
    target, cited, reason = st.integers(1, 50), few(citations()), texts()
    contents = st.one_of(claims(), sources(), actors(), types())
    return st.one_of(
        contents,
        st.builds(
            Header, format=st.just(1), vocabulary=st.just(1), origin=slugs(), title=maybe(texts())
        ),
        st.builds(
            Correct,
            target=target,
            reason=st.sampled_from(REASONS),
            record=contents,
            note=maybe(texts()),
        ),
        st.builds(Close, target=target, until=endpoints().filter(is_dated), citations=cited),
        st.builds(Retract, target=target, reason=reason),
        st.builds(
            Corroborate,
            target=target,
            citations=cited,
            hedge=maybe(texts()),
            condition=maybe(texts()),
        ),
        st.builds(Dispute, target=target, citations=cited),
        st.builds(Identify, actors=few(slugs()), verdict=st.sampled_from(VERDICTS), reason=reason),
        st.builds(Identify, claims=few(target), verdict=st.sampled_from(VERDICTS), reason=reason),
        st.builds(Withdraw, source=slugs(), reason=reason, citations=cited),
        st.builds(Redact, target=target, reason=reason, authority=texts()),
        st.builds(Note, text=reason, label=maybe(slugs()), citations=cited),
    )
