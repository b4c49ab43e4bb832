"""What is typed while no flow waits for an answer: the name of one, or "go on" to the one that was just left."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.events import Said
from bot.conversation.flows import engine
from bot.conversation.flows.cards import resume_card
from bot.conversation.flows.engine import setting
from bot.conversation.flows.moves import move_in
from bot.conversation.flows.options import words
from bot.conversation.flows.progress import kept, refitted
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

ASKING_FOR = frozenset([
    "ok", "okay", "so", "then", "hey", "yes", "yeah", "well", "please", "pls", "plz", "thanks", "now", "just", "can",
    "could", "would", "will", "you", "u", "i", "id", "we", "lets", "let", "us", "want", "wanna", "need", "like", "to",
    "help", "show", "give", "get", "send", "see", "have", "take", "start", "begin", "open", "do", "try", "make",
    "build", "for", "with", "me", "my", "a", "an", "the", "this", "that", "some",
])  # fmt: skip
AGREEING = ASKING_FOR | {
    "sure",
    "yep",
    "yup",
    "yea",
    "ya",
    "y",
    "go",
    "on",
    "it",
    "lets",
}


WALKS = re.compile(
    r"\b(?:(?:walk|take|talk|guide|lead|run) (?:me|us) (?:through|thru)|(?:figure|work|sort) (?:it|this|that) out"
    r"|help me (?:figure|work|sort) (?:it|this|that)? ?out|go (?:through|thru) (?:it|this|that|the|those|these)\b)",
    re.IGNORECASE,
)
THING = frozenset({
    "thing", "it", "that", "this", "them", "these", "those", "one", "all", "quiz", "questions", "steps", "step", "by",
    "alright", "sure", "yep", "yup", "yea", "ya", "go", "on",
})  # fmt: skip


def begun_by_name(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """The words its author gave, alone or asked for. A title may be a question that has an answer of its own."""
    turn = _gone_on(state, event, knowledge) if state.kept and _agrees(event.text) else None
    turn = turn or _walked(state, event, knowledge)
    if turn:
        return turn
    said = _named(event.text)
    for flow_id, flow in knowledge.flows.items():
        if said and said in _names(flow.also):
            return engine.begin(state, flow_id, knowledge, event.at)
    return None


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


def _walked(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """ "Walk me through that should i enroll thing": the flow of that title, or the one that was just offered."""
    if not WALKS.search(event.text):
        return None
    named = _bare(WALKS.sub(" ", event.text))
    for flow_id, flow in knowledge.flows.items():
        if named and named in {_bare(name) for name in (flow.title, flow.command, *flow.also)}:
            return engine.begin(state, flow_id, knowledge, event.at)
    entry = knowledge.entries.get(state.topic) if state.topic_age == 0 and not named else None
    offered = (name.removeprefix(FLOW_NAMED) for name in (entry.next if entry else ()) if name.startswith(FLOW_NAMED))
    flow_id = next(offered, "")
    return engine.begin(state, flow_id, knowledge, event.at) if flow_id else None


def _bare(text: str) -> tuple[str, ...]:
    return tuple(word for word in _named(text) if word not in THING)


@lru_cache(maxsize=64)
def _names(also: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(map(_named, also))


def _named(text: str) -> tuple[str, ...]:
    """What is asked for: "plan" in "ok show me the plan please"."""
    return tuple(word for word in words(text) if word not in ASKING_FOR)
