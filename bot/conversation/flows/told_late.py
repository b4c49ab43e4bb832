"""What comes in, told or missed only at the result: "you haven't counted my severance", "it's 2,600 until March"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.amounts import find_amounts
from bot.conversation.asks import may_ask
from bot.conversation.flows.added import with_added
from bot.conversation.flows.answers import ends_of, told
from bot.conversation.flows.engine import at_step, moved, shown
from bot.conversation.flows.moving import Setting, asked
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import form
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.flows.until import end_in, until
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

UNCOUNTED = re.compile(
    r"(?:\b(?:not|never|\w+n['’]?t)\s+(?:\w+ )?(?:count|includ|consider|add|mention|figur|use|account|factor)\w*"
    r"|\b(?:forgot|forgetting|left out|leave out|leaving out|ignor\w+|missed|missing|skipped|what about|how about))\b",
    re.IGNORECASE,
)


def told_late(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The result counted anew with it, or its question where no sum is told and none was counted."""
    for step_id in _named(progress, form(UNCOUNTED.sub(" ", text)), text, at):
        if find_amounts(text):
            return None if may_ask(text) else _counted(state, progress, step_id, text, at)
        given = ends_of(progress.answers[step_id])
        if UNCOUNTED.search(text) and not (given and given[1]):
            return shown(state, at_step(progress, step_id), at)
    return None


def _named(progress: Progress, said: str, text: str, at: Setting) -> Iterator[str]:
    """The step for what comes in, if what is `said` names some of that; by a word of savings that its
    question says too only what comes each month or ends is meant."""
    for step_id in asked(progress.answers, at):
        step = at.flow.steps[step_id]
        if not step.until:
            continue
        uncounted = UNCOUNTED.search(text) and not find_amounts(text)
        comes = uncounted or end_in(text, at) or any(amount.per for amount in find_amounts(text))
        shared = (name for name in at.flow.steps[step.until].also if form(name) in form(step.ask))
        names = (*step.parts, *step.also, *(shared if comes else ()))
        if any(stands(form(name), said) for name in names):
            yield step_id


def _counted(state: State, progress: Progress, step_id: str, text: str, at: Setting) -> Turn | None:
    reading = read(at.flow.steps[step_id], text, at.knowledge, at.today)
    if reading is None or reading.outcome != "answer":
        return None
    reading, line = until(step_id, reading, text, at)
    step = at.flow.steps[step_id]
    line = line or say(at.knowledge.voice, "flow_mended", name=step.name, answer=told(step, reading.value, at.knowledge))
    kept = with_added(progress, step_id, reading.added, at)
    return moved(state, kept.but(answers={**kept.answers, step_id: reading.value}), at, line)
