"""A Telegram update, as it came -> an event of the core, and where the reply goes. None for what is not for us.

Read without the library, which would make objects of all that stands in it, the message under a pressed button too.
What has another shape than Telegram's raises KeyError, TypeError, ValueError or AttributeError.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.buttons import RATE
from bot.conversation.events import Commanded, Event, Pressed, Said, Sent
from bot.conversation.state import Button
from bot.handlers.parcels import Place, Rows
from bot.store import Key

KINDS = (
    "voice",
    "video_note",
    "photo",
    "sticker",
    "document",
    "video",
    "audio",
    "animation",
    "location",
    "venue",
    "contact",
)
TOLD_AS = {
    "voice": "voice", "video_note": "voice", "audio": "voice", "photo": "photo", "video": "photo",
    "animation": "photo", "sticker": "sticker", "document": "file", "location": "location", "venue": "location",
    "contact": "contact",
}  # fmt: skip


Json = dict[str, Any]

LARGEST_ID = 2**63 - 1  # what a database can hold; Telegram's own stay far below
LONGEST_DATA = 64  # what fits behind a button; more is forged
PRIVATE = "private"  # the type of a chat with one person
LONGEST = 4096  # characters; Telegram sends no more, another server might


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event, the conversation it belongs to, and where the reply goes."""

    update_id: int
    event: Event
    key: Key
    place: Place
    at: float  # when it was written, in UTC seconds; 0 if that is not known
    query: str = ""  # the id of the button press that waits for an answer
    message: int = 0  # its number in the chat
    answers: str = ""  # the first line of our own message that it replies to

    @property
    def private(self) -> bool:
        return self.key.chat > 0


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup: its number changed."""

    old: int
    new: int


def read(update: Json, bot_id: int, bot_username: str, today: dt.date) -> Incoming | Moved | None:
    """What `update` means for us. Channel posts, service messages and group talk among others mean nothing."""
    number = _number(update["update_id"])
    if number < 0:
        raise ValueError("an update_id no Telegram gives")
    if query := update.get("callback_query"):
        return _press(number, query, today)
    message = update.get("message") or update.get("edited_message")
    if not message:
        return None
    chat, person = message["chat"], message.get("from")
    if message.get("migrate_to_chat_id"):
        return Moved(_number(chat["id"]), _number(message["migrate_to_chat_id"]))
    if message.get("migrate_from_chat_id"):
        return Moved(_number(message["migrate_from_chat_id"]), _number(chat["id"]))
    if not person or person.get("is_bot") or message.get("via_bot"):
        return None  # what somebody shared through a bot, our own cards too, is not said to us
    return _message(number, message, _number(person["id"]), bot_id, bot_username, today)


def _message(
    update_id: int, message: Json, person: int, bot_id: int, bot_username: str, today: dt.date
) -> Incoming | None:
    event = _event(message, bot_username, today)
    private = message["chat"]["type"] == PRIVATE
    if event is None or not (private or _addressed(message, bot_id, bot_username)):
        return None
    if isinstance(event, Said) and not private:
        event = replace(event, text=_without_mention(event.text, bot_username))
    thread, number = _thread(message), _number(message["message_id"])
    return Incoming(
        update_id=update_id,
        event=event,
        key=Key(_number(message["chat"]["id"]), person, thread or 0),
        # In a group people should see who is answered.
        place=Place(thread, reply_to=None if private else number, private=private),
        at=float(_number(message.get("edit_date") or message["date"])),
        message=number,
        answers=_answered(message, bot_id),
    )


def _press(update_id: int, query: Json, today: dt.date) -> Incoming:
    message, person = query.get("message"), _number(query["from"]["id"])
    seen = message if message and message["date"] else None  # one too old to be seen can't be changed either
    thread = _thread(seen) if seen else None
    return Incoming(
        update_id=update_id,
        event=Pressed(_clean(query.get("data") or "")[:LONGEST_DATA], today),
        key=Key(_number(message["chat"]["id"]) if message else person, person, thread or 0),
        place=Place(
            thread,
            card=_number(seen["message_id"]) if seen else None,
            rows=_rows(seen) if seen else (),
            private=not message or message["chat"]["type"] == PRIVATE,
        ),
        at=0,
        query=_clean(query["id"]),
    )


def _rows(message: Json) -> Rows:
    """The buttons under a message, without those to rate it."""
    keyboard = (message.get("reply_markup") or {}).get("inline_keyboard", ())
    rows = (
        tuple(Button(button["text"], button["callback_data"]) for button in row if "callback_data" in button)
        for row in keyboard
    )
    return tuple(row for row in rows if row and not row[0].data.startswith(f"{RATE}:"))


def _thread(message: Json) -> int | None:
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    return None if thread is None else _number(thread)


def _number(given: Any) -> int:
    if type(given) is not int or not -LARGEST_ID <= given <= LARGEST_ID:
        raise TypeError("no number that Telegram gives")
    return given


def _clean(text: str) -> str:
    """At most as long as Telegram's own messages, and without halves of characters, which no one can send back."""
    return text[:LONGEST].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _event(message: Json, bot_username: str, today: dt.date) -> Event | None:
    text = message.get("text") or message.get("caption")
    if text is not None:
        text = _clean(text)
        return _command(message, text, bot_username, today) or Said(text, today, edited="edit_date" in message)
    for kind in KINDS:
        if message.get(kind):
            return Sent(TOLD_AS[kind], today)
    return Sent("other", today) if message.get("poll") or message.get("dice") or message.get("story") else None


def _command(message: Json, text: str, bot_username: str, today: dt.date) -> Commanded | None:
    """`/name@bot argument` at the very start of a message."""
    entities = message.get("entities") or ()
    starts = any(e["type"] == "bot_command" and e["offset"] == 0 for e in entities)
    if not starts or not text.startswith("/"):
        return None
    head, _, argument = text[1:].partition(" ")
    name, _, addressee = head.partition("@")
    if addressee and addressee.lower() != bot_username.lower():
        return None
    return Commanded(name.lower(), argument.strip(), today)


def _addressed(message: Json, bot_id: int, bot_username: str) -> bool:
    text = message.get("text") or message.get("caption") or ""
    if _ours(message.get("reply_to_message"), bot_id):
        return True
    if f"@{bot_username.lower()}" in text.lower():
        return True
    head = text.split(" ", 1)[0]
    return head.startswith("/") and "@" not in head


def _answered(message: Json, bot_id: int) -> str:
    replied = message.get("reply_to_message")
    return (replied.get("text") or "").partition("\n")[0] if replied and _ours(replied, bot_id) else ""


def _ours(message: Json | None, bot_id: int) -> bool:
    return message is not None and (message.get("from") or {}).get("id") == bot_id


def _without_mention(text: str, bot_username: str) -> str:
    at = text.lower().find(f"@{bot_username.lower()}")
    return text if at < 0 else (text[:at] + text[at + len(bot_username) + 1 :]).strip(" ,:")
