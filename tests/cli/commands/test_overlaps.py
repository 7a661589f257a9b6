"""`factledger overlaps`: when two held one post."""

from __future__ import annotations

from cli_tools import ROOT, run

VOICES = str(ROOT / "ledgers" / "three-voices")


def test_overlaps_name_both_holders_and_the_days() -> None:
    """Of one post or of all."""
    told = "Prime Minister of Ishkar\n  1 April to 14 May 2024 · Dara Oun and Milo Sen · #22, #46\n"
    assert run("overlaps", "-l", VOICES).out == told
    assert run("overlaps", "ish-prime-minister", "-l", VOICES).out == told
