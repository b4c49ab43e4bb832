"""Of what is said twice in one message, what was settled on: "texas no wait ohio", "12, really more like 8"."""

from __future__ import annotations

import re

from bot.conversation.amounts import find_amounts

TURNING = re.compile(r"\b(?:no,? wait|wait,? no|i meant|i mean|or rather|scratch that)\b[\s,:.]+(?=\w)", re.IGNORECASE)
SOFTLY = (
    r"(?:(?:just|only|more|like|about|around|is|its|it['’]s|that['’]s|thats|maybe|closer to|call it|(?:lets )?say) )*"
)
SETTLES = re.compile(
    r"\b(?:realmente|en realidad|really|realistically|honestly|actually|in reality|(?:more|probably|prob) like"
    r"|closer to)"
    rf"[\s,:]+{SOFTLY}(?=\$?\d)",
    re.IGNORECASE,
)
SUMS_UP = re.compile(rf"\bso[\s,]+{SOFTLY}(?P<figure>\$?\d[\d,.]*k?)\W*$", re.IGNORECASE)
A_DAY = re.compile(r"\b(?:a|per|each|every) (?:day|night)\b|/day|\bdaily\b|\bnightly\b", re.IGNORECASE)


def turned(text: str) -> str:
    """What stands last where somebody turns round."""
    return TURNING.split(text)[-1] or text


def last_meant(text: str) -> str:
    """That, or the figure that another is put right by."""
    text = turned(text)
    sums_up = SUMS_UP.search(text)
    if sums_up and find_amounts(text[: sums_up.start()]):
        return sums_up["figure"]
    settles = next(reversed(list(SETTLES.finditer(text))), None)
    return text[settles.end() :] if settles and _is_other(text[: settles.start()], text[settles.end() :]) else text


def _is_other(before: str, behind: str) -> bool:
    """Whether the one figure before and the first one behind are of the same kind of thing."""
    first, then = find_amounts(before), find_amounts(behind)
    if len(first) != 1 or not then or (A_DAY.search(before) and not A_DAY.search(behind)):
        return False
    return then[0].unit in {"", first[0].unit} and then[0].per in {"", first[0].per}
