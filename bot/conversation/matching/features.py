"""Words -> weighted features: stems, pairs of stems, and content words with their synonym groups.

The weight of a feature is its rarity over all phrasings (idf). Words that no phrasing has still count
in the length of the vector, so a message full of strangers can't look like a perfect match.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.conversation.matching.phrases import Phrases
from bot.conversation.matching.spelling import Stems
from bot.conversation.numbered import Numbered, Numbers
from bot.conversation.texts import Texts

FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "am",
        "do",
        "does",
        "did",
        "i",
        "me",
        "my",
        "you",
        "your",
        "we",
        "it",
        "its",
        "he",
        "she",
        "they",
        "them",
        "this",
        "that",
        "there",
        "to",
        "of",
        "for",
        "in",
        "on",
        "and",
        "or",
        "with",
        "at",
        "as",
        "from",
        "by",
        "can",
        "could",
        "would",
        "will",
        "shall",
        "should",
        "have",
        "has",
        "had",
        "so",
        "if",
        "then",
        "than",
        "just",
        "please",
        "about",
        "into",
        "out",
        "up",
    ]
)

LEAST = {"words": 1, "pairs": 2, "meanings": 1, "pieces": 2}  # documents that have a feature of a block
LONG = 30  # letters of a word whose pieces are not worth keeping
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vector:
    """A message as numbers: the features it shares with phrasings and their weights, and where it lies in meaning."""

    ids: Numbers
    weights: Floats
    sense: Floats


class Synonyms:
    """Words and short phrases that mean the same to us, by their stems."""

    def __init__(self, groups: Mapping[str, Iterable[Sequence[str]]], stem: Stems) -> None:
        self._phrases = Phrases(
            {tuple(map(stem, words)): (group,) for group, listed in groups.items() for words in listed}
        )

    def in_(self, stems: Sequence[str]) -> list[str]:
        return [group for _, _, (group,) in self._phrases.found(stems)]


def own_features(stem: str) -> dict[str, list[str]]:
    """The features that a word has whatever stands beside it, by block."""
    says = stem not in FUNCTION_WORDS
    pieces = (_pieces if len(stem) < LONG else _cut)(stem) if says and len(stem) > 4 else ()
    return {"words": ["w:" + stem], "meanings": ["m:" + stem] if says else [], "pieces": list(pieces)}


def pairs_of(stems: Sequence[str]) -> list[str]:
    """The features of words that stand beside each other, the ends of the message among them."""
    return [f"p:{a} {b}" for a, b in pairwise(["^", *stems, "$"])]


def extract(words: Sequence[str], synonyms: Synonyms, stem: Stems) -> dict[str, list[str]]:
    """The features of each block, as strings."""
    stems = [stem(w) for w in words]
    blocks: dict[str, list[str]] = {"words": [], "pairs": pairs_of(stems), "meanings": [], "pieces": []}
    for each in stems:
        for block, features in own_features(each).items():
            blocks[block] += features
    blocks["meanings"] += ["m:@" + group for group in synonyms.in_(stems)]
    return blocks


def _cut(stem: str) -> tuple[str, ...]:
    framed = f" {stem} "
    return tuple(f"c:{framed[i : i + 4]}" for i in range(len(framed) - 3))


_pieces = lru_cache(maxsize=8192)(_cut)


class Weigher:
    """Turns features into a vector of length one (less for what is unknown), each block with its share."""

    def __init__(self, features: Iterable[str], seen: Numbers, documents: int, shares: Mapping[str, float]) -> None:
        """`seen` says in how many of the `documents` each of the `features` is."""
        self.features = Numbered(features)
        self._seen = np.append(seen, np.int32(0))  # the last, number -1, of strangers
        times, which = np.unique(self._seen, return_inverse=True)
        self._rarity = np.array([math.log((1 + documents) / (1 + n)) + 1 for n in times.tolist()])[which]
        self._shares = {block: math.sqrt(share) for block, share in shares.items()}

    def document_frequency(self, feature: str) -> int:
        """In how many documents a feature is."""
        return int(self._seen[self.features.number(feature)])

    def rarity(self, feature: str) -> float:
        """How rare a feature is: 1 for one in each document, and one more for every e times fewer."""
        return float(self._rarity[self.features.number(feature)])

    def rarities(self, features: Collection[str]) -> tuple[Numbers, npt.NDArray[np.float64]]:
        """The number of each feature, -1 for a stranger, and how rare it is."""
        numbers = self.features.numbers(features)
        return numbers, self._rarity.take(numbers)

    def scale(self, block: str, square: float) -> float:
        """What the rarities of a block are multiplied by, `square` being the sum of their squares."""
        return self._shares[block] / (math.sqrt(square) or 1.0)

    def weigh(self, blocks: Mapping[str, Sequence[str]]) -> tuple[Numbers, Floats]:
        """The known features of a message, none twice, and their weights: one that is there twice has twice the weight.

        So the weights of a message are the sum of what its words have, but for the scale of each block.
        """
        ids, weights = [], []
        for block in self._shares:
            numbers, rarity = self.rarities(blocks[block])
            scale = self.scale(block, float(rarity @ rarity))
            known, at = np.unique(numbers[numbers >= 0], return_inverse=True)
            ids.append(known)
            weights.append(np.bincount(at, rarity[numbers >= 0] * scale, len(known)))
        return np.concatenate(ids), np.concatenate(weights).astype(np.float32)


def document_frequencies(documents: Collection[Mapping[str, list[str]]]) -> tuple[Texts, Numbers]:
    """The features, and in how many documents each is; pairs and pieces that only one has are left out.

    The commonest come first: what messages need lies together in the table that is mapped from the disk.

    They are half of all features, and nothing that could be measured is missed without them.
    """
    seen: dict[str, int] = {}
    for block, least in LEAST.items():
        counted: Counter[str] = Counter()
        for blocks in documents:
            counted.update(list(dict.fromkeys(blocks[block])))  # not a set: its order changes from run to run
        seen |= {feature: times for feature, times in counted.items() if times >= least}
    commonest_first = dict(sorted(seen.items(), key=lambda one: -one[1]))
    return Texts(commonest_first), np.fromiter(commonest_first.values(), dtype=np.int32, count=len(seen))
