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
from bot.handlers.application import UPDATES, App, build, introduce
from bot.preview import LOCAL_TOKEN, Preview, World
from bot.store import SqliteStore


@dataclass
class Stage:
    """A running bot and the world it lives in."""

    preview: Preview
    application: App

    @property
    def world(self) -> World:
        return self.preview.world


async def next_words(world: World, who: str) -> dict[str, Any]:
    """The bot's next message with words of its own, passing over pictures that follow earlier ones."""

    def has_words(event: dict[str, Any]) -> bool:
        return bool(event["message"]["from"]["is_bot"]) and "text" in event["message"]

    message: dict[str, Any] = (await world.next_event(who, "message", fits=has_words))["message"]
    return message


@asynccontextmanager
async def running(preview: Preview, knowledge: Knowledge, database: Path) -> AsyncIterator[App]:
    store = await SqliteStore(database).open()
    painter = Painter(database.parent.parent / "pictures")  # one folder for all tests: what was drawn once is kept
    application = build(LOCAL_TOKEN, preview.api_url, knowledge, store, painter)
    assert application.updater is not None
    async with application:
        await application.start()
        await application.updater.start_polling(allowed_updates=UPDATES, timeout=5, drop_pending_updates=False)
        await introduce(application, knowledge.career)
        yield application
        await application.updater.stop()
        await application.stop()
    await painter.close()
    await store.close()


@pytest.fixture
async def stage(preview: Preview, knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Stage]:
    async with running(preview, knowledge, tmp_path / "advisor.db") as application:
        yield Stage(preview, application)
