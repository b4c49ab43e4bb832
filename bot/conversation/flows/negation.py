"""What a message says of a thing only to deny it: "no coding experience" is no wish to code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.flows.pieces import splitter

CLAUSE = splitter("but", "though", "tho", "although", "however", "except that", marks=":")
WORD = re.compile(r"[^\W_]+")
REACH = 4  # words behind a "not" that it may be about
BEHIND_NO = frozenset([
    "i", "im", "ive", "it", "its", "we", "my", "he", "she", "they", "you", "u", "not", "never", "nothing", "none",
    "nope", "no", "but", "because", "cuz", "bc", "so", "and", "or", "only", "just", "really", "sorry", "thanks",
    "thank", "thx", "lol", "sir", "maam", "way", "problem", "clue", "idea", "dont", "don", "do", "havent", "cant",
    "wont", "yet", "longer", "the", "this", "that", "there", "to", "at", "in", "for", "still", "unless", "actually",
    "please", "need", "more",
])  # fmt: skip
SAYS_LITTLE = frozenset(
    {"sure", "really", "only", "just", "know", "care", "mind", "decide", "matter", "preference", "yet"}
)
NOT = frozenset([
    "no", "not", "never", "without", "nor", "neither", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "havent",
    "hasnt", "cant", "cannot", "wont", "wouldnt", "aint",
])  # fmt: skip
NONE = frozenset({"nothing", "none"})
ADDRESSED = frozenset({"sir", "maam", "thanks", "thank", "i", "im", "ive", "nothing", "never", "nope"})
INSTEAD = {"than": "rather", "of": "instead"}  # "this rather than that"


NOTHING = re.compile(r"\b(?:n[ou]th?in|nuttin)\b")


LEAST = re.compile(
    r"\b(?:not|never|nor)\b(?: (?:ever|had|been|got|gotten|have|i['’]?ve))* (?:even|so much as|as much as)\b"
    r"[^.,;:!?\n]*",
    re.IGNORECASE,
)


def lettered(text: str) -> str:
    """In small letters without apostrophes, "nothin'" written out."""
    return NOTHING.sub("nothing", text.lower().replace("'", "").replace("’", ""))


def without_the_least(text: str) -> str:
    """ "Not even a ticket" denies all that is more than that: it says no."""
    return LEAST.sub("no", text)


def clauses(text: str) -> list[list[str]]:
    """The words of each part of the text that a "not" can't reach out of."""
    return [said for part in CLAUSE.split(lettered(text)) if (said := WORD.findall(part))]


def denied(said: Sequence[str]) -> list[bool]:
    """For each word of a clause, whether it is denied there. "I don't earn nothing" is twice no and still no."""
    found, left = [], 0
    for i, word in enumerate(said):
        found.append(left > 0 and word not in NONE)
        left = REACH if _denies(said, i, word) else left - 1
    return found


def _denies(said: Sequence[str], i: int, word: str) -> bool:
    following = said[i + 1] if i + 1 < len(said) else ""
    if word in INSTEAD:
        return i > 0 and said[i - 1] == INSTEAD[word]
    if word not in NOT or following in SAYS_LITTLE:
        return False
    return word != "no" or following not in BEHIND_NO


def affirmed(text: str) -> list[str]:
    """The words of the text that it does not deny, the denying ones left out too; a "no" by itself is an answer."""
    kept: list[str] = []
    for said in clauses(text):
        flags = denied(said)
        kept += [w for i, w in enumerate(said) if not flags[i] and (w not in NOT or _alone(said, i))]
    return kept


def _alone(said: Sequence[str], i: int) -> bool:
    return said[i] == "no" and (i + 1 == len(said) or said[i + 1] in ADDRESSED)


def stands(phrase: str, text: str) -> bool:
    """Whether these words stand in the text somewhere without being denied; their own "not" counts as theirs."""
    wanted, all_words, flags = phrase.split(), [], []
    for said in clauses(text):
        all_words += said
        flags += denied(said)
    size = len(wanted)
    return any(all_words[i : i + size] == wanted and not flags[i] for i in range(len(all_words) - size + 1))
