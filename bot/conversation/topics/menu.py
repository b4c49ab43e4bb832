"""The menu: sections, and the questions of a section, changed in place as one taps through it."""

from __future__ import annotations

from markupsafe import escape

from bot.conversation import buttons
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button, Reply, State, Turn
from bot.conversation.wording import say


def section_buttons(knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """All sections, above them what can be planned step by step, and below a person where one can be asked."""
    sections = buttons.rows(buttons.section(i, knowledge) for i in range(len(knowledge.career.menu)))
    return (*plan_row(knowledge), *sections, *buttons.person(knowledge))


def plan_row(knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """The way to what can be planned step by step, if anything can."""
    return ((Button(knowledge.voice["plan_button"], buttons.PLAN),),) if knowledge.flows else ()


def plans(state: State, knowledge: Knowledge, *, in_place: bool = False) -> Turn:
    """Every flow, with what it is for."""
    about = "\n".join(f"<b>{escape(f.title)}</b>: {escape(f.about)}" for f in knowledge.flows.values())
    text = f"{say(knowledge.voice, 'plan')}\n\n{about}"
    rows = buttons.rows(buttons.ask(f"{buttons.FLOW_NAMED}{flow}", knowledge) for flow in knowledge.flows)
    reply = Reply(text, (*rows, (buttons.menu(knowledge),)), in_place)
    return Turn(state.moved_on(text), (reply,), "command")


def menu(state: State, knowledge: Knowledge, *, in_place: bool = False, opening: str = "") -> Turn:
    """All sections; `opening` is a line to say before, when something else led here."""
    text = opening or say(knowledge.voice, "menu")
    reply = Reply(text, section_buttons(knowledge), in_place)
    return Turn(state.moved_on(text), (reply,), "command")


def section(state: State, index: int, knowledge: Knowledge) -> Turn:
    """The questions of one section, and the way back."""
    chosen = knowledge.career.menu[index]
    text = say(knowledge.voice, "section", title=chosen.title)
    rows = buttons.rows(buttons.ask(entry, knowledge) for entry in chosen.entries)
    reply = Reply(text, (*rows, (buttons.menu(knowledge),)), in_place=True)
    return Turn(state.moved_on(text), (reply,), "command")
