"""What is told of entries that were appended."""

from __future__ import annotations

from pathlib import Path

from cli_tools import Said, inside, run, small_ledger


def test_a_note_tells_what_will_read_otherwise(tmp_path: Path) -> None:
    """A quote that denies what is asserted, and a type of which no plan can be told; nothing is refused."""
    small_ledger(tmp_path).close()
    draft = (
        "[[source]]\nid = 's'\ntitle = 'S'\npublished = 2024-05-01\ntext = 's.txt'\n"
        "[[type]]\nid = 'zorped'\nshape = 'event'\nsentence = '{actor} zorped'\n"
        "[[event]]\ntype = 'CONSULT'\nmode = 'visit'\nactor = 'JPN'\nwhen = 2024\nquote = 'Japan did not visit Lund'\n"
    )
    (tmp_path / "s.txt").write_text("Japan did not visit Lund.")
    (tmp_path / "draft.toml").write_text(draft)
    with inside(tmp_path):
        said = run("append", "draft.toml", "--unproved")
    assert (said.code, said.out) == (0, "added #13-#15\n")
    assert said.err.splitlines() == [
        "note: #15 is asserted, and its quote says 'did not'; where the source denies it, correct it with "
        'polarity = "denied"',
        "note: #14, the type 'zorped', has no infinitive, such as '{actor} to visit {recipient}'; without one, "
        "plans and denials of it read 'Planned: …', 'It is denied that …'",
    ]


def test_a_note_tells_an_end_that_is_not_the_one_of_the_source(tmp_path: Path) -> None:
    """A closure takes the place of the end that the source tells: who wrote it is told so, and what to do."""
    small_ledger(tmp_path).close()
    draft = """
[[state]]
label = "stand"
type = "stance"
holder = "JPN"
topic = "UKR"
source = "gazette"
locator = "p. 1"
since = 2019
until = 2021-03-31
[[close]]
target = "stand"
until = 2020-06-15
source = "gazette"
locator = "p. 2"
"""
    (tmp_path / "draft.toml").write_text(draft)
    with inside(tmp_path):
        said = run("append", "draft.toml")
    assert (said.code, said.out) == (0, "added #13-#14\n")
    assert said.err == (
        "note: #14 ends #13, of which its own source tells another end (31 March 2021); where two sources "
        "differ, append the other end as a claim of its own\n"
    )


def test_a_note_tells_an_end_that_is_a_plan(tmp_path: Path) -> None:
    """What a source cannot have seen it can have planned: it is written, and said on standard error."""
    small_ledger(tmp_path).close()
    state = "[[state]]\ntype = 'stance'\nholder = 'JPN'\ntopic = 'UKR'\nsource = 'gazette'\n"
    ends = [f"{state}locator = 'p. {n}'\nuntil = {2090 + n}-01-01\n" for n in (1, 2)]
    said: list[Said] = []
    for draft in (ends[0], "".join(ends)):
        (tmp_path / "draft.toml").write_text(draft.replace("p. ", f"p. {len(said)}"))
        with inside(tmp_path):
            said.append(run("append", "draft.toml"))
    assert [one.out for one in said] == ["added #13\n", "added #14-#15\n"]
    read = "that is read as a plan until a later source tells more\n"
    assert said[0].err == f"note: #13 ends after its source can have been published; {read}"
    assert said[1].err == f"note: #14-#15 end after their sources can have been published; {read}"


def test_a_note_tells_what_a_corrected_day_of_a_source_leaves_after_it(tmp_path: Path) -> None:
    """Who dates a source before what its claims tell of is told which these are."""
    small_ledger(tmp_path).close()
    draft = (
        "[[source]]\nid = 's'\ntitle = 'S'\npublished = 2021-06-10\n"
        "[[event]]\ntype = 'CONSULT'\nactor = 'JPN'\nrecipient = 'UKR'\nwhen = 2021-05-03\n"
        "source = 's'\nlocator = 'p. 1'\n"
    )
    again = (
        "[[correct]]\ntarget = '#13'\nreason = 'misdated'\nrecord = { kind = 'source', id = 's', "
    )
    (tmp_path / "a.toml").write_text(draft)
    (tmp_path / "b.toml").write_text(f"{again}title = 'S', published = '2021-04-01' }}\n")
    with inside(tmp_path):
        assert run("append", "a.toml").out == "added #13-#14\n"
        said = run("append", "b.toml")
    assert (said.code, said.out) == (0, "added #15\n")
    assert said.err == "note: #15 dates 's' before what #14 tells of; correct one of them\n"
