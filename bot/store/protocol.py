"""What a store has to do, whatever database is behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.conversation.state import State, Turn


class Store(Protocol):
    """Conversations by key. A key names one person in one chat."""

    async def advance(self, key: str, decide: Callable[[State], Turn]) -> Turn:
        """Recall the conversation, let `decide` take one turn, remember the new state: all of it or nothing.

        Turns of one key never overlap. If `decide` raises, nothing is changed and the error goes on.
        """
        ...

    async def close(self) -> None:
        """Finish what is under way and let go of the database."""
        ...


class StoreError(Exception):
    """The store can't be opened; the message says what to do."""
