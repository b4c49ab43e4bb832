"""A price told as payments: what they come to, set beside what others ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.amounts import find_amounts
from bot.conversation.amounts.instalments import Instalments, in_one_sum, instalments
from bot.conversation.events import Said
from bot.conversation.figures import write_number
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import TOPIC_LASTS
from bot.conversation.slots import NUMBER
from bot.conversation.state import State, Turn
from bot.conversation.topics.answers import answered
from bot.conversation.understand import understand
from bot.conversation.wording import say

KEPT = "payments"  # of the state's slots
SUM_ASKED = re.compile(
    r"\b(?:all ?together|in (?:all|total)|total(?:s|ing)?|adds? (?:it |that |them )?(?:all )?up|comes? (?:out )?to"
    r"|the (?:whole|full) (?:thing|price|amount)|how much (?:is|do|does|would) (?:all )?(?:that|it|i pay))\b",
    re.IGNORECASE,
)
BUDGET = re.compile(r"\b(?:i|we) (?:can|could) (?:only )?(?:spend|afford|pay|do|put)\b|\bbudget\b", re.IGNORECASE)


def paid_in_parts(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """None where no payments are told of, and their sum isn't asked for after they were."""
    price = knowledge.career.bare_price
    if not price:
        return None
    again = _again(state, event, knowledge)
    plan = instalments(event.text) if again is None and NUMBER.search(event.text) else None
    if plan is None:
        return again
    if BUDGET.search(event.text):
        return None
    meaning = understand(in_one_sum(event.text), state, knowledge)
    other = meaning.outcome == "sure" and not meaning.beside and all(map(knowledge.is_ours, meaning.intents))
    intents: Sequence[str] = meaning.intents if other else (price,)
    turn = answered(state, intents, knowledge, event.at, places=meaning.places if other else ())
    return _kept(turn.after(_line(plan, knowledge)), [plan.first, plan.each, plan.count])


def _again(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    kept = state.slots.get(KEPT)
    if not kept or state.topic_age > TOPIC_LASTS or not SUM_ASKED.search(event.text):
        return None
    first, each, count = kept
    if any(amount.low not in kept for amount in find_amounts(event.text)):
        return None  # another sum than the one told before
    line = _line(Instalments(first, each, int(count), (0, 0)), knowledge)
    turn = answered(state, (knowledge.career.bare_price,), knowledge, event.at)
    alone = (replace(turn.replies[0], text=line),)
    return _kept(replace(turn, replies=alone, sources=(), state=turn.state.but(last=line)), kept)


def _kept(turn: Turn, payments: Sequence[float]) -> Turn:
    return replace(turn, state=turn.state.but(slots={**turn.state.slots, KEPT: list(payments)}))


def _line(plan: Instalments, knowledge: Knowledge) -> str:
    return say(
        knowledge.voice, "paid_in_parts", first=write_number(plan.first, "usd") if plan.first else "",
        each=write_number(plan.each, "usd"), count=plan.count, total=write_number(plan.total, "usd"),
    )  # fmt: skip
