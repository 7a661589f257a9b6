"""`factledger key`: a key to sign checkpoints with."""

from __future__ import annotations

from pathlib import Path

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option
from factledger.cli.output_files import OutputFile, output_option
from factledger.cli.proving.proof_files import store_at
from factledger.cli.types.paths import NamedPath


@click.command(cls=Verb, examples=["factledger key new.key -o new.pub"])
@click.argument("path", type=NamedPath(dir_okay=False), metavar="FILE")
@click.option("--seal", is_flag=True, help="Make a key to seal passages with, not to sign with.")
@click.option("--public", is_flag=True, help="Print the public key of a file that is there.")
@output_option
@ledger_option
def key(
    path: str, seal: bool, public: bool, output: OutputFile | None, address: str | None
) -> None:
    """Make a key to sign checkpoints with, or to seal passages with.

    FILE becomes the private key of the ledger, which only its owner can read; what is there is
    never written over. The public key is printed, or written to the file of -o, for all who verify: hand it out before they
    need it. The key bears the origin of the ledger as its name, and signs for this ledger alone.
    Beside it, in FILE.signed, it stands what it signed last: keep the two together. Signing needs
    factledger[sign].

    With --seal it is a key for 'append --seal-key': there is no public half, and whoever is to
    verify the passages is given the file. Its id is printed.
    """
    from factledger.cli.output import write_out
    from factledger.log.proofs.key_files import make_key, read_key
    from factledger.log.proofs.prover import origin_of
    from factledger.text import show

    if seal and (public or output):
        raise click.UsageError("a key to seal with has no public half")
    if seal:
        from factledger.log.proofs.seal_keys import make_seal_key

        click.echo(make_seal_key(Path(path)).id)
        return
    if public:
        public_key = read_key(Path(path)).public
    else:
        with store_at(address) as store:
            first = next(store.read(1)).hash
            public_key = make_key(Path(path), origin_of(store), first=first)
    write_out(f"{show(str(public_key))}\n".encode(), output)
