"""Money that comes in each month and is said to end: counted up to that day, not for good."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

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
    r"\b(?:until|till?|up to|(?:lasts?|goes|good) (?:me )?to|(?P<to>through|thru|(?:nothing|none|no more) after)"
    r"|(?:it |that |which )?(?:ends?|ending|runs? out|running out|stops?|stopping|expires?|cuts? off|dr(?:y|ies) up)"
    r"|(?:is|its|it's) (?:up|over|gone))\b(?!\W+(?:i|we|he|she|it|they|my|then)\b)(?P<when>[^,;.!?]{2,30})",
    re.IGNORECASE,
)
LAST = re.compile(r"\b(?:the )?(?:very )?(?:end|last(?: day| week)?)(?: of|\W+(?=\w))|['’]s end\b", re.IGNORECASE)
HALF = re.compile(r"\b(?:the )?(?:mid(?:dle)?(?: of|\b))", re.IGNORECASE)
THIS = re.compile(r"\b(?P<of>the |this |next )?(?P<span>month|year)\b", re.IGNORECASE)
A_DAY = re.compile(r"\d(?!\d{3}\b)\d?(?!\d)")


class End(NamedTuple):
    """The first day on which nothing comes any more, and how it is told."""

    day: dt.date
    told: str


def end_in(text: str, at: Setting) -> End | None:
    """When something is said to end: "until March" ends as March begins, "through March" as it ends."""
    found = ENDS.search(text)
    when = found["when"] if found else ""
    rest = HALF.sub(" ", LAST.sub(" ", when))
    day = _this(rest, at.today) or read_date(rest, at.today)
    if not isinstance(day, dt.date):
        return None
    month = day.day == 1 or (day == at.today and not A_DAY.search(rest))
    whole = month and (LAST.search(when) or (found and found["to"] and not A_DAY.search(rest)))
    if whole or (day + dt.timedelta(days=1)).day == 1:
        return End(_next_month(day), f"the end of {write_month(day)}")
    if month and HALF.search(when):
        day = day.replace(day=15)
    return End(day, write_month(day)) if day > at.today else None


def _this(when: str, today: dt.date) -> dt.date | None:
    """The last month of the month or year that runs, or comes next."""
    found = THIS.fullmatch(when.strip())
    if not found:
        return None
    coming = (found["of"] or "").lower().startswith("next")
    if found["span"].lower() == "year":
        return dt.date(today.year + coming, 12, 1)
    return _next_month(today) if coming else today.replace(day=1)


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _months(first: dt.date, last: dt.date) -> float:
    """By the calendar, as money that comes each month is counted: from December 1 to March 1 it comes three times."""
    return (last.year - first.year) * 12 + last.month - first.month + _gone(last) - _gone(first)


def _gone(day: dt.date) -> float:
    """The share of its month that lies before a day."""
    return (day.day - 1) / calendar.monthrange(day.year, day.month)[1]


def until(step_id: str, reading: Reading, text: str, at: Setting) -> tuple[Reading, str]:
    """What comes in up to its end, to be put to the step for that, nothing after it, and a line that says so."""
    into, end = at.flow.steps[step_id].until, end_in(text, at)
    if not into or end is None or reading.outcome != "answer" or not reading.value[1]:
        return reading, ""
    months = _months(at.today, end.day)
    low, high = (round(each * months, -1) for each in reading.value)
    name = at.flow.steps[into].name
    line = say(at.knowledge.voice, "flow_until", date=end.told, answer=dollars((low + high) / 2), name=name)
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
