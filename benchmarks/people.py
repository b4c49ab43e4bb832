"""Simulated people: of ten six ask, three walk through a flow by its buttons, one hammers one five times at once."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Update = dict[str, Any]
STORM = 5  # presses at once
STEPS = 12  # presses before a walker begins again


@dataclass(slots=True)
class Person:
    number: int
    kind: str  # asks, walks, storms
    waiting: deque[float] = field(default_factory=deque)
    card: int = 1
    buttons: Sequence[str] = ()
    presses: int = 0


class Crowd:
    """Who says what next, and how long each waited. Every update is answered by one message of words, or one edit."""

    def __init__(self, people: int, messages: Sequence[str], command: str, chance: random.Random) -> None:
        kinds = ("asks",) * 6 + ("walks",) * 3 + ("storms",)
        self._people = {1000 + n: Person(1000 + n, kinds[n % len(kinds)]) for n in range(people)}
        self._idle = deque(chance.sample(sorted(self._people), people))
        self._messages, self._command, self._chance = messages, command, chance
        self._number = 0
        self.waits: list[float] = []
        self.unasked = 0

    def begin(self) -> None:
        """Forget what was measured so far."""
        self.waits.clear()
        self.unasked = 0

    def oldest(self) -> float:
        """Seconds that the longest unanswered update has waited."""
        now = time.perf_counter()
        return max((now - person.waiting[0] for person in self._people.values() if person.waiting), default=0.0)

    def speak(self) -> list[Update]:
        """The next person who waits for nothing says or presses something; nothing if everybody waits."""
        if not self._idle:
            return []
        person = self._people[self._idle.popleft()]
        now = time.perf_counter()
        updates = self._said(person)
        person.waiting.extend([now] * len(updates))
        return updates

    def hear(self, chat: int, message: int, markup: Mapping[str, Any] | None) -> bool:
        """Words came; True if this person waits for nothing more."""
        person = self._people[chat]
        rows = markup["inline_keyboard"] if markup else []
        found = [button["callback_data"] for row in rows for button in row if "callback_data" in button]
        if found:
            person.card, person.buttons = message, found
        if not person.waiting:
            self.unasked += 1
            return False
        self.waits.append(time.perf_counter() - person.waiting.popleft())
        if person.waiting:
            return False
        self._idle.append(chat)
        return True

    def _said(self, person: Person) -> list[Update]:
        if person.kind == "asks":
            return [self._message(person, self._chance.choice(self._messages))]
        person.presses += 1
        if person.kind == "storms":
            data = self._chance.choice(person.buttons) if person.buttons else "m"
            return [self._press(person, data) for _ in range(STORM)]
        if person.presses % STEPS == 1:
            return [self._message(person, self._command, command=True)]
        return [self._press(person, self._chance.choice(person.buttons) if person.buttons else "m")]

    def _message(self, person: Person, text: str, command: bool = False) -> Update:
        self._number += 1
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if command else []
        message = {**_head(person, self._number), "text": text, **({"entities": entities} if command else {})}
        return {"update_id": self._number, "message": message}

    def _press(self, person: Person, data: str) -> Update:
        self._number += 1
        bot = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        card = {**_head(person, person.card), "from": bot, "text": "A card with buttons."}
        press = {"id": str(self._number), "from": _user(person), "chat_instance": "1", "data": data, "message": card}
        return {"update_id": self._number, "callback_query": press}


def _user(person: Person) -> dict[str, Any]:
    name = {"first_name": "Person", "last_name": "Name", "username": f"person{person.number}", "language_code": "en"}
    return {"id": person.number, "is_bot": False, **name}


def _head(person: Person, message: int) -> dict[str, Any]:
    chat = {"id": person.number, "type": "private", "first_name": "Person", "last_name": "Name"}
    return {"message_id": message, "date": int(time.time()), "chat": chat, "from": _user(person)}
