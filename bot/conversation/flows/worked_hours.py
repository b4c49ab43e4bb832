""" "No, it's 36 hours a week": pay that was counted from an hour's is counted again with the hours that are worked."""

from __future__ import annotations

import re

from bot.conversation.amounts import FULL_WEEK, WEEKS_A_YEAR, Amount, find_amounts, week_worked, yearly
from bot.conversation.asks import may_ask
from bot.conversation.flows.ahead import MOST
from bot.conversation.flows.answers import told
from bot.conversation.flows.echoing import pay_figure, pay_line
from bot.conversation.flows.engine import at_step, moved, shown, take
from bot.conversation.flows.moving import Setting, asked, before
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.flows.yes_no import SAID_NO
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

OF_WORK = re.compile(
    r"\b(?:i (?:only |just |really )?work(?:ed|ing)?|i'?m working|they (?:only |just )?(?:give|gave)|my (?:job|shifts?)"
    r"|at work|(?:full|part)[- ]?time)\b",
    re.IGNORECASE,
)
OF_STUDY = re.compile(r"\b(?:study|studying|learn|learning|class|classes|course)\b", re.IGNORECASE)
DENIES = re.compile(rf"^\W*(?:(?:but|sorry|oh|wait)[\s,.]+)*(?:{SAID_NO}|not)\b", re.IGNORECASE)
CHANGES = re.compile(
    r"\bnot (?:the )?\d|\b(?:change|fix|correct|recalculate|wrong|instead|what if|if i (?:only )?work)", re.IGNORECASE
)
PART = splitter("and", "but")
MOST_BARE = 8  # words of a message that is little more than hours
HOURS = re.compile(r"\b(?:hours?|hrs?|time)\b", re.IGNORECASE)


def recounted(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The year's pay by the hours said, and on; None for pay not counted from an hour's, or hours of study.

    Pay that was not given by the hour is asked again where somebody wants it changed.
    """
    hours = week_worked(text) if progress.pending is None else None
    invited = hours is not None and _is_invited(state, progress, text, hours, at)
    if hours is None or not (invited or _is_of_work(progress, text, hours, at)):
        return None
    step_id = next((name for name in progress.by_hour if name in asked(progress.answers, at)), "")
    if not step_id:
        return None if progress.step else _asked_again(state, progress, text, at)
    low, high = progress.by_hour[step_id]
    rate = Amount(low, high, per="hour")
    year = yearly(rate, hours * WEEKS_A_YEAR)
    value = [round(year.low, 2), round(year.high, 2)]
    kept = progress.but(answers={**progress.answers, step_id: value})
    return _on(state, kept, text, at, _line(rate, hours, value, step_id, at))


def _is_invited(state: State, progress: Progress, text: str, hours: float, at: Setting) -> bool:
    """Whether bare hours are those of the job: asked for by the line that tells how pay was counted, or at a result
    in which no hours of study can be meant."""
    given = asked(progress.answers, at)
    told_pays = [name for name in progress.by_hour if name in given]
    if not told_pays or OF_STUDY.search(text) or may_ask(text) or len(text.split()) > MOST_BARE:
        return False
    if progress.step:
        waits = at.flow.steps[progress.step].kind
        return waits != "hours" and any(_counted_line(progress, name, at) in state.last for name in told_pays)
    return hours > MOST or not any(at.flow.steps[name].kind == "hours" for name in given)


def _counted_line(progress: Progress, step_id: str, at: Setting) -> str:
    """The line said of pay by the hour whose hours were taken to be a full week's."""
    step, (low, high) = at.flow.steps[step_id], progress.by_hour[step_id]
    answer = told(step, progress.answers[step_id], at.knowledge)
    voice, pay = at.knowledge.voice, pay_figure(Amount(low, high, per="hour"))
    return say(voice, "flow_guessed", pay=pay, per=voice["per_hour"], full=str(FULL_WEEK), answer=answer)


def _is_of_work(progress: Progress, text: str, hours: float, at: Setting) -> bool:
    """Whether these are hours of a job: so called, too many for study, or a "no" to the pay just taken."""
    if OF_STUDY.search(text):
        return False
    just_taken = before(progress, at) in progress.by_hour and bool(progress.step)
    if just_taken and at.flow.steps[progress.step].kind != "hours":
        return hours > MOST or OF_WORK.search(text) is not None or DENIES.match(text) is not None
    return OF_WORK.search(text) is not None and (CHANGES.search(text) is not None or not may_ask(text))


def _line(rate: Amount, hours: float, value: list[float], step_id: str, at: Setting) -> str:
    step = at.flow.steps[step_id]
    return pay_line(step, rate, told(step, value, at.knowledge), at.knowledge.voice, hours=hours)


def _on(state: State, progress: Progress, text: str, at: Setting, opening: str) -> Turn:
    """The result, or the question that waits; a place told beside the hours answers that."""
    if not progress.step:
        return moved(state, progress, at, opening)
    step = at.flow.steps[progress.step]
    rest = ", ".join(part for part in PART.split(text) if part and not find_amounts(part) and not HOURS.search(part))
    reading = read(step, rest, at.knowledge, at.today) if rest and step.kind == "place" else None
    if reading and reading.outcome in {"answer", "which"}:
        return take(state, progress, reading, at, opening)
    return shown(state, progress, at, opening)


def _asked_again(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    steps = at.flow.steps
    pay = (s for s in asked(progress.answers, at) if steps[s].kind == "money" and steps[s].per == "year")
    step_id = next(pay, "")
    if not step_id or not CHANGES.search(text):
        return None
    return shown(state, at_step(progress, step_id), at, say(at.knowledge.voice, "flow_redo", name=steps[step_id].name))
