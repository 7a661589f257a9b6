"""`factledger completion`: the script that completes commands in a shell."""

from __future__ import annotations

from typing import cast

import click

from factledger.cli.group import COMPLETE, Verb


@click.command(
    cls=Verb, examples=['eval "$(factledger completion bash)"', "factledger completion fish"]
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands in a shell.

    For fish, write it to ~/.config/fish/completions/factledger.fish.
    """
    from click.shell_completion import ShellComplete, get_completion_class

    complete = cast("type[ShellComplete]", get_completion_class(shell))  # click has these three
    click.echo(complete(ctx.find_root().command, {}, "factledger", COMPLETE).source())
