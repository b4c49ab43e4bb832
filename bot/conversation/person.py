"""When the bot is not enough: a question passed on to a person, shown first and sent only with consent."""

from __future__ import annotations

import dataclasses
import hashlib

from bot.conversation import buttons
from bot.conversation.events import Event, Pressed, Said
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import Meaning
from bot.conversation.state import Button, Handoff, Reply, State, Turn
from bot.conversation.wording import say

LONGEST = 3000  # characters, so that it is one message with its heading
WRITE, CONSENT, SENT = "write", "consent", "sent"
AGAIN, YES, NO, REPLY, END = "w", "y", "n", "r", "e"


def person_turn(state: State, event: Event, knowledge: Knowledge) -> Turn | None:
    """The turn if it is about passing something on; None leaves it to the rest of the core."""
    if not knowledge.adviser:
        return None
    if isinstance(event, Pressed) and event.data.partition(":")[0] == buttons.PERSON:
        return _pressed(state, event.data.removeprefix(buttons.PERSON).removeprefix(":"), knowledge)
    if isinstance(event, Said) and state.person.get("step") == WRITE:
        return _written(state, event.text.strip(), knowledge)
    return None


def moved_on(state: State, turn: Turn) -> Turn:
    """What is said after something else was done is no longer meant for a person."""
    waits = state.person.get("step") == WRITE and turn.state.person == state.person
    return dataclasses.replace(turn, state=turn.state.but(person={})) if waits else turn


def wanted(state: State, knowledge: Knowledge) -> Turn:
    """Somebody would rather ask a person: what they asked last is offered, or they are asked to write it."""
    return consent(state, state.said, knowledge) if state.said else write(state, knowledge)


def handed_on(state: State, meaning: Meaning, knowledge: Knowledge) -> Turn:
    """The same, asked for in words."""
    turn = wanted(state, knowledge)
    return dataclasses.replace(
        turn, kind="smalltalk", intents=meaning.intents, probability=meaning.probability, meaning=meaning
    )


def write(state: State, knowledge: Knowledge, about: int = 0, key: str = "person_write") -> Turn:
    """The next message is meant for a person; `about` is the adviser's message that it answers."""
    text = say(knowledge.voice, key, longest=LONGEST)
    never_mind = Button(knowledge.voice["person_no"], f"{buttons.PERSON}:{NO}")
    return _told(state.but(person={"step": WRITE, "about": about}), Reply(text, ((never_mind,),)))


def consent(state: State, text: str, knowledge: Knowledge) -> Turn:
    """Exactly what would be sent, and whether to."""
    voice, text = knowledge.voice, text[:LONGEST]
    told = say(voice, "person_consent", text=text, hours=knowledge.career.adviser_hours)
    choices = (
        (Button(voice["person_yes"], f"{buttons.PERSON}:{YES}:{_print_of(text)}"),),
        (Button(voice["person_other"], f"{buttons.PERSON}:{AGAIN}"),),
        (Button(voice["person_no"], f"{buttons.PERSON}:{NO}"),),
    )
    return _told(state.but(person={"step": CONSENT, "text": text}), Reply(told, choices))


def _print_of(text: str) -> str:
    """An older card must not send a text that it doesn't show."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _pressed(state: State, rest: str, knowledge: Knowledge) -> Turn:
    act, _, named = rest.partition(":")
    if act == YES:
        return _agreed(state, named, knowledge)
    if act == NO:
        return _settled(state.but(person={}), "person_not_sent", knowledge)
    if act == AGAIN:
        return write(state, knowledge)
    if act == REPLY and named.isascii() and named.isdigit() and len(named) < 16:
        return write(state, knowledge, int(named), "person_reply_write")
    if act == END:
        turn = _settled(state.but(person={}), "person_ended", knowledge)
        return dataclasses.replace(turn, handoff=Handoff("end"))
    return wanted(state, knowledge)


def _agreed(state: State, named: str, knowledge: Knowledge) -> Turn:
    """Send what the card shows, once."""
    text = str(state.person.get("text", ""))
    if named != _print_of(text):
        return consent(state, text, knowledge) if text else wanted(state, knowledge)
    turn = _settled(state.but(person={"step": SENT, "text": text}), "person_sent", knowledge)
    return turn if state.person.get("step") == SENT else dataclasses.replace(turn, handoff=Handoff("ask", text))


def _written(state: State, text: str, knowledge: Knowledge) -> Turn:
    about = state.person.get("about", 0)
    if not text or len(text) > LONGEST:
        return write(state, knowledge, about, "person_too_long")
    if not about:
        return consent(state, text, knowledge)
    turn = _told(state.but(person={}), Reply(say(knowledge.voice, "person_passed_on"), ((_end(knowledge),),)))
    return dataclasses.replace(turn, handoff=Handoff("more", text, about))


def _settled(state: State, key: str, knowledge: Knowledge) -> Turn:
    text = say(knowledge.voice, key, hours=knowledge.career.adviser_hours, text=state.person.get("text", ""))
    return _told(state, Reply(text, ((buttons.menu(knowledge),),), in_place=True))


def _told(state: State, reply: Reply) -> Turn:
    return Turn(state.but(last=reply.text), (reply,), "command")


def from_adviser(text: str, message: int, knowledge: Knowledge) -> Reply:
    """What a person wrote back, with the ways to answer it and to end."""
    told = say(knowledge.voice, "person_answer", text=text)
    back = Button(knowledge.voice["person_reply"], f"{buttons.PERSON}:{REPLY}:{message}")
    return Reply(told, ((back, _end(knowledge)),))


def _end(knowledge: Knowledge) -> Button:
    return Button(knowledge.voice["person_end"], f"{buttons.PERSON}:{END}")
