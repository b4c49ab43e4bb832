"""The words of a message -> its hidden units, as the ranker's weights have it.

All features that a word has by itself (its stem, its meaning, its pieces, its place in meaning) are the same in every
message, and people use few words. So they are looked up when a word is first met, and their numbers kept; only pairs of
words are looked up each time. `Ranker.scores` of the whole message weighed at once comes to the same, and takes twice
as long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bot.conversation.matching.features import Floats, Synonyms, Weigher, own_features, pairs_of
from bot.conversation.matching.meanings import Meanings
from bot.conversation.matching.ranker import Ranker
from bot.conversation.matching.spelling import Stems
from bot.conversation.numbered import Numbers

KEPT = 4096  # words, less than a kilobyte each
BLOCKS = ("words", "meanings", "pieces")


class Word(NamedTuple):
    """What a word has by itself: its known features, and a row for each block of how rare those of that block are.

    `squares` are of the rarities of a block's features, the unknown ones too; `place` is the row of its meaning.
    """

    stem: str
    ids: Numbers
    rarity: Floats
    squares: tuple[float, ...]
    place: int


class Embedding:
    """`units(words)` of one ranker. Safe to share, as nothing changes but which words are kept."""

    def __init__(
        self, weigher: Weigher, ranker: Ranker, meanings: Meanings, sense_weight: float, synonyms: Synonyms, stem: Stems
    ) -> None:
        self._weigher, self._ranker, self._meanings = weigher, ranker, meanings
        self._synonyms, self._stem = synonyms, stem
        self._sense_weight = np.float32(sense_weight)
        self._word = lru_cache(maxsize=KEPT)(self._by_itself)
        self._group = lru_cache(maxsize=KEPT)(lambda group: self._of({"meanings": [f"m:@{group}"]}))

    def units(self, words: Sequence[str]) -> Floats | None:
        """One number for each hidden unit; None for words that say nothing to us."""
        if not words:
            return None
        each = [self._word(word) for word in words]
        stems = [word.stem for word in each]
        place = self._meanings.at([word.place for word in each])
        each += map(self._group, self._synonyms.in_(stems))
        pairs, rarity = self._weigher.rarities(pairs_of(stems))
        known = pairs >= 0
        ids = np.concatenate([pairs[known], *[word.ids for word in each]])
        if not (len(ids) or place.any()):
            return None
        squares = map(sum, zip(*[word.squares for word in each], strict=True))
        scales = np.array([*map(self._weigher.scale, BLOCKS, squares)], dtype=np.float32)
        loud = rarity[known] * self._weigher.scale("pairs", float(rarity @ rarity))
        weights = np.concatenate([loud, scales @ np.concatenate([word.rarity for word in each], axis=1)])
        return self._ranker.units(ids, weights, place * self._sense_weight)

    def _by_itself(self, word: str) -> Word:
        stem = self._stem(word)
        return self._of(own_features(stem), stem, self._meanings.words.number(word))

    def _of(self, features: Mapping[str, Sequence[str]], stem: str = "", place: int = -1) -> Word:
        looked_up = [self._weigher.rarities(features.get(block, ())) for block in BLOCKS]
        squares = tuple(float(rarity @ rarity) for _, rarity in looked_up)
        known = [(numbers[numbers >= 0], rarity[numbers >= 0]) for numbers, rarity in looked_up]
        rows = np.zeros((len(BLOCKS), sum(len(ids) for ids, _ in known)), dtype=np.float32)
        end = 0
        for row, (ids, rarity) in zip(rows, known, strict=True):
            row[end : end + len(ids)] = rarity
            end += len(ids)
        return Word(stem, np.concatenate([ids for ids, _ in known]), rows, squares, place)
