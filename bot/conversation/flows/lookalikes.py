"""What is typed at a question that only looks like an answer to it, by a word.

Read as an answer, such a message is kept silently under the wrong question, and the verdict at the end rests on it.
"""

from __future__ import annotations

import re

from bot.conversation.amounts import Amount, read_money
from bot.conversation.amounts.adding import LEAST
from bot.conversation.amounts.instalments import instalments
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
WHEN = r"when(?! (?:the|they|my|he|she|i|we)\b)"  # "when the kids are at school" tells a time
ASKS = re.compile(
    r"^\W*(?:(?:idk|dunno|lol|ok|okay|so|um|but|and|wait|hmm?|not sure|no (?:idea|clue)"
    r"|i (?:dont|don't|do not) know)[\s,.]+)*"
    rf"(?:how(?! about)|what(?! about)|whats|what's|wats?|where|who|why|{WHEN}|which)\b",
    re.IGNORECASE,
)
ASKING = re.compile(
    r"^(?:(?:wait|ok|okay|um|hmm?|lol|so|but|and|hey|hi|hold on|sorry|actually|first|question|idk|dunno)[,.:]* )*"
    r"(?:how|whats?|what's|is|are|do|does|did|can|could|where|who|which|will|would|should|why"
    rf"|{WHEN}"
    r"|tell me|explain|wats?)\b|\?\s*$",
    re.IGNORECASE,
)
MOST_PICKED = 7  # words of a pick that is put as a question
OF_THESE = re.compile(r"\bwhich (?:of (?:these|those|them)|one) (?:is|applies|fits|would)\b[^.?!]*\?", re.IGNORECASE)
THEN_ASKS = re.compile(
    r"[.!;\n]\s*(?:how (?:much|many|long|do|does|can|hard)|what (?:is|are|do|does|would)|what'?s|why (?:do|is)"
    r"|which)\b",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"(?:^|(?<=[.!;,]))[^\w?]{0,8}(?:(?:um|so|or|well|hmm|ok|oh) )?(?:perhaps|maybe|probably|possibly"
    r"|i guess|i think)\b"
    r"(?![^.?!]*\b(?:is|are|am|do|does|should|can|could|will|would) (?:the|a|i|it|that|there|they|you|this)\b)"
    r"[^.?!]{1,40}\?\s*$",
    re.IGNORECASE,
)
MOST_BARE = 4  # words of a message that is little more than a figure
NO_SUCH = re.compile(r"^\s*no\s+(?!one\b)(?P<such>[a-z]+)", re.IGNORECASE)
MONEY = re.compile(
    r"\$\s?\d|\b(?<!\d[.,])\d[\d,.]*\s?(?:k|grand|bucks|dollars?)\b|\b(?:saved|savings)\b", re.IGNORECASE
)


def is_no_answer(step: Step, text: str, at: Setting) -> bool:
    """Whether a message only looks like an answer by a word of it: kept, it would falsify the sums."""
    asks = step.kind in CHOSEN and (asks_what(text) or _asks_beside(text)) and form(text) not in _labels(step)
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


def may_ask(text: str) -> bool:
    """Whether it may ask something: as `asks_what`, or anything that begins like a question or ends in its mark."""
    return ASKING.search(unhedged(text).strip()) is not None or asks_what(text)


def asks_what(text: str) -> bool:
    """Whether it, or a later sentence of it, begins with a question word, behind any "idk" or "no idea".

    "Is hybrid ok" may be a choice as well.
    """
    text = OF_THESE.sub("", text)
    return ASKS.match(text) is not None or THEN_ASKS.search(text) is not None


def _asks_beside(text: str) -> bool:
    """A whole question with more said to it, "could my wife do it? she's a cashier"; "is hybrid ok?" picks."""
    text = unhedged(OF_THESE.sub("", text))
    return "?" in text and ASKING.search(text.strip()) is not None and len(words(text)) > MOST_PICKED


def unhedged(text: str) -> str:
    """ "Perhaps the CCA?" without its mark: it answers, and only says that it is not sure."""
    return HEDGED.sub(lambda found: found[0].rstrip().rstrip("?"), text)


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
    if not telling or not BARE.fullmatch(said[0]):
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
