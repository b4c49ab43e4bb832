"""Empties the outbox: each chat in order, chats side by side, nothing marked sent before Telegram has answered."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.handlers.http import seconds
from bot.handlers.logs import where
from bot.handlers.pacing import Pace
from bot.handlers.parcels import unpacked
from bot.handlers.posting import NothingToDraw, Post
from bot.store import Store, StoreError, Waiting

log = logging.getLogger(__name__)

LOADED_AT_ONCE, MOST_IN_MEMORY = 500, 5_000
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds between tries after network trouble
HOPELESS = 8  # failures of one message while others got through
ALL_CHATS = 3  # so many chats told to wait, one after the other: it is meant for all


@dataclass(slots=True)
class Lane:
    """What waits for one chat. Words and media each in order; media only when older words are out."""

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


class Sender:
    """Runs until stopped. `told` hears how each try ended: sent, wait, retry, refused, closed."""

    def __init__(self, store: Store, post: Post, pace: Pace, told: Callable[[str], None] = lambda _: None) -> None:
        self._store, self._post, self._pace, self._told = store, post, pace, told
        self._lanes: dict[int, Lane] = {}
        self._wake = asyncio.Event()
        self._last = 0  # number of the newest parcel loaded
        self._sent = 0
        self._told_to_wait: set[int] = set()
        self._stopping = False

    @property
    def waiting(self) -> int:
        return sum(len(lane.words) + len(lane.media) for lane in self._lanes.values())

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._wake.set()

    def drop(self, person: int) -> None:
        """Forget what waits for this person; the store is about to."""
        for lane in self._lanes.values():
            for queue in (lane.words, lane.media):
                kept = [waiting for waiting in queue if waiting.person != person]
                queue.clear()
                queue.extend(kept)

    def move(self, old: int, new: int) -> None:
        """A group has a new number."""
        if old == new or old not in self._lanes:
            return
        lane, there = self._lanes.pop(old), self._lanes.setdefault(new, Lane())
        for task in lane.tasks.values():
            task.cancel()
        there.words = deque(sorted([*lane.words, *there.words], key=lambda waiting: waiting.number))
        there.media = deque(sorted([*lane.media, *there.media], key=lambda waiting: waiting.number))
        self._start(new)

    async def run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                await self._load()
            except StoreError as error:
                log.error("the outbox can't be read: %s", error)
                await asyncio.sleep(1)
                continue
            await self._wake.wait()

    async def stop(self, patience: float) -> None:
        """Let go of the outbox within about `patience` seconds; what has not gone by then goes at the next start."""
        for stopping in (False, True):
            self._stopping = stopping
            running = [task for lane in self._lanes.values() for task in lane.tasks.values()]
            if running:
                await asyncio.wait(running, timeout=patience / 2)
        for lane in self._lanes.values():
            for task in lane.tasks.values():
                task.cancel()
        self._wake.set()

    async def _load(self) -> None:
        while self.waiting < MOST_IN_MEMORY:
            found = await self._store.pending(self._last, LOADED_AT_ONCE)
            for waiting in found:
                self._last = waiting.number
                self._lanes.setdefault(waiting.chat, Lane()).queue(waiting.parcel.media).append(waiting)
                self._start(waiting.chat)
            if len(found) < LOADED_AT_ONCE:
                return

    def _start(self, chat: int) -> None:
        """See to it that somebody works on each queue that can go on, and forget a chat that has nothing left."""
        lane = self._lanes.get(chat)
        if lane is None or self._stopping:
            return
        for media in (False, True):
            if lane.ready(media) and media not in lane.tasks:
                task = asyncio.create_task(self._drain(chat, lane, media))
                lane.tasks[media] = task
                task.add_done_callback(lambda _, media=media: self._ended(chat, lane, media))  # type: ignore[misc]
        if not (lane.words or lane.media or lane.tasks):
            del self._lanes[chat]
            self._wake.set()

    def _ended(self, chat: int, lane: Lane, media: bool) -> None:
        lane.tasks.pop(media, None)
        if self._lanes.get(chat) is lane:
            self._start(chat)

    async def _drain(self, chat: int, lane: Lane, media: bool) -> None:
        queue = lane.queue(media)
        pause, failures, others = FIRST_PAUSE, 0, self._sent
        while lane.ready(media) and not self._stopping:
            waiting = queue[0]
            await self._pace.admit(chat)
            if not queue or queue[0] is not waiting:  # dropped or moved while we waited
                continue
            result = await self._try(chat, waiting)
            if result == "retry":
                failures += self._sent > others
                others = self._sent
                if failures >= HOPELESS:
                    await self._set_aside(waiting, "it failed again and again while others got through")
                    result = "refused"
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
            if result in ("sent", "refused") and queue and queue[0] is waiting:
                queue.popleft()
                pause, failures, others = FIRST_PAUSE, 0, self._sent

    async def _try(self, chat: int, waiting: Waiting) -> str:
        result = await self._result(chat, waiting)
        self._told(result)
        return result

    async def _result(self, chat: int, waiting: Waiting) -> str:
        """Send one parcel and keep what came of it. BadRequest counts as a NetworkError, but waiting won't help it."""
        try:
            await self._post.deliver(chat, unpacked(waiting.parcel.body))
        except RetryAfter as error:
            self._wait(chat, seconds(error.retry_after))
            return "wait"
        except ChatMigrated as error:
            new = error.new_chat_id
            await self._settled(lambda: self._store.move_chat(chat, new))
            asyncio.get_running_loop().call_soon(self.move, chat, new)
            await asyncio.sleep(0)
            return "moved"
        except Forbidden:
            await self._close_chat(chat)
            return "closed"
        except BadRequest as error:
            await self._set_aside(waiting, f"Telegram refused it: {error.message}")
            return "refused"
        except TelegramError as error:
            log.warning("a message could not be sent, trying again: %s", type(error).__name__)
            return "retry"
        except NothingToDraw as error:
            await self._set_aside(waiting, str(error))
            return "refused"
        except Exception as error:
            await self._set_aside(waiting, f"a bug of ours: {where(error)}")
            return "refused"
        await self._settled(lambda: self._store.sent(waiting.number))
        self._sent += 1
        self._told_to_wait.clear()
        return "sent"

    def _wait(self, chat: int, seconds: float) -> None:
        log.warning("Telegram asks to wait %.0f s", seconds)
        self._pace.push_back(chat, seconds)
        self._told_to_wait.add(chat)
        if len(self._told_to_wait) >= ALL_CHATS:
            self._pace.push_back_all(seconds)
            self._told_to_wait.clear()

    async def _close_chat(self, chat: int) -> None:
        log.info("a chat is closed to us; what waited for it is dropped")
        last = self._last
        if lane := self._lanes.get(chat):
            lane.words.clear()
            lane.media.clear()
        await self._settled(lambda: self._store.unreachable(chat, last))

    async def _set_aside(self, waiting: Waiting, reason: str) -> None:
        log.error("a message was set aside: %s", reason)
        await self._settled(lambda: self._store.undeliverable(waiting.number, reason))

    async def _settled(self, act: Callable[[], Awaitable[object]]) -> None:
        """Telegram has answered; write that down, however long the store needs. Only a stop may leave it open."""
        while True:
            try:
                await act()
                return
            except StoreError as error:
                if self._stopping:
                    return
                log.error("%s", error)
                await asyncio.sleep(1)
