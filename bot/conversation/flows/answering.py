"""What is typed at a step as its answer: taken, with all that is to be said to it, or said to be not understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.conversation.amounts import day_or_week, find_amounts, says_no_pay
from bot.conversation.amounts.instalments import in_one_sum
from bot.conversation.asks import asks_plainly, may_ask
from bot.conversation.events import Said
from bot.conversation.filters import amount
from bot.conversation.flows import engine
from bot.conversation.flows.ahead import kept_for_others, told_ahead, with_pay_beside
from bot.conversation.flows.assigned import Own, own_part
from bot.conversation.flows.behind import told_behind
from bot.conversation.flows.beside import left
from bot.conversation.flows.carried import with_hated, with_ticked
from bot.conversation.flows.echoing import echo
from bot.conversation.flows.gone import without_gone
from bot.conversation.flows.lookalikes import denies, is_a_part, is_no_answer
from bot.conversation.flows.meant import meant_sum
from bot.conversation.flows.mending import last_meant
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.prepared import (
    added_up,
    as_said_before,
    with_hours_asked,
    without_denied,
    without_installments,
    without_repeated,
)
from bot.conversation.flows.price_holds import with_told_beside
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import Reading, read
from bot.conversation.flows.shape import AMOUNTS
from bot.conversation.flows.until import until
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning, content_words
from bot.conversation.state import State, Turn
from bot.conversation.topics.missed import complains
from bot.conversation.wording import paragraphs, say

LIKELY = 0.5  # of small talk, that it is that and no answer which we could not read
A_WAGE = re.compile(r"\d ?(?:an?|per|/) ?(?:hour|hr|h)\b", re.IGNORECASE)
NODS = frozenset({"okay", "k", "kk", "alright", "aight", "cool", "fine", "sure", "hmm"})


def as_answer(state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting) -> Turn | None:
    """The message as the answer of the step that waits, or what else may be made of it."""
    step = at.flow.steps[progress.step]
    text = prepared(state, progress, event.text, at)
    if step.kind == "money" and not step.per:
        text = in_one_sum(text)
    still = without_gone(step, text)
    if still is not None and not find_amounts(still) and not says_no_pay(still):
        line = say(at.knowledge.voice, "flow_taken_open", assumed=step.assume)
        return engine.take(state, progress, Reading("skip"), at, line)
    own = own_part(step, last_meant(text if still is None else still), at)
    if own.out and own.none_left:
        asked = meaning.outcome == "sure" and any(map(may_ask, text.split(",")))
        return None if asked else of_another(state, progress, own, at)
    whole, without = without_installments(step, own.text, at.knowledge)
    meant = meant_sum(step, whole)
    no_answer = is_no_answer(step, meant if step.kind == "money" else text, at)
    reading = None if no_answer else read(step, meant, at.knowledge, event.at)
    if reading:
        return _taken(state, progress, event.text, Read(reading, meant, own.others, without), at)
    ahead = None if may_ask(event.text) else told_ahead(state, progress, event.text, at)
    return ahead or _unread(state, progress, event, meaning, at, no_answer=no_answer)


class Read(NamedTuple):
    """What was read of the words that are `meant`, the sums said to be of `others`, and a line on what was left out."""

    reading: Reading
    meant: str
    others: Mapping[str, str]
    without: str


def _taken(state: State, progress: Progress, text: str, found: Read, at: Setting) -> Turn:
    """The reading taken, and all that is to be said to it."""
    step = at.flow.steps[progress.step]
    reading = with_ticked(progress, step, found.reading)
    taken = echo(step, found.meant, reading, at, last_meant(text))
    progress, told_of_others = kept_for_others(progress, found.others, at)
    progress, told_beside = with_told_beside(progress, text, at)
    progress, told_pay = with_pay_beside(progress, reading, text, at)
    reading, ending = until(progress.step, reading, text, at)
    open_question = left(text, at.knowledge) if reading.outcome == "answer" else ""
    opening = paragraphs(ending or taken, found.without, told_beside, told_of_others, told_pay, open_question)
    return with_hated(engine.take(state, progress, reading, at, opening), state, step, text, opening, at)


def prepared(state: State, progress: Progress, text: str, at: Setting) -> str:
    """The message as it is to be read at an amount."""
    step = at.flow.steps[progress.step]
    if step.kind not in AMOUNTS:
        return text
    text = with_hours_asked(state, step, without_denied(text), at.knowledge)
    return without_repeated(progress, added_up(as_said_before(state, step, text)), at)


def _unread(
    state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting, *, no_answer: bool
) -> Turn | None:
    """That it could not be read; None for a question or small talk, which is answered as ever."""
    may, step = may_ask(event.text), at.flow.steps[progress.step]
    short = step.kind in {"hours", "money"} and tells_hours(event.text)
    behind = told_behind(state, progress, event.text, at)
    if behind:
        return behind
    if complains(event.text):
        return None
    if ((no_answer or short) and not may) or denies(event.text):
        return _not_read(state, progress, event.text, at)
    if _is_of_the_question(meaning, at.knowledge):
        hardly = meaning.probability < LIKELY and may_ask(event.text)
        return _not_read(state, progress, event.text, at) if hardly else engine.shown(state, progress, at)
    noise = at.knowledge.talk_of("noise") in meaning.intents
    talks = not noise and not _is_far(meaning, at.knowledge) and meaning.probability >= LIKELY
    if meaning.outcome == "sure" and (may or talks):
        return None
    if may and meaning.outcome == "torn":
        return None
    return _not_read(state, progress, event.text, at)


def of_another(state: State, progress: Progress, own: Own, at: Setting) -> Turn:
    """That a sum was not taken here, since it was said to be of something else, and the question again."""
    progress, line = kept_for_others(progress, own.others, at, anew=True)
    if not line:
        other = at.flow.steps[next(iter(own.others))].name if own.others else ""
        line = say(at.knowledge.voice, "flow_of_another", name=at.flow.steps[progress.step].name, other=other)
    return engine.shown(state, progress.but(pending=None), at, line)


def _not_read(state: State, progress: Progress, text: str, at: Setting) -> Turn:
    step, voice = at.flow.steps[progress.step], at.knowledge.voice
    hours = day_or_week(text) if step.kind == "hours" else None
    if step.kind == "money" and not step.per and A_WAGE.search(text):
        return of_another(state, progress, Own(text, _pay_told(text, at), out=True), at)
    if asks_plainly(text):
        line = say(voice, "flow_question_not_read")
    elif hours:
        line = say(voice, "flow_day_or_week", hours=amount(hours.middle))
    elif is_a_part(step, text):
        line = say(voice, "flow_a_part")
    else:
        line = say(voice, "flow_not_read", kind=step.kind)
    return engine.shown(state, progress, at, line)


def _pay_told(text: str, at: Setting) -> dict[str, str]:
    """Pay by the hour for the question after pay, where the flow has one: at a price or a budget it is a stray."""
    pay = (name for name, s in at.flow.steps.items() if s.kind == "money" and s.per == "year" and not s.unasked)
    return dict.fromkeys(pay, text)


def tells_hours(text: str) -> bool:
    """Whether it tells hours, if not so that they can be taken: "2 hours after work" is no question about a job's."""
    return any(amount.unit == "hour" for amount in find_amounts(text)) or day_or_week(text) is not None


def _is_of_the_question(meaning: Meaning, knowledge: Knowledge) -> bool:
    """An "ok" that says nothing, or "why", "what was that": the question with its reason is all there is to say."""
    if meaning.outcome != "sure" or is_question(meaning, knowledge):
        return False
    talk = knowledge.smalltalk[meaning.intents[0]]
    nods = talk.kind == "smalltalk" and talk.role is None and NODS.issuperset(content_words(meaning.match.words))
    return nods or talk.role == "repeat"


def is_question(meaning: Meaning, knowledge: Knowledge) -> bool:
    return any(knowledge.is_ours(intent) for intent in meaning.intents)


def _is_far(meaning: Meaning, knowledge: Knowledge) -> bool:
    """Not ours at all: said in a flow it is more likely an answer that could not be read."""
    return all(knowledge.kind_of(intent) == "out_of_scope" for intent in meaning.intents)
