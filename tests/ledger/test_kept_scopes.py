"""What is kept of questions at a few cuts."""

from __future__ import annotations

from functools import partial

import pytest

from cli_tools import ROOT
from factledger import Ledger
from factledger.ledger import kept_scopes
from factledger.ledger.kept_scopes import KeptScopes
from factledger.views.scope import Scopes

ARTICLE = ROOT / "ledgers/japan-ukraine"


def scopes_read(ledger: Ledger, recorded: int) -> Scopes:
    """Return the scopes at a cut, all of whose claims are read."""
    view = ledger.as_of("2023", recorded=recorded)
    assert view.every
    return view._scopes


def given(scopes: Scopes, earlier: Scopes | None) -> Scopes:
    """Return some scopes, whatever is kept of an earlier cut."""
    return scopes


def test_what_is_read_at_a_cut_begins_with_the_nearest_before_it() -> None:
    """Of the cuts that are kept, the last before the one asked about counts, under its publication."""
    with Ledger.open(ARTICLE) as ledger:
        kept, met = KeptScopes(), list[Scopes | None]()
        read = {cut: scopes_read(ledger, cut) for cut in (40, 42, 50)}
        for cut, scopes in read.items():
            kept.at((cut, None), len(ledger), 0, partial(given, scopes))
        day = ledger.as_of("2023").day

        def noted(earlier: Scopes | None) -> Scopes:
            met.append(earlier)
            return read[50]

        for cuts in ((45, None), (39, None), (45, day)):
            kept.at(cuts, len(ledger), 0, noted)
        assert met == [read[42], None, None]


def test_claims_read_for_the_past_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of other cuts than the newest, only so many claims stay read; the last stays in any case."""
    monkeypatch.setattr(kept_scopes, "MOST_CLAIMS", 60)
    with Ledger.open(ARTICLE) as ledger:
        size, kept = len(ledger), KeptScopes()
        read = {cut: scopes_read(ledger, cut) for cut in (size, size - 1, size - 2, size - 3)}
        for cut, scopes in read.items():
            assert kept.at((cut, None), size, 0, partial(given, scopes)) is scopes
        assert kept.at((size, None), size, 0, partial(given, read[size - 1])) is read[size]
        claims = sum(read[cut].timeline.claims_read for cut, _ in kept._kept if cut < size)
        assert claims <= 60 + read[size - 3].timeline.claims_read


def test_nothing_is_kept_of_a_log_that_was_read_anew() -> None:
    """Once content was erased, nothing that was read before is kept, asked about again or not."""
    with Ledger.open(ARTICLE) as ledger:
        kept, scopes = KeptScopes(), scopes_read(ledger, 40)
        kept.at((40, None), 40, 0, partial(given, scopes))
        kept.at((41, None), 41, 1, partial(given, scopes))
        assert len(kept) == 1
