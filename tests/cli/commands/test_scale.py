"""`factledger scale`: what it prints, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli_tools import DEMO, run
from factledger.scaling import running as runners
from factledger.scaling.files import alone_in
from factledger.scaling.running import Runner

HEAD = "0338989b29108939effc4fe7e8105259ed6fe7b976afa0d687664193c8cec554"
DIGEST = "5bf42373"


@pytest.fixture
def parts(tmp_path: Path) -> str:
    """Return the name of a folder for parts."""
    return str(tmp_path / "parts")


def test_sealing_says_what_is_there(parts: str) -> None:
    """The entries and the files are counted."""
    assert run("scale", "seal", DEMO, parts).out == "75 entries sealed in 1 file\n"


def test_two_do_not_work_in_one_folder(parts: str, tmp_path: Path) -> None:
    """While one command is at work in a folder another is told so, and what each of them had stays."""
    with alone_in(Path(parts)):
        said = run("scale", "seal", DEMO, parts)
        assert said.code == 1
        assert said.err.startswith(f"{parts}: cannot write: another process is at work in it")
    assert not Path(parts).exists()
    (tmp_path / "file").write_text("")
    said = run("scale", "seal", DEMO, str(tmp_path / "file" / "parts"))
    assert (said.code, "cannot write: not a directory" in said.err) == (1, True)


def test_a_sealing_that_failed_is_done_again(parts: str, tmp_path: Path) -> None:
    """Where a disk refused the manifest, the same command goes on from the segments that are there."""
    assert run("scale", "seal", DEMO, parts).code == 0
    (Path(parts) / "manifest.json").unlink()
    assert run("scale", "seal", DEMO, parts).out == "75 entries sealed in 1 file\n"


def test_verifying_gives_head_and_root(parts: str) -> None:
    """What is verified is told with the head of the ledger and the root of its tree."""
    said = run("scale", "verify", DEMO, parts).out
    assert said.startswith(f"75 entries verified, head {HEAD}, root 5fa7bdd9")


def test_folding_counts_and_tells_the_cut(parts: str) -> None:
    """A fold tells how many standings there are, and at which cuts; again, nothing is folded."""
    said = run("scale", "fold", DEMO, parts).out
    first, second = said.splitlines()
    assert first == "45 standings from 73 entries in 1 part, 1 folded now"
    assert second.startswith(f"recorded up to #75 · published at any time · digest {DIGEST}")
    again = run("scale", "fold", DEMO, parts, "--workers", "1").out.splitlines()
    assert again == [first.replace("1 folded", "0 folded"), second]
    cut = run("scale", "fold", DEMO, parts, "--recorded", "40", "--published", "2023").out
    assert "recorded up to #40 · published by 2023-12-31" in cut
    at = run("scale", "fold", DEMO, parts, "--recorded", "2000-01-01").out
    assert "0 standings" in at


@pytest.mark.parametrize("way", ["before", "after", "environment", "folder"])
def test_the_ledger_is_found_as_by_other_commands(
    way: str, parts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without LEDGER it is that of -l, before the command or after it, of $FACTLEDGER, or of the folder."""
    words = ["scale", "seal", parts]
    if way == "environment":
        monkeypatch.setenv("FACTLEDGER", DEMO)
    elif way == "folder":
        monkeypatch.chdir(DEMO)
    given = {"before": ["-l", DEMO, *words], "after": [*words, "-l", DEMO]}
    assert run(*given.get(way, words)).out == "75 entries sealed in 1 file\n"


