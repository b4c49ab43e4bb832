"""python-telegram-bot's way to bring another HTTP client: aiohttp, a fifth of the CPU of the default one a call."""

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

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at each 429 that numbers will go

# Seconds; the store is never held meanwhile, only this chat's lane waits.
CONNECT, READ, WRITE, POOL = 5.0, 20.0, 20.0, 30.0

JSON = {"Content-Type": "application/json"}

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
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

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
        if self._session is None:
            raise NetworkError("the connection is closed")
        patience = _patience(read_timeout, write_timeout, connect_timeout, pool_timeout)
        proxy = self._proxy(url)
        try:
            body, headers = _body(request_data)
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=patience, proxy=proxy
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    def _proxy(self, url: str) -> str | None:
        """Asked for once a server: aiohttp's own `trust_env` would read the environment at every call."""
        server = "/".join(url.split("/", 3)[:3])
        if server not in self._proxies:
            scheme, _, host = server.partition("://")
            found = getproxies()
            self._proxies[server] = None if proxy_bypass(host) else found.get(scheme) or found.get("all")
        return self._proxies[server]


def _patience(read: Any, write: Any, connect: Any, pool: Any) -> aiohttp.ClientTimeout:
    """aiohttp has no limit for writing, so a server that stops reading is caught by one for the whole call."""
    read, write, connect, pool = (
        given if given is None or isinstance(given, int | float) else usual
        for given, usual in ((read, READ), (write, WRITE), (connect, CONNECT), (pool, POOL))
    )
    to_connect = None if connect is None or pool is None else connect + pool
    whole = None if to_connect is None or write is None or read is None else to_connect + write + read
    return aiohttp.ClientTimeout(total=whole, connect=to_connect, sock_connect=connect, sock_read=read)


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """JSON and its header, a third of the processor of a form; with files, a form of several parts."""
    if data is None:
        return None, None
    if not data.contains_files:
        return json.dumps(data.parameters).encode(), JSON
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        large = BytesIO(content) if isinstance(content, bytes) else content  # bytes alone would go out in one piece
        form.add_field(name, large, filename=filename, content_type=media_type)
    return form, None


def seconds(wait: int | dt.timedelta) -> float:
    """`RetryAfter.retry_after`, which is one or the other by version and environment."""
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
