"""Pay told by the day is heard as if it were told by the week; where the days were a guess, that is said."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.amounts.daily import ByTheWeek, by_one, by_the_week
from bot.conversation.events import Event, Said
from bot.conversation.figures import write_number
from bot.conversation.knowledge import Knowledge
from bot.conversation.slots import NUMBER
from bot.conversation.state import Turn
from bot.conversation.wording import say

SIGN = re.compile(r"day|daily|shift|\b(?:one|1) (?:hour|hr|week|wk|month|year)", re.IGNORECASE)  # few messages have it


def heard_by_week(event: Event, knowledge: Knowledge) -> tuple[Event, ByTheWeek | None]:
    """The event with pay written by the week, and what was counted for that. A piece of work is no day's pay."""
    if not isinstance(event, Said) or not (NUMBER.search(event.text) and SIGN.search(event.text)):
        return event, None
    named = event.text.lower().split()
    if "$" not in event.text and any(piece in word for piece in knowledge.career.pieces for word in named):
        return event, None
    text = by_one(event.text)
    counted = by_the_week(text)
    text = counted.text if counted else text
    return (event if text == event.text else replace(event, text=text)), counted


def with_days_said(turn: Turn, counted: ByTheWeek | None, knowledge: Knowledge) -> Turn:
    """The turn with the days we assumed in front, if it counts with them."""
    if counted is None or not counted.assumed or not turn.replies:
        return turn
    week, first = write_number(counted.each * counted.days, "usd"), turn.replies[0]
    if week not in first.text:
        return turn
    line = say(knowledge.voice, "paid_by_day", each=write_number(counted.each, "usd"), week=week)
    text = f"{line}\n\n{first.text}"
    return replace(turn, replies=(replace(first, text=text), *turn.replies[1:]), state=turn.state.but(last=text))
