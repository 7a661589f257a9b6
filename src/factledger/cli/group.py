"""The verbs, each in a module of its own that is imported when the verb is called."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from factledger import __version__
from factledger.cli.blame import FAULTS, blamed
from factledger.cli.outcome import MISUSED, outcome
from factledger.cli.types.paths import NamedPath
from factledger.errors import FactledgerError

_EARLY = "-[0-9]{4}(-[0-9]{2}){0,2}"
_MINUS = "\N{MINUS SIGN}"  # by which a date passes the reader of options
COMPLETE = "_FACTLEDGER_COMPLETE"
SPOKEN = "FACTLEDGER_LANGUAGE"

# The summaries are repeated here so that help imports no verb; a test holds them to the verbs.
VERBS = {
    "init": "Make a new ledger.",
    "append": "Append the records of drafts to the ledger.",
    "add": "Add claims of a source, one after another.",
    "draft": "Make a draft of what was marked in other programs.",
    "source": "Keep the texts of sources beside the ledger.",
    "import": "Import the rows of a file into the ledger.",
    "asof": "Show what stood on a date.",
    "search": "Find the entries in which words are.",
    "holders": "Show who held a post, from when to when.",
    "gaps": "Show when nobody is known to have held a post.",
    "overlaps": "Show when two held one post.",
    "disputes": "Show what is in dispute, with both sides.",
    "suggest": "Suggest which claims are one thing told twice.",
    "timeline": "Draw how claims stood along time.",
    "plot": "Draw a timeline, or numbers along time, as a picture.",
    "report": "Write what stood on a date as a report in Markdown.",
    "diff": "Show what differs between two answers, and why.",
    "vintages": "Show what the ledger answered about a date, and when.",
    "log": "List the entries of the ledger.",
    "show": "Show one entry in full.",
    "types": "List the types that a claim can have.",
    "why": "Tell why a claim stands as it does.",
    "serve": "Look at the ledger in a browser.",
    "mcp": "Serve the ledger to an agent.",
    "site": "Write the pages of the ledger as files.",
    "redact": "Erase the content of entries for good.",
    "check": "Check every entry of the ledger.",
    "verify": "Verify the hashes of the ledger, and its citations against a text.",
    "checkpoint": "Print a checkpoint of the ledger.",
    "prove": "Prove that entries are in a checkpoint.",
    "bundle": "Make a bundle to hand over: entries, their proofs, and how to verify them.",
    "key": "Make a key to sign checkpoints with, or to seal passages with.",
    "export": "Write the whole ledger to standard output.",
    "copy": "Copy a ledger into another store.",
    "merge": "Replay what a colleague's ledger holds into this one.",
    "merge-driver": "Let git merge two versions of a ledger.",
    "reindex": "Make the index of a ledger anew.",
    "scale": "Verify or fold a large ledger, or import a large file, in parts.",
    "postgres": "Keep a ledger on a PostgreSQL server.",
    "demo": "Write a ledger to try things on.",
    "completion": "Print the script that completes commands in a shell.",
}


def module_of(verb: str) -> str:
    """Return the name of the module of a verb and of its command: `import` is a word of Python's own."""
    return "import_rows" if verb == "import" else verb.replace("-", "_")


class Verb(click.Command):
    """One command, with examples that can be pasted."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; a date before our era, -0043-03-15, is no option."""
        return super().parse_args(
            ctx, [_MINUS + a[1:] if a[:1] == "-" and re.fullmatch(_EARLY, a) else a for a in args]
        )

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help and, below it, the examples."""
        super().format_help_text(ctx, formatter)
        write_examples(formatter, self.examples)


class Verbs(click.Group):
    """All commands, in the order of first use; every error ends in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, imported now; None where there is no such verb."""
        if cmd_name not in VERBS:
            return None
        name = module_of(cmd_name)
        return getattr(import_module(f"factledger.cli.commands.{name}"), name)  # type: ignore[no-any-return]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that the arguments name; raises with the verb that was probably meant."""
        if args[0] not in VERBS and not args[0].startswith("-"):
            from factledger.text import nearest

            near = nearest(args[0], VERBS)
            advice = f"did you mean {near!r}?" if near else "'factledger --help' lists them"
            raise click.UsageError(f"no command {args[0]!r}; {advice}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs with their summaries, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help and, below it, the first steps."""
        super().format_help_text(ctx, formatter)
        write_examples(formatter, ("factledger demo", "factledger asof 2023-04-01"))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *_: object,
        **extra: Any,
    ) -> NoReturn:
        """Run a command line and exit with its code; every error ends in a line."""
        name = prog_name or "factledger"
        words = list(sys.argv[1:] if args is None else args)
        sys.exit(outcome(lambda: self.run(name, words, **extra)))

    def run(self, name: str, args: list[str], **extra: Any) -> None:
        """Run a command line, or tell a shell how it can go on; raises every error."""
        instruction = os.environ.get(COMPLETE)
        if instruction:
            raise click.exceptions.Exit(completed(self, name, instruction))
        with self.make_context(name, args, **extra) as ctx:
            try:
                self.invoke(ctx)
            except FAULTS as fault:
                if isinstance(fault, FactledgerError):
                    raise
                raise blamed(ctx) or fault from None


def completed(verbs: click.Command, name: str, instruction: str) -> int:
    """Tell a shell how a command line can go on; return the exit code."""
    from click.shell_completion import shell_complete

    try:
        return shell_complete(verbs, {}, name, COMPLETE, instruction)
    except (KeyError, ValueError):  # what else the shell sets is missing, or no number
        return MISUSED


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """Write a block of command lines that are not wrapped."""
    with formatter.section("Example"):
        for line in examples:
            formatter.write(f"{'':{formatter.current_indent}}{line}\n")


def _speak(ctx: click.Context, language: str) -> None:
    """Tell dates in a language until the command ends; raises `NotFound` for one that is not there."""
    from factledger.dates.wording.languages import LANGUAGE, wording_of

    wording_of(language)
    token = LANGUAGE.set(language)
    ctx.call_on_close(lambda: LANGUAGE.reset(token))


@click.group(
    cls=Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "-l",
    "--ledger",
    "address",
    envvar="FACTLEDGER",
    type=NamedPath(),
    metavar="PATH",
    help="The ledger, for any command; it can also be named after the command.",
)
@click.version_option(__version__, prog_name="factledger")
@click.pass_context
def cli(ctx: click.Context, address: str | None) -> None:
    """Keep what sources say, and answer what stood on a date.

    A ledger is found by -l, by $FACTLEDGER, as ledger.jsonl in this folder, or in the folder
    ledgers of this folder or one above it. Dates are told in the language of $FACTLEDGER_LANGUAGE:
    en, or a file like dates/wording/en.toml.

    Exit codes: 0 done, 1 the ledger says no, 2 the command was misused, 70 a fault of
    factledger, 130 interrupted, 141 the reader of the output went away.
    """
    from factledger.cli.terminal import colour_wanted

    ctx.color = colour_wanted(os.environ)
    if os.environ.get(SPOKEN):
        _speak(ctx, os.environ[SPOKEN])
    if address is not None:
        ctx.default_map = {verb: {"address": address} for verb in VERBS}
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(MISUSED)
