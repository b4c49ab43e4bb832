"""A sum that was taken for pay and is said to be a price: it is answered as one, and forgotten as pay."""

from __future__ import annotations

from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.prices import said_to_be_price
from bot.conversation.state import State, Turn
from bot.conversation.topics.answers import answered
from bot.conversation.wording import say

OF_PAY = frozenset({"amount", "per", "a_year", "assumed", "point"})


def price_no_pay(state: State, event: Said, knowledge: Knowledge) -> Turn | None:
    """None where no sum is said to be a price and not pay."""
    price = knowledge.career.bare_price
    if not price or not said_to_be_price(event.text):
        return None
    unpaid = {name: value for name, value in state.slots.items() if name not in OF_PAY}
    turn = answered(state.but(slots=unpaid), (price,), knowledge, event.at)
    return turn.after(say(knowledge.voice, "price_no_pay"))
