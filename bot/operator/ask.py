"""`ask`: one message, one answer, in the terminal or as JSON lines for measuring."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterable, Iterator

from bot.conversation.explain import explained
from bot.conversation.knowledge import Knowledge
from bot.conversation.plain_text import plain_text
from bot.conversation.rehearsal import rehearse
from bot.conversation.respond import respond
from bot.conversation.state import State, Turn
from bot.operator.talk import typed


def ask(question: str, knowledge: Knowledge, today: dt.date) -> tuple[Turn, float]:
    """The turn for one message in a fresh conversation, and the milliseconds inside `respond`."""
    event = typed(question, today)
    start = time.perf_counter()
    turn = respond(State(), event, knowledge)
    return turn, (time.perf_counter() - start) * 1000


def as_text(turn: Turn, knowledge: Knowledge, *, explain: bool) -> str:
    """The answer as a person reads it in a terminal, with its buttons and, if asked, how it was found."""
    parts = [plain_text(reply.text) for reply in turn.replies]
    labels = [button.label for reply in turn.replies for row in reply.buttons for button in row]
    if labels:
        parts.append("  ".join(f"[{label}]" for label in labels))
    if explain and turn.meaning:
        parts.append("\n".join(("--- how this was found", *explained(turn.meaning, knowledge))))
    return "\n\n".join(parts)


def as_json(question: str, turn: Turn, ms: float) -> dict[str, object]:
    """One message as an object with the keys that measuring programs rely on."""
    kind = "smalltalk" if turn.kind == "command" else turn.kind
    return {
        "q": question,
        "kind": kind,
        "intents": list(turn.intents),
        "probability": round(turn.probability, 4),
        "slots": dict(turn.slots),
        "text": "\n\n".join(plain_text(reply.text) for reply in turn.replies),
        "buttons": [button.label for reply in turn.replies for row in reply.buttons for button in row],
        "sources": list(turn.sources),
        "ms": round(ms, 3),
    }


def ask_lines(lines: Iterable[str], knowledge: Knowledge, today: dt.date) -> Iterator[str]:
    """One JSON object per line of input, each a conversation of its own; timed as in a bot that has run a while."""
    for _ in rehearse(knowledge, today):
        pass
    for line in lines:
        question = line.rstrip("\r\n")
        turn, ms = ask(question, knowledge, today)
        yield json.dumps(as_json(question, turn, ms), ensure_ascii=False)
