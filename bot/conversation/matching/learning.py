"""Phrasings with their intents -> a ranker.

A network with one hidden layer: features and the place in meaning move the units, and those that are moved upwards
speak for and against intents. Unlike one weight for each feature and intent it can learn that two words together mean
something else than each alone, and what an intent's phrasings teach of a word is of use to all others.

Half of the units and a third of the features are left out at every step, each time others, so that no intent comes to
rest on a single word. Steps get shorter to nothing over a few rounds, each row of weights at its own pace. All chance
is from fixed seeds: the same content gives the same weights. Four networks are learnt, each in an order of its own, and
speak with one voice: where they err, they seldom err alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from bot.conversation.matching.features import Floats
from bot.conversation.matching.ranker import Ranker
from bot.conversation.matching.rows import Ints, Rows
from bot.conversation.numbered import Numbers

NETWORKS = 4
AT_ONCE = 2  # networks that are learnt side by side; each holds tables of its own meanwhile
UNITS = 192  # of each
ROUNDS = 5
BATCH = 128  # phrasings that are moved together
LEAST = 30  # batches a round, so that a handful of phrasings do not all move at once
PACE = 0.006  # of the first step
LOUD = 3.0  # a message's numbers are so small that units would hardly stir at first
MISSED = 0.3  # of the features, at each step
RESTING = 0.5  # of the units
DOUBT = 0.05  # whether a phrasing stands where it belongs; without it everything is held surer than it should be
MEMORY = 0.999  # of how much a row was moved before
RIVALS = 1024  # intents that contend in one batch; with fewer in all, everyone contends
SEED = 1
RECIPE = (NETWORKS, UNITS, ROUNDS, BATCH, LEAST, PACE, LOUD, MISSED, RESTING, DOUBT, MEMORY, RIVALS, SEED)


def learn(rows: Rows, labels: Ints, intents: int, features: int) -> Ranker:
    """`labels` has the intent of each row, `intents` and `features` say how many there are in all."""
    with ThreadPoolExecutor(AT_ONCE) as side_by_side:  # numpy lets go of the interpreter's lock most of the time
        taught = side_by_side.map(partial(_taught, rows, labels, intents, features), range(SEED, SEED + NETWORKS))
    words, sense, to_intents = (np.concatenate(layers, axis=1) for layers in zip(*taught, strict=True))
    to_intents /= np.float32(NETWORKS)
    return Ranker.of(words, sense, to_intents)


def _taught(rows: Rows, labels: Ints, intents: int, features: int, seed: int) -> tuple[Floats, Floats, Floats]:
    chance = np.random.default_rng(seed)
    network = _Network(chance, features, rows.sense.shape[1] if len(rows) else 0, intents)
    for batch, pace in _batches(len(rows), chance):
        network.move(rows.take(batch), labels[batch], pace)
    return network.layers()


def _batches(phrasings: int, chance: np.random.Generator) -> Iterator[tuple[Ints, float]]:
    """Which phrasings are moved together, and how far."""
    size = min(BATCH, phrasings // LEAST + 1)
    starts = range(0, phrasings, size)
    steps = ROUNDS * len(starts)
    for turn in range(ROUNDS):
        order = chance.permutation(phrasings)
        for number, start in enumerate(starts, turn * len(starts)):
            unused = 1 - MEMORY ** (number + 1)  # the mean squares begin at nothing, and are too small by this
            yield order[start : start + size], PACE * (1 - number / steps) * unused**0.5


class _Layer:
    """Rows of weights, each of which moves the slower the more it was moved of late (RMSprop, a mean square a row)."""

    def __init__(self, chance: np.random.Generator, rows: int, columns: int, spread: float) -> None:
        self.weights: Floats = chance.standard_normal((rows, columns), dtype=np.float32) * np.float32(spread)
        self._squares = np.zeros(rows, dtype=np.float32)

    def move(self, rows: Ints | Numbers, slope: Floats, pace: float) -> None:
        """Against the slope (one row for each of `rows`, no row twice)."""
        squares = self._squares[rows] * np.float32(MEMORY)
        squares += np.float32(1 - MEMORY) * np.einsum("ij,ij->i", slope, slope) / np.float32(slope.shape[1])
        self._squares[rows] = squares
        slope *= (np.float32(pace) / (np.sqrt(squares) + np.float32(1e-8)))[:, None]
        self.weights[rows] -= slope


class _Network:
    def __init__(self, chance: np.random.Generator, features: int, senses: int, intents: int) -> None:
        self._chance = chance
        self._words = _Layer(chance, features, UNITS, 0.9 * UNITS**-0.5)
        self._sense = _Layer(chance, senses, UNITS, max(senses, 1) ** -0.5)
        self._intents = _Layer(chance, intents, UNITS, 0.58 * UNITS**-0.5)
        self._all_senses, self._all_intents = np.arange(senses), np.arange(intents)

    def layers(self) -> tuple[Floats, Floats, Floats]:
        """Of features, of the place in meaning, of intents."""
        loud = np.float32(LOUD)
        return self._words.weights * loud, self._sense.weights * loud, self._intents.weights

    def move(self, batch: Rows, labels: Ints, pace: float) -> None:
        """One step: every phrasing towards its own intent and away from what was predicted instead."""
        features, spoken = self._spoken(batch)
        sense = batch.sense * np.float32(LOUD)
        rivals = self._contending(labels)
        to_intents = self._intents.weights[rivals]
        units: Floats = spoken @ self._words.weights[features]
        units += sense @ self._sense.weights
        awake = (units > 0) & (self._chance.random(units.shape, dtype=np.float32) >= RESTING)
        gain = awake.astype(np.float32) / np.float32(1 - RESTING)
        units *= gain
        blame = _blame(units @ to_intents.T, np.searchsorted(rivals, labels))
        inward = (blame @ to_intents) * gain
        self._intents.move(rivals, blame.T @ units, pace)
        self._words.move(features, spoken.T @ inward, pace)
        self._sense.move(self._all_senses, sense.T @ inward, pace)

    def _spoken(self, batch: Rows) -> tuple[Numbers, Floats]:
        """The features of a batch; a row for each phrasing of how loud it says each of them, some of them missed."""
        heard = self._chance.random(len(batch.ids), dtype=np.float32) >= MISSED
        features, column = np.unique(batch.ids, return_inverse=True)
        spoken = np.zeros((len(batch), len(features)), dtype=np.float32)
        row = np.arange(len(batch)).repeat(np.diff(batch.first))
        spoken[row, column] = batch.weights * heard * np.float32(LOUD / (1 - MISSED))
        return features, spoken

    def _contending(self, labels: Ints) -> Ints:
        """The intents that contend in a batch, in order: its own, and of very many others some, by chance."""
        if len(self._all_intents) <= RIVALS:
            return self._all_intents
        return np.union1d(labels, self._chance.choice(len(self._all_intents), RIVALS, replace=False))


def _blame(scores: Floats, own: Ints) -> Floats:
    """How much each score is too high: the predicted share less the wanted one, a row for each phrasing."""
    scores -= scores.max(axis=1, keepdims=True)
    blame: Floats = np.exp(scores)
    blame /= blame.sum(axis=1, keepdims=True)
    blame -= np.float32(DOUBT / blame.shape[1])
    blame[np.arange(len(own)), own] -= np.float32(1 - DOUBT)
    blame /= np.float32(len(own))
    return blame
