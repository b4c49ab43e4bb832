"""What is typed while a flow waits: an answer, a word to move about, a side question, or not understood."""

from __future__ import annotations

import re

from bot.conversation.amounts import day_or_week, find_amounts
from bot.conversation.danger import is_urgent
from bot.conversation.events import Said
from bot.conversation.filters import amount
from bot.conversation.flows import engine
from bot.conversation.flows.ahead import kept_for_others, told_ahead
from bot.conversation.flows.asking import asks_how, asks_of_one, asks_of_options, helped
from bot.conversation.flows.assigned import Own, own_part
from bot.conversation.flows.at_result import at_result
from bot.conversation.flows.beginning import begun_by_name
from bot.conversation.flows.correcting import taken_back
from bot.conversation.flows.echoing import echo
from bot.conversation.flows.engine import setting
from bot.conversation.flows.gone import without_gone
from bot.conversation.flows.labels import labelled
from bot.conversation.flows.lookalikes import denies, is_a_part, is_no_answer, may_ask
from bot.conversation.flows.meant import meant_sum
from bot.conversation.flows.mending import has_enough, last_meant, supposes
from bot.conversation.flows.moves import move_in, wants_skip
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import words
from bot.conversation.flows.presses import read_press
from bot.conversation.flows.pressing import pressed
from bot.conversation.flows.price_holds import with_told_beside
from bot.conversation.flows.progress import Progress, active, refitted
from bot.conversation.flows.reading import Reading, read, says_no, yes_or_no
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning, content_words
from bot.conversation.own_words import own_words
from bot.conversation.state import Button, State, Turn
from bot.conversation.understand import understand
from bot.conversation.wording import say

WHY = re.compile(
    r"\W*(?:(?:but|and|ok|wait|lol|um)[\s,]+)*why (?:do|does|are|is|would|should)?\s*(?:you|u|ya|they|that|this|it)\b"
    r"\s*(?:\w+\s*){0,4}(?:ask|asking|need|know|want|matter|important|say|tell)\b.{0,25}$"
    r"|\W*(?:but |and |ok )?why\W*$",
    re.IGNORECASE,
)
LIKELY = 0.5  # of small talk, that it is that and no answer which we could not read
NODS = frozenset({"okay", "k", "kk", "alright", "aight", "cool", "fine", "sure", "hmm"})


