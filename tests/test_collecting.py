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
