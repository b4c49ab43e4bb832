"""Delivers updates to the bot's webhook: one chat in order, chats side by side, each update until it is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.preview.people import Json
from bot.preview.refusal import Refused
from bot.preview.state import State, Webhook

SLOWEST_RETRY = 60.0
PATIENCE = aiohttp.ClientTimeout(total=60)
CallMethod = Callable[[str, Json], Awaitable[Any]]


class WebhookSender:
    """Runs beside the server. A bot may put one method call into its HTTP answer; `call_method` carries it out."""

    def __init__(self, state: State, call_method: CallMethod) -> None:
        self._state = state
        self._call_method = call_method
        self._queues: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        async with aiohttp.ClientSession(timeout=PATIENCE) as self._session:
            try:
                while not self._state.updates.bell.closed:
                    self._start_queues()
                    await self._state.updates.bell.wait()
            finally:
                await stop(self._queues.values())

    def _start_queues(self) -> None:
        for update in self._state.updates.pending if self._state.webhook else ():
            key = queue_of(update)
            if key not in self._queues or self._queues[key].done():
                self._queues[key] = asyncio.create_task(self._deliver_queue(key))

    async def _deliver_queue(self, key: str) -> None:
        """Deliver what waits in this queue; the first is sent again and again until it is taken."""
        delay = self._state.webhook_retry
        while (hook := self._state.webhook) and (update := self._first(key)):
            if await self._attempt(hook, update):
                self._state.updates.done(update)
                delay = self._state.webhook_retry
            else:
                await asyncio.sleep(delay)
                delay = min(delay * 2, SLOWEST_RETRY)

    def _first(self, key: str) -> Json | None:
        return next((update for update in self._state.updates.pending if queue_of(update) == key), None)

    async def _attempt(self, hook: Webhook, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            async with self._session.post(hook.url, json=update, headers=headers) as answer:
                if not answer.ok:
                    return self._failed(hook, f"Wrong response from the webhook: {answer.status} {answer.reason}")
                await self._call_from(answer)
                return True
        except aiohttp.ClientError as problem:
            return self._failed(hook, f"Connection failed: {type(problem).__name__}")

    def _failed(self, hook: Webhook, words: str) -> bool:
        hook.last_error, hook.last_error_at = words, self._state.now()
        return False

    async def _call_from(self, answer: aiohttp.ClientResponse) -> None:
        try:
            body = await answer.json(content_type=None)
        except ValueError:
            return
        if not isinstance(body, dict) or "method" not in body:
            return
        try:
            await self._call_method(str(body.pop("method")), body)
        except Refused:
            return  # Telegram does not tell either


def queue_of(update: Json) -> str:
    """Telegram keeps the messages and the button presses of one chat in different queues."""
    for kind, body in update.items():
        if isinstance(body, dict):
            about = body.get("message") or body
            chat = about.get("chat") or body.get("from") or {}
            return f"{kind.removeprefix('edited_')}:{chat.get('id')}"
    return "other"


async def stop(tasks: Any) -> None:
    """End tasks that this room started, and wait until they are gone."""
    running = list(tasks)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
