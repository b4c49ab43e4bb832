""" "2,600 with the exam included": what is said to be in a price, kept beside it; and whose price it is said to be.

Words that an option of such a step lists as `loosely` name a seller in whose price it stands ("3000 at theirs").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.flows.answers import told
from bot.conversation.flows.cards import scope_of
from bot.conversation.flows.mending import given_now
from bot.conversation.flows.moving import Setting, holds
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import form, phrase_in, picked
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.shape import Option
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

HOLDS = re.compile(
    r"\b(?:includ\w*|bundl\w*|comes? with|covers?|covered|built in|thrown in|part of it"
    r"|in (?:the|that|its|my|their|your) (?:price|tuition))\b",
    re.IGNORECASE,
)
OF_OTHERS = re.compile(r"\b(?:approved|accredited|licensed|certified|partner\w*|based|style|like)\b", re.IGNORECASE)
NOT_HELD = re.compile(r"\b(?:not|no|never|without|extra|separate\w*|except|\w+n['’]?t)\b|\?", re.IGNORECASE)
PIECE = splitter("and", "plus", marks="&+")


def with_told_beside(progress: Progress, text: str, at: Setting) -> tuple[Progress, str]:
    """The progress with what a sum of money is said to hold, for a step that is not asked, and a line that says so."""
    step = at.flow.steps[progress.step]
    if step.kind != "money" or step.per or step.over:
        return progress, ""
    found, value = _held(text, at)
    if not value:
        return progress, ""
    kept = at.flow.steps[found]
    line = say(at.knowledge.voice, "flow_ahead", name=kept.name, answer=told(kept, value, at.knowledge))
    return progress.but(answers={**progress.answers, found: value}), line


def held_at_result(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The result again, with what is said to be in the price that was given; None where nothing is, or it was known."""
    found, value = _held(text, at) if HOLDS.search(text) else ("", [])
    given = progress.answers.get(found) or []
    if not value or set(value) <= set(given):
        return None
    step = at.flow.steps[found]
    if step.when and not holds(step, scope_of(progress, at)):
        return None
    both = picked(step.options, {*value, *given})
    return given_now(state, progress, found, both, at)


def _held(text: str, at: Setting) -> tuple[str, list[str]]:
    """The step for it that is not asked, and which of its options the price is said to hold."""
    found = next((s for s, step in at.flow.steps.items() if step.unasked and step.kind == "several"), "")
    if not found or NOT_HELD.search(text):
        return found, []
    options = at.flow.steps[found].options
    if not HOLDS.search(text):
        return found, _sold_by(text, options)
    named = {phrase_in(piece, options) for piece in PIECE.split(text)} - {""}
    return found, picked(options, named)


def _sold_by(text: str, options: Mapping[str, Option]) -> list[str]:
    """The options whose seller is named, and nothing else that could be meant: not an exam or dues of theirs."""
    if OF_OTHERS.search(text) or any(stands(form(also), text) for option in options.values() for also in option.also):
        return []
    return [name for name, option in options.items() if any(stands(form(word), text) for word in option.loosely)]
