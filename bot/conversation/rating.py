"""Thumbs under an answer, and at most one tap more for what was wrong with it."""

from __future__ import annotations

from bot.conversation import buttons
from bot.conversation.events import Event, Pressed
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button, Mark, Reply, State, Turn
from bot.conversation.wording import say

UP, DOWN = "u", "d"
VOTES = {UP: "up", DOWN: "down"}
REASONS = {"w": "wrong", "o": "old", "c": "unclear", "n": "not_mine"}  # what a button carries -> the reason


def rows(asked: int, knowledge: Knowledge, vote: str = "", *, why: bool = False) -> tuple[tuple[Button, ...], ...]:
    """The thumbs for answer number `asked`, the one given marked, and with `why` the reasons to choose from."""
    voice = knowledge.voice
    thumbs = tuple(
        Button(voice[f"rate_{name}_given" if vote == name else f"rate_{name}"], f"{buttons.RATE}:{act}:{asked}")
        for act, name in VOTES.items()
    )
    reasons = (Button(voice[f"rate_{name}"], f"{buttons.RATE}:{act}:{asked}") for act, name in REASONS.items())
    return (thumbs, *buttons.rows(reasons)) if why else (thumbs,)


def rated(state: State, event: Event, knowledge: Knowledge) -> Turn | None:
    """The turn of a thumb or a reason pressed; None for what is neither, or about no answer of this conversation."""
    if not isinstance(event, Pressed):
        return None
    verb, _, rest = event.data.partition(":")
    act, _, number = rest.partition(":")
    if verb != buttons.RATE or act not in VOTES | REASONS or not _is_ours(number, state):
        return None
    vote = VOTES.get(act, "down")
    reply = Reply(
        say(knowledge.voice, "rate_why" if act == DOWN else "rate_thanks"),
        rate=rows(int(number), knowledge, vote, why=act == DOWN),
        in_place=True,
        under=True,
    )
    return Turn(state, (reply,), "command", mark=Mark(int(number), vote=vote, reason=REASONS.get(act, "")))


def _is_ours(number: str, state: State) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 10 and 0 < int(number) <= state.asked
