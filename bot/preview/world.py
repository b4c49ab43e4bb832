"""What test people do in this small Telegram, and how a test watches what the bot does about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.preview.entities import typed, words_of
from bot.preview.faults import Fault
from bot.preview.files import Upload
from bot.preview.images import sample_picture
from bot.preview.limits import MAX_TEXT
from bot.preview.people import BOT_USERNAME, Chat, Json, Person
from bot.preview.state import Call, Query, State, Who, without_reply

Found = TypeVar("Found")
PATIENCE = 5.0


class World(State):
    """`who` is a person or a chat: "alex", "sam", "rosa", "group", or an id. In the group, `by` says who writes."""

    # What people do

    def say(self, who: Who, text: str, *, by: Who = "alex", reply_to: int | None = None) -> Json:
        """Write a message. One that is too long goes in several, as Telegram's apps do; the last is returned."""
        if not text.strip():
            raise ValueError("nothing to say")
        parts = [text[at : at + MAX_TEXT] for at in range(0, len(text), MAX_TEXT)]
        return [self._send(who, by, text_content(part), reply_to) for part in parts if part.strip()][-1]

    def edit(self, who: Who, message_id: int, text: str) -> Json:
        """Change a text that a person wrote."""
        chat = self.chat(who)
        message = chat.messages[message_id]
        if message["from"]["is_bot"] or "text" not in message:
            raise ValueError(f"message {message_id} is no text of a person")
        changed = {k: v for k, v in message.items() if k not in ("text", "entities")} | text_content(text)
        changed["edit_date"] = self.now()
        self.change_message(chat, changed)
        self._tell_bot("edited_message", chat, changed)
        return changed

    def press(self, who: Who, message_id: int, data: str, *, by: Who = "alex", check: bool = True) -> str:
        """Tap a button by its data. `check=False`: also one that is not there (an old message, a forged press)."""
        chat = self.chat(who)
        message = chat.messages.get(message_id)
        label = next((button["text"] for button in buttons(message) if button.get("callback_data") == data), None)
        if check and label is None:
            raise ValueError(f"message {message_id} has no button {data!r}")
        if label is not None:
            self.events.add("press", chat.id, label=label)
        query = Query("callback", chat.id, self.clock(), message_id, data)
        body = {
            "id": self.ask(query),
            "from": self._author(chat, by).as_user(),
            "message": message or {"chat": chat.info, "message_id": message_id, "date": 0},
            "chat_instance": str(chat.id),
            "data": data,
        }
        self.updates.push("callback_query", body)
        return str(body["id"])

    def press_label(self, who: Who, label: str) -> str:
        """Tap the newest button with this text."""
        for message in reversed(self.messages(who)):
            for button in buttons(message):
                if button["text"] == label and "callback_data" in button:
                    return self.press(who, message["message_id"], button["callback_data"])
        raise ValueError(f"no button says {label!r}")

    def send_sticker(self, who: Who, emoji: str = "\N{THUMBS UP SIGN}", *, by: Who = "alex") -> Json:
        stored = self.files.add(Upload("sticker.webp", "image/webp", b"RIFF....WEBP"), "stickers")
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send(who, by, {"sticker": {**stored.described, **shape, "emoji": emoji}})

    def send_voice(self, who: Who, seconds: int = 3, *, by: Who = "alex") -> Json:
        stored = self.files.add(Upload("voice.ogg", "audio/ogg", b"OggS"), "voice")
        return self._send(who, by, {"voice": {**stored.described, "duration": seconds, "mime_type": "audio/ogg"}})

    def send_photo(self, who: Who, data: bytes | None = None, caption: str = "", *, by: Who = "alex") -> Json:
        picture = Upload("photo.png", "image/png", data or sample_picture())
        content: Json = {"photo": self.files.add(picture, "photos").as_photo()}
        return self._send(who, by, content | ({"caption": caption} if caption else {}))

    def send_document(
        self, who: Who, name: str = "notes.txt", data: bytes = b"Only a test.\n", *, by: Who = "alex"
    ) -> Json:
        stored = self.files.add(Upload(name, "text/plain", data), "documents")
        return self._send(who, by, {"document": stored.as_document()})

    def send_location(self, who: Who, latitude: float = 29.76, longitude: float = -95.37, *, by: Who = "alex") -> Json:
        return self._send(who, by, {"location": {"latitude": latitude, "longitude": longitude}})

    def send_contact(self, who: Who, phone: str = "+15550100", *, by: Who = "alex") -> Json:
        person = self._author(self.chat(who), by)
        contact = {"phone_number": phone, "first_name": person.name, "user_id": person.id}
        return self._send(who, by, {"contact": contact})

    def react(self, who: Who, message_id: int, emoji: str | None, *, by: Who = "alex") -> None:
        """Set a person's reaction; the bot hears of it only when it asked for `message_reaction`."""
        chat = self.chat(who)
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        body = {"chat": chat.info, "message_id": message_id, "user": self._author(chat, by).as_user()}
        body |= {"date": self.now(), "old_reaction": [], "new_reaction": new}
        self.updates.push("message_reaction", body)

    def block(self, who: Who) -> None:
        self._change_membership(self.chat(who), blocked=True)

    def unblock(self, who: Who) -> None:
        self._change_membership(self.chat(who), blocked=False)

    def reset(self, who: Who) -> None:
        """Clear the history on the person's side. As in Telegram, the bot is not told."""
        chat = self.chat(who)
        chat.messages.clear()
        chat.keyboard = None
        self.events.add("reset", chat.id)

    def ask_inline(self, who: Who, query: str) -> str:
        """Type `@bot query`; the results come as an `inline` event."""
        chat, person = self.chat(who), self._author(self.chat(who), "alex")
        key = self.ask(Query("inline", chat.id, self.clock(), data=query))
        kind = "sender" if chat.private else chat.info["type"]
        body = {"id": key, "from": person.as_user(), "query": query, "offset": "", "chat_type": kind}
        self.updates.push("inline_query", body)
        return key

    def choose_inline(self, who: Who, result: Json) -> Json:
        """Send one of the inline results; the bot sees its own message come by."""
        content = result.get("shown") or text_content(str(result.get("title") or result["id"]))
        return self._send(who, "alex", {**content, "via_bot": self.profile.as_user()})

    # What a test can set up

    def inject(self, update: Json) -> Json:
        """Put any raw update into the queue, also one that no library can read."""
        return self.updates.push_raw(update)

    def fail_next(
        self,
        method: str,
        status: int,
        description: str,
        retry_after: int | None = None,
        times: int = 1,
        done_first: bool = False,
    ) -> None:
        """The next `times` calls of this method (`*`: any) fail so; `done_first`: only after they have worked."""
        self.faults.planned.append(Fault(method, status, description, retry_after, times, done_first))

    # What a test can look at

    def messages(self, who: Who) -> list[Json]:
        return list(self.chat(who).messages.values())

    def bot_messages(self, who: Who) -> list[Json]:
        return [message for message in self.messages(who) if message["from"]["is_bot"]]

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def next_bot_message(self, who: Who, timeout: float = PATIENCE) -> Json:
        """The bot's next new message in this chat that was not handed out before."""
        event = await self.next_event(who, "message", timeout, lambda e: bool(e["message"]["from"]["is_bot"]))
        message: Json = event["message"]
        return message

    async def next_edit(self, who: Who, timeout: float = PATIENCE) -> Json:
        """The next message that changed, as it reads now."""
        message: Json = (await self.next_event(who, "edit", timeout))["message"]
        return message

    async def next_event(
        self, who: Who, kind: str, timeout: float = PATIENCE, fits: Callable[[Json], bool] = lambda _: True
    ) -> Json:
        """The next event of this kind in this chat (message, edit, delete, action, answer, inline ...)."""
        chat = self.chat(who)

        def look() -> Json | None:
            new = self.events.since(self._seen.get((chat.id, kind), 0))
            return next((e for e in new if e["kind"] == kind and e["chat"] == chat.id and fits(e)), None)

        event = await self.until(look, timeout, f"no {kind} in {chat.key}'s chat")
        self._seen[chat.id, kind] = event["n"]
        return event

    async def until(
        self, look: Callable[[], Found | None], timeout: float = PATIENCE, missing: str = "it did not happen"
    ) -> Found:
        """Wait until `look` finds something (looked at after each event and call)."""
        found = await self.events.bell.until(lambda: look() or None, timeout)
        if found is None:
            raise TimeoutError(f"{missing} within {timeout:g} s; the last calls: {self._last_calls()}")
        return found

    # Inside

    def __post_init__(self) -> None:
        super().__post_init__()
        self._seen: dict[tuple[int, str], int] = {}

    def _last_calls(self) -> str:
        told = [f"{call.method} {call.error or 'ok'}" for call in self.calls if call.method != "getUpdates"]
        return "; ".join(told[-5:]) or "none"

    def _author(self, chat: Chat, by: Who) -> Person:
        return self.owner(chat) or self.person(by)

    def _send(self, who: Who, by: Who, content: Json, reply_to: int | None = None) -> Json:
        chat = self.chat(who)
        if chat.blocked:
            self.unblock(who)  # Telegram's apps offer no other way to write again
        quoted = chat.messages.get(reply_to or 0)
        reply = {"reply_to_message": without_reply(quoted)} if quoted else {}
        chat.started = True
        message = self.new_message(chat, self._author(chat, by).as_user(), reply | content)
        self._tell_bot("message", chat, message)
        return message

    def _tell_bot(self, kind: str, chat: Chat, message: Json) -> None:
        if chat.private or is_for_bot(message):
            self.updates.push(kind, message)

    def _change_membership(self, chat: Chat, blocked: bool) -> None:
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        bot = self.profile.as_user()
        member, kicked = {"user": bot, "status": "member"}, {"user": bot, "status": "kicked", "until_date": 0}
        old, new = (member, kicked) if blocked else (kicked, member)
        body = {"chat": chat.info, "from": self._author(chat, "alex").as_user(), "date": self.now()}
        self.updates.push("my_chat_member", {**body, "old_chat_member": old, "new_chat_member": new})
        self.events.add("blocked", chat.id, blocked=blocked)


def text_content(text: str) -> Json:
    plain, entities = typed(text)
    return {"text": plain} | ({"entities": entities} if entities else {})


def buttons(message: Json | None) -> list[dict[str, Any]]:
    rows = ((message or {}).get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def is_for_bot(message: Json) -> bool:
    """Privacy mode, which is how bots join groups: commands, mentions of the bot, and replies to it."""
    commands = [command.partition("@")[2] for command in words_of(message, "bot_command")]
    return (
        any(name in ("", BOT_USERNAME) for name in commands)
        or f"@{BOT_USERNAME}" in words_of(message, "mention")
        or bool(message.get("reply_to_message", {}).get("from", {}).get("is_bot"))
        or "via_bot" in message
    )
