"""What a person typed -> plain lower-case words. Knows texting and padding, nothing of any subject."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Stand-ins for kinds of things, so that one phrasing serves every amount, place or code.
AMOUNT, NUMBER, CODE, LINK, EMOJI, PLACE = "amountof", "numberof", "codeof", "linkof", "emojiof", "placeof"
KINDS = frozenset({AMOUNT, NUMBER, CODE, LINK, EMOJI, PLACE})


QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": " ", "…": " "})
URL = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,64}\.\w+")
MONEY = re.compile(
    r"\$\s?\d[\d,.]*\s?k?\b|\b(?<!\d[.,])\d[\d,.]*\s?(?:(?:k|dollars?|bucks|usd|grand)\b|/\s?(?:hr|hour|yr|year)\b)"
    r"|\$+"
)
# "12000" is a price and no code: hardly a code ends in two noughts.
CODE_NUMBER = re.compile(r"\b(?:\d{3}(?!00\b)\d{2}|[a-z]\d{4}|[a-tv-z]\d{2}\.\d[\da-z]*)\b")
DIGIT = re.compile(r"\d")
# By the marks of which they all have one, for most messages have none of these.
CONTRACTIONS: tuple[tuple[str, tuple[tuple[re.Pattern[str], str], ...]], ...] = tuple(
    (marks, tuple((re.compile(pattern), plain) for pattern, plain in forms))
    for marks, forms in (
        ("'", (
            (r"\bcan't\b", "can not"),
            (r"\bwon't\b", "will not"),
            (r"\bain't\b", "is not"),
            (r"n't\b", " not"),
            (r"\b(i)'m\b", r"\1 am"),
            (r"'re\b", " are"),
            (r"'ve\b", " have"),
            (r"'ll\b", " will"),
            (r"'d\b", " would"),
            (r"\b(what|where|who|how|when|that|there|it|he|she|here)'s\b", r"\1 is"),
            (r"'s\b", ""),
        )),
        ("/", (
            (r"\bw/o\b", "without"),
            (r"\bw/", "with "),
            (r"\bb/c\b", "because"),
            (r"\b24/7\b", "all day"),
        )),
        ("2", (  # "how 2 be"
            (r"\b2 (?=(?:be|become|do|find|get|go|have|know|learn|make|pay|start|study|take|work)\b)", "to "),
        )),
        ("4", ((r"\b4 (?=(?:a|an|da|free|it|me|my|sure|that|the|this|u|us|you)\b)", "for "),)),
        ("/&", ((r"\b([a-z])\s?[/&]\s?([a-z])\b", r"\1\2"),)),  # r&d
        ("-", ((r"\b([a-z]{2,4})-([a-z]|\d{1,2})\b", r"\1\2"),)),  # a short name with one letter or number behind it
    )
)  # fmt: skip
MARK = re.compile(f"[{re.escape(''.join(marks for marks, _ in CONTRACTIONS))}]")
WORD = re.compile(r"[^\W_]+")
STRETCHED = re.compile(r"(\w)\1{2,}")
MOST_WORDS = 400  # a longer message is read to here; nobody asks a question in the fifth page


def kind_token(name: str) -> str:
    """The stand-in for a kind that the content defines: "occupation" -> "occupationof"."""
    return name.lower().replace("_", "") + "of"


def plain(text: str) -> str:
    """Unicode folded, lower case, straight quotes, contractions written out, money, codes and links by kind."""
    text = folded(text[:6000])
    if "@" in text or "http" in text or "www." in text:
        text = URL.sub(f" {LINK} ", text)
    if MARK.search(text):
        for marks, forms in CONTRACTIONS:
            if any(mark in text for mark in marks):
                for pattern, written in forms:
                    text = pattern.sub(written, text)
    if "$" not in text and not DIGIT.search(text):
        return text
    text = CODE_NUMBER.sub(f" {CODE} ", text)
    return MONEY.sub(f" {AMOUNT} ", text)


def folded(text: str) -> str:
    """Lower case, without accents, with straight quotes."""
    if text.isascii():
        return text.replace("`", "'").lower()
    text = unicodedata.normalize("NFKC", text).translate(QUOTES).lower()
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=64)  # a message is read by several parts of one turn
def words_in(text: str) -> tuple[str, ...]:
    """The words of a message as it was typed."""
    return tuple(words_of(plain(text)))


def words_of(text: str) -> list[str]:
    """The words of plain text. Stretched letters are shortened to two, numbers and pictures become their kind."""
    found: list[str] = []
    for word in WORD.findall(STRETCHED.sub(r"\1\1", text)):
        found.append(NUMBER if word.isnumeric() else word)
        if len(found) == MOST_WORDS:
            break
    if not text.isascii() and any(unicodedata.category(c) == "So" for c in text):
        found.append(EMOJI)
    return found
