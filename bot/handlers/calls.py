"""The calls of every turn, from plain data to plain data.

The library's own methods make objects of what we say and of what Telegram repeats of it, which cost more processor than
everything else on the way of an update. Its client, and with it every error, stays: what Telegram refuses is raised as
`telegram.error` has it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from telegram import Bot
from telegram.request import RequestData


class Plain:
    """What a client reads of the library's `RequestData`, whose parameters are its own affair and made by itself only.

    Ours are JSON already, and never files.
    """

    __slots__ = ("parameters",)

    contains_files = False
    multipart_data: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.parameters = parameters

    @property
    def json_parameters(self) -> dict[str, str]:
        """For a form: what is no text as JSON."""
        return {name: told if isinstance(told, str) else json.dumps(told) for name, told in self.parameters.items()}


class Calls:
    """`await calls("sendMessage", chat_id=5, text="x")`: the result as Telegram told it. None leaves one out."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, method: str, **given: object) -> Any:
        """Raises TelegramError."""
        plain = Plain({name: value for name, value in given.items() if value is not None})
        return await self._bot.request.post(f"{self._bot.base_url}/{method}", cast(RequestData, plain))
