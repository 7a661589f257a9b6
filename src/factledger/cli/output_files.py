"""The files that commands write answers to: new ones, or exports of before that are made again.

Nothing that cannot be made again is written over: no ledger, key, checkpoint, proof or text.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from factledger.cli.types.paths import NamedPath
from factledger.errors import WriteRefused

if TYPE_CHECKING:
    from factledger.log.stores.placing.begun_files import BegunFile

_F = TypeVar("_F", bound=Callable[..., Any])
_FORCE = "factledger.force"
_ENDS = 65_536  # bytes at either end of a file that are looked at

# How each export begins, or a table of columns ends. What is not in here is not replaced: a file
# of lines is a ledger, and a checkpoint or a proof may be the only one of its day.
_OURS = re.compile(
    rb"""
    <svg\ xmlns="http://www\.w3\.org/2000/svg"\ viewBox="[0-9 ]+"\ [^>]*aria-labelledby="(lanes|curves)-title
    | \x89PNG\r\n\x1a\n .{25} \x00\x00\x00\x13tEXtSoftware\x00factledger
    | \{\n\ \ ("series":.{1,99}\n\ \ )?"from":.{1,999}"head":\ "[0-9a-f]{64}",\n\ \ "(lanes|curves)":
    | \{\n\ \ "title":\ \{\n\ \ \ \ "text":\ \{\n\ {6}"headline":\ .{1,9999}\n\ {6}"text":\ "<p>As\ known:
    | \[\n\ \ \{\n\ {4}"entry":\ 1,\n\ {4}"at":\ "[^"]+",\n\ {4}"batch":\ 1,\n\ {4}"hash":\ "[0-9a-f]{64}"
    | \[\n\ \ \{\n\ {4}"id":\ "[A-Za-z0-9._-]+",\n\ {4}"type":\ "(webpage|document)",\n\ {4}"title":
    | \{"also":\[[0-9,]*\],("because":[0-9]+,)?"derived":(true|false),"number":
    | entry,at,batch,hash,kind,id,label,
    | group,entry,label,shape,type,mode,sentence,
    | series,name,from,value\n
    | \#\ [^\n]+\n\n[0-9]+\ entr(y|ies),\ head\ `[0-9a-f]{64}`\.
    | \#\ What\ stood\ on\ [^\n]+\n\nAsked\ of\ the\ ledger\b
    | PAR1 .* factledger\.export
    | \xff\xff\xff\xff .* factledger\.export
    """,
    re.DOTALL | re.VERBOSE,
)


@attrs.frozen
class OutputFile:
    """A file to write to; with `replace`, an export of before may give it its place."""

    path: Path
    replace: bool = False

    def check_free(self) -> None:
        """Raise `UsageError` where something else than such an export is at the path.

        What is no file but a pipe or a device is written to as it is.
        """
        if self.path.is_file():
            if not is_export(self.path):
                fault = "is there already, and is no export that can be made again"
                raise click.UsageError(f"{self.path} {fault}; name another file")
            if not self.replace:
                raise click.UsageError(
                    f"{self.path} is there already; name another file, or replace it with --force"
                )


def is_export(path: Path) -> bool:
    """Return whether a file is what a command makes from a ledger, and can make again."""
    with refusing(path), path.open("rb") as file:
        start = file.read(_ENDS)
        file.seek(max(0, path.stat().st_size - _ENDS))
        return _OURS.match(start + file.read(_ENDS)) is not None


def output_file(ctx: click.Context, param: click.Parameter, path: Path | None) -> OutputFile | None:
    """Return the file that an option names, before any work is done for it."""
    if path is None:
        return None
    file = OutputFile(path, replace=ctx.meta.get(_FORCE, False))
    file.check_free()
    return file


def _forced(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    ctx.meta[_FORCE] = value


def file_option(*names: str, told: str) -> Callable[[_F], _F]:
    """Return an option that names a file to write to."""
    return click.option(
        *names,
        type=NamedPath(dir_okay=False, path_type=Path),
        callback=output_file,
        metavar="FILE",
        help=told,
    )


def output_option(command: _F) -> _F:
    """Return the command with the options --output and --force."""
    force = click.option(
        "--force",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_forced,
        help="Replace a file that is an export of before.",
    )
    return file_option("-o", "--output", told="Write it to this file.")(force(command))


NOTHING = "nothing was written"


@contextmanager
def refusing(path: Path, left: str = NOTHING) -> Iterator[None]:
    """Raise `WriteRefused` for any write at or below a path that the system refuses; `left` says what was done."""
    from factledger.log.stores.files import reason

    try:
        yield
    except OSError as error:
        raise WriteRefused(str(path), reason(error), left) from None


@contextmanager
def written_to(file: OutputFile | None) -> Iterator[None]:
    """Redirect standard output to a file, if one is named; it is there once all is written."""
    if file is None:
        yield
        return
    with refusing(file.path):
        if file.path.exists() and not file.path.is_file():
            with _redirected(os.open(file.path, os.O_WRONLY)):
                yield
            return
        from factledger.log.stores.placing.begun_files import begun_file

        file = attrs.evolve(file, path=file.path.resolve())  # what a link leads to, not the link
        with begun_file(file.path, 0o666) as part:
            with _redirected(os.dup(part.fd)):
                yield
                sys.stdout.flush()
                os.fsync(part.fd)
            _put(part, file)


@contextmanager
def _redirected(fd: int) -> Iterator[None]:
    with (
        open(fd, "w", encoding="utf-8", newline="\n") as stream,
        redirect_stdout(stream),
    ):
        yield


def _put(part: BegunFile, file: OutputFile) -> None:
    """Give a file its name, in one step; what came there meanwhile is looked at as before."""
    from factledger.log.stores.files import Access

    file.check_free()
    if not file.path.exists():
        with suppress(FileExistsError):
            part.take_free(file.path)
            return
        file.check_free()
    Access.of(file.path.stat()).give_to(part.fd)
    part.take(file.path)
