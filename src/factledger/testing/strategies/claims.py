"""Strategies for claims of any content, and for their parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from factledger.records.claims import (
    ABOUT_ROLES,
    FACTUAL,
    MODALITIES,
    POLARITIES,
    ROLES,
    About,
    Assessment,
    Citation,
    Claim,
    Count,
    Event,
    Inferred,
    Participant,
    State,
    Tally,
)
from factledger.testing.strategies.dates import dates, endpoints
from factledger.testing.strategies.texts import maybe, slugs, texts


@st.composite
def participants(draw: st.DrawFn) -> Participant:
    """Make participants in every role."""
    return Participant(
        role=draw(st.sampled_from(ROLES)),
        actor=draw(slugs()),
        of=draw(maybe(slugs())),
        as_said=draw(maybe(texts())),
    )


def counts() -> st.SearchStrategy[Count]:
    """Make counts: exact, bounded, without an upper bound, and none."""
    most = st.one_of(st.none(), st.integers(0, 3))
    return st.builds(
        lambda low, more: Count(lower=low, upper=None if more is None else low + more),
        st.integers(0, 3),
        most,
    )


@st.composite
def citations(draw: st.DrawFn, sources: st.SearchStrategy[str] | None = None) -> Citation:
    """Make citations by quote, by position, sealed, and by locator."""
    start = draw(maybe(st.integers(0, 1000)))
    placed: dict[str, Any] = {}
    if start is not None:
        placed = {"start": start, "end": start + draw(st.integers(1, 100))}
        placed["sealed"] = draw(maybe(st.just("ab" * 32)))
    return Citation(
        source=draw(sources or slugs()),
        quote=draw(maybe(texts())),
        prefix=draw(maybe(texts())),
        locator=draw(texts()),
        **placed,
    )


def inferences() -> st.SearchStrategy[Inferred]:
    """Make notes on fields that the source does not say itself."""
    return st.builds(
        Inferred, field=st.sampled_from(["when", "value"]), reason=texts(), as_said=maybe(texts())
    )


# --- claims, of any content


def few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Make lists of up to three."""
    return st.lists(strategy, max_size=3)


def _told() -> st.SearchStrategy[dict[str, Any]]:
    """Make who tells a claim, and to whom and when."""
    spoken = st.fixed_dictionaries(
        {
            "attributed_to": st.lists(slugs(), min_size=1, max_size=3),
            "told_to": few(slugs()),
            "told_when": maybe(dates()),
        }
    )
    return spoken | st.just({})


def _moods() -> st.SearchStrategy[dict[str, Any]]:
    """Make how a claim is told, and on what it depends if it is not told as being so."""
    unreal = [modality for modality in MODALITIES if modality not in FACTUAL]
    conditional = {"modality": st.sampled_from(unreal), "condition": maybe(texts())}
    plain = {"modality": st.sampled_from(MODALITIES)}
    return st.fixed_dictionaries(plain) | st.fixed_dictionaries(conditional)


def _claim(kind: Callable[..., Claim], **fields: Any) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda told, mood, **given: kind(**told, **mood, **given),
        told=_told(),
        mood=_moods(),
        type=slugs(),
        mode=maybe(slugs()),
        value=maybe(texts()),
        contexts=few(slugs()),
        participants=few(participants()),
        polarity=st.sampled_from(POLARITIES),
        hedge=maybe(texts()),
        text=maybe(texts()),
        label=maybe(slugs()),
        citations=few(citations()),
        inferred=few(inferences()),
        **fields,
    )


def events() -> st.SearchStrategy[Event]:
    """Make events with any values that the fields take."""
    return _claim(Event, when=dates())


def states() -> st.SearchStrategy[State]:
    """Make states with any values that the fields take."""
    return _claim(State, since=endpoints(), until=endpoints())


def tallies() -> st.SearchStrategy[Tally]:
    """Make counts of events with any values that the fields take."""
    return _claim(Tally, count=counts(), since=endpoints(), until=endpoints())


def assessments() -> st.SearchStrategy[Assessment]:
    """Make judgements with any values that the fields take."""
    about = st.builds(About, role=st.sampled_from(ABOUT_ROLES), target=st.integers(1, 50))
    return _claim(
        Assessment, about=few(about), when=maybe(dates()), since=endpoints(), until=endpoints()
    )


def claims() -> st.SearchStrategy[Claim]:
    """Make claims of the four shapes."""
    return st.one_of(events(), states(), tallies(), assessments())
