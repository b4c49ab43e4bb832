"""The webhook over real HTTP: 200 only after the commit, nothing lost or twice, and no harm from whoever knocks."""

from __future__ import annotations

import asyncio
import io
import json
import socket
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import ValidationError
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.conversation.knowledge import Knowledge
from bot.handlers.http import Client, ReqwestRequest
from bot.handlers.intake import CannotReceive
from bot.handlers.registering import Hook, asked, told
from bot.handlers.service import Manner, Service
from bot.handlers.webhook import LARGEST, SECRET
from bot.preview import LOCAL_TOKEN, Preview, World
from bot.settings import Settings
from bot.store import Store, StoreError
from tests.handlers.conftest import Stage, next_words, running
from tests.handlers.test_delivery import QUICK, gone
from tests.handlers.test_sending import FEE, FORMAT, emptied

WORD = "only-we-and-telegram_know"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@dataclass
class Door:
    """A bot behind its webhook, the Telegram that delivers to it, and somebody else who knows the address."""

    preview: Preview
    service: Service
    hook: Hook
    http: aiohttp.ClientSession

    @property
    def world(self) -> World:
        return self.preview.world

    @property
    def stage(self) -> Stage:
        return Stage(self.preview, self.service)

    @property
    def store(self) -> Store:
        return self.service.turns.store

    async def deliver(self, update: Any, secret: str = WORD) -> tuple[int, str | None]:
        """Status and `Retry-After` of one delivery by hand."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        async with self.http.post(self.hook.url, data=io.BytesIO(body), headers={SECRET: secret}) as answer:
            return answer.status, answer.headers.get("Retry-After")

    async def status(self, path: str) -> int:
        async with self.http.get(f"http://127.0.0.1:{self.hook.port}{path}") as answer:
            return answer.status


def a_hook() -> Hook:
    port = free_port()
    return Hook(f"http://127.0.0.1:{port}/in", WORD, "127.0.0.1", port)


def written(number: int, text: str) -> dict[str, Any]:
    chat, sender = {"id": 1001, "type": "private"}, {"id": 1001, "is_bot": False, "first_name": "Alex"}
    message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": sender, "text": text}
    return {"update_id": 1000 + number, "message": message}


@pytest.fixture
async def door(preview: Preview, knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Door]:
    preview.world.webhook_retry = 0.01
    preview.world.say("alex", "/start")
    preview.world.updates.drop_all()
    hook = a_hook()
    async with (
        running(preview, knowledge, tmp_path / "advisor.db", Manner(rates=QUICK, webhook=hook)) as service,
        aiohttp.ClientSession() as http,
    ):
        await preview.world.until(lambda: preview.world.webhook)
        yield Door(preview, service, hook, http)


def slow(store: Store, patch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Commits wait for the second event; the first says that one has begun."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    apply: Callable[..., Any] = store.apply

    async def waiting(*given: Any) -> Any:
        begun.set()
        await go_on.wait()
        return await apply(*given)

    patch.setattr(store, "apply", waiting)
    return begun, go_on


async def refuse(*_: object) -> None:
    raise StoreError("disk full")


async def test_telegram_hears_200_only_when_the_turn_is_committed(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = slow(door.store, monkeypatch)
    delivery = asyncio.create_task(door.deliver(written(1, FORMAT)))
    await begun.wait()
    assert not delivery.done()
    assert (await door.store.counts())["updates_seen"] == 0
    go_on.set()
    assert await delivery == (200, None)
    assert (await door.store.counts())["updates_seen"] == 1


@pytest.mark.fault("F02")
async def test_what_the_store_can_not_keep_is_refused_and_answered_once_when_it_comes_again(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(door.store, "apply", refuse)
        assert await door.deliver(written(1, FORMAT)) == (503, "5")
        door.world.say("alex", FORMAT)
        hook = await door.world.until(lambda: door.world.webhook)
        while not hook.last_error:
            await asyncio.sleep(0.01)
    assert hook.last_error == "Wrong response from the webhook: 503 Service Unavailable"
    assert "100 multiple-choice" in (await next_words(door.world, "alex"))["text"]
    await gone(door.world)
    await emptied(door.stage)
    assert len(door.world.bot_messages("alex")) == 1


@pytest.mark.fault("F18")
async def test_a_commit_that_takes_too_long_is_asked_for_again_and_counts_once(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.webhook.KEPT_WITHIN", 0.01)
    with monkeypatch.context() as patch:
        _, go_on = slow(door.store, patch)
        assert await door.deliver(written(1, FORMAT)) == (503, "5")
        go_on.set()
        await next_words(door.world, "alex")
    monkeypatch.setattr("bot.handlers.webhook.KEPT_WITHIN", 10)
    assert await door.deliver(written(1, FORMAT)) == (200, None)
    await emptied(door.stage)
    assert len(door.world.bot_messages("alex")) == 1


async def test_messages_that_could_not_be_kept_make_nobody_a_flooder(
    preview: Preview, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = a_hook()
    manner = Manner(webhook=hook)
    async with (
        running(preview, knowledge, tmp_path / "advisor.db", manner) as service,
        aiohttp.ClientSession() as http,
    ):
        door = Door(preview, service, hook, http)
        with monkeypatch.context() as patch:
            patch.setattr(door.store, "apply", refuse)
            for _ in range(30):
                assert (await door.deliver(written(1, FORMAT)))[0] == 503
        assert (await door.deliver(written(1, FORMAT)))[0] == 200
        assert service.metrics.updates.labels("applied")._value.get() == 1


@pytest.mark.fault("F12")
async def test_a_message_that_is_delivered_many_times_makes_nobody_a_flooder_and_the_next_press_counts(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    hook = a_hook()
    async with (
        running(preview, knowledge, tmp_path / "advisor.db", Manner(webhook=hook)) as service,
        aiohttp.ClientSession() as http,
    ):
        door = Door(preview, service, hook, http)
        for _ in range(30):
            assert (await door.deliver(written(1, FORMAT)))[0] == 200
        press = {"id": "1", "from": written(1, "")["message"]["from"], "chat_instance": "1", "data": "q:program_length"}
        assert (await door.deliver({"update_id": 1002, "callback_query": press}))[0] == 200
        counted = {result: service.metrics.updates.labels(result)._value.get() for result in ("applied", "warned")}
        assert counted == {"applied": 2, "warned": 0}


@pytest.mark.fault("F46")
@pytest.mark.parametrize("secret", ["", "only-we-and-telegram_knoW", WORD + "x", "geheim-ü", "x" * 5000])
async def test_who_does_not_know_the_secret_delivers_nothing(
    door: Door, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        assert await door.deliver(written(1, FORMAT), secret) == (403, None)
    assert (await door.store.counts())["updates_seen"] == 0
    assert caplog.text.count("without the secret was refused") == 1, "said once, however often somebody knocks"
    assert WORD not in caplog.text
    assert not secret or secret not in caplog.text


@pytest.mark.fault("F46")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe\x00", 400),
        (b'"words"', 400),
        (b"[1]", 400),
        (b"9" * 5000, 400),
        (b"[" * 100_000, 400),
        (b'{"a": "' + b"a" * LARGEST + b'"}', 413),
        (b"{}", 200),
        (b'{"update_id": "x", "message": 7}', 200),
        (b'{"update_id": 1e999, "message": {}}', 200),
        (b'{"update_id": -1, "message": {"message_id": 1}}', 200),
        (b'{"update_id": 99999999999999999999999, "message": {"message_id": 1}}', 200),
    ],
    ids=range(13),
)
async def test_a_body_that_is_no_update_is_refused_in_one_line_or_let_go(
    door: Door, body: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await door.deliver(body))[0] == status
    assert "Traceback" not in caplog.text
    assert [record.levelname for record in caplog.records if record.levelno > 20] == ["WARNING"]
    assert (await door.store.counts())["updates_seen"] == 0


@pytest.mark.fault("F46")
async def test_a_body_in_pieces_without_end_is_cut_off(door: Door) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 10_000 + 2):
            yield b" " * 10_000

    async with door.http.post(door.hook.url, data=pieces(), headers={SECRET: WORD}) as answer:
        assert answer.status == 413


@pytest.mark.fault("F46")
async def test_other_methods_and_paths_lead_nowhere(door: Door) -> None:
    root = f"http://127.0.0.1:{door.hook.port}"
    asked_for = [("GET", "/in", 405), ("PUT", "/in", 405), ("POST", "/", 404), ("GET", "/metrics", 404)]
    asked_for += [("POST", "/in/", 404), ("POST", "/../in/x", 404), ("POST", "/healthz", 405)]
    for method, path, status in asked_for:
        async with door.http.request(method, root + path, headers={SECRET: WORD}, data=b"{}") as answer:
            assert answer.status == status, (method, path)


@pytest.mark.fault("F46")
@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n%s: %s\r\n\r\n{" % (SECRET.encode(), WORD.encode()),
        b"POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /in HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n%s: %s\r\n\r\nzz\r\n"
        % (SECRET.encode(), WORD.encode()),
    ],
    ids=["tls", "no path", "half a body", "negative length", "long header", "bad chunk"],
)
async def test_what_is_not_http_and_who_hangs_up_stop_nobody(
    door: Door, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", door.hook.port)
    writer.write(sent)
    await writer.drain()
    writer.close()
    door.world.say("alex", FORMAT)
    assert "100 multiple-choice" in (await next_words(door.world, "alex"))["text"]
    assert "Traceback" not in caplog.text
    assert WORD not in caplog.text


@pytest.mark.fault("F46")
async def test_a_body_that_never_ends_is_not_waited_for(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.handlers.webhook.BODY_WITHIN", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", door.hook.port)
    head = f"POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n{SECRET}: {WORD}\r\n\r\n"
    writer.write(head.encode())
    assert b"408" in await reader.readline()
    writer.close()


@pytest.mark.fault("F17")
async def test_an_update_that_always_fails_is_accepted_with_one_apology(
    door: Door, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[object] = []

    def broken(*given: object) -> None:
        tries.append(given)
        raise KeyError("Zebedee")

    with monkeypatch.context() as patch:
        patch.setattr("bot.handlers.turns.respond", broken)
        for _ in range(2):
            assert await door.deliver(written(1, FORMAT)) == (200, None)
        assert (await next_words(door.world, "alex"))["text"] == knowledge.voice["error"]
    assert await door.deliver(written(2, FEE)) == (200, None)
    assert "$425" in (await next_words(door.world, "alex"))["text"]
    await emptied(door.stage)
    assert (await door.store.counts())["dead_letters"] == 1
    assert len(door.world.bot_messages("alex")) == 2


async def test_a_bug_outside_the_turn_holds_up_no_chat(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        for name in ("apply", "put_aside", "move_chat"):
            patch.setattr(door.store, name, broken)
        assert (await door.deliver(written(1, FORMAT)))[0] == 200
        chat, sender = {"id": -7, "type": "group", "title": "x"}, {"id": 1001, "is_bot": False, "first_name": "A"}
        moved = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "migrate_to_chat_id": -1007}
        assert (await door.deliver({"update_id": 2, "message": moved}))[0] == 200


async def test_presses_inline_words_and_groups_work_as_when_fetched(door: Door) -> None:
    door.world.say("alex", "/menu")
    menu = await next_words(door.world, "alex")
    door.world.press("alex", menu["message_id"], "m:1")
    await door.world.until(lambda: door.world.calls_of("answerCallbackQuery"))
    door.world.ask_inline("alex", "salary houston")
    offer = await door.world.next_event("alex", "inline")
    assert "Houston" in offer["results"][0]["title"]
    door.world.say("group", f"@{door.service.bot.username} {FORMAT}")
    assert "100 multiple-choice" in (await next_words(door.world, "group"))["text"]
    assert not door.world.calls_of("getUpdates")


async def test_telegram_is_told_where_to_deliver_what_and_with_which_secret(door: Door) -> None:
    (call,) = door.world.calls_of("setWebhook")
    assert call.params == {
        "url": door.hook.url,
        "secret_token": WORD,
        "max_connections": 100,
        "allowed_updates": ["message", "edited_message", "callback_query", "inline_query"],
    }


@pytest.mark.fault("F09")
async def test_a_stop_finishes_the_delivery_under_way_and_takes_no_other(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = slow(door.store, monkeypatch)
    delivery = asyncio.create_task(door.deliver(written(1, FORMAT)))
    await begun.wait()
    stopping = asyncio.create_task(door.service.door.stop())
    await refused(door.hook.port)
    go_on.set()
    assert await delivery == (200, None)
    await stopping
    assert (await door.store.counts())["updates_seen"] == 1


async def refused(port: int) -> None:
    """Wait until nobody can connect any more."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:
            return
        writer.close()


