"""`factledger serve`: where it listens, and how it ends."""

from __future__ import annotations

import urllib.request

import click
import pytest

from cli_tools import process, run
from factledger.web import server as serving
from web_tools import ARTICLE


def test_serve_listens_at_loopback_until_interrupted() -> None:
    """`serve` says where it listens, answers there, and ends with Ctrl-C."""
    import signal

    with process("serve", "-l", str(ARTICLE), "--port", "0") as running:
        assert running.stdout
        line = running.stdout.readline().decode()
        where = line.partition(" ")[0]
        with urllib.request.urlopen(where, timeout=60) as answer:
            body = answer.read().decode()
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert where.startswith("http://127.0.0.1:")
    assert "One article on Japan and Ukraine" in body
    assert (running.returncode, err.decode()) == (130, "interrupted\n")


def test_serve_opens_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve --open` shows the address to the browser before it answers."""
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", lambda where: opened.append(where))
    monkeypatch.setattr(
        serving, "serve", lambda ledger, at, hosts, desk: opened.append(str(sorted(hosts)))
    )
    said = run("serve", "--open", "--port", "0", "--host", "::1", "-l", str(ARTICLE))
    assert said.code == 0
    assert opened[0] == said.out.partition(" ")[0]
    assert opened[0].startswith("http://[::1]:")
    assert opened[1] == "['127.0.0.1', '[::1]', 'localhost']"


def test_port_that_is_taken_is_said() -> None:
    """A port that another program has is refused in one line, with what to do."""
    with serving.listening("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        said = run("serve", "--port", port, "-l", str(ARTICLE))
    assert said.code == 1
    assert said.err.startswith(
        f"Error: cannot listen at 127.0.0.1:{port}: address already in use; choose"
    )


def test_a_desk_is_at_an_address_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve --write` says where, and opens that."""
    opened: list[object] = []
    monkeypatch.setattr(click, "launch", lambda where: opened.append(where))
    monkeypatch.setattr(serving, "serve", lambda ledger, at, hosts, desk: opened.append(desk.token))
    said = run("serve", "--write", "--open", "--port", "0", "-l", str(ARTICLE))
    first, second = said.out.splitlines()
    assert second == f"{opened[0]} takes claims; tell nobody"
    assert str(opened[0]).startswith(first.partition(" ")[0] + "write/")
    assert str(opened[0]).endswith(f"/write/{opened[1]}/")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--write", "--host", "0.0.0.0"), "--write is for this machine alone; leave out --host"),
        (("--text", "a.txt"), "--text is for --write; give that as well"),
    ],
)
def test_a_desk_is_for_this_machine_alone(words: tuple[str, ...], told: str) -> None:
    """No other address takes claims, and texts are for the desk."""
    said = run("serve", *words, "-l", str(ARTICLE))
    assert (said.code, told in said.err) == (2, True)
