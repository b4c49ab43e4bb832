"""What the chat page asks of the server: the conversations as they stand, what happens, and things people do."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import Any

from aiohttp import web

from bot.preview.images import media_type, size_of
from bot.preview.people import Chat, Json
from bot.preview.transcripts import as_test
from bot.preview.world import World

HEARTBEAT = 15.0


class PageApi:
    """The routes under `/here`, only for the page that this server serves."""

    def __init__(self, world: World, world_id: str) -> None:
        self._world = world
        self._world_id = world_id

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/here/state", self.state),
            web.get("/here/events", self.events),
            web.get("/here/file/{id}", self.file),
            web.get("/here/test/{chat}", self.test),
            web.post("/here/do", self.do),
        ]

    async def state(self, _request: web.Request) -> web.Response:
        world = self._world
        chats = [self._chat(chat) for chat in world.chats.values()]
        people = [{"id": person.id, "key": person.key, "name": person.name} for person in world.people]
        bot = {"username": world.profile.as_user()["username"], "connected": world.profile.connected}
        body = {"world": self._world_id, "last": world.events.last, "bot": bot, "people": people, "chats": chats}
        return web.json_response(body)

    def _chat(self, chat: Chat) -> Json:
        owner = self._world.owner(chat)
        return {
            "id": chat.id,
            "key": chat.key,
            "title": owner.name if owner else chat.info["title"],
            "private": chat.private,
            "language": owner.language if owner else None,
            "blocked": chat.blocked,
            "keyboard": chat.keyboard,
            "commands": self._world.profile.commands_in(chat, owner),
            "menu_button": chat.menu_button or self._world.profile.menu_button,
            "bot": self._world.profile.shown_to(owner),
            "messages": list(chat.messages.values()),
        }

    async def events(self, request: web.Request) -> web.StreamResponse:
        """A stream of server-sent events from number `since` on; the browser connects again by itself."""
        last = int(request.headers.get("Last-Event-ID") or request.query.get("since") or 0)
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        await stream.write(event_lines({"kind": "hello", "world": self._world_id}))
        bell = self._world.events.bell
        while not bell.closed:
            new = self._world.events.since(last)
            for event in new:
                last = event["n"]
                await stream.write(event_lines(event))
            if not new:
                await bell.until(partial(self._newer_than, last), HEARTBEAT)
                await stream.write(b": still here\n\n")
        return stream

    def _newer_than(self, number: int) -> bool | None:
        return self._world.events.last != number or None

    async def file(self, request: web.Request) -> web.Response:
        """A picture to show, or a document to save; never something a browser would run."""
        stored = self._world.files.get(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
        if size_of(stored.upload.data) is None or "save" in request.query:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=stored.upload.data, content_type=media_type(stored.upload.data), headers=headers)

    async def test(self, request: web.Request) -> web.Response:
        """The chat as a test of the content, to be saved as a file."""
        try:
            chat = self._world.chat(request.match_info["chat"])
        except ValueError:
            raise web.HTTPNotFound from None
        text = as_test(self._world.events.since(self._world.events.first), self._chat(chat), dt.date.today())
        headers = {"Content-Disposition": f'attachment; filename="{chat.key}.yaml"', "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="application/yaml", headers=headers)

    async def do(self, request: web.Request) -> web.Response:
        """One thing a test person does. What can't be done is answered with 400 and the reason."""
        try:
            asked: Json = await request.json()
            done = DOINGS[asked.pop("what")](self._world, asked)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            return web.json_response({"error": str(problem)}, status=400)
        return web.json_response({"done": done})


def event_lines(event: Json) -> bytes:
    number = f"id: {event['n']}\n" if "n" in event else ""
    return f"{number}data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def start(world: World, asked: Json) -> Any:
    """The Start button, or a deep link: `/start`, with its payload if there is one."""
    payload = asked.get("payload", "")
    return world.say(asked["chat"], f"/start {payload}".strip())


def by(asked: Json) -> Any:
    return asked.get("by", "alex")


DOINGS: dict[str, Any] = {
    "start": start,
    "say": lambda w, a: w.say(a["chat"], a["text"], by=by(a), reply_to=a.get("reply_to")),
    "edit": lambda w, a: w.edit(a["chat"], a["message_id"], a["text"]),
    "press": lambda w, a: w.press(a["chat"], a["message_id"], a["data"], by=by(a)),
    "sticker": lambda w, a: w.send_sticker(a["chat"], by=by(a)),
    "voice": lambda w, a: w.send_voice(a["chat"], by=by(a)),
    "photo": lambda w, a: w.send_photo(a["chat"], by=by(a)),
    "document": lambda w, a: w.send_document(a["chat"], by=by(a)),
    "location": lambda w, a: w.send_location(a["chat"], by=by(a)),
    "contact": lambda w, a: w.send_contact(a["chat"], by=by(a)),
    "inline": lambda w, a: w.ask_inline(a["chat"], a["query"]),
    "choose": lambda w, a: w.choose_inline(a["chat"], a["result"]),
    "block": lambda w, a: w.block(a["chat"]),
    "unblock": lambda w, a: w.unblock(a["chat"]),
    "reset": lambda w, a: w.reset(a["chat"]),
}
