"""The program, broken on purpose in one way: each harness must notice. `python -m tests.torture.broken early_ack`."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import pytest

from bot.handlers.fetching import Fetching
from bot.handlers.sender import Sender
from bot.store import Waiting
from bot.store.conversations import Conversations
from run_bot import cli
from tests.store.careless import without_lock


def early_ack() -> None:
    """Telegram is told first and the work is done after, as with the library's own queue."""
    commit, running = Fetching._commit, set()

    async def later(self: Fetching, updates: list[dict[str, Any]]) -> None:
        async def work() -> None:
            await asyncio.sleep(0.2)
            await commit(self, updates)

        running.add(asyncio.create_task(work()))
        numbers = [one["update_id"] for one in updates]
        self._offset = max(numbers, default=-1) + 1

    Fetching._commit = later  # type: ignore[method-assign]


def no_dedup() -> None:
    """Every delivery is news."""
    Conversations.is_new = lambda self, db, update_id: True  # type: ignore[method-assign]


def mark_first() -> None:
    """A message is marked sent before it is sent."""
    result = Sender._result

    async def marked(self: Sender, chat: int, waiting: Waiting) -> str:
        await self._store.sent(waiting.number)
        await asyncio.sleep(0.1)
        return await result(self, chat, waiting)

    Sender._result = marked  # type: ignore[method-assign]


def no_lock() -> None:
    """Turns of one conversation on a server may overlap."""
    without_lock(pytest.MonkeyPatch())


ON_A_SERVER = {"no_lock": no_lock}
VARIANTS = {"early_ack": early_ack, "no_dedup": no_dedup, "mark_first": mark_first}

if __name__ == "__main__":
    (VARIANTS | ON_A_SERVER)[sys.argv.pop(1)]()
    cli()
