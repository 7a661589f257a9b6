"""The records of a large archive, made from a seed: posts with their holders, meetings, corrections."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from factledger import Actor, Source
from factledger.log.canonical import canonical
from factledger.records.codec import to_body
from factledger.records.declarations import Header

_LANDS, _PEOPLE, _SOURCES = 150, 2_000, 500
_DAYS = 20_000


def bodies(header: Header, count: int) -> Iterator[bytes]:
    """Yield the bodies of a ledger with so many claims and corrections of claims."""
    rng = random.Random(7)
    posts = max(50, count // 25)
    yield from map(canonical, map(to_body, declared(header, posts)))
    first = 1 + _LANDS + _PEOPLE + _SOURCES + posts
    written: list[tuple[int, dict[str, Any]]] = []
    for number in range(first + 1, first + count + 1):
        body = claim(rng, number, posts)
        if written and rng.random() < 0.1:
            target, before = rng.choice(written)
            day = {"since" if "since" in before else "when": a_day(rng)}
            record = {k: v for k, v in {**before, **day}.items() if k != "label"}
            yield canonical(
                {"kind": "correct", "reason": "misdated", "record": record, "target": target}
            )
        else:
            written = [*written[-200:], (number, body)]
            yield canonical(body)


def declared(header: Header, posts: int) -> Iterator[Any]:
    """Yield the header, who takes part, and the sources."""
    yield header
    for n in range(_LANDS):
        yield Actor(id=f"L{n:03d}", category="country", names=[f"Land {n}"])
    for n in range(_PEOPLE):
        yield Actor(id=f"p{n:05d}", category="person", names=[f"Person {n}"])
    for n in range(_SOURCES):
        yield Source(
            id=f"s{n:04d}", title=f"Paper {n}", publisher=f"Press {n % 90}", published="2025-01-01"
        )
    for n in range(posts):
        yield Actor(id=f"o{n:06d}", category="post", names=[f"Post {n}"], of=f"L{n % _LANDS:03d}")


def claim(rng: random.Random, number: int, posts: int) -> dict[str, Any]:
    """Return a claim: half of them of offices."""
    common = {
        "citations": [{"locator": f"p. {number}", "source": f"s{rng.randrange(_SOURCES):04d}"}],
        "label": f"c{number}",
    }
    if rng.random() < 0.5:
        who = [
            ("holder", f"p{rng.randrange(_PEOPLE):05d}"),
            ("post", f"o{rng.randrange(posts):06d}"),
        ]
        dates = {"since": a_day(rng), "until": ".."}
        return {**common, **dates, "kind": "state", "participants": roles(who), "type": "office"}
    who = [
        ("actor", f"L{rng.randrange(_LANDS):03d}"),
        ("recipient", f"L{rng.randrange(_LANDS):03d}"),
    ]
    said = {"mode": "visit", "type": "CONSULT", "when": a_day(rng)}
    return {**common, **said, "kind": "event", "participants": roles(who)}


def roles(who: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Return who takes part, in which role."""
    return [{"actor": actor, "role": role} for role, actor in who]


def a_day(rng: random.Random) -> str:
    """Return a day of some fifty years."""
    from factledger import Day

    return str(Day(Day.parse("1970-01-01") + rng.randrange(_DAYS)))
