"""How fast we may speak, and how fast a person may speak to us."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Clock = Callable[[], float]
FULL_AGAIN = 600.0  # seconds after which an untouched bucket is forgotten
SWEEP_ABOVE = 10_000
LONGEST_CALL = 0.25  # seconds; if calls take longer than this, sending slows down
FEWEST_UNDER_WAY = 2
UNEVENLY = 2  # times as many as go evenly
OF_LATE = 8  # calls
LOOK_AGAIN = 0.005  # seconds
ENOUGH = 1 - 1e-6  # sums of fractions never quite reach one


@dataclass(slots=True)
class Bucket:
    """So many at once, then so many a second. Times are monotonic: a clock set back changes nothing."""

    per_second: float
    burst: float
    at: float
    level: float = field(default=0.0)

    def missing(self, now: float) -> float:
        """Seconds until one more may go; 0 when it may go now."""
        self.level = min(self.burst, self.level + max(0.0, now - self.at) * self.per_second)
        self.at = now
        return (1 - self.level) / self.per_second if self.level < ENOUGH else 0.0


class Buckets:
    """A bucket for each chat or person; those long full are forgotten."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._of: dict[int, Bucket] = {}

    def of(self, who: int, per_second: float, burst: float) -> Bucket:
        if who not in self._of:
            if len(self._of) > SWEEP_ABOVE:
                self._sweep()
            self._of[who] = Bucket(per_second, burst, self._clock(), burst)
        return self._of[who]

    def _sweep(self) -> None:
        now = self._clock()
        self._of = {who: bucket for who, bucket in self._of.items() if now - bucket.at < FULL_AGAIN}


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second (and at once): Telegram's limits, and how much one person may ask of us."""

    overall: tuple[float, float] = (29.0, 29.0)
    chat: tuple[float, float] = (1.0, 5.0)
    group: tuple[float, float] = (20 / 60, 10.0)
    person: tuple[float, float] = (1.0, 20.0)


class UnderWay:
    """How many messages may be out and not yet noted: as many as go at this rate while one of them lasts.

    All of them are said again when the process dies, and in a burst, as after a start, each waits for the others. How
    long one lasts shows in the latest ones and in those that are out.
    """

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._per_second, self._clock = per_second, clock
        self._lasts = 0.0
        self._began: list[float] = []
        self._most = asyncio.Semaphore(max(FEWEST_UNDER_WAY, round(per_second * LONGEST_CALL)))

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait until one more may be out; it is noted when this is left."""
        async with self._most:
            while len(self._began) >= self._needed():
                await asyncio.sleep(LOOK_AGAIN)
            began = self._clock()
            self._began.append(began)
            try:
                yield
            finally:
                self._began.remove(began)
                self._lasts += (self._clock() - began - self._lasts) / OF_LATE

    def _needed(self) -> float:
        oldest = self._clock() - self._began[0] if self._began else 0.0
        return max(FEWEST_UNDER_WAY, UNEVENLY * self._per_second * max(self._lasts, oldest))


class Pace:
    """Telegram's limits: about one message a second to a chat, 20 a minute to a group, 30 a second in all."""

    def __init__(self, rates: Rates, clock: Clock = time.monotonic) -> None:
        self._rates, self._clock = rates, clock
        self._overall = Bucket(*rates.overall, clock(), rates.overall[1])
        self._chats = Buckets(clock)
        self._gate = asyncio.Lock()  # first come, first served, and only one waits for the shared bucket
        self.under_way = UnderWay(rates.overall[0], clock)

    async def admit(self, chat: int) -> None:
        """Wait until a message to `chat` may go, and count it."""
        await self._spend(self._bucket(chat))
        async with self._gate:
            await self._spend(self._overall)

    def push_back(self, chat: int, seconds: float) -> None:
        """Telegram said to wait: nothing goes to this chat until then."""
        self._empty(self._bucket(chat), seconds)

    def push_back_all(self, seconds: float) -> None:
        self._empty(self._overall, seconds)

    def _bucket(self, chat: int) -> Bucket:
        return self._chats.of(chat, *(self._rates.chat if chat > 0 else self._rates.group))

    def _empty(self, bucket: Bucket, seconds: float) -> None:
        bucket.missing(self._clock())
        bucket.level = min(bucket.level, 1 - seconds * bucket.per_second)

    async def _spend(self, bucket: Bucket) -> None:
        while wait := bucket.missing(self._clock()):
            await asyncio.sleep(wait)
        bucket.level -= 1


class Patience:
    """Who floods us is told once and then not heard until they slow down."""

    def __init__(self, rates: Rates, clock: Clock = time.time) -> None:
        self._rates = rates
        self._people = Buckets(clock)
        self._told: set[int] = set()

    def hears(self, person: int, at: float) -> str:
        """`hear`, `warn` (once) or `drop`, for a message written `at`: what piled up while we were away is no flood."""
        bucket = self._people.of(person, *self._rates.person)
        if bucket.missing(at) == 0:
            bucket.level -= 1
            if bucket.level > bucket.burst / 2:
                self._told.discard(person)
            return "hear"
        if person in self._told:
            return "drop"
        self._told.add(person)
        return "warn"

    def not_counted(self, person: int, heard: str) -> None:
        """Take `hears` back: the message could not be kept and comes again, or was one that we had already."""
        if heard == "hear":
            self._people.of(person, *self._rates.person).level += 1
        elif heard == "warn":
            self._told.discard(person)
