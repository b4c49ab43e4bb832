""" "Tell me when you know": a question that we refused is noted, if the person likes, to be answered once we can."""

from __future__ import annotations

from bot.conversation import buttons
from bot.conversation.events import Event, Pressed
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button, Reply, State, Turn
from bot.conversation.wording import say


def offer(asked: int, knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    """The button under refusal number `asked`."""
    return ((Button(knowledge.voice["wish_button"], f"{buttons.WISH}:{asked}"),),)


def wished(state: State, event: Event, knowledge: Knowledge) -> Turn | None:
    """The turn of that button; None for what is no press of it. Only the newest refusal is remembered."""
    verb, _, number = event.data.partition(":") if isinstance(event, Pressed) else ("", "", "")
    if verb != buttons.WISH:
        return None
    newest = number == str(state.unknown_at)
    wish = state.unknown if newest else ""
    key = "wish_kept" if wish else "wish_already" if newest else "wish_gone"
    reply = Reply(say(knowledge.voice, key, text=wish), ((buttons.menu(knowledge),),))
    return Turn(state.but(unknown="" if wish else state.unknown), (reply,), "command", wish=wish)
