"""An answer with a question beside it: "I'd like home. Is it true those jobs go abroad?" keeps the first, too."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from bot.conversation.events import Event, Said
from bot.conversation.flows.echoing import echo
from bot.conversation.flows.engine import answer
from bot.conversation.flows.lookalikes import is_no_answer, may_ask
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.negation import affirmed
from bot.conversation.flows.options import phrase_in
from bot.conversation.flows.progress import Progress, active
from bot.conversation.flows.reading import BARELY, Reading, read
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State

SENTENCE = re.compile(r"[^.!?\n]*(?:\.(?=\d)[^.!?\n]*)*[.!?\n]*")
WHOLE = 8  # words of a question that can stand by itself; "is that enough?" can't
LONGEST = 20  # words of what is told beside a question; more is a story


class Beside(NamedTuple):
    """The state with the answer kept, the question that is left to be answered, and a line that says what was taken."""

    state: State
    event: Event
    taken: str = ""


def beside(state: State, event: Event, knowledge: Knowledge) -> Beside:
    """What a message that is answered elsewhere says to the question of the flow; as it was where that's nothing."""
    progress = active(state, knowledge)
    if not isinstance(event, Said) or progress is None or progress.step not in knowledge.flows[progress.flow].steps:
        return Beside(state, event)
    at = Setting(knowledge.flows[progress.flow], knowledge, event.at)
    told, asked = _parts(event.text)
    step = at.flow.steps[progress.step]
    reading = _plainly(step, told, at) if told and asked and progress.pending is None else None
    if reading is None:
        return Beside(state, event)
    alone = replace(event, text=asked) if len(asked.split()) >= WHOLE else event
    return _kept(state, progress, reading, alone, told, at)


def _kept(state: State, progress: Progress, reading: Reading, event: Event, told: str, at: Setting) -> Beside:
    turn = answer(state, progress, reading.value, at, by_hour=reading.by_hour)
    after = active(turn.state, at.knowledge)
    if after is None or not after.step:  # the result would be in the way of what was asked
        return Beside(state, event)
    step = at.flow.steps[progress.step]
    return Beside(turn.state.but(last=state.last, lost=state.lost), event, echo(step, told, reading, at))


def _parts(text: str) -> tuple[str, str]:
    """What is told and what is asked, each as one text."""
    sentences = [part.strip() for part in SENTENCE.findall(text) if part.strip()]
    asked = [part for part in sentences if may_ask(part)]
    return " ".join(part for part in sentences if part not in asked), " ".join(asked)


def _plainly(step: Step, told: str, at: Setting) -> Reading | None:
    """Only what is no guess: the words of one option, a bare yes or no, a figure."""
    if len(told.split()) > LONGEST or step.kind not in {*AMOUNTS, "choice", "yes_no"} or is_no_answer(step, told, at):
        return None
    named = phrase_in(told, step.options) if affirmed(told) and step.kind == "choice" else ""
    bare = step.kind == "yes_no" and BARELY.match(told.lower().strip(" .!,"))
    reading = read(step, told, at.knowledge, at.today) if named or bare or step.kind in AMOUNTS else None
    return reading if reading and reading.outcome == "answer" else None
