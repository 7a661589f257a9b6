"""Tasks on the workers of a Dask cluster, through the executor that its client gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from factledger.errors import LogError, MissingExtra
from factledger.scaling.running import Runner, on

_RETRIES = 3


@contextmanager
def cluster(address: str) -> Iterator[Runner]:
    """Give what runs tasks on the cluster of a scheduler, such as `tcp://HOST:8786`.

    The workers read and write the same folder as this process. Raises `MissingExtra` where
    distributed is not installed, and `LogError` where no scheduler answers.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise MissingExtra("tasks on a cluster", "distributed", "dask") from None
    connect: Any = Client  # it has no types
    try:
        client = connect(address, set_as_default=False, timeout="10s")
    except (OSError, ValueError) as error:
        raise LogError(f"{address}: no scheduler answers ({type(error).__name__})") from None
    with client:
        # Not pure: a task is not to be answered from what it gave before a file changed.
        yield on(client.get_executor(pure=False, retries=_RETRIES))
