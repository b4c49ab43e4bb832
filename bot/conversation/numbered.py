"""Very many texts, each found again by its number, none of them kept."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]


class Numbered:
    """The number of each text in the order given, the first one's if it comes twice.

    What is kept of a text is its hash: twelve bytes, where a dict needs about 150 for a text and its number. A stranger
    is taken for one of a hundred thousand once in 10^14 times.
    """

    __slots__ = ("_hashes", "_numbers", "_sorted")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        hashes = np.fromiter(map(hash, texts), dtype=np.int64)
        order = hashes.argsort(kind="stable")
        self._hashes = array("q", hashes[order].tobytes())  # Python's own bisection reads this one faster
        self._sorted = np.frombuffer(self._hashes, dtype=np.int64) if len(order) else hashes  # the same memory
        self._numbers: Numbers = order.astype(np.int32)

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, text: object) -> bool:
        sought = hash(text)
        at = bisect_left(self._hashes, sought)
        return at < len(self._hashes) and self._hashes[at] == sought

    def number(self, text: str) -> int:
        """-1 for a text that is not there."""
        sought = hash(text)
        at = bisect_left(self._hashes, sought)
        return int(self._numbers[at]) if at < len(self._hashes) and self._hashes[at] == sought else -1

    def numbers(self, texts: Collection[str]) -> Numbers:
        """Those of many texts at once, -1 for each that is not there."""
        if not len(self._numbers):
            return np.full(len(texts), -1, dtype=np.int32)
        sought = np.fromiter(map(hash, texts), dtype=np.int64, count=len(texts))
        at = self._sorted.searchsorted(sought)
        found = self._numbers.take(at, mode="clip")
        found[self._sorted.take(at, mode="clip") != sought] = -1
        return found
