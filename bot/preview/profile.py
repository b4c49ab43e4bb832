"""The bot as people see it: its name, what it says about itself, and its commands, by language and by chat."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.preview.people import BOT_USERNAME, Chat, Json, Person
from bot.preview.refusal import Refused

LOCAL_TOKEN = "7000000001:local_preview_token_not_a_secret_00"
WELL_FORMED = re.compile(r"\d{1,16}:[A-Za-z0-9_-]{3,64}")
NAMELESS = "Preview bot"
TEXTS = ("name", "description", "short_description")


class Profile:
    """Belongs to one token: the one given, or else the first that comes."""

    def __init__(self, token: str | None = None) -> None:
        self.token = token
        self.connected = False
        self._texts: dict[tuple[str, str], str] = {}
        self._commands: dict[tuple[str, str], list[Json]] = {}
        self.menu_button: Json = {"type": "default"}

    def admit(self, token: str) -> None:
        """Let this token in, or refuse it as Telegram does."""
        if not WELL_FORMED.fullmatch(token):
            raise Refused(404, "Not Found")
        self.token = self.token or token
        if token != self.token:
            raise Refused(401, "Unauthorized")
        self.connected = True

    @property
    def id(self) -> int:
        return int((self.token or LOCAL_TOKEN).split(":")[0])

    def as_user(self) -> Json:
        name = self.text("name", "") or NAMELESS
        return {"id": self.id, "is_bot": True, "first_name": name, "username": BOT_USERNAME}

    def as_me(self) -> Json:
        """`getMe` tells a little more than a message's sender does."""
        return {
            **self.as_user(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }

    def set_text(self, what: str, language: str, text: str) -> None:
        """An empty text takes back what was set."""
        self._texts[what, language] = text

    def text(self, what: str, language: str) -> str:
        """In this language, else in the one for everybody."""
        return self._texts.get((what, language)) or self._texts.get((what, ""), "")

    def set_commands(self, scope: Json | None, language: str, commands: list[Json]) -> None:
        self._commands[scope_key(scope), language] = commands

    def commands(self, scope: Json | None, language: str) -> list[Json]:
        return self._commands.get((scope_key(scope), language), [])

    def commands_in(self, chat: Chat, person: Person | None) -> list[Json]:
        """The menu a person sees: the narrowest scope that has commands, the person's language first."""
        for scope in scopes_of(chat, person):
            for language in dict.fromkeys(((person.language or "") if person else "", "")):
                if commands := self.commands(scope, language):
                    return commands
        return []

    def shown_to(self, person: Person | None) -> Json:
        language = (person.language or "") if person else ""
        shown = {what: self.text(what, language) for what in TEXTS}
        return {**shown, "name": shown["name"] or NAMELESS}


def scope_key(scope: Json | None) -> str:
    return json.dumps(scope or {"type": "default"}, sort_keys=True)


def scopes_of(chat: Chat, person: Person | None) -> list[dict[str, Any]]:
    """From the narrowest to the widest, as Telegram's clients look."""
    here: Json = {"type": "chat", "chat_id": chat.id}
    if chat.private:
        return [here, {"type": "all_private_chats"}, {"type": "default"}]
    member = [{"type": "chat_member", "chat_id": chat.id, "user_id": person.id}] if person else []
    return [*member, here, {"type": "all_group_chats"}, {"type": "default"}]
