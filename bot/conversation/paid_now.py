"""A sum that somebody makes now in other work: it is weighed against ours, not judged as if it were offered."""

from __future__ import annotations

from bot.conversation.changing import changed
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.matcher import Match
from bot.conversation.meaning import TOPIC_LASTS, Meaning
from bot.conversation.own_pay import IT_IS_MINE, is_own
from bot.conversation.state import State


def own_weighed(text: str, meaning: Meaning, knowledge: Knowledge) -> Meaning:
    """What is plainly somebody's pay now, in no work of ours, is weighed against ours and not judged as an offer."""
    career, slots = knowledge.career, meaning.slots
    judged = meaning.intents == (career.bare_amount,) and meaning.outcome == "sure"
    weighed = meaning.outcome == "torn" and career.own_amount in meaning.intents and slots.amount is not None
    other_work = career.occupations.keys().isdisjoint(slots.roles)
    if not career.own_amount or not (judged or weighed) or not other_work or not is_own(text):
        return meaning
    return changed(meaning, outcome="sure", intents=(career.own_amount,), beside=(), why=("somebody's own pay",))


def said_to_be_own(text: str, whole: Match, state: State, knowledge: Knowledge) -> Meaning | None:
    """ "No, that's what I make now", after a sum was judged as if it were offered."""
    own = knowledge.career.own_amount
    fresh = state.topic == knowledge.career.bare_amount != "" and state.topic_age <= TOPIC_LASTS
    if not own or not fresh or state.slots.get("amount") is None or not IT_IS_MINE.search(text):
        return None
    return Meaning("sure", (own,), 1.0, whole, why=("the sum is their own pay",), leans=True)
