"""A name that stands where a town would, but that no list holds: better said than passed over."""

from __future__ import annotations

from bot.conversation.places.place import Place
from bot.conversation.places.reading import WHERE, Reading
from bot.conversation.places.states import state_after

ENDINGS = ("ville", "burg", "burgh", "ton", "town", "field", "ford", "port", "wood", "dale", "bury", "haven", "boro")
SECOND = frozenset({"city", "springs", "falls", "beach", "creek", "heights", "hills", "lake", "rapids", "junction"})
NO_NAME = frozenset({
    "the", "a", "an", "my", "your", "our", "this", "that", "any", "every", "each", "which", "what", "big", "small",
    "new", "another", "other", "same", "inner", "best", "general", "one", "most", "home", "large", "nearest", "major",
})  # fmt: skip
SHORTEST = 4


def unknown_at(reading: Reading, at: int) -> tuple[int, Place | None]:
    """ "in frombleville", "in miles city", "near Zork tx": the words taken, and the place without areas, or with its
    state's where one is named. Slips of ordinary words after "in" are none."""
    if reading.plain(at - 1) not in WHERE or not reading.plain(at).isalpha() or reading.plain(at) in NO_NAME:
        return 0, None
    for size in (2, 1):
        if _could_be(reading, at, size):
            state, more = state_after(reading, at + size)
            if state:
                areas = (reading.index.state_areas[state],)
                return size + more, Place("", areas, "unknown", states=(state,), town=reading.key(at, size).title())
            if reading.ends(at, size) and _sounds_like_one(reading, at, size):
                return size, Place("", (), "unknown", town=reading.key(at, size).title())
    return 0, None


def _could_be(reading: Reading, at: int, size: int) -> bool:
    if size == 2:
        return reading.plain(at + 1) in SECOND
    word = reading.plain(at)
    return len(word) >= SHORTEST and word not in reading.index.familiar


def _sounds_like_one(reading: Reading, at: int, size: int) -> bool:
    """Without a state, a name needs a capital, or has to end like a town's, where the message speaks of a place."""
    return reading.about_place and (size == 2 or reading.capital(at) or reading.plain(at).endswith(ENDINGS))
