"""The HTTP server: the Bot API for the bot, the chat page for the person, on this machine only."""

from __future__ import annotations

import asyncio
import errno
import socket
import uuid
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.preview.bot_api import call
from bot.preview.files import MAX_FILE, Upload
from bot.preview.page_api import PageApi
from bot.preview.people import Json
from bot.preview.refusal import Refused, bad
from bot.preview.webhook import WebhookSender, stop
from bot.preview.world import World

LOOPBACK = ("127.0.0.1", "localhost")
PAGE = Path(__file__).with_name("page")
PAGE_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Preview:
    """A running preview. `world` is what happens in it; `close` ends it."""

    def __init__(self, world: World, runner: web.AppRunner, deliveries: asyncio.Task[None], url: str) -> None:
        self.world = world
        self.url = url
        self._runner = runner
        self._deliveries = deliveries

    @property
    def api_url(self) -> str:
        """For the bot: `base_url` is this with `/bot` after it, `base_file_url` with `/file/bot`."""
        return self.url.rstrip("/")

    async def close(self) -> None:
        """Stop serving; long polls and event streams end at once."""
        self.world.close()
        await stop([self._deliveries])
        await self._runner.cleanup()


async def start_preview(
    host: str = "127.0.0.1", port: int = 8081, token: str | None = None, rate_limits: bool = False
) -> Preview:
    """Serve on this machine and return at once. Port 0 takes any free one; a taken one raises OSError.

    `token` is the only one let in; without it, the first well-formed one that comes (LOCAL_TOKEN is such a one).
    """
    if host not in LOOPBACK:
        raise ValueError(f"the preview is only for this machine: host must be 127.0.0.1, not {host!r}")
    world = World(token=token)
    world.rates.enabled = rate_limits
    listening = listen(port)
    runner = web.AppRunner(make_app(world), handler_cancellation=True, shutdown_timeout=1, access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    sender = WebhookSender(world, lambda method, params: call(world, method, params))
    deliveries = asyncio.create_task(sender.run())
    return Preview(world, runner, deliveries, f"http://127.0.0.1:{listening.getsockname()[1]}/")


def listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
    except OSError as problem:
        listening.close()
        if problem.errno == errno.EADDRINUSE:
            words = f"port {port} is taken, perhaps by another preview: close it, or choose another port"
            raise OSError(errno.EADDRINUSE, words) from None
        raise
    listening.setblocking(False)
    return listening


def make_app(world: World) -> web.Application:
    app = web.Application(client_max_size=MAX_FILE + (1 << 20), middlewares=[only_this_machine])
    api = BotApi(world)
    app.add_routes(
        [
            web.get("/", page),
            web.get("/page/{name}", page_part),
            web.route("*", "/bot{token}/{method}", api.method),
            web.get("/file/bot{token}/{path:.+}", api.file),
            *PageApi(world, uuid.uuid4().hex).routes(),
        ]
    )
    return app


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page from elsewhere must not reach this server, neither by name (DNS rebinding) nor by a script."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport else 0
    hosts = {f"{name}:{port}" for name in LOOPBACK}
    if request.headers.get("Host") not in hosts:
        raise web.HTTPForbidden(text="This preview answers only to 127.0.0.1 and localhost.")
    if not from_here(request, hosts):
        raise web.HTTPForbidden(text="This preview answers only to its own page.")
    return await handler(request)


def from_here(request: web.Request, hosts: set[str]) -> bool:
    """Programs send neither header; a browser sends both, and may only follow a link to the page itself."""
    origin = request.headers.get("Origin")
    if origin is not None and origin not in {f"http://{host}" for host in hosts}:
        return False
    site = request.headers.get("Sec-Fetch-Site", "none")
    followed_link = request.path == "/" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    return site in ("none", "same-origin") or followed_link


async def page(_request: web.Request) -> web.StreamResponse:
    text = (PAGE / "index.html").read_text(encoding="utf-8")
    return web.Response(text=text, content_type="text/html", headers=PAGE_HEADERS)


async def page_part(request: web.Request) -> web.StreamResponse:
    part = PAGE / Path(request.match_info["name"]).name
    if part.suffix not in PAGE_TYPES or not part.is_file():
        raise web.HTTPNotFound
    text = part.read_text(encoding="utf-8")
    return web.Response(text=text, content_type=PAGE_TYPES[part.suffix], headers=PAGE_HEADERS)


class BotApi:
    """The Bot API as HTTP: reads a request however it is written, answers as Telegram does."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def method(self, request: web.Request) -> web.Response:
        try:
            self._admit(request)
            given, uploads = await read_request(request)
            result = await call(self._world, request.match_info["method"], given, uploads)
        except Refused as refused:
            return refusal(refused)
        return web.json_response({"ok": True, "result": result})

    def _admit(self, request: web.Request) -> None:
        profile = self._world.profile
        known = profile.connected
        profile.admit(request.match_info["token"])
        if not known:
            self._world.events.add("bot", None)  # the page stops saying that it waits for the bot

    async def file(self, request: web.Request) -> web.Response:
        try:
            self._admit(request)
        except Refused as refused:
            return refusal(refused)
        stored = self._world.files.at(request.match_info["path"])
        if stored is None:
            return refusal(Refused(404, "Not Found"))
        return web.Response(body=stored.upload.data, content_type="application/octet-stream")


def refusal(refused: Refused) -> web.Response:
    body: Json = {"ok": False, "error_code": refused.status, "description": refused.description}
    if refused.retry_after is not None:
        body["parameters"] = {"retry_after": refused.retry_after}
    return web.json_response(body, status=refused.status)


async def read_request(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Parameters from the address and from the body: a form, a multipart form with files, or JSON."""
    given: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        given |= await read_json(request)
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                given[name] = value
    return given, uploads


async def read_json(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        raise bad("can't parse request body: invalid JSON") from None
    if not isinstance(body, dict):
        raise bad("can't parse request body: expected an Object")
    return {name: value for name, value in body.items() if value is not None}
