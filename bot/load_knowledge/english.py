"""Ordinary English, from the dictionary that symspellpy ships, and which words are no slips here."""

from __future__ import annotations

import importlib.resources
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from operator import itemgetter

from bot.conversation.knowledge import Entry, SmallTalk
from bot.conversation.matching.spelling import COMMON, English
from bot.conversation.matching.text import plain, words_of
from bot.conversation.vocabulary import Vocabulary

FAMILIAR_WORDS = 50_000  # the rarest of the dictionary are slips themselves: "tuscon", "massachusets"
LETTERS = re.compile(r"[^\W\d_]+")
OWN_WORD = 3  # times in phrasings; a word that is there less often may be a slip that somebody wrote on purpose


@dataclass(frozen=True, slots=True)
class Familiar:
    """Ordinary words and one's own."""

    english: Container[str]
    own: frozenset[str]

    def __contains__(self, word: object) -> bool:
        return word in self.own or word in self.english


def familiar_words(items: Iterable[Entry | SmallTalk], vocabulary: Vocabulary) -> Familiar:
    """Ordinary English and the words of this subject: none of them is a slip of the name of a place."""
    counted = Counter(word for item in items for said in item.phrasings for word in LETTERS.findall(said.lower()))
    often = {word for word, times in counted.items() if times >= OWN_WORD}
    listed = [*vocabulary.texting.values(), *vocabulary.glossary]
    listed += [phrase for phrases in vocabulary.synonyms.values() for phrase in phrases]
    return Familiar(english(), frozenset(often | {word for phrase in listed for word in words_of(plain(phrase))}))


def dictionary(most: int | None = None) -> Mapping[str, int]:
    """English words, or the commonest of them, with how often each occurs, in the order symspellpy ships them."""
    text = importlib.resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    words = text.split() if most is None else text.split(maxsplit=2 * most)[: 2 * most]
    return dict(sorted(zip(words[::2], map(int, words[1::2]), strict=True), key=itemgetter(1), reverse=True))


@cache
def english() -> English:
    return English(tuple(dictionary(FAMILIAR_WORDS)))


def common_words() -> Mapping[str, int]:
    """The commonest English words with how often each occurs."""
    return dict(islice(dictionary(FAMILIAR_WORDS).items(), COMMON))
