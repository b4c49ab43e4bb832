"""Repairs unknown words from our own vocabulary, with ordinary English as decoys.

"sallary" becomes "salary", but "celery" stays: a real word that we don't know is a sign that the
message is about something else, and "correcting" it into ours would make nonsense look like a question.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, takewhile

import snowballstemmer

from bot.conversation.near_words import NearWords
from bot.conversation.numbered import Numbered

VOWELS = frozenset("aeiou")
SHORTEST = 3
SETTLED = 3  # phrasings; a word that fewer have, and no dictionary, may be a slip that somebody wrote on purpose
SURELY_MEANT = 20  # phrasings that have the word for which such a slip stands
COMMON = 30_000
DECOYS = 12_000
CANDIDATES = 6
NO_WORDS = NearWords(())
GRAVE = frozenset(
    [
        "kill",
        "kills",
        "killed",
        "killing",
        "died",
        "dying",
        "suicide",
        "suicidal",
        "hurt",
        "hurts",
        "beats",
        "rape",
        "raped",
    ]
)
GRAVE_AT_TWO = 7  # letters of a word that may be two slips away from a grave one: "kohls" is a shop, not "kills"
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Stems:
    """Stems of words. `apart` are words that a stemmer would throw together and our subject keeps apart."""

    def __init__(self, apart: Iterable[str] = ()) -> None:
        self._stem = snowballstemmer.stemmer("english").stemWord
        self._known = {word: word for word in apart}
        self._known |= {f"{word}s": word for word in apart}

    @property
    def known(self) -> Mapping[str, str]:
        """Every word met so far with its stem."""
        return self._known

    def recall(self, known: Mapping[str, str]) -> None:
        """Take over what another one knew: finding a stem takes much longer than looking it up."""
        self._known.update(known)

    def __call__(self, word: str) -> str:
        known = self._known.get(word)
        if known is None:
            # Short words and the stand-ins for kinds stay as they are.
            known = str(self._stem(word)) if len(word) > 3 and not word.endswith("of") else word
            if len(self._known) < 50_000:
                self._known[word] = known
        return known


def skeleton(word: str) -> str:
    """The word without its inner vowels: "lng" and "long" share one."""
    return word[:1] + "".join(c for c in word[1:] if c not in VOWELS)


def clipped(word: str) -> bool:
    """Whether a word was written without vowels; "try" was not."""
    return len(word) >= SHORTEST and skeleton(word) == word and word[0] not in VOWELS and "y" not in word[:-1]


class English:
    """Ordinary words, given the commonest first: which are there, which are common, and the commonest themselves."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._words = Numbered(words)
        self.commonest = tuple(words[:DECOYS])

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def has_common(self, word: str) -> bool:
        return 0 <= self._words.number(word) < COMMON


