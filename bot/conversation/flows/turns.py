"""Where the core meets the flows: what of an event is theirs, and what follows an answer given in between."""

from __future__ import annotations

from bot.conversation.changing import changed
from bot.conversation.events import Commanded, Event, Pressed, Said
from bot.conversation.flows import engine
from bot.conversation.flows.cards import go_on_button
from bot.conversation.flows.engine import setting
from bot.conversation.flows.hearing import heard
from bot.conversation.flows.pressing import pressed
from bot.conversation.flows.progress import Progress, active
from bot.conversation.flows.saved import saved_card
from bot.conversation.flows.shape import by_command
from bot.conversation.flows.share import PREFIX, decode
from bot.conversation.flows.told_first import begun_with
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Reply, State, Turn
from bot.conversation.wording import paragraphs, say

FLOW_LINK = "f_"


def flow_turn(state: State, event: Event, knowledge: Knowledge) -> Turn | None:
    """The turn if the event is for a flow; None leaves it to the rest of the core."""
    if isinstance(event, Said):
        return heard(state, event, knowledge)
    if isinstance(event, Pressed):
        return pressed(state, event.data, knowledge, event.at)
    return commanded(state, event, knowledge) if isinstance(event, Commanded) else None


def commanded(state: State, event: Commanded, knowledge: Knowledge) -> Turn | None:
    begins = by_command(knowledge.flows).get(event.name)
    if begins:
        return begun_with(state, begins, "", knowledge, event.at)
    if event.name == "start":
        return linked(state, event, knowledge)
    if event.name == "saved":
        return engine.told(state, saved_card(state, knowledge, event.at))
    progress = active(state, knowledge)
    if progress is None or not progress.step:
        return None
    at = setting(progress.flow, knowledge, event.at)
    moves = {"cancel": engine.stop, "back": engine.back, "skip": engine.skip}
    if event.name in moves:
        return moves[event.name](state, progress, at)
    return engine.again(state, progress, knowledge, event.at) if event.name == "restart" else None


def linked(state: State, event: Commanded, knowledge: Knowledge) -> Turn | None:
    """A deep link that begins a flow (`f_enroll`) or holds someone's answers (`r_...`)."""
    flow_id = event.argument.removeprefix(FLOW_LINK)
    if event.argument.startswith(FLOW_LINK) and flow_id in knowledge.flows:
        return begun_with(state, flow_id, "", knowledge, event.at)
    found = decode(event.argument, knowledge) if event.argument.startswith(PREFIX) else None
    if found is None:
        return None
    flow_id, answers = found
    turn = engine.afresh(state, flow_id, knowledge, event.at, answers)
    key = "flow_shared_old" if answers is None else "flow_shared"
    return turn.after(say(knowledge.voice, key, title=knowledge.flows[flow_id].title))


def led_back(turn: Turn, event: Event, knowledge: Knowledge, taken: str = "", *, kept: bool = False) -> Turn:
    """After something else was answered in the middle of a flow: the question again, or a button to it.

    `kept` tells whether a part of the message was kept as an answer, `taken` says which.
    """
    progress = active(turn.state, knowledge)
    if progress is None or not (progress.step or kept) or turn.kind == "flow":
        return turn
    if not progress.step:  # the last answer stood beside a question: both are owed
        card = engine.shown(turn.state, progress, setting(progress.flow, knowledge, event.at), taken)
        return changed(turn, state=card.state, replies=(*turn.replies, *card.replies))
    if _quietly(turn, event, knowledge):
        return with_button(turn, progress, knowledge)
    at = setting(progress.flow, knowledge, event.at)
    opening = paragraphs(taken, say(knowledge.voice, "flow_back_to", title=at.flow.title))
    card = engine.shown(turn.state, progress, at, opening)
    state = card.state.but(last=turn.state.last, lost=turn.state.lost, offered=turn.state.offered)
    return changed(turn, state=state, replies=(*turn.replies, *card.replies))


def _quietly(turn: Turn, event: Event, knowledge: Knowledge) -> bool:
    """Whether a whole question would be in the way: a menu one taps through, distress, or anger at being asked."""
    browsing = isinstance(event, Pressed) and turn.kind == "command"
    angry = knowledge.talk_of("complaint") in turn.intents
    return browsing or angry or (turn.meaning is not None and any(map(knowledge.is_urgent, turn.meaning.intents)))


def with_button(turn: Turn, progress: Progress, knowledge: Knowledge) -> Turn:
    last: Reply = turn.replies[-1]
    on = go_on_button(progress, knowledge.flows[progress.flow], knowledge)
    reply = changed(last, buttons=(*last.buttons, (on,)))
    return changed(turn, replies=(*turn.replies[:-1], reply))


def marked(turn: Turn, knowledge: Knowledge) -> Turn:
    """The turn with the flow and the step that wait after it."""
    progress = active(turn.state, knowledge)
    flow, step = (progress.flow, progress.step) if progress and progress.step else ("", "")
    return turn if (turn.flow, turn.step) == (flow, step) else changed(turn, flow=flow, step=step)
