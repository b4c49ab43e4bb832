"""The store on a real PostgreSQL: everything any store must do, several processes at once, and a server that dies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from bot.conversation.state import State
from bot.store import Key, Outcome, Sealer, Store
from bot.store.postgres import PostgresStore
from tests.handlers.conftest import KEY
from tests.store.conformance import Clock, Conformance, Fresh, counting, turns_of
from tests.store.server import Server, postgres

SEALER = Sealer([KEY])


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as running:
        yield running


@pytest.fixture
def url(server: Server) -> str:
    return server.fresh()


@pytest.fixture
async def reopen(url: str, clock: Clock, opened: list[Store]) -> AsyncIterator[Fresh]:
    async def reopen() -> Store:
        for store in opened:
            await store.close()
        opened.append(await PostgresStore(url, SEALER, clock).open())
        return opened[-1]

    yield reopen
    for store in opened:
        await store.close()


@pytest.fixture
async def other(store: Store, url: str, clock: Clock) -> AsyncIterator[Store]:
    """A second process on the same database, as far as the database can tell."""
    second = await PostgresStore(url, SEALER, clock).open()
    yield second
    await second.close()


class TestPostgres(Conformance):
    """The whole conformance suite."""


class Forgetful(PostgresStore):
    """Broken on purpose: the row is read without being held, and kept whatever has become of it meanwhile."""

    async def apply(self, update_id: int, key: Key, decide: Callable[[State], Outcome]) -> Outcome | None:
        return await super().apply(update_id, Key(key.chat, key.person, key.topic), decide)


@pytest.mark.fault("F12")
async def test_two_processes_given_the_same_updates_at_once_apply_each_once(store: Store, other: Store) -> None:
    work = [one.apply(n, Key(n % 5, n % 5), counting()) for n in range(100) for one in (store, other)]
    outcomes = await asyncio.gather(*work)
    assert sum(outcome is not None for outcome in outcomes) == 100
    assert [await turns_of(store, Key(n, n)) for n in range(5)] == [20] * 5
