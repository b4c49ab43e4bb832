"""Fetches updates and tells Telegram that we have them only when they are committed."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.handlers.http import CONNECT, seconds
from bot.handlers.intake import KINDS, CannotReceive, Intake
from bot.handlers.reading import Incoming, Json, Moved
from bot.handlers.turns import until_kept
from bot.store import Key

if TYPE_CHECKING:
    from bot.handlers.health import Health

log = logging.getLogger(__name__)

LONG_POLL = 30  # seconds
LONGEST_PAUSE = 30.0
SILENT_TOO_LONG = 180.0  # seconds without an answer of Telegram to a fetch
CONFLICTS = 6  # in a row; then the one that came later gives up
NEWCOMER = 120.0  # seconds since start

TWO_OF_US = "Another bot is running with the same TELEGRAM_BOT_TOKEN. Stop that one, or use another token here."
HOOKED = (
    "Telegram delivers this bot's messages to a webhook, so they can't be fetched here. "
    "To fetch them, run: python run_bot.py webhook delete. To take them at the webhook, set WEBHOOK_URL."
)


class TwoOfUs(CannotReceive):
    """Another bot fetches with our token, and it was here first."""


class Fetching:
    """Runs until stopped."""

    def __init__(self, bot: Bot, request: BaseRequest, intake: Intake, long_poll: int = LONG_POLL) -> None:
        self._bot, self._request, self._intake, self._long_poll = bot, request, intake, long_poll
        self._offset = 0
        self._started = self._answered = time.monotonic()

    def silent_for(self) -> float:
        """Seconds since Telegram last answered a fetch; a long poll under way counts as silence of its length."""
        return time.monotonic() - self._answered

    async def health(self) -> Health:
        silent = self.silent_for()
        return {"ok": silent < SILENT_TOO_LONG, "seconds_since_fetch": round(silent, 1)}

    async def run(self) -> None:
        """Fetch and commit for ever. Raises CannotReceive when a webhook or a bot that was here first gets them all."""
        pause, conflicts = 0.5, 0
        while True:
            try:
                updates = await self._fetch()
            except Conflict as error:
                if "webhook" in error.message.lower():
                    raise CannotReceive(HOOKED) from None
                conflicts += 1
                if conflicts == 1:
                    log.error("another copy of this bot is running with the same token; stop one of them")
                if conflicts >= CONFLICTS and time.monotonic() - self._started < NEWCOMER:
                    raise TwoOfUs(TWO_OF_US) from None
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
        # Small limits beside the long one: a client that has only one for the whole call adds them up.
        found: object = await self._request.post(
            url, read_timeout=self._long_poll + 10, write_timeout=CONNECT, pool_timeout=CONNECT
        )
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    async def _commit(self, updates: list[Json]) -> None:
        """All of them on disk, then and only then the next offset."""
        conversations: dict[Key, list[Incoming]] = {}
        for update in updates:
            read_as = self._intake.read(update)
            if isinstance(read_as, Moved):
                await self._intake.move(read_as, until_kept)
            elif read_as is not None:
                conversations.setdefault(read_as.key, []).append(read_as)
        await asyncio.gather(*(self._intake.keep(several, until_kept) for several in conversations.values()))
        numbers = [one["update_id"] for one in updates if isinstance(one.get("update_id"), int)]
        # Nothing waits: all is confirmed, and after a quiet week the next number may be a lower one.
        self._offset = max(numbers) + 1 if numbers else 0

    async def stop(self) -> None:
        await self._intake.stop()
