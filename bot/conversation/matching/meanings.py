"""Where words lie in meaning: close for "tuition" and "fees" even if no phrasing ever put them in one place.

A table of one short vector a word, made beforehand from a language model and kept beside the content (see
`benchmarks/distil.py`). A message is the sum of its words. Words that say little have short vectors, so no
weights are needed here. Nothing but a look-up and a sum happens at run time.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.features import Floats
from bot.conversation.numbered import Numbered, Numbers


@dataclass(frozen=True, slots=True)
class Meanings:
    """`table` has a row of small whole numbers for each of `words`, `scale` what one of them is worth in that row.

    The last of `scale` is nothing, for words that are not there. `centre` (shape: columns of the table) is what all
    messages have in common and is taken off.
    """

    words: Numbered = field(default_factory=Numbered)
    table: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros((1, 0), dtype=np.int8))
    scale: Floats = field(default_factory=lambda: np.zeros(1, dtype=np.float32))
    centre: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def of(self, words: Collection[str]) -> Floats:
        """The meaning of a row of words as a vector of length about one; nothing but zeros if no word is known."""
        return self.at(self.words.numbers(words))

    def at(self, rows: Numbers | Sequence[int]) -> Floats:
        """The same for words by their rows, -1 for one that is not there."""
        total: Floats = self.scale.take(rows) @ self.table.take(rows, axis=0).astype(np.float32)
        length = math.sqrt(total @ total)
        return total / length - self.centre if length else total
