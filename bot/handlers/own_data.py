"""/privacy, /mydata and /forget: what is kept about a person, taken from the store itself."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.conversation import buttons
from bot.conversation.knowledge import Knowledge
from bot.conversation.state import Button, File, Reply
from bot.conversation.wording import say
from bot.store import Held
from bot.store.schema import TABLES

INTERNAL = frozenset({"proof", "salts"})  # holds no one's data


def privacy(knowledge: Knowledge, retention_days: int) -> Reply:
    """A line for each table there really is, and how long its rows stay."""
    voice, career = knowledge.voice, knowledge.career
    kept = [say(voice, f"kept_{table}", days=retention_days) for table in TABLES if table not in INTERNAL]
    return _reply(knowledge, say(voice, "privacy", kept=kept, operator=career.operator, contact=career.contact))


def my_data(knowledge: Knowledge, held: Held, private: bool) -> Reply:
    """Everything that is kept, as a file. Only in the person's own chat: a group would read along."""
    if not private:
        return _reply(knowledge, say(knowledge.voice, "mydata_in_group"))
    rows = len(held.conversations) + held.waiting + held.set_aside + held.talks
    rows += len(held.questions) + len(held.wishes)
    if not rows:
        return _reply(knowledge, say(knowledge.voice, "mydata_nothing"))
    text = say(knowledge.voice, "mydata", rows=rows)
    return Reply(text, _menu(knowledge), file=File("my-data.json", as_json(held)))


def as_json(held: Held) -> str:
    plain: Mapping[str, object] = {
        "conversations": [
            {"chat": chat, "topic": topic, "remembered": state} for chat, topic, state in held.conversations
        ],
        "messages_waiting_to_be_sent": held.waiting,
        "messages_that_could_not_be_sent": held.set_aside,
        "to_be_told": list(held.wishes),
        "messages_passed_on_that_can_be_answered": held.talks,
        "question_log": [{"day": day, "text": text} for day, text in held.questions],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def forgotten(knowledge: Knowledge, rows: int) -> Reply:
    return _reply(knowledge, say(knowledge.voice, "forgotten" if rows else "forgotten_nothing", rows=rows))


def _reply(knowledge: Knowledge, text: str) -> Reply:
    return Reply(text, _menu(knowledge))


def _menu(knowledge: Knowledge) -> tuple[tuple[Button, ...], ...]:
    return ((buttons.menu(knowledge),),)
