"""What is typed while no flow waits for an answer: the name of one, or "go on" to the one that was just left."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.conversation.buttons import FLOW_NAMED
from bot.conversation.events import Said
from bot.conversation.flows import engine
from bot.conversation.flows.cards import resume_card
from bot.conversation.flows.engine import setting
from bot.conversation.flows.labels import labelled
from bot.conversation.flows.moves import move_in
from bot.conversation.flows.options import words
from bot.conversation.flows.progress import kept, refitted
from bot.conversation.flows.shape import Flow
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State, Turn
from bot.conversation.topics.menu import plans
from bot.conversation.understand import understand
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
SENTENCE = re.compile(r"[.!?;\n]+")
THING = frozenset({
    "thing", "it", "that", "this", "them", "these", "those", "one", "all", "quiz", "questions", "steps", "step", "by",
    "alright", "sure", "yep", "yup", "yea", "ya", "go", "on",
})  # fmt: skip


def begun_by_name(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """A flow by its title or the words its author gave, alone or asked for; the list of all by its button's words."""
    turn = _gone_on(state, event, knowledge) if state.kept and _agrees(event.text) else None
    if turn:
        return turn
    if labelled(event.text, knowledge.voice["plan_button"]):
        return plans(state, knowledge)
    said, bare = _named(event.text), _bare(event.text)
    for flow_id, flow in knowledge.flows.items():
        if said and (said in _names(flow) or (bare and bare in _bare_names(flow))):
            return engine.begin(state, flow_id, knowledge, event.at)
    flow_id = _guided(state, event, knowledge)
    return engine.begin(state, flow_id, knowledge, event.at) if flow_id else None


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
    said = _bare(WALKS.sub(" ", text))
    for flow_id, flow in knowledge.flows.items():
        names = {_without_thing(name) for name in (*_names(flow), _named(flow.command))}
        if said and (said in names or any(_holds(said, name) for name in names)):
            return flow_id
    if not _bare(DECIDES.sub(" ", WALKS.sub(" ", piece))):
        return flow_offered(state.topic, knowledge) if state.topic_age == 0 else ""
    if not DECIDES.search(piece):
        return ""
    meaning = understand(piece, state, knowledge)
    return flow_offered(meaning.intents[0], knowledge) if meaning.outcome == "sure" else ""


def flow_offered(topic: str, knowledge: Knowledge) -> str:
    """The flow that an answer leads to, "" for none."""
    entry = knowledge.entries.get(topic)
    offered = (name.removeprefix(FLOW_NAMED) for name in (entry.next if entry else ()) if name.startswith(FLOW_NAMED))
    return next(offered, "")


def _holds(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a name of several words stands in what is said; a single word may mean anything there."""
    size = len(name)
    return size > 1 and any(said[at : at + size] == name for at in range(len(said) - size + 1))


def _bare(text: str) -> tuple[str, ...]:
    return _without_thing(_named(text))


def _without_thing(said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in said if word not in THING)


@lru_cache(maxsize=64)
def _names(flow: Flow) -> frozenset[tuple[str, ...]]:
    return frozenset(map(_named, (flow.title, *flow.also))) - {()}


@lru_cache(maxsize=64)
def _bare_names(flow: Flow) -> frozenset[tuple[str, ...]]:
    return frozenset(map(_without_thing, _names(flow)))


def _named(text: str) -> tuple[str, ...]:
    """What is asked for: "plan" in "ok show me the plan please"."""
    return tuple(word for word in words(text) if word not in ASKING_FOR)
