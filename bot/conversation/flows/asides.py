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
    rf"(?:,|\s)\s*\b(?:and|but|also|so|n|plus)\s+"
    rf"(?:i guess[\s,]+)?(?:(?:idk|dunno)[\s,]+)?(?={OPENERS}(?:{PLAINLY}|{WANTS}))"
    rf"|,\s*(?={PLAINLY}|{WANTS})",
    re.IGNORECASE,
)
TAGGED = re.compile(  # "VA pays that one, right"; "sounds right" agrees
    r"^(?!\W*(?:i|im|i['’]m|that['’]?s|its|it['’]s|this|all|sounds?|seems?|looks?|feels?|about|around)\b)\W*\w+"
    r"(?:\W+\w+){2,12}?\W+(?:right|correct|is ?n['’]?t it|do ?n['’]?t they|does ?n['’]?t it)\W*$",
    re.IGNORECASE,
)


def told_and_asked(text: str) -> tuple[str, str]:
    """What is told and what is asked, each as one text."""
    sentences = [part.strip() for part in SENTENCE.findall(text) if part.strip()]
    parts = [part.strip() for sentence in sentences for part in CLAUSE.split(sentence) if part.strip()]
    asked = [part for part in parts if asks_plainly(part) or (len(parts) > 1 and TAGGED.match(part))]
    return " ".join(part for part in parts if part not in asked), " ".join(asked)


def bare(asked: str) -> str:
    """The question without what asks for its answer: "kindly tell me whether that is so"."""
    return OPENING.sub("", asked).strip()
