"""Where somebody lives, said while another question waits: "I live near Dodge City, not Topeka, can you fix that"."""

from __future__ import annotations

import re

from bot.conversation.asks import may_ask
from bot.conversation.flows.answers import told
from bot.conversation.flows.engine import shown
from bot.conversation.flows.mending import given_now
from bot.conversation.flows.moving import Setting, way
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.places import Place, recognise
from bot.conversation.state import State, Turn
from bot.conversation.whose_place import own_places
from bot.conversation.wording import say

PLEASE_FIX = re.compile(
    r"[\s,.]{0,3}(?:(?:so|please|pls) ){0,2}(?:(?:can|could|would|will) (?:you|u) )?(?:please )?"
    r"(?:fix|change|correct|update) (?:that|it|this|the place|my place)(?: please)?\W{0,5}$",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"\b(?:change|switch|fix|correct|update) [^.!?\d]{2,40}? (?:to|into) (?P<meant>[^.!?]{2,40})",
    re.IGNORECASE,
)
WRONG = re.compile(
    r"\b(?:wrong|not the right) (?:place|town|city|state|location|area)\b"
    r"|\b(?:place|town|city|state|location|area) (?:is|was|you have is) (?:all )?(?:wrong|not right|off)\b",
    re.IGNORECASE,
)
LIVES = re.compile(
    r"\b(?:i|we)(?:['’]?m| am|['’]?re| are)?(?: (?:actually|really|just|now|only|still|do))*"
    r" (?:live|living|stay|staying|reside|located|based|moved|(?:out )?(?:in|near|by|close to|around|outside))\b",
    re.IGNORECASE,
)


def home_said(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The place kept or changed, and the question that waits again; None where it is no plain word of it, or the
    message may answer that question."""
    step_id = next((s for s, _ in way(progress.answers, at) if at.flow.steps[s].kind == "place"), "")
    if not step_id or step_id == progress.step or progress.pending is not None:
        return None
    text = PLEASE_FIX.sub("", text)
    place = _meant(text, progress, at)
    if place is None or len(place.codes) != 1 or may_ask(text):
        return None
    code, step = place.codes[0], at.flow.steps[step_id]
    if step_id in progress.answers:
        return given_now(state, progress, step_id, code, at)
    kept = progress.but(answers={**progress.answers, step_id: code})
    return shown(
        state, kept, at, say(at.knowledge.voice, "flow_ahead", name=step.name, answer=told(step, code, at.knowledge))
    )


def _meant(text: str, progress: Progress, at: Setting) -> Place | None:
    """The one place that is said to be meant."""
    changes = CHANGES.search(text)
    text = changes["meant"] if changes else text
    found = recognise(text, at.knowledge.places)
    places = own_places(found, text).places
    plainly = changes or found.denied or WRONG.search(text)
    lives = plainly or (LIVES.search(text) and not _answers(text, progress, at))
    return places[0] if len(places) == 1 and lives else None


def _answers(text: str, progress: Progress, at: Setting) -> bool:
    """Whether it may be of the question that waits, or at a result of nothing there."""
    return not progress.step or read(at.flow.steps[progress.step], text, at.knowledge, at.today) is not None
