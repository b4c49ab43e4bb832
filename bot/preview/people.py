"""The test people, their chats with the bot, and one group. Each person is there for a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

BOT_USERNAME = "local_preview_bot"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who writes to the bot, and what Telegram would tell about them."""

    key: str
    id: int
    name: str
    language: str | None

    def as_user(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name, "username": f"{self.key}_tests"}
        return user | ({"language_code": self.language} if self.language else {})

    def as_chat(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": self.name, "username": f"{self.key}_tests"}


PEOPLE = (
    Person("alex", 1001, "Alex", "en"),
    Person("sam", 1002, "Sam", None),  # Telegram does not always know a language
    Person("rosa", 1003, "Rosa", "es"),  # sees Spanish commands and descriptions where the bot has set any
)
GROUP = {"id": -1001000000001, "type": "supergroup", "title": "Test group"}


@dataclass
class Chat:
    """One conversation as the preview keeps it."""

    info: Json
    key: str
    messages: dict[int, Json] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    keyboard: Json | None = None
    menu_button: Json | None = None

    @property
    def id(self) -> int:
        return int(self.info["id"])

    @property
    def private(self) -> bool:
        return bool(self.info["type"] == "private")


def new_chats() -> dict[int, Chat]:
    chats = [Chat(person.as_chat(), person.key) for person in PEOPLE]
    chats.append(Chat(dict(GROUP), "group", started=True))  # the bot was added to it before we came
    return {chat.id: chat for chat in chats}
