"""python-telegram-bot's way to bring another HTTP client: reqwest, a tenth of the CPU of the default one a call."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from functools import cache
from typing import Any, Literal

from pyreqwest.client import Client as Reqwest
from pyreqwest.client import ClientBuilder
from pyreqwest.exceptions import PyreqwestError
from pyreqwest.multipart import FormBuilder, PartBuilder
from pyreqwest.request import RequestBuilder
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.plain_json import as_json

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at each 429 that numbers will go

# Seconds; the store is never held meanwhile, only this chat's lane waits.
CONNECT, READ, WRITE, POOL = 5.0, 20.0, 20.0, 30.0
KEPT_OPEN = 60.0  # seconds that a connection stays without a call

Client = Literal["reqwest", "httpx"]


def client(kind: Client, connections: int) -> BaseRequest:
    """The HTTP client of that name, with up to `connections` at once: ours, or the one the library brings."""
    if kind == "reqwest":
        return ReqwestRequest(connections)
    from telegram.request import HTTPXRequest

    return HTTPXRequest(
        connections,
        read_timeout=READ,
        write_timeout=WRITE,
        connect_timeout=CONNECT,
        pool_timeout=POOL,
        media_write_timeout=WRITE,
    )


class ReqwestRequest(BaseRequest):
    """One client with up to `connections` at once. Errors never carry the address, which holds the token.

    Proxies are taken from the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), as the library's client does.
    """

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._client: Reqwest | None = None

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self._client is None:
            self._client = (
                ClientBuilder()
                .max_connections(self._connections)
                .connect_timeout(_seconds(CONNECT))
                .pool_idle_timeout(_seconds(KEPT_OPEN))
                .follow_redirects(False)
                .build()
            )

    async def shutdown(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None

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
        if self._client is None:
            raise NetworkError("the connection is closed")
        task = asyncio.current_task()
        called_off = task.cancelling() if task else 0
        try:
            call = self._client.request(method, url)
            patience = _patience(read_timeout, write_timeout, connect_timeout, pool_timeout)
            if patience is not None:
                call = call.timeout(patience)
            if request_data is not None:
                call = _with_body(call, request_data)
            answer = await call.build().send()
            return answer.status, bytes(await answer.bytes())
        except TimeoutError:
            raise TimedOut from None
        except PyreqwestError as error:
            raise NetworkError(type(error).__name__) from None
        finally:
            # Called off at the very moment of its answer, a call ends as if nothing had been asked, and a loop of them
            # would go on for ever.
            if task and task.cancelling() > called_off:
                raise asyncio.CancelledError


def _patience(read: Any, write: Any, connect: Any, pool: Any) -> dt.timedelta | None:
    """One limit for the whole call: this client has none for each of its parts but connecting."""
    whole = 0.0
    for given, usual in ((read, READ), (write, WRITE), (connect, CONNECT), (pool, POOL)):
        if given is None:
            return None
        whole += given if isinstance(given, int | float) else usual
    return _seconds(whole)


def _with_body(call: RequestBuilder, data: RequestData) -> RequestBuilder:
    """JSON, a third of the processor of a form; with files, a form of several parts."""
    if not data.contains_files:
        return call.header("Content-Type", "application/json").body_bytes(as_json(data.parameters))
    form = FormBuilder().percent_encode_noop()
    for name, value in data.json_parameters.items():
        form = form.text(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        whole = content if isinstance(content, bytes) else content.read()
        form = form.part(name, PartBuilder.from_bytes(whole).file_name(filename).mime(media_type))
    return call.multipart(form)


@cache
def _seconds(count: float) -> dt.timedelta:
    return dt.timedelta(seconds=count)


def seconds(wait: int | dt.timedelta) -> float:
    """`RetryAfter.retry_after`, which is one or the other by version and environment."""
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
