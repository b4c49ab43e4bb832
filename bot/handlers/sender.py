"""Empties the outbox: each chat in order, chats side by side, nothing marked sent before Telegram has answered."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Iterator

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.handlers.http import seconds
from bot.handlers.lanes import Lane
from bot.handlers.logs import where
from bot.handlers.pacing import Pace
from bot.handlers.parcels import unpacked
from bot.handlers.posting import NothingToDraw, Post
from bot.store import Leased, Store, StoreError, Waiting

log = logging.getLogger(__name__)

LOADED_AT_ONCE, MOST_IN_MEMORY = 500, 5_000
LOOK_EVERY = 0.5  # seconds; another process may have put something there for a chat that we hold, or have died
LONGEST_DELIVERY = 25.0  # seconds for one parcel, however many calls it takes
LEASE = 45.0  # seconds; two thirds of it are longer than a delivery, so nobody else sends what we may be sending
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds between tries after network trouble
HOPELESS = 8  # failures of one message while others got through
ALL_CHATS = 3  # so many chats told to wait, one after the other: it is meant for all


class Sender:
    """Runs until stopped. `told` hears how each try ended: sent, wait, retry, refused, closed."""

    def __init__(self, store: Store, post: Post, pace: Pace, told: Callable[[str], None] = lambda _: None) -> None:
        self._store, self._post, self._pace, self._told = store, post, pace, told
        self._lanes: dict[int, Lane] = {}
        self._wake = asyncio.Event()
        self._ours_until = 0.0  # monotonic; until then nobody else sends to the chats in hand
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
        self._drop(lambda waiting: waiting.person == person)

    def move(self, old: int, new: int) -> None:
        """A group has a new number."""
        if old == new or old not in self._lanes:
            return
        lane, there = self._lanes.pop(old), self._lanes.setdefault(new, Lane())
        for task in lane.tasks.values():
            task.cancel()
        there.adopt(lane)
        self._start(new)

    async def run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                await self._load()
            except StoreError as error:
                log.error("the outbox can't be read: %s", error)
                self._ours_until = 0.0
                await asyncio.sleep(LOOK_EVERY)
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):  # `wait_for` makes a task, at each commit
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
        with contextlib.suppress(StoreError):  # then our chats wait until the leases run out
            await self._store.lease((), LEASE, 0)

    async def _load(self) -> None:
        while True:
            asked, in_hand = time.monotonic(), [*self._in_hand()]
            room = min(LOADED_AT_ONCE, MOST_IN_MEMORY - len(in_hand))
            leased = await self._store.lease(in_hand, LEASE, max(room, 0))
            self._ours_until = asked + LEASE * 2 / 3
            self._take(leased)
            if len(leased.parcels) < LOADED_AT_ONCE:
                return

    def _take(self, leased: Leased) -> None:
        if leased.gone:
            self._drop(lambda waiting: waiting.number in leased.gone)
        for waiting in leased.parcels:
            self._lanes.setdefault(waiting.chat, Lane()).queue(waiting.parcel.media).append(waiting)
            self._start(waiting.chat)

    def _in_hand(self) -> Iterator[Waiting]:
        for lane in self._lanes.values():
            yield from lane.words
            yield from lane.media

    def _drop(self, unwanted: Callable[[Waiting], bool]) -> None:
        for chat, lane in [*self._lanes.items()]:
            lane.drop(unwanted)
            self._start(chat)

    async def _ours(self) -> None:
        """Wait until the leases outlast a delivery; they are renewed at each look, unless the store is away.

        What is sent while it is away can't be noted, and would be sent again if this process died.
        """
        while self._ours_until - time.monotonic() < LONGEST_DELIVERY and not self._stopping:
            await asyncio.sleep(LOOK_EVERY)

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
            async with contextlib.nullcontext() if media else self._pace.under_way.one():  # drawing holds up no words
                await self._ours()
                if self._stopping:
                    return
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
            async with asyncio.timeout(LONGEST_DELIVERY):
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
        except (TelegramError, TimeoutError) as error:
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
        lane = self._lanes.get(chat, Lane())
        last = lane.newest()
        await self._settled(lambda: self._store.unreachable(chat, last))
        lane.drop(lambda waiting: waiting.number <= last)

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
                self._ours_until = 0.0
                await asyncio.sleep(LOOK_EVERY)
