"""Phrasings with their intents -> one score per intent for a new message.

Softmax regression, learnt by dual coordinate ascent: phrasing by phrasing, each keeps one weight per intent
and moves it until the phrasing's own intent is likely enough. A message then costs a few hundred multiplications.
The order is shuffled by a fixed seed, so the same content always gives the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.features import Floats, Sparse

RIDGE = 0.01
ROUNDS = 10
STEP = 1.8  # a phrasing's vector has length one, so its curvature is at most 1/2 and a step of nearly 2 is safe
SEED = 1

Ints = npt.NDArray[np.int64]


class Ranker:
    """`scores(message)` is one number per intent, higher is likelier; differences are log-odds."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights

    @staticmethod
    def learn(rows: Sequence[Sparse], labels: Ints, intents: int, features: int) -> Floats:
        """One weight for every phrasing and intent: shape (phrasings, intents)."""
        weights = np.zeros((features, intents), dtype=np.float32)
        learnt = np.zeros((len(rows), intents), dtype=np.float32)
        numbers = [np.array(row.ids, dtype=np.int64) for row in rows]
        order = np.random.default_rng(SEED)
        for _ in range(ROUNDS):
            for i in order.permutation(len(rows)):
                touched = weights[numbers[i]]
                step = _wanted_change(rows[i].weights @ touched, int(labels[i]), learnt[i])
                learnt[i] += step
                touched += rows[i].weights[:, None] * step
                weights[numbers[i]] = touched
        return learnt

    @classmethod
    def folded(cls, rows: Sequence[Sparse], learnt: Floats, features: int) -> Ranker:
        """The weights of phrasings folded back to weights of features."""
        weights = np.zeros((features, learnt.shape[1]), dtype=np.float32)
        for row, part in zip(rows, learnt, strict=True):
            weights[row.ids] += row.weights[:, None] * part
        return cls(weights)

    def scores(self, message: Sparse) -> Floats:
        if not message.ids:
            return np.zeros(self.weights.shape[1], dtype=np.float32)
        out: Floats = message.weights @ self.weights[message.ids]
        return out


def _wanted_change(scores: Floats, label: int, held: Floats) -> Floats:
    """How one phrasing moves its weights: what is wanted minus what is predicted, minus a little of what it holds."""
    change: Floats = np.exp(scores - scores.max())
    change *= np.float32(-STEP) / change.sum()
    change[label] += np.float32(STEP)
    change -= np.float32(STEP * RIDGE) * held
    return change
