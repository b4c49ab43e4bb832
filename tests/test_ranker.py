"""The ranker by itself, where there are more intents than contend in one batch: more than ours will have for long."""

from __future__ import annotations

import numpy as np
import pytest

from bot.conversation.matching import ranker as ranking
from bot.conversation.matching.features import Vector
from bot.conversation.matching.ranker import Ranker, Rows

CONTENDING, INTENTS = 20, 120
EVERYWHERE = INTENTS  # the number of a word that every phrasing has


@pytest.fixture(autouse=True)
def few_contend(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the thousand of everyday the same takes half a minute."""
    monkeypatch.setattr(ranking, "RIVALS", CONTENDING)


def taught(*besides: int) -> tuple[Ranker, Rows]:
    """A phrasing for each intent and each of `besides`: its own word, that of an intent so far away, a common one."""
    rows = Rows.of([phrasing(intent, (intent + beside) % INTENTS) for intent in range(INTENTS) for beside in besides])
    labels = np.repeat(np.arange(INTENTS), len(besides))
    return Ranker.learn(rows, labels, INTENTS, INTENTS + 1), rows


def phrasing(own: int, other: int) -> Vector:
    weights = np.array([0.8, 0.4, 0.45], dtype=np.float32)
    return Vector(np.array([own, other, EVERYWHERE], dtype=np.int32), weights, np.zeros(1, dtype=np.float32))


def test_each_phrasing_finds_its_own_intent() -> None:
    ranker, rows = taught(1, 2)
    best = [int(ranker.scores(rows.vector(row)).argmax()) for row in range(len(rows))]
    assert best == np.repeat(np.arange(INTENTS), 2).tolist()


def test_a_word_speaks_most_for_its_own_intent_and_only_to_those_that_have_it() -> None:
    ranker, _ = taught(1)
    for intent in range(INTENTS):
        known = slice(ranker.first[intent], ranker.first[intent + 1])
        weights = dict(zip(ranker.intents[known].tolist(), ranker.weights[known].tolist(), strict=True))
        assert set(weights) == {intent, (intent - 1) % INTENTS}
        assert weights[intent] > weights[(intent - 1) % INTENTS]


def test_those_who_share_most_contend_and_never_without_the_phrasings_own() -> None:
    ranker, rows = taught(1)
    batch, labels = rows.take(np.array([7, 40])), np.array([7, 40])
    shared = np.zeros((2, INTENTS + 1), dtype=np.float32)
    shared[np.repeat([0, 1], 3), batch.ids] = batch.weights
    features = np.unique(batch.ids)
    at, sizes = ranking._listed(ranker.first, features)
    feature = np.arange(len(features)).repeat(sizes)
    rivals, *_ = ranker._contending(at, feature, shared[:, features], labels)
    assert len(rivals) == CONTENDING
    assert {7, 8, 40, 41} <= set(rivals.tolist())
