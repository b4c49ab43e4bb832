"""Long runs of spaces and line breaks made short, as soon as a message is heard.

Nobody means anything by a thousand of them, and a pattern that begins with `\\s*` would try each of them as its start.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.events import Event, Said

RUN = re.compile(r"\s{2,}")


def heard_plainly(event: Event) -> Event:
    """The event with its text `squeezed`; any other as it is."""
    return replace(event, text=squeezed(event.text)) if isinstance(event, Said) else event


def squeezed(text: str) -> str:
    """One space for a run of them; where lines end in it, one line break, or two for an empty line."""
    return RUN.sub(lambda run: "\n" * min(run[0].count("\n"), 2) or " ", text)
