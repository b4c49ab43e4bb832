"""Different people side by side, one person's updates in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

ACTIVE = 64
QUEUED = 10_000


class PerPerson(BaseUpdateProcessor):
    """Runs up to `ACTIVE` updates at once, but never two of one person.

    The base class holds one of its slots while an update waits for its turn, so its number only bounds
    what is queued in memory; `ACTIVE` bounds what really runs.
    """

    def __init__(self) -> None:
        super().__init__(QUEUED)
        self._active = asyncio.Semaphore(ACTIVE)
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        person = _person(update)
        lock, waiting = self._turns.get(person, (asyncio.Lock(), 0))
        self._turns[person] = (lock, waiting + 1)
        try:
            async with AsyncExitStack() as turn:
                await turn.enter_async_context(lock)
                await turn.enter_async_context(self._active)
                await coroutine
        finally:
            lock, waiting = self._turns[person]
            if waiting == 1:
                del self._turns[person]
            else:
                self._turns[person] = (lock, waiting - 1)


def _person(update: object) -> int:
    """The chat decides in private, so that a press and a text of one person keep their order."""
    if isinstance(update, Update):
        who = update.effective_user or update.effective_chat
        return who.id if who else 0
    return 0
