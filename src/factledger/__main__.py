"""`python -m factledger` is the command `factledger`."""

from __future__ import annotations

from factledger.cli import main

if __name__ == "__main__":
    main()
