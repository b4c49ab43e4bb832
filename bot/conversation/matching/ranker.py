"""Phrasings with their intents -> one score per intent for a new message.

Softmax regression, learnt by dual coordinate ascent: phrasing by phrasing, each keeps one weight per intent
and moves it until the phrasing's own intent is likely enough. A message then costs a few hundred multiplications.
The order is shuffled by a fixed seed, so the same content always gives the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.features import Floats, Vector

RIDGE = 0.01
ROUNDS = 5
STEP = 1.8  # a phrasing's vector has length one, so its curvature is at most 1/2 and a step of nearly 2 is safe
SEED = 1

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranker:
    """`scores(message)` is one number per intent, higher is likelier; differences are log-odds.

    `shared` has a row for every feature, `sense` for every number of the place in meaning; a column is an intent.
    """

    shared: Floats
    sense: Floats

    @staticmethod
    def learn(rows: Sequence[Vector], labels: Ints, intents: int, features: int) -> Floats:
        """One weight for every phrasing and intent: shape (phrasings, intents)."""
        shared = np.zeros((features, intents), dtype=np.float32)
        sense = np.zeros((_senses(rows), intents), dtype=np.float32)
        learnt = np.zeros((len(rows), intents), dtype=np.float32)
        numbers = [np.array(row.ids, dtype=np.int64) for row in rows]
        order = np.random.default_rng(SEED)
        for _ in range(ROUNDS):
            for i in order.permutation(len(rows)):
                row, touched = rows[i], shared[numbers[i]]
                scores = row.weights @ touched + row.sense @ sense
                step = _wanted_change(scores, int(labels[i]), learnt[i])
                learnt[i] += step
                touched += row.weights[:, None] * step
                shared[numbers[i]] = touched
                sense += row.sense[:, None] * step
        return learnt

    @classmethod
    def folded(cls, rows: Sequence[Vector], learnt: Floats, features: int) -> Ranker:
        """The weights of phrasings folded back to weights of features."""
        shared = np.zeros((features, learnt.shape[1]), dtype=np.float32)
        for row, part in zip(rows, learnt, strict=True):
            shared[row.ids] += row.weights[:, None] * part
        sense = np.array([row.sense for row in rows], dtype=np.float32).reshape(len(rows), _senses(rows))
        return cls(shared, sense.T @ learnt)

    def scores(self, message: Vector) -> Floats:
        out: Floats = message.weights @ self.shared[message.ids] + message.sense @ self.sense
        return out


def _senses(rows: Sequence[Vector]) -> int:
    return len(rows[0].sense) if rows else 0


def _wanted_change(scores: Floats, label: int, held: Floats) -> Floats:
    """How one phrasing moves its weights: what is wanted minus what is predicted, minus a little of what it holds."""
    change: Floats = np.exp(scores - scores.max())
    change *= np.float32(-STEP) / change.sum()
    change[label] += np.float32(STEP)
    change -= np.float32(STEP * RIDGE) * held
    return change
