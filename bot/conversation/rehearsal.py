"""Every question asked and every common word read before anybody does: else the first waits for what is made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bot.conversation import buttons
from bot.conversation.events import Pressed, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.conversation.wording import compiled


def rehearse(knowledge: Knowledge, today: dt.date) -> Iterator[None]:
    """A few milliseconds of work at each step; nothing of it shows but that later turns take less time."""
    for intent, entry in knowledge.entries.items():
        yield
        respond(State(), Pressed(buttons.ask(intent, knowledge).data, today), knowledge)
        yield
        respond(State(), Said(entry.question, today), knowledge)
    cards = [card.text for flow in knowledge.flows.values() for card in flow.result.values()]
    for template in (*(talk.answer for talk in knowledge.smalltalk.values()), *knowledge.parts.values(), *cards):
        if "{" in template:
            yield
            compiled(template)
    yield from knowledge.matcher.rehearse()
