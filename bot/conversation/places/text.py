"""A message or a name -> words with where they stand, written one way: "Ft. Worth", "Fort Worth", "fort-worth"."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’.&](?=[^\W\d_]))*|\d[\d,.]*\d|\d")
SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "&": "and"}
SOUNDS = (("ph", "f"), ("ck", "k"), ("qu", "kw"), ("y", "i"), ("z", "s"), ("ie", "i"), ("ei", "i"), ("ee", "i"))
DOUBLED = re.compile(r"(.)\1+")
MOST_WORDS = 400  # as the matcher: nobody asks a question in the fifth page


class Word(NamedTuple):
    """A word of the message: `plain` for comparing, `typed` as written, `start` and `end` within the message."""

    plain: str
    typed: str
    start: int
    end: int


def plain_words(text: str) -> list[str]:
    """The words and numbers of a message for comparing, at most `MOST_WORDS`."""
    if text.isascii():
        found = WORD.findall(text.lower())[:MOST_WORDS]
        return [SHORT.get(word, word) if word.isalnum() else plain_word(word) for word in found]
    return [plain_word(word) for word in WORD.findall(text)[:MOST_WORDS]]


def plain_word(word: str) -> str:
    """Lower case, without accents, dots and apostrophes; a possessive "'s" is dropped."""
    word = word.lower()
    if word.isascii() and word.isalnum():
        return SHORT.get(word, word)
    word = word.replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    word = "".join(c for c in word if c not in "'.&")
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return SHORT.get(word, word)


def sound_of(word: str) -> str:
    """Roughly how a word sounds: "filadelfia" and "philadelphia", "memfis" and "memphis" are the same."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return DOUBLED.sub(r"\1", word)


def name_of(name: str) -> str:
    """A name as it is looked up: its plain words joined by spaces."""
    plain = name.lower()
    if plain.isascii() and plain.replace(" ", "").isalpha():  # most of them, and there are tens of thousands at start
        return " ".join([SHORT.get(word, word) for word in plain.split()])
    return " ".join([plain_word(match[0]) for match in WORD.finditer(name)])