def test_a_ledger_that_is_named_goes_before_that_of_the_environment(
    parts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But one that is named twice is refused, before the command or after it."""
    monkeypatch.setenv("FACTLEDGER", str(tmp_path / "none"))
    assert run("scale", "seal", DEMO, parts).out == "75 entries sealed in 1 file\n"
    for words in (
        ["-l", DEMO, "scale", "seal", DEMO, parts],
        ["scale", "seal", DEMO, parts, "-l", DEMO],
    ):
        twice = run(*words)
        assert (twice.code, "the ledger is named twice" in twice.err) == (2, True)


def test_what_does_not_fit_together_is_refused(tmp_path: Path, parts: str) -> None:
    """Two ways of running, options of another action, and files of others are told in a line."""
    both = run("scale", "fold", DEMO, parts, "--workers", "2", "--dask", "tcp://x:1")
    assert (both.code, "give one of them" in both.err) == (2, True)
    other = run("scale", "seal", DEMO, parts, "--published", "2023")
    assert (other.code, "are of 'fold'" in other.err) == (2, True)
    (tmp_path / "mine.txt").write_text("mine")
    taken = run("scale", "seal", DEMO, str(tmp_path))
    assert (taken.code, "is not empty" in taken.err) == (1, True)
    assert run("scale", "seal", str(tmp_path / "none"), parts).code == 2


def test_a_scheduler_that_does_not_answer_is_told(
    parts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody listens, one line says so; where distributed is missing, how to have it."""
    import sys

    import distributed

    def refusing(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(distributed, "Client", refusing)
    said = run("scale", "fold", DEMO, parts, "--dask", "tcp://127.0.0.1:1")
    assert (said.code, "no scheduler answers" in said.err) == (1, True)
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = run("scale", "fold", DEMO, parts, "--dask", "tcp://127.0.0.1:1")
    assert (said.code, "factledger[dask]" in said.err) == (1, True)


def test_a_cluster_that_answers_runs_the_tasks(parts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it folds is what is folded here."""

    @contextmanager
    def answering(address: str) -> Iterator[Runner]:
        assert address == "tcp://x:1"
        yield runners.here

    monkeypatch.setattr("factledger.scaling.dask_cluster.cluster", answering)
    said = run("scale", "verify", DEMO, parts, "--dask", "tcp://x:1")
    assert said.out == run("scale", "verify", DEMO, parts).out


MAP = """
[ledger]
origin = "visits"
[[source]]
id = "list"
title = "A list"
[[actor]]
id = "VES"
category = "country"
names = ["Vessia"]
[[actor]]
id = "OMB"
category = "country"
names = ["Ombra"]
[row]
key = "v{id}"
[row.claim]
kind = "event"
type = "CONSULT"
mode = "visit"
actor = "VES"
recipient = "OMB"
when = "{day}"
"""


def test_importing_is_what_import_does(tmp_path: Path, parts: str) -> None:
    """The lines told are those of `import`, a second time too, and the room of the parts is gone."""
    (tmp_path / "m.toml").write_text(MAP)
    (tmp_path / "f.csv").write_text("id,day\n1,2021-05-02\n2,2022-05-02\n")
    given = [str(tmp_path / "f.csv"), "--map", str(tmp_path / "m.toml")]
    for address in ("l.jsonl", "l.db"):
        into = str(tmp_path / address)
        first = run("scale", "import", into, parts, *given)
        assert first.out == "added #2-#6 from 2 of 2 rows\n"
        again = run("scale", "import", into, parts, *given)
        assert again.out == "nothing new in 2 rows\n"
        assert run("import", *given, "-l", into).out == again.out
        assert run("verify", "-l", into).code == 0
    assert not (Path(parts) / "import").exists()


def test_wrong_rows_are_refused_as_by_import(tmp_path: Path, parts: str) -> None:
    """Each wrong row is told with file and line; what is repaired is imported then."""
    (tmp_path / "m.toml").write_text(MAP)
    rows = tmp_path / "f.csv"
    rows.write_text("id,day\n1,2021-05-02\n2,2022-05-32\n3\n")
    given = [str(rows), "--map", str(tmp_path / "m.toml")]
    whole = run("import", *given, "-l", str(tmp_path / "l.db"))
    told = run("scale", "import", str(tmp_path / "l.db"), parts, *given)
    assert (told.code, told.err) == (whole.code, whole.err)
    assert f"{rows}:3: " in told.err
    assert f"{rows}:4: " in told.err
    rows.write_text("id,day\n1,2021-05-02\n")
    assert run("scale", "import", str(tmp_path / "l.db"), parts, *given).code == 0
    assert run("scale", "seal", str(tmp_path / "l.db"), parts).code == 0


def test_an_import_needs_a_file_and_a_map(parts: str) -> None:
    """What is missing is told, and what only an import takes is refused elsewhere."""
    missing = run("scale", "import", DEMO, parts, "f.csv")
    assert (missing.code, "needs a FILE" in missing.err) == (2, True)
    none = run("scale", "import", parts, "--map", "m.toml")
    assert (none.code, "needs a FILE" in none.err) == (2, True)
    more = run("scale", "import", DEMO, DEMO, parts, "f.csv", "--map", "m.toml")
    assert (more.code, "is too much" in more.err) == (2, True)
    other = run("scale", "seal", DEMO, parts, "f.csv")
    assert (other.code, "are of 'import'" in other.err) == (2, True)
