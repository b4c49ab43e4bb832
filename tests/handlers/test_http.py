"""Both HTTP clients against the same servers, good and bad: whichever is set, the bot meets the same errors."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.conversation.knowledge import Knowledge
from bot.handlers.http import Client, ReqwestRequest, client, seconds
from bot.handlers.service import Manner
from bot.preview import Preview
from tests.handlers.conftest import next_words, running

TOKEN = "7000000001:a_token_that_no_error_may_show_000000"
SENT = {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "x"}
PATIENCE: dict[str, Any] = dict.fromkeys(("read_timeout", "write_timeout", "connect_timeout", "pool_timeout"), 20.0)
HASTE: dict[str, Any] = {"read_timeout": 0.15, "write_timeout": 0.15, "connect_timeout": 0.15, "pool_timeout": 0.15}
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
Raw = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]

pytestmark = pytest.mark.parametrize("kind", ["reqwest", "httpx"])


class Servers:
    """Starts servers that end with the test; each gives the address it listens at."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack

    async def web(self, handle: Handle) -> str:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_route("*", "/{rest:.*}", handle)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def raw(self, handle: Raw) -> str:
        open_: list[asyncio.StreamWriter] = []

        async def handled(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            open_.append(writer)
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await handle(reader, writer)

        server = await asyncio.start_server(handled, "127.0.0.1", 0)

        async def close() -> None:
            for writer in open_:
                writer.close()
            server.close()
            await server.wait_closed()

        self._stack.push_async_callback(close)
        host, port = server.sockets[0].getsockname()
        return f"http://{host}:{port}"


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    async with AsyncExitStack() as stack:
        yield Servers(stack)


@asynccontextmanager
async def bot_at(url: str, kind: Client, connections: int = 4) -> AsyncIterator[Bot]:
    """A bot that is not introduced to its server, which may know nothing but one answer."""
    request = client(kind, connections)
    await request.initialize()
    try:
        yield Bot(TOKEN, base_url=f"{url}/bot", request=request)
    finally:
        await request.shutdown()


async def failure(url: str, kind: Client, patience: dict[str, Any] = PATIENCE) -> TelegramError:
    """What a message to the server at `url` raises. No error may show the token."""
    async with bot_at(url, kind) as bot:
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(5, "x", **patience)
    assert TOKEN not in f"{caught.value} {caught.value!r}"
    return caught.value


def answering(status: int, body: object) -> Handle:
    async def handle(request: web.Request) -> web.Response:
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(status=status, text=text, content_type="application/json")

    return handle


def refusing(status: int, description: str = "no", **parameters: int) -> tuple[int, dict[str, object]]:
    return status, {"ok": False, "error_code": status, "description": description, "parameters": parameters}


async def read_head(reader: asyncio.StreamReader) -> None:
    await reader.readuntil(b"\r\n\r\n")


def test_the_setting_picks_the_client(kind: Client) -> None:
    wanted: dict[Client, type[BaseRequest]] = {"reqwest": ReqwestRequest, "httpx": HTTPXRequest}
    assert type(client(kind, 3)) is wanted[kind]


async def test_parameters_arrive_as_they_are(kind: Client, servers: Servers) -> None:
    arrived: list[dict[str, Any]] = []

    async def handle(request: web.Request) -> web.Response:
        json_sent = request.content_type == "application/json"
        arrived.append({"path": request.path, **(await request.json() if json_sent else await request.post())})
        return web.json_response({"ok": True, "result": SENT})

    async with bot_at(await servers.web(handle), kind) as bot:
        sent = await bot.send_message(5, "a & b = ü\n<b>100 %</b> + 1 😀", parse_mode="HTML")
    assert sent.message_id == 1
    assert arrived == [
        {
            "path": f"/bot{TOKEN}/sendMessage",
            "chat_id": 5 if kind == "reqwest" else "5",
            "text": "a & b = ü\n<b>100 %</b> + 1 😀",
            "parse_mode": "HTML",
        }
    ]


async def test_a_file_arrives_with_its_name_and_every_byte(kind: Client, servers: Servers) -> None:
    content = bytes(range(256)) * 2000
    files: list[tuple[str, str, bytes, str]] = []

    async def handle(request: web.Request) -> web.Response:
        form = await request.post()
        file = form["document"]
        assert isinstance(file, web.FileField)
        files.append((file.filename, file.content_type, file.file.read(), str(form["caption"])))
        return web.json_response({"ok": True, "result": SENT})

    async with bot_at(await servers.web(handle), kind) as bot:
        await bot.send_document(5, InputFile(content, filename="plän.png"), caption="ein Plan: 3 < 4")
    assert files == [("plän.png", "image/png", content, "ein Plan: 3 < 4")]


async def test_a_download_is_what_the_server_has(kind: Client, servers: Servers) -> None:
    content = bytes(range(256)) * 500

    async def handle(request: web.Request) -> web.Response:
        return web.Response(body=content)

    url = await servers.web(handle)
    async with bot_at(url, kind) as bot:
        assert await bot.request.retrieve(f"{url}/file/x") == content


@pytest.mark.parametrize(
    ("status", "body", "wanted"),
    [
        (*refusing(400, "Bad Request: chat not found"), BadRequest),
        (*refusing(400, "moved", migrate_to_chat_id=-1007), ChatMigrated),
        (*refusing(401, "Unauthorized"), InvalidToken),
        (*refusing(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (*refusing(404, "Not Found"), InvalidToken),
        (*refusing(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (*refusing(413, "Request Entity Too Large"), NetworkError),
        (*refusing(429, "Too Many Requests", retry_after=7), RetryAfter),
        (500, "<html>Internal Server Error</html>", NetworkError),
        (502, "<html>Bad Gateway</html>", NetworkError),
        (504, "", NetworkError),
        (200, "<html>a hotel's login page</html>", TelegramError),
    ],
)
async def test_what_the_server_says_becomes_the_librarys_error(
    kind: Client, servers: Servers, status: int, body: object, wanted: type[TelegramError]
) -> None:
    error = await failure(await servers.web(answering(status, body)), kind)
    assert type(error) is wanted
    if isinstance(error, RetryAfter):
        assert seconds(error.retry_after) == 7
    if isinstance(error, ChatMigrated):
        assert error.new_chat_id == -1007


async def test_a_server_that_takes_the_call_and_says_nothing_is_timed_out(kind: Client, servers: Servers) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    assert type(await failure(await servers.raw(silent), kind, HASTE)) is TimedOut


async def test_a_server_that_stops_within_its_answer_is_timed_out(kind: Client, servers: Servers) -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_head(reader)
        writer.write(OK + b'Content-Length: 1000\r\n\r\n{"ok":')
        await reader.read()

    assert type(await failure(await servers.raw(half), kind, HASTE)) is TimedOut


async def test_a_server_that_stops_reading_an_upload_is_timed_out(kind: Client, servers: Servers) -> None:
    gone = asyncio.Event()

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.wait()

    async with bot_at(await servers.raw(deaf), kind) as bot:
        with pytest.raises(TimedOut):
            await bot.send_document(5, InputFile(bytes(20_000_000), filename="large.bin"), **HASTE)
    gone.set()


@pytest.mark.skipif(sys.platform != "linux", reason="how many connections wait unanswered is the system's own affair")
async def test_a_server_that_does_not_take_the_connection_is_timed_out(kind: Client) -> None:
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):  # they wait in its queue, so that there is no room for ours
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        host, port = full.getsockname()
        assert type(await failure(f"http://{host}:{port}", kind, HASTE)) is TimedOut


async def test_a_call_that_finds_every_connection_taken_is_timed_out_and_a_later_one_gets_through(
    kind: Client, servers: Servers
) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        reached.set()
        await go_on.wait()
        return web.json_response({"ok": True, "result": SENT})

    async with bot_at(await servers.web(slow), kind, connections=1) as bot:
        first = asyncio.create_task(bot.send_message(5, "first"))
        await reached.wait()
        with pytest.raises(TimedOut):
            await bot.send_message(5, "second", **HASTE)
        go_on.set()
        assert (await first).message_id == 1
        assert (await bot.send_message(5, "third")).message_id == 1


async def test_calls_that_are_called_off_leave_the_connections_to_others(kind: Client, servers: Servers) -> None:
    reached, go_on = asyncio.Semaphore(0), asyncio.Event()

    async def slow(request: web.Request) -> web.Response:
        reached.release()
        await go_on.wait()
        return web.json_response({"ok": True, "result": SENT})

    async with bot_at(await servers.web(slow), kind, connections=2) as bot:
        under_way = [asyncio.create_task(bot.send_message(5, str(number))) for number in range(2)]
        for _ in under_way:
            await reached.acquire()
        if kind == "reqwest":  # httpx loses a connection when who waits for one is called off: httpcore's known fault
            under_way += [asyncio.create_task(bot.send_message(5, str(number))) for number in range(4)]
            await asyncio.sleep(0)
        for task in under_way:
            task.cancel()
        ended = await asyncio.gather(*under_way, return_exceptions=True)
        assert all(isinstance(one, asyncio.CancelledError) for one in ended)
        go_on.set()
        sent = await asyncio.gather(*(bot.send_message(5, "again") for _ in range(6)))
        assert [one.message_id for one in sent] == [1] * 6


async def test_a_call_that_is_called_off_as_its_answer_comes_is_called_off(kind: Client, servers: Servers) -> None:
    answered = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = json.dumps({"ok": True, "result": SENT}).encode()
        while True:
            await read_head(reader)
            writer.write(OK + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            answered.set()

    async with bot_at(await servers.raw(answer), kind) as bot:
        for _ in range(20):
            answered.clear()
            call = asyncio.create_task(bot.request.post(f"{bot.base_url}/getMe"))
            await answered.wait()
            time.sleep(0.005)  # our loop stands still while the answer arrives
            asked = call.cancel()
            await asyncio.wait([call])
            assert call.cancelled() == asked


async def test_nobody_there_is_trouble_with_the_network(kind: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host, port = free.getsockname()
    assert type(await failure(f"http://{host}:{port}", kind)) is NetworkError


async def test_a_name_that_leads_nowhere_is_trouble_with_the_network(kind: Client) -> None:
    assert isinstance(await failure("http://nowhere.invalid", kind), NetworkError)


def hanging_up(answer: bytes = b"", reset: bool = False) -> Raw:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_head(reader)
        writer.write(answer)
        if reset:
            kept = writer.get_extra_info("socket")
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.close()

    return handle


@pytest.mark.parametrize(
    "handle",
    [
        pytest.param(hanging_up(reset=True), id="reset"),
        pytest.param(hanging_up(), id="closed without a word"),
        pytest.param(hanging_up(OK + b'Content-Length: 1000\r\n\r\n{"ok":'), id="closed within the answer"),
        pytest.param(hanging_up(b"220 mail.example.com ESMTP\r\n\r\n"), id="speaks something else"),
    ],
)
async def test_a_server_that_hangs_up_is_trouble_with_the_network(kind: Client, servers: Servers, handle: Raw) -> None:
    assert type(await failure(await servers.raw(handle), kind)) is NetworkError


async def test_a_connection_that_died_while_idle_costs_no_message(kind: Client, servers: Servers) -> None:
    closed = asyncio.Event()

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = json.dumps({"ok": True, "result": SENT}).encode()
        await read_head(reader)
        writer.write(OK + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        closed.set()

    async with bot_at(await servers.raw(once), kind) as bot:
        for _ in range(3):
            closed.clear()
            assert (await bot.send_message(5, "x")).message_id == 1
            await closed.wait()
            await asyncio.sleep(0.01)  # until our end has seen it too


async def test_after_it_was_shut_down_a_client_says_so_and_can_begin_again(kind: Client, servers: Servers) -> None:
    url = await servers.web(answering(200, {"ok": True, "result": SENT}))
    async with bot_at(url, kind) as bot:
        await bot.request.shutdown()
        await bot.request.shutdown()  # a second time is no error
        with pytest.raises(NetworkError):
            await bot.send_message(5, "x")
        await bot.request.initialize()
        assert (await bot.send_message(5, "x")).message_id == 1


async def test_a_proxy_of_the_environment_is_used_and_no_proxy_heeded(
    kind: Client, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        asked.append(request.headers["Host"])
        return web.json_response({"ok": True, "result": SENT | {"message_id": 2}})

    direct = await servers.web(answering(200, {"ok": True, "result": SENT}))
    for name in ("HTTP_PROXY", "ALL_PROXY", "all_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", await servers.web(proxy))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with bot_at("http://api.example.com", kind) as bot:
        assert (await bot.send_message(5, "x")).message_id == 2
    async with bot_at(direct, kind) as bot:
        assert (await bot.send_message(5, "x")).message_id == 1
    assert asked == ["api.example.com"]


async def test_the_whole_bot_works_with_it(
    kind: Client, preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    async with running(preview, knowledge, tmp_path / "advisor.db", Manner(long_poll=5, http=kind)):
        preview.world.say("alex", "/start")
        assert (await next_words(preview.world, "alex"))["text"]
