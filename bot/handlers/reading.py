"""A Telegram update -> an event of the core, and where the reply goes. None for what is not for us."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from telegram import CallbackQuery, Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.conversation.events import Commanded, Event, Pressed, Said, Sent

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


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event, the conversation it belongs to, and the message it answers or changes."""

    event: Event
    key: str
    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None  # set in groups, so that people see who is answered
    card: int | None = None  # the message whose button was pressed, while it can still be changed
    query: CallbackQuery | None = None


def read(update: Update, bot_id: int, bot_username: str, today: dt.date) -> Incoming | None:
    """What `update` means for us. Channel posts, service messages and group talk among others mean nothing."""
    if update.callback_query:
        return _press(update.callback_query, today)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot or message.via_bot:
        return None  # what somebody shared through a bot, our own cards too, is not said to us
    event = _event(message, bot_username, today)
    if event is None:
        return None
    private = message.chat.type == ChatType.PRIVATE
    if not private:
        if not _addressed(message, bot_id, bot_username):
            return None
        if isinstance(event, Said):
            event = Said(_without_mention(event.text, bot_username), today)
    return Incoming(
        event=event,
        key=_key(message.chat.id, message.from_user.id, private),
        chat_id=message.chat.id,
        thread_id=message.message_thread_id if message.is_topic_message else None,
        reply_to=None if private else message.message_id,
    )


def _press(query: CallbackQuery, today: dt.date) -> Incoming:
    message = query.message
    chat_id = message.chat.id if message else query.from_user.id
    private = message is None or message.chat.type == ChatType.PRIVATE
    return Incoming(
        event=Pressed(query.data or "", today),
        key=_key(chat_id, query.from_user.id, private),
        chat_id=chat_id,
        thread_id=message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None,
        card=message.message_id if isinstance(message, Message) else None,
        query=query,
    )


def _event(message: Message, bot_username: str, today: dt.date) -> Event | None:
    text = message.text or message.caption
    if text is not None:
        return _command(message, text, bot_username, today) or Said(text, today)
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


def _without_mention(text: str, bot_username: str) -> str:
    at = text.lower().find(f"@{bot_username.lower()}")
    return text if at < 0 else (text[:at] + text[at + len(bot_username) + 1 :]).strip(" ,:")


def _key(chat_id: int, user_id: int, private: bool) -> str:
    return str(chat_id) if private else f"{chat_id}:{user_id}"
