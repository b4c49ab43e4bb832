"""What a message is cut into, with "2,600" and "13.50" left whole."""

from __future__ import annotations

import re

STOP = r"[;!?\n]+|\.+(?!\d)|,(?!\d{3})"
SENTENCE = re.compile(r"(?:[!?;\n]+|\.+(?!\d))\s*")


def splitter(*words: str, marks: str = "") -> re.Pattern[str]:
    """Cuts at stops and commas, at these words (patterns) and at more marks."""
    more = f"|[{marks}]" if marks else ""
    return re.compile(rf"\s*(?:{STOP}{more}|\b(?:{'|'.join(words)})\b)\s*", re.IGNORECASE)
