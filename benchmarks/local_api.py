"""A bare Bot API and the simulated people who use it, in a process of its own, so that it never holds a bot up.

    python -m benchmarks.local_api MESSAGES.json --people 2000 --active 200 --seconds 6 [--rate 300]

Raw asyncio: an update costs it a fifth of what it costs the leanest bot (`server` in the printed JSON says what share
of a core it used). It prints its port, `measuring`, `measured`, and one JSON object, each on a line. Without `--rate`
`--active` people wait at any time (closed loop: the top rate); with it so many updates a second come whatever
happens.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from benchmarks.common import quantile
from benchmarks.people import Crowd
from bot.handlers.launch import fast_loop

BOT = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
MOST_AT_ONCE = 100  # updates in one answer, as on Telegram
GATHERED = 0.001  # seconds that Telegram waits for more updates before it answers
WORDS = ("sendMessage", "editMessageText")
WARM_UP = 3.0  # seconds


class Api:
    """Takes calls, hands out updates, and knows when each update was answered."""

    def __init__(self, crowd: Crowd, rate: float, active: int) -> None:
        self.crowd, self.rate, self.active = crowd, rate, active
        self.calls: Counter[str] = Counter()
        self.found = asyncio.Event()  # a bot has come to fetch
        self._updates: list[dict[str, Any]] = []
        self._more = asyncio.Event()
        self._message = 1000

    def add(self, updates: list[dict[str, Any]]) -> None:
        self._updates += updates
        self._more.set()

    async def fetch(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """What a long poll gives back; an offset confirms what is below it."""
        self.found.set()
        offset = int(asked.get("offset") or 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if not self._updates:
            self._more.clear()
            try:
                await asyncio.wait_for(self._more.wait(), float(asked.get("timeout") or 0) or GATHERED)
            except TimeoutError:
                return []
            await asyncio.sleep(GATHERED)
        return self._updates[: int(asked.get("limit") or MOST_AT_ONCE)]

    def take(self, method: str, asked: dict[str, Any]) -> object:
        """The result of any call but getUpdates."""
        if method == "getMe":
            return BOT
        if method in WORDS:
            return self._say(method, asked)
        if method in ("sendPhoto", "sendDocument"):
            return self._message_with(asked, photo=[{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}])
        return True

    def _say(self, method: str, asked: dict[str, Any]) -> object:
        markup = asked.get("reply_markup")
        if isinstance(markup, str):
            markup = json.loads(markup)
        sent = self._message_with(asked, text=asked["text"], **({"reply_markup": markup} if markup else {}))
        again = self.crowd.hear(int(asked["chat_id"]), int(sent["message_id"]), markup)
        if again and not self.rate:
            self.add(self.crowd.speak())
        return sent

    def _message_with(self, asked: dict[str, Any], **more: object) -> dict[str, Any]:
        self._message += 1
        chat = {"id": int(asked["chat_id"]), "type": "private", "first_name": "Person"}
        number = int(asked.get("message_id") or self._message)
        return {"message_id": number, "from": BOT, "chat": chat, "date": int(time.time()), **more}


class Connection(asyncio.Protocol):
    """HTTP/1.1 as the clients of bots speak it: keep-alive, a length, JSON or a form of either kind."""

    def __init__(self, api: Api) -> None:
        self._api, self._rest = api, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while found := request_in(self._rest):
            head, body, self._rest = found
            target = urlsplit(head.split(b" ", 2)[1].decode())
            method = target.path.rpartition("/")[2]
            asked = dict(parse_qsl(target.query)) | form(head, body)
            self._api.calls[method] += 1
            if method == "getUpdates":
                asyncio.get_running_loop().create_task(self._poll(asked))
            else:
                self._answer(self._api.take(method, asked))

    async def _poll(self, asked: dict[str, Any]) -> None:
        self._answer(await self._api.fetch(asked))

    def _answer(self, result: object) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        if not self._transport.is_closing():
            self._transport.write(head % len(body) + body)


def request_in(data: bytes) -> tuple[bytes, bytes, bytes] | None:
    """Head, body and what comes after the first whole request in `data`."""
    head, end, rest = data.partition(b"\r\n\r\n")
    if not end:
        return None
    low = head.lower()
    if b"transfer-encoding: chunked" in low:
        return chunked(head, rest)
    at = low.find(b"content-length:")
    length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
    return (head, rest[:length], rest[length:]) if len(rest) >= length else None


def chunked(head: bytes, rest: bytes) -> tuple[bytes, bytes, bytes] | None:
    body = b""
    while b"\r\n" in rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        if len(rest) < length + 2:
            return None
        body, rest = body + rest[:length], rest[length + 2 :]
        if not length:
            return head, body, rest
    return None


def form(head: bytes, body: bytes) -> dict[str, Any]:
    if b"application/json" in head:
        found: dict[str, Any] = json.loads(body)
        return found
    if b"multipart/" not in head:
        return dict(parse_qsl(body.decode()))
    boundary = b"--" + head.split(b"boundary=")[1].split(b"\r\n")[0].strip(b'"')
    parts = {}
    for part in body.split(boundary)[1:-1]:
        about, _, value = part.partition(b"\r\n\r\n")
        if b"filename" not in about:
            parts[about.split(b'name="')[1].split(b'"')[0].decode()] = value[:-2].decode()
    return parts


async def measured(api: Api, seconds: float, told: Callable[[str], None]) -> dict[str, object]:
    """Let people talk; figures of the time after the warm-up."""
    await asyncio.wait_for(api.found.wait(), 60)
    speaking = asyncio.create_task(steadily(api)) if api.rate else None
    for _ in range(0 if api.rate else api.active):
        api.add(api.crowd.speak())
    await asyncio.sleep(WARM_UP)
    told("measuring")
    api.crowd.begin()
    calls, start, cpu = api.calls.copy(), time.perf_counter(), time.process_time()
    await asyncio.sleep(seconds)
    took, used = time.perf_counter() - start, time.process_time() - cpu
    told("measured")
    waits = [wait * 1000 for wait in api.crowd.waits]
    if speaking:
        speaking.cancel()
    return {
        "rate": len(waits) / took,
        "p50": quantile(waits, 0.5) if waits else 0,
        "p99": quantile(waits, 0.99) if waits else 0,
        "server": used / took,
        "unasked": api.crowd.unasked,
        "oldest": api.crowd.oldest(),
        "calls": {name: round(count / took) for name, count in (api.calls - calls).items()},
    }


async def steadily(api: Api) -> None:
    """`rate` updates a second, whether the bot keeps up or not. Made up for when this process woke late."""
    start, said = time.perf_counter(), 0
    while True:
        due = int((time.perf_counter() - start) * api.rate)
        while said < due:
            updates = api.crowd.speak()
            said += max(1, len(updates))
            api.add(updates)
        await asyncio.sleep(0.002)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("messages", type=Path, help="JSON: what people ask, and the command that starts a flow")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--active", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rate", type=float, default=0.0)
    options = parser.parse_args()
    said = json.loads(options.messages.read_text("utf-8"))
    crowd = Crowd(options.people, said["messages"], said["command"], random.Random(1))
    api = Api(crowd, options.rate, options.active)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(api), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    print(json.dumps(await measured(api, options.seconds, lambda line: print(line, flush=True))), flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until the bot has been stopped


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(main())
