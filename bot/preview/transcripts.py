"""A chat as it went -> a test of the content: a YAML transcript that `run_bot.py test` plays again.

It is made from what a person did and what was shown, nothing else, so it expects of each reply only how it begins.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.preview.people import Json

NEVER_TESTED = ("/mydata", "/forget", "/privacy", "/status")  # answered from what is stored, not from the content


@dataclass(slots=True)
class Done:
    """One thing a person did (`how` is you or press) and what must come of it, by the keys of a transcript's step."""

    how: str
    what: str
    wanted: dict[str, list[str]] = field(default_factory=dict)


def written(title: str, day: dt.date, steps: Sequence[Done]) -> str:
    """The transcript as YAML. Every text is quoted as JSON is, which YAML reads too."""
    lines = [f"today: {day}  # the day it was recorded, and is played on", "", f"{quoted(title)}:"]
    for step in steps:
        lines.append(f"  - {step.how}: {quoted(step.what)}")
        lines += [f"    {key}: {_value(values)}" for key, values in step.wanted.items() if values]
    return "\n".join(lines) + "\n"


def _value(values: Sequence[str]) -> str:
    return quoted(values[0]) if len(values) == 1 else f"[{', '.join(map(quoted, values))}]"


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def beginning(text: str) -> str:
    """What a test expects of a text: its first line."""
    return text.strip().partition("\n")[0].strip()


def steps_of(events: Iterable[Json], chat: int) -> list[Done]:
    """What was done in a chat since its history was last cleared, and how each reply began."""
    steps: list[Done] = []
    texts: dict[int, str] = {}
    for event in events:
        if event["chat"] == chat:
            _take(event, steps, texts)
    return [step for step in steps if step.how != "other" and not step.what.startswith(NEVER_TESTED)]


def _take(event: Json, steps: list[Done], texts: dict[int, str]) -> None:
    kind, message = event["kind"], event.get("message", {})
    if kind == "reset":
        steps.clear()
    elif kind == "press":
        steps.append(Done("press", event["label"]))
    elif kind == "message" and not message["from"]["is_bot"]:
        plain = "text" in message and "via_bot" not in message
        steps.append(Done("you", message["text"]) if plain else Done("other", ""))
    elif kind in {"message", "edit"} and message["from"]["is_bot"]:
        _expect(message, steps, texts)


def _expect(message: Json, steps: list[Done], texts: dict[int, str]) -> None:
    """A text of the bot that is new: a message, or one that changed in more than its buttons."""
    text, number = message.get("text", ""), message["message_id"]
    if steps and beginning(text) and texts.get(number) != text:
        steps[-1].wanted.setdefault("bot", []).append(beginning(text))
    texts[number] = text


def as_test(events: Iterable[Json], chat: Mapping[str, object], day: dt.date) -> str:
    """The whole file for the chat with this `id` and `title`."""
    steps = steps_of(events, int(str(chat["id"])))
    return written(f"{chat['title']} talks on {day}", day, steps)
