"""/start, /help, /menu, /about, /privacy, /cancel, and what is no command of ours."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import buttons
from bot.conversation.events import Commanded
from bot.conversation.figures import write_date
from bot.conversation.flows.cards import go_on_button
from bot.conversation.flows.progress import put_aside, runs
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Reply, State, Turn
from bot.conversation.topics.answers import answered
from bot.conversation.topics.menu import menu, section_buttons
from bot.conversation.wording import say

QUESTION_LINK = "q_"


def command(state: State, event: Commanded, knowledge: Knowledge) -> Turn:
    run = COMMANDS.get(event.name)
    if run is None:
        opening = say(knowledge.voice, "unknown_command", name=event.name[:32])
        return menu(state, knowledge, opening=opening)
    return run(state, event, knowledge)


def start(state: State, event: Commanded, knowledge: Knowledge) -> Turn:
    """A fresh conversation; a deep link `q_<id>` goes straight to that question."""
    intent = event.argument.removeprefix(QUESTION_LINK)
    if event.argument.startswith(QUESTION_LINK) and knowledge.is_ours(intent):
        return answered(begun_anew(state), [intent], knowledge, event.at)
    text = say(knowledge.voice, "welcome", title=knowledge.career.title)
    starters = buttons.rows(buttons.ask(i, knowledge) for i in knowledge.career.starters)
    anew = begun_anew(state)
    waiting = [run for run in runs(anew, knowledge) if run.step]
    open_runs = [(go_on_button(run, knowledge.flows[run.flow], knowledge),) for run in waiting]
    rows = (*open_runs, *starters, (buttons.menu(knowledge),))
    return Turn(anew.but(last=text), (Reply(text, rows),), "command")


def begun_anew(state: State) -> State:
    """An empty state but for what a person worked for: answers of flows and saved results."""
    state = put_aside(state)
    return State(kept=state.kept, saved=state.saved, runs=state.runs, asked=state.asked)


def help_(state: State, event: Commanded, knowledge: Knowledge) -> Turn:
    return _told(state, say(knowledge.voice, "help"), knowledge)


def show_menu(state: State, event: Commanded, knowledge: Knowledge) -> Turn:
    return menu(state, knowledge)


def about(state: State, event: Commanded, knowledge: Knowledge) -> Turn:
    """Who runs this, that it is a program, and how old its figures are."""
    dates = sorted(f.as_of for f in knowledge.facts.values() if f.as_of != "undated" and not f.reserve)
    text = say(
        knowledge.voice,
        "about",
        bot_name=knowledge.career.bot_name,
        operator=knowledge.career.operator,
        contact=knowledge.career.contact,
        entries=len(knowledge.entries),
        facts=len(knowledge.facts),
        newest=write_date(max(dates, default="")),
        oldest=write_date(min(dates, default="")),
        version=knowledge.version,
    )
    return _told(state, text, knowledge)


def privacy(state: State, event: Commanded, knowledge: Knowledge) -> Turn:
    """Where nothing is stored. A face that stores says so itself, from its own tables."""
    career = knowledge.career
    text = say(knowledge.voice, "privacy", kept=[], operator=career.operator, contact=career.contact)
    return _told(state, text, knowledge)


def cancel(state: State, event: Commanded, knowledge: Knowledge) -> Turn:
    return menu(begun_anew(state).but(explained=state.explained), knowledge, opening=say(knowledge.voice, "cancelled"))


def _told(state: State, text: str, knowledge: Knowledge) -> Turn:
    return Turn(state.moved_on(text), (Reply(text, section_buttons(knowledge)),), "command")


COMMANDS: dict[str, Callable[[State, Commanded, Knowledge], Turn]] = {
    "start": start,
    "help": help_,
    "menu": show_menu,
    "about": about,
    "privacy": privacy,
    "cancel": cancel,
}
