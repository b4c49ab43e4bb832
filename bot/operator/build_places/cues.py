"""How much has to be said for the name of a town to be taken for the town: nothing, "in", a capital, or the state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.conversation.places.index import FREE, IS_WORD, NEEDS_COMMA, NEEDS_IN, NEEDS_STATE
from bot.load_knowledge.english import dictionary
from bot.operator.build_places.sources import dictionary_words, first_and_last_names

FAMOUS = 1_000_000  # people
WELL_KNOWN = 60_000
KNOWN = 10_000
VILLAGE = 2_500  # nobody names one of these to a stranger without the state
MOST_NAMES = 1500
COMMON = 25_000  # rank among English words
VERY_COMMON = 4_000
EVERYDAY = 6_000  # Home, Kansas; Cost, Texas; Secretary, Maryland
OFTEN_SAID = 9_000  # a name that turns up so often is known for something else than a small town: Harvard, Venice
PLACE_ENDINGS = frozenset(
    [
        "beach",
        "rock",
        "haven",
        "bay",
        "city",
        "falls",
        "springs",
        "park",
        "heights",
        "hills",
        "rapids",
        "lake",
        "valley",
        "island",
        "grove",
        "river",
        "creek",
    ]
)


def cue_needed() -> Callable[[str, int, bool], str]:
    """(name in lower case, people, whether an area is named after it) -> FREE, NEEDS_IN, IS_WORD or NEEDS_STATE."""
    words, names = dictionary_words(), first_and_last_names(MOST_NAMES)
    rank = {word: number for number, word in enumerate(dictionary())}

    def is_word(word: str, most: int) -> bool:
        base = word if word in words else word.removesuffix("s")
        return base in words and rank.get(word, COMMON + 1) <= most

    def of_one(word: str, known: bool, people: int, in_title: bool) -> str:
        if is_word(word, COMMON if known else len(rank)):
            return NEEDS_IN if people >= FAMOUS else IS_WORD if known else NEEDS_STATE
        if word in names:
            return FREE if people >= FAMOUS else NEEDS_IN if known else NEEDS_STATE
        if known:
            return NEEDS_IN if not in_title and rank.get(word, COMMON) < OFTEN_SAID else FREE
        return NEEDS_STATE if rank.get(word, COMMON) < OFTEN_SAID else (FREE if people >= KNOWN else NEEDS_IN)

    def of_several(tokens: Sequence[str], known: bool, people: int) -> str:
        plain = all(is_word(token, VERY_COMMON) or len(token) < 3 for token in tokens)
        if not plain or (known and tokens[-1] in PLACE_ENDINGS):
            return FREE if known or people >= KNOWN else NEEDS_IN
        return NEEDS_IN if known else NEEDS_STATE

    def needed(name: str, people: int, in_title: bool) -> str:
        known = in_title or people >= WELL_KNOWN
        tokens = name.split()
        if not known and len(tokens) == 1 and is_word(name, EVERYDAY):
            return NEEDS_COMMA
        if people < VILLAGE and not known:
            return NEEDS_STATE
        return of_one(name, known, people, in_title) if len(tokens) == 1 else of_several(tokens, known, people)

    return needed
