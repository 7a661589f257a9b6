"""`factledger merge-driver`: two versions of a ledger, merged for git."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from factledger.cli.arguments import by_option
from factledger.cli.git_attributes import add_lines
from factledger.cli.group import Verb
from factledger.cli.options import recorder_name
from factledger.cli.outcome import complain
from factledger.cli.output_files import refusing
from factledger.cli.proving.proof_files import existing_file
from factledger.cli.types.paths import NamedPath
from factledger.errors import LogError
from factledger.log.stores.files import Access
from factledger.log.stores.placing.begun_files import write_durably

_FILE = "ledger.jsonl"
_DRIVER = "factledger merge-driver %O %A %B"


@click.command(
    cls=Verb,
    examples=["factledger merge-driver --install"],
)
@click.argument("versions", nargs=-1, type=NamedPath(), metavar="[BASE OURS THEIRS]")
@click.option("--install", is_flag=True, help="Let git call it in this clone, for ledger.jsonl.")
@by_option
def merge_driver(versions: tuple[str, ...], install: bool, by: str | None) -> None:
    """Let git merge two versions of a ledger.

    With --install, git calls it in this clone whenever both sides appended to a ledger.jsonl:
    what THEIRS holds is replayed into OURS, as 'factledger merge' does, and OURS is written. Where an
    entry cannot be taken, OURS stays as it is and git tells of a conflict. A side that the other
    only goes on from is taken as it is, with all its hashes.
    """
    if install == bool(versions) or len(versions) not in (0, 3):
        raise click.UsageError("wanted --install, or the three files BASE OURS THEIRS")
    for version in versions:
        existing_file(version)
    if install:
        click.echo(install_driver(Path.cwd()))
    else:
        merge_versions(Path(versions[1]), Path(versions[2]), by)


def merge_versions(ours: Path, theirs: Path, by: str | None) -> None:
    """Write what two versions of a ledger hold into the first; raises where that cannot be."""
    from factledger.cli.commands.merge import replay_notes, replay_summary
    from factledger.ledger.ledger import Ledger
    from factledger.ledger.replay import common_beginning

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        mine, other = (
            _copied(path, Path(folder, side)) for path, side in ((ours, "ours"), (theirs, "theirs"))
        )
        with (
            _told_of({mine: ours, other: theirs}),
            Ledger.open(mine, recorded_by=recorder_name()) as ledger,
            Ledger.open(other) as theirs_,
        ):
            common = common_beginning(ledger.index, theirs_.index)
            if common == len(theirs_):
                return
            if common == len(ledger):
                _put(other, ours)
                return
            done = ledger.merge(theirs_, recorded_by=by)
        _put(mine, ours)
        complain(*replay_notes("theirs", done), f"ledger.jsonl: {replay_summary(done, dry=False)}")


def _put(merged: Path, ours: Path) -> None:
    """Put what was merged in the place of a version, whole or not at all."""
    with refusing(ours):
        place = ours.resolve()
        write_durably(place, merged.read_bytes(), os.fsync, Access.of(place.stat()))


@contextmanager
def _told_of(versions: dict[Path, Path]) -> Iterator[None]:
    """Tell what is wrong with a copy of the version that it was made of."""
    try:
        yield
    except LogError as error:
        for copy, version in versions.items():
            if getattr(error, "path", None) == str(copy):
                told = LogError(str(error).replace(str(copy), str(version), 1))
                told.path = str(version)  # type: ignore[attr-defined]  # where the line begins
                raise told from error
        raise


def _copied(path: Path, folder: Path) -> Path:
    """Return a copy of a version under the name of a ledger, in a folder of its own."""
    folder.mkdir()
    copy = folder / _FILE
    shutil.copyfile(path, copy)
    return copy


def install_driver(folder: Path) -> str:
    """Set the driver in the configuration of a clone, and name it in the attributes that are its own.

    A clone that knows no driver merges by text what an attribute of the repository gives to one;
    so the attribute is of this clone as well.
    """
    _git(folder, "config", "merge.factledger.name", "replay what the other side appended")
    _git(folder, "config", "merge.factledger.driver", _DRIVER)
    attributes = Path(folder, _git(folder, "rev-parse", "--git-path", "info/attributes"))
    attributes.parent.mkdir(parents=True, exist_ok=True)
    add_lines(attributes, b"%b -text merge=factledger\n" % _FILE.encode())
    return f"git merges each {_FILE} of this clone with {_DRIVER!r}"


def _git(folder: Path, *words: str) -> str:
    """Return what git says in a folder; raises where it cannot be asked or says no."""
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True)  # noqa: S603, S607
    except OSError:
        raise click.UsageError("git was not found; install it") from None
    if done.returncode:
        raise click.UsageError(f"git {words[0]}: {done.stderr.strip()}; go into a clone")
    return done.stdout.strip()
