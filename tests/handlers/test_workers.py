"""Several workers on one PostgreSQL, behind a load balancer that knows nothing of chats."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
import pytest

from bot.conversation.knowledge import Knowledge
from bot.handlers.registering import Hook
from bot.handlers.service import Manner, Service
from bot.preview import LOCAL_TOKEN, Preview
from bot.store import Sealer
from bot.store.postgres import PostgresStore
from tests.balancer import Balancer
from tests.handlers.conftest import KEY, next_words
from tests.handlers.test_delivery import QUICK, gone
from tests.handlers.test_sending import PNG
from tests.handlers.test_webhook import WORD, free_port
from tests.store.server import Server, postgres
from tests.torture.life import crowd, replies, write_to

PEOPLE, EACH = 12, 8


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as running:
        yield running


@pytest.fixture
async def balancer() -> AsyncIterator[Balancer]:
    async with Balancer().serving() as serving:
        yield serving


@asynccontextmanager
async def worker(preview: Preview, knowledge: Knowledge, database: str, balancer: Balancer) -> AsyncIterator[Service]:
    sealer = Sealer([KEY])
    store = await PostgresStore(database, sealer).open()
    port = free_port()

    async def draw(_: object) -> bytes:
        return PNG

    manner = Manner(webhook=Hook(balancer.url, WORD, "127.0.0.1", port), rates=QUICK, draw=draw)
    try:
        async with Service(LOCAL_TOKEN, preview.api_url, knowledge, store, sealer.alias, manner) as service:
            balancer.ports.append(port)
            yield service
    finally:
        await store.close()


async def emptied(service: Service) -> None:
    while await service.turns.store.pending(0, 1):
        await asyncio.sleep(0.02)


@pytest.mark.fault("F12")
async def test_two_workers_answer_everything_once_and_each_chat_in_order_while_one_leaves_and_another_comes(
    preview: Preview, knowledge: Knowledge, server: Server, balancer: Balancer
) -> None:
    world, database = preview.world, server.fresh()
    world.webhook_retry = 0.01
    people = crowd(world, PEOPLE)
    async with AsyncExitStack() as leaving, AsyncExitStack() as staying:
        await leaving.enter_async_context(worker(preview, knowledge, database, balancer))
        second = await staying.enter_async_context(worker(preview, knowledge, database, balancer))
        for number in range(PEOPLE * EACH):
            update = write_to(world, people[number % PEOPLE], f"/m{number}")
            if number % 5 == 0:
                world.updates.pending.append(update)
            if number == PEOPLE * EACH // 2:
                await leaving.aclose()
                await staying.enter_async_context(worker(preview, knowledge, database, balancer))
        await gone(world)
        await emptied(second)
    assert len(balancer.dealt) >= 2
    for index, person in enumerate(people):
        assert replies(world, person) == [*range(index, PEOPLE * EACH, PEOPLE)]


async def test_what_one_worker_remembers_another_goes_on_with(
    preview: Preview, knowledge: Knowledge, server: Server, balancer: Balancer
) -> None:
    database = server.fresh()
    async with worker(preview, knowledge, database, balancer):
        preview.world.say("alex", "coder pay in texas")
        assert "Texas" in (await next_words(preview.world, "alex"))["text"]
        await gone(preview.world)
    async with worker(preview, knowledge, database, balancer):
        preview.world.say("alex", "and in ohio?")
        assert "Ohio" in (await next_words(preview.world, "alex"))["text"]


async def test_the_numbers_of_all_workers_add_up(
    preview: Preview, knowledge: Knowledge, server: Server, balancer: Balancer
) -> None:
    database, world = server.fresh(), preview.world
    people = crowd(world, 4)
    async with (
        worker(preview, knowledge, database, balancer) as one,
        worker(preview, knowledge, database, balancer),
        aiohttp.ClientSession() as http,
    ):
        for number, person in enumerate(people):
            write_to(world, person, f"/m{number}")
        await gone(world)
        await emptied(one)
        shown = {"Authorization": f"Bearer {WORD}"}
        asked = [http.get(f"http://127.0.0.1:{port}/metrics", headers=shown) for port in balancer.ports]
        pages = [await answer.text() for answer in await asyncio.gather(*asked)]
    counted = [float(n) for page in pages for n in re.findall(r'advisor_updates_total{result="applied"} (\S+)', page)]
    assert sum(counted) == len(people)
    assert "advisor_last_fetch_seconds" not in pages[0], "nobody fetches"


async def test_a_picture_that_one_worker_uploaded_is_sent_by_its_id_by_another(
    preview: Preview, knowledge: Knowledge, server: Server, balancer: Balancer
) -> None:
    database, world = server.fresh(), preview.world
    for _ in range(2):
        async with worker(preview, knowledge, database, balancer) as service:
            world.say("alex", "coder pay in houston")
            await gone(world)
            await emptied(service)
    first, second = world.calls_of("sendPhoto")
    assert second.params["photo"] == first.result["photo"][-1]["file_id"]


@pytest.mark.fault("F17")
async def test_two_workers_that_both_fail_at_an_update_apologise_once(
    preview: Preview, knowledge: Knowledge, server: Server, balancer: Balancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr("bot.handlers.turns.respond", broken)
    world, database = preview.world, server.fresh()
    world.say("alex", "/start")
    world.updates.drop_all()
    async with (
        worker(preview, knowledge, database, balancer) as one,
        worker(preview, knowledge, database, balancer) as two,
    ):
        world.say("alex", "hi")
        (update,) = world.updates.pending
        await asyncio.gather(*(service.webhook._keep(update) for service in (one, two) if service.webhook))
        await gone(world)
        await emptied(one)
        counts = await one.turns.store.counts()
    assert counts["dead_letters"] == 1
    told = Counter(message["text"] for message in world.bot_messages("alex"))
    assert told == {knowledge.voice["error"]: 1}
