"""Which language other than ours a message is in: by its script, else by the small words every sentence needs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from bot.conversation.vocabulary import Vocabulary

WORD = re.compile(r"[^\W\d_]+")
READ = 400  # characters looked at
ENOUGH = 0.4  # of the words
FEWEST = 2  # small words of that language: one alone may be a name, or a greeting people borrow


def language_of(text: str, vocabulary: Vocabulary) -> str:
    """The name of the language as the content lists it, or of its script; nothing if it may well be our own."""
    read = text[:READ]
    if read.isascii():  # nothing to compose, and no script but ours
        return _by_words(WORD.findall(read.lower()), vocabulary)
    words = WORD.findall(unicodedata.normalize("NFC", read).lower())
    return _by_script(words, vocabulary) or _by_words(words, vocabulary)


def _by_script(words: list[str], vocabulary: Vocabulary) -> str:
    letters = Counter(_script(letter) for word in words for letter in word)
    if not letters:
        return ""
    script, count = letters.most_common(1)[0]
    if script == "LATIN" or count * 2 < letters.total():
        return ""
    # Japanese is mostly written in the letters of Chinese; one kana tells them apart.
    scripts = [s for s in letters if s in ("HIRAGANA", "KATAKANA")] or [script]
    return next((name for name, language in vocabulary.languages.items() if language.script in scripts), script)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]


def _by_words(words: list[str], vocabulary: Vocabulary) -> str:
    spoken = _languages_by_word(vocabulary)
    if spoken.keys().isdisjoint(words):
        return ""
    heard = [name for word in words for name in spoken.get(word, ())]
    best = max(vocabulary.languages, key=heard.count, default="")
    return best if best and heard.count(best) >= max(FEWEST, ENOUGH * len(words)) else ""


@lru_cache(maxsize=4)
def _languages_by_word(vocabulary: Vocabulary) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, language in vocabulary.languages.items():
        for word in language.words:
            found.setdefault(word, []).append(name)
    return found
