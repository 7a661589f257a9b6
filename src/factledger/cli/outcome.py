"""The end of a command: its lines on standard error, and its exit code."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

import click

from factledger.errors import FactledgerError, Refused
from factledger.text import show

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger

DONE, LEDGER_SAYS_NO, MISUSED, OUR_FAULT, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 70, 130, 141
TRACEBACK = "FACTLEDGER_TRACEBACK"
_SAID = 200
_MORE = "give it more memory (ulimit -v)"
_REPORT = f"set {TRACEBACK}=1 to see where it lies, and report it"


def outcome(act: Callable[[], None]) -> int:
    """Do the work of a command and return its exit code; whatever is raised ends in a line.

    A fault of factledger is told as such; with `FACTLEDGER_TRACEBACK=1`, below its traceback.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a narrow encoding is no reason to fail
    try:
        act()
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        complain(f"Error: {_message(error)}{_pointer(error)}")
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as stop:
        complain(f"interrupted: {stop}" if str(stop) else "interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return CLOSED_PIPE
    except Exception as error:
        if isinstance(error, OSError):
            _discard_output()
        lines = refusal_lines(error)
        complain(*(lines or fault_lines(error)))
        return LEDGER_SAYS_NO if lines else OUR_FAULT
    return DONE


def leave(code: object) -> NoReturn:
    """End the process with an exit code.

    The interpreter is not taken down first: nothing is left to save, and it takes a tenth of the
    time of a short command. Functions that are registered with `atexit` are called.
    """
    atexit._run_exitfuncs()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else LEDGER_SAYS_NO)


def error_lines(error: FactledgerError) -> list[str]:
    """Return the lines of an error; each begins with its place, where it has one."""
    if isinstance(error, Refused):
        from factledger.cli.text.problems import problem_lines

        return [*problem_lines(error.problems)]
    return [str(error) if hasattr(error, "path") else f"Error: {error}"]


def refusal_lines(error: Exception) -> list[str]:
    """Return the lines for what the ledger or the machine refuses; none for a fault of factledger."""
    if isinstance(error, FactledgerError):
        return error_lines(error)
    if isinstance(error, OSError):
        what = "write the output" if error.filename is None else f"read or write {error.filename}"
        return [f"Error: cannot {what}: {error.strerror or error}; the answer is incomplete"]
    if isinstance(error, MemoryError):
        why = f" ({error})" if str(error) else ""
        return [f"Error: this takes more memory than there is{why}; {_MORE}, or ask for less"]
    if isinstance(error, SystemError):
        return [f"Error: the interpreter failed ({error}), as where memory runs out; {_MORE}"]
    if isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError):
        return [f"Error: a library cannot be loaded: {error}; {_MORE} and files (ulimit -n)"]
    return []  # also where a module is missing: an incomplete installation is nobody else's


def fault_lines(fault: Exception) -> list[str]:
    """Return the line that tells of a fault of factledger, below its traceback if that is wanted."""
    said = f"{type(fault).__name__}: {fault}"
    line = f"Error: a fault of factledger: {said[:_SAID]}; {_REPORT}"
    if not os.environ.get(TRACEBACK):
        return [line]
    from traceback import format_exception  # only a fault needs it

    return [*"".join(format_exception(fault)).rstrip().split("\n"), line]


def complain(*lines: str) -> None:
    """Write lines to standard error; a line stays one line, whatever it holds."""
    with suppress(OSError, ValueError):  # nobody may be there to read it
        for line in lines:
            click.echo(show(line), err=True)


def torn_note(ledger: Ledger) -> None:
    """Write to standard error what is left of an append that never finished, if anything is."""
    if ledger.torn is not None:
        complain(f"{ledger.address}: note: {ledger.torn}")


def _message(error: click.ClickException) -> str:
    """Return what click says of a mistake; it writes a list of choices over several lines."""
    said = error.format_message()
    return " ".join(said.split()) if isinstance(error, click.MissingParameter) else said


def _pointer(error: click.ClickException) -> str:
    """Return the hint at the help of the misused command."""
    context = getattr(error, "ctx", None)
    return f" ('{context.command_path} --help' tells more)" if context else ""


def _discard_output() -> None:
    """Throw away buffered output, so that the end of the process does not fail on it."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
