"""Many messages as numbers, below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.features import Floats, Vector
from bot.conversation.numbered import Numbers

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Message i has the features `ids[first[i]:first[i + 1]]`, each with its weight, and lies at `sense[i]`."""

    first: Ints
    ids: Numbers
    weights: Floats
    sense: Floats

    @classmethod
    def of(cls, messages: Sequence[Vector]) -> Rows:
        ids = np.concatenate([np.zeros(0, dtype=np.int32), *(message.ids for message in messages)])
        weights = np.concatenate([np.zeros(0, dtype=np.float32), *(message.weights for message in messages)])
        sense = np.array([message.sense for message in messages], dtype=np.float32)
        return cls(_begins([len(message.ids) for message in messages]), ids, weights, sense)

    def __len__(self) -> int:
        return len(self.first) - 1

    def take(self, chosen: Ints) -> Rows:
        sizes = self.first[chosen + 1] - self.first[chosen]
        begins = _begins(sizes)
        at = (self.first[chosen] - begins[:-1]).repeat(sizes) + np.arange(begins[-1])
        return Rows(begins, self.ids[at], self.weights[at], self.sense[chosen])

    def vector(self, number: int) -> Vector:
        part = slice(self.first[number], self.first[number + 1])
        return Vector(self.ids[part], self.weights[part], self.sense[number])


def _begins(sizes: Sequence[int] | Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
