"""Who is barred from the desk: each reason by itself."""

from __future__ import annotations

import pytest

from factledger.web.adding.barring import barred, is_for_desk, new_token

TOKEN = "t" * 43
PATH = f"/write/{TOKEN}/gazette"
HOST = "127.0.0.1:8765"
FORM = "application/x-www-form-urlencoded"
READING = {"host": HOST, "sec-fetch-site": "same-origin"}
WRITING = {**READING, "origin": f"http://{HOST}", "content-type": FORM}

REFUSED = [
    ("GET", PATH, {**READING, "host": "evil.example"}, 421),
    ("GET", PATH, {**READING, "sec-fetch-site": "cross-site"}, 403),
    ("GET", PATH, {**READING, "sec-fetch-site": "same-site"}, 403),
    ("GET", "/write/wrong/gazette", READING, 404),
    ("GET", "/write/", READING, 404),
    ("GET", "/write/\u00e9/gazette", READING, 404),
    ("PUT", PATH, WRITING, 405),
    ("OPTIONS", PATH, WRITING, 405),
    ("POST", "/write/wrong/gazette", WRITING, 404),
    ("POST", PATH, {**WRITING, "host": "evil.example", "origin": "http://evil.example"}, 421),
    ("POST", PATH, {**WRITING, "origin": "http://evil.example"}, 403),
    ("POST", PATH, {**WRITING, "origin": "null"}, 403),
    ("POST", PATH, {**WRITING, "origin": "https://127.0.0.1:8765"}, 403),
    ("POST", PATH, {**WRITING, "origin": "http://127.0.0.1:9999"}, 403),
    ("POST", PATH, {k: v for k, v in WRITING.items() if k != "origin"}, 403),
    ("POST", PATH, {**WRITING, "sec-fetch-site": "none"}, 403),
    ("POST", PATH, {**WRITING, "sec-fetch-site": "same-site"}, 403),
    ("POST", PATH, {**WRITING, "sec-fetch-site": "cross-site"}, 403),
    ("POST", PATH, {**WRITING, "content-type": "text/plain"}, 415),
    ("POST", PATH, {**WRITING, "content-type": "multipart/form-data; boundary=x"}, 415),
    ("POST", PATH, {k: v for k, v in WRITING.items() if k != "content-type"}, 415),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), REFUSED)
def test_a_request_that_may_come_from_elsewhere_is_refused(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """Another name for this machine, another site, no token, no form."""
    no = barred(method, path, headers, TOKEN)
    assert no is not None
    assert no.status == status
    assert not any(name.lower().startswith("access-control") for name in no.headers)


ADMITTED = [
    ("GET", READING),
    ("GET", {"host": HOST}),
    ("GET", {"host": HOST, "sec-fetch-site": "none"}),
    ("HEAD", READING),
    ("POST", WRITING),
    ("POST", {k: v for k, v in WRITING.items() if k != "sec-fetch-site"}),
    ("POST", {**WRITING, "content-type": f"{FORM}; charset=utf-8"}),
    ("POST", {**WRITING, "host": "localhost:80", "origin": "http://localhost:80"}),
]


@pytest.mark.parametrize(("method", "headers"), ADMITTED)
def test_whoever_has_the_address_and_comes_from_here_is_admitted(
    method: str, headers: dict[str, str]
) -> None:
    """A browser that says nothing of where it comes from reads; it writes with its origin."""
    assert barred(method, PATH, headers, TOKEN) is None


def test_a_token_cannot_be_guessed() -> None:
    """It has 256 bits, and each server another."""
    assert len(new_token()) == 43
    assert len({new_token() for _ in range(100)}) == 100


def test_paths_of_the_desk_are_known_by_their_beginning() -> None:
    """Without a desk they are pages that are not there."""
    assert is_for_desk(PATH)
    assert not is_for_desk("/entries")
