"""What is typed at a question that only looks like an answer to it, by a word.

Read as an answer, such a message is kept silently under the wrong question, and the verdict at the end rests on it.
"""

from __future__ import annotations

import re

from bot.conversation.flows.moving import Setting
from bot.conversation.flows.options import EMPTY, form, words
from bot.conversation.flows.shape import AMOUNTS, Step

A_PART = re.compile(
    r"(?:\b(?:a|an|per|each|every)\s+|/\s*)(?:semester|term|quarter|credit|class|month|week|year)\b", re.IGNORECASE
)
CHOSEN = frozenset({"choice", "scale", "several", "yes_no"})  # kinds of steps that are answered with an option
BARE = frozenset({"no", "nope", "nah", "yes", "yeah", "yep", "yup", "none"})
ASKS = re.compile(
    r"^\W*(?:(?:idk|dunno|lol|ok|okay|so|um|but|and|wait|hmm?|not sure|no (?:idea|clue)"
    r"|i (?:dont|don't|do not) know)[\s,.]+)*"
    r"(?:how(?! about)|what(?! about)|whats|what's|wats?|where|who|why|when|which)\b",
    re.IGNORECASE,
)
ASKING = re.compile(
    r"^(?:(?:wait|ok|okay|um|hmm?|lol|so|but|and|hey|hi|hold on|sorry|actually|first|question|idk|dunno)[,.:]* )*"
    r"(?:how|whats?|what's|is|are|do|does|did|can|could|where|who|which|will|would|should|when|why"
    r"|tell me|explain|wats?)\b|\?\s*$",
    re.IGNORECASE,
)
NO_SUCH = re.compile(r"\s*no\s+(?!one\b)(?P<such>[a-z]+)", re.IGNORECASE)
BEHIND_NO = frozenset([
    "i", "im", "ive", "it", "its", "we", "my", "he", "she", "they", "you", "u", "not", "never", "nothing", "none",
    "nope", "no", "but", "because", "cuz", "bc", "so", "and", "or", "only", "just", "really", "sorry", "thanks",
    "thank", "thx", "lol", "sir", "maam", "way", "problem", "clue", "idea", "dont", "don", "do", "havent", "cant",
    "wont", "yet", "longer", "the", "this", "that", "there", "to", "at", "in", "for", "still", "unless", "actually",
    "please", "need", "more",
])  # fmt: skip
MONEY = re.compile(r"\$\s?\d|\b\d[\d,.]*\s?(?:k|grand|bucks|dollars?)\b|\b(?:saved|savings)\b", re.IGNORECASE)


def is_no_answer(step: Step, text: str, at: Setting) -> bool:
    """Whether a message only looks like an answer by a word of it: kept, it would falsify the sums."""
    asks = step.kind in CHOSEN and asks_what(text) and form(text) not in _labels(step)
    money = step.kind in AMOUNTS and step.kind != "money" and MONEY.search(text)
    part = step.kind == "money" and not step.per and A_PART.search(text)
    return bool(asks or money or part) or _no_such(step, text) or _of_another(step, text, at)


def may_ask(text: str) -> bool:
    """Whether it may ask something: as `asks_what`, or anything that begins like a question or ends in its mark."""
    return ASKING.search(text.strip()) is not None or asks_what(text)


def asks_what(text: str) -> bool:
    """Whether it begins with a question word, behind any "idk" or "no idea"; "is hybrid ok" may be a choice as well."""
    return ASKS.match(text) is not None


def denies(text: str) -> bool:
    """A mere "yes", or "no phones": an answer that says too little where one of several is to be picked."""
    said, such = words(text), NO_SUCH.match(text)
    return bool(said) and (BARE.issuperset(said) or bool(such and such["such"].lower() not in BEHIND_NO))


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
    if not telling or said[0] not in BARE:
        return False
    others = {word for other in at.flow.steps.values() if other is not step for word in _own(other)}
    return telling <= others and not _speaks_of(step, telling)


def _telling(text: str) -> set[str]:
    """The words that say something besides yes or no."""
    return {word for word in words(text) if word not in BARE and word not in EMPTY}


def _speaks_of(step: Step, telling: set[str]) -> bool:
    """Whether any of these words stands in the question or its options."""
    return not telling.isdisjoint(_own(step) | set(words(step.ask)))


def _own(step: Step) -> set[str]:
    return {word for label in _labels(step) for word in label.split()}
