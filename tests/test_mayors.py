"""Two public lists of the same terms: where they agree they are one, where they differ it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import run
from factledger import Ledger, Standing, contradictions

MAYORS = Path(__file__).parent / "data/mayors"

# Whose terms the two lists tell otherwise, and on which days, as read off by hand. The neighbour is
# contested too where one list still has the old mayor and the other the new one.
DIFFERING = {
    ("m01", "m02"): ("1953-05-17", "1953-05-23"),
    ("m04",): ("1983-01-01", "1983-03-19"),
    ("m07",): ("2014-03-31", "2014-04-05"),
    ("m09",): ("1958-10-01", "1958-10-03"),
    ("m10", "m11"): ("1979-01-10", "1979-09-30"),
    ("m13",): ("2012-07-01", "2012-09-30"),
    ("m16",): ("1962-01-01", "1962-06-30"),
    ("m19",): ("2001-12-01", "2001-12-31"),
    ("m20",): ("2010-01-01", "2010-12-31"),
}
AGREED = ["m03", "m05", "m06", "m08", "m10", "m12", "m14", "m15", "m17", "m18"]


@pytest.fixture(scope="module", params=["lists", "lists.db"])
def mayors(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Return a ledger of both lists, in each store."""
    folder = tmp_path_factory.mktemp("mayors")
    address = str(folder / request.param)
    for name, published in (("registry", "2015-05-01"), ("chronicle", "2020-02-01")):
        text = (MAYORS / "map.toml").read_text(encoding="utf-8")
        mapped = folder / f"{name}.toml"
        mapped.write_text(text.replace("LIST", name).replace("PUBLISHED", published))
        said = run("import", "-m", str(mapped), str(MAYORS / f"{name}.csv"), "-l", address)
        assert (said.code, said.err) == (0, "")
    return Ledger.open(address)


def test_what_the_lists_tell_alike_is_one_standing_of_two_publishers(mayors: Ledger) -> None:
    """A term of equal dates is told once, with both lists as its sources, and nothing contests it."""
    tracks = mayors.as_of("2022").tracks
    both = [track.standings for track in tracks if track.standings[0].support == 2]
    assert sorted(term(standings[0]) for standings in both) == AGREED
    untouched = [them for them in both if not any(s.contested_by for s in them)]
    assert sorted(term(standings[0]) for standings in untouched) == [
        n for n in AGREED if n != "m10"
    ]


def term(standing: Standing) -> str:
    """Return the term that a standing is of, as both lists number it."""
    return (standing.claim.label or "").partition(".")[2]


def test_each_differing_term_is_found_on_the_days_that_differ(mayors: Ledger) -> None:
    """Every term that the lists tell otherwise is in dispute, on these days; no other is."""
    found = {
        tuple(sorted({label(mayors, number).partition(".")[2] for number in one.numbers})): (
            str(one.since),
            str(one.until),
        )
        for one in contradictions(mayors.as_of("2022"))
    }
    assert found == DIFFERING


def label(ledger: Ledger, number: int) -> str:
    """Return the label of an entry."""
    return str(getattr(ledger.entry(number).record, "label", None))
