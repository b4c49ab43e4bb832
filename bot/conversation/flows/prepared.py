"""What a typed sum is made of, before it is read: its own arithmetic, installments, what was said before."""

from __future__ import annotations

import re

from bot.conversation.amounts import find_amounts
from bot.conversation.filters import amount
from bot.conversation.flows.answers import OFTEN, ends_of
from bot.conversation.flows.moving import Setting, before
from bot.conversation.flows.pieces import splitter
from bot.conversation.flows.progress import Progress
from bot.conversation.flows.shape import Step
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import State
from bot.conversation.wording import say

FIGURE = r"\$?\d[\d,]*(?:\.\d+)?k?"
ADDS_UP = re.compile(
    rf"(?P<parts>(?<![\d+&])(?<![+&] )(?<!\d,){FIGURE}(?:\s*(?:\+|\bplus\b|\band\b|&)\s*{FIGURE})+)\s*"
    rf"(?:=|\bis\b|\bmakes\b|\bequals\b|\bcomes to\b|\bthat'?s\b)\s*(?P<total>{FIGURE})",
    re.IGNORECASE,
)
DENIED = re.compile(
    rf"\b(?:not|instead of|rather than) (?:the |about |like |for )?{FIGURE}(?! ?(?:hours?|hrs?|h)\b)"
    r"(?: ?(?:dollars|bucks))?(?: (?:an?|per) (?:hour|week|month|year))?",
    re.IGNORECASE,
)
CLAUSE = splitter("and", "but")
PIECE = splitter("and", "but", "plus", "with", "on", "or", "over")
INSTALLMENTS = re.compile(
    r"\b(?:payment plans?|installments?|monthly payments?|pay(?:ing)? (?:it )?(?:off )?monthly)\b", re.IGNORECASE
)
SAME = re.compile(
    r"\bsame (?:as|like|thing)\b|\b(?:like|as|what) i (?:said|told|wrote)\b|\b(?:already|just) (?:said|told|gave)\b"
    r"|\b(?:told|gave) (?:you|u)\b",
    re.IGNORECASE,
)
WHICH_TIME = re.compile(
    r"^\W*(?:(?:ok|okay|oh|um|no|i mean|i meant|its|it's|that's|thats|like|sorry|lol|bro)[\s,.]+)*"
    r"(?P<time>(?:(?:a|per|each|every) )?(?:day|night|week|weeknight|weekday)s?|daily|weekly)"
    r"(?:\W+(?:please|lol|bro|i mean|yes|yeah|sorry|of course))*\W*$",
    re.IGNORECASE,
)
CENTS = 100  # "1850" for 18.50


def added_up(text: str) -> str:
    """ "600 + 500 is 1100" means the 1,100."""
    return ADDS_UP.sub(lambda found: found["total"], text)


def without_denied(text: str) -> str:
    """ "Not 120000, 600 a week" means the 600; itself where nothing would be left."""
    left = DENIED.sub(" ", text)
    return left if left != text and find_amounts(left) else text


def without_repeated(progress: Progress, text: str, at: Setting) -> str:
    """The message without a clause that only says the answer before again, if all else is without a figure."""
    last = before(progress, at)
    ends = ends_of(progress.answers.get(last)) if last and at.flow.steps[last].kind == "money" else None
    clauses = [clause for clause in CLAUSE.split(text) if clause]
    if ends is None or len(clauses) < 2:
        return text
    rest = [clause for clause in clauses if [(a.low, a.high) for a in find_amounts(clause)] != [ends]]
    return ". ".join(rest) if rest and not find_amounts(". ".join(rest)) else text


def without_installments(step: Step, text: str, knowledge: Knowledge) -> tuple[str, str]:
    """The whole sum without what is paid of it by the month, and a line that says this was left out."""
    if step.kind != "money" or step.per or (step.over and not INSTALLMENTS.search(text)):
        return text, ""
    pieces = [piece for piece in PIECE.split(text) if piece]
    paid = [p for p in pieces if INSTALLMENTS.search(p) or any(a.per in OFTEN for a in find_amounts(p))]
    whole = [piece for piece in pieces if piece not in paid]
    sums = any(find_amounts(piece) for piece in whole), any(find_amounts(piece) for piece in paid)
    told = INSTALLMENTS.search(text) or sum(not (a.per or a.unit) for a in find_amounts(text)) == 1
    if not all(sums) or not told:
        return text, ""
    return ", ".join(whole), say(knowledge.voice, "flow_installments")


def with_hours_asked(state: State, step: Step, text: str, knowledge: Knowledge) -> str:
    """ "A day", where we asked whether two hours were a day's or a week's, is two hours a day."""
    found = WHICH_TIME.match(text) if step.kind == "hours" else None
    asked = next((a for a in find_amounts(state.last) if a.unit == "hour"), None) if found else None
    line = say(knowledge.voice, "flow_day_or_week", hours=amount(asked.middle)) if asked else ""
    return f"{amount(asked.middle)} hours {found['time']}" if found and asked and line in state.last else text


def as_said_before(state: State, step: Step, text: str) -> str:
    """The pay told in the talk before, for who says only that it was, or writes it without its point."""
    amount, per = state.slots.get("amount"), state.slots.get("per")
    if step.kind != "money" or step.per != "year" or not isinstance(amount, int | float) or not per:
        return text
    figures = find_amounts(text)
    pointless = len(figures) == 1 and per == "hour" and not figures[0].per and figures[0].low == amount * CENTS
    return f"${amount:g} per {per}" if pointless or (not figures and SAME.search(text)) else text
