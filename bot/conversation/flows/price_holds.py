""" "2,600 with the exam included": what is said to be in a price, kept beside it."""

from __future__ import annotations

import re

from bot.conversation.flows.answers import told
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import phrase_in
from bot.conversation.flows.progress import Progress
from bot.conversation.wording import say

HOLDS = re.compile(
    r"\b(?:includ\w*|bundl\w*|comes? with|covers?|covered|built in|thrown in|part of it)\b", re.IGNORECASE
)
NOT_HELD = re.compile(r"\b(?:not|no|never|without|extra|separate\w*|except|\w+n['’]?t)\b|\?", re.IGNORECASE)
PIECE = re.compile(r"\s*(?:[,;&+]|\.(?!\d)|\band\b|\bplus\b)\s*", re.IGNORECASE)


def with_told_beside(progress: Progress, text: str, at: Setting) -> tuple[Progress, str]:
    """The progress with what a sum of money is said to hold, for a step that is not asked, and a line that says so."""
    step = at.flow.steps[progress.step]
    if step.kind != "money" or step.per or not HOLDS.search(text) or NOT_HELD.search(text):
        return progress, ""
    found = next((s for s, other in at.flow.steps.items() if other.unasked and other.kind == "several"), "")
    kept = at.flow.steps[found] if found else None
    if kept is None or step.over:
        return progress, ""
    named = {phrase_in(piece, kept.options) for piece in PIECE.split(text)} - {""}
    value = [option for option in kept.options if option in named]
    if not value:
        return progress, ""
    line = say(at.knowledge.voice, "flow_ahead", name=kept.name, answer=told(kept, value, at.knowledge))
    return progress.but(answers={**progress.answers, found: value}), line
