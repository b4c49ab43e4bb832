"""The knowledge that holds now: whoever answers asks here at each turn, so new content is there at once for all."""

from __future__ import annotations

import gc
from dataclasses import dataclass

from bot.conversation.knowledge import Knowledge

YOUNG = 10_000  # new objects at which the collector looks through them; at Python's 700 it takes five times as long


@dataclass(slots=True)
class Current:
    """Replaced as a whole, in one assignment: a turn sees the old content or the new, never some of each."""

    knowledge: Knowledge


def settle() -> None:
    """What is in memory now is there to stay: the collector need not look through it again and again.

    With all of the knowledge to look through, a full collection was a pause of a tenth of a second, and a tenth of an
    update's time under load. Called again when the knowledge was replaced, it lets go of the old one.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
