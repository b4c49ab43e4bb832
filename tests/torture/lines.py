"""Who told whom what: each life of a worker reaches the same small Telegram over a line of its own."""

from __future__ import annotations

import json
import re
from asyncio.subprocess import Process
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.conversation.buttons import RATE
from bot.preview import World
from bot.preview.people import Json
from bot.preview.server import make_app


@dataclass
class Life:
    """A worker from its start to its death."""

    process: Process | None = None

    @property
    def alive(self) -> bool:
        return self.process is None or self.process.returncode is None


@dataclass
class Lines:
    """`told` has what each person was told, in order: `m5` answers `/m5`, `r3` the third press, else the words."""

    world: World
    told: dict[int, list[str]] = field(default_factory=dict)
    by_the_living: int = 0  # messages repeated although whoever sent them first was alive
    _first: dict[tuple[int, str], Life] = field(default_factory=dict)
    _runners: list[web.AppRunner] = field(default_factory=list)

    async def open(self, life: Life) -> str:
        """The address of the Bot API for this life."""
        app = make_app(self.world)
        app.middlewares.append(self._listening(life))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        self._runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def close(self) -> None:
        for runner in self._runners:
            await runner.cleanup()

    def repeated(self) -> int:
        return sum(number - 1 for names in self.told.values() for number in Counter(names).values())

    def _listening(self, life: Life) -> Middleware:
        @web.middleware
        async def listening(request: web.Request, handler: Handler) -> web.StreamResponse:
            answer = await handler(request)
            if request.path.endswith("/sendMessage") and isinstance(answer, web.Response) and answer.status == 200:
                self._heard(json.loads(answer.text or "")["result"], life)
            return answer

        return listening

    def _heard(self, message: Json, life: Life) -> None:
        person, name = message["chat"]["id"], _name(message)
        self.told.setdefault(person, []).append(name)
        self.by_the_living += self._first.setdefault((person, name), life).alive and self.told[person].count(name) > 1


def _name(message: Json) -> str:
    """Answers to presses all say the same; the thumbs under each carry its number."""
    if found := re.search(r"/(m\d+)", message["text"]):
        return found[1]
    data = [button.get("callback_data", "") for row in _rows(message) for button in row]
    numbers = [found[1] for one in data if (found := re.fullmatch(rf"{RATE}:\w+:(\d+)", one))]
    return f"r{numbers[0]}" if numbers else str(message["text"])


def _rows(message: Json) -> list[list[Json]]:
    rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows
