"""Rings when something has changed, so that nobody has to look again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Bell:
    """Any number may wait; each ring wakes them all. After `close` nobody waits any more."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self.closed = False

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    def close(self) -> None:
        self.closed = True
        self.ring()

    async def wait(self) -> None:
        if self.closed:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    async def until(self, look: Callable[[], Found | None], timeout: float) -> Found | None:
        """The first thing `look` finds, looking again at each ring; None when the time is over."""
        try:
            async with asyncio.timeout(timeout):
                while (found := look()) is None and not self.closed:
                    await self.wait()
                return found
        except TimeoutError:
            return look()
