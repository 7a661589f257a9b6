"""`factledger key`: a key, whose public half alone is shown."""

from __future__ import annotations

from pathlib import Path

from cli_tools import run
from factledger import parse_public_key


def test_a_key_is_made_once_and_its_public_half_printed(here: Path) -> None:
    """The private half never leaves its file."""
    public = Path("public").read_text()
    assert parse_public_key(public.strip()).name == "small"
    assert run("key", "secret", "--public").out == public
    again = run("key", "secret")
    assert (again.code, again.out) == (1, "")
    assert again.err == "secret: cannot write: file exists; nothing was written\n"
    seed = Path("secret").read_text().split("+", 4)[4]
    assert seed.strip() not in run("key", "secret", "--public").out + again.err


def test_the_halves_of_a_key_are_not_mistaken(here: Path) -> None:
    """The private key is not for verifying, nor the public one for signing."""
    assert run("verify", "--checkpoint", "new", "--key", "secret").err == (
        "key: this is the private key; give the public one, NAME+ID+KEY\n"
    )
    assert run("checkpoint", "--key", "public").err == (
        "public: this is no private key; 'factledger key' makes one\n"
    )
