"""The whole way from a typed message to ranked intents with a probability."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from bot.conversation.matching.features import Sparse, Synonyms, Weigher, extract
from bot.conversation.matching.ranker import Ranker
from bot.conversation.matching.spelling import Speller
from bot.conversation.matching.text import PLACE, Padding, expand, plain, words_of

SHARES = {"words": 0.35, "pairs": 0.25, "meanings": 0.25, "pieces": 0.15}
KEPT = 8  # candidates returned
COMPARED = 5  # intents whose phrasings are compared word by word for the confidence


@dataclass(frozen=True, slots=True)
class Calibration:
    """Confidence -> probability that the best intent is right: a logistic curve fitted on held-out phrasings."""

    slope: float = 1.0
    margin: float = 0.5
    offset: float = -6.0

    def probability(self, confidence: float, margin: float) -> float:
        return 1 / (1 + math.exp(-(self.slope * confidence + self.margin * margin + self.offset)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent with its share of the ranking (all shares add up to 1) and its raw score."""

    intent: str
    share: float
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What the matcher makes of one message.

    `confidence` is the raw sum behind `probability`; `closest` the phrasing most like the message;
    `repaired` the words that were read differently from how they were typed.
    """

    words: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    probability: float
    confidence: float = 0.0
    margin: float = 0.0
    closest: str = ""
    similarity: float = 0.0
    repaired: Mapping[str, str] = field(default_factory=dict)

    @property
    def best(self) -> str:
        return self.candidates[0].intent if self.candidates else ""


class Matcher:
    """Learns from `phrasings` (intent -> sentences). Never changes afterwards; safe to share.

    `subject` are the intents that are ours to answer; the others teach what is not.
    """

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        *,
        subject: frozenset[str],
        texting: Mapping[str, str],
        synonyms: Mapping[str, Sequence[str]],
        padding: Iterable[str],
        english: Mapping[str, int],
        place_names: Iterable[str] = (),
        calibration: Calibration | None = None,
    ) -> None:
        self.intents = tuple(phrasings)
        self.calibration = calibration or Calibration()
        self._texting = {form: tuple(words_of(plain(written))) for form, written in texting.items()}
        self._places = PlaceWords(place_names)
        self._padding = Padding(words_of(plain(p)) for p in padding)
        grouped = {group: [words_of(plain(p)) for p in listed] for group, listed in synonyms.items()}
        self._synonyms = Synonyms(grouped)
        self._sentences = [(i, s) for i, intent in enumerate(self.intents) for s in phrasings[intent]]
        split = [self._split(sentence) for _, sentence in self._sentences]
        own = Counter(word for words in split for word in words)
        own.update({word: 1 for listed in grouped.values() for words in listed for word in words if word not in own})
        self.speller = Speller(own, english)
        self._learn(split)
        inside = Counter(
            word
            for (i, _), words in zip(self._sentences, split, strict=True)
            for word in words
            if self.intents[i] in subject
        )
        self._likelihood = _Likelihood(inside, english)

    def _learn(self, split: Sequence[list[str]]) -> None:
        documents = [extract(words, self._synonyms) for words in split]
        self._weigher = Weigher(documents, SHARES)
        rows = [self._weigher.weigh(blocks) for blocks in documents]
        labels = np.array([i for i, _ in self._sentences], dtype=np.int64)
        self._ranker = Ranker.learn(rows, labels, len(self.intents), len(self._weigher.number))
        self._by_intent: dict[int, list[str]] = {}
        for (intent, _), words in zip(self._sentences, split, strict=True):
            self._by_intent.setdefault(intent, []).append(" ".join(words))

    def _split(self, text: str) -> list[str]:
        """Words before repair: texting written out, places by kind, padding dropped."""
        words = self._places.replace(expand(words_of(plain(text)), self._texting))
        return self._padding.drop(words)

    def read(self, text: str) -> tuple[list[str], dict[str, str]]:
        """The words of a message as we understand them, and which of them were repaired."""
        repaired: dict[str, str] = {}
        words: list[str] = []
        for word in self._split(text):
            better = self.speller.repair(word)
            if better != (word,):
                repaired[word] = " ".join(better)
            words.extend(better)
        return words, repaired

    def match(self, text: str) -> Match:
        """Rank all intents for `text`."""
        words, repaired = self.read(text)
        return self.match_words(words, repaired)

    def match_words(self, words: Sequence[str], repaired: Mapping[str, str] | None = None) -> Match:
        repaired = repaired or {}
        message = self._weigher.weigh(extract(words, self._synonyms))
        if not message.ids:
            return Match(tuple(words), (), 0.0, repaired=repaired)
        scores = self._ranker.scores(message)
        order = np.argsort(-scores)[:KEPT]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        candidates = tuple(Candidate(self.intents[i], float(shares[i]), float(scores[i])) for i in order)
        closest, similarity = self._closest(" ".join(words), [int(i) for i in order[:COMPARED]])
        confidence = candidates[0].score + 4 * similarity + 0.3 * self._likelihood.mean(words)
        margin = candidates[0].score - candidates[1].score if len(candidates) > 1 else candidates[0].score
        return Match(
            words=tuple(words),
            candidates=candidates,
            probability=self.calibration.probability(confidence, margin),
            confidence=confidence,
            margin=margin,
            closest=closest,
            similarity=similarity,
            repaired=repaired,
        )

    def _closest(self, text: str, intents: Iterable[int]) -> tuple[str, float]:
        pool = [phrasing for intent in intents for phrasing in self._by_intent[intent]]
        found = process.extractOne(text, pool, scorer=fuzz.token_set_ratio)
        return (found[0], found[1] / 100) if found else ("", 0.0)

    def weigh(self, words: Sequence[str]) -> Sparse:
        return self._weigher.weigh(extract(words, self._synonyms))


class PlaceWords:
    """Replaces the names of places by their kind, longest name first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(tuple(words_of(plain(name))) for name in names)
        self._longest = max((len(name) for name in self._names), default=0)

    def replace(self, words: list[str]) -> list[str]:
        out: list[str] = []
        at = 0
        while at < len(words):
            size = next(
                (
                    n
                    for n in range(min(self._longest, len(words) - at), 0, -1)
                    if tuple(words[at : at + n]) in self._names
                ),
                0,
            )
            out.append(PLACE if size else words[at])
            at += size or 1
        return out


class _Likelihood:
    """How much likelier each word is in our phrasings than in ordinary English (log ratio, clipped)."""

    def __init__(self, own: Mapping[str, int], english: Mapping[str, int]) -> None:
        self._own, self._english = own, english
        self._total = sum(own.values()) + 0.05 * len(own)
        self._all = sum(english.values()) or 1

    def mean(self, words: Sequence[str]) -> float:
        return sum(map(self._of, words)) / len(words) if words else -4.0

    def _of(self, word: str) -> float:
        ours = (self._own.get(word, 0) + 0.05) / self._total
        theirs = 0.5 * self._english.get(word, 0) / self._all + 2e-6
        return max(-4.0, min(6.0, math.log(ours / theirs)))
