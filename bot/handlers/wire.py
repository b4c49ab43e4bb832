"""Small calls on connections that are kept open: what a bot says all day, at a fifth of aiohttp's processor a call.

A POST with a body in one piece, and its answer; a connection carries one call at a time. Files, downloads and proxies
are left to aiohttp's client.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import socket
import ssl
import time
from typing import cast
from urllib.parse import SplitResult, urlsplit

from aiohappyeyeballs import start_connection

from bot.handlers.http_answer import Answer, NoHttp

IDLE = 60.0  # seconds after which a connection is not used again; Telegram closes them a little later
NEXT_ADDRESS = 0.25  # seconds until another address of the server is tried beside the first


class Wire(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self._transport: asyncio.Transport | None = None
        self._answer = Answer()
        self._waiting: asyncio.Future[Answer] | None = None
        self._loop = asyncio.get_running_loop()
        self._until = 0.0  # by the loop's clock
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def usable(self) -> bool:
        fresh = time.monotonic() - self.idle_since < IDLE
        return fresh and self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    async def call(self, request: bytes, seconds: float | None) -> Answer:
        """Raises NoHttp, OSError when the connection breaks, or TimeoutError when the answer is not there in time."""
        if self._transport is None or self._transport.is_closing():
            raise ConnectionResetError
        self._answer, self._waiting = Answer(), self._loop.create_future()
        self._until = math.inf if seconds is None else self._loop.time() + seconds
        self._set_alarm()
        self._transport.write(request)
        try:
            return await self._waiting
        finally:
            self._waiting = None

    def _set_alarm(self) -> None:
        """One a connection, left standing when an answer is in time: one for each call costs a third of the call."""
        if self._until < math.inf and (self._alarm is None or self._alarm.when() > self._until):
            self._cancel_alarm()
            self._alarm = self._loop.call_at(self._until, self._rung)

    def _cancel_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _rung(self) -> None:
        self._alarm = None
        if self._waiting is None:
            return
        if self._loop.time() >= self._until:
            self._over(TimeoutError())
        else:
            self._set_alarm()

    def data_received(self, data: bytes) -> None:
        if self._waiting is None:  # nothing was asked
            self.close()
            return
        try:
            self._answer.take(data)
        except NoHttp as error:
            self._over(error)
        else:
            if self._answer.done:
                self._over()

    def eof_received(self) -> None:
        """The loop closes, and tells by `connection_lost`."""

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        self._cancel_alarm()
        if error is None and self._answer.begun and not self._answer.done:
            try:
                self._answer.end()
            except NoHttp as broken:
                error = broken
            else:
                self._over()
                return
        self._over(error or ConnectionResetError())

    def _over(self, error: Exception | None = None) -> None:
        if self._waiting is not None and not self._waiting.done():
            if error is None:
                self._waiting.set_result(self._answer)
            else:
                self._waiting.set_exception(error)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()


class Wires:
    """Up to `connections` at once, whatever the server. Close it in the end."""

    def __init__(self, connections: int) -> None:
        self._room = asyncio.Semaphore(connections)
        self._idle: dict[tuple[str, str], list[Wire]] = {}
        self._secure: ssl.SSLContext | None = None
        self._closed = False

    async def post(
        self, url: str, json: bytes, room: float | None, connect: float | None, answer: float | None
    ) -> tuple[int, bytes]:
        """Status and body. No `json`, no body. The rest are seconds, None for no limit: until there is `room` for one
        more, until a new one is connected, and from there to the last byte of the answer.

        Raises TimeoutError, NoHttp or OSError.
        """
        where = urlsplit(url)
        if self._room.locked():
            async with asyncio.timeout(room):
                await self._room.acquire()
        else:
            await self._room.acquire()
        wire = None
        try:
            wire = self._kept(where) or await self._connected(where, connect)
            found = await wire.call(_request(where, json), answer)
            if found.kept and not self._closed:
                wire.idle_since = time.monotonic()
                self._idle.setdefault((where.scheme, where.netloc), []).append(wire)
                wire = None
            return found.status, found.body
        finally:
            self._room.release()
            if wire is not None:  # its answer was the last, or may come yet: nobody else can use it
                wire.close()

    def close(self) -> None:
        """What is under way ends by itself."""
        self._closed = True
        for wires in self._idle.values():
            for wire in wires:
                wire.close()
        self._idle.clear()

    def _kept(self, where: SplitResult) -> Wire | None:
        wires = self._idle.get((where.scheme, where.netloc), [])
        while wires:
            wire = wires.pop()
            if wire.usable:
                return wire
            wire.close()
        return None

    async def _connected(self, where: SplitResult, seconds: float | None) -> Wire:
        async with asyncio.timeout(seconds):
            return await self._new(where)

    async def _new(self, where: SplitResult) -> Wire:
        """To whichever address of the server answers first: a network may know one kind of them and not the other."""
        loop, secure = asyncio.get_running_loop(), where.scheme == "https"
        host, port = where.hostname or "", where.port or (443 if secure else 80)
        addresses = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        made = await start_connection(addresses, happy_eyeballs_delay=NEXT_ADDRESS, interleave=1, loop=loop)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            context, name = (self._context(), host) if secure else (None, None)
            _, wire = await loop.create_connection(Wire, sock=made, ssl=context, server_hostname=name)
        except BaseException:
            with contextlib.suppress(OSError):
                made.close()
            raise
        return wire

    def _context(self) -> ssl.SSLContext:
        if self._secure is None:
            self._secure = ssl.create_default_context()
        return self._secure


def _request(where: SplitResult, json: bytes) -> bytes:
    target = f"{where.path or '/'}?{where.query}" if where.query else where.path or "/"
    kind = "Content-Type: application/json\r\n" if json else ""
    head = f"POST {target} HTTP/1.1\r\nHost: {where.netloc.rpartition('@')[2]}\r\n{kind}"
    return f"{head}Content-Length: {len(json)}\r\n\r\n".encode("ascii", "replace") + json
