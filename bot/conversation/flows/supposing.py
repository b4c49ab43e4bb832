""" "What if I study 10 hours", typed at a result: the one answer it is about is changed."""

from __future__ import annotations

import re

from bot.conversation.flows import engine
from bot.conversation.flows.mending import changed_to, supposes
from bot.conversation.flows.moving import Setting, asked
from bot.conversation.flows.options import EMPTY, form, words
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.reading import read
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.state import State, Turn

IF = re.compile(
    r"^\W*(?:(?:ok|okay|and|but|so|well|hm+|then)[\s,.]+)*(?:(?:wh?at|how about)(?: happens| about)? )?"
    r"if (?=(?:i|we|it|my|the)\b)(?P<meant>.*)$",
    re.IGNORECASE | re.DOTALL,
)
DIGIT = re.compile(r"\d")
MOVES = re.compile(r"\b(?:mov(?:e|ed|ing) to|(?:liv(?:e|ed|ing)|work(?:ed|ing)?|stay(?:ed)?) in)\b", re.IGNORECASE)
EARNS = re.compile(r"\b(?:earn(?:ed|s)?|ma[dk]e|paid|salary|(?:could|can|would|will) (?:only |just |still )?get)\b")
GIVEN = re.compile(r"\b(?:grants?|loan|borrow|scholarships?|aid|help|refund|wioa|pell|voucher|from)\b")
ASKS_OWN = re.compile(
    r"\b(?:could|can|do|have) you (?:pay|spend|have|put aside|saved?)\b"
)  # a question for one's money
HAS = re.compile(
    r"\bi(?:['’]ve)? (?:(?:only|just|still|already) )*(?:have|got|can (?:pay|spend))"
    r"(?: (?:only|just|about|like|maybe|around|up to))* \$?\d[\d,.]*k?"
    r"(?! ?\d*(?:hours|hrs|h|kids|years|weeks|months)\b)"
)
HOURS = re.compile(r"\b(?:hours|hrs)\b")
MOST_SUPPOSED = 7  # words that suppose an answer without naming it
A_MONTH = re.compile(r"\b(?:a|per|each|every) month\b|\bmonthly\b")


def supposed(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The result with one answer changed, or the list of answers where it can't be told which; None for other words.

    A figure in a longer "what happens if" that names no answer is part of a question of its own.
    """
    found = IF.match(text.strip())
    if not found or not (DIGIT.search(text) or MOVES.search(text)):
        return engine.summary(state, progress, at) if supposes(text) else None
    meant = found["meant"].rstrip("? ")
    given = asked(progress.answers, at)
    steps = {step_id: step for step_id, step in at.flow.steps.items() if step_id in given or step.unasked}
    able = [step_id for step_id, step in steps.items() if reads(step, meant, at)]
    named = [step_id for step_id in able if is_of(steps[step_id], meant)]
    if not named and len(words(meant)) > MOST_SUPPOSED:
        return None
    named = named or [step_id for step_id in able if not steps[step_id].unasked]
    turn = changed_to(state, progress, named[0], meant, at) if len(named) == 1 else None
    return turn or (engine.summary(state, progress, at) if DIGIT.search(text) else None)


def reads(step: Step, meant: str, at: Setting) -> bool:
    """Whether what is meant can be this step's answer: a figure, a place one moves to, a day where it is named."""
    said = f" {form(meant)} "
    figure = step.kind in AMOUNTS and DIGIT.search(meant)
    of_its_kind = (
        figure or (step.kind == "place" and MOVES.search(meant)) or (step.kind == "date" and is_of(step, meant))
    )
    if not of_its_kind or any(f" {form(other)} " in said for other in step.unlike):
        return False
    reading = read(step, meant, at.knowledge, at.today)
    return reading is not None and reading.outcome == "answer"


def is_of(step: Step, meant: str) -> bool:
    """Whether the step is named, by its own words or by what such a figure is said with."""
    said, low = set(words(meant)), meant.lower()
    name = [word for word in words(step.name) if word not in EMPTY]
    if any(f" {form(other)} " in f" {form(meant)} " for other in step.also):
        return True
    if name[-1:] and name[-1] in said:
        return True
    if step.kind == "place":
        return MOVES.search(meant) is not None
    if step.kind == "hours":
        return HOURS.search(low) is not None
    if step.kind == "money" and step.per == "year":
        return EARNS.search(low) is not None and not GIVEN.search(low)
    if step.kind == "money" and step.per == "month":
        return A_MONTH.search(low) is not None
    return step.kind == "money" and ASKS_OWN.search(step.ask) is not None and HAS.search(low) is not None
