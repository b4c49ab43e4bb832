"""Whole conversations in YAML, played against the real core.

A step is one of
    you: what the person types (a leading / makes it a command)
    press: the label of a button shown before
    restart: the process forgets, what was stored is loaded again
followed, in the same step, by what must be so:
    bot: text (or a list of texts) that the reply contains
    not: text (or a list) that it must not contain
    asks: the question understood (or a list of them, in order)
    kind: answer, clarify, smalltalk, out_of_scope, fallback, command or flow
    flow, step: the guided flow and the step that wait after it ("" for none)
    buttons: labels that must be among the buttons
    rate: labels of all buttons that rate the answer, in order ([] for none)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Turn
from bot.operator.talk import Conversation
from bot.plain_text import plain_text
from tests.conftest import TODAY

FOLDER = Path(__file__).parent / "conversations"
KEYS = {"you", "press", "restart", "bot", "not", "asks", "kind", "buttons", "rate", "flow", "step"}

Step = dict[str, Any]


def transcripts() -> list[tuple[str, list[Step]]]:
    found: list[tuple[str, list[Step]]] = []
    for file in sorted(FOLDER.glob("*.yaml")):
        content = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)
        found += [(f"{file.stem}: {title}", steps) for title, steps in content.items()]
    return found


@pytest.mark.parametrize(("title", "steps"), transcripts(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_conversation_goes_as_written(title: str, steps: list[Step], knowledge: Knowledge) -> None:
    conversation = Conversation(knowledge, lambda: TODAY)
    for number, step in enumerate(steps, start=1):
        assert not step.keys() - KEYS, f"{title}, step {number}: unknown keys {step.keys() - KEYS}"
        turn = take(step, conversation)
        if turn is not None:
            compare(step, turn, f"{title}, step {number} ({step.get('you') or step.get('press')})")


def take(step: Step, conversation: Conversation) -> Turn | None:
    if "restart" in step:
        conversation.restart()
        return None
    if "press" in step:
        turn = conversation.press(step["press"])
        assert turn is not None, f"no button '{step['press']}' among {[b.label for b in conversation.buttons]}"
        return turn
    return conversation.say(step["you"])


def compare(step: Step, turn: Turn, where: str) -> None:
    text = "\n\n".join(plain_text(reply.text) for reply in turn.replies)
    for wanted in listed(step.get("bot")):
        assert wanted in text, f"{where}: expected “{wanted}” in:\n{text}"
    for unwanted in listed(step.get("not")):
        assert unwanted not in text, f"{where}: did not expect “{unwanted}” in:\n{text}"
    if "asks" in step:
        assert list(turn.intents)[: len(listed(step["asks"]))] == listed(step["asks"]), f"{where}: {turn.intents}"
    if "kind" in step:
        assert turn.kind == step["kind"], f"{where}: {turn.kind} {turn.intents}\n{text}"
    for key in ("flow", "step"):
        if key in step:
            assert getattr(turn, key) == step[key], f"{where}: {key} is “{getattr(turn, key)}”\n{text}"
    labels = [button.label for reply in turn.replies for row in reply.buttons for button in row]
    for label in listed(step.get("buttons")):
        assert label in labels, f"{where}: no button “{label}” among {labels}"
    rating = [button.label for reply in turn.replies for row in reply.rate for button in row]
    if "rate" in step:
        assert rating == listed(step["rate"]), f"{where}: to rate it with: {rating}"


def listed(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value
