"""What is done with an update, however it came: read, answered beside where that can't wait, taken and committed."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from telegram import Bot, InlineQuery, Update
from telegram.error import TelegramError

from bot.handlers.calls import Calls
from bot.handlers.logs import where
from bot.handlers.reading import Incoming, Json, Moved, read
from bot.handlers.turns import Trying
from bot.store import StoreError

log = logging.getLogger(__name__)

KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]


class CannotReceive(Exception):
    """Why no update can come, and what to do about it, in a sentence for whoever runs the bot."""


class Intake:
    """Takes updates in.

    `take` commits the updates of one conversation, `moved` follows a group to its new number, `inline` answers what was
    typed after the bot's name elsewhere, which changes nothing and is not kept.
    """

    def __init__(
        self,
        bot: Bot,
        take: Callable[[Sequence[Incoming], Trying], Awaitable[None]],
        moved: Callable[[Moved], Awaitable[None]],
        inline: Callable[[InlineQuery], Coroutine[Any, Any, None]],
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._bot, self._take, self._moved, self._inline, self._today = bot, take, moved, inline, today
        self._call = Calls(bot)
        self._beside: set[asyncio.Task[None]] = set()

    def read(self, update: Json) -> Incoming | Moved | None:
        """What it means for us; None for what is not for us and for what can't be read. Inline queries go their way."""
        try:
            if update.get("inline_query"):
                query = Update.de_json(update, self._bot).inline_query
                assert query
                self._start(self._inline(query))
                return None
            return read(update, self._bot.id, self._bot.username, self._today())
        except Exception as error:
            log.warning("an update can't be read and is let go: %s", where(error))
            return None

    async def keep(self, several: Sequence[Incoming], trying: Trying) -> None:
        """Updates of one conversation, in order: committed when this returns. Raises what `trying` lets through."""
        for incoming in several:
            if incoming.query:
                self._start(self._stop_spinner(incoming.query))
        await self._guarded(self._take(several, trying))

    async def move(self, moved: Moved, trying: Trying) -> None:
        """A group's new number: kept when this returns. Raises what `trying` lets through."""
        await self._guarded(trying(partial(self._moved, moved)))

    async def _guarded(self, taking: Awaitable[None]) -> None:
        try:
            await taking
        except StoreError:
            raise
        except Exception as error:  # a bug of ours must not stop the others; Telegram would send this for ever
            log.error("an update could not be taken and is let go: %s", where(error))

    async def stop(self) -> None:
        if self._beside:
            await asyncio.wait(self._beside, timeout=1)

    async def _stop_spinner(self, query: str) -> None:
        """Of a pressed button, beside everything else. Too late is no error: the reply comes all the same."""
        try:
            await self._call("answerCallbackQuery", callback_query_id=query)
        except TelegramError as error:
            log.debug("a button press could not be answered: %s", type(error).__name__)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
