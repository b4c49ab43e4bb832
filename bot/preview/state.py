"""What this small Telegram knows: chats, messages, files, open questions. No HTTP here."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.preview.events import Events
from bot.preview.faults import Clock, Faults, Rates
from bot.preview.files import Files
from bot.preview.people import PEOPLE, Chat, Json, Person, new_chats
from bot.preview.profile import Profile
from bot.preview.updates import Updates

Who = str | int | Person
CALLS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call, as it was answered. `error` is the description of a refusal."""

    method: str
    params: Json
    result: Any = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A button press or an inline query that waits for the bot's answer."""

    kind: str
    chat: int
    at: float
    message_id: int | None = None
    data: str = ""


@dataclass
class Webhook:
    """Where updates are to be delivered, and how that goes."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_at: int = 0


@dataclass
class State:
    """The parts, and the few things that everyone does with them."""

    token: str | None = None
    clock: Clock = time.time
    people: tuple[Person, ...] = PEOPLE
    chats: dict[int, Chat] = field(default_factory=new_chats)
    updates: Updates = field(default_factory=Updates)
    events: Events = field(default_factory=Events)
    files: Files = field(default_factory=Files)
    faults: Faults = field(default_factory=Faults)
    rates: Rates = field(default_factory=Rates)
    queries: dict[str, Query] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    webhook: Webhook | None = None
    webhook_retry: float = 1.0
    _last_message: int = 0
    _last_query: int = 0

    def __post_init__(self) -> None:
        self.profile = Profile(self.token)

    def person(self, who: Who) -> Person:
        """By key ("alex") or id; a slip in a test is told with the names there are."""
        for person in self.people:
            if who in (person, person.key, person.id):
                return person
        raise ValueError(f"no test person {who!r}; there are {', '.join(p.key for p in self.people)}")

    def chat(self, who: Who) -> Chat:
        """A person's private chat, or the group, by key or id."""
        for chat in self.chats.values():
            if who in (chat.key, chat.id) or (isinstance(who, Person) and who.id == chat.id):
                return chat
        raise ValueError(f"no chat {who!r}; there are {', '.join(c.key for c in self.chats.values())}")

    def owner(self, chat: Chat) -> Person | None:
        """The person of a private chat."""
        return next((person for person in self.people if person.id == chat.id), None)

    def new_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a message into a chat and tell the page."""
        self._last_message += 1
        base = {"message_id": self._last_message, "from": sender, "chat": chat.info, "date": self.now()}
        message = base | content
        chat.messages[self._last_message] = message
        self.events.add("message", chat.id, message=message)
        return message

    def change_message(self, chat: Chat, message: Json) -> None:
        chat.messages[message["message_id"]] = message
        self.events.add("edit", chat.id, message=message)

    def remove_message(self, chat: Chat, message_id: int) -> None:
        del chat.messages[message_id]
        self.events.add("delete", chat.id, message_id=message_id)

    def ask(self, query: Query) -> str:
        """Remember an open question; the bot answers by this id."""
        self._last_query += 1
        key = str(self._last_query)
        self.queries[key] = query
        return key

    def set_keyboard(self, chat: Chat, keyboard: Json | None) -> None:
        chat.keyboard = keyboard
        self.events.add("keyboard", chat.id, keyboard=keyboard)

    def note(self, call: Call) -> None:
        self.calls.append(call)
        self.events.bell.ring()

    def now(self) -> int:
        return int(self.clock())

    def close(self) -> None:
        """Nobody waits any longer."""
        self.events.bell.close()
        self.updates.bell.close()


def without_reply(message: Json) -> Json:
    """As it is quoted in `reply_to_message`: one level deep."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
