"""Picking from what was just offered: "2", "the first one", "last"."""

from __future__ import annotations

import re

ORDINALS = {
    "1": 0, "first": 0, "1st": 0, "one": 0, "2": 1, "second": 1, "2nd": 1, "two": 1,
    "3": 2, "third": 2, "3rd": 2, "three": 2, "4": 3, "fourth": 3, "4th": 3, "four": 3,
    "5": 4, "fifth": 4, "5th": 4, "five": 4, "last": -1,
}  # fmt: skip
PICKING = re.compile(r"^(?:the |number |no\.? ?|option |#)*([a-z0-9]+)(?: one| option)?[.!)]*$", re.IGNORECASE)


def ordinal(text: str, offered: int) -> int | None:
    """Which of `offered` things the text picks, counted from 0 (or -1 for the last), or None."""
    found = PICKING.match(text.strip().lower()) if offered else None
    place = ORDINALS.get(found[1]) if found else None
    return place if place is not None and place < offered else None
