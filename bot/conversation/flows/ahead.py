"""What is told before it is asked, hours to study or a sum of something else: kept for its own question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.amounts import Amount, find_amounts, read_hours, read_week
from bot.conversation.flows.answers import ends_of, told
from bot.conversation.flows.echoing import echo
from bot.conversation.flows.engine import shown
from bot.conversation.flows.itemized import is_a_lone_part
from bot.conversation.flows.moving import Setting, path, way
from bot.conversation.flows.options import phrases_in, words
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import Reading, read
from bot.conversation.flows.shape import AMOUNTS
from bot.conversation.flows.until import end_in
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

WORKS = re.compile(
    r"\bwork\w*\b(?:\W+\w+){0,3}?\W+\d+ ?h(?:ou)?rs?\b", re.IGNORECASE
)  # "i work 20 hours a week" is not to study
PART = splitter(r"(?:for|and|making|make|earning|at)(?= \$?\d)")
PAID = re.compile(r"/ ?(?:h|hr|hour|yr|year)\b|\b(?:an|a|per) (?:hour|hr|year|month)\b|\$\d|\btips?\b", re.IGNORECASE)
MORE = re.compile(r"\b(?:more|on top|also|extra|as well|too|plus|another|besides)\b", re.IGNORECASE)
LONGEST = 20  # words; more is a story
LEAST = 4  # letters of a button's words
MOST = 30  # hours of a week that are more likely a job's


def kept_for_others(
    progress: Progress, others: Mapping[str, str], at: Setting, *, anew: bool = False
) -> tuple[Progress, str]:
    """The sums that were said to be of other steps, kept there, and the lines that say so.

    Only a message about nothing else (`anew`) changes what was answered before. A part of what a step asks is kept
    only where less would be taken otherwise: rent alone is not all that is needed, a pension is more than nothing.
    """
    lines: list[str] = []
    for step_id, text in others.items():
        step, given = at.flow.steps[step_id], step_id in progress.answers
        reading = read(step, text, at.knowledge, at.today)
        ends = bool(step.until) and end_in(text, at) is not None  # what is counted of it, its own question tells
        if reading is None or reading.outcome != "answer" or ends or not _may_be_asked(step_id, progress, at):
            continue
        more = given and ends_of(progress.answers[step_id]) if MORE.search(text) else None
        adds = bool(more and step.parts)
        if more and adds:
            value = [have + add for have, add in zip(more, reading.value, strict=True)]
            reading = replace(reading, value=value)
        if (given and not (anew or adds)) or (is_a_lone_part(step, text) and not step.default):
            continue
        key = "flow_mended" if given and reading.value != progress.answers[step_id] else "flow_ahead"
        progress = progress.but(answers={**progress.answers, step_id: reading.value})
        lines.append(say(at.knowledge.voice, key, name=step.name, answer=told(step, reading.value, at.knowledge)))
    return progress, "\n".join(lines)


def with_pay_beside(progress: Progress, reading: Reading, text: str, at: Setting) -> tuple[Progress, str]:
    """ "At a grocery store, 17.50 an hour": the pay kept for its own question."""
    here, answers = at.flow.steps[progress.step], {**progress.answers, progress.step: reading.value}
    picked = here.kind == "choice" and reading.outcome == "answer"
    open_steps = {s: at.flow.steps[s] for s, done in way(answers, at) if not done} if picked else {}
    step_id = next((s for s, step in open_steps.items() if step.kind == "money" and step.per == "year"), "")
    if not step_id:
        return progress, ""
    step = open_steps[step_id]
    said = next((part for part in PART.split(text) if PAID.search(part) and find_amounts(part)), "")
    pay = read(step, said, at.knowledge, at.today) if said else None
    if pay is None or pay.outcome != "answer":
        return progress, ""
    rates = {**progress.by_hour, **({step_id: pay.by_hour} if pay.by_hour else {})}
    kept = progress.but(answers={**progress.answers, step_id: pay.value}, by_hour=rates)
    return kept, echo(step, said, pay, at)


def _may_be_asked(step_id: str, progress: Progress, at: Setting) -> bool:
    """Whether it is on the way, if the amounts still open are not nothing."""
    return step_id in dict(path(progress.answers, at, lambda step: [1, 1] if step.kind in AMOUNTS else None))


def told_ahead(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "Maybe 10 hrs a week" at a question before that for the hours, or an option of the question that comes next."""
    return _hours(state, progress, text, at) or _option(state, progress, text, at)


def _option(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """Only of the very next question, and only by all the words of a button, or other words of its author."""
    steps = [step_id for step_id, _ in way(progress.answers, at)]
    following = steps[steps.index(progress.step) + 1 :] if progress.step in steps else []
    if not following or following[0] in progress.answers or len(words(text)) > LONGEST:
        return None
    step, here = at.flow.steps[following[0]], at.flow.steps[progress.step]
    named = phrases_in(text, step.options, LEAST) if step.kind == "choice" and here.kind not in AMOUNTS else {}
    if len(named) != 1:
        return None
    return _kept(state, progress, following[0], next(iter(named)), at)


def _kept(state: State, progress: Progress, step_id: str, value: object, at: Setting) -> Turn:
    """The question that waits again, and that the answer of a later one is kept."""
    step, kept = at.flow.steps[step_id], progress.but(answers={**progress.answers, step_id: value})
    line = say(at.knowledge.voice, "flow_ahead", name=step.name, answer=told(step, value, at.knowledge))
    return shown(state, kept, at, line)


def _hours(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
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
    return _kept(state, progress, step_id, reading.value, at)
