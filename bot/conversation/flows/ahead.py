"""Hours to study that are told before they are asked: kept for their own question."""

from __future__ import annotations

import re

from bot.conversation.amounts import Amount, find_amounts, read_hours, read_week
from bot.conversation.flows.answers import told
from bot.conversation.flows.engine import shown
from bot.conversation.flows.moving import Setting, way
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.flows.shape import AMOUNTS
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

WORKS = re.compile(
    r"\bwork\w*\b(?:\W+\w+){0,3}?\W+\d+ ?h(?:ou)?rs?\b", re.IGNORECASE
)  # "i work 20 hours a week" is not to study
MOST = 30  # hours of a week that are more likely a job's


def told_ahead(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "Maybe 10 hrs a week" at a question before that for the hours."""
    if at.flow.steps[progress.step].kind in AMOUNTS or WORKS.search(text):
        return None
    telling = any(a.unit == "hour" and a.per in ("week", "day") for a in find_amounts(text)) or read_week(text)
    hours = read_hours(text) if telling else None
    later = (s for s, done in way(progress.answers, at) if not done and at.flow.steps[s].kind == "hours")
    step_id = next(later, "")
    if not step_id or not isinstance(hours, Amount) or hours.high > MOST:
        return None
    step = at.flow.steps[step_id]
    reading = read(step, text, at.knowledge, at.today)
    if reading is None or reading.outcome != "answer":
        return None
    kept = progress.but(answers={**progress.answers, step_id: reading.value})
    answer = told(step, reading.value, at.knowledge)
    return shown(state, kept, at, say(at.knowledge.voice, "flow_ahead", name=step.name, answer=answer))
