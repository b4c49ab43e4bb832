"""An answer that is contradicted: "no, it's 13.50" right after we took 13, or "5400 is the school's, not my bills"."""

from __future__ import annotations

import re

from bot.conversation.asks import may_ask
from bot.conversation.flows.behind import only_a_part, summed, with_rest
from bot.conversation.flows.engine import at_step, shown
from bot.conversation.flows.home_said import home_said
from bot.conversation.flows.mending import LEAD, SENTENCE, changed_to, given_now, mended, names, renamed
from bot.conversation.flows.moving import Setting, asked, before
from bot.conversation.flows.options import options_in, phrase_in, picked, words
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read, reads_as
from bot.conversation.flows.redoing import redone
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.flows.until import ended
from bot.conversation.flows.worked_hours import recounted
from bot.conversation.flows.yes_no import SAID_NO
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

MISSED = re.compile(
    rf"^{LEAD}(?:(?:and|but|also)[\s,]+)?"
    r"i (?:(?:did ?n['’]?t|never)(?: even)?(?: (?:get|got)(?: the chance)? to)?|forgot to) "
    r"(?:say|said|answer|pick|choose|tick|tell|mention|add|put)\b(?P<meant>.+)$",
    re.IGNORECASE | re.DOTALL,
)
LEAST = 4  # letters of a button's words by which its step is found
CONTRADICTS = re.compile(
    rf"^\W*(?:(?:oh|oops|sorry|lol)[\s,.]+)*(?:{SAID_NO}|wrong|wait)[\s,.!]+(?:(?:no|sorry)[\s,.]+)*"
    r"(?:it'?s|it is|is|that'?s|it was|it should be|should be|i said)\s+(?P<meant>.*\d.*)$",
    re.IGNORECASE | re.DOTALL,
)
NOT_OF = re.compile(
    rf"^{LEAD}(?:the |that )?(?P<figure>\$?\d[\d.,]*\s?k?(?: dollars| bucks)?) (?:is|was|are|were) "
    r"(?:for )?(?:the |my |what )?(?P<of>[a-z][a-z' ]{2,30}?),? "
    r"not (?:for )?(?:the |my )?(?P<not>[a-z][a-z' ]{2,24}?)\W*$",
    re.IGNORECASE,
)


def contradicted(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The figure given just before is the one in question, unless this question has an answer already."""
    found = CONTRADICTS.match(text)
    last = before(progress, at)
    if not found or progress.pending is not None or progress.step in progress.answers or last not in progress.answers:
        return None
    if at.flow.steps[last].kind not in AMOUNTS:
        return None
    return changed_to(state, progress, last, found["meant"], at)


def misplaced(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """A figure taken for one thing that is another's: it is moved where it belongs, and the first asked again."""
    said = next((part for part in (text, *SENTENCE.split(text)) if NOT_OF.match(part.strip())), "")
    found = NOT_OF.match(said.strip())
    if not found or progress.pending is not None:
        return None
    called = (s for s in progress.answers if _calls(found["not"], at.flow.steps[s]))
    wrong = next((s for s in called if reads_as(at.flow.steps[s], found["figure"], progress.answers[s], at)), "")
    if not wrong:
        return None
    answers = {step_id: value for step_id, value in progress.answers.items() if step_id != wrong}
    meant = next((s for s, step in at.flow.steps.items() if s != wrong and names(found["of"], step)), "")
    reading = read(at.flow.steps[meant], found["figure"], at.knowledge, at.today) if meant else None
    if reading and reading.outcome == "answer":
        answers[meant] = reading.value
    opening = say(at.knowledge.voice, "flow_taken_back", name=at.flow.steps[wrong].name)
    turn = shown(state, at_step(progress.but(answers=answers), wrong), at, opening)
    return with_rest(turn, text.replace(said, " "), at) if said != text else turn


def _calls(said: str, step: Step) -> bool:
    """Whether these words name the step, as it is called or by some of that: "the school" for "School's price"."""
    own = {word.rstrip("s") for word in words(step.name)}
    return names(said, step) or {word.rstrip("s") for word in words(said)} <= own


def missed(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "Wait, I didn't get to say: the phone is what I can't stand": added to the step that was left too early."""
    found = MISSED.match(text.strip())
    if not found or progress.pending is not None or progress.step in progress.answers or may_ask(text):
        return None
    for step_id, given in reversed(asked(progress.answers, at).items()):
        step = at.flow.steps[step_id]
        if step.kind not in {"choice", "several"} or not phrase_in(found["meant"], step.options, LEAST):
            continue
        if step.kind == "choice":
            return changed_to(state, progress, step_id, found["meant"], at)
        more = options_in(found["meant"], step.options, step.ask)
        if more:
            both = picked(step.options, {*(given or ()), *more})
            return given_now(state, progress, step_id, both, at)
    return None


def taken_back(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """An answer given before, changed by what is said now."""
    ways = (
        (recounted, home_said, mended, misplaced, only_a_part, summed, ended, contradicted, renamed, redone, missed)
        if progress.step
        else (home_said, mended, misplaced, only_a_part, ended, contradicted, renamed)
    )
    return next((turn for way in ways if (turn := way(state, progress, text, at))), None)