class Speller:
    """`repair(word)` gives the words probably meant. `seen` counts our words; `english` is ordinary English."""

    def __init__(self, seen: Mapping[str, int], english: English, stem: Stems) -> None:
        own = {word: times for word, times in seen.items() if times >= SETTLED or english.has_common(word)}
        self._own = own
        self._rare = seen.keys() - own.keys()
        self._common = english.has_common
        self._stem = stem
        self._stems = {stem(word) for word in own}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._skeletons: dict[str, list[str]] = defaultdict(list)
        for word in own:
            if len(word) >= SHORTEST and not word[0].isdigit():
                self._by_length[len(word)].append(word)
                if skeleton(word) != word:
                    self._skeletons[skeleton(word)].append(word)
        decoys: dict[int, list[str]] = defaultdict(list)
        for word in english.commonest:
            if word not in own and len(word) > 3:
                decoys[len(word)].append(word)
        self._decoys = {length: NearWords(words) for length, words in decoys.items()}
        self._pools: dict[tuple[int, int], NearWords] = {}
        self._sorted = sorted(own)
        self._memory: dict[str, tuple[str, ...]] = {}

    def commonest(self, most: int) -> list[str]:
        """At most so many of our words, the most written first."""
        return sorted(self._own, key=lambda word: -self._own[word])[:most]

    def knows(self, word: str) -> bool:
        return word in self._own or self._stem(word) in self._stems

    def repair(self, word: str) -> tuple[str, ...]:
        """One word, or two where a space was forgotten. A word beyond repair comes back as it is."""
        if len(word) <= 1 or word[0].isdigit() or self.knows(word) or (self._common(word) and not clipped(word)):
            return (word,)
        known = self._memory.get(word)
        if known is None:
            known = self._repair(word)
            if len(self._memory) < 50_000:
                self._memory[word] = known
        return known

    def _repair(self, word: str) -> tuple[str, ...]:
        if word in self._skeletons and (clipped(word) or (skeleton(word) == word and len(word) > SHORTEST)):
            return (max(self._skeletons[word], key=lambda w: self._own[w]),)
        if self._common(word):
            return (word,)
        best = self._nearest(word)
        if word in self._rare:
            meant = best and best[1] <= 1 and len(word) > 3 and self._own.get(best[0], 0) >= SURELY_MEANT
            return (best[0],) if best and meant else (word,)
        if best and best[1] <= 1:
            return (best[0],)
        return self._split(word) or ((best[0],) if best else self._begun(word) or (word,))

    def _nearest(self, word: str) -> tuple[str, int] | None:
        """The likeliest known word and its distance; an English decoy that is nearer gives no repair at all."""
        if len(word) < SHORTEST:
            return None
        most = 1 if len(word) <= 4 else 2
        best: tuple[float, str, int] | None = None
        for candidate, distance in self._candidates(word, most):
            ours = candidate in self._own
            if len(word) == 3 and candidate[0] != word[0]:
                continue
            if candidate in GRAVE and distance > 1 and len(word) < GRAVE_AT_TWO:
                continue
            cost = distance + self._doubt(word, candidate, distance) + (0.0 if ours else 0.6)
            if best is None or cost < best[0]:
                best = (cost, candidate, distance)
        return (best[1], best[2]) if best else None

    def _doubt(self, word: str, candidate: str, distance: int) -> float:
        doubt = 0.3 if distance == 2 and len(word) < 7 else 0.0
        doubt -= 0.35 if candidate[0] == word[0] or candidate[:2] == word[1::-1] else 0.0
        doubt -= 0.1 if candidate[-1] == word[-1] else 0.0
        doubt -= 0.25 if len(candidate) > len(word) and _is_subsequence(word, candidate) else 0.0
        doubt -= 0.3 if distance == 1 and _slipped(word, candidate) else 0.0
        return doubt - 0.02 * math.log1p(self._own.get(candidate, 0))

    def _candidates(self, word: str, most: int) -> Iterable[tuple[str, int]]:
        yield from self._pool(len(word), most).within(word, most, CANDIDATES)
        for length in range(len(word) - 1, len(word) + 2):
            yield from self._decoys.get(length, NO_WORDS).within(word, 1)

    def _pool(self, length: int, most: int) -> NearWords:
        """Our words at most `most` letters shorter or longer than `length`."""
        pool = self._pools.get((length, most))
        if pool is None:
            lengths = range(length - most, length + most + 1)
            pool = NearWords([word for n in lengths for word in self._by_length.get(n, ())])
            self._pools[length, most] = pool
        return pool

    def _split(self, word: str) -> tuple[str, ...] | None:
        """ "onlineclass" -> "online", "class": both parts known, at least one of them ours."""
        if len(word) < 6:
            return None
        for at in range(len(word) - 2, 1, -1):
            left, right = word[:at], word[at:]
            ours = left in self._own or right in self._own
            known = all(part in self._own or self._common(part) for part in (left, right))
            if ours and known and max(len(left), len(right)) >= 4:
                return left, right
        return None

    def _begun(self, word: str) -> tuple[str, ...] | None:
        """ "certif" -> the commonest of our words that begins so."""
        if len(word) < 4:
            return None
        first = bisect_left(self._sorted, word)
        longer = list(takewhile(lambda w: w.startswith(word), islice(self._sorted, first, None)))
        return (max(longer, key=lambda w: self._own[w]),) if longer else None


def _is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _beside_each_other() -> frozenset[tuple[str, str]]:
    """Letters whose keys touch; a row begins half a key further right than the one above."""
    places = {letter: (row, at + row / 2) for row, keys in enumerate(KEYS) for at, letter in enumerate(keys)}
    return frozenset(
        (a, b)
        for a, (y, x) in places.items()
        for b, (v, u) in places.items()
        if a != b and abs(y - v) <= 1 and abs(x - u) <= 1
    )


TOUCHING = _beside_each_other()


def _slipped(word: str, candidate: str) -> bool:
    """Whether fingers slip that way: two letters changed places, a letter came twice, a key beside the right one."""
    if len(word) == len(candidate):
        wrong = [pair for pair in zip(word, candidate, strict=True) if pair[0] != pair[1]]
        return len(wrong) == 2 or wrong[0] in TOUCHING
    at = next((i for i, pair in enumerate(zip(word, candidate, strict=False)) if pair[0] != pair[1]), len(candidate))
    return len(word) > len(candidate) and word[at] == word[at - 1 : at]
