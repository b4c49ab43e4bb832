"""The whole way from a typed message to ranked intents with a probability."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import compress
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.conversation.matching.calibration import Calibration
from bot.conversation.matching.embedding import Embedding
from bot.conversation.matching.features import Floats, Synonyms, Vector, Weigher, document_frequencies, extract
from bot.conversation.matching.learning import RECIPE, SEED, learn
from bot.conversation.matching.meanings import Meanings
from bot.conversation.matching.phrases import Phrases
from bot.conversation.matching.ranker import Ranker
from bot.conversation.matching.rows import Ints, Rows
from bot.conversation.matching.spelling import SETTLED, English, Speller, Stems
from bot.conversation.matching.text import PLACE, kind_token, plain, words_in, words_of
from bot.conversation.numbered import Numbered, Numbers
from bot.conversation.texts import Texts

SHARES = {"words": 0.13, "pairs": 0.16, "meanings": 0.26, "pieces": 0.1}  # of features that phrasings share
SENSE = 0.35  # of the place in meaning
SENSE_WEIGHT = np.float32(SENSE**0.5)
FAIRNESS = 0.5  # how far the odds of few phrasings of ours are raised towards those of as many as the others have
EXACT = 0.97  # that a message which is a phrasing of ours means what that one does
KEPT = 8  # candidates returned
REHEARSED = 3000  # words: four in five of what people write that is looked up by itself
REHEARSED_AT_ONCE = 16
Words = tuple[str, ...]
Read = tuple[Words, Mapping[str, str]]  # the words of a message as we understand them, and which were repaired


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that was learnt: the phrasings as they were read, in how many of them each feature is, and the weights.

    `stems` are those of all words in the phrasings.
    """

    sentences: Texts
    stems: Mapping[str, str]
    features: Texts
    seen: Numbers
    ranker: Ranker


class Memory(Protocol):
    """Keeps a lesson by a fingerprint of all that it was learnt from."""

    def recall(self, fingerprint: str) -> Lesson | None: ...

    def keep(self, fingerprint: str, lesson: Lesson) -> None: ...


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How people write, as words: what is read as what before anything is compared.

    `texting` and `kinds` replace phrases; `synonyms` are groups; `padding` carries no meaning; `apart` are words
    whose stems must not be thrown together; `hide_places(text, stand_in)` replaces the places in a message;
    `english` are ordinary words; `meanings` are where words lie in meaning;
    `version` changes with whatever of these is no plain data.
    """

    texting: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    padding: Sequence[str] = ()
    apart: Sequence[str] = ()
    hide_places: Callable[[str, str], str] = lambda text, stand_in: text
    english: English = field(default_factory=English)
    meanings: Meanings = field(default_factory=Meanings)
    version: str = ""


class Candidate(NamedTuple):
    """An intent and the ranker's share of it; all add up to 1, unless a phrasing was met as written."""

    intent: str
    share: float


@dataclass(frozen=True, slots=True)
class Match:
    """What the matcher makes of one message.

    `candidates` are the likeliest of all intents, `questions` the likeliest of those that are ours to answer;
    `ours` is the share of all of ours in everything that asks something; `probability` that the first of `questions` is
    the one meant; `repaired` are the words that were read differently from how they were typed.
    """

    words: Words
    candidates: tuple[Candidate, ...] = ()
    questions: tuple[Candidate, ...] = ()
    ours: float = 0.0
    probability: float = 0.0
    repaired: Mapping[str, str] = field(default_factory=dict)

    @property
    def best(self) -> str:
        return self.candidates[0].intent if self.candidates else ""


def _shares(scores: Floats) -> Floats:
    shares: Floats = np.exp(scores - scores[scores.argmax()])
    shares /= shares.sum()
    return shares


