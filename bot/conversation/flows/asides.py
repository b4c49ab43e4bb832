"""What a message tells and what it asks: "Online. But kindly tell me whether employers respect that" does both."""

from __future__ import annotations

import re

from bot.conversation.asks import OPENERS, PLAINLY, WANTS, asks_plainly

SENTENCE = re.compile(r"[^.!?\n]*(?:\.(?=\d)[^.!?\n]*)*[.!?\n]*")
OPENING = re.compile(
    rf"^\W*{OPENERS}(?:{WANTS})?(?: (?:me|us))?(?: (?:if|whether|about|that))?[\s,:]+"
    r"|,? (?:please|pls|kindly)\b[^.?!]*\W*$",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    rf"(?:,|\s)\s*\b(?:and|but|also|so|n|plus)\s+(?={OPENERS}(?:{PLAINLY}|{WANTS}))|,\s*(?={PLAINLY}|{WANTS})",
    re.IGNORECASE,
)


def told_and_asked(text: str) -> tuple[str, str]:
    """What is told and what is asked, each as one text."""
    sentences = [part.strip() for part in SENTENCE.findall(text) if part.strip()]
    parts = [part.strip() for sentence in sentences for part in CLAUSE.split(sentence) if part.strip()]
    asked = [part for part in parts if asks_plainly(part)]
    return " ".join(part for part in parts if part not in asked), " ".join(asked)


def bare(asked: str) -> str:
    """The question without what asks for its answer: "kindly tell me whether that is so"."""
    return OPENING.sub("", asked).strip()
