"""Names of places as people misspell them: "tuscon", "cincinatti", "san fransisco", "newyork"."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from bot.conversation.near_words import NearWords
from bot.conversation.places.index import PlaceIndex
from bot.conversation.places.reading import Reading
from bot.conversation.places.text import sound_of

SHORTEST = 4
SHORT = 6  # letters; a shorter word needs a cue such as "in" before it is read as a slip of a name
LONG = 9  # letters from which two slips are allowed
VERY_LONG = 12
WINDOW = 4  # words
SET_BESIDE = frozenset({"or", "vs", "versus"})


def misspelt(reading: Reading, at: int) -> tuple[str, int]:
    """The name that the words from `at` were meant to be, and how many words it took; ("", 0) for none."""
    index, first = reading.index, reading.plain(at)
    if not first.isalpha() or (first in index.familiar and first not in index.first_words):
        return "", 0
    window = list(takewhile(str.isalpha, reading.plains[at : at + WINDOW]))
    odd = [word not in index.familiar for word in window]
    for size in range(len(window), 0, -1):
        words = window[:size]
        if not _could_be(words, odd[:size]):
            continue
        typed = "".join(words)
        name = index.spelt.get(typed[0], {}).get(typed) if size > 1 or len(typed) > LONG else None
        if name and size > 1 and " " not in name and not any(odd[:size]):
            name = name if reading.cued(at) else None  # "a green belt", "north gate"
        if not name and size < WINDOW:
            name = _closest(typed, reading, at, size, known_words=not any(odd[:size]))
            if name and size > name.count(" ") + 1:
                continue  # the word behind belongs to the sentence: "pitsburgh pay"
        if name:
            return name, size
    return "", 0


def _could_be(words: list[str], odd: list[bool]) -> bool:
    """At least one of the words is no word we know, or they are two."""
    if len(words) == 1:
        return odd[0] and len(words[0]) >= SHORTEST
    return len(words) == 2 or any(odd)


def _closest(typed: str, reading: Reading, at: int, size: int, *, known_words: bool) -> str | None:
    """The name that `typed` is a slip of. Words that are all known may have one slip in a long name: "los angles"."""
    index = reading.index
    allowed = 1 if known_words or len(typed) < LONG else 2 if len(typed) < VERY_LONG else 3
    if len(typed) < (LONG if known_words else SHORTEST):
        return None
    if known_words or len(typed) <= SHORT:
        surely = reading.cued(at) or (len(typed) > SHORTEST and (reading.alone(at, size) or _beside(reading, at, size)))
        if not surely:
            return None
    return _like(typed, allowed, index)


def _beside(reading: Reading, at: int, size: int) -> bool:
    """ "phoneix or tuscon", "tuscon arizonia": another place stands beside it, or its state, however spelt."""
    before, behind = reading.plain(at - 1), reading.plain(at + size)
    return (
        (before in SET_BESIDE and _names_one(reading.plain(at - 2), reading.index))
        or (behind in SET_BESIDE and _names_one(reading.plain(at + size + 1), reading.index))
        or (len(behind) > SHORTEST and _likely(behind, reading.index) in reading.index.states)
    )


def _names_one(word: str, index: PlaceIndex) -> bool:
    """Whether a word by itself is a place's name, or most likely a slip of one."""
    if word in index.familiar:
        return word in index.states
    return word in index.states or word in index.towns or (len(word) > SHORTEST and bool(_likely(word, index)))


def _likely(word: str, index: PlaceIndex) -> str | None:
    return word if word in index.states else _like(word, 1, index) if word.isalpha() else None


@lru_cache(maxsize=8192)  # it is the same few words of the trade that are in no dictionary
def _like(typed: str, allowed: int, index: PlaceIndex) -> str | None:
    """The name at most so many slips away, else one that sounds the same."""
    found = _begun_alike(typed[0], index).within(typed, allowed, 1)
    return index.spelt[typed[0]][found[0][0]] if found else index.sounds.get(sound_of(typed))


@lru_cache(maxsize=128)
def _begun_alike(letter: str, index: PlaceIndex) -> NearWords:
    return NearWords(tuple(index.spelt.get(letter, ())))


def misspelt_in(typed: str, state: str, index: PlaceIndex, most: int = 2) -> str:
    """A town of `state` that `typed` was meant to be: with the state named, small towns are worth a repair too."""
    if len(typed) <= SHORTEST:
        return ""
    names = {name.replace(" ", ""): name for name in index.by_state.get((state, typed[0]), "").splitlines()}
    found = NearWords(tuple(names)).within(typed, 1 if len(typed) < LONG else most, 1)
    return names[found[0][0]] if found else ""
