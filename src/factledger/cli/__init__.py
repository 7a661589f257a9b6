"""The command line: the only room that prints or exits."""

from __future__ import annotations

from factledger.cli.group import cli


def main() -> None:
    """Run the command line with the arguments of the process, and exit with its code."""
    cli.main(prog_name="factledger")


__all__ = ["cli", "main"]
