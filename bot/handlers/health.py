"""/healthz and /metrics on this machine, for whoever watches the bot."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.handlers.metrics import Metrics

SILENT_TOO_LONG = 180.0  # seconds without an answer of Telegram to a fetch


async def serve(port: int, metrics: Metrics, silent_for: Callable[[], float]) -> web.AppRunner:
    """Listen on 127.0.0.1. Raises OSError when the port is taken. The caller cleans the runner up."""

    async def healthz(_: web.Request) -> web.Response:
        silent = silent_for()
        well = silent < SILENT_TOO_LONG
        return web.json_response({"ok": well, "seconds_since_fetch": round(silent, 1)}, status=200 if well else 503)

    async def numbers(_: web.Request) -> web.Response:
        metrics.fetched.set(silent_for())
        return web.Response(body=generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", numbers)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner
