"""The result that was worked out before, asked for in words: "show me my result", "where did my plan go"."""

from __future__ import annotations

import re

from bot.conversation.events import Event, Said
from bot.conversation.flows import engine
from bot.conversation.flows.beginning import begun_by_name
from bot.conversation.flows.cards import resume_card
from bot.conversation.flows.engine import setting
from bot.conversation.flows.options import words
from bot.conversation.flows.pressing import open_saved
from bot.conversation.flows.progress import active, put_aside, read_progress, refitted, runs
from bot.conversation.flows.saved import saved_card
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State, Turn

ASKED = re.compile(
    r"^\W*(?:(?:ok|okay|so|well|no|hey|wait|and|but|pls|please|um)[\s,.]+)*"
    r"(?:(?:can|could) (?:you|u|i) |i (?:want|wanna|need)(?: to)? |let me |lemme )?"
    r"(?:(?:(?:show|give|send|tell|read|see|open|find|view|get|(?:pull|bring) up|(?:go )?back to|look at) (?:me )?)?"
    r"(?:wh?(?:at|ere)(?:['’]?s| is| was| were| are| did)? )?)"
    r"(?P<whose>(?:(?:the|that|our|my|all|last|old|saved|final|previous|earlier) )*)"
    r"(?P<flow>(?:\w[\w'’]* ){0,4}?)(?P<what>results?|verdict|plan|estimate)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
REST = re.compile(
    r"^\W*$|^\W+(?:again|please|pls|go|gone|now|back|once more|one more time|bc|because|cuz|cause|it"
    r"|from (?:before|earlier|last)|my|this|(?:that )?(?:you|we|i)(?:['’]m|m)?)\b",
    re.IGNORECASE,
)
OWN = re.compile(r"\b(?:my|our|saved|last|old|previous|earlier|again|back|gone|where)\b", re.IGNORECASE)
BESIDE_NAMES = frozenset({"thing", "one", "quiz", "the", "my", "that"})


def last_result(state: State, event: Event, knowledge: Knowledge) -> Turn | None:
    """The newest result, of the flow that is named if one is; None where it was not asked for or a question waits."""
    found = ASKED.match(event.text) if isinstance(event, Said) and knowledge.flows else None
    if not isinstance(event, Said) or not found or not REST.match(found["rest"]):
        return None
    current = active(state, knowledge)
    itself = found["what"].lower() not in {"plan", "estimate"}  # which may as well be one to be made
    if (current and current.step) or not (itself or OWN.search(event.text)):
        return None
    flows = _named([word for word in words(found["flow"]) if word not in BESIDE_NAMES], knowledge)
    if not flows:
        return None
    likely = flows if itself else _named(words(found["what"]), knowledge) or flows
    return (
        _newest(state, [f for f in flows if f in likely], event, knowledge)
        or _newest(state, flows, event, knowledge)
        or begun_by_name(state, event, knowledge)
        or engine.told(state, saved_card(state, knowledge, event.at))
    )


def _named(said: list[str], knowledge: Knowledge) -> list[str]:
    """The flows in whose names all the words stand; all of them for no words."""
    return [
        flow_id
        for flow_id, flow in knowledge.flows.items()
        if {word for name in (flow.title, flow.command, *flow.also) for word in words(name)}.issuperset(said)
    ]


def _newest(state: State, flows: list[str], event: Said, knowledge: Knowledge) -> Turn | None:
    """The result finished last of these flows, else the one saved last, else the way on to one begun."""
    left = [run for run in runs(state, knowledge) if run.flow in flows and run.answers]
    finished = next((run for run in left if not run.step), None)
    if finished:
        at = setting(finished.flow, knowledge, event.at)
        current = active(state, knowledge)
        aside = state if current and current.flow == finished.flow else put_aside(state)
        return engine.shown(aside, refitted(finished, at.flow, knowledge)[0], at)
    saved = (read_progress(item, knowledge) for item in reversed(state.saved) if item.get("flow") in flows)
    put_by = next((run for run in saved if run), None)
    if put_by:
        return open_saved(state, put_by, knowledge, event.at)
    if not left:
        return None
    at = setting(left[0].flow, knowledge, event.at)
    return engine.told(state, resume_card(refitted(left[0], at.flow, knowledge)[0], at))
