"""`talk`: a whole conversation in the terminal, by typing or by numbered buttons, or as JSON lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.conversation.events import Commanded, Event, Pressed, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.plain_text import plain_text
from bot.conversation.respond import respond
from bot.conversation.state import Button, Reply, State, Turn


def typed(text: str, today: dt.date) -> Event:
    """What a person typed: a command if it begins with a slash, else words."""
    name, _, argument = text[1:].partition(" ") if text.startswith("/") else ("", "", "")
    return Commanded(name.lower(), argument.strip(), today) if name else Said(text, today)


class Conversation:
    """One person's side of a talk: keeps the state and the buttons in sight."""

    def __init__(self, knowledge: Knowledge, today: Callable[[], dt.date]) -> None:
        self._knowledge, self._today = knowledge, today
        self.state = State()
        self.buttons: list[Button] = []

    def say(self, text: str) -> Turn:
        return self._take(typed(text, self._today()))

    def press(self, label: str) -> Turn | None:
        """Press the newest button with this label; None if no such button was ever shown."""
        button = next((b for b in reversed(self.buttons) if b.label == label), None)
        return self._take(Pressed(button.data, self._today())) if button else None

    def restart(self) -> None:
        """The process forgets; what was stored is all that is left."""
        stored = json.dumps(self.state.to_plain())
        self.state = State.from_plain(json.loads(stored))

    def _take(self, event: Event) -> Turn:
        turn = respond(self.state, event, self._knowledge)
        self.state = turn.state
        self.buttons += [button for reply in turn.replies for row in shown_rows(reply) for button in row]
        return turn


def shown_rows(reply: Reply) -> tuple[tuple[Button, ...], ...]:
    """All buttons of a reply as a face shows them."""
    return (*reply.buttons, *reply.rate)


def talk_lines(lines: Iterable[str], knowledge: Knowledge, today: Callable[[], dt.date]) -> Iterator[str]:
    """JSON lines in (`say`, `press`, `restart`), JSON lines out. A line that can't be read is answered with `error`."""
    conversation = Conversation(knowledge, today)
    for line in lines:
        if line.strip():
            yield json.dumps(_one(line, conversation), ensure_ascii=False)


def _one(line: str, conversation: Conversation) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as error:
        return {"error": f"not JSON: {error}"}
    turn: Turn | None
    if isinstance(asked, dict) and isinstance(asked.get("say"), str):
        turn = conversation.say(asked["say"])
    elif isinstance(asked, dict) and isinstance(asked.get("press"), str):
        turn = conversation.press(asked["press"])
        if turn is None:
            return {"error": f"there is no button '{asked['press']}'"}
    elif isinstance(asked, dict) and asked.get("restart"):
        conversation.restart()
        return told(None)
    else:
        return {"error": 'write {"say": "..."}, {"press": "label"} or {"restart": true}'}
    return told(turn)


def told(turn: Turn | None) -> dict[str, Any]:
    """A turn as `talk --json` prints it; without one, nothing was said."""
    replies = turn.replies if turn else ()
    return {
        "replies": [
            {
                "text": plain_text(reply.text),
                "buttons": [[button.label for button in row] for row in reply.buttons],
                "picture": reply.picture is not None,
                "file": reply.file.name if reply.file else None,
                "edited": reply.in_place,
            }
            for reply in replies
        ],
        "intents": list(turn.intents) if turn else [],
        "flow": (turn and turn.flow) or None,
        "step": (turn and turn.step) or None,
    }


def chat(
    knowledge: Knowledge,
    today: Callable[[], dt.date],
    read: Callable[[], str | None],
    show: Callable[[str], None],
    note: Callable[[str, str, Turn], None] = lambda how, what, turn: None,
) -> None:
    """Talk until `read` gives None. A number presses the button with that number.

    `note` is told of each step: you or press, what was typed or pressed, and the turn that came of it.
    """
    conversation = Conversation(knowledge, today)
    how, what, turn = "you", "/start", conversation.say("/start")
    while True:
        note(how, what, turn)
        shown = _show(turn, show)
        text = read()
        if text is None:
            return
        how, what, turn = _next(text, shown, conversation)


def _next(text: str, shown: list[str], conversation: Conversation) -> tuple[str, str, Turn]:
    number = int(text) if text.isascii() and text.isdigit() else 0
    label = shown[number - 1] if 1 <= number <= len(shown) else ""
    turn = conversation.press(label) if label else None
    return ("press", label, turn) if turn else ("you", text, conversation.say(text))


def _show(turn: Turn, show: Callable[[str], None]) -> list[str]:
    labels: list[str] = []
    for reply in turn.replies:
        show("\n" + plain_text(reply.text))
        for row in shown_rows(reply):
            numbered = []
            for button in row:
                labels.append(button.label)
                numbered.append(f"[{len(labels)}] {button.label}")
            show("  " + "   ".join(numbered))
    return labels
