"""Both ways between a person and the advisers' chat, through the outbox: nobody sees who the other is."""

from __future__ import annotations

import re
import secrets

from bot.conversation.events import Commanded, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.person import from_adviser
from bot.conversation.state import Handoff, Reply, State
from bot.conversation.topics.menu import section_buttons
from bot.conversation.wording import say
from bot.handlers.parcels import Place, parcels
from bot.handlers.reading import Incoming
from bot.store import Advice, Outcome, Passed

CODE = re.compile(r"\(([0-9a-f]{8})\)")


def passed(handoff: Handoff | None, adviser: int, knowledge: Knowledge) -> Passed | None:
    """What goes to the advisers' chat. The code in its first line is how an answer finds its way back."""
    if handoff is None:
        return None
    code = "" if handoff.kind == "end" else secrets.token_hex(4)
    text = say(knowledge.voice, f"adviser_{handoff.kind}", text=handoff.text, code=code)
    return Passed(adviser, code, parcels([Reply(text)], Place(reply_to=handoff.about or None)))


def code_in(text: str) -> str:
    """The code in the first line of one of our messages to the advisers, or ""."""
    found = CODE.search(text.partition("\n")[0])
    return found[1] if found else ""


def advice(incoming: Incoming, state: State, knowledge: Knowledge) -> Outcome:
    """An adviser replied to a message of ours: to the person it goes, in words only."""
    event, voice = incoming.event, knowledge.voice
    place = Place(incoming.place.thread, reply_to=incoming.message or None)

    def told(key: str) -> list[Reply]:
        return [Reply(say(voice, key))]

    if isinstance(event, Commanded) and event.name == "end":
        ended = Reply(say(voice, "person_ended_there"), section_buttons(knowledge))
        return Outcome(
            state, advice=Advice(code_in(incoming.answers), parcels([ended], Place()),
            parcels(told("adviser_ended"), place), parcels(told("adviser_gone"), place), ends=True),
        )  # fmt: skip
    if not isinstance(event, Said):
        return Outcome(state, parcels(told("adviser_words_only"), place))
    reply = from_adviser(event.text, incoming.message, knowledge)
    return Outcome(
        state, advice=Advice(code_in(incoming.answers), parcels([reply], Place()),
        parcels(told("adviser_sent"), place), parcels(told("adviser_gone"), place)),
    )  # fmt: skip
