"""What is told along with the wish to begin a flow, or was told in the conversation before: no question asks it again.

"How long until I make 3,850 back on 18.50 an hour in Tampa" has a price, a pay and a place in it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from bot.conversation.amounts import Amount, find_amounts
from bot.conversation.amounts.instalments import in_one_sum
from bot.conversation.flows import engine
from bot.conversation.flows.answers import told
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.negation import stands
from bot.conversation.flows.options import form
from bot.conversation.flows.progress import active, kept
from bot.conversation.flows.reading import read
from bot.conversation.flows.shape import Step
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import TOPIC_LASTS
from bot.conversation.own_pay import GET
from bot.conversation.places import recognise
from bot.conversation.slots import NUMBER, PAID, ages_in, find_slots
from bot.conversation.state import State, Turn
from bot.conversation.whose_place import own_places
from bot.conversation.wording import say

Told = dict[str, Any]  # the answer of each step that was told already
POINTS_BACK = re.compile(
    r"\b(?:you know|(?:i )?(?:already )?(?:told|said)|what i make|my pay|my wage|same as|like i said)\b", re.IGNORECASE
)
MOST_OPEN = 2  # questions that a flow may still have to ask to be begun by a question
NOW = re.compile(  # "i make 17.25": of pay now, though no time is said with it
    rf"\b(?:i(?:['’]?m| am|m)?(?: only| just| currently| now| still| about)*(?: {GET})|making|earning)"
    r"(?: only| just| like| about| around| maybe| roughly)*[\s$~]*$",
    re.IGNORECASE,
)
BACK = re.compile(r"[^.?!]{0,25}\bback\b", re.IGNORECASE)
BEFORE, BEHIND = 30, 15  # characters around a sum, in which the words stand that say what it is of


def begun_with(state: State, flow_id: str, text: str, knowledge: Knowledge, today: dt.date) -> Turn:
    """The flow begun with what the text and the conversation tell, said to be kept; a run that was left is offered."""
    current = active(state, knowledge)
    left = current if current and current.flow == flow_id else kept(state, flow_id, knowledge)
    at = engine.setting(flow_id, knowledge, today)
    answers = {} if left and left.answers else told_before(state, text, at) | told_in(text, at)
    if not answers:
        return engine.begin(state, flow_id, knowledge, today)
    lines = [
        say(knowledge.voice, "flow_ahead", name=step.name, answer=told(step, answers[step_id], knowledge))
        for step_id, step in at.flow.steps.items()
        if step_id in answers
    ]
    return engine.afresh(state, flow_id, knowledge, today, answers, "\n".join(lines))


def plan_told(state: State, text: str, flow_ids: Sequence[str], knowledge: Knowledge, today: dt.date) -> Turn | None:
    """The flow that a question leads to, begun if the question brings nearly all that the flow would ask."""
    for flow_id in flow_ids if NUMBER.search(text) else ():
        at = engine.setting(flow_id, knowledge, today)
        here = told_in(text, at)
        known = here.keys() | told_before(state, text, at)
        still_open = [s for s, step in at.flow.steps.items() if not step.unasked and s not in known]
        if any(at.flow.steps[s].kind == "money" for s in here) and len(still_open) <= MOST_OPEN:
            return begun_with(state, flow_id, text, knowledge, today)
    return None


def told_in(text: str, at: Setting) -> Told:
    """The answers that stand in the text: a place, a pay by its time, and a sum by the words around it.

    The only step for a sum without a time needs no such words.
    """
    text = in_one_sum(text)
    ages = ages_in(text)
    sums = [a for a in find_amounts(text) if not a.unit and not a.foreign and a.middle not in ages]
    read = ((step_id, _told(step, text, sums, at)) for step_id, step in at.flow.steps.items() if not step.unasked)
    return {step_id: value for step_id, value in read if value is not None}


def told_before(state: State, text: str, at: Setting) -> Told:
    """What was told before: the one place that was spoken of, hours of study told just now, and the pay.

    The latter only if it was just said to be theirs or is pointed back at.
    """
    found, places, pay = Told(), state.slots.get("places", ()), state.slots.get("a_year")
    just = state.topic == at.knowledge.career.own_amount and state.topic_age <= TOPIC_LASTS
    mine = pay and (just or POINTS_BACK.search(text))
    for step_id, step in at.flow.steps.items():
        if step.kind == "place" and len(places) == 1 and places[0] in at.knowledge.areas:
            found[step_id] = places[0]
        if step.kind == "hours" and not step.unasked and state.topic_age <= TOPIC_LASTS and state.slots.get("study"):
            found[step_id] = _read(step, "{} to {} hours a week".format(*state.slots["study"]), at)
        if step.kind == "money" and step.per == "year" and not step.unasked and mine:
            found[step_id] = _read(step, f"${pay:.0f} a year", at)
    return {step_id: value for step_id, value in found.items() if value is not None}


def _told(step: Step, text: str, sums: Sequence[Amount], at: Setting) -> object:
    if step.kind == "place":
        return _place(text, step, at)
    if step.kind == "hours":
        study = find_slots(text, at.knowledge).study
        return _read(step, "{} to {} hours a week".format(*study), at) if study else None
    if step.kind != "money":
        return None
    fitting = (amount for amount in sums if _may_be(step, amount, text, at))
    return next((value for amount in fitting if (value := _sum(amount, text, step, at)) is not None), None)


def _may_be(step: Step, amount: Amount, text: str, at: Setting) -> bool:
    around = text[max(0, amount.span[0] - BEFORE) : amount.span[1] + BEHIND]
    if any(stands(form(phrase), around) for phrase in step.unlike):
        return False
    if step.per == "year":
        return amount.per in PAID or _made_now(text, amount)
    if step.per or amount.per:
        return False
    alone = [s for s in at.flow.steps.values() if s.kind == "money" and not s.per and not s.unasked] == [step]
    least = step.likely[0] if step.likely else 0.0
    return amount.middle >= least and (alone or any(stands(form(phrase), around) for phrase in step.also))


def _made_now(text: str, amount: Amount) -> bool:
    start, end = amount.span
    made_back = BACK.match(text[end:])  # "until i make 4200 back"
    return not made_back and NOW.search(text[max(0, start - BEFORE) : start]) is not None


def _sum(amount: Amount, text: str, step: Step, at: Setting) -> object:
    return _read(step, text[amount.span[0] : amount.span[1]], at)


def _place(text: str, step: Step, at: Setting) -> object:
    places = own_places(recognise(text, at.knowledge.places), text).places
    if len(places) != 1 or len(places[0].codes) != 1:
        return None
    return _read(step, text[places[0].start : places[0].end], at)


def _read(step: Step, text: str, at: Setting) -> object:
    reading = read(step, text, at.knowledge, at.today)
    return reading.value if reading and reading.outcome == "answer" else None
