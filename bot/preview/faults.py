"""Trouble on demand: calls that fail, answers that get lost, and Telegram's limits on speed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.preview.refusal import Refused, too_many

Clock = Callable[[], float]


@dataclass
class Fault:
    """The next `times` calls of `method` (`*` for any) fail. `done_first`: the call works, its answer is lost."""

    method: str
    status: int
    description: str
    retry_after: int | None = None
    times: int = 1
    done_first: bool = False

    def refusal(self) -> Refused:
        return Refused(self.status, self.description, self.retry_after)


class Faults:
    """The faults that are still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []

    def take(self, method: str) -> Fault | None:
        for fault in self.planned:
            if fault.method in (method, "*"):
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None


@dataclass
class Bucket:
    """So many at once, then so many a second."""

    per_second: float
    burst: float
    at: float
    level: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.burst

    def missing(self, now: float) -> float:
        """Seconds until one more may go; 0 when it may go now."""
        self.level = min(self.burst, self.level + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (1 - self.level) / self.per_second)


class Rates:
    """One message a second to a chat (a few at once are let through), 20 a minute to a group, 30 a second in all."""

    def __init__(self, enabled: bool = False, clock: Clock = time.monotonic) -> None:
        self.enabled = enabled
        self.clock = clock
        self._overall = Bucket(30, 30, clock())
        self._chats: dict[int, Bucket] = {}

    def spend(self, chat_id: int) -> None:
        """Count one message to this chat, or refuse it with the seconds to wait."""
        if not self.enabled:
            return
        now = self.clock()
        buckets = (self._overall, self._bucket(chat_id, now))
        if missing := max(bucket.missing(now) for bucket in buckets):
            raise too_many(math.ceil(missing))
        for bucket in buckets:
            bucket.level -= 1

    def _bucket(self, chat_id: int, now: float) -> Bucket:
        if chat_id not in self._chats:
            self._chats[chat_id] = Bucket(1, 5, now) if chat_id > 0 else Bucket(20 / 60, 20, now)
        return self._chats[chat_id]
