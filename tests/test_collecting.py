"""The collector of cyclic garbage is left alone for a while, and then as it was."""

from __future__ import annotations

import gc
from contextlib import suppress

import pytest

from factledger.collecting import no_collecting


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was_found(enabled: bool) -> None:
    """Garbage is not collected inside, and after it, or an error, as before."""
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with suppress(ValueError), no_collecting():
            assert not gc.isenabled()
            raise ValueError
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_what_was_made_inside_is_not_gone_through_as_young() -> None:
    """Very many values that were made while nothing was collected are old when it goes on."""
    with no_collecting():
        made = [[] for _ in range(60_000)]  # type: list[list[int]]
    young = {id(one) for one in gc.get_objects(generation=0)}
    assert young.isdisjoint(map(id, made))


def test_what_was_frozen_stays_frozen() -> None:
    """Whoever froze what there was before a fork finds it so afterwards."""
    gc.freeze()
    try:
        before = gc.get_freeze_count()
        with no_collecting():
            made = [[] for _ in range(60_000)]  # type: list[list[int]]
        assert made
        assert gc.get_freeze_count() == before
    finally:
        gc.unfreeze()
