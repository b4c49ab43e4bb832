"""An answer with a question beside it: "I'd like home. Is it true those jobs go abroad?" keeps the first, too."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from bot.conversation.events import Event, Said
from bot.conversation.flows.asides import bare, told_and_asked
from bot.conversation.flows.asking import asks_how, asks_of_one, asks_of_options, helped, reason, wonders_why
from bot.conversation.flows.echoing import echo
from bot.conversation.flows.engine import answer, take
from bot.conversation.flows.lookalikes import is_no_answer
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.negation import affirmed
from bot.conversation.flows.options import phrase_in
from bot.conversation.flows.progress import Progress, active
from bot.conversation.flows.reading import Reading, read
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.flows.yes_no import PLAIN
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning
from bot.conversation.state import State, Turn
from bot.conversation.understand import understand
from bot.conversation.wording import paragraphs, say

WHOLE = 8  # words of a question that can stand by itself; "is that enough?" can't
NEAR = 0.5  # that the best of several questions is meant, for them to be offered
LONGEST = 24  # words of what is told beside a question; more is a story
NAMED = frozenset({"choice", "several"})  # kinds that are answered with the words of an option
SHORT = frozenset({"place", "date"})
FEW = 6  # words of such an answer


class Beside(NamedTuple):
    """The state with the answer `kept`, the question left to be answered, and a line that says what was taken."""

    state: State
    event: Event
    taken: str = ""
    kept: bool = False


class Both(NamedTuple):
    """A message that answers the question of the flow and asks something: `event` is what is left to be answered, None
    where we can't."""

    reading: Reading
    told: str
    asked: str
    event: Said | None


def both_in(state: State, progress: Progress, event: Said, at: Setting) -> Both | None:
    told, asked = told_and_asked(event.text)
    reading = plainly(progress, told, at) if asked else None
    return Both(reading, told, asked, to_answer(event, asked, state, at.knowledge)) if reading else None


def to_answer(event: Said, asked: str, state: State, knowledge: Knowledge) -> Said | None:
    """The question by itself, or with all that is told beside it where it says too little, if we can answer it."""
    alone = dict.fromkeys([asked, bare(asked)])
    whole = [event.text] if len(asked.split()) < WHOLE else []
    read = {text: understand(text, state, knowledge) for text in [*alone, *whole] if text}
    plain = next((text for text, meaning in read.items() if _is_ours(meaning, knowledge, "sure")), "")
    near = next((t for t in alone if t and _is_ours(read[t], knowledge, "torn") and read[t].probability >= NEAR), "")
    text = plain or near
    return replace(event, text=text) if text else None


def _is_ours(meaning: Meaning, knowledge: Knowledge, outcome: str) -> bool:
    return meaning.outcome == outcome and any(map(knowledge.is_ours, meaning.intents))


def beside(state: State, event: Event, knowledge: Knowledge) -> Beside:
    """What a message that is answered elsewhere says to the question of the flow; as it was where that's nothing."""
    progress = active(state, knowledge)
    if not isinstance(event, Said) or progress is None or progress.step not in knowledge.flows[progress.flow].steps:
        return Beside(state, event)
    at = Setting(knowledge.flows[progress.flow], knowledge, event.at)
    both = both_in(state, progress, event, at)
    if both is None:
        return Beside(state, event)
    turn = answer(state, progress, both.reading.value, at, by_hour=both.reading.by_hour)
    taken = echo(at.flow.steps[progress.step], both.told, both.reading, at)
    return Beside(turn.state.but(last=state.last, lost=state.lost), both.event or event, taken, kept=True)


def with_question(state: State, progress: Progress, both: Both, at: Setting) -> Turn | None:
    """The answer taken, and what is asked of the question itself said, or that the rest is left; None where the
    question is one that is answered elsewhere."""
    line = of_the_step(progress, both.asked, at)
    if both.event and not line:
        return None
    line = line or say(at.knowledge.voice, "flow_left")
    taken = echo(at.flow.steps[progress.step], both.told, both.reading, at)
    return take(state, progress, both.reading, at, paragraphs(taken, line))


def of_the_step(progress: Progress, asked: str, at: Setting) -> str:
    """Why it is asked, or what its options are, to who asks that; "" for other questions."""
    if wonders_why(asked):
        return reason(progress, at)
    of_it = asks_of_one(progress, asked, at) or asks_of_options(asked) or asks_how(asked, at.flow.steps[progress.step])
    return helped(progress, at) if of_it else ""


def left(text: str, knowledge: Knowledge) -> str:
    """That a question beside an answer was not understood; "" where there is none."""
    told, asked = told_and_asked(text)
    return say(knowledge.voice, "flow_left") if told and asked else ""


def plainly(progress: Progress, told: str, at: Setting) -> Reading | None:
    """Only what is no guess: the words of an option, a plain yes or no, a figure, a place or a day by itself."""
    step = at.flow.steps[progress.step]
    long = len(told.split()) > (FEW if step.kind in SHORT else LONGEST)
    if not told or long or progress.pending is not None or is_no_answer(step, told, at) or not _is_exact(step, told):
        return None
    reading = read(step, told, at.knowledge, at.today)
    return reading if reading and reading.outcome == "answer" else None


def _is_exact(step: Step, told: str) -> bool:
    if step.kind in NAMED:
        return bool(affirmed(told) and phrase_in(told, step.options))
    return step.kind in {*AMOUNTS, *SHORT} or (step.kind == "yes_no" and PLAIN.match(told.lower().strip()) is not None)
