"""What all tests share: the real knowledge, loaded once, a day that never changes, and a fresh local Telegram."""

from __future__ import annotations

import datetime as dt
import fcntl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation.knowledge import Knowledge
from bot.load_knowledge import load_knowledge
from bot.load_knowledge.memory import LearntFiles
from bot.preview import Preview, start_preview

ROOT = Path(__file__).resolve().parent.parent
TODAY = dt.date(2026, 11, 23)

# Where the time goes. These begin first, so that none of them is left alone at the end: the first learns what others
# need, and meanwhile the next two need nothing of it.
LONG = (
    "test_conversations.py",
    "test_postgres.py",
    "test_yaml_text.py",
    "test_program.py",
    "test_pictures.py",
    "test_content.py",
    "test_danger.py",
    "test_manual.py",
    "test_admin_review.py",
    "test_reloading.py",
    "test_flow_checks.py",
    "test_lock.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    data = ROOT / "data"
    data.mkdir(exist_ok=True)
    with (data / "learning.lock").open("w") as lock:  # test files run side by side: one of them learns, the rest wait
        fcntl.flock(lock, fcntl.LOCK_EX)
        return load_knowledge(ROOT / "knowledge", LearntFiles(data / "learnt"))


@pytest.fixture
async def preview() -> AsyncIterator[Preview]:
    server = await start_preview(port=0)
    yield server
    await server.close()
