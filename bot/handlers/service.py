"""The bot at work: updates in, deciding, sending and clearing up, started and stopped together."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.conversation.knowledge import Career, Knowledge
from bot.conversation.rehearsal import rehearse
from bot.handlers.current import Current
from bot.handlers.fetching import Fetching
from bot.handlers.http import Client, client
from bot.handlers.inline import Inline
from bot.handlers.intake import Intake
from bot.handlers.metrics import Metrics
from bot.handlers.pacing import Pace, Patience, Rates
from bot.handlers.posting import Draw, Post
from bot.handlers.reading import Moved
from bot.handlers.registering import Hook
from bot.handlers.sender import Sender
from bot.handlers.turns import House, Turns
from bot.store import Kept, Store, StoreError

if TYPE_CHECKING:
    from bot.handlers.webhook import Webhook

log = logging.getLogger(__name__)

DAY = 86400.0
REHEARSING_EVERY = 0.05  # seconds
PRUNE_EVERY = 3600.0
STORE_WITHIN = 2.0  # seconds for the store to answer whether it is there
LAST_WORDS = 5.0  # seconds for messages under way when we stop; the rest goes at the next start


@dataclass(frozen=True, slots=True)
class Manner:
    """How the bot works: what whoever runs it has set, Telegram's limits, and what a test may want otherwise.

    With a `webhook` updates are delivered there, else they are fetched.
    """

    house: House = field(default_factory=House)
    webhook: Hook | None = None
    rates: Rates = field(default_factory=Rates)
    draw: Draw | None = None
    long_poll: int = 30
    http: Client = "reqwest"
    clock: Callable[[], float] = time.time
    today: Callable[[], dt.date] = dt.date.today


class Service:
    """Use as `async with`. `bot` is connected inside.

    Entering raises TelegramError when Telegram refuses us, and OSError when the webhook's port is taken.
    """

    def __init__(
        self,
        token: str,
        api_url: str,
        knowledge: Knowledge,
        store: Store,
        alias: Callable[[object], str],
        manner: Manner | None = None,
    ) -> None:
        manner = manner or Manner()
        self._store, self._manner, self.current = store, manner, Current(knowledge)
        self.metrics = Metrics()
        self._requests = client(manner.http, 64), client(manner.http, 2)
        self.bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        post = Post(self.bot, store, manner.draw)
        self.sender = Sender(store, post, Pace(manner.rates), self.metrics.send)
        self.metrics.waiting.set_function(lambda: self.sender.waiting)
        self.turns = Turns(
            self.current,
            store,
            self.sender,
            Patience(manner.rates),
            alias,
            self.metrics,
            manner.house,
            manner.clock,
        )
        intake = Intake(self.bot, self.turns.take, self._moved, Inline(self.current).answer, manner.today)
        self.fetching = Fetching(self.bot, self._requests[1], intake, manner.long_poll)
        self.webhook = self._webhook(manner.webhook, intake) if manner.webhook else None
        if self.webhook is None:
            self.metrics.fetched(self.fetching.silent_for)
        self.door = self.webhook or self.fetching
        self._tasks: list[asyncio.Task[None]] = []

    def _webhook(self, hook: Hook, intake: Intake) -> Webhook:
        from bot.handlers.webhook import Webhook  # aiohttp: 10 MB that a bot that fetches does not need

        return Webhook(self.bot, intake, hook, self.metrics, self._store_well)

    async def __aenter__(self) -> Service:
        try:
            await self.bot.initialize()
            if self.webhook:
                await self.webhook.open()
        except (TelegramError, OSError):
            await asyncio.gather(*(request.shutdown() for request in self._requests))
            raise
        works = (self.door.run, self.sender.run, self._prune, self._rehearse)
        self._tasks = [asyncio.create_task(work()) for work in works]
        return self

    async def __aexit__(self, *_: object) -> None:
        """No new updates; what is committed stays; what is being sent gets a moment; the rest waits in the outbox."""
        receiving, sending, *others = self._tasks
        for task in (receiving, *others):
            task.cancel()
        await self.door.stop()
        await self.sender.stop(LAST_WORDS)
        sending.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.bot.shutdown()

    async def failed(self) -> None:
        """Returns never; raises when a part of the bot can't go on."""
        await asyncio.gather(*self._tasks)

    def today(self) -> dt.date:
        return self._manner.today()

    async def introduce(self) -> None:
        await introduce(self.bot, self.current.knowledge.career)
        await self._look_for_adviser()

    async def _look_for_adviser(self) -> None:
        """A wrong number would only be noticed by people who wait for an answer."""
        if self._manner.house.adviser:
            try:
                await self.bot.get_chat(self._manner.house.adviser)
            except TelegramError as error:
                log.error("ADVISER_CHAT_ID can't be reached (%s): start the bot in that chat, or add it there", error)

    async def _moved(self, moved: Moved) -> None:
        await self._store.move_chat(moved.old, moved.new)
        if moved.old == self._manner.house.adviser:
            log.error("the advisers' group became a supergroup: set ADVISER_CHAT_ID to its new number and start again")
        self.sender.move(moved.old, moved.new)

    async def _store_well(self) -> bool:
        try:
            async with asyncio.timeout(STORE_WITHIN):
                await self._store.picture("")
        except (StoreError, TimeoutError):
            return False
        return True

    async def _rehearse(self) -> None:
        """With pauses, so that what is sent meanwhile is noted at once."""
        for _ in rehearse(self.current.knowledge, self.today()):
            await asyncio.sleep(REHEARSING_EVERY)

    async def _prune(self) -> None:
        kept = Kept(self._manner.house.retention_days * DAY)
        while True:
            try:
                while await self._store.prune(kept):
                    await asyncio.sleep(0)  # let others in between the small batches
            except StoreError as error:
                log.error("%s", error)
            await asyncio.sleep(PRUNE_EVERY)


async def introduce(bot: Bot, career: Career) -> None:
    """Tell Telegram our commands and description. Refused (a rate limit, an old server) is not worth stopping for."""
    commands = [BotCommand(name, told) for name, told in career.commands.items()]
    calls: tuple[Callable[[], Any], ...] = (
        lambda: bot.set_my_commands(commands),
        lambda: bot.set_my_description(career.description.strip()),
        lambda: bot.set_my_short_description(career.short_description.strip()),
        lambda: bot.set_my_name(career.bot_name),
    )
    for call in calls:
        try:
            await call()
        except TelegramError as error:
            log.warning("Telegram did not take part of the bot's profile: %s", error)
