"""A load balancer in a few lines: deliveries go to the ports in turn, and past one where nobody listens."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web


class Balancer:
    """`ports` may change at any time. `dealt` counts what each has answered."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.dealt: dict[int, int] = {}
        self.url = ""
        self._turn = itertools.count()

    async def pass_on(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), request.headers.copy()
        first = next(self._turn)
        for offset in range(len(self.ports)):
            port = self.ports[(first + offset) % len(self.ports)]
            try:
                async with self._http.post(
                    f"http://127.0.0.1:{port}{request.path}", data=body, headers=headers
                ) as answer:
                    self.dealt[port] = self.dealt.get(port, 0) + 1
                    return web.Response(status=answer.status)
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Balancer]:
        app = web.Application()
        app.router.add_post("/in", self.pass_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/in"
        async with aiohttp.ClientSession() as self._http:
            yield self
            await runner.cleanup()
