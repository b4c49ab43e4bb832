"""Phrasings with their intents -> one score per intent for a new message.

Softmax regression in which an intent has a weight for a feature only if one of its phrasings has that feature: of ours
one weight in fifty is left, at the same quality, since what speaks against an intent is said as well by what speaks
for the others. The weights lie in one row, feature by feature, as an inverted index does: a message touches those of
its own features and no others.

Learnt by gradient steps over small batches, each a small dense problem: the features in it times the intents that have
any of them. Five rounds of shorter and shorter steps do not reach the bottom, and that is what keeps it from learning
phrasings by heart. The order is shuffled by a fixed seed, so the same content always gives the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.features import Floats, Numbers, Vector

STEPS = (3.0, 3.0, 3.0, 2.0, 1.0)  # of each round; a phrasing's vector has length one, so less than 4 is safe
BATCH = 32  # phrasings; they are moved together, which up to 128 made no difference to what is learnt
LEAST = 30  # batches a round, so that a handful of phrasings do not all move at once
RIVALS = 1024  # intents that contend in one batch; with fewer in all, everyone contends
SEED = 1

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Messages below each other: message i has the features `ids[first[i]:first[i + 1]]` with such `weights`.

    `sense` has a row for each message.
    """

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
        at, _ = _listed(self.first, chosen)
        begins = _begins(self.first[chosen + 1] - self.first[chosen])
        return Rows(begins, self.ids[at], self.weights[at], self.sense[chosen])

    def vector(self, number: int) -> Vector:
        part = slice(self.first[number], self.first[number + 1])
        return Vector(self.ids[part], self.weights[part], self.sense[number])


@dataclass(frozen=True, slots=True)
class Ranker:
    """`scores(message)` is one number per intent, higher is likelier; differences are log-odds.

    Feature f speaks for or against `intents[first[f]:first[f + 1]]`, each with its weight of `weights`; `sense` has a
    row of weights for every intent, one for each number of the place in meaning.
    """

    first: Ints
    intents: Ints
    weights: Floats
    sense: Floats

    @classmethod
    def learn(cls, rows: Rows, labels: Ints, intents: int, features: int) -> Ranker:
        """`labels` has the intent of each row, `intents` and `features` say how many there are in all."""
        ranker = cls._untaught(rows, labels, intents, features)
        if not len(rows):
            return ranker
        size = min(BATCH, len(rows) // LEAST + 1)
        chance = np.random.default_rng(SEED)
        for step in STEPS:
            order = chance.permutation(len(rows))
            for start in range(0, len(rows), size):
                batch = order[start : start + size]
                ranker._move(rows.take(batch), labels[batch], np.float32(step))
        return ranker

    @classmethod
    def _untaught(cls, rows: Rows, labels: Ints, intents: int, features: int) -> Ranker:
        """A weight of nothing for every feature and intent that were seen together."""
        owners = np.repeat(labels, np.diff(rows.first))
        seen = np.unique(rows.ids * np.int64(intents) + owners)
        first = np.searchsorted(seen, np.arange(features + 1) * intents)
        sense = np.zeros((intents, rows.sense.shape[1] if len(rows) else 0), dtype=np.float32)
        return cls(first, seen % intents, np.zeros(len(seen), dtype=np.float32), sense)

    def _move(self, batch: Rows, labels: Ints, step: np.float32) -> None:
        """One step: towards each phrasing's own intent, away from what was predicted instead."""
        features, where = np.unique(batch.ids, return_inverse=True)
        shared = np.zeros((len(batch), len(features)), dtype=np.float32)
        shared[np.repeat(np.arange(len(batch)), np.diff(batch.first)), where] = batch.weights
        at, sizes = _listed(self.first, features)
        rivals, at, cells = self._contending(at, sizes, shared, labels)
        own = self.weights[at]
        weights = np.zeros(len(features) * len(rivals), dtype=np.float32)
        weights[cells] = own
        change = shared @ weights.reshape(len(features), -1) + batch.sense @ self.sense[rivals].T
        change -= change.max(axis=1, keepdims=True)
        np.exp(change, out=change)
        change *= -step / change.sum(axis=1, keepdims=True)
        change[np.arange(len(batch)), np.searchsorted(rivals, labels)] += step
        own += (shared.T @ change).reshape(-1)[cells]
        self.weights[at] = own
        self.sense[rivals] += change.T @ batch.sense

    def _contending(self, at: Ints, sizes: Ints, shared: Floats, labels: Ints) -> tuple[Ints, Ints, Ints]:
        """The intents that contend in a batch, in order; where their weights are; and the cell of each in a table.

        That table has a row for each feature and a column for each rival. Rivals are the intents that share most with
        the phrasings, above all what few intents have.
        """
        intents = self.intents[at]
        if len(self.sense) <= RIVALS:
            cells = (np.arange(len(sizes)) * len(self.sense)).repeat(sizes)
            cells += intents
            return np.arange(len(self.sense)), at, cells
        feature = np.arange(len(sizes)).repeat(sizes)
        rarity = np.square(shared).sum(axis=0) / sizes
        likeness = np.bincount(intents, rarity[feature], len(self.sense))
        likeness[labels] = np.inf
        rivals = np.sort(np.argpartition(-likeness, RIVALS)[:RIVALS])
        place = np.full(len(self.sense), -1)
        place[rivals] = np.arange(len(rivals))
        rival = place[intents]
        kept = np.flatnonzero(rival >= 0)
        return rivals, at[kept], feature[kept] * len(rivals) + rival[kept]

    def scores(self, message: Vector) -> Floats:
        at, sizes = _listed(self.first, message.ids)
        spoken = message.weights.repeat(sizes)
        spoken *= self.weights.take(at)
        out: Floats = np.bincount(self.intents.take(at), spoken, len(self.sense)).astype(np.float32)
        return out + self.sense @ message.sense


def _begins(sizes: Sequence[int] | Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))


def _listed(first: Ints, chosen: Ints | Numbers) -> tuple[Ints, Ints]:
    """Where everything in the `chosen` of the stretches that begin at `first` is, and how long each of them is."""
    begins = first.take(chosen)
    sizes = first.take(chosen + 1) - begins
    ends = sizes.cumsum()
    at = (begins - ends + sizes).repeat(sizes)
    at += np.arange(len(at))
    return at, sizes
