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


def test_a_key_to_seal_with_is_made_and_used(here: Path) -> None:
    """Its id is printed; passages are sealed and verified with it, and with no other."""
    Path("text.txt").write_text("Two envoys met in Vienna. Nobody was told of it.")
    draft = b'[{"kind": "source", "id": "log", "title": "L", "policy": "sealed"}, {"kind": "note", "text": "n", "source": "log", "quote": "Two envoys met in Vienna"}]'  # fmt: skip
    sealer = run("key", "--seal", "sealer")
    assert (sealer.code, sealer.err, len(sealer.out)) == (0, "", 9)
    assert (
        run("key", "--seal", "sealer").err
        == "sealer: cannot write: file exists; nothing was written\n"
    )
    words = ("append", "-", "--text", "log=text.txt", "--seal-key", "sealer")
    assert run(*words, stdin=draft).out == "added #14-#15\n"
    said = run("verify", "--text", "log=text.txt", "--seal-key", "sealer")
    assert said.out.endswith("1 citation of log proved (1 sealed)\n")
    said = run("verify", "--text", "log=text.txt")
    assert f"it is sealed with the key {sealer.out.strip()}; give that with --seal-key" in said.out
    assert run("verify", "--text", "log=text.txt", "--seal-key", "secret").err == (
        "secret: this is no key to seal with; 'factledger key --seal' makes one\n"
    )


def test_misuse_of_keys_to_seal_with_is_told(here: Path) -> None:
    """They have no public half, and without a text there is nothing to verify with one."""
    found = run("key", "--seal", "--public", "sealer")
    assert (found.code, found.out) == (2, "")
    assert "a key to seal with has no public half" in found.err
    run("key", "--seal", "sealer")
    found = run("verify", "--seal-key", "sealer")
    assert (found.code, found.out) == (2, "")
    assert "--seal-key verifies a --text; give one" in found.err


def test_a_seal_that_can_be_guessed_is_noted(here: Path) -> None:
    """Under twenty characters, without a key, whoever appends hears of it; nothing is refused."""
    Path("text.txt").write_text("Two envoys met in Vienna, as everybody knew.")
    draft = '[{"kind": "source", "id": "log", "title": "L", "policy": "sealed"}, {"kind": "note", "text": "n", "source": "log", "quote": "QUOTE"}]'  # fmt: skip
    words = ("append", "-", "--text", "log=text.txt")
    said = run(*words, stdin=draft.replace("QUOTE", "Two envoys met in").encode())
    assert (said.code, said.out) == (0, "added #14-#15\n")
    assert said.err == (
        "note: #15 seals 17 characters, which can be guessed; seal longer passages, or give --seal-key\n"
    )
    again = run(*words, stdin=draft.replace("QUOTE", "Two envoys met in Vienna").encode())
    assert (again.out, again.err) == ("added #16; already there: #14\n", "")
    assert run(*words, stdin=draft.replace("QUOTE", "Two envoys met in").encode()).err == ""
