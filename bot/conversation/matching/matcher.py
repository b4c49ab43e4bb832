"""The whole way from a typed message to ranked intents with a probability."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from rapidfuzz import fuzz, process

from bot.conversation.matching.features import Floats, Synonyms, Weigher, extract
from bot.conversation.matching.phrases import Phrases
from bot.conversation.matching.ranker import RIDGE, ROUNDS, SEED, STEP, Ranker
from bot.conversation.matching.spelling import Speller, Stems
from bot.conversation.matching.text import PLACE, kind_token, plain, words_of

SHARES = {"words": 0.2, "pairs": 0.25, "meanings": 0.4, "pieces": 0.15}
KEPT = 8  # candidates returned
Words = tuple[str, ...]


class Memory(Protocol):
    """Keeps what was learnt, by a fingerprint of all that it was learnt from."""

    def recall(self, fingerprint: str) -> Floats | None: ...

    def keep(self, fingerprint: str, learnt: Floats) -> None: ...


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How people write, as words: what is read as what before anything is compared.

    `texting` and `kinds` replace phrases; `synonyms` are groups; `padding` carries no meaning; `apart` are words
    whose stems must not be thrown together; `places` are the names of places; `english` counts ordinary words.
    """

    texting: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    padding: Sequence[str] = ()
    apart: Sequence[str] = ()
    places: Iterable[str] = ()
    english: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent and the probability that it is the one meant; all intents' probabilities add up to 1."""

    intent: str
    probability: float


@dataclass(frozen=True, slots=True)
class Match:
    """What the matcher makes of one message.

    `ours` is the probability that the message asks anything that is ours to answer; `repaired` are the words that
    were read differently from how they were typed.
    """

    words: Words
    candidates: tuple[Candidate, ...] = ()
    ours: float = 0.0
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
        subject: frozenset[str],
        lexicon: Lexicon,
        memory: Memory | None = None,
    ) -> None:
        self.intents = tuple(phrasings)
        self._ours = np.array([intent in subject for intent in self.intents], dtype=bool)
        self._stem = Stems(lexicon.apart)
        self._read_lexicon(lexicon)
        self._labels = np.array([i for i, key in enumerate(self.intents) for _ in phrasings[key]], dtype=np.int64)
        split = [self._split(sentence) for key in self.intents for sentence in phrasings[key]]
        own = Counter(word for words in split for word in words)
        own.update({w: 1 for listed in self._grouped.values() for words in listed for w in words if w not in own})
        self.speller = Speller(own, lexicon.english, self._stem)
        self._sentences = [" ".join(words) for words in split]
        self._learn(split, memory)

    def _read_lexicon(self, lexicon: Lexicon) -> None:
        def words(text: str) -> Words:
            return tuple(words_of(plain(text)))

        self._texting = Phrases({words(form): words(written) for form, written in lexicon.texting.items()})
        kinds = {words(p): (kind_token(name),) for name, listed in lexicon.kinds.items() for p in listed}
        self._kinds = Phrases(kinds)
        self._places = Phrases.of_one_kind(map(words, lexicon.places), (PLACE,))
        self._padding = Phrases.of_one_kind(map(words, lexicon.padding), ())
        self._grouped = {group: [words(p) for p in listed] for group, listed in lexicon.synonyms.items()}
        self._synonyms = Synonyms(self._grouped, self._stem)

    def _learn(self, split: Sequence[Sequence[str]], memory: Memory | None) -> None:
        documents = [extract(words, self._synonyms, self._stem) for words in split]
        self._weigher = Weigher(documents, SHARES)
        rows = [self._weigher.weigh(blocks) for blocks in documents]
        fingerprint = self._fingerprint()
        learnt = memory.recall(fingerprint) if memory else None
        if learnt is None or learnt.shape != (len(rows), len(self.intents)):
            learnt = Ranker.learn(rows, self._labels, len(self.intents), len(self._weigher.number))
            if memory:
                memory.keep(fingerprint, learnt)
        self._ranker = Ranker.folded(rows, learnt, len(self._weigher.number))

    def _fingerprint(self) -> str:
        """Changes with anything the learning depends on."""
        digest = hashlib.sha256(repr((SHARES, RIDGE, ROUNDS, STEP, SEED, self.intents, self._labels.tolist())).encode())
        digest.update("\n".join([*self._sentences, *self._weigher.number]).encode())
        return digest.hexdigest()[:16]

    def _split(self, text: str) -> list[str]:
        """Words before repair: texting written out, places and other kinds by their stand-in, padding dropped."""
        words = self._texting.replace(words_of(plain(text)))
        words = self._kinds.replace(self._places.replace(words))
        kept = self._padding.replace(words)
        return kept if len(kept) >= 2 else words

    def read(self, text: str) -> tuple[list[str], dict[str, str]]:
        """The words of a message as we understand them, and which of them were repaired."""
        repaired: dict[str, str] = {}
        words: list[str] = []
        for word in self._split(text):
            better = self.speller.repair(word)
            if better != (word,):
                repaired[word] = " ".join(better)
            words.extend(better)
        if repaired:
            words = self._kinds.replace(self._places.replace(words))
        return words, repaired

    def match(self, text: str) -> Match:
        """Rank all intents for `text`."""
        words, repaired = self.read(text)
        return self.match_words(words, repaired)

    def match_words(self, words: Sequence[str], repaired: Mapping[str, str] | None = None) -> Match:
        repaired = repaired or {}
        message = self._weigher.weigh(extract(words, self._synonyms, self._stem))
        if not message.ids:
            return Match(tuple(words), repaired=repaired)
        scores = self._ranker.scores(message)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable")[:KEPT]
        candidates = tuple(Candidate(self.intents[i], float(shares[i])) for i in order)
        return Match(tuple(words), candidates, float(shares[self._ours].sum()), repaired)

    def closest(self, words: Sequence[str], intent: str) -> tuple[str, float]:
        """The phrasing of `intent` most like `words`, as the matcher reads it, and the likeness from 0 to 1."""
        number = self.intents.index(intent)
        pool = [s for s, label in zip(self._sentences, self._labels, strict=True) if label == number]
        found = process.extractOne(" ".join(words), pool, scorer=fuzz.token_sort_ratio)
        return (found[0], found[1] / 100) if found else ("", 0.0)
