"""Whether today's content answers a question that was refused before, and what the person is told then."""

from __future__ import annotations

import dataclasses
import datetime as dt

from bot.conversation.events import Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.respond import respond
from bot.conversation.state import Reply, State
from bot.conversation.wording import say


def granted(text: str, knowledge: Knowledge, today: dt.date) -> tuple[Reply, ...]:
    """The answer to `text` as a message out of the blue, or nothing where it is still not answered for certain."""
    turn = respond(State(), Said(text, today), knowledge)
    if turn.kind != "answer":
        return ()
    first, *more = turn.after(say(knowledge.voice, "wish_granted", text=text)).replies
    return (dataclasses.replace(first, rate=()), *more)
