"""The real Application, with the real core and the real store, against the preview over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.charts import Painter
from bot.conversation.knowledge import Knowledge
from bot.handlers.service import Manner, Service
from bot.preview import LOCAL_TOKEN, Preview, World
from bot.store import Sealer, SqliteStore

KEY = "dGhpcyBpcyBhIHRlc3Qga2V5LCBub3QgYSBzZWNyZXQ="


@dataclass
class Stage:
    """A running bot and the world it lives in."""

    preview: Preview
    service: Service

    @property
    def world(self) -> World:
        return self.preview.world


async def next_words(world: World, who: str) -> dict[str, Any]:
    """The bot's next message of words; pictures come when they come."""
    event = await world.next_event(
        who, "message", fits=lambda e: e["message"]["from"]["is_bot"] and "text" in e["message"]
    )
    message: dict[str, Any] = event["message"]
    return message


@asynccontextmanager
async def running(
    preview: Preview, knowledge: Knowledge, database: Path, manner: Manner | None = None
) -> AsyncIterator[Service]:
    sealer = Sealer([KEY])
    store = await SqliteStore(database, sealer).open()
    painter = Painter(database.parent.parent / "pictures")
    try:
        manner = manner or Manner(long_poll=5, draw=painter.draw)
        async with Service(LOCAL_TOKEN, preview.api_url, knowledge, store, sealer.alias, manner) as service:
            await service.introduce()
            yield service
    finally:
        await painter.close()
        await store.close()


@pytest.fixture
async def stage(preview: Preview, knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Stage]:
    async with running(preview, knowledge, tmp_path / "advisor.db") as service:
        yield Stage(preview, service)
