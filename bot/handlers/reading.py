"""A Telegram update -> an event of the core, and where the reply goes. None for what is not for us."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from telegram import CallbackQuery, Message, MessageEntity, Update
from telegram.constants import ChatType

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


LONGEST_DATA = 64  # what fits behind a button; more is forged
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


def read(update: Update, bot_id: int, bot_username: str, today: dt.date) -> Incoming | Moved | None:
    """What `update` means for us. Channel posts, service messages and group talk among others mean nothing."""
    if update.callback_query:
        return _press(update.update_id, update.callback_query, today)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.migrate_to_chat_id:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return Moved(message.migrate_from_chat_id, message.chat.id)
    if message.from_user is None or message.from_user.is_bot or message.via_bot:
        return None  # what somebody shared through a bot, our own cards too, is not said to us
    return _message(update.update_id, message, message.from_user.id, bot_id, bot_username, today)


def _message(
    update_id: int, message: Message, person: int, bot_id: int, bot_username: str, today: dt.date
) -> Incoming | None:
    event = _event(message, bot_username, today)
    private = message.chat.type == ChatType.PRIVATE
    if event is None or not (private or _addressed(message, bot_id, bot_username)):
        return None
    if isinstance(event, Said) and not private:
        event = replace(event, text=_without_mention(event.text, bot_username))
    thread = _thread(message)
    return Incoming(
        update_id=update_id,
        event=event,
        key=Key(message.chat.id, person, thread or 0),
        # In a group people should see who is answered.
        place=Place(thread, reply_to=None if private else message.message_id, private=private),
        at=(message.edit_date or message.date).timestamp(),
        message=message.message_id,
        answers=_answered(message, bot_id),
    )


def _press(update_id: int, query: CallbackQuery, today: dt.date) -> Incoming:
    message = query.message
    seen = message if isinstance(message, Message) else None  # one too old to be seen can't be changed either
    thread = _thread(seen) if seen else None
    return Incoming(
        update_id=update_id,
        event=Pressed(_clean(query.data or "")[:LONGEST_DATA], today),
        key=Key(message.chat.id if message else query.from_user.id, query.from_user.id, thread or 0),
        place=Place(
            thread,
            card=seen.message_id if seen else None,
            rows=_rows(seen) if seen else (),
            private=message is None or message.chat.type == ChatType.PRIVATE,
        ),
        at=0,
        query=query.id,
    )


def _rows(message: Message) -> Rows:
    """The buttons under a message, without those to rate it."""
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else ()
    rows = (
        tuple(Button(button.text, button.callback_data) for button in row if isinstance(button.callback_data, str))
        for row in keyboard
    )
    return tuple(row for row in rows if row and not row[0].data.startswith(f"{RATE}:"))


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


def _clean(text: str) -> str:
    """At most as long as Telegram's own messages, and without halves of characters, which no one can send back."""
    return text[:LONGEST].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _event(message: Message, bot_username: str, today: dt.date) -> Event | None:
    text = message.text or message.caption
    if text is not None:
        text = _clean(text)
        return _command(message, text, bot_username, today) or Said(text, today, edited=message.edit_date is not None)
    for kind in KINDS:
        if getattr(message, kind):
            return Sent(TOLD_AS[kind], today)
    return Sent("other", today) if message.poll or message.dice or message.story else None


def _command(message: Message, text: str, bot_username: str, today: dt.date) -> Commanded | None:
    """`/name@bot argument` at the very start of a message."""
    starts = any(e.type == MessageEntity.BOT_COMMAND and e.offset == 0 for e in message.entities)
    if not starts or not text.startswith("/"):
        return None
    head, _, argument = text[1:].partition(" ")
    name, _, addressee = head.partition("@")
    if addressee and addressee.lower() != bot_username.lower():
        return None
    return Commanded(name.lower(), argument.strip(), today)


def _addressed(message: Message, bot_id: int, bot_username: str) -> bool:
    text = message.text or message.caption or ""
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == bot_id:
        return True
    if f"@{bot_username.lower()}" in text.lower():
        return True
    head = text.split(" ", 1)[0]
    return head.startswith("/") and "@" not in head


def _answered(message: Message, bot_id: int) -> str:
    replied = message.reply_to_message
    ours = replied is not None and replied.from_user is not None and replied.from_user.id == bot_id
    return (replied.text or "").partition("\n")[0] if replied and ours else ""


def _without_mention(text: str, bot_username: str) -> str:
    at = text.lower().find(f"@{bot_username.lower()}")
    return text if at < 0 else (text[:at] + text[at + len(bot_username) + 1 :]).strip(" ,:")
