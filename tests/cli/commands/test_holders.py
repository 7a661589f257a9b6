"""`factledger holders`: who held a post, from when to when."""

from __future__ import annotations

from cli_tools import ROOT, run

VOICES = str(ROOT / "ledgers" / "three-voices")


def test_holders_are_told_with_the_days_of_each_status() -> None:
    """By id or by name, the first first."""
    said = run("holders", "prime minister of ishkar", "-l", VOICES)
    assert (said.code, said.err) == (0, "")
    assert said.out == run("holders", "ish-prime-minister", "-l", VOICES).out
    assert [line.split()[0] for line in said.out.splitlines()[1:]] == [
        "possible", "definite", "contested", "contested", "definite", "presumed",
    ]  # fmt: skip
    assert "Dara Oun · #22" in said.out


def test_a_post_that_nobody_held_says_so() -> None:
    """And what is no actor is not found."""
    assert "No source says who held it." in run("holders", "ISH", "-l", VOICES).out
    said = run("holders", "nobody", "-l", VOICES)
    assert (said.code, said.out) == (1, "")
