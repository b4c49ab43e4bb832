"""An answer that someone says was taken wrongly: changed by what they say, or else its question asked again."""

from __future__ import annotations

import re

from bot.conversation.flows.answers import told
from bot.conversation.flows.engine import at_step, shown
from bot.conversation.flows.mending import changed_to, names
from bot.conversation.flows.moving import Setting, asked, before
from bot.conversation.flows.options import form, phrase_in
from bot.conversation.flows.pieces import SENTENCE
from bot.conversation.flows.prepared import without_denied
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read, reads_as
from bot.conversation.flows.shape import AMOUNTS
from bot.conversation.flows.yes_no import SAID_NO
from bot.conversation.state import State, Turn
from bot.conversation.wording import say

LEAD = (
    r"^\W*(?:(?:oh|oops|sorry|lol|lmao|omg|ugh|wtf|dude|bro|man|hey|um|ok|but|wait|hold on|hang on|can you|please)"
    r"[\s,.!]+)*"
)
NO = rf"(?:{SAID_NO}|wrong)\b"
PLAIN = (
    r"(?:\b(?:thats|that['’]s|that is|its|it['’]s|this is) (?:all )?(?:not right|not it|wrong|incorrect)\b"
    r"|\bnot (?:that|it)(?=\s*(?:[,.!]|$))|\bthat(?: last)? one was\b"
    r"|\b(?:thats|that['’]s|that is) not what i (?:said|meant|put)\b|(?:^|[,.!?]\s*)wrong\s*(?:[,.!]|$)"
    r"|\byou (?:got|took|put|have|had|wrote) (?:it|that|this|me|my \w+|the \w+) (?:all )?(?:wrong|under|down)\b"
    r"|\byou (?:misread|misunderstood)\b)"
)
NOT_THE_FIGURE = re.compile(
    rf"{LEAD}(?:{NO}[\s,.!]*)?(?:that'?s |its? )?not (?:the )?(?P<figure>\$?\d[\d.,]*\s?k?)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
PUT_AT = re.compile(
    r"\byou (?:put|have|had|got|took|wrote|counted|set)(?: (?:me|it|that|my \w+))?(?: down)?(?: (?:at|as|for|to|with))?"
    r" (?P<at>\$?\d[\d.,]*\d\s?k?)\b(?: an hour)?"
    r"|\bthe (?P<wrong>\$?\d[\d.,]*\d\s?k?)\b(?: an hour)? (?:is|was) (?:all )?(?:wrong|not right|not me|off)\b",
    re.IGNORECASE,
)
DENIES = re.compile(rf"{LEAD}{NO}[\s,.!]*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
ECHOED = re.compile(rf"^(?P<said>[^?]{{1,50}})\?+\s*(?:{NO}[\s,.!]*)(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
SAYS_WRONG = re.compile(PLAIN, re.IGNORECASE)
NAMED = re.compile(
    r"\b(?:change|fix|redo|correct|edit|go back to) (?:the |my )?(?P<redo>[a-z][a-z' ]{2,24}?)(?: please| again)?\W*$"
    r"|\b(?:got|took|put|have|had|read|wrote) (?:the |my )(?P<got>[a-z][a-z' ]{2,24}?) (?:all )?wrong\b"
    r"|\bmy (?P<is>[a-z][a-z' ]{2,24}?) (?:is|are|was|were) wrong\b",
    re.IGNORECASE,
)
PUT_UNDER = re.compile(
    r"\byou (?:put|have|had|took|got) me (?:under|as|in|for|down (?:as|for|under)) (?:an? |the )?(?P<as>[^.,;!?\n]+)",
    re.IGNORECASE,
)
ASKED = re.compile(r"\bask(?:ed|ing)?\b|\bquestion\b", re.IGNORECASE)  # "not what I asked" is of our answer, not theirs
LONGEST = 30  # words; more is a story


def redone(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """Changes what was taken wrongly, or goes back to it; None when nothing is said to be wrong."""
    if progress.pending is not None or ASKED.search(text) or len(text.split()) > LONGEST:
        return None
    return (
        _not_the_figure(state, progress, text, at)
        or _put_under(state, progress, text, at)
        or _named(state, progress, text, at)
        or _last(state, progress, text, at)
    )


def _not_the_figure(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "No, not 850, 1,900 in all": the newest answer that has this figure, whatever the question that waits."""
    figure, rest = _denied_figure(text)
    if not figure or progress.step in progress.answers:
        return None
    for step_id, value in reversed(asked(progress.answers, at).items()):
        step = at.flow.steps[step_id]
        if step.kind in AMOUNTS and reads_as(step, figure, value, at):
            return _changed(state, progress, step_id, rest, at) or _again(state, progress, step_id, at)
    return None


def _denied_figure(text: str) -> tuple[str, str]:
    """The figure that is said to be wrong, and what is said besides."""
    found = NOT_THE_FIGURE.match(text)
    if found:
        return found["figure"], found["rest"]
    put = PUT_AT.search(text)
    return (put["at"] or put["wrong"], f"{text[: put.start()]} {text[put.end() :]}") if put else ("", "")


def _put_under(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "You put me under some college. I worked there for years": the step whose answer that was."""
    found = PUT_UNDER.search(text)
    if not found:
        return None
    said = form(found["as"])
    for step_id, value in reversed(asked(progress.answers, at).items()):
        label = form(told(at.flow.steps[step_id], value, at.knowledge))
        if said and (said in label or label in said) and step_id != progress.step:
            rest = f"{text[: found.start()]}. {text[found.end() :]}"
            return _changed(state, progress, step_id, rest, at) or _again(state, progress, step_id, at)
    return None


def _named(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "Change my hours": the step that is called so, with its question."""
    found = NAMED.search(text)
    if not found:
        return None
    said = found["redo"] or found["got"] or found["is"]
    step_id = next((s for s in asked(progress.answers, at) if s != progress.step and names_it(said, s, at)), "")
    return _again(state, progress, step_id, at) if step_id else None


def names_it(said: str, step_id: str, at: Setting) -> bool:
    """Whether these words name the step: as it is called, or a word of that."""
    step = at.flow.steps[step_id]
    return names(said, step) or form(said) in {step_id, *form(step.name).split()}


def _last(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """ "No, 14 hours a week": the answer before, unless the message answers the question that waits."""
    last = before(progress, at)
    if progress.step in progress.answers or last not in progress.answers:
        return None
    denies, echoed = DENIES.match(text), ECHOED.match(text)
    found = denies or echoed
    wrong = SAYS_WRONG.search(text) is not None
    if not found and not wrong:
        return None
    step = at.flow.steps[progress.step]
    answers = read(step, text, at.knowledge, at.today) is not None
    if not wrong and (answers or step.kind in {"yes_no", "text"}):
        return None
    turn = _changed(state, progress, last, found["rest"] if found else text, at)
    return turn or (_again(state, progress, last, at) if wrong else None)


def _changed(state: State, progress: Progress, step_id: str, said: str, at: Setting) -> Turn | None:
    """The answer changed by the whole of what is said, or by a sentence of it."""
    step = at.flow.steps[step_id]
    said = without_denied(said) if step.kind in AMOUNTS else said
    parts = dict.fromkeys([said, *reversed(SENTENCE.split(said))])
    for part in parts:
        exact = step.kind in {*AMOUNTS, "yes_no", "place", "date"} or phrase_in(part, step.options)
        reading = read(step, part, at.knowledge, at.today) if part.strip() and exact else None
        same = reading and reading.value == progress.answers[step_id] and step.kind not in AMOUNTS
        if reading and reading.outcome == "answer" and not same:
            return changed_to(state, progress, step_id, part, at)
    return None


def _again(state: State, progress: Progress, step_id: str, at: Setting) -> Turn:
    opening = say(at.knowledge.voice, "flow_redo", name=at.flow.steps[step_id].name)
    return shown(state, at_step(progress, step_id), at, opening)
