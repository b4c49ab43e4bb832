"""The knowledge that holds now: whoever answers asks here at each turn, so new content is there at once for all."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.knowledge import Knowledge


@dataclass(slots=True)
class Current:
    """Replaced as a whole, in one assignment: a turn sees the old content or the new, never some of each."""

    knowledge: Knowledge
