"""What this process has in hand of the outbox: a lane for each chat, words and media each in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.store import Waiting


@dataclass(slots=True)
class Lane:
    """What waits for one chat. Media go only when older words are out."""

    words: deque[Waiting] = field(default_factory=deque)
    media: deque[Waiting] = field(default_factory=deque)
    tasks: dict[bool, asyncio.Task[None]] = field(default_factory=dict)

    def queue(self, media: bool) -> deque[Waiting]:
        return self.media if media else self.words

    def ready(self, media: bool) -> bool:
        """Whether the head of this queue may go."""
        if not media:
            return bool(self.words)
        return bool(self.media) and not (self.words and self.words[0].number < self.media[0].number)

    def newest(self) -> int:
        """The highest number in hand, 0 when there is none."""
        return max((queue[-1].number for queue in (self.words, self.media) if queue), default=0)

    def drop(self, unwanted: Callable[[Waiting], bool]) -> None:
        """Let go of what is unwanted; the store knows, or is about to."""
        for queue in (self.words, self.media):
            kept = [waiting for waiting in queue if not unwanted(waiting)]
            queue.clear()
            queue.extend(kept)

    def adopt(self, other: Lane) -> None:
        """Take over what waited under another number of the chat."""
        self.words = _merged(self.words, other.words)
        self.media = _merged(self.media, other.media)


def _merged(some: deque[Waiting], others: deque[Waiting]) -> deque[Waiting]:
    return deque(sorted([*some, *others], key=lambda waiting: waiting.number))
