"""What is typed at a question that only looks like an answer to it, by a word.

Read as an answer, such a message is kept silently under the wrong question, and the verdict at the end rests on it.
"""

from __future__ import annotations

import re

from bot.conversation.amounts import Amount, find_amounts, is_unknown, read_money
from bot.conversation.amounts.adding import LEAST
from bot.conversation.amounts.instalments import instalments
from bot.conversation.asks import asks_beside, asks_what
from bot.conversation.flows.itemized import leaves_parts
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.negation import BEHIND_NO, NOT
from bot.conversation.flows.options import EMPTY, form, words
from bot.conversation.flows.shape import AMOUNTS, Step
from bot.conversation.flows.yes_no import NO_WORD, YES_WORD
from bot.conversation.slots import ages_in

EACH = r"(?:\b(?:a|an|per|each|every)\s+|/\s*)"
A_PART = re.compile(
    rf"{EACH}(?:semester|term|quarter|credit|class|hour|hr|day|(?:pay ?)?check|cheque)\b", re.IGNORECASE
)
A_SPAN = re.compile(rf"{EACH}(?:month|week|year)\b", re.IGNORECASE)
CHOSEN = frozenset({"choice", "scale", "several", "yes_no"})  # kinds of steps that are answered with an option
BARE = re.compile(rf"{YES_WORD}|{NO_WORD}|none")
NOT_MORE = frozenset({"nothing", "not", "yet"})  # beside a "no" they say no more than it
MOST_BARE = 4  # words of a message that is little more than a figure
NO_SUCH = re.compile(r"^\s*no\s+(?!one\b)(?P<such>[a-z]+)", re.IGNORECASE)
MONEY = re.compile(
    r"\$\s?\d|\b(?<!\d[.,])\d[\d,.]*\s?(?:k|grand|bucks|dollars?)\b|\b(?:saved|savings)\b", re.IGNORECASE
)


def is_no_answer(step: Step, text: str, at: Setting) -> bool:
    """Whether a message only looks like an answer by a word of it: kept, it would falsify the sums."""
    asks = step.kind in CHOSEN and (asks_what(text) or asks_beside(text)) and form(text) not in _labels(step)
    money = step.kind in AMOUNTS and step.kind != "money" and MONEY.search(text)
    age = step.kind == "money" and ages_in(text)
    return (
        bool(asks or money or age)
        or counts_things(step, text)
        or is_a_part(step, text)
        or _no_such(step, text)
        or _of_another(step, text, at)
    )


def is_a_part(step: Step, text: str) -> bool:
    """ "3800 a semester" where the whole is asked for, and pay by a check where nobody knows how often they come."""
    if instalments(text):
        return False
    if step.kind == "money" and leaves_parts(step, text):
        return True
    if step.kind != "money" or step.per:
        return False
    read = read_money(text)
    if not isinstance(read, Amount):
        return False
    adds_up = bool(step.over and read.per)
    return A_PART.search(text) is not None or (A_SPAN.search(text) is not None and not adds_up)


def counts_things(step: Step, text: str) -> bool:
    """ "I have 2 kids to feed": a small figure in a sentence without any sign of money is no sum."""
    if step.kind != "money" or step.per == "year" or len(words(text)) <= MOST_BARE:
        return False
    read = read_money(text)
    return isinstance(read, Amount) and 0 < read.high < LEAST and not (read.currency or read.per)


def denies(text: str) -> bool:
    """A mere "yes", or "no phones": an answer that says too little where one of several is to be picked."""
    said, such = words(text), NO_SUCH.match(text)
    return bool(said) and (all(map(BARE.fullmatch, said)) or bool(such and such["such"].lower() not in BEHIND_NO))


def _no_such(step: Step, text: str) -> bool:
    """ "no deadline" is no "no" to whether there is a diploma, and "no degree" does not pick the option with one."""
    found = NO_SUCH.match(text) if step.kind in CHOSEN else None
    if not found or found["such"].lower() in BEHIND_NO or form(text) in _labels(step):
        return False
    if step.kind == "yes_no":
        return not _speaks_of(step, _telling(text))
    said = f" {form(text)} "
    return step.kind != "several" and not any(
        f" {label} " in said for label in _labels(step) if label.startswith("no ")
    )


def _labels(step: Step) -> set[str]:
    return {form(name) for option in step.options.values() for name in (option.label, *option.also)}


def _of_another(step: Step, text: str, at: Setting) -> bool:
    """Whether "no record" answers "must it be from home?" by its "no" alone: all the rest is what other steps ask."""
    said, telling = words(text), _telling(text)
    if not telling or not BARE.fullmatch(said[0]) or is_unknown(text):  # "no idea" is of no step
        return False
    if step.kind in AMOUNTS and find_amounts(text):  # "no, 600 a week"
        return False
    others = {word for other in at.flow.steps.values() if other is not step for word in _own(other)}
    return telling <= others and not _speaks_of(step, telling)


def _telling(text: str) -> set[str]:
    """The words that say something besides yes or no."""
    return {word for word in words(text) if word not in NOT_MORE | NOT | EMPTY and not BARE.fullmatch(word)}


def _speaks_of(step: Step, telling: set[str]) -> bool:
    """Whether any of these words stands in the question or its options."""
    return not telling.isdisjoint(_own(step) | set(words(step.ask)))


def _own(step: Step) -> set[str]:
    return {word for label in _labels(step) for word in label.split()}
