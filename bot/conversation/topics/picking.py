"""Picking from what was just offered: "2", "the first one", "last", "2nd one pls lol"."""

from __future__ import annotations

import re

ORDINALS = {
    "1": 0, "first": 0, "1st": 0, "one": 0, "2": 1, "second": 1, "2nd": 1, "two": 1,
    "3": 2, "third": 2, "3rd": 2, "three": 2, "4": 3, "fourth": 3, "4th": 3, "four": 3,
    "5": 4, "fifth": 4, "5th": 4, "five": 4, "last": -1, "top": 0, "bottom": -1,
}  # fmt: skip
WORDS = re.compile(r"[a-z0-9]+")
# What is said around a choice and says nothing of it.
FILLERS = frozenset([
    "please", "pls", "plz", "lol", "lmao", "haha", "duh", "obviously", "obvs", "um", "uh", "hmm", "yeah", "yea", "yes",
    "yep", "ok", "okay", "oh", "well", "so", "just", "thanks", "thx", "tho", "though", "bro", "girl", "man", "dude",
    "prob", "probably", "maybe", "then", "now",
])  # fmt: skip
COUNTED = FILLERS | {"the", "number", "no", "nr", "option", "choice", "one"}
AROUND = COUNTED - {"one"} | {
    "that", "this", "i", "id", "ill", "im", "say", "guess", "think", "mean", "meant", "want", "wanna", "take", "pick",
    "choose", "go", "with", "would", "like", "to", "see", "show", "me", "give", "lets", "let", "be", "its", "about",
    "question", "button", "of", "those", "them", "these",
}  # fmt: skip
COUNTS = frozenset({"1", "2", "3", "4", "5", "one", "two", "three", "four", "five"})
HEDGES = frozenset({"about", "like", "maybe", "prob", "probably", "guess", "think", "say", "be", "would"})
LONGEST = 9  # words
DENIED = re.compile(r"^\W*no(?:t|\s+one)\b|\bnot\b")
NAMED = re.compile(
    r"^\W*(?:(?:the|that) (?:one|question|option|button) (?:about|on|for|with|that says?|saying)\s+(?P<behind>.+)"
    r"|the (?P<before>.+?) (?:one|question|option|button))\W*$"
)


def ordinal(text: str, offered: int) -> int | None:
    """Which of `offered` things the text picks, counted from 0 (or -1 for the last), or None."""
    said = text.strip().lower().replace("'", "").replace("’", "")
    words = WORDS.findall(said) if offered else []
    if len(words) > LONGEST or DENIED.search(said):
        return None
    left = [word for word in words if word not in AROUND]
    if left == ["one"] and not COUNTED.issuperset(words):
        return None  # "that one" points at something
    if len(left) == 2 and left[1] == "one":
        left.pop()
    if not COUNTS.isdisjoint(left) and not HEDGES.isdisjoint(words):
        return None  # "like 3" is an amount of something
    place = ORDINALS.get(left[0]) if len(left) == 1 else None
    return place if place is not None and place < offered else None


def named(text: str) -> str:
    """What names the choice in "the one about the exam lol", "the pay one"; "" where nothing does."""
    words = [word for word in text.lower().split() if word.strip(".,!") not in FILLERS]
    found = NAMED.match(" ".join(words))
    return (found["behind"] or found["before"]) if found else ""
