"""A message as numbers -> one score per intent: a network with one hidden layer, as `learning.py` made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.features import Floats, Vector
from bot.conversation.numbered import Numbers

Bytes = npt.NDArray[np.int8]
Numeric = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Ranker:
    """`scores(message)` is one number per intent, higher is likelier; differences are log-odds.

    A row of `words` says what a feature does to each hidden unit, in steps of the feature's `step`: a byte each, a
    quarter of the disk, and nothing lost that could be measured. `sense` has a row for each number of the place in
    meaning; `intents` one for each intent, of what the units say for it.
    """

    words: Bytes
    step: Floats
    sense: Floats
    intents: Floats

    @classmethod
    def of(cls, words: Floats, sense: Floats, intents: Floats) -> Ranker:
        step = np.abs(words).max(axis=1, initial=0.0) / np.float32(127) + np.float32(1e-12)
        return cls(np.rint(words / step[:, None]).astype(np.int8), step, sense, intents)

    def scores(self, message: Vector) -> Floats:
        return self.said_by(self.units(message.ids, message.weights, message.sense))

    def units(self, ids: Numbers, weights: Numeric, sense: Floats) -> Floats:
        """How far each hidden unit is moved by features with these weights and by this place in meaning."""
        loud = (weights * self.step.take(ids)).astype(np.float32)
        units: Floats = loud @ self.words.take(ids, axis=0).astype(np.float32)
        units += sense @ self.sense
        return units

    def said_by(self, units: Floats) -> Floats:
        """What the units say for each intent."""
        scores: Floats = self.intents @ np.maximum(units, 0)
        return scores
