"""The words of a message -> its hidden units, as the ranker's weights have it.

All features that a word has by itself (its stem, its meaning, its pieces, its place in meaning) are the same in every
message, and people use few words. So they are looked up when a word is first met, and their numbers kept; only pairs of
words are looked up each time. `Ranker.scores` of the whole message weighed at once comes to the same, and takes a third
longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bot.conversation.matching.features import Floats, Synonyms, Weigher, own_features, pairs_of
from bot.conversation.matching.meanings import Meanings
from bot.conversation.matching.ranker import Ranker
from bot.conversation.matching.spelling import Stems

KEPT = 4096  # words, half a kilobyte each
BLOCKS = ("words", "meanings", "pieces")


class Block(NamedTuple):
    """The known features of a block and how rare they are; the sum of the squares of that, the unknown ones too.

    Plain numbers, not arrays: a word has three or four, and an array of so few is slower to make than to add up.
    """

    ids: Sequence[int]
    rarities: Sequence[float]
    square: float


NO_BLOCK = Block((), (), 0.0)


class Word(NamedTuple):
    """What a word has by itself, block by block, and the row of its meaning."""

    stem: str
    blocks: Sequence[Block]
    place: int


class Embedding:
    """`units(words)` of one ranker. Safe to share, as nothing changes but which words are kept."""

    def __init__(
        self,
        weigher: Weigher,
        ranker: Ranker,
        meanings: Meanings,
        sense_weight: np.float32,
        synonyms: Synonyms,
        stem: Stems,
    ) -> None:
        self._weigher, self._ranker, self._meanings = weigher, ranker, meanings
        self._sense_weight, self._synonyms, self._stem = sense_weight, synonyms, stem
        self._word = lru_cache(maxsize=KEPT)(self._by_itself)
        self._group = lru_cache(maxsize=KEPT)(lambda group: self._block([f"m:@{group}"]))

    def units(self, words: Sequence[str]) -> Floats | None:
        """One number for each hidden unit; None for words that say nothing to us."""
        if not words:
            return None
        each = [self._word(word) for word in words]
        stems = [word.stem for word in each]
        own, meanings, pieces = ([word.blocks[number] for word in each] for number in range(len(BLOCKS)))
        meanings += map(self._group, self._synonyms.in_(stems))
        pairs = [self._block(pairs_of(stems))]
        ids: list[int] = []
        weights: list[float] = []
        for name, blocks in (("words", own), ("pairs", pairs), ("meanings", meanings), ("pieces", pieces)):
            scale = self._weigher.scale(name, sum([block.square for block in blocks]))
            for block in blocks:
                ids += block.ids
            weights += [rarity * scale for block in blocks for rarity in block.rarities]
        place = self._meanings.at([word.place for word in each])
        if not (ids or place.any()):
            return None
        return self._ranker.units(np.array(ids, dtype=np.int32), np.array(weights), place * self._sense_weight)

    def _by_itself(self, word: str) -> Word:
        stem = self._stem(word)
        features = own_features(stem)
        return Word(stem, [self._block(features[name]) for name in BLOCKS], self._meanings.words.number(word))

    def _block(self, features: Sequence[str]) -> Block:
        if not features:
            return NO_BLOCK
        numbers, rarity = self._weigher.rarities(features)
        known = numbers >= 0
        return Block(numbers[known].tolist(), rarity[known].tolist(), float(rarity @ rarity))
