"""/healthz and /metrics, for whoever watches the bot: on a port of this machine, and on the port of the webhook."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.handlers.metrics import Metrics

Health = Mapping[str, object]  # "ok", and what it was judged by
AskHealth = Callable[[], Awaitable[Health]]


def healthz(ask: AskHealth) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Answers 200 while all is well, else 503."""

    async def answer(_: web.Request) -> web.Response:
        health = await ask()
        return web.json_response(dict(health), status=200 if health["ok"] else 503)

    return answer


def numbers(metrics: Metrics) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Answers with what this process has counted, for Prometheus."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return answer


async def serve(port: int, metrics: Metrics, ask: AskHealth) -> web.AppRunner:
    """Listen on 127.0.0.1. Raises OSError when the port is taken. The caller cleans the runner up."""
    app = web.Application()
    app.add_routes([web.get("/healthz", healthz(ask)), web.get("/metrics", numbers(metrics))])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner
