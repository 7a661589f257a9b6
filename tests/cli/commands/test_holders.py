"""`factledger holders`: who held a post, from when to when."""

from __future__ import annotations

from cli_tools import ROOT, run

VOICES = str(ROOT / "ledgers" / "three-voices")


def test_holders_are_told_with_the_days_of_each_status() -> None:
    """By id or by name, the first first."""
    said = run("holders", "prime minister of ishkar", "-l", VOICES)
    assert (said.code, said.err) == (0, "")
    assert said.out == run("holders", "ish-prime-minister", "-l", VOICES).out
    assert said.out.splitlines()[:5] == [
        "Prime Minister of Ishkar",
        "  Dara Oun · #22",
        "    possible   1 January to 30 December 2021",
        "    definite   31 December 2021 to 31 March 2024",
        "    contested  1 April to 14 May 2024",
    ]


def test_a_post_that_nobody_held_says_so() -> None:
    """And what is no actor is not found."""
    assert "No source says who held it." in run("holders", "ISH", "-l", VOICES).out
    said = run("holders", "nobody", "-l", VOICES)
    assert (said.code, said.out) == (1, "")
