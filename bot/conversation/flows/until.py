"""Money that comes in each month and is said to end: counted up to that day, not for good."""

from __future__ import annotations

import datetime as dt
import re

from bot.conversation.amounts import find_amounts, read_date
from bot.conversation.figures import write_month
from bot.conversation.filters import dollars
from bot.conversation.flows.added import with_added
from bot.conversation.flows.answers import ends_of
from bot.conversation.flows.engine import at_step, moved
from bot.conversation.flows.moving import Setting, asked
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import form
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import Reading
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

ENDS = re.compile(
    r"\b(?:until|till?|through|thru"
    r"|(?:it |that |which )?(?:ends?|ending|runs? out|running out|stops?|stopping|expires?)"
    r"|(?:is|its|it's) (?:up|over|gone))\b(?!\W+(?:i|we|he|she|it|they|my|then)\b)(?P<when>[^,;.!?]{2,30})",
    re.IGNORECASE,
)
DAYS_A_MONTH = 365.25 / 12


def end_in(text: str, at: Setting) -> dt.date | None:
    """The day on which something is said to end."""
    found = ENDS.search(text)
    day = read_date(found["when"], at.today) if found else None
    return day if isinstance(day, dt.date) and day > at.today else None


def until(step_id: str, reading: Reading, text: str, at: Setting) -> tuple[Reading, str]:
    """What comes in up to its end, to be put to the step for that, nothing after it, and a line that says so."""
    into, day = at.flow.steps[step_id].until, end_in(text, at)
    if not into or day is None or reading.outcome != "answer" or not reading.value[1]:
        return reading, ""
    months = (day - at.today).days / DAYS_A_MONTH
    low, high = (round(end * months, -1) for end in reading.value)
    name = at.flow.steps[into].name
    line = say(at.knowledge.voice, "flow_until", date=write_month(day), answer=dollars((low + high) / 2), name=name)
    return Reading("answer", [0.0, 0.0], added=(low, high)), line


def ended(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "The unemployment ends in March": said of what was counted as going on."""
    if end_in(text, at) is None or find_amounts(ENDS.sub("", text)):
        return None
    for step_id, value in asked(progress.answers, at).items():
        step, ends = at.flow.steps[step_id], ends_of(value)
        if step.until and ends and ends[1] and any(stands(form(name), text) for name in (*step.parts, *step.also)):
            reading, line = until(step_id, Reading("answer", list(ends)), text, at)
            kept = with_added(progress, step_id, reading.added, at)
            answers = {**kept.answers, step_id: reading.value}
            return moved(state, at_step(kept.but(answers=answers), progress.step), at, line)
    return None