class Matcher:
    """Learns from `phrasings` (intent -> sentences). Never changes afterwards; safe to share.

    `subject` are the intents that are ours to answer, `courtesy` those that ask nothing; the others teach what is not
    ours.
    """

    def __init__(
        self,
        phrasings: Mapping[str, Sequence[str]],
        subject: frozenset[str],
        lexicon: Lexicon,
        memory: Memory | None = None,
        calibration: Calibration | None = None,
        courtesy: frozenset[str] = frozenset(),
    ) -> None:
        self.calibration = calibration or Calibration()
        self.intents = tuple(phrasings)
        self._number = {intent: number for number, intent in enumerate(self.intents)}
        self._ours = np.array([intent in subject for intent in self.intents], dtype=bool)
        asks = [intent not in courtesy for intent in self.intents]
        self._ours_and_asking = np.array([self._ours, asks], dtype=np.float32)
        self._stem = Stems(lexicon.apart)
        self._meanings = lexicon.meanings
        self._read_lexicon(lexicon)
        # A message and its parts are looked at by several in turn, and come down to the same words.
        self._plain = lru_cache(maxsize=64)(lambda text: tuple(self._texting.replace(words_in(text))))
        self._as_read = lru_cache(maxsize=64)(self._repaired)
        self._scores = lru_cache(maxsize=64)(self._scored)
        self._whole = lru_cache(maxsize=64)(lambda text: self.match_hidden(self.hide_places(text)))
        self._labels = np.array([i for i, key in enumerate(self.intents) for _ in phrasings[key]], dtype=np.int64)
        self._lift = self._lifted()
        fingerprint = self._fingerprint(phrasings, lexicon)
        lesson = memory.recall(fingerprint) if memory else None
        if lesson is None:
            lesson = self._study([sentence for key in self.intents for sentence in phrasings[key]])
            if memory:
                memory.keep(fingerprint, lesson)
        self.sentences = lesson.sentences  # every phrasing as it was read
        self._ranker = lesson.ranker
        self._stem.recall(lesson.stems)
        self._weigher = Weigher(lesson.features, lesson.seen, len(self.sentences), SHARES)
        self._embedding = Embedding(
            self._weigher, self._ranker, self._meanings, SENSE_WEIGHT, self._synonyms, self._stem
        )
        self._phrasings = Numbered(self.sentences)
        self._meant = self._of_one_intent()
        own = Counter(word for sentence in self.sentences for word in sentence.split())
        own.update(
            {w: SETTLED for listed in self._grouped.values() for words in listed for w in words if own[w] < SETTLED}
        )
        self.speller = Speller(own, lexicon.english, self._stem)

    def _of_one_intent(self) -> Ints:
        """The intent of each phrasing by its number, -1 where another intent has it as well."""
        first, meant = self._phrasings.numbers(self.sentences), self._labels.copy()
        meant[first[meant[first] != meant]] = -1
        return meant

    def _lifted(self) -> Floats:
        """What is added to each score: a young career has a few hundred phrasings beside thousands of what is not ours.

        And yet it is what people write to it about.
        """
        ours = int(self._ours[self._labels].sum())
        others = len(self._labels) - ours
        lift = FAIRNESS * np.log(max(others / max(ours, 1), 1.0))
        return np.where(self._ours, lift, 0.0).astype(np.float32)

    def _read_lexicon(self, lexicon: Lexicon) -> None:
        def words(text: str) -> Words:
            return tuple(words_of(plain(text)))

        self._texting = Phrases({words(form): words(written) for form, written in lexicon.texting.items()})
        kinds = {words(p): (kind_token(name),) for name, listed in lexicon.kinds.items() for p in listed}
        self._kinds = Phrases(kinds)
        self._hide_places = lexicon.hide_places
        self._padding = Phrases.of_one_kind(map(words, lexicon.padding), ())
        self._grouped = {group: [words(p) for p in listed] for group, listed in lexicon.synonyms.items()}
        self._synonyms = Synonyms(self._grouped, self._stem)

    def _study(self, phrasings: Iterable[str]) -> Lesson:
        split = [self._split(self.hide_places(sentence)) for sentence in phrasings]
        documents = [extract(words, self._synonyms, self._stem) for words in split]
        features, seen = document_frequencies(documents)
        weigher = Weigher(features, seen, len(documents), SHARES)
        rows = Rows.of([self._vector(words, blocks, weigher) for words, blocks in zip(split, documents, strict=True)])
        ranker = learn(rows, self._labels, len(self.intents), len(seen))
        return Lesson(Texts(map(" ".join, split)), dict(self._stem.known), features, seen, ranker)

    def _vector(self, words: Sequence[str], blocks: Mapping[str, list[str]], weigher: Weigher) -> Vector:
        return Vector(*weigher.weigh(blocks), self._meanings.of(words) * SENSE_WEIGHT)

    def _fingerprint(self, phrasings: Mapping[str, Sequence[str]], lexicon: Lexicon) -> str:
        """Changes with anything the learning depends on."""
        parts = (SHARES, SENSE, RECIPE, lexicon.version)
        words = (lexicon.texting, lexicon.kinds, lexicon.synonyms, lexicon.padding, lexicon.apart)
        digest = hashlib.sha256(repr((parts, words)).encode())
        for intent, sentences in phrasings.items():
            digest.update(repr((intent, *sentences)).encode())
        digest.update(lexicon.meanings.table.tobytes())
        return digest.hexdigest()[:16]

    def plain_words(self, text: str) -> Words:
        """The words as typed, only with texting forms and contractions written out."""
        return self._plain(text)

    def hide_places(self, text: str) -> str:
        """The text with a stand-in for each place: its parts can be read without looking for places in each anew."""
        return self._hide_places(text, PLACE)

    def _split(self, hidden: str) -> list[str]:
        """Words before repair: texting written out, kinds of things by their stand-in, padding dropped."""
        words = self._kinds.replace(self.plain_words(hidden))
        kept = self._padding.replace(words)
        return kept if len(kept) >= 2 else words

    def read(self, text: str) -> Read:
        """The words of a message as we understand them, and which of them were repaired."""
        return self.read_hidden(self.hide_places(text))

    def read_hidden(self, hidden: str) -> Read:
        """`read` for what `hide_places` gave, or a part of it."""
        return self._as_read(hidden)

    def _repaired(self, hidden: str) -> Read:
        repaired: dict[str, str] = {}
        words: list[str] = []
        for word in self._split(hidden):
            better = self.speller.repair(word)
            if better != (word,):
                repaired[word] = " ".join(better)
            words.extend(better)
        if repaired:
            words = self._kinds.replace(words)
        return tuple(words), repaired

    def rehearse(self) -> Iterator[None]:
        """Looks up what the commonest words have by themselves: else the first who writes one waits for that."""
        words = self.speller.commonest(REHEARSED)
        for at in range(0, len(words), REHEARSED_AT_ONCE):
            yield
            some = words[at : at + REHEARSED_AT_ONCE]
            self.hide_places(" ".join(some))
            self._embedding.units(some)

    def match(self, text: str) -> Match:
        """Rank all intents for `text`."""
        return self._whole(text)

    def match_hidden(self, hidden: str) -> Match:
        """`match` for what `hide_places` gave, or a part of it."""
        words, repaired = self.read_hidden(hidden)
        return self.match_words(words, repaired)

    def match_words(self, words: Sequence[str], repaired: Mapping[str, str] | None = None) -> Match:
        repaired = repaired or {}
        scores = self._scores(tuple(words))
        if scores is None:
            return Match(tuple(words), repaired=repaired)
        return self._as_written(self._judged(scores, tuple(words), repaired))

    def share_of(self, intents: Iterable[str], words: Sequence[str]) -> float:
        """The share of these intents together, without the ranking."""
        scores = self._scores(tuple(words))
        if scores is None:
            return 0.0
        return float(_shares(scores)[[self._number[intent] for intent in intents]].sum())

    def _scored(self, words: Words) -> Floats | None:
        """One for each intent; None for words that say nothing to us."""
        units = self._embedding.units(words)
        return None if units is None else self._ranker.said_by(units) + self._lift

    def _as_written(self, match: Match) -> Match:
        """A message that reads word for word like a phrasing asks just that: whoever wrote it there said so."""
        phrasing = self._phrasings.number(" ".join(match.words))
        number = -1 if phrasing < 0 else int(self._meant[phrasing])
        if number < 0:
            return match
        intent, share = self.intents[number], max(EXACT, match.candidates[0].share)
        first = (Candidate(intent, share),)
        candidates = first + tuple(c for c in match.candidates if c.intent != intent)
        if not self._ours[number]:
            return replace(match, candidates=candidates, ours=1 - share, probability=0.0)
        questions = first + tuple(c for c in match.questions if c.intent != intent)
        return replace(match, candidates=candidates, questions=questions, ours=1.0, probability=share)

    def _judged(self, scores: Floats, words: Words, repaired: Mapping[str, str]) -> Match:
        shares = _shares(scores)
        order = (-shares).argsort(kind="stable")
        candidates = self._first(order, shares)
        questions = self._first(order[self._ours[order]], shares)
        of_ours, asking = (self._ours_and_asking @ shares).tolist()
        ours = min(of_ours / max(asking, 1e-9), 1.0)
        best = questions[0].share if questions else 0.0
        probability = self.calibration.probability(best, ours, len(words))
        return Match(words, candidates, questions, ours, probability, repaired)

    def _first(self, order: npt.NDArray[np.intp], shares: Floats) -> tuple[Candidate, ...]:
        chosen = order[:KEPT]
        return tuple(map(Candidate, [self.intents[i] for i in chosen.tolist()], shares[chosen].tolist()))

    def held_out(self, folds: int, begun: Callable[[int], None] = lambda _: None) -> Iterator[tuple[str, Match]]:
        """Every phrasing with its intent, matched by what was learnt from the other folds; `begun` hears of each fold.

        Features are weighed once: a feature that only the held out fold has counts for nothing in what was learnt.
        """
        split = [sentence.split() for sentence in self.sentences]
        rows = Rows.of(
            [self._vector(words, extract(words, self._synonyms, self._stem), self._weigher) for words in split]
        )
        fold = np.random.default_rng(SEED).integers(0, folds, len(rows))
        for left_out in range(folds):
            begun(left_out)
            kept = np.flatnonzero(fold != left_out)
            ranker = learn(rows.take(kept), self._labels[kept], len(self.intents), len(self._weigher.features))
            for i in np.flatnonzero(fold == left_out).tolist():
                scores = ranker.scores(rows.vector(i)) + self._lift
                yield self.intents[self._labels[i]], self._judged(scores, tuple(split[i]), {})

    def stems(self, words: Iterable[str]) -> list[str]:
        return [self._stem(word) for word in words]

    def leanings(self, intents: Collection[str]) -> Mapping[str, float]:
        """How much oftener than phrasings at large those with a stem are of `intents`: 1 where it says nothing.

        Only stems that are in some phrasing of theirs; any other's is 0.
        """
        numbers = [self._number[intent] for intent in intents]
        theirs = np.isin(self._labels, numbers)
        said = compress(self.sentences, theirs.tolist())
        times = Counter(stem for sentence in said for stem in set(self.stems(sentence.split())))
        share = theirs.sum() / max(len(theirs), 1)
        return {stem: n / self._weigher.document_frequency(f"w:{stem}") / share for stem, n in times.items()}

    def knows(self, word: str) -> bool:
        """Whether any phrasing has the word in some form."""
        return f"w:{self._stem(word)}" in self._weigher.features

    def rarity(self, stem: str) -> float:
        """How rare a stem is among all phrasings: 1 for one in each of them, and one more for every e times fewer."""
        return self._weigher.rarity(f"w:{stem}")

    def share_a_word(self, words: Iterable[str], text: str) -> bool:
        """Whether `text` has any of `words` in some form."""
        known = {self._stem(word) for word in words_of(plain(text))}
        return any(self._stem(word) in known for word in words)

    def closest(self, words: Sequence[str], intent: str) -> tuple[str, float]:
        """The phrasing of `intent` most like `words`, as the matcher reads it, and the likeness from 0 to 1."""
        number = self._number[intent]
        pool = [s for s, label in zip(self.sentences, self._labels, strict=True) if label == number]
        found = process.extractOne(" ".join(words), pool, scorer=fuzz.token_sort_ratio)
        return (found[0], found[1] / 100) if found else ("", 0.0)
