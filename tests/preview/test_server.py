"""The server itself: who may speak to it, how a request may be written, polls, webhooks, what the page gets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.preview import LOCAL_TOKEN, Preview, World, start_preview
from bot.preview.images import sample_picture
from tests.preview.conftest import App

API = f"/bot{LOCAL_TOKEN}"


async def called(http: aiohttp.ClientSession, method: str, **params: Any) -> Any:
    async with http.post(f"{API}/{method}", json=params) as answer:
        return (await answer.json())["result"]


async def test_a_taken_port_is_told_clearly(preview: Preview) -> None:
    port = int(preview.url.rsplit(":", 1)[1].strip("/"))
    with pytest.raises(OSError, match=f"port {port} is taken"):
        await start_preview(port=port)


async def test_it_listens_to_this_machine_only() -> None:
    with pytest.raises(ValueError, match="only for this machine"):
        await start_preview(host="0.0.0.0", port=0)


@pytest.mark.parametrize("path", ["/", "/here/state", f"{API}/getMe"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_page_from_elsewhere_is_turned_away(
    http: aiohttp.ClientSession, path: str, headers: dict[str, str]
) -> None:
    async with http.get(path, headers=headers) as answer:
        assert answer.status == 403


async def test_a_link_from_elsewhere_may_be_followed_to_the_page(http: aiohttp.ClientSession) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with http.get("/?start=x", headers=headers) as answer:
        assert answer.status == 200


async def test_the_page_loads_nothing_from_elsewhere(http: aiohttp.ClientSession) -> None:
    async with http.get("/") as answer:
        text = await answer.text()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "https://" not in text
    for part, kind in (("chat.css", "text/css"), ("chat.js", "text/javascript"), ("icon.svg", "image/svg+xml")):
        async with http.get(f"/page/{part}") as answer:
            assert (answer.status, answer.content_type) == (200, kind)


@pytest.mark.parametrize("name", ["missing.js", "..%2Fserver.py", "index.html", "%2Fetc%2Fpasswd"])
async def test_only_the_parts_of_the_page_are_served(http: aiohttp.ClientSession, name: str) -> None:
    async with http.get(f"/page/{name}") as answer:
        assert answer.status == 404


async def test_a_call_may_be_get_form_json_or_multipart(http: aiohttp.ClientSession, world: World) -> None:
    world.say("alex", "/start")
    params = {"chat_id": "1001", "text": "hello"}
    multipart = aiohttp.FormData(params)
    multipart.add_field("unused", b"a file", filename="x.txt")
    for request in (
        http.get(f"{API}/sendMessage", params=params),
        http.post(f"{API}/SENDMESSAGE", data=params),
        http.post(f"{API}/sendMessage", json={**params, "entities": None}),
        http.post(f"{API}/sendMessage", data=multipart),
    ):
        async with request as answer:
            assert (await answer.json())["result"]["text"] == "hello"


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff"])
async def test_a_body_that_is_no_json_is_refused(http: aiohttp.ClientSession, body: bytes) -> None:
    async with http.post(f"{API}/getMe", data=body, headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 400
        assert (await answer.json())["description"].startswith("Bad Request: can't parse request body")


async def test_a_photo_may_be_a_file_of_the_form(http: aiohttp.ClientSession, world: World) -> None:
    world.say("alex", "/start")
    form = aiohttp.FormData({"chat_id": "1001"})
    form.add_field("photo", sample_picture(20, 10), filename="x.png", content_type="image/png")
    async with http.post(f"{API}/sendPhoto", data=form) as answer:
        photo = (await answer.json())["result"]["photo"][0]
    assert (photo["width"], photo["height"]) == (20, 10)


async def test_a_long_poll_waits_for_the_next_update(http: aiohttp.ClientSession, world: World) -> None:
    poll = asyncio.create_task(called(http, "getUpdates", timeout=20))
    await called(http, "getMe")
    world.say("alex", "now")
    (update,) = await poll
    assert update["message"]["text"] == "now"
    assert await called(http, "getUpdates", timeout=0) == [update]
    assert await called(http, "getUpdates", offset=update["update_id"] + 1) == []


async def test_updates_come_by_offset_limit_and_kind(http: aiohttp.ClientSession, world: World) -> None:
    for text in "abc":
        world.say("alex", text)

    async def texts(**params: Any) -> list[str]:
        return [update["message"]["text"] for update in await called(http, "getUpdates", **params)]

    assert await texts(limit=2) == ["a", "b"]
    assert await texts(offset=-1) == ["c"]
    assert await texts(offset=99) == []
    await called(http, "getUpdates", allowed_updates=["callback_query"])
    world.say("alex", "unheard")
    assert await texts() == []
    await called(http, "getUpdates", allowed_updates=[])
    world.say("alex", "heard")
    world.react("alex", 1, "!")
    assert await texts() == ["heard"]


async def test_an_update_that_nobody_can_read_is_delivered_as_it_is(http: aiohttp.ClientSession, world: World) -> None:
    world.inject({"message": {"chat": "this is no chat"}})
    world.inject({"something_new": {}, "update_id": 77})
    raw = await called(http, "getUpdates")
    assert raw == [{"update_id": 1, "message": {"chat": "this is no chat"}}, {"something_new": {}, "update_id": 77}]


async def test_reactions_are_told_only_to_who_asked(http: aiohttp.ClientSession, world: World) -> None:
    await called(http, "getUpdates", allowed_updates=["message_reaction"])
    world.react("alex", 1, "!")
    (update,) = await called(http, "getUpdates")
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "!"}]


@dataclass
class Receiver:
    """A webhook: keeps what arrives, and answers as planned (200 when nothing is planned)."""

    url: str = ""
    arrived: asyncio.Queue[tuple[dict[str, Any], str | None]] = field(default_factory=asyncio.Queue)
    answers: list[web.Response] = field(default_factory=list)

    async def receive(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        await self.arrived.put((await request.json(), secret))
        return self.answers.pop(0) if self.answers else web.Response()

    async def next(self) -> tuple[str, str | None]:
        async with asyncio.timeout(5):
            update, secret = await self.arrived.get()
        return update["message"]["text"], secret


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_a_webhook_gets_every_update_with_its_secret(quiet: App, world: World, receiver: Receiver) -> None:
    await quiet.bot.set_webhook(receiver.url, secret_token="only-we-know")
    world.say("alex", "hello")
    world.say("alex", "again")
    assert [await receiver.next(), await receiver.next()] == [("hello", "only-we-know"), ("again", "only-we-know")]
    info = await quiet.bot.get_webhook_info()
    assert info.url == receiver.url
    await quiet.bot.delete_webhook()
    assert (await quiet.bot.get_webhook_info()).url == ""


async def test_a_webhook_that_fails_gets_the_update_again_in_order(
    quiet: App, world: World, receiver: Receiver
) -> None:
    world.webhook_retry = 0.01
    receiver.answers = [web.Response(status=500), web.Response(status=503)]
    await quiet.bot.set_webhook(receiver.url)
    world.say("alex", "first")
    world.say("alex", "second")
    assert [(await receiver.next())[0] for _ in range(4)] == ["first", "first", "first", "second"]
    info = await quiet.bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_webhook_may_answer_with_a_method(quiet: App, world: World, receiver: Receiver) -> None:
    reply = {"method": "sendMessage", "chat_id": 1001, "text": "in the answer"}
    receiver.answers = [web.json_response(reply)]
    await quiet.bot.set_webhook(receiver.url)
    world.say("alex", "hello")
    assert (await world.next_bot_message("alex"))["text"] == "in the answer"


async def test_with_a_webhook_there_is_no_polling(http: aiohttp.ClientSession, receiver: Receiver) -> None:
    await called(http, "setWebhook", url=receiver.url)
    async with http.get(f"{API}/getUpdates") as answer:
        assert answer.status == 409
        assert "can't use getUpdates method while webhook is active" in (await answer.json())["description"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "ftp://127.0.0.1/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org/"}, "bad webhook: the local preview delivers only to this machine"),
        ({"url": "https://127.0.0.1/", "secret_token": "no spaces"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_wrong_webhook_is_refused(http: aiohttp.ClientSession, params: dict[str, str], words: str) -> None:
    async with http.post(f"{API}/setWebhook", json=params) as answer:
        assert (await answer.json())["description"] == f"Bad Request: {words}"


async def do(http: aiohttp.ClientSession, what: str, **details: Any) -> int:
    async with http.post("/here/do", json={"what": what, "chat": 1001, **details}) as answer:
        return answer.status


async def test_the_page_can_do_what_people_do(http: aiohttp.ClientSession, world: World) -> None:
    for what in ("start", "sticker", "voice", "photo", "document", "location", "contact", "block", "unblock"):
        assert await do(http, what) == 200
    assert await do(http, "say", text="hi", by="sam") == 200
    assert await do(http, "edit", message_id=world.messages("alex")[-1]["message_id"], text="ho") == 200
    assert world.messages("alex")[-1]["text"] == "ho"
    assert await do(http, "reset") == 200
    assert world.messages("alex") == []


@pytest.mark.parametrize("details", [{"what": "fly"}, {"what": "say"}, {"what": "say", "text": " "}, {"chat": 5}])
async def test_what_the_page_cannot_do_is_refused(http: aiohttp.ClientSession, details: dict[str, Any]) -> None:
    assert await do(http, **{"what": "start", **details}) == 400


async def test_the_page_gets_the_conversation_after_a_reload(quiet: App, http: aiohttp.ClientSession) -> None:
    await quiet.bot.send_message(1001, "still here")
    async with http.get("/here/state") as answer:
        state = await answer.json()
    alex = next(chat for chat in state["chats"] if chat["key"] == "alex")
    assert [message["text"] for message in alex["messages"]] == ["/start", "still here"]
    assert state["bot"]["connected"]


async def test_the_page_is_told_what_happens(http: aiohttp.ClientSession, world: World) -> None:
    world.say("alex", "before")
    async with http.get("/here/events", params={"since": world.events.last}) as stream:
        world.say("alex", "after")
        told: list[dict[str, Any]] = []
        async for line in stream.content:
            if line.startswith(b"data: "):
                told.append(json.loads(line.removeprefix(b"data: ")))
            if len(told) == 2:
                break
    assert [event["kind"] for event in told] == ["hello", "message"]
    assert told[1]["message"]["text"] == "after"


async def test_a_page_from_before_a_restart_is_told_to_load_again(http: aiohttp.ClientSession) -> None:
    async with http.get("/here/events", headers={"Last-Event-ID": "12345"}) as stream:
        lines = [await stream.content.readline() for _ in range(4)]
    assert b'"kind": "reload"' in lines[3]


async def test_a_picture_is_shown_and_a_document_only_saved(quiet: App, http: aiohttp.ClientSession) -> None:
    photo = (await quiet.bot.send_photo(1001, sample_picture(20, 20))).photo[-1]
    document = (await quiet.bot.send_document(1001, b"<script>", filename="x.html")).document
    assert document is not None
    async with http.get(f"/here/file/{photo.file_id}") as answer:
        assert (answer.content_type, "Content-Disposition" in answer.headers) == ("image/png", False)
    async with http.get(f"/here/file/{document.file_id}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
    async with http.get("/here/file/none") as answer:
        assert answer.status == 404


async def test_a_file_can_be_had_with_the_right_token_only(quiet: App, http: aiohttp.ClientSession) -> None:
    for path, status in ((f"/file{API}/photos/none.png", 404), ("/file/bot1:wrong/photos/none.png", 401)):
        async with http.get(path) as answer:
            assert answer.status == status
