"""Which event began a state."""

from __future__ import annotations

from random import Random

from hypothesis import given

from crowds import crowd, seeds
from factledger.status.effects.begun import explanations
from factledger.status.merging import narrowness


@given(seeds)
def test_the_narrowest_event_that_can_explains_a_state(seed: int) -> None:
    """Of the events that can have begun a state on one day, the one with the narrowest window did."""
    states, begun = crowd(Random(seed)), crowd(Random(seed + 1))
    found = {state.number: event for state, event in explanations(states, begun)}
    for one in states:
        fitting = [
            event
            for event in begun
            if max(one.span.first, event.span.first) <= min(one.span.sure, event.span.sure)
            and one.worlds.some
            and event.worlds.some
        ]
        assert found.get(one.number) == min(fitting, key=narrowness, default=None)
