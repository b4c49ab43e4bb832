"""What is learnt from phrasings, by itself: features are numbers here, and intents too."""

from __future__ import annotations

import numpy as np
import pytest

from bot.conversation.matching import learning
from bot.conversation.matching.features import Vector
from bot.conversation.matching.learning import learn
from bot.conversation.matching.ranker import Ranker
from bot.conversation.matching.rows import Rows

CONTENDING, INTENTS = 40, 120
EVERYWHERE = INTENTS  # the number of a word that every phrasing has


def message(*features: int) -> Vector:
    weights = np.full(len(features), max(len(features), 1) ** -0.5, dtype=np.float32)
    return Vector(np.array(features, dtype=np.int32), weights, np.zeros(1, dtype=np.float32))


def best(ranker: Ranker, *features: int) -> int:
    return int(ranker.scores(message(*features)).argmax())


def many_intents() -> tuple[Ranker, Rows]:
    """Two phrasings for each intent: its own word, another intent's, and a common one."""
    said = [(own, (own + beside) % INTENTS, EVERYWHERE) for own in range(INTENTS) for beside in (1, 2)]
    rows = Rows.of([message(*features) for features in said])
    return learn(rows, np.repeat(np.arange(INTENTS), 2), INTENTS, INTENTS + 1), rows


def test_two_words_together_can_mean_something_else_than_each_alone() -> None:
    """What weights for each word and intent can't learn, whatever they are."""
    said, meant = [(0,), (1,), (0, 1), (2,)], [0, 0, 1, 1]
    rows = Rows.of([message(*features) for features in said * 20])
    ranker = learn(rows, np.array(meant * 20), 2, 3)
    assert [best(ranker, *features) for features in said] == meant


def test_the_same_phrasings_teach_the_same_to_the_last_digit() -> None:
    (first, _), (second, _) = many_intents(), many_intents()
    assert (first.words == second.words).all()
    assert (first.step == second.step).all()
    assert (first.intents == second.intents).all()


def test_weights_kept_as_bytes_score_as_the_numbers_they_were() -> None:
    chance = np.random.default_rng(4)
    words, sense, intents = (chance.standard_normal(shape, dtype=np.float32) for shape in ((9, 64), (1, 64), (5, 64)))
    asked = message(0, 3, 7)
    exactly = intents @ np.maximum(asked.weights @ words[asked.ids], 0)
    np.testing.assert_allclose(Ranker.of(words, sense, intents).scores(asked), exactly, atol=0.25)
    assert np.abs(exactly).max() > 10


def test_most_phrasings_find_their_own_where_a_third_of_the_intents_contend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learning, "RIVALS", CONTENDING)
    ranker, rows = many_intents()
    found = np.array([ranker.scores(rows.vector(row)).argmax() for row in range(len(rows))])
    assert (found == np.arange(INTENTS).repeat(2)).mean() >= 0.8
