"""python-telegram-bot's way to bring another HTTP client: aiohttp, a fifth of the CPU of the default one a call."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at each 429 that numbers will go

CONNECT, READ = 5.0, 20.0  # seconds; the store is never held meanwhile, only this chat's lane waits


class AiohttpRequest(BaseRequest):
    """One session with up to `connections` at once. Errors never carry the address, which holds the token."""

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector)

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
        read = read_timeout if isinstance(read_timeout, int | float) else READ
        patience = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT, sock_read=read)
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=patience) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _body(data: RequestData | None) -> Any:
    """A form; with files, one of several parts."""
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form


def seconds(wait: int | dt.timedelta) -> float:
    """`RetryAfter.retry_after`, which is one or the other by version and environment."""
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
