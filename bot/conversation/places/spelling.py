"""Names of places as people misspell them: "tuscon", "cincinatti", "san fransisco", "newyork"."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.conversation.places.index import PlaceIndex
from bot.conversation.places.reading import Reading

SHORTEST = 4
SHORT = 6  # letters; a shorter word needs a cue such as "in" before it is read as a slip of a name
LONG = 8  # letters from which two slips are allowed
VERY_LONG = 12
WINDOW = 4  # words


def misspelt(reading: Reading, at: int) -> tuple[str, int]:
    """The name that the words from `at` were meant to be, and how many words it took; ("", 0) for none."""
    for size in range(min(WINDOW, len(reading.words) - at), 0, -1):
        words = [w.plain for w in reading.words[at : at + size]]
        if not _could_be(words, reading.index):
            continue
        typed = "".join(words)
        name = reading.index.spelt.get(typed[0], {}).get(typed) if size > 1 or len(typed) > LONG else None
        name = name or (_closest(typed, reading, at, size) if size <= max(1, WINDOW - 1) else None)
        if name:
            return name, size
    return "", 0


def _could_be(words: list[str], index: PlaceIndex) -> bool:
    """At least one word is no word we know; of several, the first begins a name or all the rest are odd."""
    if not all(w.isalpha() for w in words):
        return False
    odd = [w not in index.familiar for w in words]
    if len(words) == 1:
        return odd[0] and len(words[0]) >= SHORTEST
    return (any(odd) or len(words) == 2) and (words[0] in index.first_words or odd[0])


def _closest(typed: str, reading: Reading, at: int, size: int) -> str | None:
    allowed = 0 if len(typed) < SHORTEST else 1 if len(typed) < LONG else 2 if len(typed) < VERY_LONG else 3
    known = reading.index.spelt.get(typed[0], {})
    if not allowed or (size > 1 and all(w.plain in reading.index.familiar for w in reading.words[at : at + size])):
        return None
    if len(typed) <= SHORT and not (reading.cued(at) or reading.alone(at, size)):
        return None
    found = closest(typed, known, allowed)
    return known[found] if found else None


def closest(typed: str, names: Mapping[str, str], allowed: int) -> str:
    """The key of `names` fewest slips away, the first of equals; "" if none is within `allowed`."""
    found = process.extractOne(typed, names.keys(), scorer=OSA.distance, score_cutoff=allowed)
    return str(found[0]) if found else ""


def misspelt_in(typed: str, state: str, index: PlaceIndex) -> str:
    """A town of `state` that `typed` was meant to be: with the state named, small towns are worth a repair too."""
    names = index.by_state.get((state, typed[0]), {})
    found = closest(typed, names, 1 if len(typed) < LONG else 2) if len(typed) > SHORTEST else ""
    return names[found] if found else ""
