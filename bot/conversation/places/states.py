"""A state's name, abbreviation or postal code at a word of a message."""

from __future__ import annotations

from functools import lru_cache

from bot.conversation.places.index import PlaceIndex
from bot.conversation.places.reading import JOINERS, Reading

FUNCTION_WORDS = frozenset(
    {"in", "or", "me", "hi", "as", "ok", "oh", "id", "la", "ma", "pa", "de", "al", "so", "co", "mo"}
)
SENTENCE_WORDS = frozenset({"in", "or", "me"})
LONGEST = 4


def state_after(reading: Reading, at: int) -> tuple[str, int]:
    """The state named right after a town (postal code, words), or ("", 0). "portland or" only where a clause ends."""
    postal, size = named_state(reading, at)
    if postal:
        return postal, size
    word = reading.plain(at)
    if len(word) != 2 or word.upper() not in reading.index.state_areas:
        return "", 0
    typed = reading.words[at].typed
    if word in SENTENCE_WORDS and not (typed.isupper() and not reading.shouted) and not reading.ends(at, 1):
        return "", 0
    return word.upper(), 1


def named_state(reading: Reading, at: int) -> tuple[str, int]:
    """A state written out or abbreviated ("north carolina", "calif"), longest first."""
    if reading.plain(at) not in _beginnings(reading.index):
        return "", 0
    longest = LONGEST if reading.begins(at) else 1
    for size in range(min(longest, len(reading.plains) - at), 0, -1):
        postal = reading.index.states.get(reading.key(at, size))
        if postal:
            return postal, size
    return "", 0


@lru_cache(maxsize=4)
def _beginnings(index: PlaceIndex) -> frozenset[str]:
    """The first words of states: what follows a word is hardly ever one of them."""
    return frozenset(name.partition(" ")[0] for name in index.states)


def postal_state(reading: Reading, at: int) -> str:
    """A postal code that stands alone: in capitals within ordinary text, or after "in" where it is no word."""
    word = reading.plain(at)
    if word in FUNCTION_WORDS and reading.text.islower() and reading.plain(at - 1) != "in":
        return ""  # by far the most of them, before all words are laid out
    typed = reading.words[at].typed
    postal = word.upper()
    if len(word) != 2 or len(typed) > len("N.Y.") - 1 or postal not in reading.index.state_areas:
        return ""
    cued, capitals = reading.cued(at), typed.replace(".", "").isupper() and not reading.shouted
    if word in FUNCTION_WORDS:
        ending = reading.ends(at, 1)
        sure = (cued and capitals and not (word in SENTENCE_WORDS and not ending)) or (
            reading.plain(at - 1) == "in" and reading.about_place and ending  # "pay in ok", "jobs in pa"
        )
    elif postal in reading.index.postal_needs_in:
        place_meant = capitals or (reading.about_place and reading.ends(at, 1))
        sure = (cued and place_meant) or (capitals and reading.last_of_all(at, 1))
    else:
        sure = cued or capitals or _beside_another(reading, at)
    return postal if sure or (reading.alone(at, 1) and (capitals or word not in FUNCTION_WORDS)) else ""


def _beside_another(reading: Reading, at: int) -> bool:
    """ "tx or ok", "az vs nv"."""

    def other(there: int) -> bool:
        word = reading.plain(there)
        return word in reading.index.states or (len(word) == 2 and word.upper() in reading.index.state_areas)

    return (reading.plain(at + 1) in JOINERS and other(at + 2)) or (reading.plain(at - 1) in JOINERS and other(at - 2))
