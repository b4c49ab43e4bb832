"""Someone who goes through flows: keeps every button ever shown, so that old ones can be pressed."""

from __future__ import annotations

import datetime as dt
import json

from bot.conversation.events import Event, Pressed, Sent
from bot.conversation.knowledge import Knowledge
from bot.conversation.plain_text import plain_text
from bot.conversation.respond import respond
from bot.conversation.state import Button, State, Turn
from bot.operator.talk import typed


class Person:
    def __init__(self, knowledge: Knowledge, today: dt.date) -> None:
        self.knowledge, self.today = knowledge, today
        self.state = State()
        self.shown: list[Button] = []
        self.turn: Turn | None = None

    def say(self, text: str) -> Turn:
        return self.take(typed(text, self.today))

    def send(self, kind: str) -> Turn:
        return self.take(Sent(kind, self.today))

    def press(self, label: str) -> Turn:
        """The newest button with this label."""
        found = next((b for b in reversed(self.shown) if b.label == label), None)
        assert found, f"no button '{label}' among {[b.label for b in self.shown]}"
        return self.tap(found.data)

    def tap(self, data: str) -> Turn:
        return self.take(Pressed(data, self.today))

    def take(self, event: Event) -> Turn:
        self.turn = respond(self.state, event, self.knowledge)
        self.state = self.turn.state
        self.shown += [b for reply in self.turn.replies for row in reply.buttons for b in row]
        return self.turn

    def restart(self) -> None:
        self.state = State.from_plain(json.loads(json.dumps(self.state.to_plain())))

    def data_of(self, label: str) -> str:
        return next(b.data for b in reversed(self.shown) if b.label == label)


def text(turn: Turn) -> str:
    return "\n".join(plain_text(reply.text) for reply in turn.replies)


def answers(person: Person) -> dict[str, object]:
    return dict(person.state.flow.get("answers", {}))
