"""What somebody goes through who writes three drafts for the first time: the rounds of problems.

The mistakes are those that newcomers made. A person mends what a problem names, where it names it, and
nothing else; a round is a draft that was refused.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from cli_tools import inside, run

ROOT = Path(__file__).parent
MOST_ROUNDS = 2
_PROBLEM = re.compile(r"draft\.toml:([0-9]+): ([a-z-]+): (.*)")


class Mistake(NamedTuple):
    """What was meant, what was written in its place, and what a problem must say for it to be mended."""

    meant: str
    written: str
    told: str


MISTAKES = {
    "wire": [
        Mistake("published = 2024-05-14", "published = 14 May 2024", "2024-05-14"),
        Mistake("meeting: vel-f*", "meting: vel-f*", "did you mean 'meeting'"),
        Mistake("office: Dara*>", "office: Dora Oun>", "did you mean 'dara-oun'"),
        Mistake("Velmora sold…2023", "Velmora has sold…2023", "the nearest passage"),
        Mistake("by vel-t*; .", "by the Ministry of Trad; .", "did you mean 'vel-trade-ministry'"),
        Mistake("founded: Strait C*; .; was…1998", "founded: Strait C*; 1998-06-31; was…1998", "day 31 does not exist"),
        Mistake("ISH; planned; .; Pres", "ISH; .; Pres", "say 'planned'"),
        Mistake("SANCTION/expel: VEL>ISH", "SANCTION/expel: VEL", "'recipient'"),
    ],
    "essay": [
        Mistake('published = 2024-09-20', 'published = "September 20, 2024"', "2024-09-20"),
        Mistake("not; .; The foreign…2024", ".; meet in Kessa…2024", "say 'asserted' or 'not'"),
        Mistake('shape = "event"', 'shape = "evnt"', "event"),
        Mistake("sanctions: ISH>VEL", "sanction: ISH>VEL", "event: wanted one date"),
        Mistake("office: Tomas*>vel-a*", "office: Tomas*>Ambasador of Velmora to Ishkar", "did you mean"),
        Mistake("Ishkar rejected…fleet", "Ishkar refused…fleet", "the nearest passage"),
        Mistake('category = "group"', 'catgory = "group"', "did you mean 'category'"),
    ],
    "reportage": [
        Mistake('text = "reportage.txt"', 'text = "reportage.text"', "no such file"),
        Mistake("language =", "langauge =", "did you mean 'language'"),
    ],
}  # fmt: skip


def rounds_of(name: str) -> list[str]:
    """Return what each refusal of a draft said, until it is appended with all mistakes mended."""
    draft = Path("draft.toml")
    text = (ROOT / f"data/short/{name}.toml").read_text(encoding="utf-8")
    left = list(MISTAKES[name])
    for mistake in left:
        assert text.count(mistake.meant) >= 1, mistake
        text = text.replace(mistake.meant, mistake.written, 1)
    refusals: list[str] = []
    while True:
        draft.write_text(text, encoding="utf-8")
        said = run("append", "draft.toml", "-l", "mine")
        if said.code == 0:
            assert not left
            return refusals
        refusals.append(said.err)
        mended = [mistake for mistake in left if is_named(mistake, text, said.err)]
        assert mended, f"{said.err}\nleft: {left}"
        for mistake in mended:
            text = text.replace(mistake.written, mistake.meant, 1)
            left.remove(mistake)


def is_named(mistake: Mistake, text: str, said: str) -> bool:
    """Return whether a problem stands at the line of a mistake, or of the table that it is in, and names it."""
    line = text[: text.index(mistake.written)].count("\n") + 1
    table = text[: text.index(mistake.written)].rfind("\n[[")
    first = text[: table + 1].count("\n") + 1 if table >= 0 else line
    return any(
        first <= int(at) <= line and mistake.told in told for at, _, told in _PROBLEM.findall(said)
    )


@pytest.mark.parametrize("name", MISTAKES)
def test_all_mistakes_of_a_newcomer_are_mended_in_two_rounds(name: str, tmp_path: Path) -> None:
    """Form, names, types, dates and quotes are all told at once, each at its line."""
    with inside(tmp_path):
        run("init", "mine")
        for one in MISTAKES:
            shutil.copy(ROOT.parent / f"ledgers/three-voices/{one}.txt", tmp_path)
        earlier = list(MISTAKES)[: list(MISTAKES).index(name)]
        for one in earlier:
            shutil.copy(ROOT / f"data/short/{one}.toml", tmp_path)
            assert run("append", f"{one}.toml", "-l", "mine").code == 0
        refusals = rounds_of(name)
    assert 1 <= len(refusals) <= MOST_ROUNDS, "\n\n".join(refusals)
