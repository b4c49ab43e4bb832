"""Several answers put right in one message: "I need 1,500, not 650, and what I made was 17.50 an hour"."""

from __future__ import annotations

import re

from bot.conversation.flows.correcting import taken_back
from bot.conversation.flows.engine import moved
from bot.conversation.flows.mending import is_now
from bot.conversation.flows.moving import Setting
from bot.conversation.flows.progress import Progress, active
from bot.conversation.flows.put_right import put_right
from bot.conversation.state import State, Turn

# A mark that ends the message stays with its last part, which it makes a question.
PART = re.compile(r"\s*(?:[.!?;\n]+(?!\d)\s|,(?!\d{3})|\band\b|\bplus\b)\s*", re.IGNORECASE)
MOST = 6  # parts; more is a story


def all_put_right(state: State, progress: Progress, text: str, at: Setting) -> Turn | None:
    """The result with each of them changed; None unless two parts of the message change one each."""
    parts = [part for part in PART.split(text) if part]
    now, lines = progress, []
    for part in parts if 1 < len(parts) <= MOST else ():
        turn = put_right(state, now, part, at, wishes=False) or taken_back(state, now, part, at)
        after = active(turn.state, at.knowledge) if turn else None
        if after is None or after.step:
            continue
        new = [s for s, value in after.answers.items() if now.answers.get(s) != value]
        lines += [is_now(step_id, after.answers[step_id], at) for step_id in new]
        now = after
    return moved(state, now, at, "\n".join(lines)) if len(lines) > 1 else None
