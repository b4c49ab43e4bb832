"""The words few slips away from a typed one, found without looking at most of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
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
        self._letters = _letters(words)

    def within(self, typed: str, slips: int, most: int | None = None) -> list[tuple[str, int]]:
        """At most `most` words no more than `slips` away with their distance, the nearest first, in the order given."""
        differ = np.bitwise_count(self._letters ^ _letters((typed,)))
        near = [self._words[at] for at in np.flatnonzero(differ <= CHANGED * slips).tolist()]
        found = process.extract(typed, near, scorer=OSA.distance, score_cutoff=slips, limit=most)
        return [(word, int(distance)) for word, distance, _ in found]


def _letters(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Those of each word, none of them empty, as 32 bits.

    Letters that share a bit make two words look nearer than they are, never further.
    """
    if not words:
        return np.zeros(0, dtype=np.uint32)
    written = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    ends = np.cumsum(np.fromiter(map(len, words), dtype=np.intp, count=len(words)))
    return np.bitwise_or.reduceat(np.uint32(1) << (written & np.uint32(31)), np.append(0, ends[:-1]))
