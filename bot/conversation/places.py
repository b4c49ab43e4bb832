"""Places named in a message -> areas of the pay table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.knowledge import Area, Knowledge

WORDS = re.compile(r"[A-Za-z][A-Za-z.'&]*")
CUES = frozenset({"in", "near", "around", "at", "from", "to", "for", "of", "outside", "vs", "or", "versus", "about"})
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it was written and the areas it may mean, likeliest first."""

    written: str
    codes: tuple[str, ...]


def find_places(text: str, knowledge: Knowledge) -> list[Place]:
    """All places named in `text`, in order. A name that is also a common word needs a cue such as "in"."""
    words = WORDS.findall(text.replace("’", "'"))
    found: list[Place] = []
    at = 0
    while at < len(words):
        size, place = _longest_at(words, at, knowledge)
        if place and place not in found:
            found.append(place)
        at += max(size, 1)
    return found


def _longest_at(words: Sequence[str], at: int, knowledge: Knowledge) -> tuple[int, Place | None]:
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        written = " ".join(words[at : at + size])
        codes = _codes(written, words, at, knowledge)
        if codes:
            return size, Place(written, codes)
    return 0, None


def _codes(written: str, words: Sequence[str], at: int, knowledge: Knowledge) -> tuple[str, ...]:
    name = written.lower().strip(".'")
    codes = knowledge.place_names.get(name, ())
    if codes and " " not in name and not _can_stand_alone(name, written, words, at, knowledge):
        return ()
    return codes or _postal(written, words, at, knowledge.areas)


def _can_stand_alone(name: str, written: str, words: Sequence[str], at: int, knowledge: Knowledge) -> bool:
    if name not in knowledge.also_words:
        return True
    cued = at > 0 and words[at - 1].lower() in CUES
    capital = written[:1].isupper() and not " ".join(words).isupper()
    return cued or (capital and at > 0) or len(words) == 1


def _postal(written: str, words: Sequence[str], at: int, areas: Mapping[str, Area]) -> tuple[str, ...]:
    """A two-letter state code: in capitals within ordinary text, or after "in" where it is no English word."""
    if len(written) != 2 or not written.isalpha():
        return ()
    shouted = " ".join(words).isupper() and len(words) > 2
    cued = at > 0 and words[at - 1].lower() in {"in", "near", "from"} and written.lower() not in _ENGLISH_CODES
    if (written.isupper() and not shouted) or cued:
        code = written.upper()
        return tuple(a.code for a in areas.values() if a.type in {"state", "territory"} and a.states == (code,))
    return ()


_ENGLISH_CODES = frozenset({"in", "or", "me", "hi", "ok", "oh", "as", "id", "la", "ma", "pa", "de"})