async def test_health_is_about_the_store_and_life_about_the_process(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [await door.status(path) for path in ("/healthz", "/livez")] == [200, 200]
    monkeypatch.setattr(door.store, "picture", refuse)
    assert [await door.status(path) for path in ("/healthz", "/livez")] == [503, 200]


async def test_a_taken_port_is_told_at_the_start(preview: Preview, knowledge: Knowledge, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        hook = Hook(f"http://127.0.0.1:{port}/", WORD, "127.0.0.1", port)
        with pytest.raises(OSError, match="in use"):
            async with running(preview, knowledge, tmp_path / "advisor.db", Manner(webhook=hook)):
                pass


async def test_an_address_that_telegram_refuses_ends_the_program_with_its_words(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    hook = Hook("https://bot.example.org/in", WORD, "127.0.0.1", free_port())
    async with running(preview, knowledge, tmp_path / "advisor.db", Manner(webhook=hook)) as service:
        with pytest.raises(CannotReceive, match="WEBHOOK_URL"):
            await asyncio.wait_for(service.failed(), 10)


async def test_who_fetches_while_a_webhook_is_set_is_told_how_to_go_on(
    preview: Preview, knowledge: Knowledge, tmp_path: Path
) -> None:
    api = preview.api_url
    await asked(LOCAL_TOKEN, api, "reqwest", lambda bot: bot.set_webhook("http://127.0.0.1:9/in"))
    preview.world.say("alex", FORMAT)
    async with running(preview, knowledge, tmp_path / "advisor.db") as service:
        with pytest.raises(CannotReceive, match="webhook delete"):
            await asyncio.wait_for(service.failed(), 10)
    await asked(LOCAL_TOKEN, api, "reqwest", lambda bot: bot.delete_webhook())
    async with running(preview, knowledge, tmp_path / "advisor.db"):
        assert "100 multiple-choice" in (await next_words(preview.world, "alex"))["text"]


@pytest.mark.parametrize(("name", "kind"), [("reqwest", ReqwestRequest), ("httpx", HTTPXRequest)])
async def test_an_operators_command_asks_with_the_http_client_that_is_set(
    preview: Preview, name: Client, kind: type[BaseRequest]
) -> None:
    async def used(bot: Bot) -> type[BaseRequest]:
        await bot.get_me()
        return type(bot.request)

    assert await asked(LOCAL_TOKEN, preview.api_url, name, used) is kind


async def test_info_tells_what_waits_and_what_failed_last(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.store, "apply", refuse)
    door.world.say("alex", FORMAT)
    while not (door.world.webhook and door.world.webhook.last_error):
        await asyncio.sleep(0.01)
    lines = list(told(await asked(LOCAL_TOKEN, door.preview.api_url, "reqwest", lambda bot: bot.get_webhook_info())))
    assert lines[0] == f"Telegram delivers to {door.hook.url}, over up to 100 connections."
    assert lines[1] == "Waiting at Telegram: 1."
    assert "503 Service Unavailable" in lines[2]
    await asked(LOCAL_TOKEN, door.preview.api_url, "reqwest", lambda bot: bot.delete_webhook())
    lines = list(told(await asked(LOCAL_TOKEN, door.preview.api_url, "reqwest", lambda bot: bot.get_webhook_info())))
    assert lines == ["No webhook is set: the bot fetches its messages.", "Waiting at Telegram: 1."]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"webhook_url": "http://bot.example.org/"}, "https://"),
        ({"webhook_url": "bot.example.org"}, "https://"),
        ({"webhook_url": "https://bot.example.org/?a=1"}, "can't have"),
        ({"webhook_url": "https://bot.example.org/"}, "token_urlsafe"),
        ({"webhook_url": "https://bot.example.org/", "webhook_secret": "a b"}, "A-Z a-z 0-9"),
        ({"webhook_url": "https://bot.example.org/", "webhook_secret": "a" * 257}, "A-Z a-z 0-9"),
        ({"webhook_port": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_webhook_that_can_not_be_is_told_with_what_to_write(given: dict[str, Any], wanted: str) -> None:
    with pytest.raises(ValidationError, match=wanted):
        Settings(**given)
