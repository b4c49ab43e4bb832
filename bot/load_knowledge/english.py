"""Ordinary English, from the dictionary that symspellpy ships, and which words are no slips here."""

from __future__ import annotations

import importlib.resources
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice

from bot.conversation.knowledge import Entry, SmallTalk, Vocabulary
from bot.conversation.matching.text import plain, words_of

COMMON_WORDS = 30_000
FAMILIAR_WORDS = 50_000  # the rarest of the dictionary are slips themselves: "tuscon", "massachusets"
LETTERS = re.compile(r"[^\W\d_]+")
OWN_WORD = 3  # phrasings; a word that fewer have may be a slip that somebody wrote on purpose


def familiar_words(items: Iterable[Entry | SmallTalk], vocabulary: Vocabulary) -> frozenset[str]:
    """Ordinary English and the words of this subject: none of them is a slip of the name of a place."""
    counted = Counter(word for item in items for said in item.phrasings for word in set(LETTERS.findall(said.lower())))
    often = {word for word, times in counted.items() if times >= OWN_WORD}
    listed = [*vocabulary.texting.values(), *vocabulary.glossary]
    listed += [phrase for phrases in vocabulary.synonyms.values() for phrase in phrases]
    return (
        frozenset(dictionary(FAMILIAR_WORDS)) | often | {word for phrase in listed for word in words_of(plain(phrase))}
    )


@cache
def dictionary(most: int | None = None) -> Mapping[str, int]:
    """English words, or the commonest of them, with how often each occurs, in the order symspellpy ships them."""
    text = importlib.resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    pairs = (line.split() for line in text.splitlines()[:most])
    return dict(sorted(((word, int(count)) for word, count in pairs), key=lambda pair: -pair[1]))


def english() -> Mapping[str, int]:
    """The commonest English words with how often each occurs."""
    return dict(islice(dictionary(FAMILIAR_WORDS).items(), COMMON_WORDS))
