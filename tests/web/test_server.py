"""The server: how it listens, and what it needs."""

from __future__ import annotations

import socket
import subprocess
import sys
from hashlib import sha256
from importlib.resources import files
from typing import Any

import pytest

from cli_tools import ROOT
from factledger import Ledger, MissingExtra
from factledger.web import asgi
from factledger.web import server as serving
from factledger.web.pages.picture import picture
from factledger.web.render import templates
from web_tools import ARTICLE


@pytest.mark.parametrize(
    ("package", "act"),
    [
        ("starlette.requests", lambda ledger: asgi.application(ledger.address)),
        ("uvicorn", lambda ledger: serving.serve(ledger.address, None)),  # type: ignore[arg-type]
        ("jinja2", lambda ledger: templates.__wrapped__()),
        ("markupsafe", lambda ledger: picture(ledger.as_of("2023"))),
    ],
)
def test_missing_package_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, package: str, act: Any
) -> None:
    """Without the extra, one is told what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    with Ledger.open(ARTICLE) as ledger, pytest.raises(MissingExtra) as said:
        act(ledger)
    name = {"markupsafe": "jinja2"}.get(package, package.partition(".")[0])
    assert str(said.value) == (
        f"pages need the package {name}; install it: pip install 'factledger[web]'"
    )


def test_an_answer_does_not_wait_for_the_one_before_to_be_acknowledged() -> None:
    """Every connection sends at once what it has, so answers on one connection follow each other."""
    with serving.listening("127.0.0.1", 0) as at, socket.create_connection(at.getsockname()):
        taken, _ = at.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_commands_that_make_no_page_do_not_load_the_packages() -> None:
    """Whoever asks on the command line does not wait for the packages of the pages."""
    code = (
        "import sys; from factledger.cli.group import cli; "
        "sys.argv = ['factledger', 'asof', '2023-04-01']\n"
        "try: cli.main()\n"
        "except SystemExit: print(sorted({'jinja2', 'starlette', 'uvicorn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_what_is_vendored_is_what_its_note_says() -> None:
    """The script of others is byte for byte the one whose hash, version and licence are noted."""
    static = files("factledger.web").joinpath("static")
    note = static.joinpath("README.md").read_text(encoding="utf-8")
    script = static.joinpath("htmx.min.js").read_bytes()
    assert sha256(script).hexdigest() in note
    assert b'version:"2.0.11"' in script
    assert "2.0.11" in note
    assert "Zero-Clause BSD" in static.joinpath("htmx.LICENSE.txt").read_text(encoding="utf-8")
