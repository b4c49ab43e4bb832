"""The calls of every turn, from plain data to plain data.

The library's own methods make objects of what we say and of what Telegram repeats of it, which cost more processor than
everything else on the way of an update. Its client, and with it every error, stays: what Telegram refuses is raised as
`telegram.error` has it.
"""

from __future__ import annotations

from typing import Any

from telegram import Bot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter


class Calls:
    """`await calls("sendMessage", chat_id=5, text="x")`: the result as Telegram told it. None leaves one out."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, method: str, **given: object) -> Any:
        """Raises TelegramError."""
        parameters = [RequestParameter(name, value, None) for name, value in given.items() if value is not None]
        return await self._bot.request.post(f"{self._bot.base_url}/{method}", RequestData(parameters))