def heard(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """None when the message is not for the flow: it is answered as ever, and the question is offered again after."""
    progress = active(state, knowledge)
    if progress is None:
        return begun_by_name(state, event, knowledge)
    at = setting(progress.flow, knowledge, event.at)
    if not progress.step:
        return at_result(state, progress, event, at)
    if not event.text.strip():
        return None
    if event.edited:
        return engine.shown(state, progress, at, say(knowledge.voice, "flow_message_edited"))
    fitted, edited = refitted(progress, at.flow, knowledge)
    if edited or fitted.step not in at.flow.steps:
        return engine.shown(state, progress, at)
    return at_step(state, fitted, event, at)


def at_step(state: State, progress: Progress, event: Said, at: Setting) -> Turn | None:
    """The message is tried as an answer first, unless it plainly asks something."""
    meaning = understand(event.text, state, at.knowledge)
    if is_urgent(meaning.intents, at.knowledge):
        return None
    turn = said_button(state, progress, event, at) or move(state, progress, event.text, at)
    turn = turn or taken_back(state, progress, event.text, at) or questioned(state, progress, event, meaning, at)
    if turn or own_words(event.text, at.knowledge):
        return turn
    if may_ask(event.text) and meaning.outcome == "sure" and _is_question(meaning, at.knowledge):
        return None
    if supposes(event.text):
        return engine.summary(state, progress, at)
    return as_answer(state, progress, event, meaning, at)


def as_answer(state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting) -> Turn | None:
    """The message as the answer of the step that waits, or what else may be made of it."""
    step = at.flow.steps[progress.step]
    still = without_gone(step, event.text)
    if still is not None and not find_amounts(still):
        line = say(at.knowledge.voice, "flow_taken_open", assumed=step.assume)
        return engine.take(state, progress, Reading("skip"), at, line)
    own = own_part(step, last_meant(event.text if still is None else still), at)
    if own.out and own.none_left:
        asked = meaning.outcome == "sure" and any(map(may_ask, event.text.split(",")))
        return None if asked else of_another(state, progress, own, at)
    meant = meant_sum(step, own.text)
    no_answer = is_no_answer(step, meant if step.kind == "money" else event.text, at)
    reading = None if no_answer else read(step, meant, at.knowledge, event.at)
    if reading:
        taken = echo(step, meant, reading, at, last_meant(event.text))
        progress, told_of_others = kept_for_others(progress, own.others, at)
        progress, told_beside = with_told_beside(progress, event.text, at)
        opening = "\n\n".join(part for part in (taken, told_beside, told_of_others) if part)
        return engine.take(state, progress, reading, at, opening)
    ahead = None if may_ask(event.text) else told_ahead(state, progress, event.text, at)
    return ahead or _unread(state, progress, event, meaning, at, no_answer=no_answer)


def _unread(
    state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting, *, no_answer: bool
) -> Turn | None:
    """That it could not be read; None for a question or small talk, which is answered as ever."""
    asks, step = may_ask(event.text), at.flow.steps[progress.step]
    short = step.kind in {"hours", "money"} and tells_hours(event.text)
    if ((no_answer or short) and not asks) or denies(event.text):
        return _not_read(state, progress, event.text, at)
    if _is_of_the_question(meaning, at.knowledge):
        return engine.shown(state, progress, at)
    noise = at.knowledge.talk_of("noise") in meaning.intents
    talks = not noise and not _is_far(meaning, at.knowledge) and meaning.probability >= LIKELY
    if meaning.outcome == "sure" and (asks or talks):
        return None
    if asks and meaning.outcome == "torn":
        return None
    return _not_read(state, progress, event.text, at)


def questioned(state: State, progress: Progress, event: Said, meaning: Meaning, at: Setting) -> Turn | None:
    """Why we ask, or what the options are, and the question again."""
    if WHY.match(event.text):
        skip = at.flow.steps[progress.step].skip
        return engine.shown(state, progress, at, say(at.knowledge.voice, "flow_why", skip=skip))
    plain = meaning.outcome == "sure" and _is_question(meaning, at.knowledge)
    of_one = not plain and asks_of_one(progress, event.text, at)
    explains = of_one or asks_of_options(event.text) or asks_how(event.text)
    explained = helped(progress, at) if explains else ""
    return engine.shown(state, progress, at, explained) if explained else None


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
    if hours:
        line = say(voice, "flow_day_or_week", hours=amount(hours.middle))
    else:
        line = say(voice, "flow_a_part") if is_a_part(step, text) else say(voice, "flow_not_read", kind=step.kind)
    return engine.shown(state, progress, at, line)


def tells_hours(text: str) -> bool:
    """Whether it tells hours, if not so that they can be taken: "2 hours after work" is no question about a job's."""
    return any(amount.unit == "hour" for amount in find_amounts(text)) or day_or_week(text) is not None


def _is_of_the_question(meaning: Meaning, knowledge: Knowledge) -> bool:
    """An "ok" that says nothing, or "why", "what was that": the question with its reason is all there is to say."""
    if meaning.outcome != "sure" or _is_question(meaning, knowledge):
        return False
    talk = knowledge.smalltalk[meaning.intents[0]]
    nods = talk.kind == "smalltalk" and talk.role is None and NODS.issuperset(content_words(meaning.match.words))
    return nods or talk.role == "repeat"


def _is_question(meaning: Meaning, knowledge: Knowledge) -> bool:
    return any(knowledge.is_ours(intent) for intent in meaning.intents)


def _is_far(meaning: Meaning, knowledge: Knowledge) -> bool:
    """Not ours at all: said in a flow it is more likely an answer that could not be read."""
    return all(i in knowledge.smalltalk and knowledge.smalltalk[i].kind == "out_of_scope" for i in meaning.intents)


def said_button(state: State, progress: Progress, event: Said, at: Setting) -> Turn | None:
    """The label of one of the buttons in sight, typed."""
    card = engine.shown(state, progress, at, in_place=True).replies[0]
    found: Button | None = next(
        (b for row in card.buttons for b in row if labelled(event.text, b.label) and not _is_tick(b)), None
    )
    if found is None:
        return None
    turn = pressed(state, found.data, at.knowledge, event.at)
    return _as_new(turn, at) if turn else None


def _is_tick(button: Button) -> bool:
    """An option among several: typed, it is a whole answer and not a tick."""
    press = read_press(button.data)
    return press is not None and press.act[:1] in {"+", "-"}


def _as_new(turn: Turn, at: Setting) -> Turn:
    """The same turn below what was typed instead of in the old card."""
    progress = active(turn.state, at.knowledge)
    if progress is None or not turn.replies[0].in_place:
        return turn
    return engine.shown(turn.state, progress, at)


def move(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "back", "stop", "start over", "skip", "done", "yes" to an unlikely figure."""
    named = move_in(words(text))
    step = at.flow.steps[progress.step]
    if progress.pending is not None:
        said = yes_or_no(text)
        if said is True:
            return engine.answer(state, progress, progress.pending, at)
        if said is False or says_no(text):
            reading = read(step, text, at.knowledge, at.today)
            if reading is None or reading.outcome == "skip" or reading.value == progress.pending:
                return engine.shown(state, progress.but(pending=None), at)
    if named == "back":
        return engine.back(state, progress, at)
    if named == "again":
        return engine.again(state, progress, at.knowledge, at.today)
    if named == "stop" or has_enough(text):
        return engine.stop(state, progress, at)
    if named == "sum":
        return engine.summary(state, progress, at)
    if named == "skip" or wants_skip(words(text)):
        return engine.take(state, progress, Reading("skip"), at)
    if named == "done" and step.kind == "several":
        return engine.answer(state, progress, list(progress.draft), at)
    return engine.shown(state, progress, at) if named == "go" else None
