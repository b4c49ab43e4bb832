"""What is kept of words adds up to what the whole message would be weighed as."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.matching.embedding import Embedding
from bot.conversation.matching.features import Synonyms, Vector, Weigher, document_frequencies, extract
from bot.conversation.matching.matcher import SENSE_WEIGHT, SHARES
from bot.conversation.matching.meanings import Meanings
from bot.conversation.matching.ranker import Ranker
from bot.conversation.matching.spelling import Stems
from bot.conversation.numbered import Numbered

UNITS, PLACES = 32, 12
SAID = ("how much does a coder make", "what do coders earn", "how long is the course", "how much is the course")
STEM, SYNONYMS = Stems(), Synonyms({"pay": [["make"], ["earn"], ["take", "home"]]}, Stems())
CHANCE = np.random.default_rng(3)
KNOWN = [word for sentence in SAID for word in sentence.split()]
STRANGERS = ["xylophone", "zebra", "coderx", "take", "home", "the", "i"]

DOCUMENTS = [extract(sentence.split(), SYNONYMS, STEM) for sentence in SAID]
WEIGHER = Weigher(*document_frequencies(DOCUMENTS), len(DOCUMENTS), SHARES)
MEANINGS = Meanings(
    Numbered(["much", "coder", "zebra"]),
    CHANCE.integers(-9, 9, (4, PLACES)).astype(np.int8),
    np.array([0.1, 0.2, 0.1, 0.0], dtype=np.float32),
    CHANCE.standard_normal(PLACES, dtype=np.float32) * np.float32(0.1),
)
RANKER = Ranker.of(
    CHANCE.standard_normal((len(WEIGHER.features), UNITS), dtype=np.float32),
    CHANCE.standard_normal((PLACES, UNITS), dtype=np.float32),
    CHANCE.standard_normal((3, UNITS), dtype=np.float32),
)
EMBEDDING = Embedding(WEIGHER, RANKER, MEANINGS, SENSE_WEIGHT, SYNONYMS, STEM)


def weighed_at_once(words: list[str]) -> Vector:
    return Vector(*WEIGHER.weigh(extract(words, SYNONYMS, STEM)), MEANINGS.of(words) * SENSE_WEIGHT)


@given(st.lists(st.sampled_from([*KNOWN, *STRANGERS]), max_size=40))
def test_words_kept_one_by_one_say_what_the_whole_message_says(words: list[str]) -> None:
    message, units = weighed_at_once(words), EMBEDDING.units(words)
    if units is None:
        assert not words or not (len(message.ids) or message.sense.any())
    else:
        np.testing.assert_allclose(RANKER.said_by(units), RANKER.scores(message), atol=1e-3)


def test_words_that_no_phrasing_has_and_nobody_knows_the_meaning_of_say_nothing() -> None:
    assert EMBEDDING.units(["xylophone"]) is None
    assert EMBEDDING.units(["xylophone", "coder"]) is not None
    assert EMBEDDING.units(["zebra"]) is not None


def test_a_word_that_is_there_twice_has_twice_the_weight_beside_the_others() -> None:
    ids, once = WEIGHER.weigh({"words": ["w:coder", "w:cours"], "pairs": [], "meanings": [], "pieces": []})
    same, twice = WEIGHER.weigh({"words": ["w:coder", "w:cours", "w:coder"], "pairs": [], "meanings": [], "pieces": []})
    assert ids.tolist() == same.tolist()
    at = ids.tolist().index(WEIGHER.features.number("w:coder"))
    assert np.isclose(twice[at] / twice[1 - at], 2 * once[at] / once[1 - at])
