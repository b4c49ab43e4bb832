"""All that happened, numbered: the chat page follows it, and a test can wait for the next thing."""

from __future__ import annotations

from collections import deque

from bot.preview.bell import Bell
from bot.preview.people import Json

KEPT = 20_000


class Events:
    def __init__(self) -> None:
        self._log: deque[Json] = deque(maxlen=KEPT)
        self.last = 0
        self.bell = Bell()

    @property
    def first(self) -> int:
        """The number from which on everything is still known: `since(first)` never forgot anything."""
        return self._log[0]["n"] - 1 if self._log else self.last

    def add(self, kind: str, chat: int | None, **more: object) -> None:
        self.last += 1
        self._log.append({"n": self.last, "kind": kind, "chat": chat, **more})
        self.bell.ring()

    def since(self, n: int) -> list[Json]:
        """What came after number `n`; a lone `reload` when some of that is forgotten, or `n` is from another world."""
        first = self._log[0]["n"] if self._log else self.last + 1
        if n > self.last or n + 1 < first:
            return [{"n": self.last, "kind": "reload", "chat": None}]
        missing = self.last - n
        return list(self._log)[-missing:] if missing else []
