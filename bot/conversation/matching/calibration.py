"""The ranker's share of an intent -> the probability that this intent is the one meant.

The ranker is too modest about long messages, whose many words it has not seen pull every share down, and too sure
of itself where much speaks against the message being ours. A logistic curve over three numbers corrects both; its
weights are fitted on phrasings that were held out while the rest was learnt, and kept beside the content.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

CLIP = 1e-4
ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the log-odds of the share, the log-odds that the message is ours, and the log of its words.

    `guard` is how likely ours a message has to be before its meaning is guessed at. Until `calibrate` has fitted them
    to a content the weights are as for the first career, rounded, and the guard lets more pass: a young content is
    sure of little.
    """

    share: float = 0.9
    ours: float = 0.1
    length: float = 0.5
    offset: float = -0.6
    guard: float = 0.89

    def probability(self, share: float, ours: float, words: int) -> float:
        inputs = features(share, ours, words)
        weights = (self.share, self.ours, self.length, self.offset)
        return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, inputs, strict=True))))


@dataclass(frozen=True, slots=True)
class Observation:
    """A message whose meaning is known: the ranker's shares, its length, and whether the best question was right."""

    share: float
    ours: float
    words: int
    right: bool


def features(share: float, ours: float, words: int) -> tuple[float, float, float, float]:
    return log_odds(share), log_odds(ours), math.log(max(words, 1)), 1.0


def log_odds(p: float) -> float:
    p = min(max(p, CLIP), 1 - CLIP)
    return math.log(p / (1 - p))


def fit(observations: Iterable[Observation]) -> Calibration:
    """The logistic curve that makes the observations likeliest (Newton's method, a touch of ridge)."""
    seen = list(observations)
    x = np.array([features(o.share, o.ours, o.words) for o in seen])
    y = np.array([o.right for o in seen], dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (p - y) + 0.1 * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + 0.1 * np.eye(x.shape[1])
        weights = weights - np.linalg.solve(curvature, gradient)
    return Calibration(*(round(float(w), 4) for w in weights))
