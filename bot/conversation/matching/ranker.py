"""Phrasings with their intents -> one score per intent for a new message.

Softmax regression over phrasings in kernel form: with a few thousand phrasings and tens of thousands
of features it is far cheaper to learn one weight per phrasing and fold them back into features once,
after which a message costs a few hundred multiplications. Same input, same weights, on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.features import Floats, Sparse

RIDGE = 0.01
ROUNDS = 40
COMMON = 60  # phrasings that share a feature before it is worth a dense column

Ints = npt.NDArray[np.int64]


class Ranker:
    """`scores(message)` is one number per intent, higher is likelier; differences are log-odds."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights

    @classmethod
    def learn(cls, rows: Sequence[Sparse], labels: Ints, intents: int, features: int) -> Ranker:
        if not rows:
            return cls(np.zeros((features, intents), dtype=np.float32))
        kernel = kernel_of(rows, features)
        dual = softmax_dual(kernel, labels, intents)
        weights = np.zeros((features, intents), dtype=np.float32)
        for row, part in zip(rows, dual, strict=True):
            weights[row.ids] += row.weights[:, None] * part
        return cls(weights)

    def scores(self, message: Sparse) -> Floats:
        if not message.ids:
            return np.zeros(self.weights.shape[1], dtype=np.float32)
        out: Floats = message.weights @ self.weights[message.ids]
        return out


def kernel_of(rows: Sequence[Sparse], features: int) -> Floats:
    """The similarity of every phrasing with every other.

    Common features are multiplied as a dense block. Rare ones, which are nearly all, touch a few pairs each and
    are added pair by pair; a feature of one phrasing only adds to its likeness with itself.
    """
    numbers = np.concatenate([np.array(row.ids, dtype=np.int64) for row in rows])
    owners = np.repeat(np.arange(len(rows)), [len(row.ids) for row in rows])
    weights = np.concatenate([row.weights for row in rows])
    order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[order], np.arange(features + 1))
    often = np.flatnonzero(np.diff(starts) >= COMMON)
    dense = np.zeros((len(rows), len(often)), dtype=np.float32)
    for column, feature in enumerate(often):
        at = order[starts[feature] : starts[feature + 1]]
        dense[owners[at], column] = weights[at]
    kernel: Floats = dense @ dense.T
    for feature in np.flatnonzero(np.diff(starts) < COMMON):
        at = order[starts[feature] : starts[feature + 1]]
        who, how_much = owners[at], weights[at]
        if len(at) == 1:
            kernel[who[0], who[0]] += how_much[0] ** 2
        else:
            kernel[who[:, None], who] += how_much[:, None] * how_much
    return kernel


def softmax_dual(kernel: Floats, labels: Ints, intents: int) -> Floats:
    """Accelerated gradient descent (FISTA) on the regularised softmax loss."""
    count = len(labels)
    wanted = np.eye(intents, dtype=np.float32)[labels]
    step = 1.0 / (_largest_eigenvalue(kernel) * 0.55 + RIDGE)
    dual: Floats = np.zeros((count, intents), dtype=np.float32)
    ahead: Floats = dual
    momentum = 1.0
    for _ in range(ROUNDS):
        error = kernel @ ahead
        error -= error.max(axis=1, keepdims=True)
        np.exp(error, out=error)
        error /= error.sum(axis=1, keepdims=True)
        error -= wanted
        after: Floats = (ahead - (error + RIDGE * ahead) * step).astype(np.float32, copy=False)
        faster = (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        ahead = (after + ((momentum - 1) / faster) * (after - dual)).astype(np.float32, copy=False)
        dual, momentum = after, faster
    return dual


def _largest_eigenvalue(kernel: Floats) -> float:
    vector: Floats = np.full(len(kernel), 1, dtype=np.float32)
    for _ in range(12):
        product: Floats = kernel @ vector
        length = np.float32(np.linalg.norm(product))
        vector = product * (np.float32(1) / length)
    return float(vector @ (kernel @ vector))
