"""Fetches updates and tells Telegram that we have them only when they are committed."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from telegram import Bot, InlineQuery, Update
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.handlers.http import REPEATED, seconds
from bot.handlers.logs import where
from bot.handlers.reading import Incoming, Moved, read
from bot.handlers.turns import until_kept
from bot.store import Key

log = logging.getLogger(__name__)

KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]
LONG_POLL = 30  # seconds
LONGEST_PAUSE = 30.0
CONFLICTS = 6  # in a row; then the one that came later gives up
NEWCOMER = 120.0  # seconds since start

Json = dict[str, Any]


class TwoOfUs(Exception):
    """Another bot fetches with our token, and it was here first."""


class Fetching:
    """Runs until stopped.

    `take` commits the updates of one conversation, `moved` follows a group to its new number, `inline` answers what was
    typed after the bot's name elsewhere, which changes nothing and is not kept.
    """

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        take: Callable[[Sequence[Incoming]], Awaitable[None]],
        moved: Callable[[Moved], Awaitable[None]],
        inline: Callable[[InlineQuery], Coroutine[Any, Any, None]],
        long_poll: int = LONG_POLL,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._bot, self._request, self._take, self._moved, self._inline = bot, request, take, moved, inline
        self._long_poll, self._today = long_poll, today
        self._offset = 0
        self._answering: set[asyncio.Task[None]] = set()
        self._started = self._answered = time.monotonic()

    def silent_for(self) -> float:
        """Seconds since Telegram last answered a fetch; a long poll under way counts as silence of its length."""
        return time.monotonic() - self._answered

    async def run(self) -> None:
        """Fetch and commit for ever. Raises TwoOfUs when another bot with our token was here first."""
        pause, conflicts = 0.5, 0
        while True:
            try:
                updates = await self._fetch()
            except Conflict:
                conflicts += 1
                if conflicts == 1:
                    log.error("another copy of this bot is running with the same token; stop one of them")
                if conflicts >= CONFLICTS and time.monotonic() - self._started < NEWCOMER:
                    raise TwoOfUs from None
            except RetryAfter as error:
                pause = seconds(error.retry_after)
            except TelegramError as error:
                log.warning("fetching updates failed, trying again: %s", type(error).__name__)
            else:
                self._answered = time.monotonic()
                pause, conflicts = 0.5, 0
                await self._commit(updates)
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _fetch(self) -> list[Json]:
        """Raw updates: one that the library can't read must not take the others of its batch with it."""
        asked = {"offset": self._offset, "timeout": self._long_poll, "allowed_updates": json.dumps(KINDS)}
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        found: object = await self._request.post(url, read_timeout=self._long_poll + 10)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    async def _commit(self, updates: list[Json]) -> None:
        """All of them on disk, then and only then the next offset."""
        conversations: dict[Key, list[Incoming]] = {}
        for update in updates:
            read_as = self._read(update)
            if isinstance(read_as, Moved):
                await until_kept(partial(self._moved, read_as))
            elif read_as is not None:
                conversations.setdefault(read_as.key, []).append(read_as)
        await asyncio.gather(*(self._conversation(several) for several in conversations.values()))
        numbers = [one["update_id"] for one in updates if isinstance(one.get("update_id"), int)]
        # Nothing waits: all is confirmed, and after a quiet week the next number may be a lower one.
        self._offset = max(numbers) + 1 if numbers else 0

    async def _conversation(self, several: list[Incoming]) -> None:
        for incoming in several:
            if incoming.query:
                self._answer(incoming.query)
        try:
            await self._take(several)
        except Exception as error:  # a bug of ours must not stop the others; Telegram would send this for ever
            log.error("updates of a conversation could not be taken: %s", where(error))

    def _read(self, update: Json) -> Incoming | Moved | None:
        try:
            known = Update.de_json(_without_card(update), self._bot)
            if known.inline_query:
                self._beside(self._inline(known.inline_query))
            return read(known, self._bot.id, self._bot.username, self._today())
        except Exception as error:
            log.warning("an update can't be read and is let go: %s", where(error))
            return None

    def _answer(self, query: str) -> None:
        """Stop the button's spinner, beside everything else. Too late is no error: the reply comes all the same."""

        async def answer() -> None:
            try:
                await self._bot.answer_callback_query(query)
            except TelegramError as error:
                log.debug("a button press could not be answered: %s", type(error).__name__)

        self._beside(answer())

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def stop(self) -> None:
        if self._answering:
            await asyncio.wait(self._answering, timeout=1)


def _without_card(update: Json) -> Json:
    """Without what we wrote ourselves on the card whose button was pressed: nobody reads it, and it is most of it."""
    press = update.get("callback_query")
    card = press.get("message") if isinstance(press, dict) else None
    if isinstance(card, dict):
        for name in REPEATED:
            card.pop(name, None)
    return update
