"""Several workers on one PostgreSQL: kill -9 of workers and of the server, every update delivered twice or more."""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.preview import Preview
from tests.store.server import Server, postgres
from tests.torture.swarm import Swarm, told

KILLS = int(os.environ.get("TORTURE_WORKER_KILLS", "12"))
SERVER_KILLS = 3
PEOPLE, PAUSE = 60, 5.0  # seconds; a person who writes more than once a second to one worker is told to slow down


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as running:
        yield running


@pytest.mark.torture
@pytest.mark.fault("F12")
@pytest.mark.fault("F14")
@pytest.mark.fault("F21")
@pytest.mark.fault("F22")
async def test_three_workers_and_their_server_are_killed_and_every_chat_is_exact(
    preview: Preview, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = time.monotonic()
    async with Swarm(preview, tmp_path, server, PEOPLE) as swarm:
        talking = [asyncio.create_task(swarm.texts_and_presses(person, 10_000, PAUSE)) for person in swarm.people]
        watching = asyncio.create_task(swarm.supervised())
        for kill in range(1, KILLS + 1):
            await asyncio.sleep(swarm.chance.uniform(8.0, 16.0))
            swarm.kill_one()
            if kill % (KILLS // SERVER_KILLS or 1) == 0:
                await asyncio.to_thread(server.kill)
                await asyncio.sleep(swarm.chance.uniform(0.0, 2.0))
                await asyncio.to_thread(server.start)
        swarm.enough = True
        await asyncio.gather(*talking)
        await swarm.emptied()
        watching.cancel()
        stop = await swarm.stop()
        report = swarm.report()
    with capsys.disabled():
        print(f"\n{KILLS} workers and {SERVER_KILLS} servers killed, {time.monotonic() - start:.0f} s; {report}")
    assert report.exact, (report, report.wrong)
    assert stop < 15


@pytest.mark.torture
@pytest.mark.fault("F13")
async def test_the_same_without_the_lock_is_noticed(
    preview: Preview, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Swarm(preview, tmp_path, server, 20, variant="no_lock") as swarm:
        await asyncio.gather(*(swarm.texts_and_presses(person, 4) for person in swarm.people))
        await swarm.emptied()
        report = swarm.report()
    with capsys.disabled():
        print(f"\nwithout the lock: {report}")
    assert report.wrong
    assert not report.exact


@pytest.mark.torture
@pytest.mark.parametrize("workers", [1, 2, 4])
async def test_how_many_updates_so_many_workers_take(
    preview: Preview, server: Server, tmp_path: Path, workers: int, capsys: pytest.CaptureFixture[str]
) -> None:
    size = 1500
    async with Swarm(preview, tmp_path, server, size, workers, a_second=1000) as swarm:
        ports, start = itertools.cycle(swarm.ports), time.monotonic()
        left = iter([(number, person) for number, person in enumerate(swarm.people, start=1)])

        async def feed() -> None:
            for number, person in left:
                swarm.texts[number] = person
                update = {"update_id": number} | told(person, f"/m{number}")
                swarm.updates.append(update)
                while not await swarm.deliver(update, next(ports)):
                    await asyncio.sleep(0.1)

        await asyncio.gather(*(feed() for _ in range(32)))
        taken = size / (time.monotonic() - start)
        await swarm.emptied()
        answered = size / (time.monotonic() - start)
        report = swarm.report()
    with capsys.disabled():
        print(f"\n{workers} workers: {taken:.0f} updates a second taken, {answered:.0f} answered; {report}")
    assert report.exact, report
