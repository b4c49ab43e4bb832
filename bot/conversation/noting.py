"""What a turn leaves in the question log: how it went, and what a later press says about an earlier turn."""

from __future__ import annotations

from typing import Any

from bot.conversation import buttons
from bot.conversation.changing import changed
from bot.conversation.events import Commanded, Event, Pressed, Said
from bot.conversation.flows.cards import scope_of
from bot.conversation.flows.engine import setting
from bot.conversation.flows.progress import active
from bot.conversation.knowledge import Knowledge
from bot.conversation.meaning import TOPIC_LASTS
from bot.conversation.person import LONGEST
from bot.conversation.rating import rows
from bot.conversation.state import Mark, Note, State, Turn
from bot.conversation.topics.unsure import chosen
from bot.conversation.wishes import offer

OUTCOMES = {
    "answer": "answered", "clarify": "offered", "fallback": "refused", "out_of_scope": "not_ours",
    "smalltalk": "smalltalk", "flow": "flow",
}  # fmt: skip
QUESTIONS = {"answered", "offered", "place", "refused", "not_ours"}
NONE = "none"  # of those offered


def noted(before: State, event: Event, turn: Turn, knowledge: Knowledge) -> Turn:
    """The turn with its note and mark, its number in the conversation, and what stands under its first reply."""
    note = _note(before, event, turn, knowledge)
    mark = turn.mark or _label(before, event, turn, knowledge)
    if note is None:
        return _to_be_told(before, changed(turn, mark=mark), knowledge)
    kept: dict[str, Any] = {"asked": note.asked}
    if note.outcome == "offered" or (turn.meaning and turn.meaning.beside):
        kept["offer"] = note.asked
    if knowledge.adviser and isinstance(event, Said) and note.outcome in QUESTIONS:
        kept["said"] = event.text[:LONGEST]
    if note.outcome in ("refused", "offered") and isinstance(event, Said):
        kept |= {"unknown": event.text, "unknown_at": note.asked}
    replies = turn.replies
    if turn.kind == "answer":
        replies = (changed(replies[0], rate=rows(note.asked, knowledge)), *replies[1:])
    if note.outcome == "refused":
        replies = (changed(replies[0], rate=offer(note.asked, knowledge)), *replies[1:])
    return changed(turn, state=turn.state.but(**kept), replies=replies, note=note, mark=mark)


def _to_be_told(before: State, turn: Turn, knowledge: Knowledge) -> Turn:
    """The turn of "none of these" with the way to be told later, if it is the last question that was not answered."""
    unanswered = turn.mark is not None and turn.mark.chosen == NONE and turn.mark.asked == before.unknown_at
    if not unanswered or not before.unknown:
        return turn
    first = changed(turn.replies[0], rate=offer(before.unknown_at, knowledge))
    return changed(turn, replies=(first, *turn.replies[1:]))


def _note(before: State, event: Event, turn: Turn, knowledge: Knowledge) -> Note | None:
    """None for what is nobody's question: menus, commands, a sticker, the same step of a flow again."""
    asked = turn.state.asked + 1
    if turn.kind == "flow":
        return _flow_note(before, event, turn, knowledge, asked)
    if turn.kind == "command" or (turn.kind == "smalltalk" and turn.meaning is None):
        return None
    outcome = "place" if turn.kind == "clarify" and turn.state.choosing else OUTCOMES[turn.kind]
    return Note(outcome, _how(event), asked, again=_again(before, event, turn))


def _flow_note(before: State, event: Event, turn: Turn, knowledge: Knowledge, asked: int) -> Note | None:
    was, now = active(before, knowledge), active(turn.state, knowledge)
    if now is None or (was is not None and (was.flow, was.run, was.step) == (now.flow, now.run, now.step)):
        return None
    verdict = "" if now.step else scope_of(now, setting(now.flow, knowledge, event.at)).known_verdict()
    return Note("flow", _how(event), asked, flow=now.flow, step=now.step, verdict=verdict)


def _how(event: Event) -> str:
    if isinstance(event, Pressed):
        return "pressed"
    return "command" if isinstance(event, Commanded) else "said"


def _again(before: State, event: Event, turn: Turn) -> bool:
    """Whether the same question, with the same places and the rest, was typed again soon after its answer."""
    fresh = before.topic_age < TOPIC_LASTS and turn.kind == "answer" and isinstance(event, Said)
    return fresh and before.topic == turn.state.topic != "" and before.slots == turn.state.slots


def _label(before: State, event: Event, turn: Turn, knowledge: Knowledge) -> Mark | None:
    """Which question of an open "did you mean" was picked, or of those beside a guess; a flow's answer picks none."""
    offered = before.offered or before.beside
    if not offered or not before.offer or (isinstance(event, Said) and turn.kind == "flow"):
        return None
    picked = ""
    if isinstance(event, Said):
        said = chosen(event.text, before.offered, knowledge)
        picked = "" if said.startswith(buttons.FLOW_NAMED) else said
    elif isinstance(event, Pressed):
        verb, _, rest = event.data.partition(":")
        intent = rest.partition(":")[0]
        asks = verb == buttons.QUESTION and intent in offered
        picked = NONE if event.data == buttons.NONE else intent if asks else ""
    return Mark(before.offer, chosen=picked) if picked else None
