"""A sum that somebody makes now in other work: it is weighed against ours, not judged as if it were offered."""

from __future__ import annotations

import re

from bot.conversation.changing import changed
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.matcher import Match
from bot.conversation.meaning import TOPIC_LASTS, Meaning, certain
from bot.conversation.own_pay import IT_IS_MINE, is_own
from bot.conversation.slots import find_slots
from bot.conversation.state import State
from bot.conversation.telling import tells_of_other_work, tells_only

CORRECTS = re.compile(
    r"^\W*(?:(?:oh|oops|sorry|wait|hold on|hang on)[\s,.!]+)*"
    r"(?:no+|nope|nah|not|wrong|i (?:meant?|said)|correction|typo)\b"
    r"|\bnot (?:(?:an?|per|by the|for an?) )?(?:hour|week|month|year)(?:ly)?\b|\bnot \$?\d",
    re.IGNORECASE,
)
LONGEST = 20  # words of a correction; more is a story


def own_weighed(text: str, meaning: Meaning, knowledge: Knowledge) -> Meaning:
    """What is plainly somebody's pay now, in no work of ours, is weighed against ours and not judged as an offer."""
    career, slots = knowledge.career, meaning.slots
    judged = meaning.intents == (career.bare_amount,) and meaning.outcome == "sure"
    weighed = meaning.outcome == "torn" and career.own_amount in meaning.intents and slots.amount is not None
    if not (judged or weighed) and _only_told(text, meaning, knowledge):
        slots = find_slots(text, knowledge, bare_numbers=True)
        weighed = slots.amount is not None
    other_work = career.occupations.keys().isdisjoint(slots.roles)
    if not career.own_amount or not (judged or weighed) or not other_work or not is_own(text):
        return meaning
    own = (career.own_amount,)
    return changed(meaning, outcome="sure", intents=own, beside=(), slots=slots, why=("somebody's own pay",))


def _only_told(text: str, meaning: Meaning, knowledge: Knowledge) -> bool:
    """Whether somebody tells of themselves and asks nothing, and nothing else is plain either."""
    if meaning.outcome == "sure" and tells_of_other_work(text, meaning.intents[0], knowledge):
        return True
    open_ = meaning.outcome != "sure" or (knowledge.is_ours(meaning.intents[0]) and not certain(meaning.match))
    return open_ and tells_only(text)


def put_right(text: str, whole: Match, state: State, knowledge: Knowledge) -> Meaning | None:
    """ "No no, 120 a day, not an hour", after another sum was weighed or judged: the same again with this one."""
    career, before = knowledge.career, state.slots.get("amount")
    fresh = state.topic in {career.bare_amount, career.own_amount} - {""} and state.topic_age <= TOPIC_LASTS
    if not fresh or before is None or not CORRECTS.search(text) or len(text.split()) > LONGEST:
        return None
    slots = find_slots(text, knowledge, bare_numbers=True)
    if slots.amount is None or (slots.amount, slots.per) == (before, state.slots.get("per")) or slots.roles:
        return None
    return Meaning("sure", (state.topic,), 1.0, whole, slots=slots, why=("the sum is put right",), leans=True)


def said_to_be_own(text: str, whole: Match, state: State, knowledge: Knowledge) -> Meaning | None:
    """ "No, that's what I make now", after a sum was judged as if it were offered."""
    own = knowledge.career.own_amount
    fresh = state.topic == knowledge.career.bare_amount != "" and state.topic_age <= TOPIC_LASTS
    if not own or not fresh or state.slots.get("amount") is None or not IT_IS_MINE.search(text):
        return None
    return Meaning("sure", (own,), 1.0, whole, why=("the sum is their own pay",), leans=True)
