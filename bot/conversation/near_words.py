"""The words few slips away from a typed one, found without looking at most of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

CHANGED = 2  # letters that a slip changes at most in the set of those a word has: one goes and another comes


class NearWords:
    """`words`, each with the set of its letters as bits: whose sets differ too much can't be as near as that.

    For a word of eight letters one in fifteen is left to be compared, which takes a fifth of the time.
    """

    __slots__ = ("_letters", "_words")

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._letters = np.fromiter(map(_letters, words), dtype=np.uint32, count=len(words))

    def within(self, typed: str, slips: int, most: int | None = None) -> list[tuple[str, int]]:
        """At most `most` words no more than `slips` away with their distance, the nearest first, in the order given."""
        differ = np.bitwise_count(self._letters ^ np.uint32(_letters(typed)))
        near = [self._words[at] for at in np.flatnonzero(differ <= CHANGED * slips).tolist()]
        found = process.extract(typed, near, scorer=OSA.distance, score_cutoff=slips, limit=most)
        return [(word, int(distance)) for word, distance, _ in found]


def _letters(word: str) -> int:
    """Those of a word as 32 bits; letters that share a bit make two words look nearer than they are, never further."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
