"""The webhook: Telegram delivers updates over HTTP and hears 200 only when they are committed.

Telegram sends one chat's updates one after the other and the first again until it is taken, for up to a day. So what
the store can't keep now is refused with 503, and what we can't handle is put aside and accepted.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import ClientError, web
from telegram import Bot

from bot.handlers.health import Health, healthz, numbers
from bot.handlers.intake import Intake
from bot.handlers.metrics import Metrics
from bot.handlers.reading import Json, Moved
from bot.handlers.refusals import Refusals, ServerLog
from bot.handlers.registering import Hook, registered
from bot.handlers.turns import once
from bot.store import StoreError

log = logging.getLogger(__name__)

SECRET = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1 << 20  # bytes; Telegram's own stay far below
BODY_WITHIN = 10.0  # seconds
KEPT_WITHIN = 25.0  # seconds; Telegram itself waits longer
AGAIN_AFTER = 5  # seconds, for `Retry-After`
LAST_REQUESTS = 5.0  # seconds for what is under way when we stop


class Webhook:
    """Open, run, stop. `store_well` says whether the store answers."""

    def __init__(
        self, bot: Bot, intake: Intake, hook: Hook, metrics: Metrics, store_well: Callable[[], Awaitable[bool]]
    ) -> None:
        self._bot, self._intake, self._hook, self._metrics, self._store_well = bot, intake, hook, metrics, store_well
        self._secret = hook.secret.encode()
        self._keeping: set[asyncio.Task[None]] = set()
        self._refusals = Refusals(metrics)
        self._stopping = False
        app = web.Application(client_max_size=LARGEST)
        app.add_routes(
            [
                web.post(urlsplit(hook.url).path or "/", self._delivered),
                web.get("/healthz", healthz(self.health)),
                web.get("/livez", self._alive),
                web.get("/metrics", self._counted),  # here each of several workers has a port of its own
            ]
        )
        server_log = ServerLog(self._refusals)
        self._runner = web.AppRunner(app, access_log=None, logger=server_log, shutdown_timeout=LAST_REQUESTS)

    async def open(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._hook.host, self._hook.port).start()
        except OSError:
            await self._runner.cleanup()
            raise

    async def run(self) -> None:
        """Have Telegram deliver here, for ever. Raises CannotReceive when it won't."""
        await registered(self._bot, self._hook)
        log.info("Telegram delivers to the webhook")
        await asyncio.Event().wait()

    async def stop(self) -> None:
        """Nothing new; what is under way is answered. Telegram brings again what was not."""
        self._stopping = True
        await self._runner.cleanup()
        if self._keeping:
            await asyncio.wait(self._keeping, timeout=LAST_REQUESTS)
        await self._intake.stop()

    async def health(self) -> Health:
        return {"ok": not self._stopping and await self._store_well()}

    async def _alive(self, _: web.Request) -> web.Response:
        """Whether to start this process anew, which a store that is away is no reason for."""
        return web.Response(text="alive")

    async def _counted(self, request: web.Request) -> web.Response:
        """For whoever shows the webhook's secret, the way Prometheus does; nothing is here for others."""
        given = request.headers.get("Authorization", "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, b"Bearer " + self._secret):
            return web.Response(status=404)
        return await numbers(self._metrics)(request)

    async def _delivered(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return self._refusals(403, "without the secret")
        try:
            async with asyncio.timeout(BODY_WITHIN):
                update: object = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return self._refusals(413, "too large")
        except (TimeoutError, ClientError, ConnectionError, web.RequestPayloadError):
            return self._refusals(408, "that never came to its end")
        except (ValueError, RecursionError):
            return self._refusals(400, "that is no JSON")
        if not isinstance(update, dict):
            return self._refusals(400, "that is no update")
        return await self._kept(update)

    async def _kept(self, update: Json) -> web.Response:
        """200 after the commit. One that takes too long goes on; delivered again, it is known."""
        task = asyncio.create_task(self._keep(update))
        self._keeping.add(task)
        task.add_done_callback(self._over)
        try:
            await asyncio.wait_for(asyncio.shield(task), KEPT_WITHIN)
        except (StoreError, TimeoutError):
            self._metrics.update("refused_503")
            return web.Response(status=503, headers={"Retry-After": str(AGAIN_AFTER)})
        return web.Response()

    async def _keep(self, update: Json) -> None:
        read_as = self._intake.read(update)
        if isinstance(read_as, Moved):
            await self._intake.move(read_as, once)
        elif read_as is not None:
            await self._intake.keep([read_as], once)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._keeping.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("an update could not be kept, and Telegram brings it again: %s", error)
