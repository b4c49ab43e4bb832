"""A store in a fresh folder, the same one after a restart, and a PostgreSQL for those that need one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store import Sealer, SqliteStore, Store
from tests.handlers.conftest import KEY
from tests.store.conformance import Clock, Fresh
from tests.store.server import Server, postgres


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "new" / "advisor.db"


@pytest.fixture
def opened() -> list[Store]:
    return []


@pytest.fixture
async def reopen(database: Path, clock: Clock, opened: list[Store]) -> AsyncIterator[Fresh]:
    async def reopen() -> Store:
        for store in opened:
            await store.close()
        opened.append(await SqliteStore(database, Sealer([KEY]), clock).open())
        return opened[-1]

    yield reopen
    for store in opened:
        await store.close()


@pytest.fixture
async def store(reopen: Fresh) -> Store:
    return await reopen()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as running:
        yield running


@pytest.fixture
def url(server: Server) -> str:
    return server.fresh()
