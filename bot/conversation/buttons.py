"""What a press of a button means, in at most 64 bytes, and how buttons are laid out on a phone."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button

# What the press of a button begins with.
QUESTION = "q"
FLOW = "f"
SAVED = "s"
MENU = "m"
PLAN = "p"
NONE = "none"
RATE = "v"
WISH = "w"
PERSON = "h"

FLOW_NAMED = "flow:"  # how content names a flow where it may name a question
HALF_A_ROW = 17  # characters of a label that has half the width of a narrow phone


def ask(intent: str, knowledge: Knowledge, place: str = "", label: str = "") -> Button:
    """A button that asks `intent`, about the area with code `place` if given, or begins the flow that is named."""
    if intent.startswith(FLOW_NAMED):
        return begin(intent.removeprefix(FLOW_NAMED), knowledge)
    data = f"{QUESTION}:{intent}:{place}" if place else f"{QUESTION}:{intent}"
    return Button(label or knowledge.title(intent), data)


def begin(flow: str, knowledge: Knowledge) -> Button:
    """A button that begins a flow, or goes on with the run of it that waits."""
    return Button(knowledge.flows[flow].title, f"{FLOW}:{flow}")


def section(index: int, knowledge: Knowledge) -> Button:
    return Button(knowledge.career.menu[index].title, f"{MENU}:{index}")


def menu(knowledge: Knowledge) -> Button:
    return Button(knowledge.voice["menu_button"], MENU)


def person(knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """A row to ask a person, where there is one."""
    return ((Button(knowledge.voice["person_button"], PERSON),),) if knowledge.adviser else ()


def rows(buttons: Iterable[Button], most: int = 2) -> tuple[tuple[Button, ...], ...]:
    """Buttons side by side while their labels fit, at most `most` in a row."""
    laid: list[list[Button]] = []
    for button in buttons:
        last = laid[-1] if laid else None
        if last and len(last) < most and all(len(b.label) <= HALF_A_ROW for b in (*last, button)):
            last.append(button)
        else:
            laid.append([button])
    return tuple(tuple(row) for row in laid)
