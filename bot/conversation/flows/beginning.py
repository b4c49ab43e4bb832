"""What is typed while no flow waits for an answer: the name of one, or "go on" to the one that was just left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.asks import asks
from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.events import Said
from bot.conversation.flows import engine
from bot.conversation.flows.cards import resume_card
from bot.conversation.flows.engine import setting
from bot.conversation.flows.labels import labelled
from bot.conversation.flows.moves import move_in
from bot.conversation.flows.naming import ASKING_FOR, bare_name, named, named_flow, names, without_thing
from bot.conversation.flows.options import words
from bot.conversation.flows.pieces import SENTENCE
from bot.conversation.flows.progress import kept, refitted
from bot.conversation.flows.told_first import begun_with
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State, Turn
from bot.conversation.topics.menu import plans
from bot.conversation.understand import understand
from bot.conversation.wording import say

AGREEING = ASKING_FOR | {"sure", "yep", "yup", "yea", "ya", "y", "go", "on", "it"}
WALKS = re.compile(
    r"\b(?:(?:walk|take|talk|guide|lead|run) (?:me|us) (?:through|thru)|(?:figure|work|sort) (?:it|this|that) out"
    r"|(?:figure|work) out\b(?=.*\bfor (?:me|us)\b)"
    r"|(?:calculate|figure|work out|do) (?:it|that|this|the math|the sums?) for (?:me|us)"
    r"|help me (?:figure|work|sort) (?:it|this|that)? ?out|go (?:through|thru) (?:it|this|that|the|those|these)\b"
    r"|(?:one|a|1) (?:question|step|thing) (?:at a time|by one)|one (?:by one|at a time)"
    r"|(?:step|question) by (?:step|question)"
    r"|(?:with|ask me) (?:all )?(?:the|those|these|ur|your)? ?questions)",
    re.IGNORECASE,
)
DECIDES = re.compile(
    r"\bhelp (?:me|us) (?:to )?(?:decide|choose|figure out|work out|make (?:up my mind|a decision|the decision))\b",
    re.IGNORECASE,
)


def begun_by_name(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """A flow by its title or the words its author gave, alone or asked for; the list of all by its button's words."""
    turn = _gone_on(state, event, knowledge) if state.kept and _agrees(event.text) else None
    if turn:
        return turn
    if labelled(event.text, knowledge.voice["plan_button"]):
        return plans(state, knowledge)
    flow_id = named_flow(event.text, knowledge) or _guided(state, event, knowledge)
    return begun_with(state, flow_id, event.text, knowledge, event.at) if flow_id else None


def _agrees(text: str) -> bool:
    """ "go on", "yes please"; not "ok how much is it"."""
    said = words(text)
    return bool(said) and (move_in(said) == "go" or AGREEING.issuperset(said))


def _gone_on(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """ "ok go on" where a flow was just stopped, and "yes" where we asked whether to go on with one."""
    for flow_id, flow in knowledge.flows.items():
        left = kept(state, flow_id, knowledge)
        if left is None or not left.step:
            continue
        at = setting(flow_id, knowledge, event.at)
        fitted, _ = refitted(left, flow, knowledge)
        stopped = say(knowledge.voice, "flow_stopped", title=flow.title, kept=True)
        if state.last in {stopped, resume_card(fitted, at).text}:
            return engine.shown(state, fitted, at)
    return None


def _guided(state: State, event: Said, knowledge: Knowledge) -> str:
    """ "Walk me through that training plan", "help me decide if I should sign": the flow that is meant, "" for none.

    It is the one that is named, or that was just offered, or that goes with the question to be decided.
    """
    text = event.text
    piece = next((part for part in SENTENCE.split(text) if WALKS.search(part) or DECIDES.search(part)), "")
    if not piece:
        return ""
    said = bare_name(WALKS.sub(" ", text))
    for flow_id, flow in knowledge.flows.items():
        called = {without_thing(name) for name in (*names(flow), named(flow.command))}
        if said and (said in called or any(_holds(said, name) for name in called)):
            return flow_id
    rest = _asked(piece)
    if not bare_name(rest):
        rest = text.replace(piece, " ")
        if not asks(rest):
            return flow_offered(state.topic, knowledge) if state.topic_age == 0 else ""
    meaning = understand(piece if DECIDES.search(piece) else rest, state, knowledge)
    return flow_offered(meaning.intents[0], knowledge) if meaning.outcome == "sure" else ""


def _asked(text: str) -> str:
    """What is left without the wish to be taken through it."""
    return DECIDES.sub(" ", WALKS.sub(" ", text))


def flow_offered(topic: str, knowledge: Knowledge) -> str:
    """The first flow that an answer leads to, "" for none."""
    return next(iter(flows_offered(topic, knowledge)), "")


def flows_offered(topic: str, knowledge: Knowledge) -> Sequence[str]:
    """The flows that an answer leads to."""
    entry = knowledge.entries.get(topic)
    return [n.removeprefix(FLOW_NAMED) for n in (entry.next if entry else ()) if n.startswith(FLOW_NAMED)]


def _holds(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a name of several words stands in what is said; a single word may mean anything there."""
    size = len(name)
    return size > 1 and any(said[at : at + size] == name for at in range(len(said) - size + 1))
