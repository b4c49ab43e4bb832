"""python-telegram-bot's way to bring another HTTP client: ours for small calls, aiohttp for files and proxies."""

from __future__ import annotations

import datetime as dt
import json
import os
from io import BytesIO
from typing import Any, Literal
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.handlers.http_answer import NoHttp
from bot.handlers.wire import Wires

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at each 429 that numbers will go

# Seconds; the store is never held meanwhile, only this chat's lane waits.
CONNECT, READ, WRITE, POOL = 5.0, 20.0, 20.0, 30.0
USUAL = READ, WRITE, CONNECT, POOL


Client = Literal["aiohttp", "httpx"]


def client(kind: Client, connections: int) -> BaseRequest:
    """The HTTP client of that name, with up to `connections` at once: ours, or the one the library brings."""
    if kind == "aiohttp":
        return AiohttpRequest(connections)
    from telegram.request import HTTPXRequest

    return HTTPXRequest(
        connections,
        read_timeout=READ,
        write_timeout=WRITE,
        connect_timeout=CONNECT,
        pool_timeout=POOL,
        media_write_timeout=WRITE,
    )


class AiohttpRequest(BaseRequest):
    """One session with up to `connections` at once. Errors never carry the address, which holds the token.

    Proxies are taken from the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), as the library's client does.
    """

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._wires: Wires | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector)
            self._wires = Wires(self._connections)

    async def shutdown(self) -> None:
        if self._session is not None and self._wires is not None:
            self._wires.close()
            await self._session.close()
            self._session = self._wires = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None or self._wires is None:
            raise NetworkError("the connection is closed")
        read, write, connect, pool = map(_limit, (read_timeout, write_timeout, connect_timeout, pool_timeout), USUAL)
        proxy, files = self._proxy(url), request_data is not None and request_data.contains_files
        try:
            if method == "POST" and not files and proxy is None:
                return await self._wires.post(url, _json(request_data), pool, connect, read)
            patience = _patience(read, write, connect, pool)
            body = _form(request_data) if request_data is not None else None
            async with self._session.request(method, url, data=body, timeout=patience, proxy=proxy) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, NoHttp) as error:
            raise NetworkError(type(error).__name__) from None

    def _proxy(self, url: str) -> str | None:
        """Asked for once a server: aiohttp's own `trust_env` would read the environment at every call."""
        server = "/".join(url.split("/", 3)[:3])
        if server not in self._proxies:
            scheme, _, host = server.partition("://")
            found = getproxies()
            self._proxies[server] = None if proxy_bypass(host) else found.get(scheme) or found.get("all")
        return self._proxies[server]


def _limit(given: Any, usual: float) -> Any:
    """Seconds, None for no limit; what the library's default stands for is ours to say."""
    return usual if given is BaseRequest.DEFAULT_NONE else given


def _sum(*limits: float | None) -> float | None:
    return None if None in limits else sum(limit for limit in limits if limit is not None)


def _patience(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp has no limit for writing, so a server that stops reading is caught by one for the whole call."""
    whole = _sum(connect, pool, write, read)
    return aiohttp.ClientTimeout(total=whole, connect=_sum(connect, pool), sock_connect=connect, sock_read=read)


def _json(data: RequestData | None) -> bytes:
    """A third of the processor of a form."""
    return json.dumps(data.parameters).encode() if data is not None else b""


def _form(data: RequestData) -> aiohttp.FormData:
    """Of several parts when there are files."""
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        large = BytesIO(content) if isinstance(content, bytes) else content  # bytes alone would go out in one piece
        form.add_field(name, large, filename=filename, content_type=media_type)
    return form


def seconds(wait: int | dt.timedelta) -> float:
    """`RetryAfter.retry_after`, which is one or the other by version and environment."""
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
