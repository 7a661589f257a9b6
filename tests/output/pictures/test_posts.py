"""Pictures of offices: one row a post, and in it each holder."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import attrs

from cli_tools import DEMO, ROOT, run
from factledger import Day, Ledger
from factledger.output.pictures.posts import bars_by_post, in_lines, offices_of
from factledger.output.pictures.posts_svg import posts_svg

VOICES = ROOT / "ledgers" / "three-voices"


def test_a_post_is_one_row_with_a_name_in_it() -> None:
    """The name of each post stands once, those of its holders in it, the title above all."""
    with Ledger.open(VOICES) as ledger:
        view = ledger.as_of("2024")
        lanes = offices_of(view)
        drawn = posts_svg(lanes, view, "Who held which post")
        assert drawn.count(">Prime Minister of Ishkar</text>") == 1
        assert drawn.count(">Who held which post</text>") == 1
        assert ">Dara Oun</text>" in drawn
        assert (str(lanes.first)[5:], str(lanes.last)[5:]) == ("01-01", "12-31")
        assert posts_svg(lanes, view, "t", width=90).count("…</text>") > 0


def test_holders_that_meet_stand_in_lines_of_their_own() -> None:
    """No bar covers another in its line, and no bar is lost."""
    with Ledger.open(VOICES) as ledger:
        for bars in bars_by_post(offices_of(ledger.as_of("2024"))).values():
            lines = in_lines(bars)
            assert sorted(map(id, bars)) == sorted(id(bar) for line in lines for bar in line)
            for line in lines:
                for one, other in pairwise(line):
                    assert one.drawn[-1].last < other.drawn[0].first


def test_plot_draws_offices(tmp_path: Path) -> None:
    """As a picture of its own; it has no line and no series."""
    file = tmp_path / "o.svg"
    said = run(
        "plot", "--offices", "--from", "2022", "--to", "2022", "-l", str(VOICES), "-o", str(file)
    )
    assert said.code == 0
    assert "Who held which post from 2022-01-01 to 2022-12-31" in file.read_text(encoding="utf-8")
    assert run("plot", "--offices", "--at", "2022", "-l", DEMO).code == 2
    assert run("plot", "--offices", "--between", "CHN", "PRK", "-l", DEMO).code == 0


def test_a_holder_that_is_not_in_view_is_not_drawn() -> None:
    """Of the lanes of all years, those in view alone have a name and a bar."""
    with Ledger.open(VOICES) as ledger:
        view = ledger.as_of("2024")
        lanes = offices_of(view)
        assert ">Dara Oun</text>" in posts_svg(lanes, view, "t")
        later = attrs.evolve(lanes, first=Day(lanes.last + 400), last=Day(lanes.last + 800))
        assert ">Dara Oun</text>" not in posts_svg(later, view, "t")
