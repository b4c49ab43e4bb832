"""What a message tells and what it asks: "Online. But kindly tell me whether employers respect that" does both."""

from __future__ import annotations

import re

from bot.conversation.flows.lookalikes import unhedged

SENTENCE = re.compile(r"[^.!?\n]*(?:\.(?=\d)[^.!?\n]*)*[.!?\n]*")
FILLERS = (
    r"(?:(?:wait|ok|okay|um|hmm?|lol|so|but|and|also|plus|hey|hi|oh|anyways?|sorry|actually|first|then|well|btw"
    r"|by the way)[\s,.:]+){0,6}"
)
WH = r"(?:how|what|where|who|why|when|which|wat)"
DOES = r"(?:is|are|do|does|did|can|could|will|would|should|has|have|am)"
ONE = r"(?:i|you|u|ya|we|they|he|she|it|that|this|there|these|those|the|an?|my|your|one|someone|anyone|employers?)"
PLAINLY = (
    rf"(?:{WH}(?:['’]?s\b| (?:{DOES}|much|many|long|hard|often|old|about|else)\b(?! (?:does ?n.?t|dont) matter))"
    rf"|(?!do (?:it|that|this)\b){DOES} {ONE}\b)"
)
WANTS = (
    r"(?:(?:can|could|would|will) (?:you|u) |kindly |please |pls |plz |do )*"
    r"(?:(?:confirm|clarify|explain|advise)\b|(?:tell|let|show|inform) (?:me|us)\b"
    r"|(?:tell|say) (?:if|whether|what|how)\b"
    r"|answer (?:me|my|that|the|it)\b)"
    r"|i(?:['’]d| would)? (?:also )?(?:like|want|need|wish) to know\b|i(?:['’]m| am)? (?:also )?wondering\b"
    r"|i (?:have |had |already |just |also )*asked\b"
    r"|you (?:have |had |still |just |again )*(?:not |never |did ?n['’]?t |have ?n['’]?t )?"
    r"(?:overlook|ignor|skipp|miss|forg|answer|repl)\w*\b[^.?!]*\b(?:question|asked|point)"
)
ASKS = re.compile(
    rf"^\W*{FILLERS}(?:{PLAINLY}|{WANTS}|{WH}\b(?! (?:i|we|my|he|she|they|im|ive|about|['’]?ever)\b))", re.IGNORECASE
)
OPENING = re.compile(
    rf"^\W*{FILLERS}(?:{WANTS})?(?: (?:me|us))?(?: (?:if|whether|about|that))?[\s,:]+"
    r"|,? (?:please|pls|kindly)\b[^.?!]*\W*$",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    rf"(?:,|\s)\s*\b(?:and|but|also|so|n|plus)\s+(?={FILLERS}(?:{PLAINLY}|{WANTS}))|,\s*(?={PLAINLY}|{WANTS})",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"^\W*(?:\w+ )?(?:idk|dunno|not sure|unsure|no idea|no clue|i (?:dont|don['’]t|do not) know)\b", re.IGNORECASE
)
FIGURE = re.compile(r"\d")  # "like 1100 maybe?" doubts its figure
LONG = 4  # words of what asks by its mark alone; "texas?" only doubts


def told_and_asked(text: str) -> tuple[str, str]:
    """What is told and what is asked, each as one text."""
    sentences = [part.strip() for part in SENTENCE.findall(text) if part.strip()]
    parts = [part.strip() for sentence in sentences for part in CLAUSE.split(sentence) if part.strip()]
    asked = [part for part in parts if asks(part)]
    return " ".join(part for part in parts if part not in asked), " ".join(asked)


def asks(part: str) -> bool:
    """Whether one sentence or clause asks something, or for an answer that is still owed."""
    said = unhedged(part)
    marked = said.rstrip().endswith("?")
    if UNSURE.match(said) and not marked:
        return False
    return ASKS.match(said) is not None or (marked and len(said.split()) >= LONG and not FIGURE.search(said))


def bare(asked: str) -> str:
    """The question without what asks for its answer: "kindly tell me whether that is so"."""
    return OPENING.sub("", asked).strip()
