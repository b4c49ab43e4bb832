"""An answer that is contradicted: "no, it's 13.50" right after we took 13, or "5400 is the school's, not my bills"."""

from __future__ import annotations

import re

from bot.conversation.flows.engine import at_step, shown
from bot.conversation.flows.mending import LEAD, changed_to, mended, names, renamed
from bot.conversation.flows.moving import Setting, before
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.flows.redoing import redone
from bot.conversation.flows.shape import AMOUNTS
from bot.conversation.flows.worked_hours import recounted
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

CONTRADICTS = re.compile(
    r"^\W*(?:(?:oh|oops|sorry|lol)[\s,.]+)*(?:no+|nope|nah|naw|wrong|wait)[\s,.!]+(?:(?:no|sorry)[\s,.]+)*"
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
    found = NOT_OF.match(text.strip())
    if not found or progress.pending is not None:
        return None
    wrong = next((s for s, step in at.flow.steps.items() if s in progress.answers and names(found["not"], step)), "")
    taken = read(at.flow.steps[wrong], found["figure"], at.knowledge, at.today) if wrong else None
    if taken is None or taken.value != progress.answers[wrong]:
        return None
    answers = {step_id: value for step_id, value in progress.answers.items() if step_id != wrong}
    meant = next((s for s, step in at.flow.steps.items() if s != wrong and names(found["of"], step)), "")
    reading = read(at.flow.steps[meant], found["figure"], at.knowledge, at.today) if meant else None
    if reading and reading.outcome == "answer":
        answers[meant] = reading.value
    opening = say(at.knowledge.voice, "flow_taken_back", name=at.flow.steps[wrong].name)
    return shown(state, at_step(progress.but(answers=answers), wrong), at, opening)


def taken_back(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """An answer given before, changed by what is said now."""
    ways = (
        (recounted, mended, misplaced, contradicted, renamed, redone)
        if progress.step
        else (misplaced, contradicted, renamed)
    )
    return next((turn for way in ways if (turn := way(state, progress, text, at))), None)
