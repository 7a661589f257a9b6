"""One ledger from many threads: all is written that was acknowledged, and nobody reads what was refused."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from factledger import Ledger
from factledger.errors import Busy, LogError, Refused

ADDRESSES = ("memory:", "ledger", "ledger.db")


@pytest.fixture(autouse=True)
def _switching() -> Iterator[None]:
    """Let threads take turns far more often than they do by themselves."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.fixture(params=ADDRESSES)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger of two countries and a source, in each store."""
    address = request.param if request.param == "memory:" else str(tmp_path / request.param)
    with Ledger.create(address, origin="threads") as made:
        made.append(
            {"kind": "source", "id": "wire", "title": "Wire", "published": "2024-05-01"},
            *({"kind": "actor", "id": x, "category": "country", "names": [x]} for x in "AB"),
        )
        yield made


def visit(label: str) -> dict[str, Any]:
    """Return the claim that A visited B."""
    return {
        "kind": "event",
        "type": "CONSULT",
        "mode": "visit",
        "when": "2024-01-02",
        "label": label,
        "participants": [{"role": "actor", "actor": "A"}, {"role": "recipient", "actor": "B"}],
        "citations": [{"source": "wire", "locator": label}],
    }


def together(*works: Callable[[], object]) -> None:
    """Run each work in a thread of its own; raise what one of them raised."""
    with ThreadPoolExecutor(len(works)) as pool:
        for future in [pool.submit(work) for work in works]:
            future.result()


def test_what_threads_append_is_all_there(ledger: Ledger) -> None:
    """Eight threads append to one ledger, each in turn: every number is given once, nothing is lost."""
    numbers: list[int] = []

    def append(name: int) -> None:
        for place in range(6):
            numbers.extend(entry.number for entry in ledger.append(visit(f"w{name}-{place}")))

    together(*(lambda name=name: append(name) for name in range(8)))
    assert sorted(numbers) == [*range(5, 53)]
    assert len({entry.record.label for entry in ledger.entries(5)}) == 48  # type: ignore[union-attr]
    assert not ledger.verify()
    assert not ledger.check()


def test_who_reads_beside_who_appends_gets_whole_answers(ledger: Ledger) -> None:
    """An answer is that of a moment at which some batches were whole; it never goes back."""
    done = threading.Event()

    def append() -> None:
        try:
            for place in range(12):
                ledger.append(visit(f"a{place}"), visit(f"b{place}"))
        finally:
            done.set()

    def read() -> None:
        before = 0
        while not done.is_set():
            view = ledger.as_of("2024-06-01")
            found = len(view.between("A", "B").standings)
            assert found % 2 == 0
            assert found >= before
            assert found == view.belief.recorded - 4
            before = found

    together(append, read, read, read)
    assert len(ledger.as_of("2024-06-01").standings) == 24


def test_what_is_refused_is_read_by_nobody(ledger: Ledger) -> None:
    """While one thread tries batches that are refused, others never see a claim of them."""
    done = threading.Event()

    def refused() -> None:
        try:
            for place in range(15):
                with pytest.raises(Refused):
                    ledger.append(
                        visit(f"x{place}"), {"kind": "retract", "target": 999, "reason": "x"}
                    )
        finally:
            done.set()

    def read() -> None:
        while not done.is_set():
            assert len(ledger) == 4
            assert not ledger.as_of("2024-06-01").standings

    together(refused, read, read)


def test_a_thread_waits_for_who_holds_the_ledger(ledger: Ledger) -> None:
    """Beside `writing` of another thread an append is refused as busy after its timeout, a question answered."""
    asked: list[int] = []

    def beside() -> None:
        with pytest.raises(Busy):
            ledger.append(visit("other"), timeout=0.05)
        asked.append(len(ledger.as_of("2024-06-01").standings))

    with ledger.writing():
        ledger.append(visit("mine"))
        together(beside)
        ledger.append(visit("mine-too"))
    ledger.append(visit("other"), timeout=0.05)
    assert asked == [1]
    assert len(ledger) == 7


def test_erasing_beside_readers_lets_nobody_see_half(ledger: Ledger) -> None:
    """While content is erased, others see the claim or see it erased, and never an error."""
    entries = ledger.append(*(visit(f"e{place}") for place in range(6)))
    done = threading.Event()

    def erase() -> None:
        try:
            for entry in entries:
                ledger.redact(entry.number, reason="asked", authority="court", leave_traces=True)
        finally:
            done.set()

    def read() -> None:
        while not done.is_set():
            assert len(ledger.as_of("2024-06-01").standings) <= 6

    together(erase, read, read)
    assert not ledger.as_of("2024-06-01").standings


def test_a_web_application_serves_many_at_once(ledger: Ledger) -> None:
    """Under load, an application with one ledger answers each request, and appends each once."""
    import asyncio

    import httpx
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    def asked(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(ledger.as_of("2024-06-01").standings)))

    def appended(request: Request) -> PlainTextResponse:
        [entry] = ledger.append(visit(request.path_params["label"]))
        return PlainTextResponse(str(entry.number))

    routes = [Route("/asked", asked), Route("/append/{label}", appended)]
    transport = httpx.ASGITransport(Starlette(routes=routes))

    async def load() -> list[httpx.Response]:
        paths = [path for n in range(25) for path in ("/asked", f"/append/v{n}", "/asked")]
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await asyncio.gather(*map(client.get, paths))

    found = asyncio.run(load())
    assert {answer.status_code for answer in found} == {200}
    assert sorted(int(answer.text) for answer in found[1::3]) == [*range(5, 30)]
    assert len(ledger.as_of("2024-06-01").standings) == 25


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_process_forked_beside_an_append_does_not_hang(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child of a process whose other thread holds the ledger is told, and waits for nobody."""
    monkeypatch.setattr("factledger.log.stores.thread_locks.MOST_WAITED", 0.2)
    inside, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with ledger.writing(), ledger._kept.lock:
            inside.set()
            go_on.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    child = os.fork()
    if not child:  # pragma: no cover
        code = 1
        try:
            ledger.append(visit("child"), timeout=1)
        except Exception as error:
            code = 0 if "forked" in str(error) or isinstance(error, Busy) else 2
        os._exit(code if ledger.address != "memory:" else 0)
    go_on.set()
    holder.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_ledger_is_closed_while_threads_use_it(ledger: Ledger) -> None:
    """Each of them ends what it is at, or is told that the ledger was closed; what was acknowledged is there."""
    told: list[str] = []
    written: list[int] = []
    ended, begun = threading.Event(), threading.Barrier(7)

    def use(name: int) -> None:
        begun.wait()
        for place in range(100):
            try:
                if name % 2:
                    written.extend(one.number for one in ledger.append(visit(f"w{name}-{place}")))
                else:
                    ledger.refresh()
                    _ = ledger.as_of("2024-02-01").standings
            except LogError as error:
                told.append(str(error))
                return
            if ended.is_set():
                return

    def close() -> None:
        begun.wait()
        while len(written) < 3:
            ended.wait(0.01)
        ledger.close()
        ended.set()

    together(close, *(lambda name=name: use(name) for name in range(6)))
    assert all("the ledger was closed; open it again" in text for text in told)
    assert len(written) == len(set(written))
    if ledger.address != "memory:":
        with Ledger.open(ledger.address) as again:
            assert sorted(written) == list(range(5, len(again) + 1))


def test_who_closes_in_its_own_turn_does_not_wait_for_itself(ledger: Ledger) -> None:
    """It is a mistake, and ends at once."""
    begun = time.monotonic()
    with ledger.writing():
        ledger.close()
    assert time.monotonic() < begun + 5
